"""Rows: tables, load (rows to Case) and save (decisions to rows).

In: decisions, records
Out: Case, rows
May use: domain and all below
"""
