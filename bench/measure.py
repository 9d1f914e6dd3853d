"""Times a piece of work, and keeps what was found for the closing table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """One result. ``seconds`` took it, ``target`` it may take at most; ``limit`` is what the bare work beneath it takes."""

    what: str
    seconds: float
    target: float
    limit: float | None = None
    beneath: str = ""
    remark: str = ""

    @property
    def good(self) -> bool:
        """Within its target."""
        return self.seconds <= self.target


@dataclass
class Report:
    """All figures of one run."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """Keeps and prints a figure."""
        self.figures.append(figure)
        ratio = f"{figure.seconds / figure.limit:6.1f} x {figure.beneath}" if figure.limit else ""
        mark = "good" if figure.good else "SLOW"
        took, target = readable(figure.seconds), readable(figure.target)
        print(
            f"{mark}  {figure.what:<52} {took:>9} of {target:<8} {ratio} {figure.remark}".rstrip(), flush=True
        )

    @property
    def good(self) -> bool:
        """Every figure within its target."""
        return all(figure.good for figure in self.figures)


def readable(seconds: float) -> str:
    """``12.3 ms`` or ``4.56 s``."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and the result."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def median(work: Callable[[], object], times: int = 9) -> float:
    """The middle of ``times`` runs, after one that warms up."""
    work()
    return sorted(timed(work)[0] for _ in range(times))[times // 2]
