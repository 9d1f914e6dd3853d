"""What people say when they have not paid, and what a caller notes of it: `corpus/<language>.tsv`, checked at load.

A row is a reason, a group of phrases that say the same, and a phrase. Rows of the group ``key`` are key words: they are learnt
from and offered while one types, but nothing is measured on them. `corpus/abbreviations.toml` holds what callers type for short.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from beluur.playbook.texts_file import PlaybookError

REASON_LANGUAGES = ("nl", "fr", "en")
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
    "other",
)
KEY = "key"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say ``reason``; phrases of one ``group`` say the same."""

    reason: str
    group: str
    text: str


@cache
def phrases(language: str) -> tuple[Phrase, ...]:
    """All phrases of ``language`` (nl, fr, en), in the order of the file; a bad row raises PlaybookError."""
    return parse_phrases(_corpus().joinpath(f"{language}.tsv").read_text("utf-8"), language)


def parse_phrases(text: str, language: str) -> tuple[Phrase, ...]:
    """Phrases from tab-separated text with a header."""
    found = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        fields = line.split("\t")
        if len(fields) != 3 or fields[0] not in REASONS or not fields[1] or not fields[2].strip():
            raise PlaybookError(f"corpus of {language}, line {number}: {line!r}")
        found.append(Phrase(*fields))
    return tuple(found)


@cache
def abbreviations(language: str) -> Mapping[str, str]:
    """What is typed for short, in lower case without accents, and what it stands for."""
    short: dict[str, Mapping[str, str]] = tomllib.loads(
        _corpus().joinpath("abbreviations.toml").read_text("utf-8")
    )
    return short.get(language, {})


def _corpus() -> Traversable:
    return files("beluur.playbook").joinpath("corpus")
