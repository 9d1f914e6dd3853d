"""What *Niet toegewezen* shows, as frozen rows. Amounts are Money, days the bank's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.payment_state import WAITING, Cause, may
from beluur.values.money import Money
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class PaidLine:
    """So much of a payment on one invoice (negative: so much of a credit note is used); ``open`` is what is open of it now.
    ``lowers`` is False when the open amount holds it already."""

    invoice_id: int
    number: str
    debtor_id: int
    debtor: str
    amount: Money
    open: Money
    lowers: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """One explanation to choose from; ``place`` names it to the action. ``kind``: invoices, kept (it is his, nothing is set
    against it), return (it takes back what came in on ``day``). ``asks``: the open amounts are of that very day; ``fits`` is
    False when it can be read but not taken: more goes back than came in, or the next list of open items has to say it.
    ``foreign``: it is in another currency than the invoices that it names, of which something is open."""

    place: int
    kind: str
    debtor_id: int | None
    debtor: str
    lines: tuple[PaidLine, ...]
    left: Money
    because: tuple[Sentence, ...] = ()
    asks: bool = False
    fits: bool = True
    foreign: bool = False
    day: date | None = None

    @property
    def debtors(self) -> int:
        """For how many debtors it pays."""
        return len({line.debtor_id for line in self.lines})


@dataclass(frozen=True, slots=True)
class BankPayment:
    """One booking of a bank. ``left`` is what nobody has explained; ``iban``, ``reference`` as they are written; ``because``
    what is known when there is nothing to choose; ``assigned`` what is on invoices already; ``perhaps_id`` the debtor whose it
    may be."""

    id: int
    booked_on: date
    amount: Money
    left: Money
    state: str
    payer: str
    iban: str
    text: str
    reference: str
    bank_text: str
    returned: Sentence | None
    account: str
    proposals: tuple[Proposal, ...] = ()
    because: tuple[Sentence, ...] = ()
    assigned: tuple[PaidLine, ...] = ()
    perhaps_id: int | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it."""
        return self.state in WAITING

    @property
    def assignable(self) -> bool:
        """Whether a person may put it on invoices."""
        return may(self.state, Cause.ASSIGNED)

    @property
    def went_out(self) -> bool:
        """Whether it left the account."""
        return self.amount.cents < 0


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of a group; ``counts`` of each group but *all*; ``sums`` is what came in and waits, ``went`` what
    went out and waits (positive), per currency."""

    rows: tuple[BankPayment, ...]
    group: str
    text: str
    counts: dict[str, int]
    sums: tuple[Money, ...]
    went: tuple[Money, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is on a dossier's record about a payment: when, by whom, by what it was known."""

    at: datetime
    who: str
    said: Sentence
    details: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class OtherPayment:
    """The payment that this one takes back, or that takes it back."""

    id: int
    booked_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """One payment, whole. ``statement`` is its number and ``format`` its file's, empty when it was booked by hand; ``debtor`` is
    whose it is when one is known."""

    payment: BankPayment
    by_hand: bool
    debtor_id: int | None
    debtor: str
    told: tuple[Told, ...]
    format: str
    statement: str
    intake_id: int | None
    takes_back: OtherPayment | None
    taken_back_by: tuple[OtherPayment, ...]
    may_take_back: bool
    may_reverse: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a payment just now, in a line."""

    payment_id: int
    said: Sentence
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One of our accounts; ``reaches`` is the last day that is complete, ``lags`` says that it holds the others up."""

    id: int
    number: str
    currency: str
    holder: str
    in_use: bool
    reaches: date | None
    statements: int
    lags: bool


@dataclass(frozen=True, slots=True)
class Accounts:
    """All of them; ``judged_to`` is the day to which promises are judged, None when that is not known."""

    rows: tuple[AccountRow, ...]
    judged_to: date | None


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An invoice or credit note that a payment can be put on; ``room`` is how much of it, with its sign."""

    invoice_id: int
    number: str
    due: date | None
    room: Money
    is_credit: bool


@dataclass(frozen=True, slots=True)
class OpenOf:
    """What is open of one debtor. ``younger``: he has invoices open, but their list is younger than the payment: it is in them
    already, or the books are behind, and none can take it."""

    debtor_id: int
    name: str
    city: str
    lines: tuple[OpenLine, ...]
    younger: bool = False
