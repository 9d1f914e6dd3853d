"""What one may do differently next time (G1)."""

from __future__ import annotations

from itertools import product

import pytest

from beluur.domain.case import Outcome, Result
from beluur.domain.look_back import choice_name, choices
from beluur.words import LANGUAGES, render


@pytest.mark.parametrize(("outcome", "result"), list(product(Outcome, Result)))
def test_there_are_six_choices_after_every_call(outcome, result):
    assert len(set(choices(outcome, result))) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_choice_is_a_few_words(language):
    every = {code for outcome, result in product(Outcome, Result) for code in choices(outcome, result)}
    texts = [render(choice_name(code), language) for code in every]
    assert all(0 < len(text.split()) <= 6 and "[" not in text for text in texts)


@pytest.mark.parametrize(
    ("outcome", "first"),
    [
        pytest.param(Outcome.REACHED, "sooner_to_date", id="spoken: sooner to the day"),
        pytest.param(Outcome.NO_ANSWER, "other_hour", id="not reached: another hour"),
        pytest.param(Outcome.GATEKEEPER, "ask_hour", id="a reception: when is he in"),
    ],
)
def test_the_likeliest_comes_first(outcome, first):
    assert choices(outcome)[0] == first
