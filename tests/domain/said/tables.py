"""The tables of what is said: a phrase, and what it means on Wednesday 25 November 2026.

``500=2026-11-27`` an amount and the bank's day; ``rest`` and ``all`` without an amount; ``-`` no day; ``@16:00`` the hour; a word
the way; ``?asap`` the code of what is vague.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from beluur.domain.said import Reading

TODAY = date(2026, 11, 25)
LANGUAGES = ("nl", "en", "fr")


def table(language: str) -> Iterator[tuple[str, str]]:
    """(what is said, what it means), in the order of the table."""
    lines = (Path(__file__).parent / f"{language}.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        said, means = line.split("\t")
        yield said, means


def meaning(reading: Reading) -> str:
    """A reading as the table writes it."""
    words = [
        f"{_amount(p.cents, whole=p.whole)}={p.due.isoformat() if p.due else '-'}" for p in reading.parts
    ]
    if reading.vague:
        return " ".join([*words, f"?{reading.vague}"])
    hour = [f"@{reading.at:%H:%M}"] if reading.at else []
    return " ".join([*words, *hour, *([reading.way] if reading.way else [])])


def _amount(cents: int | None, *, whole: bool) -> str:
    if cents is None:
        return "all" if whole else "rest"
    return f"{cents // 100}.{cents % 100:02d}" if cents % 100 else str(cents // 100)
