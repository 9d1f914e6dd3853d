"""What people say when they have not paid, and what a caller notes of it: `corpus/<language>.tsv`, checked at load.

A row is a reason, a group of phrases that say the same, and a phrase; `corpus/<language>-second.tsv` has the phrases of another
writer, in French and English `corpus/<language>-third.tsv` those of a third and, in English, `corpus/en-fourth.tsv` and
`corpus/en-fifth.tsv` those of a fourth and a fifth. `corpus/<language>-beside.tsv` has what is said beside any reason (a
greeting, "hold on", "which invoice?") and other matters, all of it ``other``. `corpus/keys.toml` has key words: they are learnt
from too (as phrases of the group ``key``) and offered while one types, but nothing is measured on them.
`corpus/abbreviations.toml` has what callers type for short, `corpus/themes.toml` what words are about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from beluur.playbook.line_check import PlaybookError

REASON_LANGUAGES = ("nl", "fr", "en")
OTHER = "other"  # none of these: an answer too
REASONS = (
    "not_received",
    "responsible_absent",
    "waiting_for_own_payment",
    "dispute_quality",
    "dispute_delivery",
    "will_pass_on",
    "already_paid",
    "cash_problem",
    "vague_promise",
    "wrong_person",
    "insolvency",
    "payment_run_date",
    "needs_copy",
    "needs_po_number",
    "sick_or_deceased",
    OTHER,
)
KEY = "key"
FIRST, SECOND, THIRD, FOURTH, FIFTH, BESIDE = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "beside",
)  # who wrote it; key words are the first's
WRITERS = {
    "nl": (FIRST, SECOND, BESIDE),
    "fr": (FIRST, SECOND, THIRD, BESIDE),
    "en": (FIRST, SECOND, THIRD, FOURTH, FIFTH, BESIDE),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say ``reason``; phrases of one ``group`` say the same. ``writer`` is one of WRITERS."""

    reason: str
    group: str
    text: str
    writer: str = FIRST


@dataclass(frozen=True, slots=True)
class Themes:
    """What words are about: ``whole`` words with their themes, and ``stems``, beginnings of words with theirs."""

    whole: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]


@cache
def phrases(language: str) -> tuple[Phrase, ...]:
    """All phrases and key words of ``language`` (nl, fr, en), in the order of the files; a bad row raises PlaybookError."""
    said = (phrase for writer in WRITERS[language] for phrase in _written(language, writer))
    return (*said, *_key_words(language))


def parse_phrases(text: str, language: str, writer: str = FIRST) -> tuple[Phrase, ...]:
    """Phrases of ``writer`` from tab-separated text with a header."""
    found = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        fields = line.split("\t")
        if len(fields) != 3 or fields[0] not in REASONS or not fields[1] or not fields[2].strip():
            raise PlaybookError(f"corpus of {language}, line {number}: {line!r}")
        reason, group, said = fields
        found.append(Phrase(reason, group, said, writer))
    return tuple(found)


@cache
def abbreviations(language: str) -> Mapping[str, str]:
    """What is typed for short, in lower case without accents, and what it stands for."""
    return _table("abbreviations.toml", language)


@cache
def themes(language: str) -> Themes:
    """The themes of ``language``, words in lower case without accents; none for another language."""
    whole: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for theme, together in _table("themes.toml", language).items():
        for word in together.split():
            into = stems if word.endswith("*") else whole
            key = word.removesuffix("*")
            into[key] = (*into.get(key, ()), theme)
    return Themes(whole, stems)


def _written(language: str, writer: str) -> tuple[Phrase, ...]:
    name = f"{language}.tsv" if writer == FIRST else f"{language}-{writer}.tsv"
    return parse_phrases(_corpus().joinpath(name).read_text("utf-8"), language, writer)


def _key_words(language: str) -> Iterator[Phrase]:
    for reason, together in _table("keys.toml", language).items():
        if reason not in REASONS:
            raise PlaybookError(f"key words of {language}: {reason}")
        for word in together.split(","):
            yield Phrase(reason, KEY, " ".join(word.split()))


def _table(name: str, language: str) -> Mapping[str, str]:
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(_corpus().joinpath(name).read_text("utf-8"))
    return tables.get(language, {})


def _corpus() -> Traversable:
    return files("beluur.playbook").joinpath("corpus")
