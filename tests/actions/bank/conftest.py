"""Statements taken in, on a desk of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.actions.bank.desk import Desk, check_sums


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[Desk]:
    """An empty desk; whatever a test does, in the end everything adds up."""
    made = Desk()
    yield made
    check_sums(made.id)
