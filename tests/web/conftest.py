"""For the pages it is that Monday, whatever the calendar of the machine says."""

from __future__ import annotations

import pytest

from tests.rows import MOMENT


@pytest.fixture(autouse=True)
def that_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edges read this moment from their clock."""
    monkeypatch.setenv("BELUUR_NOW", MOMENT.isoformat())
