"""The case (dossier): all that is known of one debtor at one moment; what every decision reads.

Amounts are whole cents in the case's currency. Moments are aware and in UTC; ``date`` is a day at the debtor's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class DebtorKind(StrEnum):
    """What the debtor is. A sole trader is a business for costs, a person for privacy and collectors' law."""

    BUSINESS = "business"
    SOLE_TRADER = "sole_trader"
    CONSUMER = "consumer"
    GOVERNMENT = "government"


class Exemption(StrEnum):
    """Why an invoice is not to be dunned although it is open."""

    NONE = ""
    DIRECT_DEBIT = "direct_debit"
    PREPAID = "prepaid"
    FACTORED = "factored"
    RETENTION = "retention"
    G_ACCOUNT = "g_account"


class Outcome(StrEnum):
    """How one dialling ended."""

    REACHED = "reached"  # the right person was spoken
    WRONG_PERSON = "wrong_person"
    GATEKEEPER = "gatekeeper"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    NUMBER_INVALID = "number_invalid"


class Result(StrEnum):
    """What a conversation with the right person ended in."""

    NONE = ""  # not spoken, or not noted
    PROMISE = "promise"
    CALLBACK = "callback"
    DISPUTE = "dispute"
    CLAIMS_PAID = "claims_paid"
    PASSED_ON = "passed_on"  # he sends it to someone
    REFUSED = "refused"
    STOPPED = "stopped"  # insolvent, or somebody who needs care first (J11)
    NOTHING = "nothing"


class Verdict(StrEnum):
    """What became of a promise or an instalment."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"
    LATE = "late"
    BROKEN = "broken"
    UNKNOWN = "unknown"  # its control date has passed but no source reaches that far


class Stop(StrEnum):
    """What ends all calling of a person; nothing passes these."""

    INSOLVENT = "insolvent"
    HANDED_OVER = "handed_over"
    VULNERABLE = "vulnerable"  # a human looks at it first


class InvoiceFact(NamedTuple):
    """One invoice; a tuple, for a hundred thousand are made at a time. ``open_cents`` is negative for a credit note that is not
    used up; ``exempt_cents`` is the part (0..open) that is not dunned because of ``exemption``; 0 with direct debit, prepaid or
    factored means all of it. ``known_to`` is the day to which its open amount is known. ``delivery`` tells how the delivery
    went, empty when unknown."""

    id: int
    number: str
    issued: date | None
    due: date | None
    amount_cents: int
    open_cents: int
    is_credit_note: bool = False
    exemption: Exemption = Exemption.NONE
    exempt_cents: int = 0
    known_to: date | None = None
    description: str = ""
    has_copy: bool = False
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class InstalmentFact:
    """One dated part of a promise. ``control`` is the day it must be on the account at the latest; ``verdict`` is stored."""

    due: date
    cents: int
    control: date
    verdict: Verdict = Verdict.OPEN


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """A promise to pay: one instalment, or a plan of several. ``covers`` is (invoice id, cents) oldest first.

    Only promises that stand are given: one that was corrected or replaced is not."""

    id: int
    made_at: datetime
    instalments: tuple[InstalmentFact, ...]
    covers: tuple[tuple[int, int], ...]
    said: str = "pays_on"  # or received_on
    way: str = "transfer"
    words: str = ""  # what was said, as noted
    proposed_by: str = ""  # debtor, us
    reserved: bool = False  # a colleague has still to grant it


@dataclass(frozen=True, slots=True)
class CallbackFact:
    """An agreed call-back, at a moment in UTC. ``done`` when a call was made after it."""

    id: int
    at: datetime
    done: bool = False
    who: str = ""


@dataclass(frozen=True, slots=True)
class DisputeFact:
    """A contested part of an invoice."""

    id: int
    invoice_id: int
    cents: int
    code: str
    answer_by: date | None = None
    raised_on: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class PaidClaimFact:
    """The debtor says that he paid ``cents`` on ``paid_on``; to be checked on the account from ``check_on``."""

    id: int
    paid_on: date | None
    cents: int
    check_on: date


@dataclass(frozen=True, slots=True)
class UltimatumFact:
    """A last day that stands (D12): ``cents`` by ``until``, or ``consequence`` (`domain.ultimatum`) follows. ``check_on`` is
    the last day on which they may come in; ``missed``: the books say that they did not. ``covers`` is (invoice id, cents, what
    was open on it then), oldest first; empty when nobody noted it: then nothing is told from the books."""

    id: int
    until: date
    cents: int
    consequence: str
    check_on: date
    made_on: date
    covers: tuple[tuple[int, int, int], ...] = ()
    missed: bool = False


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """One call, out or in, that was ended. ``reached`` means the right person was spoken; ``result`` what came of it."""

    at: datetime
    outcome: Outcome
    incoming: bool = False
    number: str = ""
    result: Result = Result.NONE


@dataclass(frozen=True, slots=True)
class Way:
    """A number (E.164) that may be dialled, and of whom; ``contact_id`` None is the debtor's own."""

    number: str
    contact_id: int | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class ReminderFact:
    """Written words that were sent on that day: first (1) or second (2) reminder; 0 is "we tried to reach you" (B9),
    100 the one before the formal notice."""

    level: int
    on: date
    channel: str = "mail"


@dataclass(frozen=True, slots=True)
class HoldFact:
    """No chasing until ``until`` (inclusive; None: until it is lifted)."""

    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything known of one debtor. ``time_zone`` is an IANA name; ``region`` of DE/BE is not needed: NL and BE law differ by
    ``country``. ``agency`` is True when the administration acts for another creditor (collectors' law then holds).
    ``has_phone``: there is a number that is not known to be wrong; ``has_contact``: a person for payments is known by name."""

    debtor_id: int
    name: str
    kind: DebtorKind
    country: str
    language: str
    time_zone: str
    currency: str = "EUR"
    agency: bool = False
    invoices: tuple[InvoiceFact, ...] = ()
    promises: tuple[PromiseFact, ...] = ()
    callbacks: tuple[CallbackFact, ...] = ()
    disputes: tuple[DisputeFact, ...] = ()
    claims: tuple[PaidClaimFact, ...] = ()
    ultimatum: UltimatumFact | None = None  # the one that stands: its day is to come, or was missed
    attempts: tuple[AttemptFact, ...] = ()  # oldest first
    reminders: tuple[ReminderFact, ...] = ()
    hold: HoldFact | None = None
    stop: Stop | None = None
    bank_to: date | None = None  # the last day that is complete on all accounts on which customers pay
    perhaps_paid_cents: int = 0  # unmatched payments that may be his, or staged ones being published
    has_phone: bool = False
    ways: tuple[Way, ...] = ()  # in the order in which to try; only told of who was missed more than once
    has_email: bool = False
    has_contact: bool = False
    terms_given: bool | None = None  # None: not asked, or we have none to give
    payer_group_id: int | None = None
    assigned_to: int | None = None

    def hold_on(self, today: date) -> HoldFact | None:
        """The pause that holds on ``today``; one that has ended by itself is none."""
        return self.hold if self.hold and (self.hold.until is None or self.hold.until >= today) else None

    def halted(self, today: date) -> bool:
        """Whether nothing is asked of him on ``today``: he is stopped, or on hold."""
        return bool(self.stop) or self.hold_on(today) is not None
