"""Explains bank payments: which invoices a payment is for, how certain that is, and by what (F2, J2, J3)."""
