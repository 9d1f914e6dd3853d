"""The clock: the one place that asks what time it is.

In: nothing
Out: the moment, in UTC
May use: nothing
"""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC; BELUUR_NOW (ISO 8601) moves it for rehearsals and tests."""
    moved = os.environ.get("BELUUR_NOW")
    if moved:
        return datetime.fromisoformat(moved).astimezone(UTC)
    return datetime.now(UTC)
