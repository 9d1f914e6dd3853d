"""What is open after a new statement of it: open = last stated open - what was booked after that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from beluur.domain.booking import Moved, counted, still_open
from beluur.store.models import Allocation, Invoice
from beluur.store.save import update_many


def take_over(administration_id: int, by_column: Mapping[str, Sequence[tuple[Any, int]]]) -> None:
    """Sets (value, invoice id) column by column. What is open shares its sign with the amount after each statement, also
    when an invoice was overpaid and turns into a credit: `recompute_open` must follow."""
    columns = {**by_column, "open_cents": by_column.get("stated_open_cents", ())}
    if "amount_cents" in by_column:
        nothing = [(0, invoice_id) for _, invoice_id in by_column["amount_cents"]]
        update_many(Invoice, administration_id, ("open_cents",), nothing)
    for name, pairs in columns.items():
        update_many(Invoice, administration_id, (name,), pairs)


def recompute_open(administration_id: int, restated: Mapping[int, bool]) -> None:
    """``restated``: invoice id -> whether its stated open amount differs from before. A payment of the very day counts as
    contained in the statement only when that amount changed: otherwise the export cannot have known it."""
    if not restated:
        return
    changed = []
    for row in _rows(administration_id, restated):
        booked = row.counted(contained=restated[row.id])
        changed.append((booked, still_open(row.amount, row.stated, booked), row.id))
    update_many(Invoice, administration_id, ("booked_cents", "open_cents"), changed)
    Invoice.objects.filter(administration_id=administration_id, id__in=list(restated)).exclude(
        open_cents=0
    ).update(closed_on=None, closed_because="")


def put_back_open(administration_id: int, booked: Mapping[int, int]) -> None:
    """``booked``: invoice id -> what was booked when it was last stated so, which tells what that statement contained."""
    rows = _rows(administration_id, booked)
    recompute_open(administration_id, {row.id: row.contained(booked[row.id]) for row in rows})


def what_is_contained(administration_id: int, invoice_ids: Collection[int]) -> dict[int, bool]:
    """Invoice id -> whether its statement holds the payments of its very day, as what is booked now shows."""
    rows = _rows(administration_id, invoice_ids)
    return {row.id: row.contained(row.booked) for row in rows}


class _Stated(NamedTuple):
    """An invoice as it was stated, and what moved."""

    id: int
    amount: int
    stated: int
    booked: int
    as_of: date | None
    moved: Sequence[Moved]

    def counted(self, *, contained: bool) -> int:
        return counted(self.moved, self.amount, self.stated, self.as_of, contained=contained)

    def contained(self, booked: int) -> bool:
        return booked != self.counted(contained=False) and booked == self.counted(contained=True)


_MOVED = "invoice_id payment_id payment__takes_back_id payment__reverses_id cents payment__booked_on".split()
_STATED = "id amount_cents stated_open_cents booked_cents as_of".split()


def _rows(administration_id: int, invoice_ids: Collection[int]) -> list[_Stated]:
    here, ids = {"administration_id": administration_id}, list(invoice_ids)
    moved: dict[int, list[Moved]] = defaultdict(list)
    parts = Allocation.objects.filter(**here, invoice_id__in=ids, lowers=True)
    for invoice_id, payment_id, takes_back, reverses, cents, on in parts.values_list(*_MOVED):
        moved[invoice_id].append(Moved(takes_back or reverses or payment_id, cents, on))
    invoices = Invoice.objects.filter(**here, id__in=ids).values_list(*_STATED)
    return [_Stated._make([*row, moved[row[0]]]) for row in invoices]
