"""What a person types while he is talking: an amount, a day, an hour, as they come. Never guessed: what is doubtful is a code.

>>> typed_cents("1.234,50"), typed_cents("1.234,5x")
(123450, 'amount.unreadable')
>>> typed_day("27-11", date(2026, 11, 23)), typed_time("16u")
(datetime.date(2026, 11, 27), datetime.time(16, 0))
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from beluur.importers.amounts import read_amounts
from beluur.importers.cells import squash
from beluur.importers.dates import IMPOSSIBLE, UNREADABLE, read_day

_DAY_MONTH = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]?\Z")
_DAY_NAMED = re.compile(r"(\d{1,2})[\s.-]*([^\W\d]+)\.?\Z")
_ONLY_DAY = re.compile(r"(?:de\s)?(\d{1,2})(?:e|ste|de)?\Z")
_WEEKDAY_FIRST = re.compile(r"\A([^\W\d]+)[.,]?\s+(?=\d)")
_TIME = re.compile(r"(\d{1,2})\s?(?:[:.hu]|uur)?\s?(\d{2})?\s?(?:h|u|uur)?\Z", re.IGNORECASE)
_SOON = {"vandaag": 0, "today": 0, "aujourdhui": 0, "morgen": 1, "tomorrow": 1, "demain": 1, "overmorgen": 2, "gisteren": -1}
_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        (
            "ma maandag mon monday lun lundi",
            "di dinsdag tue tuesday mar mardi",
            "wo woensdag wed wednesday mer mercredi",
            "do donderdag thu thursday jeu jeudi",
            "vr vrij vrijdag fri friday ven vendredi",
            "za zaterdag sat saturday sam samedi",
            "zo zondag sun sunday dim dimanche",
        )
    )
    for name in names.split()
}


def typed_cents(text: str) -> int | str | None:
    """Whole cents; None when empty; the code of what is wrong. ``1.234`` is a thousand and more: Dutch notation."""
    if not text.strip():
        return None
    column = read_amounts([[text], ["0,01"]])[0]  # the second column settles what a comma is
    return column.bad.get(0, column.cents[0])


def typed_day(text: str, today: date, *, past: bool = False) -> date | str | None:
    """A day; None when empty; the code of what is wrong. Without a year, or as the name of a weekday, it is the next such day
    (today included), or with ``past`` the last one."""
    text = text.strip().lower()
    if not text:
        return None
    word = squash(text)
    if word in _SOON:
        return today + timedelta(days=_SOON[word])
    if word in _WEEKDAYS:
        return _weekday(_WEEKDAYS[word], today, past=past)
    bare = _WEEKDAY_FIRST.sub("", text) if squash(_first_word(text)) in _WEEKDAYS else text
    if match := _DAY_MONTH.match(bare):
        return _nearest(f"{match[1]}-{match[2]}-", today, past=past)
    if match := _DAY_NAMED.match(bare):
        return _nearest(f"{match[1]} {match[2]} ", today, past=past)
    if match := _ONLY_DAY.match(bare):
        return _of_month(int(match[1]), today, past=past)
    return read_day(text)


def typed_time(text: str) -> time | str | None:
    """An hour: 16, 16u, 16:30, 16u30, 1630; None when empty, a code when it is none."""
    text = text.strip()
    if not text:
        return None
    match = _TIME.match(text) if len(text) <= 9 else None
    if not match:
        return "hour.unreadable"
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else "hour.unreadable"


def _first_word(text: str) -> str:
    return text.split()[0].rstrip(".,")


def _weekday(wanted: int, today: date, *, past: bool) -> date:
    ahead = (wanted - today.weekday()) % 7
    return today - timedelta(days=(7 - ahead) % 7) if past else today + timedelta(days=ahead)


def _nearest(day_and_month: str, today: date, *, past: bool) -> date | str | None:
    """The first such day that is not before today, or the last that is not after it; 29 February waits for its year."""
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    found: date | str | None = UNREADABLE
    for year in years:
        read = read_day(f"{day_and_month}{year}")
        if isinstance(read, date) and (read <= today if past else read >= today):
            return read
        found = read if isinstance(read, str) else found
        if read == UNREADABLE:
            break
    return found


def _of_month(day: int, today: date, *, past: bool) -> date | str:
    month = today.year * 12 + today.month - 1
    for step in (0, 1, 2):
        there = month - step if past else month + step
        try:
            found = date(there // 12, there % 12 + 1, day)
        except ValueError:
            continue
        if found <= today if past else found >= today:
            return found
    return IMPOSSIBLE
