"""Who else is at work on these data: locks that the system lets go of when their process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def at_work(folder: Path) -> Iterator[bool]:
    """Gives whether nobody else was at work in ``folder`` when it began; as long as it lasts, others know of this one."""
    with (folder / "worker.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except BlockingIOError:
            alone = False
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield alone


@contextmanager
def one_migrates(folder: Path, *, wait: Callable[[], object]) -> Iterator[None]:
    """Only one at a time brings the database in ``folder`` up to date; who comes second calls ``wait`` and stands in line."""
    with (folder / "migrate.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
