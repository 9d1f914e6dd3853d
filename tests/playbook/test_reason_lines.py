"""The reasons: each with an answer, a next question and a note in every language; firm and again only where they may be."""

from __future__ import annotations

import pytest

from beluur.playbook import PlaybookError, ReasonCode, moment_of, spoken, texts
from beluur.playbook.reason_codes import AGAIN, FIRM, FROM_ANYBODY, HUSHED, parts_of
from beluur.playbook.texts_file import LANGUAGES, parse_reasons


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_its_lines(code, language):
    said = texts(language)
    for part in parts_of(code):
        assert said[moment_of(code, part)].say
    assert said[moment_of(code, "answer")].hint, "what to note"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(set(ReasonCode) - HUSHED))
def test_every_reason_leads_on_with_a_question(code, language):
    assert texts(language)[moment_of(code, "ask")].say.endswith("?")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(AGAIN))
def test_who_gave_it_before_hears_on_which_day(code, language):
    line = spoken(moment_of(code, "again"), language, before="12 november")
    assert [p.text for p in line.pieces if p.fact] == ["12 november"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ReasonCode)
def test_an_answer_needs_no_fact_that_may_be_missing(code, language):
    for part in parts_of(code):
        if part != "again":
            assert spoken(moment_of(code, part), language, hint_language=language).text


def test_nobody_is_firm_or_comes_back_to_it_where_the_demand_stops():
    assert HUSHED.isdisjoint(FIRM | AGAIN)
    assert HUSHED.isdisjoint(FROM_ANYBODY)


def test_what_to_note_is_in_the_callers_language():
    line = spoken("why.not_received.answer", "fr", hint_language="nl")
    assert line.text.startswith("Je vous envoie")
    assert line.hint.startswith("Het juiste adres")


def test_a_dialect_changes_only_what_it_says_otherwise():
    flemish = parse_reasons('[not_received]\nask = "Hebt ge ze?"', "nl-BE")
    assert flemish["why.not_received.ask"].say == "Hebt ge ze?"
    assert flemish["why.not_received.answer"] == texts("nl")["why.not_received.answer"]


REFUSED = {
    "a reason that is none": '[excuse]\nanswer = "x"',
    "a field that nobody reads": '[other]\nanser = "x"',
    "a firm answer where there is none": '[insolvency]\nanswer_firm = "x"',
}


@pytest.mark.parametrize("toml", REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_for(toml):
    with pytest.raises(PlaybookError):
        parse_reasons(toml, "nl")
