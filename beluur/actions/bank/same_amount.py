"""The last thing to go by: one debtor owes exactly what came in, and nobody else does. Never booked by itself, but he is not
called about it either (J1, perhaps paid)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.store.models import Debtor, Invoice, Payment
from beluur.values.sentence import say

CHUNK = 4000
AT_ONCE = 60  # payments in one transaction
MOST = 3  # debtors with that very amount; more tell nothing
PART = ("id", "debtor_id", "open_cents", "currency")


class _Way(NamedTuple):
    """One debtor, and the parts that add up to the payment."""

    debtor_id: int
    parts: tuple[tuple[int, int, int], ...]  # invoice, debtor, cents


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
    payments = list(waiting.values_list("id", "amount_cents", "currency", "booked_on"))
    if not payments:
        return set()
    ways = _ways(doer.administration_id, sorted({cents for _, cents, _, _ in payments}))
    found = {i: some for i, cents, currency, on in payments if (some := _fitting(ways[cents, currency], on))}
    debtors: set[int] = set()
    todo = list(found.items())
    for start in range(0, len(todo), AT_ONCE):
        part = todo[start : start + AT_ONCE]
        with transaction.atomic():
            lock_debtors(doer.administration_id, {way.debtor_id for _, ways in part for way in ways})
            debtors |= {debtor for i, ways in part if (debtor := _propose(doer, i, ways))}
    return debtors


def _ways(
    administration_id: int, amounts: Sequence[int]
) -> dict[tuple[int, str], list[tuple[_Way, date | None]]]:
    """By amount and currency: an invoice of which just that is open, or all that a debtor owes."""
    ways: dict[tuple[int, str], list[tuple[_Way, date | None]]] = defaultdict(list)
    for start in range(0, len(amounts), CHUNK):
        part = amounts[start : start + CHUNK]
        rows = Invoice.objects.filter(administration_id=administration_id, open_cents__in=part)
        for i, debtor, cents, currency, as_of in rows.values_list(*PART, "as_of"):
            ways[cents, currency].append((_Way(debtor, ((i, debtor, cents),)), as_of))
        whole = Debtor.objects.filter(
            administration_id=administration_id, open_cents__in=part, merged_into=None
        )
        owed = dict(whole.values_list("id", "open_cents"))
        for debtor, (parts, currency, as_of) in _all_open(administration_id, list(owed)).items():
            if len(parts) > 1 and sum(p[2] for p in parts) == owed[debtor]:
                ways[owed[debtor], currency].append((_Way(debtor, tuple(parts)), as_of))
    return ways


def _all_open(
    administration_id: int, debtors: Sequence[int]
) -> dict[int, tuple[list[tuple[int, int, int]], str, date | None]]:
    found: dict[int, tuple[list[tuple[int, int, int]], str, date | None]] = {}
    for start in range(0, len(debtors), CHUNK):
        rows = Invoice.objects.filter(
            administration_id=administration_id,
            debtor_id__in=debtors[start : start + CHUNK],
            open_cents__gt=0,
        ).order_by("due", "id")
        for i, debtor, cents, currency, as_of in rows.values_list(*PART, "as_of"):
            parts, _, latest = found.setdefault(debtor, ([], currency, as_of))
            parts.append((i, debtor, cents))
            if as_of and latest and as_of > latest:
                found[debtor] = (parts, currency, as_of)
    return found


def _fitting(ways: Sequence[tuple[_Way, date | None]], on: date) -> list[_Way]:
    """What is still open after the day on which it came in, as long as few owe that amount."""
    open_then = [way for way, as_of in ways if as_of is None or on >= as_of]
    debtors = {way.debtor_id for way in open_then}
    return open_then[:MOST] if 0 < len(debtors) <= MOST else []


def _propose(doer: Doer, payment_id: int, ways: Sequence[_Way]) -> int | None:
    """One debtor is proposed, and perhaps it is his; of several none is spared a call on it."""
    owing = {way.debtor_id for way in ways}
    alone = next(iter(owing)) if len(owing) == 1 else None
    by = [
        (say("explain.amount_alone") if alone else say("explain.amount_shared", debtors=len(owing))).to_json()
    ]
    choices = [
        {"debtor": way.debtor_id, "parts": [list(p) for p in way.parts], "left_cents": 0, "by": by}
        for way in ways
    ]
    changed = Payment.objects.filter(
        administration_id=doer.administration_id, id=payment_id, state="unexplained"
    ).update(state="proposed", proposal={"choices": choices}, perhaps_id=alone)
    if not (changed and alone):
        return None
    Debtor.objects.filter(administration_id=doer.administration_id, id=alone).update(step_stale=True)
    return alone
