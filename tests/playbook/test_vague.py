"""What is too vague and the question instead: typed, checked at load, in every language."""

from __future__ import annotations

import re

import pytest

from beluur.domain.said.folded import folded
from beluur.playbook import VAGUE_LANGUAGES, PlaybookError, vague_question, vague_texts
from beluur.playbook.vague_texts import MAY_ASK, Vague, parse_vague, vague_problems

FACTS = {name: f"<{name}>" for name in "one other day amount open".split()}


@pytest.mark.parametrize("language", VAGUE_LANGUAGES)
def test_every_code_has_a_question_that_can_be_asked(language):
    assert vague_texts(language).keys() == MAY_ASK.keys()
    for code in MAY_ASK:
        asked = vague_question(code, language, **FACTS)
        assert "{" not in asked
        assert "?" in asked
        assert "!" not in asked


@pytest.mark.parametrize("language", VAGUE_LANGUAGES)
def test_phrases_are_written_as_they_are_looked_up(language):
    phrases = [p for vague in vague_texts(language).values() for p in vague.phrases]
    assert [p for p in phrases if folded(p) != p] == []


def test_nobody_has_to():
    assert [c for c, v in vague_texts("nl").items() if re.search(r"\bmoet", v.ask)] == []


def test_a_fleming_is_asked_in_dutch_and_a_german_in_english():
    assert vague_question("asap", "nl-BE") == vague_question("asap", "nl")
    assert vague_question("asap", "de") == vague_question("asap", "en")


def test_a_question_with_a_gap_is_not_asked():
    with pytest.raises(PlaybookError):
        vague_question("past", "nl")


WRONG = {
    "a gap that it may not use": ("asap", Vague("Betaalt u {amount}?", ("zsm",)), "may not say amount"),
    "a code nobody asks for": ("soonish", Vague("Wanneer?"), "nobody asks for soonish"),
    "a question of two breaths": ("asap", Vague("ja " * 80 + "?", ("zsm",)), "longer than"),
    "an accent in a phrase": ("asap", Vague("Wanneer?", ("één dezer",)), "without accents"),
    "no phrases where they belong": ("asap", Vague("Wanneer?"), "should have phrases"),
    "phrases where none belong": ("past", Vague("Wanneer?", ("gisteren",)), "should not have phrases"),
    "one phrase twice": ("asap", Vague("Wanneer?", ("later",)), "stands under"),
}


@pytest.mark.parametrize(("code", "vague", "why"), WRONG.values(), ids=WRONG)
def test_a_set_is_refused_for(code, vague, why):
    found = {**vague_texts("nl"), code: vague}
    assert any(why in problem for problem in vague_problems(found))


def test_a_set_is_refused_for_a_question_that_is_missing():
    with pytest.raises(PlaybookError, match="has no question"):
        parse_vague('[past]\nask = "Wanneer?"', "nl")
