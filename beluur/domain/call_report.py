"""What a caller notes when a call ends (E1), as frozen facts. `call_check` says what is wrong with it.

Moments are aware; ``date`` is a day at the debtor's; amounts are whole cents in the case's currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from beluur.domain.case import Outcome, Result, Stop


class DisputeCode(StrEnum):
    """What is contested; each asks for another answer."""

    PRICE = "price"
    QUANTITY = "quantity"
    QUALITY = "quality"
    DOCUMENT = "document"  # order number, address, proof of delivery
    PAYMENT = "payment"  # paid, and not matched
    TERMS = "terms"
    DUPLICATE = "duplicate"
    RETURN = "return"  # sent back, or a credit note is due
    VAT = "vat"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PromiseSaid:
    """He pays ``parts``, each (day, cents); ``None`` stands for what was left empty. ``yes``: he said so himself.
    ``said`` is pays_on ("I pay on") or received_on ("you have it on"); ``invoice_ids`` None covers oldest first; ``replaces`` is
    the promise that this one takes the place of. ``proposed_by`` is debtor or us, empty when nobody noted it; ``reserved``: a
    colleague has still to grant it."""

    parts: tuple[tuple[date | None, int | None], ...]
    yes: bool
    said: str = "pays_on"
    way: str = "transfer"
    invoice_ids: tuple[int, ...] | None = None
    words: str = ""
    replaces: int | None = None
    proposed_by: str = ""
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class UltimatumSaid:
    """A last day that was said (D12): ``cents`` by ``until``, or ``consequence`` (`domain.ultimatum`) follows. What it is told as
    to the debtor is ``told``, in his language."""

    until: date
    cents: int
    consequence: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class CallbackSaid:
    """We call again ``at`` that moment, ``who`` on ``number`` when another than now."""

    at: datetime | None
    who: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class DisputeSaid:
    """``items`` are (invoice id, cents; None is all that is open); ``owner`` answers it by ``answer_by``. ``wants`` is what would
    settle it, ``evidence`` what there is to show. ``owner_user`` is the id of a colleague; ``owner`` is his name all the same:
    the confirmation says it."""

    items: tuple[tuple[int, int | None], ...]
    code: str
    what: str = ""
    owner: str = ""
    answer_by: date | None = None
    wants: str = ""
    evidence: str = ""
    owner_user: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """He says that he paid ``cents`` on ``paid_on``; None: he does not know when."""

    cents: int | None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """What we said that we would do, with its hour (D9)."""

    what: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactChange:
    """What the debtor corrected; ``contact_id`` None is a new person. None leaves a field as it is."""

    contact_id: int | None = None
    name: str | None = None
    role: str | None = None
    phone: str | None = None
    mobile: str | None = None
    email: str | None = None
    language: str | None = None
    for_payments: bool | None = None


@dataclass(frozen=True, slots=True)
class ReasonSaid:
    """Why it was not paid: ``code`` of the playbook, ``heard`` as the caller typed it, and the codes ``offered`` for that, best
    first. Never of health: a call that is stopped for that carries no reason (J11)."""

    code: str
    heard: str = ""
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallReport:
    """One ended call. Several results may go together (a dispute, and a promise for the rest).

    ``received`` is yes, no or empty (D4); ``passed_on`` names to whom he sends it; ``discussed`` is what the confirmation tells
    in the caller's words; ``confirm_to`` the address of the confirmation, ``send`` False for none. ``stop`` ends the demand: such
    a report carries nothing else. ``cut_off``: he hung up, or the line went."""

    outcome: Outcome
    contact_id: int | None = None
    spoken_with: str = ""
    number: str = ""
    received: str = ""
    note: str = ""
    promise: PromiseSaid | None = None
    callback: CallbackSaid | None = None
    dispute: DisputeSaid | None = None
    claim: ClaimSaid | None = None
    passed_on: str = ""
    refused: bool = False
    own: tuple[OwnPromise, ...] = ()
    contacts: tuple[ContactChange, ...] = ()
    discussed: str = ""
    confirm_to: str = ""
    language: str = ""
    send: bool = True
    reasons: tuple[ReasonSaid, ...] = ()
    stop: Stop | None = None
    ultimatum: UltimatumSaid | None = None
    cut_off: bool = False

    @property
    def spoken(self) -> bool:
        """The right person was on the line."""
        return self.outcome is Outcome.REACHED

    @property
    def result(self) -> Result:
        """What the call counts as: the result that binds most."""
        if self.stop:
            return Result.STOPPED
        if not self.spoken:
            return Result.CALLBACK if self.callback else Result.NONE
        results = (
            (self.promise, Result.PROMISE),
            (self.dispute, Result.DISPUTE),
            (self.claim, Result.CLAIMS_PAID),
            (self.callback, Result.CALLBACK),
            (self.passed_on, Result.PASSED_ON),
            (self.refused, Result.REFUSED),
        )
        return next((result for said, result in results if said), Result.NOTHING)
