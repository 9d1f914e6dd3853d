"""The last thing to go by: one debtor owes exactly what came in, and nobody else does; or does so together with one whom the text
names. Never booked by itself, but he is not called about it either (J1, perhaps paid)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.domain.reconciliation.same_amount import (
    MOST,
    MOST_OWING,
    Way,
    fitting,
    rests,
    with_the_rest,
    with_two_others,
)
from beluur.store.among import rows_among
from beluur.store.models import Debtor, Invoice, Payment
from beluur.store.save import update_many
from beluur.values.sentence import Sentence, say

CHUNK = 4000
MOST_OPEN = 2000  # invoices that are searched through for two of them
AT_ONCE = 60  # payments in one transaction
PART = ("id", "debtor_id", "open_cents", "currency")
DAYS = ("as_of", "due")
_WAITING = ("id", "amount_cents", "currency", "booked_on", "iban", "proposal")
_Waiting = tuple[int, int, str, date, str, dict[str, Any]]


def propose_by_amount(doer: Doer, *, only: Collection[int] | None = None) -> set[int]:
    """Looks through all payments for which nothing was found, at one go, or through ``only`` these; gives the debtors whose
    money it may be."""
    waiting = Payment.objects.filter(
        administration_id=doer.administration_id,
        state="unexplained",
        amount_cents__gt=0,
        account__isnull=False,
    )
    if only is not None:
        waiting = waiting.filter(id__in=list(only))
    found = _found(doer.administration_id, list(waiting.values_list(*_WAITING)))
    debtors: set[int] = set()
    todo = list(found.items())
    for start in range(0, len(todo), AT_ONCE):
        part = todo[start : start + AT_ONCE]
        with transaction.atomic():
            lock_debtors(doer.administration_id, {way.debtor_id for _, ways in part for way in ways})
            debtors |= _propose(doer.administration_id, part)
    return debtors


def _found(administration_id: int, payments: Sequence[_Waiting]) -> dict[int, list[Way]]:
    """By payment: what it may be for."""
    named = _owed_by(administration_id, {debtor for p in payments for debtor in p[-1].get("named", ())})
    his = {p[0]: [way for d in p[-1].get("named", ()) for way in named[d, p[2]]] for p in payments}
    amounts = {cents for _, cents, *_ in payments}
    amounts |= {rest for i, cents, *_ in payments for rest in rests(cents, his[i])}
    ways = _ways(administration_id, sorted(amounts))
    _tell_countries(administration_id, ways)
    found = {
        i: fitting(ways[cents, currency], on, most=MOST if his[i] else MOST_OWING, country=iban[:2])
        or with_the_rest(cents, currency, his[i], ways, on)
        for i, cents, currency, on, iban, _ in payments
    }
    return {i: some for i, some in found.items() if some} | _with_two_others(
        administration_id, [p for p in payments if his[p[0]] and not found[p[0]]], his
    )


def _with_two_others(
    administration_id: int, payments: Sequence[_Waiting], his: dict[int, list[Way]]
) -> dict[int, list[Way]]:
    """Of who is named with others: two of all that is open, where so little is open that three invoices that are the amount
    together are hardly chance."""
    if not payments:
        return {}
    day, most = max(on for *_, on, _, _ in payments), max(cents for _, cents, *_ in payments)
    rows = Invoice.objects.filter(
        administration_id=administration_id, open_cents__gt=0, open_cents__lt=most, as_of__lte=day
    ).exclude(open_cents=0)  # so that the index of open invoices is taken
    owed: dict[str, list[Way]] = defaultdict(list)
    told = sorted(rows.order_by().values_list(*PART, *DAYS)[: MOST_OPEN + 1])
    if len(told) > MOST_OPEN:
        return {}
    for i, debtor, cents, currency, as_of, due in told:
        owed[currency].append(Way(debtor, ((i, debtor, cents),), as_of, due))
    found = {i: with_two_others(cents, his[i], owed[currency], on) for i, cents, currency, on, *_ in payments}
    return {i: some for i, some in found.items() if some}


def _owed_by(administration_id: int, debtors: Collection[int]) -> dict[tuple[int, str], list[Way]]:
    """By debtor and currency, each open invoice of these."""
    owed: dict[tuple[int, str], list[Way]] = defaultdict(list)
    rows = Invoice.objects.filter(
        administration_id=administration_id, debtor_id__in=sorted(debtors), open_cents__gt=0
    )
    for i, debtor, cents, currency, as_of, due in rows.values_list(*PART, *DAYS) if debtors else ():
        owed[debtor, currency].append(Way(debtor, ((i, debtor, cents),), as_of, due))
    return owed


def _ways(administration_id: int, amounts: Sequence[int]) -> dict[tuple[int, str], list[Way]]:
    """By amount and currency: an invoice of which just that is open, or all that a debtor owes."""
    ways: dict[tuple[int, str], list[Way]] = defaultdict(list)
    for start in range(0, len(amounts), CHUNK):
        part = amounts[start : start + CHUNK]
        rows = Invoice.objects.filter(administration_id=administration_id, open_cents__in=part)
        for i, debtor, cents, currency, as_of, due in rows.values_list(*PART, *DAYS):
            ways[cents, currency].append(Way(debtor, ((i, debtor, cents),), as_of, due))
        whole = Debtor.objects.filter(
            administration_id=administration_id, open_cents__in=part, merged_into=None
        )
        owed = dict(whole.values_list("id", "open_cents"))
        for debtor, (all_of_it, currency) in _all_open(administration_id, list(owed)).items():
            if len(all_of_it.parts) > 1 and sum(p[2] for p in all_of_it.parts) == owed[debtor]:
                ways[owed[debtor], currency].append(all_of_it)
    return ways


def _tell_countries(administration_id: int, ways: dict[tuple[int, str], list[Way]]) -> None:
    """Notes where they live of whom so few owe an amount that they may be proposed."""
    few = {key: {way.debtor_id for way in some} for key, some in ways.items()}
    few = {key: debtors for key, debtors in few.items() if 1 < len(debtors) <= MOST_OWING}
    wanted = {debtor for debtors in few.values() for debtor in debtors}
    lives = dict(rows_among(Debtor, administration_id, "id", wanted, ("id", "country")))
    for key in few:
        ways[key] = [way._replace(country=lives.get(way.debtor_id, "")) for way in ways[key]]


def _all_open(administration_id: int, debtors: Sequence[int]) -> dict[int, tuple[Way, str]]:
    found: dict[int, tuple[Way, str]] = {}
    for start in range(0, len(debtors), CHUNK):
        rows = Invoice.objects.filter(
            administration_id=administration_id,
            debtor_id__in=debtors[start : start + CHUNK],
            open_cents__gt=0,
        ).order_by("due", "id")
        for i, debtor, cents, currency, as_of, due in rows.values_list(*PART, *DAYS):
            before, _ = found.get(debtor, (Way(debtor, (), as_of, due), ""))
            known = max((day for day in (before.as_of, as_of) if day), default=None)
            parts = (*before.parts, (i, debtor, cents))
            found[debtor] = before._replace(parts=parts, as_of=known), currency
    return found


def _propose(administration_id: int, found: Sequence[tuple[int, Sequence[Way]]]) -> set[int]:
    """For each payment on which nobody decided meanwhile. Where one debtor is proposed, perhaps it is his; of several none is
    spared a call on it but who is known to have paid it."""
    owing = {way.debtor_id for _, ways in found for way in ways}
    names = dict(rows_among(Debtor, administration_id, "id", owing, ("id", "name")))
    ids = [i for i, _ in found]
    columns = ("id", "perhaps_id")
    waiting = dict(
        rows_among(Payment, administration_id, "id", ids, columns, "r.state = 'unexplained'", lock=True)
    )
    changes: list[tuple[str, str, int | None, int]] = []
    for i, ways in found:
        theirs = {way.debtor_id for way in ways}
        count = max(len(theirs), ways[0].owing)
        if i in waiting:
            choices = {"choices": [_choice(way, count, names) for way in ways]}
            perhaps = theirs.pop() if count == 1 else waiting[i]
            changes.append(("proposed", json.dumps(choices), perhaps, i))
    update_many(Payment, administration_id, ("state", "proposal", "perhaps_id"), changes)
    alone = {debtor for _, _, debtor, _ in changes if debtor is not None}
    update_many(Debtor, administration_id, ("step_stale",), [(True, debtor) for debtor in sorted(alone)])
    return alone


def _choice(way: Way, debtors: int, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "debtor": way.debtor_id,
        "parts": [list(p) for p in way.parts],
        "left_cents": 0,
        "by": [_by(way, debtors, names[way.debtor_id]).to_json()],
    }


def _by(way: Way, debtors: int, name: str) -> Sentence:
    if any(debtor != way.debtor_id for _, debtor, _ in way.parts):
        return say("explain.amount_rest", name=name)
    return say("explain.amount_alone") if debtors == 1 else say("explain.amount_shared", debtors=debtors)
