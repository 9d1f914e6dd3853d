"""The lines that a caller reads aloud: in every language, short, and silent about money until it is sure who listens."""

from __future__ import annotations

import re
from datetime import time

import pytest

from beluur.playbook import PlaybookError, greeting, playbook_language, spoken, texts
from beluur.playbook.line_check import LONGEST, Text
from beluur.playbook.moments import MAY_SAY, MUST_SAY, WITHOUT_MONEY, WORDS
from beluur.playbook.texts_file import LANGUAGES, parse, problems

ABOUT_MONEY = {
    "nl": r"€|\beuro|factu|betal|betaal|rekening|openst|schuld|herinner|aanma|bedrag|vordering|incasso",
    "fr": r"€|\beuro|factur|paie|payer|payé|dette|échéance|montant|virement|sur notre compte",
    "en": r"€|\beuro|invoice|\bpa(y|id)|\bowe|debt|\bdue\b|overdue|amount|\baccount\b|outstanding",
}
FACTS = {
    name: f"<{name}>"
    for name in (
        "greeting caller creditor contact own_number what amount numbers count made_on due day hour way number owner who email "
        "before parts rest limit consequence one other open"
    ).split()
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_moment_has_its_line(language):
    assert texts(language).keys() == MAY_SAY.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("moment", WITHOUT_MONEY)
def test_nothing_is_said_about_money_before_it_is_sure_who_listens_or_where_the_demand_stops(
    moment, language
):
    assert re.findall(ABOUT_MONEY[language[:2]], texts(language)[moment].say, re.IGNORECASE) == []
    assert MAY_SAY[moment].isdisjoint(
        {"amount", "numbers", "number", "count", "due", "rest", "what", "made_on"}
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_can_be_said_with_its_facts(language):
    for moment in MAY_SAY:
        line = spoken(moment, language, **FACTS)
        assert "{" not in line.text + line.hint
        assert len(texts(language)[moment].say) <= LONGEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_shouts_and_no_line_is_half(language):
    for moment, text in texts(language).items():
        assert "!" not in text.say + text.hint
        if moment not in WORDS:
            assert text.say[-1] in ".?"
            assert text.say[0].isupper() or text.say.startswith("{")


@pytest.mark.parametrize("moment", MUST_SAY)
def test_what_must_be_concrete_may_be(moment):
    assert MUST_SAY[moment] <= MAY_SAY[moment]


@pytest.mark.parametrize("language", ["nl", "nl-BE"])
def test_nobody_has_to(language):
    assert [m for m, t in texts(language).items() if re.search(r"\bmoet", t.say + t.hint)] == []


def test_a_name_that_ends_with_a_full_stop_ends_the_sentence_with_it():
    said = spoken("who.known", "nl", **{**FACTS, "creditor": "Zon B.V."}).text
    assert "van Zon B.V. Spreek ik met" in said


def test_a_fleming_is_spoken_to_in_his_own_words():
    assert spoken("way.direct_debit", "nl-BE").text != spoken("way.direct_debit", "nl").text
    assert spoken("recap.check", "nl-BE").text == spoken("recap.check", "nl").text


def test_the_line_is_the_debtors_and_the_hint_the_callers():
    line = spoken("received.plain", "fr", hint_language="nl")
    assert line.text.startswith("Avez-vous")
    assert line.hint.startswith("Ja:")


def test_a_fact_that_is_missing_is_not_read_aloud_as_a_gap():
    with pytest.raises(PlaybookError):
        spoken("who.known", "nl", greeting="Goedemorgen", caller="Anna", creditor="Voorbeeld", contact=" ")


def test_facts_stand_apart_so_that_a_screen_can_stress_them():
    line = spoken("recap.callback", "nl", day="maandag 30 november 2026", hour="10:30")
    assert [p.text for p in line.pieces if p.fact] == ["maandag 30 november 2026", "10:30"]


WRONG = {
    "a gap that tells too much": ("who.known", "Spreek ik met u over {amount}?", "playbook.gap_unknown"),
    "a gap where nothing is filled in": ("way.card", "met {amount}", "playbook.no_gaps"),
    "a moment nobody asks for": ("who.knows", "Hallo", "playbook.no_moment"),
    "a line of two breaths": ("recap.check", "ja " * 80, "playbook.too_long"),
    "a line of nothing": ("recap.check", " ", "playbook.empty"),
    "a stray brace": ("recap.check", "Klopt {dat zo?", "playbook.brace"),
    "a promise without its day": ("recap.promise_pays", "U betaalt {amount}.", "playbook.gap_missing"),
    "an ultimatum without a consequence": (
        "negotiate.ultimatum",
        "Op {day} staat {amount} er.",
        "playbook.gap_missing",
    ),
    "money on a voicemail": ("voicemail.desk", "Het gaat over uw factuur.", "playbook.money_early"),
    "money at the reception": ("gatekeeper.about", "Er staat nog iets open, € 5.", "playbook.money_early"),
    "money to whom may be somebody else": (
        "why.wrong_person.answer",
        "Wie doet de betalingen?",
        "playbook.money_early",
    ),
    "a demand to who is ill": (
        "why.sick_or_deceased.ask",
        "Wanneer betaalt u dan?",
        "playbook.money_stopped",
    ),
}


@pytest.mark.parametrize(("moment", "say", "why"), WRONG.values(), ids=WRONG)
def test_a_set_of_lines_is_refused_for(moment, say, why):
    found = {**texts("nl"), moment: Text(say)}
    assert any(why in problem for problem in problems(found))


def test_a_set_of_lines_is_refused_for_a_line_that_is_missing():
    found = {m: t for m, t in texts("nl").items() if m != "recap.check"}
    assert list(problems(found)) == ["recap.check has no line"]


def test_a_dialect_keeps_the_hint_of_its_language():
    assert parse('["received.plain"]\nsay = "Goed gekregen?"', "nl-BE")["received.plain"].hint


HOURS = {
    "the morning": (time(11, 59), "Goedemorgen"),
    "the afternoon": (time(12), "Goedemiddag"),
    "the evening": (time(18), "Goedenavond"),
}


@pytest.mark.parametrize(("at", "said"), HOURS.values(), ids=HOURS)
def test_one_greets_by_the_clock_in(at, said):
    assert greeting(at, "nl") == said


@pytest.mark.parametrize(
    ("spoken_there", "served_by"),
    [("nl", "nl"), ("nl-BE", "nl-BE"), ("fr-BE", "fr"), ("de", "en"), ("", "en")],
)
def test_the_language_that_serves(spoken_there, served_by):
    assert playbook_language(spoken_there) == served_by
