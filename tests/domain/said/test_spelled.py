"""Sums that are said in words: each is read as that sum or asked back, never as another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from beluur.domain.said import read_said
from tests.domain.said.tables import TODAY

ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
FRENCH = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
).split()
FRENCH_TENS = "vingt trente quarante cinquante soixante".split()


def english(n: int) -> str:
    """``n`` below a million as it is said."""
    if n < 20:
        return ENGLISH[n]
    if n < 100:
        return ENGLISH_TENS[n // 10 - 2] + (f" {ENGLISH[n % 10]}" if n % 10 else "")
    size, word = (1000, "thousand") if n >= 1000 else (100, "hundred")
    first, rest = divmod(n, size)
    between = " and " if rest < 100 else " "
    return f"{english(first)} {word}" + (between + english(rest) if rest else "")


def french(n: int, *, belgian: bool = False) -> str:
    """``n`` below a million as it is said in France, or in Belgium."""
    if n < 20:
        return FRENCH[n]
    if n < 70 or (belgian and n // 10 in (7, 9)):
        tens = {7: "septante", 9: "nonante"}.get(n // 10) or FRENCH_TENS[n // 10 - 2]
        return tens + {0: "", 1: " et un"}.get(n % 10, f"-{FRENCH[n % 10]}")
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante-{french(n - 60)}"
    if n < 100:
        return "quatre-vingts" if n == 80 else f"quatre-vingt-{french(n - 80)}"
    size, word = (1000, "mille") if n >= 1000 else (100, "cent")
    first, rest = divmod(n, size)
    begun = word if first == 1 else f"{french(first, belgian=belgian)} {word}"
    return f"{begun} {french(rest, belgian=belgian)}" if rest else begun


SAID: dict[str, tuple[str, Callable[[int], str], str]] = {
    "in English": ("en", english, "{} euros on Friday"),
    "in English, as a bare number": ("en", english, "Friday {}"),
    "in French": ("fr", french, "{} euros vendredi"),
    "in French, as a bare number": ("fr", french, "vendredi {}"),
    "in Belgian French": ("fr", lambda n: french(n, belgian=True), "{} euros vendredi"),
}


@pytest.mark.parametrize(("language", "spell", "sentence"), SAID.values(), ids=SAID)
def test_a_sum_in_words_is_never_another_sum(language, spell, sentence):
    asked = []
    for n in (*range(32, 1200), *range(1200, 30_000, 173)):
        reading = read_said(sentence.format(spell(n)), TODAY, language)
        if reading.vague:
            asked.append(n)
        else:
            assert [p.cents for p in reading.parts] == [n * 100], n
    assert [n for n in asked if n % 100 != 1] == []  # "a hundred and one" may be two things


def test_a_dutch_number_in_two_words_is_not_a_euro_less():
    assert read_said("duizend een euro vrijdag", TODAY).vague == "unclear_number"
    assert read_said("duizend en vijftig vrijdag", TODAY).parts[0].cents == 105_000
