"""The list of debtors: filtered, sorted, a page at a time by key, so that page a thousand costs what page one does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from beluur.queries.search_match import MANY, found_often, matching
from beluur.store.models import Debtor
from beluur.values.money import Money
from beluur.values.sentence import Sentence

PAGE = 50
SORTS = {  # name: (column, largest first)
    "open": ("open_cents", True),
    "overdue": ("overdue_cents", True),
    "late": ("oldest_due", False),
    "name": ("name", False),
}
_COLUMNS = (
    "id name city kind currency open_cents overdue_cents oldest_due step step_on step_because stop "
    "assigned_to__name"
).split()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filter of the list. ``assigned``: a user's id, 0 for nobody, None for all.

    ``only_open`` leaves out who owes nothing."""

    text: str = ""
    kind: str = ""
    assigned: int | None = None
    step: str = ""
    minimum_cents: int = 0
    only_open: bool = True
    sort: str = "overdue"


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """One line of the list."""

    id: int
    name: str
    city: str
    kind: str
    open: Money
    overdue: Money
    oldest_due: date | None
    step: str
    step_on: date | None
    why: tuple[Sentence, ...]
    stop: str
    assigned: str


@dataclass(frozen=True, slots=True)
class DebtorPage:
    """A page; ``after`` is what to ask for the next one with, empty when there is no more."""

    rows: tuple[DebtorRow, ...] = field(default_factory=tuple)
    after: str = ""


def debtor_page(administration_id: int, wanted: Wanted, *, after: str = "", page: int = PAGE) -> DebtorPage:
    """One page, in one query."""
    rows = _filtered(administration_id, wanted)
    column, largest_first = SORTS.get(wanted.sort, SORTS["overdue"])
    if column == "oldest_due":
        rows = rows.exclude(oldest_due=None)
    if (cursor := _cursor(after, column)) is not None:
        value, last = cursor
        beyond = "lt" if largest_first else "gt"
        rows = rows.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value}, id__gt=last))
    order = f"-{column}" if largest_first else column
    found = list(rows.order_by(order, "id").values(*_COLUMNS)[: page + 1])
    shown = found[:page]
    more = len(found) > page
    return DebtorPage(tuple(_row(row) for row in shown), _after(shown[-1], column) if more else "")


def all_debtors(administration_id: int, wanted: Wanted) -> Iterator[DebtorRow]:
    """Every line that the filter lets through, for a sheet; read in slices."""
    after = ""
    while True:
        page = debtor_page(administration_id, wanted, after=after, page=2000)
        yield from page.rows
        if not (after := page.after):
            return


def debtor_ids(administration_id: int, ids: list[int]) -> list[int]:
    """Those of ``ids`` that are debtors here and were not merged."""
    rows = Debtor.objects.filter(administration_id=administration_id, id__in=ids, merged_into=None)
    return list(rows.order_by("id").values_list("id", flat=True))


def _filtered(administration_id: int, wanted: Wanted) -> QuerySet[Debtor]:
    rows = Debtor.objects.filter(administration_id=administration_id, merged_into=None)
    if found_often(wanted.text, MANY):  # along the order, and looked up among the found
        rows = rows.annotate(row=F("id") + 0).filter(matching(wanted.text, by="row"))
    else:
        rows = rows.filter(matching(wanted.text, house=administration_id))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.assigned is not None:
        rows = rows.filter(assigned_to=wanted.assigned or None)
    if wanted.step:
        rows = rows.filter(step=wanted.step)
    if wanted.minimum_cents:
        rows = rows.filter(open_cents__gte=wanted.minimum_cents)
    elif wanted.only_open:
        rows = rows.exclude(open_cents=0)
    return rows


def _row(row: dict[str, Any]) -> DebtorRow:
    currency = row["currency"]
    sentences = [Sentence.from_json(one) for one in row["step_because"]]
    return DebtorRow(
        row["id"],
        row["name"],
        row["city"],
        row["kind"],
        Money(row["open_cents"], currency),
        Money(row["overdue_cents"], currency),
        row["oldest_due"],
        row["step"],
        row["step_on"],
        tuple(sentences),
        row["stop"],
        row["assigned_to__name"] or "",
    )


def _after(row: dict[str, Any], column: str) -> str:
    value = row[column]
    return json.dumps(
        [value.isoformat() if isinstance(value, date) else value, row["id"]], ensure_ascii=False
    )


def _cursor(after: str, column: str) -> tuple[Any, int] | None:
    """What a page gave, or None when it was spoiled."""
    try:
        value, last = json.loads(after)
        if column == "oldest_due":
            value = date.fromisoformat(value)
    except (ValueError, TypeError):
        return None
    kind = {"oldest_due": date, "name": str}.get(column, int)
    return (value, last) if isinstance(last, int) and isinstance(value, kind) else None
