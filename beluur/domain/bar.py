"""The bar under the call: what is open = promised + disputed + exempt + set against a credit note + uncovered, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beluur.domain.case import Case
from beluur.domain.parts import Why, split


@dataclass(frozen=True, slots=True)
class Bar:
    """Whole cents. ``open_cents`` is all that is open on invoices; ``uncovered_cents`` is what nothing was agreed about."""

    open_cents: int
    promised_cents: int
    disputed_cents: int
    exempt_cents: int
    credit_cents: int
    uncovered_cents: int


def bar(case: Case, today: date, *, proposed_cents: int = 0) -> Bar:
    """The bar on ``today``; ``proposed_cents`` is a promise that is being typed and counts as promised as far as it fits."""
    parts = split(case, today)
    promised = parts.cents(Why.PROMISED, Why.PLAN)
    disputed, exempt, credit = parts.cents(Why.DISPUTED), parts.cents(Why.EXEMPT), parts.cents(Why.CREDIT)
    uncovered = parts.open_cents - promised - disputed - exempt - credit
    proposed = min(max(proposed_cents, 0), uncovered)
    return Bar(parts.open_cents, promised + proposed, disputed, exempt, credit, uncovered - proposed)
