"""Whom one practises with has an answer to everything, in each language, and tells no more than he is asked."""

from __future__ import annotations

import pytest

from beluur.playbook.line_check import GAP, PlaybookError
from beluur.playbook.practice_texts import (
    PRACTICE_LANGUAGES,
    REVEALS,
    Character,
    Cue,
    parse_practice,
    practice_line,
    practice_said,
    practice_texts,
)


@pytest.mark.parametrize("language", PRACTICE_LANGUAGES)
def test_every_character_has_two_answers_to_everything(language):
    lines = practice_texts(language)
    assert lines.keys() == {(who, cue) for who in Character for cue in Cue}
    assert [key for key, variants in lines.items() if len(set(variants)) < 2] == []


@pytest.mark.parametrize("language", PRACTICE_LANGUAGES)
def test_a_day_and_an_amount_are_only_told_when_asked(language):
    money = {"day", "amount"}
    telling = {
        cue
        for (_, cue), variants in practice_texts(language).items()
        for v in variants
        if money & set(GAP.findall(v))
    }
    assert telling == {Cue.DAY}
    assert all(not REVEALS[cue] & money for cue in REVEALS if cue is not Cue.DAY)


@pytest.mark.parametrize("language", PRACTICE_LANGUAGES)
def test_nobody_shouts_and_a_stranger_tells_nothing(language):
    lines = practice_texts(language)
    assert not [v for variants in lines.values() for v in variants if "!" in v]
    assert not [v for v in lines[Character.STRANGER, Cue.DAY] if GAP.findall(v)]


@pytest.mark.parametrize(
    ("toml", "wrong"),
    [
        pytest.param(
            '[nobody_known]\nwhen = ["a", "b"]', "nobody is nobody_known", id="an unknown character"
        ),
        pytest.param('[angry]\nsings = ["a", "b"]', "nobody asks angry for sings", id="an unknown cue"),
        pytest.param('[angry]\nwhen = ["a"]', "fewer than 2 ways", id="one way to say it"),
        pytest.param('[angry]\nwhen = ["a", "{amount}"]', "may not tell amount", id="an amount unasked"),
        pytest.param("", "angry says nothing to when", id="nothing at all"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_load(toml, wrong):
    with pytest.raises(PlaybookError, match=wrong):
        parse_practice(toml, "nl")


def test_a_fleming_is_served_by_dutch_and_variants_go_round():
    first = practice_line(Character.ANGRY, Cue.WHEN, "nl-BE", 0)
    assert first == practice_line(Character.ANGRY, Cue.WHEN, "nl", 2)
    assert first != practice_line(Character.ANGRY, Cue.WHEN, "nl", 1)


def test_a_gap_is_not_said():
    with pytest.raises(PlaybookError, match="amount"):
        practice_said(Character.SHORT_OF_CASH, Cue.DAY, "nl", 0, day="vrijdag")
