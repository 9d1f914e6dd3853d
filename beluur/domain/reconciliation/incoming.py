"""What the engine reads and what it says: a payment, the invoices and payers that it may concern, an explanation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from beluur.domain.reconciliation.months import months_named
from beluur.values.sentence import Sentence


class Incoming(NamedTuple):
    """A booked payment. ``cents`` > 0 came in, < 0 went out; ``booked`` is the bank's day; ``iban`` compact, "" when the bank
    tells none; ``reference`` is what stood in the field for it, structured or not; ``returned``: the bank calls it a return."""

    id: int
    cents: int
    currency: str
    booked: date
    name: str = ""
    iban: str = ""
    reference: str = ""
    text: str = ""
    end_to_end: str = ""
    returned: bool = False


A_MONTH = timedelta(days=28)  # what comes each month is not sooner
SIX_WEEKS = timedelta(days=42)


def repeats(payment: Incoming, earlier: Incoming) -> bool:
    """Whether the same account paid the same in the same words less than a month before: by mistake, as like as not. Where the
    words have a number or a month, the same one is hardly meant again in six weeks either."""
    if (payment.iban, payment.cents, payment.currency) != (earlier.iban, earlier.cents, earlier.currency):
        return False
    if (payment.booked, payment.id) <= (earlier.booked, earlier.id) or not payment.iban:
        return False
    words = _words(payment)
    if words != _words(earlier):
        return False
    numbered = any(sign.isdigit() for word in words for sign in word) or months_named(payment.text)
    return payment.booked - earlier.booked < (SIX_WEEKS if numbered else A_MONTH)


def is_standing(payment: Incoming, earlier: Iterable[Incoming]) -> bool:
    """Whether what was ``earlier`` paid in the same words shows a standing order: twice at least, a month or more apart."""
    days = sorted({e.booked for e in earlier if _words(e) == _words(payment)} | {payment.booked})
    return len(days) > 2 and all(later - day >= A_MONTH for day, later in pairwise(days))


def _words(payment: Incoming) -> list[str]:
    return f"{payment.text} {payment.reference}".casefold().split()


class Item(NamedTuple):
    """An invoice, or a credit note (negative). Also a closed one (``open_cents`` 0) that was found by its number or reference.
    ``open_cents`` is known to the day ``as_of``; ``past_cents`` was paid before it and belongs to no payment yet; ``reference``
    is its own, compact; ``number_key`` by `beluur.values.invoice_number.number_key`."""

    invoice_id: int
    debtor_id: int
    number: str
    number_key: str
    open_cents: int
    amount_cents: int
    currency: str
    due: date | None
    issued: date | None
    reference: str
    as_of: date | None
    past_cents: int = 0


class Payer(NamedTuple):
    """What is known of a debtor. ``ibans``, compact, were confirmed before; ``exact``: his name tells only when it is the very
    same (persons: too many are called alike)."""

    debtor_id: int
    name: str
    ibans: tuple[str, ...] = ()
    group_id: int | None = None
    customer_number: str = ""
    exact: bool = False


class Part(NamedTuple):
    """``cents`` of the payment on one invoice (negative: so much of a credit note is used); ``lowers`` is False for history."""

    invoice_id: int
    debtor_id: int
    cents: int
    lowers: bool = True


class Certainty(IntEnum):
    """CERTAIN is booked without a person, LIKELY is proposed, NONE stays for a person to find."""

    NONE = 0
    LIKELY = 1
    CERTAIN = 2


class Explanation(NamedTuple):
    """What a payment is for. The parts and ``left_cents`` add up to the payment; ``by`` says by what it is known, the strongest
    first; ``alternatives`` are further proposals, the best first, at most three. ``debtor_id`` of NONE: it is his by account or
    name, and fits none of his invoices. A proposal without parts for a debtor says
    that the money is his and lowers nothing (paid twice). ``unseen``: it names an invoice and is all that is open of it, but came
    before the day to which that is known, and shows in nothing. ``named``: where nothing explains it, the debtors whom the
    text names as some of those that are paid for. ``holds``: invoices in another currency that it names, whatever it is worth
    there."""

    certainty: Certainty
    parts: tuple[Part, ...]
    left_cents: int
    debtor_id: int | None = None
    by: tuple[Sentence, ...] = ()
    alternatives: tuple[Explanation, ...] = ()
    unseen: bool = False
    named: tuple[int, ...] = ()
    holds: tuple[int, ...] = ()
