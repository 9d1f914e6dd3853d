"""Fills the gaps of a sentence: ``{amount}`` by the type of its value, ``{days|dag|dagen}`` with its noun."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from beluur.values.money import Money
from beluur.values.names import one_full_stop
from beluur.values.sentence import Sentence
from beluur.words.catalogue_file import catalogue
from beluur.words.writing import date_text, datetime_text, money_text, short, time_text

_GAP = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")


def render(sentence: Sentence, language: str = "nl") -> str:
    """The sentence as text. An unknown code or a missing parameter shows itself in the text rather than raise:
    a page must not fall over a word; the catalogue's test is where such a gap fails."""
    texts = catalogue().get(sentence.code)
    if texts is None:
        return f"[{sentence.code}]"
    text = texts.get(short(language)) or texts["nl"]
    return _GAP.sub(lambda gap: one_full_stop(_filled(gap, sentence, language), text[gap.end() :]), text)


def gaps(text: str) -> set[str]:
    """The names of the gaps in ``text``."""
    return {gap.group(1) for gap in _GAP.finditer(text)}


def _filled(gap: re.Match[str], sentence: Sentence, language: str) -> str:
    name, one, many = gap.groups()
    if name not in sentence.params:
        return f"[{name}]"
    value = sentence.params[name]
    if one is not None and isinstance(value, int):
        return f"{value} {one if abs(value) == 1 else many}"
    return _text(value, language)


def _text(value: Any, language: str) -> str:
    match value:
        case Money():
            return money_text(value, language)
        case Sentence():
            return render(value, language)
        case datetime():
            return datetime_text(value, language)
        case date():
            return date_text(value, language)
        case time():
            return time_text(value)
        case tuple() | list():
            return ", ".join(_text(v, language) for v in value)
    return str(value)
