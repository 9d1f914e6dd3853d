"""Money that goes back: which earlier payment a return, a reversed direct debit or a refund takes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum

from beluur.domain.reconciliation.incoming import Certainty, Incoming
from beluur.domain.reconciliation.names import name_likeness
from beluur.domain.reconciliation.rules import USUAL, Rules
from beluur.values.money import Money
from beluur.values.numbers import compact_reference
from beluur.values.sentence import Sentence, say

_NO_ID = frozenset(("", "NOTPROVIDED", "NONREF"))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Which earlier payment goes back, by its id; None when none is found. ``cents`` > 0 of it."""

    certainty: Certainty
    payment_id: int | None
    cents: int
    by: tuple[Sentence, ...] = ()
    alternatives: tuple[TakenBack, ...] = ()


class _Tie(IntEnum):
    """What ties the two, the strongest last."""

    NAME = 1
    ACCOUNT = 2
    NAMED = 3


def explain_return(outgoing: Incoming, earlier: Iterable[Incoming], rules: Rules = USUAL) -> TakenBack:
    """Which of the ``earlier`` payments that came in ``outgoing`` takes back.

    CERTAIN when the bank's own id or reference of it is repeated with the same amount, or when the bank calls it a return and
    exactly one payment of that account has the amount. A refund by the account alone, several that fit, a part, or a name that
    is alike is LIKELY: the last one first. ``outgoing.cents`` may be given with or without its sign. Other currencies never.
    """
    cents = abs(outgoing.cents)
    first_day = outgoing.booked - timedelta(days=rules.return_days)
    fits = [
        (tie, e)
        for e in {e.id: e for e in earlier}.values()
        if e.cents >= cents > 0
        and e.currency == outgoing.currency
        and first_day <= e.booked <= outgoing.booked
        if (tie := _tie(outgoing, e, rules)) is not None
    ]
    fits.sort(key=lambda f: (f[1].cents != cents, -f[0], -f[1].booked.toordinal(), -f[1].id))
    if not fits:
        return TakenBack(Certainty.NONE, None, cents)
    tie, found = fits[0]
    as_good = [e for t, e in fits if t == tie and e.cents == found.cents]
    certain = found.cents == cents and len(as_good) == 1 and _is_certain(tie, outgoing)
    by = _because(tie, outgoing, found, several=len(as_good) > 1)
    first = TakenBack(Certainty.CERTAIN if certain else Certainty.LIKELY, found.id, cents, by)
    if certain:
        return first
    others = (
        TakenBack(Certainty.LIKELY, e.id, cents, _because(t, outgoing, e, several=False))
        for t, e in fits[1:4]
    )
    return replace(first, alternatives=tuple(others))


def _is_certain(tie: _Tie, outgoing: Incoming) -> bool:
    return tie is _Tie.NAMED or (tie is _Tie.ACCOUNT and outgoing.returned)


def _tie(outgoing: Incoming, earlier: Incoming, rules: Rules) -> _Tie | None:
    same_id = outgoing.end_to_end not in _NO_ID and outgoing.end_to_end == earlier.end_to_end
    if same_id or _same_reference(outgoing, earlier):
        return _Tie.NAMED
    if outgoing.iban:
        return _Tie.ACCOUNT if outgoing.iban == earlier.iban else None
    if (
        outgoing.cents
        and abs(outgoing.cents) == earlier.cents
        and name_likeness(outgoing.name, earlier.name) >= rules.alike
    ):
        return _Tie.NAME
    return None


def _same_reference(outgoing: Incoming, earlier: Incoming) -> bool:
    """A structured reference tells an invoice, not a payment: only of the same account."""
    if not outgoing.reference or not outgoing.iban or outgoing.iban != earlier.iban:
        return False
    return compact_reference(outgoing.reference) == compact_reference(earlier.reference)


def _because(tie: _Tie, outgoing: Incoming, earlier: Incoming, *, several: bool) -> tuple[Sentence, ...]:
    by = {
        _Tie.NAMED: say("explain.return_named"),
        _Tie.ACCOUNT: say("explain.return_account"),
        _Tie.NAME: say("explain.return_name", share=name_likeness(outgoing.name, earlier.name)),
    }[tie]
    amount = Money(earlier.cents, earlier.currency)
    if earlier.cents != abs(outgoing.cents):
        return say("explain.return_part", amount=amount), by
    return (by, say("explain.return_several", amount=amount)) if several else (by,)
