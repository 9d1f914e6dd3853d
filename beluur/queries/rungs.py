"""Rungs that wait for the yes of the lead or the owner (H4), and how one of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.domain.ladder import Approver, RungKind
from beluur.domain.rung_approval import asked_in, may_approve
from beluur.store.load.rung_decisions import Decided, decisions
from beluur.store.models import Debtor
from beluur.values.money import Money
from beluur.values.sentence import Sentence

LOOKED_AT = 500  # debtors of whom a person decides how it goes on, the longest first
_COLUMNS = "id name currency step_on step_because overdue_cents assigned_to__name".split()


@dataclass(frozen=True, slots=True)
class RungRow:
    """One debtor before a rung that asks for a yes. ``decided`` is the last that was decided; ``mine``: who looks may say yes."""

    debtor_id: int
    name: str
    rung: RungKind
    approver: Approver
    on: date | None
    late: Money
    because: tuple[Sentence, ...]
    whose: str
    decided: Decided | None
    mine: bool


def rungs_waiting(administration_id: int, role: str, today: date) -> tuple[RungRow, ...]:
    """Those that wait for somebody with that role, the longest first; two queries, none for who is never asked."""
    if not may_approve(Approver.LEAD, role):
        return ()
    rows = Debtor.objects.filter(
        administration_id=administration_id, step="decide", step_on__lte=today, merged_into=None
    )
    found = _rows(administration_id, role, rows.order_by("step_on", "id").values_list(*_COLUMNS)[:LOOKED_AT])
    return tuple(r for r in found if r.mine and not (r.decided and r.decided.stands(today)))


def any_to_decide(administration_id: int, role: str, today: date) -> bool:
    """Whether there may be such a one: for a menu, so that it costs no more than a look. One query, none for a caller."""
    if not may_approve(Approver.LEAD, role):
        return False
    here = Debtor.objects.filter(administration_id=administration_id, step="decide", step_on__lte=today)
    return here.exists()


def rung_of(administration_id: int, debtor_id: int, role: str, today: date) -> RungRow | None:
    """Before which rung this debtor stands since today or longer that asks for a yes; None when none."""
    rows = Debtor.objects.filter(administration_id=administration_id, step="decide", step_on__lte=today)
    return next(iter(_rows(administration_id, role, rows.filter(id=debtor_id).values_list(*_COLUMNS))), None)


def _rows(administration_id: int, role: str, rows: Iterable[tuple[Any, ...]]) -> list[RungRow]:
    asked = []
    for row in rows:
        because = tuple(Sentence.from_json(kept) for kept in row[4])
        if (rung := asked_in(because)) is not None:
            asked.append((row, because, rung))
    known = decisions(administration_id, [row[0] for row, _, _ in asked]) if asked else {}
    return [
        RungRow(
            i, name, rung.rung, rung.approver, on, Money(cents, currency), because, whose or "",
            known.get((i, rung.rung)), may_approve(rung.approver, role),
        )
        for (i, name, currency, on, _, cents, whose), because, rung in asked
    ]  # fmt: skip
