"""What came in before: for money that goes back, and for what comes twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from beluur.domain.reconciliation.earlier_waiting import Waiting, by_what_is_written
from beluur.domain.reconciliation.incoming import A_MONTH, Incoming, is_standing, repeats
from beluur.store.among import rows_among
from beluur.store.models import Payment

MOST = 2000  # of one kind, the latest
_NO_ID = ("", "NOTPROVIDED")
_COLUMNS = (
    "id amount_cents currency booked_on counterparty iban reference text end_to_end reversal returned".split()
)
# No index for what has a sign before it: without statistics SQLite reads all payments of our account for each value.
_CAME_IN = "r.amount_cents > 0 AND +r.account_id IS NOT NULL AND r.state NOT IN ('undone', 'pending')"


def earlier_payments(
    administration_id: int, ibans: Collection[str], ids: Collection[str], cents: Collection[int]
) -> list[Incoming]:
    """Payments that came in from one of these accounts, with one of the payer's own ``ids``, or of just so many ``cents``; none
    that was taken back whole already."""
    found: dict[int, tuple[Any, ...]] = {}
    wanted: tuple[tuple[str, Collection[Any], str], ...] = (
        ("iban", ibans, "NOT r.iban = ''"),
        ("end_to_end", set(ids) - set(_NO_ID), "NOT r.end_to_end = ''"),
        ("amount_cents", cents, ""),
    )
    for column, values, index in wanted:
        also = f"{_CAME_IN} AND {index}" if index else _CAME_IN
        rows = rows_among(Payment, administration_id, column, values, _COLUMNS, also)
        last = sorted(_standing(administration_id, rows), key=lambda row: (row[3], row[0]), reverse=True)
        found.update((row[0], row) for row in last[:MOST])
    return [Incoming._make((*row[:9], bool(row[9] or row[10]))) for row in found.values()]


def _standing(administration_id: int, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    by_id = {row[0]: row for row in rows}
    remains = {i: row[1] for i, row in by_id.items()}
    columns = ("takes_back_id", "amount_cents")
    for original, cents in rows_among(Payment, administration_id, "takes_back_id", by_id, columns):
        remains[original] += cents
    return [row for i, row in by_id.items() if remains[i] > 0]


_WAITS = ("id", "state", "booked_on", "iban", "counterparty", "proposal")


def waiting_of(
    administration_id: int, debtors: Collection[int], besides: Collection[int]
) -> Iterator[Waiting]:
    """Payments that wait and are proposed for one of these ``debtors``, none of those ``besides``. One query."""
    also = "r.perhaps_id IS NOT NULL AND r.amount_cents > 0"  # as the index has it; few of these wait in another state
    rows = rows_among(Payment, administration_id, "perhaps_id", debtors, _WAITS, also)
    for i, state, booked, iban, name, told in rows:
        if state != "proposed" or i in besides:
            continue
        proposal = json.loads(told) if isinstance(told, str) else told
        if choices := proposal.get("choices"):
            yield waiting_as(i, booked, iban, name, choices[0])


def waiting_as(payment_id: int, booked: date, iban: str, name: str, choice: Mapping[str, Any]) -> Waiting:
    """A payment that waits with that ``choice`` of its proposal, as JSON."""
    takes = {invoice: cents for invoice, _, cents in choice["parts"]}
    written = any(by_what_is_written(reason["code"]) for reason in choice["by"][:1])
    return Waiting(payment_id, booked, iban, name, takes, choice["left_cents"], written)


_SAME = "id amount_cents currency booked_on counterparty iban reference text".split()


def repeated(administration_id: int, payments: Sequence[Incoming], gone: Collection[int] = ()) -> set[int]:
    """Ids of the ``payments`` that repeat one which came in shortly before and stayed, also among themselves; none of a standing
    order. ``gone``: those that go back now. Two queries."""
    came = [p for p in payments if p.cents > 0 and p.iban]
    if not came:
        return set()
    since = min(p.booked for p in came) - 4 * A_MONTH  # so far back a standing order shows
    also = f"{_CAME_IN} AND NOT r.iban = '' AND r.booked_on >= '{since.isoformat()}'"
    by_account: dict[tuple[str, int], list[Incoming]] = {(p.iban, p.cents): [] for p in came}
    rows = rows_among(Payment, administration_id, "iban", {p.iban for p in came}, _SAME, also)
    like = [row for row in rows if (row[5], row[1]) in by_account]
    stayed = [Incoming._make((*row, "", False)) for row in _standing(administration_id, like)]
    for earlier in (e for e in (*stayed, *came) if e.id not in gone):
        by_account[earlier.iban, earlier.cents].append(earlier)
    return {p.id for p in came if _is_repeated(p, by_account[p.iban, p.cents])}


def _is_repeated(payment: Incoming, others: Sequence[Incoming]) -> bool:
    before = [e for e in others if (e.booked, e.id) < (payment.booked, payment.id)]
    return any(repeats(payment, e) for e in before) and not is_standing(payment, before)
