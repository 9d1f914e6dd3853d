"""How many rows go in one transaction of work in bulk: few while somebody else writes too, who waits no longer than a blink; many
when nobody does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# rows in one transaction; fewer than fifty take no longer than their commit
FIRST, LEAST, MOST = 60, 50, 1000
SLICE_SECONDS = 0.020  # what one writer may hold up another
ALONE_SECONDS = 0.080  # and what the first may wait who comes after a silence
SILENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.004  # at least between two, so that who waits gets in
LONGEST_PAUSE = 0.050


class Pace:
    """Holds the database for about `SLICE_SECONDS` at a time while others write, longer while nobody does."""

    def __init__(self) -> None:
        self.size = FIRST
        self.raced = False  # some came in undecided, and are to be looked at again
        self._version: int | None = None
        self._others = -SILENCE_SECONDS  # until somebody is seen to write, nobody does
        self._ended = time.monotonic()
        self._lasted = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One transaction: comes as long after the last as that took, while others write, and learns how long it took itself.
        Who waits looks again each 25 ms; where less is between two than they take, he misses one after the other."""
        alone = self._alone()
        if not alone:
            pause = max(PAUSE_SECONDS, min(self._lasted, LONGEST_PAUSE))
            time.sleep(max(0.0, pause - (time.monotonic() - self._ended)))
        begun = time.monotonic()
        yield
        self._ended = time.monotonic()
        self._lasted = self._ended - begun
        self.took(self._lasted, ALONE_SECONDS if alone else SLICE_SECONDS)

    def took(self, seconds: float, wanted: float = SLICE_SECONDS) -> None:
        """Learns from the last one."""
        self.size = max(LEAST, min(MOST, int(self.size * min(2.0, wanted / max(seconds, 0.001)))))

    def _alone(self) -> bool:
        """Whether nobody else wrote for a while. On PostgreSQL a writer holds up only who wants the same debtors."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")  # changes when another connection has written
            version = int(cursor.fetchone()[0])
        if self._version is not None and version != self._version:
            self._others = time.monotonic()
        self._version = version
        return time.monotonic() - self._others > SILENCE_SECONDS
