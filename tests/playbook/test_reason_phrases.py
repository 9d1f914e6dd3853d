"""The phrases that reasons are learnt from: enough of each, none twice, none of the sample files."""

from __future__ import annotations

from collections import Counter

import pytest

from beluur.domain.reason.features import features
from beluur.playbook.reason_phrases import (
    KEY,
    REASON_LANGUAGES,
    REASONS,
    abbreviations,
    parse_phrases,
    phrases,
)
from beluur.playbook.texts_file import PlaybookError

HEADER = "class\tgroup\tphrase\n"


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_forty_phrases_a_reason_in_twenty_groups(language):
    said = [p for p in phrases(language) if p.group != KEY]
    assert [r for r in REASONS if sum(p.reason == r for p in said) < 40] == []
    assert [r for r in REASONS if len({p.group for p in said if p.reason == r}) < 20] == []


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_no_phrase_stands_there_twice(language):
    twice = [text for text, n in Counter(p.text.casefold() for p in phrases(language)).items() if n > 1]
    assert twice == []


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_nothing_is_learnt_from_the_samples(language, shared):
    rows = (shared / "excuse-phrases.tsv").read_text("utf-8").splitlines()[1:]
    samples = [features(row.split("\t")[2], language).keys() for row in rows]
    own = [features(p.text, language).keys() for p in phrases(language) if len(p.text.split()) > 4]
    assert max(len(s & o) / len(s | o) for s in samples for o in own) < 0.7


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_abbreviations_can_be_typed(language):
    assert [a for a in abbreviations(language) if not (a.isascii() and a.isalnum() and a.islower())] == []


@pytest.mark.parametrize(
    "row",
    ["cash_problem\tg1", "no_such_reason\tg1\tgeen geld", "cash_problem\t\tgeen geld", "cash_problem\tg1\t "],
    ids=["two fields", "an unknown reason", "no group", "no phrase"],
)
def test_a_bad_row_is_refused_with_its_line(row):
    with pytest.raises(PlaybookError, match="line 2"):
        parse_phrases(HEADER + row, "nl")
