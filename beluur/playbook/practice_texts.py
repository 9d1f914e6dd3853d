"""What the customer says when somebody practises: six characters, each with an answer to everything that a caller may do.

>>> practice_line(Character.STRANGER, Cue.NOT_YET, "en", 0)
'You would have to ask {contact} that. I know nothing about it.'
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from beluur.playbook.line_check import GAP, LONGEST, PlaybookError
from beluur.playbook.spoken import playbook_language

PRACTICE_LANGUAGES = ("nl", "en", "fr")
ANYBODY = "anybody"
LEAST_VARIANTS = 2


class Character(StrEnum):
    """With whom one practises."""

    FORGETFUL = "forgetful"
    EVASIVE = "evasive"
    SHORT_OF_CASH = "short_of_cash"
    ANGRY = "angry"
    STRANGER = "stranger"  # not the person one asks for
    BEREAVED = "bereaved"  # of whom nothing is asked until a person has looked (J11)


class Cue(StrEnum):
    """What he reacts to, and how: each is one thing that the caller did, as this character takes it."""

    PICKS_UP = "picks_up"
    WHO = "who"
    PUT_OFF = "put_off"  # treated as somebody who is not the person
    RECEIVED = "received"
    WHEN = "when"
    NOT_YET = "not_yet"
    DAY = "day"
    REASON = "reason"
    REASON_WRONG = "reason_wrong"
    MAILED = "mailed"
    DISPUTED = "disputed"
    OFFER_YES = "offer_yes"
    TOO_MUCH = "too_much"
    VAGUE_TAKEN = "vague_taken"
    LAST_WORD = "last_word"
    RECAP_YES = "recap_yes"
    RECAP_NO = "recap_no"
    CLOSE = "close"
    STOPPED = "stopped"
    HANGS_UP = "hangs_up"


REVEALS: Mapping[Cue, frozenset[str]] = {
    Cue.PICKS_UP: frozenset({"contact"}),
    Cue.NOT_YET: frozenset({"contact"}),
    Cue.PUT_OFF: frozenset({"contact"}),
    Cue.DAY: frozenset({"day", "amount"}),
}
"""What a line may tell; a day or an amount only in answer to the question for it."""

Lines = Mapping[tuple[Character, Cue], tuple[str, ...]]


@cache
def practice_texts(language: str) -> Lines:
    """Every character's answer to every cue in ``language`` (nl, en or fr); PlaybookError when the file cannot be used."""
    return parse_practice(
        files("beluur.playbook").joinpath("practice", f"{language}.toml").read_text("utf-8"), language
    )


def parse_practice(toml: str, language: str) -> Lines:
    """Lines from TOML: a table per character, and ``anybody`` for what they all say; each cue a list of variants."""
    tables = tomllib.loads(toml)
    wrong = tuple(practice_problems(tables))
    if wrong:
        raise PlaybookError(f"{language}: {'; '.join(wrong)}")
    return {(who, cue): tuple(_variants(tables, who, cue)) for who in Character for cue in Cue}


def practice_problems(tables: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    """What is wrong with the tables of a file, one text each."""
    for who, cues in tables.items():
        if who != ANYBODY and who not in set(Character):
            yield f"nobody is {who}"
        for cue, variants in cues.items():
            if cue not in set(Cue):
                yield f"nobody asks {who} for {cue}"
                continue
            yield from (f"{who}.{cue}: {wrong}" for wrong in _faults(Cue(cue), variants))
    for character in Character:
        for each in Cue:
            if not _variants(tables, character, each):
                yield f"{character} says nothing to {each}"


def _faults(cue: Cue, variants: list[str]) -> Iterator[str]:
    if len(set(variants)) < LEAST_VARIANTS:
        yield f"fewer than {LEAST_VARIANTS} ways to say it"
    for text in variants:
        if unknown := set(GAP.findall(text)) - REVEALS.get(cue, frozenset()):
            yield f"may not tell {', '.join(sorted(unknown))}"
        if not text.strip() or len(text) > LONGEST:
            yield f"is empty or longer than {LONGEST} characters"


def _variants(tables: Mapping[str, Mapping[str, list[str]]], who: Character, cue: Cue) -> list[str]:
    return tables.get(who, {}).get(cue) or tables.get(ANYBODY, {}).get(cue) or []


def practice_line(who: Character, cue: Cue, language: str, n: int) -> str:
    """The ``n``-th variant (counted round) of what ``who`` says, with its gaps; nl-BE is served by nl."""
    variants = practice_texts(playbook_language(language)[:2])[who, cue]
    return variants[n % len(variants)]


def practice_said(who: Character, cue: Cue, language: str, n: int, **facts: str) -> str:
    """As `practice_line`, filled with ``facts`` that are written out already; a missing one raises PlaybookError."""
    text = practice_line(who, cue, language, n)
    missing = [name for name in GAP.findall(text) if not facts.get(name, "").strip()]
    if missing:
        raise PlaybookError(f"nothing to say for {', '.join(missing)} in: {text}")
    filled = GAP.sub(lambda gap: facts[gap.group(1)], text)
    return filled[:1].upper() + filled[1:]
