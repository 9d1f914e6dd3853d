"""Why money went back, in words; what nobody knows stands as the bank wrote it."""

from __future__ import annotations

import pytest

from beluur.domain.return_reason import KNOWN, return_reason
from beluur.values.sentence import say
from beluur.words import LANGUAGES, catalogue, render


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param("AM04", "saldo ontoereikend", id="a code has words"),
        pytest.param(
            " md06 ", "teruggevraagd door de betaler", id="in small letters and with room around it"
        ),
        pytest.param(
            "AC04 rekening opgeheven", "rekening opgeheven", id="with the bank's own words after it"
        ),
        pytest.param("ZZ99", "reden van de bank: ZZ99", id="an unknown code stands as it is"),
        pytest.param(
            "Onvoldoende  saldo", "reden van de bank: Onvoldoende saldo", id="words stand as they are"
        ),
    ],
)
def test_what_the_bank_told(told: str, said: str) -> None:
    reason = return_reason(told)
    assert reason is not None
    assert render(reason) == said
    assert render(say("bank_return.because", reason=reason)) == f"Teruggeboekt: {said}"


def test_nothing_told_is_no_reason() -> None:
    assert return_reason("  ") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_of_its_own_and_no_word_lacks_its_code(language: str) -> None:
    words = {code: texts[language] for code, texts in catalogue().items() if code.startswith("bank_return.")}
    assert {f"bank_return.{code}" for code in KNOWN} == {
        code for code in words if code.split(".")[1] not in ("unknown", "because", "was", "was_because")
    }
    assert len(set(words.values())) == len(words)
