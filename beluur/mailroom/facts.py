"""What a mail to a debtor is about: frozen facts, taken from the rows by whoever asks for the mail.

Days are the debtor's; hours are his local time; text fields are data and are treated as such (never HTML, never a header).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from beluur.values.money import Money


class AgreementKind(StrEnum):
    """What the call ended in; each has its own mail."""

    PROMISE = "promise"
    PLAN = "plan"
    CALLBACK = "callback"
    DISPUTE = "dispute"
    ALREADY_PAID = "already_paid"
    PASSES_ON = "passes_on"
    REFUSED = "refused"
    NOTHING_AGREED = "nothing_agreed"


class Said(StrEnum):
    """What the promised day means: the debtor pays on it, or we have the money on it."""

    PAYS_ON = "pays_on"
    RECEIVED_ON = "received_on"


@dataclass(frozen=True, slots=True)
class CreditorFacts:
    """Who writes, and of an agency for whom (``acts_for``). ``address`` are lines; ``terms`` is the file name of the general
    terms, empty for none; ``signature`` are the user's own lines under his name; ``page`` is the address of the reader's
    own page, empty for none."""

    name: str
    caller: str
    iban: str = ""
    bic: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    registration: str = ""
    terms: str = ""
    signature: tuple[str, ...] = ()
    page: str = ""
    acts_for: str = ""


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Who reads. ``language``: nl, nl-BE, fr or en; ``formality``: u or je."""

    debtor: str
    contact: str = ""
    email: str = ""
    language: str = "nl"
    formality: str = "u"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One invoice (a credit note has a negative ``open``). ``reference`` is its payment reference as printed on it;
    ``copy`` is the file name of its copy, empty when there is none."""

    number: str
    issued: date | None
    due: date | None
    amount: Money
    open: Money
    reference: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """A day and what is paid then."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A contested part: of which invoice, how much, why, who answers and by when."""

    number: str
    amount: Money
    reason: str
    who: str = ""
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """What we said that we would do, by when."""

    what: str
    on: date | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What the call of ``spoken_on`` with ``spoken_with`` ended in.

    ``instalments`` for a promise or plan; ``callback_on``/``callback_at`` for a call-back; ``paid_on``/``paid`` for who says that
    he paid; ``passed_to`` for who passes it on; ``deadline`` and ``consequence`` for an ultimatum; ``discussed`` is free text;
    ``follow_up`` is the day on which we look again (control date, next call); ``reference`` overrides those of the invoices;
    ``corrects`` is the agreement that this one takes the place of. ``reserved``: a colleague has still to grant the promise;
    he hears on ``callback_on``.
    """

    kind: AgreementKind
    spoken_on: date
    invoices: tuple[InvoiceLine, ...]
    spoken_with: str = ""
    instalments: tuple[InstalmentLine, ...] = ()
    said: Said = Said.PAYS_ON
    way: str = "transfer"
    disputes: tuple[DisputeLine, ...] = ()
    ours: tuple[OwnPromise, ...] = ()
    callback_on: date | None = None
    callback_at: time | None = None
    paid_on: date | None = None
    paid: Money | None = None
    passed_to: str = ""
    deadline: date | None = None
    consequence: str = ""
    discussed: str = ""
    follow_up: date | None = None
    reference: str = ""
    corrects: AgreementFacts | None = None
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """The answer to a mail that came in. ``words`` are the user's own, in the reader's language; the mail was written by ``who``
    on ``on``, about ``subject``; ``wrote`` are his own words."""

    words: str
    who: str
    on: date
    subject: str = ""
    wrote: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What came of a dispute. ``invoices`` are the contested invoice as it is now, and the credit note if there is one;
    ``words`` are the user's own, in the reader's language. One of ``credit`` (the note, below zero), ``corrected`` (the new
    amount of the invoice) and ``upheld`` (stays due: rejected) is given, or none: it was explained. ``left`` is what is asked
    of this invoice now, by ``pay_by``; None when nothing is."""

    number: str
    invoices: tuple[InvoiceLine, ...]
    words: str
    credit: InvoiceLine | None = None
    corrected: Money | None = None
    upheld: Money | None = None
    left: Money | None = None
    pay_by: date | None = None
