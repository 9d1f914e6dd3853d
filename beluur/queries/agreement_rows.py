"""What was agreed with a debtor, as frozen rows. Amounts are Money, moments UTC, days the debtor's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.values.money import Money
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """One dated part and its verdict; ``missing`` says which statements are needed to judge it; ``looked``: somebody
    looked for it himself."""

    id: int
    due: date
    amount: Money
    control: date
    verdict: str
    missing: tuple[Sentence, ...] = ()
    looked: bool = False


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise; ``active`` False: it was corrected, withdrawn or kept."""

    id: int
    made_at: datetime
    amount: Money
    said: str
    way: str
    words: str
    active: bool
    ended_because: str
    by: str
    call_id: int | None
    instalments: tuple[InstalmentRow, ...]
    invoices: tuple[str, ...]
    reserved: bool = False  # a colleague has still to approve it
    answer: str = ""  # what the debtor last said of it in writing: agree, disagree (E3)
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UltimatumRow:
    """A last day that stands, or was missed; ``follows`` names the consequence."""

    id: int
    amount: Money
    until: date
    check_on: date
    follows: Sentence
    missed: bool
    made_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """An agreed call-back."""

    id: int
    at: datetime
    who: str
    number: str


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A contested invoice or part of it; what the debtor wants, and what there is to show for it."""

    id: int
    invoice: str
    amount: Money
    code: str
    what: str
    owner: str
    answer_by: date | None
    made_at: datetime
    wants: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """He says that he paid."""

    id: int
    paid_on: date | None
    amount: Money
    check_on: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What we promised ourselves, or asked of a colleague (``asked``; ``kind`` delivery)."""

    id: int
    kind: str
    what: str
    at: datetime
    owner: str
    asked: str = ""
