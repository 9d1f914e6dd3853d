"""Dated tables of law, with their source.

In: country, kind of debtor, day
Out: what is allowed, and why
May use: values
"""
