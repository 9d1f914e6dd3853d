"""How hours are said, and what makes the whole no agreement. One to six o'clock is in the afternoon: nobody pays at night."""

from __future__ import annotations

from datetime import time

from beluur.domain.said.grammar import Found, HourItem, Rule, VagueItem, rules
from beluur.domain.said.lexicon import lexicon

_LAST_OF_AFTERNOON = 6


def _hour(found: Found, hour: int, minute: int = 0) -> HourItem | VagueItem:
    late = found.symbol("part") == "PM" or (not found.has("part") and _is_evening(found))
    if (late and hour < 12) or (1 <= hour <= _LAST_OF_AFTERNOON and found.symbol("part") != "AM"):
        hour += 12
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return VagueItem(*found.place, code="unclear_number")
    return HourItem(*found.place, at=time(hour, minute))


def _is_evening(found: Found) -> bool:
    """Whether it stands beside an evening: tonight at eight."""
    start, end = found.place
    beside = found.tokens[max(0, start - 2) : end + 2]
    return any(part in token.word for token in beside for part in lexicon(found.language).evening)


def _clock(found: Found) -> HourItem | VagueItem:
    at: time | None = found.value("h")
    if at is None:
        return VagueItem(*found.place, code="unclear_number")
    if found.token("h").word.startswith("0") or "m" in found.token("h").word:
        return HourItem(*found.place, at=at)
    return _hour(found, at.hour, at.minute)


def _oclock(found: Found) -> HourItem | VagueItem:
    return _hour(found, found.value("h") // 100, (found.value("m") or 0) // 100)


def _hour_word(found: Found) -> HourItem | VagueItem:
    return _hour(found, found.value("h"))


def _half_to(found: Found) -> HourItem | VagueItem | None:
    return _shifted(found, -30)


def _half_past(found: Found) -> HourItem | VagueItem | None:
    return _shifted(found, 30)


def _quarter_past(found: Found) -> HourItem | VagueItem | None:
    return _shifted(found, 15)


def _quarter_to(found: Found) -> HourItem | VagueItem | None:
    return _shifted(found, -15)


def _shifted(found: Found, minutes: int) -> HourItem | VagueItem | None:
    """Half vier is half past three; the hour that is named decides on morning or afternoon."""
    named = found.value("h") // 100
    if named > 24:
        return None
    whole = _hour(found, named)
    if not isinstance(whole, HourItem) or whole.at is None:
        return whole
    total = whole.at.hour * 60 + minutes
    return HourItem(*found.place, at=time(total // 60 % 24, total % 60))


def _noon(found: Found) -> HourItem:
    return HourItem(*found.place, at=time(12))


def _part_of_day(found: Found) -> HourItem:
    return HourItem(*found.place)


def _vague(found: Found) -> VagueItem:
    return VagueItem(*found.place, code=found.value("code"))


def _negation(found: Found) -> VagueItem:
    return VagueItem(*found.place, code="negation")


def _about(found: Found) -> VagueItem:
    return VagueItem(*found.place, code="about")


def _range(found: Found) -> VagueItem:
    return VagueItem(*found.place, code="range")


def _not_before(found: Found) -> VagueItem:
    return VagueItem(*found.place, code="from_day")


_AT = "(?:AT|BY|AROUND|ON|THE)*"
_PART = "(?P<part>AM|PM)?"
HOURS: list[Rule] = [
    *rules(_clock, f"{_AT} (?P<h>CLOCK) HOUR? {_PART}"),
    *rules(
        _oclock,
        f"{_AT} (?P<h>DAYNUM) HOUR (?P<m>DAYNUM|WHOLE)? {_PART}",
        f"{_AT} AT (?P<h>DAYNUM) {_PART} (?!NOTADAY)",
        f"{_AT} (?P<h>DAYNUM) (?P<part>AM|PM)",
    ),
    *rules(_hour_word, f"{_AT} (?P<h>HOURWORD) {_PART}"),
    *rules(_half_to, f"{_AT} HALF (?P<h>DAYNUM) HOUR? {_PART}"),
    *rules(
        _half_past, f"{_AT} HALFPAST (?P<h>DAYNUM) {_PART}", f"{_AT} (?P<h>DAYNUM) HOUR HALFAFTER {_PART}"
    ),
    *rules(
        _quarter_past,
        f"{_AT} QUARTERPAST (?P<h>DAYNUM) {_PART}",
        f"{_AT} QUARTER IN (?P<h>DAYNUM) HOUR? {_PART}",
        f"{_AT} (?P<h>DAYNUM) HOUR QUARTERAFTER {_PART}",
    ),
    *rules(
        _quarter_to,
        f"{_AT} QUARTERTO (?P<h>DAYNUM) {_PART}",
        f"{_AT} QUARTER BY (?P<h>DAYNUM) HOUR? {_PART}",
        f"{_AT} (?P<h>DAYNUM) HOUR QUARTERLESS {_PART}",
    ),
    *rules(_noon, f"{_AT} NOON"),
    *rules(_part_of_day, f"{_AT} (?:DAYPART|AM|PM)"),
]
REFUSALS: list[Rule] = [
    *rules(_vague, "(?P<code>VAGUE)"),
    *rules(_negation, "NOT"),
    *rules(
        _about,
        "AROUND",
        "SOME (?:DAYNUM|YEARNUM|WHOLE)? CURRENCY",
        "SOME (?:DAYNUM|YEARNUM|WHOLE) (?!NOTADAY)",
    ),
    *rules(_range, "BETWEEN"),
    *rules(_not_before, "NOTBEFORE"),
]
