"""What a file yields, whatever its format: records with exact amounts, and the problems met on the way.

Amounts are whole cents, signed as they change what the debtor owes (a credit note is negative). Dates are calendar days.
Nothing here is guessed: what a file does not say is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from beluur.values.problem import Problem


@dataclass(frozen=True, slots=True)
class DebtorRecord:
    """Who owes, as the file names him. ``customer_number`` is only unique within one source."""

    name: str
    customer_number: str = ""
    vat_number: str = ""  # compact, with country prefix: NL123456789B01, BE0123456749
    company_number: str = ""  # KvK (8 digits) or KBO/BCE (10 digits), compact
    iban: str = ""  # the debtor's own account, compact
    email: str = ""
    phone: str = ""  # as written
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""  # ISO 3166 alpha-2, upper case
    language: str = ""  # ISO 639-1, lower case
    kind: str = ""  # business, sole_trader, consumer, government; "" when the file does not say


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice or credit note. ``open_cents`` is None when the file does not state what is still open (UBL)."""

    number: str
    debtor: DebtorRecord
    issued: date | None
    due: date | None
    currency: str
    amount_cents: int | None
    open_cents: int | None
    kind: str = "invoice"  # invoice, credit_note
    reference: str = ""  # the structured payment reference, compact
    description: str = ""  # what was sold, as far as the file tells
    your_reference: str = ""  # the customer's own reference or order number
    term_days: int | None = None
    direct_debit: bool = False
    g_account_cents: int = 0  # the part that goes to a Dutch G-account
    reminders: int = 0  # reminders already sent, when the file says so
    credits: tuple[str, ...] = ()  # numbers of the invoices that a credit note corrects
    seller_name: str = ""
    seller_vat: str = ""
    seller_iban: str = ""
    pdf_name: str = ""
    pdf: bytes | None = field(default=None, repr=False)
    line: int | None = None  # 1-based line in a table


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A person or desk at a debtor, from a debtor list or the invoice's contact block."""

    debtor: DebtorRecord
    name: str = ""
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    language: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TransactionRecord:
    """One booking on a bank account; filled by the statement readers."""

    booked: date
    amount_cents: int  # signed: positive came in
    currency: str
    counterparty: str = ""
    counterparty_iban: str = ""
    reference: str = ""
    text: str = ""
    reversal: bool = False


@dataclass(frozen=True, slots=True)
class PdfRecord:
    """A loose PDF and its text, to be matched with an invoice by number in its name or text."""

    name: str
    text: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as it was understood: ``role`` is one of `importers.headers.ROLES` or "" (not used)."""

    header: str
    role: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileContents:
    """All that one file yields. ``format`` is e.g. open-items-csv, open-items-xlsx, debtors-csv, debtors-xlsx, ubl-invoice,
    ubl-credit-note, pdf, unknown. ``shape`` fingerprints the header row, so that a mapping is remembered for it."""

    name: str
    format: str
    invoices: tuple[InvoiceRecord, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    debtors: tuple[DebtorRecord, ...] = ()
    transactions: tuple[TransactionRecord, ...] = ()
    pdfs: tuple[PdfRecord, ...] = ()
    accounts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    as_of: date | None = None  # the day to which the file's open amounts are known, when the file says so
    shape: str = ""
    columns: tuple[Column, ...] = ()
    header_line: int | None = None
    complete: bool = False  # the file is a full list: what is missing from it is gone

    @property
    def refused(self) -> bool:
        """Whether the file as a whole was refused."""
        return any(p.severity == "refused" for p in self.problems)
