"""What a file yields, whatever its format: records with exact amounts, and the problems met on the way.

Amounts are whole cents, signed as they change what the debtor owes (a credit note is negative). Dates are calendar days.
Nothing here is guessed: what a file does not say is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

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


class TransactionRecord(NamedTuple):  # a tuple: a hundred thousand are made at a time
    """One booking on a bank account; of a batch, one for each payment in it. The sign is what the account did: what came in is
    positive, also when it is the reversal of something that went out."""

    booked: date
    amount_cents: int
    currency: str
    counterparty: str = ""  # the other party's name
    counterparty_iban: str = ""  # or the number of his account as the bank writes it, compact
    reference: str = (
        ""  # the structured payment reference, compact: OGM, betalingskenmerk, RF, or another bank's own
    )
    text: str = ""  # what the payer wrote, its lines put together again
    reversal: bool = False  # it takes back an earlier booking: a reversal, a return, a reject, a storno
    account: str = ""  # our own account, as in its statement
    statement: int = 0  # its place in FileContents.statements
    bank_reference: str = (
        ""  # the bank's own for this one booking, which it gives to no other; "" when there is none
    )
    end_to_end: str = ""  # the payer's own, "" when he gave none (NOTPROVIDED)
    valued: date | None = None
    code: str = ""  # the bank's code of what kind of booking it is: PMNT/RCDT/ESCT, NTRF, 00150000
    returned: str = ""  # why it came back: AC04, MD06, as the bank writes it
    pending: bool = False  # announced, not booked: lowers nothing, but whoever perhaps paid is not called
    batch: str = (
        ""  # when it is one of several in one booking: the same for all of those, unique in its statement
    )
    batch_cents: int = 0  # and the amount of the whole booking
    bank_text: str = ""  # what the bank says of it
    line: int | None = None  # 1-based line, or place in the file


class StatementRecord(NamedTuple):
    """One statement of one account, or a list of its bookings."""

    account: str  # IBAN compact; otherwise the number as the bank writes it, without blanks
    currency: str
    kind: str = "statement"  # statement; interim: part of a day (camt.052, MT942); notice: details (camt.054); list: a CSV
    number: str = (
        ""  # the bank's own name of it, by which the same statement is known again; "" when it has none
    )
    sequence: int | None = None  # counted by the bank without gaps within `year`, when it counts
    year: int | None = None
    opens: date | None = None  # the day of the opening balance, or the first day of the list
    reaches: date | None = (
        None  # the last day that is complete in it; of a list without a stated end: the day before its last
    )
    opening_cents: int | None = None
    closing_cents: int | None = None
    holder: str = ""
    format: str = ""  # of its own file, where one name holds files of several formats (a zip)


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
    ubl-credit-note, camt-053, camt-052, camt-054, mt940, mt942, coda, bank-csv-ing (and
    other banks), pdf, unknown. ``shape`` fingerprints the header row, so that a mapping is remembered for it."""

    name: str
    format: str
    invoices: tuple[InvoiceRecord, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    debtors: tuple[DebtorRecord, ...] = ()
    transactions: tuple[TransactionRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
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

    @property
    def unusable(self) -> bool:
        """Whether nothing came of it: it was refused, or every record in it was left out."""
        if any((self.invoices, self.contacts, self.debtors, self.transactions, self.statements, self.pdfs)):
            return False
        return any(p.severity in ("refused", "skipped") for p in self.problems)
