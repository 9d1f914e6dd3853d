"""What *Vandaag* is made of: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.calling_window import Slot
from beluur.queries.bank_known import BankKnown
from beluur.values.money import Money
from beluur.values.sentence import Sentence

SHOWN = 40  # calls of a round on the page: a full day
SHOWN_NOT = 30
APPOINTMENT_MINUTES = 15  # an agreed call-back is the next call from this long before


@dataclass(frozen=True, slots=True)
class Filter:
    """What the user narrows the list to. ``minimum_cents`` of what is asked for; ``assigned`` a user's id or None: his,
    those of whom he stands in for, and nobody's."""

    text: str = ""
    minimum_cents: int = 0
    assigned: int | None = None
    shown: int = SHOWN
    shown_not: int = SHOWN_NOT

    @property
    def narrows(self) -> bool:
        """Whether some are left out of the list."""
        return bool(self.text or self.minimum_cents or self.assigned is not None)


@dataclass(frozen=True, slots=True)
class CallRow:
    """One debtor to call. ``slot`` is where it is planned, None when it no longer fits in the day."""

    id: int
    name: str
    step: str
    tier: int
    amount: Money
    invoices: int
    days_late: int
    why: tuple[Sentence, ...]
    contact: str
    role: str
    phone: str  # as it is read
    tel: str  # E.164
    at: datetime | None  # an agreed call-back
    week_ends: date | None
    assigned: str
    slot: Slot | None
    language: str
    person: bool  # a consumer or sole trader: nothing is said to others
    start: datetime | None  # when it is made: an agreed hour, or the start of its slot
    rank: tuple[Sentence, ...]  # why it stands where it stands
    group: tuple[str, ...] = ()  # others that the same desk pays for
    talks_with: str = ""  # who has him on the line
    assigned_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotCalledRow:
    """One debtor who is late and is not called, and why."""

    id: int
    name: str
    step: str
    amount: Money
    why: tuple[Sentence, ...]
    on: date | None
    hard: bool


@dataclass(frozen=True, slots=True)
class SlotGroup:
    """The calls of one half slot; ``slot`` None: after today's hours."""

    slot: Slot | None
    calls: tuple[CallRow, ...]
    now: bool
    currency: str = "EUR"

    @property
    def total(self) -> Money:
        """What is asked for in this slot, in the usual currency: amounts in others are never added to it."""
        here = (c.amount.cents for c in self.calls if c.amount.currency == self.currency)
        return Money(sum(here), self.currency)


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page. ``day`` is the day of the slots: today, or the next working day when today's hours are over."""

    now: datetime
    day: date
    first: CallRow | None
    groups: tuple[SlotGroup, ...]
    not_called: tuple[NotCalledRow, ...]
    calls: int
    calls_total: Money
    not_calls: int
    not_calls_total: Money
    late_total: Money
    done: int
    done_at: tuple[datetime, ...]
    promised: Money
    minutes: int  # what the round takes
    minutes_left: int  # in the running slot, 0 outside
    slots: tuple[Slot, ...]
    reminders_due: int
    why_now: Sentence
    to_look_at: int  # amounts that somebody must look for on the account
    bank: BankKnown | None  # None for who brings no statements
