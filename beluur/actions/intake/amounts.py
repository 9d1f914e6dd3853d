"""What is open after a new statement of it: open = last stated open - what was booked after that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

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
    booked: dict[int, int] = defaultdict(int)
    ids = list(restated)
    parts = Allocation.objects.filter(administration_id=administration_id, invoice_id__in=ids, lowers=True)
    for invoice_id, cents, booked_on, as_of in parts.values_list(
        "invoice_id", "cents", "payment__booked_on", "invoice__as_of"
    ):
        later = as_of is None or booked_on > as_of
        if later or (booked_on == as_of and not restated[invoice_id]):
            booked[invoice_id] += cents
    changed = []
    rows = Invoice.objects.filter(administration_id=administration_id, id__in=ids)
    for i, amount, stated in rows.values_list("id", "amount_cents", "stated_open_cents"):
        still = stated - booked[i]
        changed.append((booked[i], max(0, still) if amount >= 0 else min(0, still), i))
    update_many(Invoice, administration_id, ("booked_cents", "open_cents"), changed)
    Invoice.objects.filter(administration_id=administration_id, id__in=ids).exclude(open_cents=0).update(
        closed_on=None, closed_because=""
    )
