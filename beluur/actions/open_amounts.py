"""What is open after a new statement of it: open = last stated open - what was booked after that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from beluur.domain.booking import Moved, counted, held_that_day, still_open
from beluur.store.models import Allocation, Invoice
from beluur.store.save import update_if, update_many


def take_over(administration_id: int, by_column: Mapping[str, Sequence[tuple[Any, int]]]) -> None:
    """Sets (value, invoice id) column by column. What is open shares its sign with the amount after each statement, also
    when an invoice was overpaid and turns into a credit: `recompute_open` must follow."""
    columns = {**by_column, "open_cents": by_column.get("stated_open_cents", ())}
    if "amount_cents" in by_column:
        nothing = [(0, invoice_id) for _, invoice_id in by_column["amount_cents"]]
        update_many(Invoice, administration_id, ("open_cents",), nothing)
    for name, pairs in columns.items():
        update_many(Invoice, administration_id, (name,), pairs)


class Stated(NamedTuple):
    """An invoice as it was stated, and what moved: the ids of its rows, and the rows."""

    id: int
    amount: int
    stated: int
    booked: int
    as_of: date | None
    row_ids: tuple[int, ...]
    moved: tuple[Moved, ...]

    @property
    def sign(self) -> int:
        """1 for an invoice, -1 for a credit note: times this, what lowers it is above nothing."""
        return 1 if self.amount >= 0 else -1

    def counted(self) -> int:
        """What comes off it."""
        return counted(self.moved, self.amount, self.stated, self.as_of)

    def holding(self, more: int) -> Stated:
        """With those payments of its very day that fit in ``more`` cents held by what is stated."""
        upright = [row._replace(cents=row.cents * self.sign) for row in self.moved]
        origins = held_that_day(upright, self.as_of, more * self.sign)
        held = (row.origin in origins if row.on == self.as_of else row.held for row in self.moved)
        return self._replace(
            moved=tuple(row._replace(held=h) for row, h in zip(self.moved, held, strict=True))
        )


def as_stated(administration_id: int, invoice_ids: Collection[int]) -> dict[int, Stated]:
    """The invoices as they stand, by id. Two queries."""
    if not invoice_ids:
        return {}
    here, ids = {"administration_id": administration_id}, list(invoice_ids)
    moved: dict[int, list[tuple[int, Moved]]] = defaultdict(list)
    parts = Allocation.objects.filter(**here, invoice_id__in=ids, lowers=True).order_by("id")
    for i, invoice_id, payment_id, takes_back, reverses, *row in parts.values_list(*_MOVED):
        moved[invoice_id].append((i, Moved(takes_back or reverses or payment_id, *row)))
    invoices = Invoice.objects.filter(**here, id__in=ids).values_list(*_STATED)
    return {
        row[0]: Stated._make([*row, tuple(i for i, _ in moved[row[0]]), tuple(m for _, m in moved[row[0]])])
        for row in invoices
    }


def recompute_open(administration_id: int, before: Mapping[int, Stated]) -> None:
    """After invoices were stated anew; ``before``: as they stood. Of the payments of the very day the new statement holds what
    it has as paid more than the one before: one that says the same as before cannot have known of them."""
    now = as_stated(administration_id, before)
    _save(administration_id, [(row, row.holding(_more(before[row.id], row))) for row in now.values()])


def _more(before: Stated, now: Stated) -> int:
    """Cents that ``now`` has as paid, beyond what ``before`` did and what came on the days between."""
    if now.as_of is None:
        return 0
    more = (now.amount - now.stated) - (before.amount - before.stated)
    for row in before.moved:
        held = before.as_of is not None and (row.on < before.as_of or (row.on == before.as_of and row.held))
        if held != (row.on < now.as_of):
            more += row.cents if held else -row.cents
    return more


def put_back_open(administration_id: int, booked: Mapping[int, int]) -> None:
    """``booked``: invoice id -> what was booked when it was last stated so, which tells what that statement held."""
    now = as_stated(administration_id, booked)
    rows = [(row, row.holding(row.holding(0).counted() - booked[row.id])) for row in now.values()]
    _save(administration_id, rows)


def count_anew(administration_id: int, invoice_ids: Collection[int]) -> None:
    """After rows were added, or a day was put back: what was held of its very day stays so."""
    _save(administration_id, [(row, row) for row in as_stated(administration_id, invoice_ids).values()])


def _save(administration_id: int, rows: Sequence[tuple[Stated, Stated]]) -> None:
    """Each invoice as it was read, and with what its statement holds."""
    if not rows:
        return
    marks, changed = [], []
    for old, new in rows:
        pairs = zip(old.moved, new.moved, new.row_ids, strict=True)
        marks += [(now.held, row_id) for was, now, row_id in pairs if was.held != now.held]
        booked = new.counted()
        changed.append((booked, still_open(new.amount, new.stated, booked), new.id))
    update_many(Allocation, administration_id, ("held",), marks)
    update_many(Invoice, administration_id, ("booked_cents", "open_cents"), changed)
    opened = [(None, "", new.id) for _, new in rows]
    update_if(Invoice, administration_id, ("closed_on", "closed_because"), opened, "NOT open_cents = 0")


_MOVED = "id invoice_id payment_id payment__takes_back_id payment__reverses_id cents payment__booked_on held".split()
_STATED = "id amount_cents stated_open_cents booked_cents as_of".split()
