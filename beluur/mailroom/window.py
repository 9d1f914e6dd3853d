"""Where the address stands on a letter, and what of a sheet shows through the window of an envelope. The measures, with their
sources, are `letters/windows.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SHEET = 210.0  # mm, the width of A4


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the sheet, in mm from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Whether ``other`` lies within it."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Window:
    """A window in an envelope, in mm; ``panel`` is how high the folded sheet is in it. Not ``verified``: known from practice."""

    name: str
    side: str
    envelope: tuple[float, float]
    from_left: float
    from_bottom: float
    size: tuple[float, float]
    panel: float
    verified: bool

    def shows(self, *, low: bool, left: bool) -> Box:
        """What of the sheet shows when it lies as low, or as high, and as far to the left, or to the right, as it can."""
        width, height = self.envelope
        down = height - self.panel if low else 0.0
        aside = 0.0 if left else width - SHEET
        top = height - self.from_bottom - self.size[1]
        x = self.from_left - aside
        return Box(x, top - down, x + self.size[0], top + self.size[1] - down)

    def always(self) -> Box:
        """What shows however it lies; of one that is not verified, while it rests on its fold."""
        lows = (True, False) if self.verified else (True,)
        shown = [self.shows(low=low, left=left) for low in lows for left in (True, False)]
        return Box(
            max(b.left for b in shown),
            max(b.top for b in shown),
            min(b.right for b in shown),
            min(b.bottom for b in shown),
        )


@cache
def places() -> dict[str, Any]:
    """For `letters.typ`: the ``address`` of each side, the ``folds`` and the ``half``, and from where the body may stand."""
    read = _read()
    return {name: read[name] for name in ("address", "folds", "half", "body_from")}


@cache
def windows() -> tuple[Window, ...]:
    """Every window that a letter is made for."""
    read = _read()
    return tuple(
        Window(
            row["name"],
            row["side"],
            tuple(row["envelope"]),
            row["from_left"],
            row["from_bottom"],
            tuple(row["size"]),
            read["half"] if row["envelope"][1] > read["half"] else read["folds"][0],
            row["verified"],
        )
        for row in read["window"]
    )


def side_in(country: str) -> str:
    """On which side the window is where the letter is posted."""
    return "right" if country == "BE" else "left"


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("beluur.mailroom").joinpath("letters", "windows.toml").read_text("utf-8"))
