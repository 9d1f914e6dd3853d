"""A small year of payments is explained as the large one is: the measurement itself runs, and finds nothing booked wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from bench.explaining import explain_year

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize("seed", [3, 17])
def test_a_year_of_payments_is_explained_and_none_wrongly(data_folder: Any, seed: int) -> None:
    score = explain_year(400, seed)
    assert score.wrong == 0
    assert score.explained >= 0.94  # of so few; the share that is asked is measured on many
