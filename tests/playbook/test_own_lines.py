"""An administration's own lines replace ours where they can be said; whatever they are, a caller always has a line."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.playbook import OwnLine, greeting, own_problems, spoken, texts
from beluur.playbook.line_check import faults
from beluur.playbook.moments import MAY_SAY, WITHOUT_MONEY
from beluur.playbook.money_words import money_word
from beluur.playbook.texts_file import LANGUAGES
from beluur.words import render

MINE = OwnLine("nl", "recap.check", "Is dat zo in orde?")


def test_an_own_line_is_said_in_the_place_of_ours():
    assert spoken("recap.check", "nl", own=(MINE,)).text == "Is dat zo in orde?"
    assert spoken("recap.check", "fr", own=(MINE,)).text == "Est-ce exact\u00a0?"


def test_an_own_line_keeps_our_hint_unless_it_has_its_own():
    assert texts("nl", (OwnLine("nl", "recap.intro", "Samengevat."),))["recap.intro"].hint
    own = (OwnLine("nl", "recap.intro", "Samengevat.", "Traag."),)
    assert spoken("recap.intro", "en", own=own).hint == "Traag."


def test_an_own_line_in_dutch_serves_a_fleming_where_we_have_none_for_him():
    own = (MINE, OwnLine("nl", "way.cash", "met klinkende munt"))
    assert spoken("recap.check", "nl-BE", own=own).text == "Is dat zo in orde?"
    assert spoken("way.cash", "nl-BE", own=own).text == "cash"


def test_a_fleming_may_have_an_own_line():
    own = (MINE, OwnLine("nl-BE", "recap.check", "Klopt dat zo voor u?"))
    assert spoken("recap.check", "nl-BE", own=own).text == "Klopt dat zo voor u?"


def test_an_own_reason_is_said_too():
    own = (OwnLine("nl", "why.other.answer", "Vertelt u eens."),)
    assert spoken("why.other.answer", "nl", own=own).text == "Vertelt u eens."


def test_an_own_greeting_is_used():
    assert greeting(time(9), "nl", (OwnLine("nl", "greeting.morning", "Dag"),)) == "Dag"


def test_an_own_line_whose_fact_is_missing_today_makes_place_for_ours():
    own = (OwnLine("nl", "received.plain", "Hebt u {what} gekregen?"),)
    assert spoken("received.plain", "nl", own=own).text == spoken("received.plain", "nl").text
    assert spoken("received.plain", "nl", own=own, what="het hout").text == "Hebt u het hout gekregen?"


WRONG = {
    "a gap nobody fills": (OwnLine("nl", "who.known", "Dag {amount}"), "playbook.gap_unknown"),
    "two breaths": (OwnLine("nl", "recap.check", "ja " * 80), "playbook.too_long"),
    "a hint of a page": (OwnLine("nl", "recap.check", "Ja?", "x" * 251), "playbook.hint_too_long"),
    "money before it is sure who listens": (
        OwnLine("fr", "voicemail.desk", "C’est au sujet de votre facture."),
        "playbook.money_early",
    ),
    "money in Flemish": (OwnLine("nl-BE", "who.desk", "Over een betaling."), "playbook.money_early"),
    "money where the demand stops": (
        OwnLine("en", "stop.kindly", "Please pay later."),
        "playbook.money_stopped",
    ),
    "a language we do not speak": (OwnLine("de", "recap.check", "Ja?"), "playbook.no_language"),
    "a moment that is none": (OwnLine("nl", "recap.chekc", "Ja?"), "playbook.no_moment"),
    "nothing": (OwnLine("nl", "recap.check", " \n"), "playbook.empty"),
}


@pytest.mark.parametrize(("line", "code"), WRONG.values(), ids=WRONG)
def test_an_own_line_is_named_and_not_said_for(line, code):
    (problem,) = own_problems([line])
    assert (problem.code, problem.field) == (code, line.moment)
    if line.language in LANGUAGES:
        assert texts(line.language, (line,)) == texts(line.language)


def test_a_problem_names_what_is_wrong_and_what_may_be_said():
    (problem,) = own_problems([OwnLine("nl", "who.known", "Dag {amount}")])
    said = render(problem.sentence, "nl")
    assert "amount" in said
    assert "contact" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_lines_have_no_fault(language):
    own = tuple(OwnLine(language, moment, text.say, text.hint) for moment, text in texts(language).items())
    assert own_problems(own) == ()


ABOUT_MONEY = {
    "an invoice": ("Over uw factuur", "nl", "factuur"),
    "a payment": ("de betaling van maart", "nl-BE", "betaling"),
    "euros": ("nog 5 €", "nl", "€"),
    "a country is no payment": ("votre pays", "fr", ""),
    "to pay": ("Vous devez payer", "fr", "payer"),
    "due": ("it is due", "en", "due"),
    "the accounts department is a desk": ("your accounts department", "en", ""),
    "the creditors desk is a desk": ("uw crediteurenadministratie", "nl", ""),
    "calling back": ("Puis-je rappeler", "fr", ""),
}


@pytest.mark.parametrize(("text", "language", "word"), ABOUT_MONEY.values(), ids=ABOUT_MONEY)
def test_a_line_tells_of_money_by(text, language, word):
    assert money_word(text, language) == word


LINES = st.builds(
    OwnLine,
    st.sampled_from((*LANGUAGES, "de", "")),
    st.sampled_from((*MAY_SAY, "", "who")),
    st.one_of(
        st.text(max_size=220), st.sampled_from(("Dag {contact}.", "{amount}", "uw factuur", "{", "{}"))
    ),
    st.text(max_size=20),
)


@given(st.lists(LINES, max_size=6).map(tuple), st.sampled_from(LANGUAGES))
def test_whatever_is_written_a_caller_always_has_a_line_that_can_be_said(own, language):
    found = texts(language, own)
    assert found.keys() == MAY_SAY.keys()
    for line in own:
        if line.moment in found:
            text = found[line.moment]
            assert list(faults(line.moment, text, language)) == []
            assert line.moment not in WITHOUT_MONEY or not money_word(text.say, language)
