"""What is no agreement yet (D13): the phrases that are too vague, and the question to ask the debtor instead, in his language.

>>> vague_question("asap", "nl-BE")
'Op welke dag staat het op onze rekening?'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from beluur.playbook.line_check import GAP, LONGEST
from beluur.playbook.spoken import playbook_language
from beluur.playbook.texts_file import PlaybookError

VAGUE_LANGUAGES = ("nl", "en", "fr")
_TWO_DAYS = frozenset({"one", "other"})
_NONE: frozenset[str] = frozenset()
_PHRASE = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")

DAY_IS_VAGUE = ("asap", "later", "few_days", "which_weekday", "which_day", "after_event")
ALL_IS_VAGUE = ("condition", "effort", "about", "some_amount", "range", "negation")
MAY_ASK: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*DAY_IS_VAGUE, *ALL_IS_VAGUE), _NONE),
    **dict.fromkeys(("ambiguous_weekday", "day_mismatch", "today_or_later"), _TWO_DAYS),
    **dict.fromkeys(("past", "no_amount"), frozenset({"day"})),
    "above_open": frozenset({"open"}),
    "nothing_left": frozenset({"amount"}),
    **dict.fromkeys(
        "either correction said_paid from_day no_such_day too_far nothing no_date which_belongs unclear_number currency "
        "not_positive share_of_what how_many how_much_each first_day too_long".split(),
        _NONE,
    ),
}


@dataclass(frozen=True, slots=True)
class Vague:
    """The question to ask, and the phrases (folded: no accents, no capitals) that call for it."""

    ask: str
    phrases: tuple[str, ...] = ()


@cache
def vague_texts(language: str) -> Mapping[str, Vague]:
    """Every vague code in ``language`` (nl, en or fr); PlaybookError when the file cannot be used."""
    return parse_vague(
        files("beluur.playbook").joinpath("vague", f"{language}.toml").read_text("utf-8"), language
    )


def parse_vague(toml: str, language: str) -> Mapping[str, Vague]:
    """Vague codes from TOML: a table per code with ``ask`` and perhaps ``phrases``."""
    found = {
        code: Vague(fields["ask"], tuple(fields.get("phrases", ())))
        for code, fields in tomllib.loads(toml).items()
    }
    wrong = tuple(vague_problems(found))
    if wrong:
        raise PlaybookError(f"{language}: {'; '.join(wrong)}")
    return found


def vague_problems(found: Mapping[str, Vague]) -> Iterator[str]:
    """What is wrong with a set of vague codes, one text each."""
    for code in MAY_ASK.keys() - found.keys():
        yield f"{code} has no question"
    seen: dict[str, str] = {}
    for code, vague in found.items():
        if code not in MAY_ASK:
            yield f"nobody asks for {code}"
            continue
        if unknown := set(GAP.findall(vague.ask)) - MAY_ASK[code]:
            yield f"{code} may not say {', '.join(sorted(unknown))}"
        if len(vague.ask) > LONGEST:
            yield f"{code} is longer than {LONGEST} characters"
        if bool(vague.phrases) != (code in DAY_IS_VAGUE or code in ALL_IS_VAGUE):
            yield f"{code} should {'not ' if vague.phrases else ''}have phrases"
        for phrase in vague.phrases:
            if not _PHRASE.fullmatch(phrase):
                yield f"{code}: write “{phrase}” without accents, capitals and signs"
            if phrase in seen:
                yield f"{phrase} stands under {seen[phrase]} and {code}"
            seen[phrase] = code


def vague_question(code: str, language: str, **facts: str) -> str:
    """What to ask the debtor instead, in ``language`` (of the debtor; nl-BE is served by nl). ``facts`` are written out already;
    a missing one raises PlaybookError."""
    text = vague_texts(playbook_language(language)[:2])[code].ask
    missing = [name for name in GAP.findall(text) if not facts.get(name, "").strip()]
    if missing:
        raise PlaybookError(f"nothing to say for {', '.join(missing)} in: {text}")
    asked = GAP.sub(lambda gap: facts[gap.group(1)], text)
    return asked[:1].upper() + asked[1:]
