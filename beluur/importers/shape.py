"""File contents as JSON, in the shape that programs may rely on.

Keys: ``format``; ``accounts`` (IBANs); ``invoices`` [number, issued, due, currency, amount_cents, open_cents, debtor, reference,
has_pdf, kind]; ``contacts`` [debtor, name, role, phone, mobile, email, language]; ``transactions`` [booked, amount_cents,
currency, counterparty, counterparty_iban, reference, text, reversal]; ``problems`` [where, code, what].
Amounts are whole cents and signed: what lowers a debt is negative, so a credit note is. Days are ISO, null when not known;
What is announced and not booked is no transaction.
``debtor`` is a name. A debtor's own number and e-mail address stand with those of his contacts that have none, and in a
contact without a name when he has no contacts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from beluur.importers.records import ContactRecord, FileContents, InvoiceRecord, TransactionRecord
from beluur.values.sentence import Sentence


def as_json(contents: FileContents, say: Callable[[Sentence], str]) -> dict[str, Any]:
    """``contents`` ready for json.dumps; ``say`` renders a sentence in the reader's language."""
    return {
        "format": contents.format,
        "accounts": list(contents.accounts),
        "invoices": [_invoice(invoice) for invoice in contents.invoices],
        "contacts": [_contact(contact) for contact in reachable(contents)],
        "transactions": [_transaction(row) for row in contents.transactions if not row.pending],
        "problems": [{"where": p.where, "code": p.code, "what": say(p.sentence)} for p in contents.problems],
    }


def reachable(contents: FileContents) -> list[ContactRecord]:
    """Everyone who can be reached: the contacts, and the debtors who have a number or address but no contact."""
    named = [
        replace(c, phone=c.phone or c.debtor.phone, email=c.email or c.debtor.email)
        for c in contents.contacts
    ]
    have = {contact.debtor for contact in contents.contacts}
    debtors = dict.fromkeys((*contents.debtors, *(invoice.debtor for invoice in contents.invoices)))
    return named + [
        ContactRecord(debtor, phone=debtor.phone, email=debtor.email, language=debtor.language)
        for debtor in debtors
        if debtor not in have and (debtor.phone or debtor.email)
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _invoice(invoice: InvoiceRecord) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "issued": _day(invoice.issued),
        "due": _day(invoice.due),
        "currency": invoice.currency,
        "amount_cents": invoice.amount_cents,
        "open_cents": invoice.open_cents,
        "debtor": invoice.debtor.name,
        "reference": invoice.reference,
        "has_pdf": invoice.pdf is not None,
        "kind": invoice.kind,
    }


def _contact(contact: ContactRecord) -> dict[str, Any]:
    return {
        "debtor": contact.debtor.name,
        "name": contact.name,
        "role": contact.role,
        "phone": contact.phone,
        "mobile": contact.mobile,
        "email": contact.email,
        "language": contact.language,
    }


def _transaction(transaction: TransactionRecord) -> dict[str, Any]:
    return {
        "booked": transaction.booked.isoformat(),
        "amount_cents": transaction.amount_cents,
        "currency": transaction.currency,
        "counterparty": transaction.counterparty,
        "counterparty_iban": transaction.counterparty_iban,
        "reference": transaction.reference,
        "text": transaction.text,
        "reversal": transaction.reversal,
    }
