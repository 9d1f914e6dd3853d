"""Several callers at once, each with a database connection of his own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Runs all jobs at the same moment; gives their results in order, an exception in the place of its result."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        from django.db import connections

        start.wait()
        try:
            return job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
