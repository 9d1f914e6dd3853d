"""What is typed as a day."""

from datetime import date

import pytest

from beluur.values.typed import typed_date


@pytest.mark.parametrize(
    "typed",
    ["eind vd maand", "Eind van de maand", "eind maand", "einde v/d maand", "fin du mois", "end of the month",
     "end of month"],
)  # fmt: skip
def test_the_end_of_the_month_is_its_last_day(typed):
    assert typed_date(typed, date(2026, 11, 22)) == date(2026, 11, 30)
    assert typed_date(typed, date(2028, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize("typed", ["zsm", "snel", "eind", "maand", "begin van de maand"])
def test_what_is_vague_is_no_day(typed):
    assert typed_date(typed, date(2026, 11, 22)) is None
