"""The phrases that reasons are learnt from: enough of each, none twice, none of the sample files."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from beluur.domain.reason.features import features
from beluur.playbook.line_check import PlaybookError
from beluur.playbook.reason_phrases import (
    BESIDE,
    FIFTH,
    FIRST,
    FOURTH,
    KEY,
    OTHER,
    REASON_LANGUAGES,
    REASONS,
    SECOND,
    THIRD,
    WRITERS,
    abbreviations,
    parse_phrases,
    phrases,
    themes,
)

BENCH = Path(__file__).resolve().parents[2] / "bench"
HEADER = "class\tgroup\tphrase\n"


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_forty_phrases_a_reason_in_twenty_groups(language):
    said = [p for p in phrases(language) if p.group != KEY and p.writer == FIRST]
    assert [r for r in REASONS if sum(p.reason == r for p in said) < 40] == []
    assert [r for r in REASONS if len({p.group for p in said if p.reason == r}) < 20] == []


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_a_second_writer_has_thirty_phrases_a_reason_in_groups_of_his_own(language):
    second = [p for p in phrases(language) if p.writer == SECOND]
    assert len(second) >= 600
    assert [r for r in REASONS if sum(p.reason == r for p in second) < 30] == []
    assert {p.group for p in second} & {p.group for p in phrases(language) if p.writer == FIRST} == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_third_writer_has_25_phrases_a_reason_in_groups_of_his_own(language):
    third = [p for p in phrases(language) if p.writer == THIRD]
    assert len(third) >= 500
    assert [r for r in REASONS if sum(p.reason == r for p in third) < 25] == []
    assert {p.group for p in third} & {p.group for p in phrases(language) if p.writer != THIRD} == set()


def test_a_fourth_writer_has_50_english_phrases_a_reason_in_groups_of_his_own():
    fourth = [p for p in phrases("en") if p.writer == FOURTH]
    assert [r for r in REASONS if sum(p.reason == r for p in fourth) < 50] == []
    assert {p.group for p in fourth} & {p.group for p in phrases("en") if p.writer != FOURTH} == set()


def test_a_fifth_writer_has_nearly_40_english_phrases_a_reason_in_groups_of_his_own():
    fifth = [p for p in phrases("en") if p.writer == FIFTH]
    assert [r for r in REASONS if sum(p.reason == r for p in fifth) < 39] == []
    assert {p.group for p in fifth} & {p.group for p in phrases("en") if p.writer != FIFTH} == set()


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_what_is_said_beside_any_reason_is_other(language):
    beside = [p for p in phrases(language) if p.writer == BESIDE]
    assert len(beside) >= 80
    assert {p.reason for p in beside} == {OTHER}
    assert {p.group for p in beside} & {p.group for p in phrases(language) if p.writer != BESIDE} == set()


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_every_file_of_phrases_is_learnt_from(language):
    written = files("beluur.playbook").joinpath("corpus")
    names = {f.name for f in written.iterdir() if f.name.startswith(language) and f.name.endswith(".tsv")}
    assert len(names) == len(WRITERS[language])
    assert {p.writer for p in phrases(language)} == set(WRITERS[language])


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_a_group_says_one_thing(language):
    reasons_of = {(p.group, p.reason) for p in phrases(language) if p.group != KEY}
    assert [g for g, n in Counter(group for group, _ in reasons_of).items() if n > 1] == []


@pytest.mark.parametrize(
    ("language", "name"),
    [
        *((language, "unheard") for language in REASON_LANGUAGES),
        *(("en", name) for name in ("blind", "oblique", "fresh")),
    ],
)
def test_what_is_measured_on_is_not_learnt(language, name):
    known = {p.text.casefold() for p in phrases(language)}
    rows = (line.split("\t") for line in (BENCH / f"{name}.tsv").read_text("utf-8").splitlines()[1:])
    asked = [(reason, text) for lang, reason, text in rows if lang == language]
    assert {reason for reason, _ in asked} == set(REASONS)
    assert [text for _, text in asked if text.casefold() in known] == []


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_themes_are_of_words_that_can_be_typed(language):
    known = themes(language)
    words = [*known.whole, *known.stems]
    assert [w for w in words if not (w.isascii() and w.isalpha() and w.islower())] == []
    assert [stem for stem in known.stems if len(stem) < 3] == []
    assert "not" in known.whole["niet" if language == "nl" else "pas" if language == "fr" else "not"]


def test_the_languages_have_the_same_themes():
    found = [
        {t for of in (*themes(lang).whole.values(), *themes(lang).stems.values()) for t in of}
        for lang in REASON_LANGUAGES
    ]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("language", REASON_LANGUAGES)
def test_no_phrase_stands_there_twice(language):
    twice = [text for text, n in Counter(p.text.casefold() for p in phrases(language)).items() if n > 1]
    assert twice == []


@pytest.mark.slow
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
