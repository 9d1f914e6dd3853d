"""What an administration finds usual: discounts, bank fees, how alike a name must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Discount:
    """``percent`` off when paid within ``days`` after the invoice's day; 0 days: until the due date (kredietbeperking)."""

    percent: int
    days: int = 0

    def until(self, issued: date | None, due: date | None) -> date | None:
        """The last day to take it; None when the invoice does not tell."""
        if self.days:
            return issued + timedelta(days=self.days) if issued else None
        return due


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of the engine. Likeness is a share of a hundred.

    ``grace_days``: a discount may come in so much later (the bank's days); ``vat_rates``: a discount may be counted without
    VAT; ``fee_cents``: the largest bank fee; ``round_cents``: a part payment is round when it is a multiple;
    ``one_chance_in``: amounts that fit together by chance less often than that count as meant; ``own_ibans`` are ours.
    """

    discounts: tuple[Discount, ...] = (Discount(2), Discount(1), Discount(3, 14), Discount(5, 8))
    grace_days: int = 5
    vat_rates: tuple[int, ...] = (0, 21, 9, 6)
    fee_cents: int = 2_500
    round_cents: int = 1_000
    alike: int = 85
    elsewhere: int = 90
    one_chance_in: int = 2_000
    largest_sum: int = 10
    largest_search: int = 25
    most_debtors: int = 8
    return_days: int = 400
    own_ibans: frozenset[str] = frozenset()
    largest_discount: int = field(init=False, default=0)  # asked for each invoice

    def __post_init__(self) -> None:
        object.__setattr__(self, "largest_discount", max((d.percent for d in self.discounts), default=0))


USUAL = Rules()
