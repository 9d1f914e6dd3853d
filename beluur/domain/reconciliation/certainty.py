"""When a payment is booked without a person: the table of signal combinations. What is not in it is proposed at most."""

from __future__ import annotations

from collections.abc import Mapping

from beluur.domain.reconciliation.reasons import Fit, Which, Who

_SURE = frozenset((Who.ACCOUNT, Who.NAME))
_HIS = _SURE | {Who.GROUP, Who.SHARED, Who.CUSTOMER, Who.NAMED, Who.ALIKE}
_ANYONE = _HIS | {Who.HINTED, Who.NOBODY, Who.NAMESAKE}
_EVEN_ANOTHER = _ANYONE | {Who.OTHER}

CERTAIN_WHEN: Mapping[tuple[Which, Fit], frozenset[Who]] = {
    (Which.REFERENCE, Fit.EXACT): _EVEN_ANOTHER,
    (Which.REFERENCE, Fit.CREDITED): _ANYONE,
    (Which.REFERENCE, Fit.COMPLETED): _HIS,
    (Which.REFERENCE, Fit.DISCOUNT): _ANYONE,
    (Which.REFERENCE, Fit.FEE): _ANYONE,
    (Which.REFERENCE, Fit.PART): _ANYONE,
    (Which.REFERENCE, Fit.OVER): _HIS,
    (Which.NUMBER, Fit.EXACT): _ANYONE,
    (Which.NUMBER, Fit.CREDITED): _ANYONE,
    (Which.NUMBER, Fit.COMPLETED): _HIS,
    (Which.NUMBER, Fit.DISCOUNT): _HIS,
    (Which.NUMBER, Fit.FEE): _HIS,
    (Which.NUMBER, Fit.PART): _HIS,
    (Which.NUMBER, Fit.OVER): _HIS,
    (Which.FAIR, Fit.EXACT): _ANYONE,
    (Which.FAIR, Fit.CREDITED): _HIS,
    (Which.FAIR, Fit.COMPLETED): _SURE,
    (Which.FAIR, Fit.DISCOUNT): _SURE,
    (Which.FAIR, Fit.FEE): _SURE,
    (Which.FAIR, Fit.PART): _SURE,
    (Which.FAIR, Fit.OVER): _SURE,
    (Which.MENDED, Fit.EXACT): _ANYONE,
    (Which.MENDED, Fit.PART): _SURE,
    (Which.SHORT, Fit.EXACT): _HIS,
    (Which.SHORT, Fit.CREDITED): _SURE,
    (Which.NEAR, Fit.EXACT): _SURE | {Who.NAMED},
    (Which.ALL, Fit.EXACT): _SURE,
    (Which.AMOUNT, Fit.EXACT): _SURE | {Who.NAMED, Who.SHARED},
    (Which.SUBSET, Fit.EXACT): _SURE,
    (Which.ALL, Fit.OVER): _SURE,
}

# Who makes something certain of his own invoices also where none has the amount; of all others only (AMOUNT, EXACT) may be.
WITHOUT_AMOUNT = frozenset(
    who
    for pair, whos in CERTAIN_WHEN.items()
    for who in whos
    if pair[0] >= Which.NEAR and pair != (Which.AMOUNT, Fit.EXACT)
)

# What another explanation must not have beside it: it could just as well be that.
RIVALS = frozenset(
    (w, f) for w in (Which.REFERENCE, Which.NUMBER, Which.FAIR) for f in (Fit.EXACT, Fit.CREDITED)
)

_WHICH_WEIGHT = {
    Which.REFERENCE: 60, Which.NUMBER: 50, Which.FAIR: 44,
    Which.MENDED: 42, Which.SHORT: 22, Which.NEAR: 30, Which.ALL: 30, Which.AMOUNT: 24,
    Which.SUBSET: 18, Which.OLDEST: 4,
}  # fmt: skip
_WHO_WEIGHT = {
    Who.ACCOUNT: 34, Who.NAME: 30, Who.GROUP: 20, Who.SHARED: 22, Who.CUSTOMER: 24, Who.NAMED: 22, Who.ALIKE: 18, Who.HINTED: 12,
    Who.NOBODY: 0,
    Who.NAMESAKE: -12, Who.OTHER: -24,
}  # fmt: skip
_FIT_WEIGHT = {
    Fit.EXACT: 34, Fit.CREDITED: 30, Fit.COMPLETED: 26, Fit.DISCOUNT: 24, Fit.FEE: 12, Fit.PART: 6, Fit.SPREAD: 6, Fit.OVER: 8,
    Fit.SLIP: 14, Fit.CLOSED: -18,
}  # fmt: skip
_DOUBT_WEIGHT = -24
LEAST = 32  # below it a proposal is no help


def is_certain(which: Which, fit: Fit, who: Who) -> bool:
    """Whether the combination stands in the table."""
    return who in CERTAIN_WHEN.get((which, fit), frozenset())


def weight(which: Which, fit: Fit, who: Who, *, doubted: bool = False) -> int:
    """For the order of proposals only; it makes nothing certain. ``doubted``: something in the payment points elsewhere."""
    # However well a closed invoice is named: one that is open and has the amount comes before it.
    named = (
        min(_WHICH_WEIGHT[which], _WHICH_WEIGHT[Which.NUMBER]) if fit is Fit.CLOSED else _WHICH_WEIGHT[which]
    )
    return named + _FIT_WEIGHT[fit] + _WHO_WEIGHT[who] + (_DOUBT_WEIGHT if doubted else 0)
