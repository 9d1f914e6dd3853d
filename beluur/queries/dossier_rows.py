"""What the dossier shows, as frozen rows. Amounts are Money, moments UTC, days the debtor's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.ageing import Bucket
from beluur.domain.ladder_stand import Stand
from beluur.domain.simulation import Planned
from beluur.queries.agreement_rows import (
    CallbackRow,
    ClaimRow,
    DisputeRow,
    PromiseRow,
    TaskRow,
    UltimatumRow,
)
from beluur.queries.terms_given import TermsRow
from beluur.values.money import Money, total
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Because:
    """One line of the sheet behind a figure: what, how much, and where that comes from."""

    text: Sentence
    amount: Money | None = None
    source: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Who he is. ``phone`` as read, ``tel`` E.164, both of the switchboard."""

    id: int
    name: str
    kind: str
    kind_known: bool
    number: str
    country: str
    language: str
    formality: str
    time_zone: str
    currency: str
    street: str
    postcode: str
    city: str
    phone: str
    tel: str
    email: str
    vat_number: str
    company_number: str
    agreements_note: str
    delivery_note: str
    responsible: str
    stop: str
    assigned_id: int | None
    assigned: str
    group_id: int | None
    group: str
    merged_into: int | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """What happens next: domain.steps.Step, its day or moment, and why."""

    step: str
    on: date | None
    at: datetime | None
    because: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One invoice; ``parts`` say what of it is promised, disputed and so on; ``because`` where its open amount comes from."""

    id: int
    number: str
    kind: str
    issued: date | None
    due: date | None
    days_late: int
    amount: Money
    open: Money
    as_of: date | None
    description: str
    reference: str
    your_reference: str
    term_days: int | None
    term_agreed: str
    exemption: str
    exempt: Money
    delivery_note: str
    responsible: str
    copy_id: int | None
    closed_on: date | None
    closed_because: str
    parts: tuple[Sentence, ...]
    because: tuple[Because, ...]

    @property
    def id_text(self) -> str:
        """For an id on the page."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person or desk; numbers as read and in E.164."""

    id: int
    name: str
    role: str
    phone: str
    phone_tel: str
    phone_invalid: bool
    mobile: str
    mobile_tel: str
    email: str
    language: str
    for_payments: bool


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A running pause."""

    until: date | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A reminder that was sent."""

    level: int
    on: date
    channel: str


@dataclass(frozen=True, slots=True)
class PaidHere:
    """So much of a payment on one of his invoices."""

    number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment by him, or for him by another: ``invoices`` are his. ``left`` is what is not on any invoice; ``reversed`` or
    itself a ``reversal``, by hand; ``by_bank`` with the name of the ``payer``, ``returned`` the day on which it, or
    ``went_back`` of it, last went back; ``because`` how it is known."""

    id: int
    booked_on: date
    amount: Money
    left: Money
    way: str
    text: str
    invoices: tuple[PaidHere, ...]
    reversed: bool
    reversal: bool
    by_bank: bool = False
    payer: str = ""
    returned: date | None = None
    because: tuple[Because, ...] = ()
    went_back: Money | None = None

    @property
    def in_part(self) -> bool:
        """Whether only a part of it went back."""
        return self.returned is not None and self.went_back != self.amount

    @property
    def here(self) -> Money:
        """What of it is on his invoices."""
        return total((part.amount for part in self.invoices), self.amount.currency)

    @property
    def id_text(self) -> str:
        """For an id on the page."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A kept file."""

    id: int
    kind: str
    name: str
    size: int
    media_type: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A mail to him."""

    id: int
    kind: str
    subject: str
    to: str
    state: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Another debtor that the same desk pays for, and what happens next with him."""

    id: int
    name: str
    open: Money
    step: str = ""
    step_on: date | None = None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that can be undone."""

    id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BarRow:
    """open = promised + disputed + exempt + credit + uncovered; ``covered`` is promised and disputed together."""

    open: Money
    promised: Money
    disputed: Money
    exempt: Money
    credit: Money
    uncovered: Money
    covered: Money


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one debtor, but for the timeline and the suggestions, which are asked for apart."""

    head: Head
    step: StepRow
    today: date
    open: Money
    overdue: Money
    open_because: tuple[Because, ...]
    overdue_because: tuple[Because, ...]
    invoices: tuple[InvoiceRow, ...]
    closed: tuple[InvoiceRow, ...]
    closed_count: int
    ageing: tuple[Bucket, ...]
    contacts: tuple[ContactRow, ...]
    promises: tuple[PromiseRow, ...]
    callbacks: tuple[CallbackRow, ...]
    disputes: tuple[DisputeRow, ...]
    claims: tuple[ClaimRow, ...]
    tasks: tuple[TaskRow, ...]
    ultimatums: tuple[UltimatumRow, ...]
    hold: HoldRow | None
    reminders: tuple[ReminderRow, ...]
    payments: tuple[PaymentRow, ...]
    documents: tuple[DocumentRow, ...]
    terms: tuple[TermsRow, ...]
    messages: tuple[MessageRow, ...]
    group: tuple[GroupMember, ...]
    merges: tuple[MergeRow, ...]
    bar: BarRow
    why_not: tuple[Sentence, ...]
    may_call: bool
    may_overrule: bool
    stand: Stand
    ahead: tuple[Planned, ...]
