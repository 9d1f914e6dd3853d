"""From a dossier to its claim: what of each invoice is claimed, and what is left out and why (H3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from beluur.domain.case import Case, DebtorKind
from beluur.domain.claim import Claim, ClaimInvoice, ClaimNotice, claim
from beluur.domain.parts import Why, split
from beluur.law.costs import Costs
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_CURRENCY = "EUR"
_LEFT_OUT = frozenset((Why.EXEMPT, Why.CREDIT))


def claim_of_case(
    case: Case,
    today: date,
    *,
    agreed: frozenset[int],
    paid: Mapping[int, tuple[tuple[date, int], ...]],
    notices: Iterable[ClaimNotice],
) -> Claim:
    """``agreed``: ids of the invoices with an agreed term; ``paid``: by invoice id (value day, cents). What he promised or says
    to have paid, and what a waiting payment may be for, is still in it. Only euros are reckoned with."""
    if case.currency != _CURRENCY:
        return Claim(today, (), Costs(0), (say("claim.no_currency", currency=case.currency),))
    found = claim(
        case.country,
        consumer=case.kind is DebtorKind.CONSUMER,
        invoices=_invoices(case, today, agreed, paid),
        notices=notices,
        as_of=today,
    )
    return replace(found, because=(*_doubts(case, found), *found.because))


def _invoices(
    case: Case, today: date, agreed: frozenset[int], paid: Mapping[int, tuple[tuple[date, int], ...]]
) -> Iterable[ClaimInvoice]:
    owed: dict[int, int] = defaultdict(int)
    disputed: dict[int, int] = defaultdict(int)
    known = {}
    bare = replace(case, promises=(), claims=(), perhaps_paid_cents=0)
    for part in split(bare, today).parts:
        known[part.invoice.id] = part.invoice
        if part.why is Why.DISPUTED:
            disputed[part.invoice.id] += part.cents
        elif part.why not in _LEFT_OUT:
            owed[part.invoice.id] += part.cents
    for i, invoice in known.items():
        yield ClaimInvoice(
            invoice.number,
            invoice.issued,
            invoice.due,
            i in agreed,
            owed[i],
            disputed[i],
            paid.get(i, ()),
        )


def _doubts(case: Case, found: Claim) -> Iterable[Sentence]:
    if not found.principal:
        return
    if case.perhaps_paid_cents:
        yield say("claim.perhaps", amount=Money(case.perhaps_paid_cents))
    if said := sum(claimed.cents for claimed in case.claims):
        yield say("claim.said_paid", amount=Money(said))
