"""`beluur when "vr 500 rest eind vd maand"`: what a promise in words says, or what is still to be asked.

As JSON, in the shape that programs may rely on: ``parts`` [amount_cents (null for the rest, or all of it), date (the day on which
the bank books; null when it is not clear), said (the day as it was said), whole (all of it), vague]; ``vague``, a code or null;
``ask``, the question to ask instead, or null; ``words``, the debtor's own that call for it; ``hour`` (HH:MM) and ``way`` or null;
``said``: received_on when the day is that of the account; ``notes``; ``understood``, the sentence to say yes to, or null.
Exit code 0; 2 for a bad ``--on`` or ``--open``.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from beluur import clock
from beluur.cli.files import complain
from beluur.domain.said import Reading, SaidPart, read_said, understood
from beluur.values.sentence import say
from beluur.values.typed import typed_cents
from beluur.words import render, time_text

ZONE = ZoneInfo("Europe/Amsterdam")
_YEARS = range(1980, 2101)  # as the dates in files


def when(text: str, on: str, language: str, *, still_open: str = "", as_json: bool) -> int:
    """Prints what ``text``, said ``on`` that day, means; 2 when the day or the open amount cannot be read."""
    today = _day(on)
    if today is None:
        complain(say("cli.no_day", text=on), language)
        return 2
    open_cents = typed_cents(still_open) if still_open else None
    if still_open and (open_cents is None or open_cents < 0):
        complain(say("cli.no_amount", text=still_open), language)
        return 2
    valid = text.encode("utf-8", "replace").decode()  # a terminal hands on bytes that are no text
    printable = "".join(c if c.isprintable() else " " for c in valid)  # his words are printed again
    reading = read_said(printable, today, language, open_cents=open_cents)
    if as_json:
        print(json.dumps(_as_json(reading, language), ensure_ascii=False, indent=2))
    else:
        _print_text(reading, language)
    return 0


def _day(text: str) -> date | None:
    if not text:
        return clock.now().astimezone(ZONE).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _as_json(reading: Reading, language: str) -> dict[str, Any]:
    sentence = understood(reading)
    return {
        "parts": [_part(part) for part in reading.parts],
        "vague": reading.vague or None,
        "ask": reading.ask or None,
        "words": reading.words or None,
        "hour": time_text(reading.at) if reading.at else None,
        "way": reading.way or None,
        "said": reading.said.value if reading.said else None,
        "notes": [{"code": note.code, "text": render(note, language)} for note in reading.notes],
        "understood": render(sentence, language) if sentence else None,
    }


def _part(part: SaidPart) -> dict[str, Any]:
    return {
        "amount_cents": part.cents,
        "date": part.due.isoformat() if part.due else None,
        "said": part.said_on.isoformat() if part.said_on else None,
        "whole": part.whole,
        "vague": part.vague or None,
    }


def _print_text(reading: Reading, language: str) -> None:
    sentence = understood(reading)
    if sentence is not None:
        print(render(sentence, language))
    if reading.vague:
        print(f"“{reading.words}”: {reading.ask}" if reading.words else reading.ask)
    for note in reading.notes:
        print(f"- {render(note, language)}")
