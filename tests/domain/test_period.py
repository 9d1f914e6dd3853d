"""The six periods."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.domain.period import period


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("maand", date(2026, 11, 23), date(2026, 11, 1), date(2026, 11, 23)),
        ("vorige-maand", date(2026, 1, 5), date(2025, 12, 1), date(2025, 12, 31)),
        ("kwartaal", date(2026, 11, 23), date(2026, 10, 1), date(2026, 11, 23)),
        ("vorig-kwartaal", date(2026, 2, 28), date(2025, 10, 1), date(2025, 12, 31)),
        ("jaar", date(2028, 2, 29), date(2028, 1, 1), date(2028, 2, 29)),
        ("twaalf-maanden", date(2026, 11, 23), date(2025, 12, 1), date(2026, 11, 23)),
        ("twaalf-maanden", date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        ("bestaat niet", date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
    ],
    ids=lambda value: str(value),
)
def test_from_its_first_day_to_its_last(name, today, first, last):
    found = period(name, today)
    assert (found.first, found.last) == (first, last)
