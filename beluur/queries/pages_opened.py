"""Which invoices a debtor opened on his page, and whether he looks at the copies that left during this call (moments 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.store.models import Call, Invoice, PersonalLink


@dataclass(frozen=True, slots=True)
class OpenedNow:
    """He has it before him: since ``at``. ``number`` is the invoice he opened, empty when he only opened the page."""

    at: datetime
    number: str = ""


def opened_invoices(administration_id: int, debtor_id: int) -> dict[int, datetime]:
    """Invoice id -> when he first opened it; one query."""
    links = PersonalLink.objects.filter(administration_id=administration_id, debtor_id=debtor_id)
    found: dict[int, datetime] = {}
    for kept in links.exclude(opened_invoices={}).values_list("opened_invoices", flat=True):
        for invoice_id, moment in kept.items():
            at = datetime.fromisoformat(moment)
            found[int(invoice_id)] = min(at, found.get(int(invoice_id), at))
    return found


def opened_in_call(administration_id: int, call_id: int) -> OpenedNow | None:
    """What he opened of the copies that were mailed during this call; None when nothing yet. Raises Call.DoesNotExist."""
    Call.objects.values_list("id").get(administration_id=administration_id, id=call_id)
    links = PersonalLink.objects.filter(administration_id=administration_id, call_id=call_id)
    of_copies = links.filter(message__kind="invoice_copy").exclude(opened_at=None)
    row = of_copies.order_by("-id").values_list("opened_at", "opened_invoices").first()
    at, kept = row or (None, {})
    if at is None:
        return None
    if not kept:
        return OpenedNow(at)
    last = max(kept, key=lambda invoice_id: kept[invoice_id])
    number = Invoice.objects.filter(administration_id=administration_id, id=int(last)).values_list(
        "number", flat=True
    )
    return OpenedNow(datetime.fromisoformat(kept[last]), number.first() or "")
