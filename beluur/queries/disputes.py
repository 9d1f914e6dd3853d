"""One dispute as its form shows it, and the invoices that may be contested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.domain.call_check import disputable
from beluur.store.load import load_case
from beluur.store.models import Dispute
from beluur.values.money import Money

_COLUMNS = "cents code what wants evidence owner owner_user_id answer_by".split()


@dataclass(frozen=True, slots=True)
class DisputeNow:
    """A dispute that is open: whose, about which invoice, how much, and the columns of its form by name."""

    id: int
    debtor_id: int
    invoice_id: int
    number: str
    amount: Money
    form: dict[str, Any]


def dispute_to_change(administration_id: int, dispute_id: int) -> DisputeNow:
    """Raises Dispute.DoesNotExist."""
    rows = Dispute.objects.filter(administration_id=administration_id)
    row = rows.values("id", "debtor_id", "invoice_id", "invoice__number", "invoice__currency", *_COLUMNS).get(
        id=dispute_id
    )
    return DisputeNow(
        row["id"],
        row["debtor_id"],
        row["invoice_id"],
        row["invoice__number"],
        Money(row["cents"], row["invoice__currency"]),
        {name: row[name] for name in _COLUMNS},
    )


def contestable(administration_id: int, debtor_id: int, today: date) -> tuple[tuple[int, str, Money], ...]:
    """(invoice id, number, what is open on it and not disputed yet), oldest due date first. Raises Debtor.DoesNotExist."""
    case = load_case(administration_id, debtor_id)
    room = disputable(case, today)
    numbers = {i.id: i.number for i in case.invoices}
    return tuple((i, numbers[i], Money(cents, case.currency)) for i, cents in room.items() if cents)
