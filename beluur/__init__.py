"""Beluur: the calling hour. Collecting overdue invoices by telephone."""

__version__ = "0.3.0"
