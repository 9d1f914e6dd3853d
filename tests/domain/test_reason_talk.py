"""What is said to a reason and what it leads to: firm only when we are sure, again when it comes back, silent where need be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from beluur.domain.case import Outcome
from beluur.domain.conversation import Speaking, Stage, line_for
from beluur.domain.reason_actions import CONSEQUENCES, HUMAN_FIRST, Action, Kept, kept, reason_name
from beluur.domain.reason_talk import Heard, beside, reason_talk
from beluur.playbook import OwnLine, ReasonCode
from beluur.playbook.moments import WITHOUT_MONEY
from beluur.playbook.reason_codes import FROM_ANYBODY, HUSHED
from beluur.values.money import Money
from beluur.words import render

_R = ReasonCode
BASE = Speaking(
    caller="Anna Voorbeeld",
    creditor="Voorbeeld Steigers",
    language="nl",
    at=time(9, 40),
    contact="Marijke Fictief",
    what="steigerwerk week 41",
    asked=Money(188_000),
    numbers=("2026-0398",),
)
BEFORE = (date(2026, 11, 3), date(2026, 11, 12))

SAID = {
    "the first time": (Heard(_R.NOT_RECEIVED), "why.not_received.answer"),
    "the third time": (Heard(_R.NOT_RECEIVED, given=BEFORE), "why.not_received.again"),
    "firm when our delivery is sure": (Heard(_R.DISPUTE_QUALITY, sure=True), "why.dispute_quality.firm"),
    "not firm when it is not": (Heard(_R.DISPUTE_QUALITY), "why.dispute_quality.answer"),
    "what comes back goes before being firm": (
        Heard(_R.CASH_PROBLEM, sure=True, given=BEFORE),
        "why.cash_problem.again",
    ),
    "nobody is firm with who is ill": (
        Heard(_R.SICK_OR_DECEASED, sure=True, given=BEFORE),
        "why.sick_or_deceased.answer",
    ),
    "a sure delivery does not find a payment": (
        Heard(_R.ALREADY_PAID, sure=True),
        "why.already_paid.answer",
    ),
}


@pytest.mark.parametrize(("heard", "moment"), SAID.values(), ids=SAID)
def test_what_is_said(heard, moment):
    talk = reason_talk(heard, BASE, known=True)
    assert talk.answer.moment == moment
    assert (talk.milder is None) is moment.endswith(".answer")


def test_what_comes_back_is_said_with_its_last_day():
    talk = reason_talk(Heard(_R.VAGUE_PROMISE, given=BEFORE), BASE, known=True)
    assert talk.answer.text.startswith("Op donderdag 12 november 2026 bleef het zonder dag.")


def test_that_he_gave_it_before_stands_next_to_him():
    talk = reason_talk(Heard(_R.REFUSES, given=BEFORE), BASE, known=True)
    assert talk.earlier is not None
    said = render(talk.earlier, "nl")
    assert said.startswith("Wil niet betalen: voor de 3e keer")
    assert "12" in said


@pytest.mark.parametrize("code", sorted(HUSHED))
def test_that_he_was_ill_before_stands_nowhere(code):
    assert reason_talk(Heard(code, given=BEFORE), BASE, known=True).earlier is None


@pytest.mark.parametrize("code", ReasonCode)
@pytest.mark.parametrize("language", ["nl", "nl-BE", "fr", "en", "de"])
@pytest.mark.parametrize("bare", [False, True], ids=["all known", "hardly anything known"])
def test_there_is_always_something_to_say(code, language, bare):
    speaking = replace(BASE, language=language)
    if bare:
        speaking = replace(speaking, contact="", what="", numbers=(), asked=Money(0))
    talk = reason_talk(Heard(code, given=BEFORE), speaking, known=True)
    assert talk.answer.text
    assert talk.ask.text
    assert talk.note


@pytest.mark.parametrize("code", ReasonCode)
@pytest.mark.parametrize("contact", ["Jan Fictief", ""])
def test_of_a_person_nobody_else_hears_that_it_is_about_money(code, contact):
    speaking = replace(BASE, person=True, contact=contact)
    talk = reason_talk(Heard(code, given=BEFORE), speaking, known=False)
    assert {talk.answer.moment, talk.ask.moment} <= WITHOUT_MONEY.keys()
    assert talk.milder is None or talk.milder.moment in WITHOUT_MONEY


def test_where_silence_helps_the_caller_is_told_so():
    assert reason_talk(Heard(_R.CASH_PROBLEM), BASE, known=True).wait
    assert not reason_talk(Heard(_R.WRONG_PERSON), BASE, known=True).wait


def test_an_own_answer_is_said():
    own = (OwnLine("nl", "why.other.answer", "Vertelt u eens."),)
    assert reason_talk(Heard(_R.OTHER), replace(BASE, own=own), known=True).answer.text == "Vertelt u eens."


def test_every_reason_leads_somewhere():
    assert CONSEQUENCES.keys() == set(ReasonCode)
    assert {c.action for c in CONSEQUENCES.values()} == set(Action)


def test_every_reason_is_counted_as_the_field_counts_it():
    listed = {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "B1", "B2", "B3", "C1", "C2", "D1", "D2", "D3", "E1"}
    assert {c.science for code, c in CONSEQUENCES.items() if code is not _R.OTHER} == listed
    assert not CONSEQUENCES[_R.OTHER].science


@pytest.mark.parametrize("code", ReasonCode)
def test_a_dispute_has_its_code_and_nothing_else_has(code):
    consequence = CONSEQUENCES[code]
    assert (consequence.dispute is not None) is (consequence.action is Action.DISPUTE)
    assert consequence.stops is (code in HUSHED)


@pytest.mark.parametrize("code", sorted(FROM_ANYBODY))
def test_what_anybody_may_say_never_leads_to_the_question_when(code):
    assert CONSEQUENCES[code].stage in (Stage.WHO, Stage.AGREE)


KEPT = {
    "a reason with its words": (_R.CASH_PROBLEM, " krap bij kas ", Kept("cash_problem", "krap bij kas")),
    "of illness not a word": (_R.SICK_OR_DECEASED, "ligt in het ziekenhuis", Kept(HUMAN_FIRST)),
    "an insolvency with its trustee": (
        _R.INSOLVENCY,
        "curator te Utrecht",
        Kept("insolvency", "curator te Utrecht"),
    ),
}


@pytest.mark.parametrize(("code", "words", "stored"), KEPT.values(), ids=KEPT)
def test_what_is_kept(code, words, stored):
    assert kept(code, words) == stored
    assert reason_name(stored.code).code == f"reason.{stored.code}"


def test_a_reason_that_is_none_any_more_is_another():
    assert reason_name("a_reason_of_last_year").code == "reason.other"


BESIDE = {
    "a gatekeeper asks what it is about": (Stage.SAVE, {}, Outcome.GATEKEEPER, ["gatekeeper.about"]),
    "one may ask so at once": (Stage.WHO, {}, None, ["gatekeeper.about"]),
    "of a person it is personal": (Stage.WHO, {"person": True}, None, ["gatekeeper.about_person"]),
    "who rings knows what it is about": (Stage.WHO, {"incoming": True}, None, []),
    "a voicemail asks nothing": (Stage.SAVE, {}, Outcome.VOICEMAIL, []),
    "one listens in more ways": (
        Stage.LISTEN,
        {},
        Outcome.REACHED,
        ["listen.go_on", "listen.play_back", "listen.ask_on", "listen.upset"],
    ),
    "a person who was not reached yet is not listened to": (Stage.LISTEN, {"person": True}, None, []),
    "one takes leave where the demand stops": (Stage.STOP, {}, Outcome.REACHED, ["stop.closing"]),
}


@pytest.mark.parametrize(("stage", "more", "outcome", "moments"), BESIDE.values(), ids=BESIDE)
def test_what_may_be_said_beside_the_first_line(stage, more, outcome, moments):
    speaking = replace(BASE, **more)
    lines = beside(stage, speaking, outcome)
    assert [line.moment for line in lines] == moments
    assert line_for(stage, speaking, outcome=outcome).moment not in moments
