"""What a written answer says: a table for each language, and what holds for every text.

Confirmed was € 500 on Friday 27 November 2026; it is the Monday before. ``proposes 250=2026-12-04``; ``other but``: why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.reply import Answer, Reply, read_reply
from beluur.domain.reply.vocabulary import LANGUAGES, vocabulary, words_of
from beluur.words import render

TODAY = date(2026, 11, 23)
CONFIRMED = ((date(2026, 11, 27), 500_00),)
AGAINST = {
    "nl": "maar niet nooit geen tenzij mits als betwist fout ?".split(),
    "fr": "mais pas jamais non sauf si erreur conteste ?".split(),
    "en": "but not never unless if don't wrong dispute ?".split(),
}


def table(language: str) -> Iterator[tuple[str, str]]:
    for line in (Path(__file__).parent / f"{language}.tsv").read_text("utf-8").splitlines()[1:]:
        written, means = line.split("\t")
        yield written.replace("\\n", "\n"), means


CASES = [
    pytest.param(language, written, means, id=f"{language} “{written}” is {means}")
    for language in LANGUAGES
    for written, means in table(language)
]


def read(text: str, language: str = "nl") -> Reply:
    return read_reply(text, TODAY, language, confirmed=CONFIRMED)


def meaning(reply: Reply) -> str:
    parts = [f"{p.cents // 100}={p.due}" if p.cents is not None else f"{p.due}" for p in reply.parts]
    match reply.answer:
        case Answer.PROPOSES:
            return " ".join(["proposes", *parts])
        case Answer.OTHER:
            return f"other {reply.because.code.removeprefix('reply.')}"
    return reply.answer.value


@pytest.mark.parametrize(("language", "written", "means"), CASES)
def test_an_answer_says(language, written, means):
    reply = read(written, language)
    assert meaning(reply) == means
    assert render(reply.because, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_has_sixty_cases_and_each_kind(language):
    means = [meant.split()[0] for _, meant in table(language)]
    assert len(means) >= 60
    assert set(means) == set(Answer)


@pytest.mark.parametrize(
    ("language", "written"),
    [pytest.param(c.values[0], c.values[1], id=str(c.id)) for c in CASES if c.values[2] == "agree"],
)
def test_no_yes_stands_when_a_word_against_it_is_added(language, written):
    for word in AGAINST[language]:
        for text in (
            f"{written} {word}",
            f"{word} {written}",
            written.replace("\n", f" {word}\n", 1) + f" {word}",
        ):
            assert read(text, language).answer is not Answer.AGREE or word not in _between(text, language), (
                text,
                word,
            )


def _between(text: str, language: str) -> str:
    """The text before the closing: what stands in a signature says nothing."""
    closings = {" ".join(c) for c in vocabulary(language).closings}
    kept = []
    for line in text.split("\n"):
        if kept and any(" ".join(words_of(line)).startswith(c) for c in closings):
            break
        kept.append(line)
    return "\n".join(kept)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize(
    ("text", "spoken"), [("Akkoord", "nl"), ("D'accord", "fr"), ("Agreed", "en"), ("Pas d'accord", "fr")]
)
def test_he_may_answer_in_another_language_than_his_own(text, spoken, language):
    assert read(text, language).answer is read(text, spoken).answer


def test_a_name_that_is_known_says_nothing():
    text = "Akkoord Kruimel"
    assert read(text).answer is Answer.OTHER
    assert read_reply(text, TODAY, confirmed=CONFIRMED, names="Jan Kruimel").answer is Answer.AGREE


def test_without_an_agreement_a_day_is_a_proposal():
    assert read_reply("Akkoord, vrijdag", TODAY).answer is Answer.PROPOSES


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_any_text_gives_an_answer(text, language):
    assert render(read(text, language).because, language)


@given(st.data(), st.sampled_from(LANGUAGES))
def test_a_question_or_a_but_never_confirms(data, language):
    v = vocabulary(language)
    harmless = sorted({*v.harmless, *(" ".join(p) for p in v.agree)})
    against = sorted({" ".join(p) for p in v.but | v.negations | v.contests})
    words = data.draw(st.lists(st.sampled_from(harmless), max_size=8))
    words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(against)))
    assert read(" ".join(words), language).answer is not Answer.AGREE


@given(st.sampled_from(LANGUAGES), st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12))
def test_an_unknown_word_never_confirms(language, word):
    known = {w for one in LANGUAGES for w in vocabulary(one).harmless}
    known |= {w for one in LANGUAGES for p in vocabulary(one).agree for w in p}
    if word not in known:
        text = {"nl": "Akkoord", "fr": "D'accord", "en": "Agreed"}[language] + f" {word} {word}s"
        assert read(text, language).answer is not Answer.AGREE


def test_a_long_answer_takes_no_time():
    assert read("akkoord en " * 5000).answer is Answer.OTHER
