"""What a recogniser counts in a phrase: what its words are about, known words or not, and what is denied of them."""

from __future__ import annotations

import pytest

from beluur.domain.reason.features import features, themes_of

ABOUT = {
    "a word as it stands": ("ziekenhuis", "nl", "illness"),
    "the beginning of a longer word": ("vloerbedekking", "nl", "goods"),
    "the longest beginning": ("boekhoudkantoor", "nl", "wrongplace"),
    "French, without its accents": ("facturee", "fr", "invoice"),
    "English": ("liquidators", "en", "insolv"),
}


@pytest.mark.parametrize(("word", "language", "theme"), ABOUT.values(), ids=ABOUT)
def test_a_word_has_a_theme(word, language, theme):
    assert theme in themes_of(word, language)


@pytest.mark.parametrize(("word", "language"), [("xqzw", "nl"), ("", "nl"), ("ziekenhuis", "de")])
def test_other_words_have_none(word, language):
    assert themes_of(word, language) == ()


def test_a_denial_is_of_what_is_near():
    found = features("factuur niet ontvangen maar vrijdag wordt er iets van overgemaakt", "nl")
    assert {"!invoice", "!received"} <= found.keys()
    assert "@paid" in found
    assert "!paid" not in found


def test_themes_go_in_pairs_whatever_the_order():
    assert "@defect&goods" in features("dak lekt", "nl")
    assert "@defect&goods" in features("lekt dak", "nl")


@pytest.mark.parametrize("begun", ["wac", "de klant wacht op ge"], ids=["one", "the last of more"])
def test_half_a_word_is_no_word_yet(begun):
    half = begun.split()[-1]
    assert f"{half}." in features(begun, "nl")
    assert f"{half}." not in features(begun, "nl", typing=True)
    assert f" {half[:3]}"[:4] in features("wac", "nl", typing=True) or len(half) < 3
