"""Which line when: the right person first, a broken promise before anything else, and a recap that leaves no gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from beluur.domain.call_report import CallbackSaid, CallReport, ClaimSaid, DisputeSaid, PromiseSaid
from beluur.domain.case import Case, DebtorKind, InvoiceFact, Outcome
from beluur.domain.conversation import (
    Answer,
    BrokenWord,
    Speaking,
    Stage,
    after,
    before,
    cued,
    line_for,
    named,
    phases,
    toggled,
)
from beluur.domain.recap import recap
from beluur.playbook import OwnLine
from beluur.playbook.moments import WITHOUT_MONEY
from beluur.values.money import Money
from beluur.values.sentence import say

BASE = Speaking(
    caller="Anna Voorbeeld",
    creditor="Voorbeeld Steigers",
    language="nl",
    at=time(9, 40),
    own_number="020 123 45 00",
    contact="Marijke Fictief",
    what="steigerwerk week 41",
    asked=Money(188_000),
    numbers=("2026-0398",),
)
BROKEN = BrokenWord(date(2026, 11, 17), date(2026, 11, 20), Money(50_000))

LINES = {
    "who is there, a name known": (Stage.WHO, BASE, {}, "who.known"),
    "who is there, no name known": (Stage.WHO, replace(BASE, contact=""), {}, "who.desk"),
    "somebody rings": (Stage.WHO, replace(BASE, incoming=True), {}, "who.incoming"),
    "he rings, of whom nothing is asked any more": (
        Stage.OPENING,
        replace(BASE, incoming=True, stopped=True, broken=BROKEN),
        {},
        "opening.stopped",
    ),
    "a person rings": (Stage.WHO, replace(BASE, incoming=True, person=True), {}, "who.incoming_person"),
    "voicemail": (Stage.SAVE, BASE, {"outcome": Outcome.VOICEMAIL}, "voicemail.known"),
    "voicemail of nobody by name": (
        Stage.SAVE,
        replace(BASE, contact=""),
        {"outcome": Outcome.VOICEMAIL},
        "voicemail.desk",
    ),
    "voicemail without a number of our own": (
        Stage.SAVE,
        replace(BASE, own_number=""),
        {"outcome": Outcome.VOICEMAIL},
        "voicemail.no_number",
    ),
    "reception": (Stage.SAVE, BASE, {"outcome": Outcome.GATEKEEPER}, "gatekeeper.known"),
    "somebody else": (Stage.SAVE, BASE, {"outcome": Outcome.WRONG_PERSON}, "wrong_person.known"),
    "engaged": (Stage.SAVE, BASE, {"outcome": Outcome.BUSY}, "busy.wait"),
    "the opening is about what was delivered": (Stage.OPENING, BASE, {}, "opening.what"),
    "the opening when nobody wrote down what": (Stage.OPENING, replace(BASE, what=""), {}, "opening.plain"),
    "after a broken promise that comes first": (
        Stage.OPENING,
        replace(BASE, broken=BROKEN),
        {},
        "opening.broken",
    ),
    "part of it came": (
        Stage.OPENING,
        replace(BASE, broken=replace(BROKEN, partly=True)),
        {},
        "opening.broken_part",
    ),
    "we call back as agreed": (Stage.OPENING, replace(BASE, called_back=True), {}, "opening.callback"),
    "received?": (Stage.RECEIVED, BASE, {}, "received.what"),
    "one invoice is named": (Stage.WHEN, BASE, {"received": "yes"}, "when.one"),
    "several are counted": (Stage.WHEN, replace(BASE, numbers=("1", "2")), {"received": "yes"}, "when.more"),
    "of what is not asked no day is asked": (
        Stage.WHEN,
        replace(BASE, asked=Money(0), numbers=()),
        {"received": "yes"},
        "when.nothing",
    ),
    "before dialling one reads what to say first": (Stage.DIAL, BASE, {}, "who.known"),
    "he tells what is the matter": (Stage.LISTEN, BASE, {}, "listen.first"),
    "he tells what was not in order": (Stage.LISTEN, BASE, {"received": "no"}, "when.problem"),
    "one plays back the reason": (Stage.REASON, BASE, {}, "listen.play_back"),
    "he proposes first": (Stage.NEGOTIATE, BASE, {}, "negotiate.first"),
    "the demand stops": (Stage.STOP, BASE, {}, "stop.kindly"),
    "there is something wrong": (Stage.WHEN, BASE, {"received": "no"}, "when.problem"),
    "he pays": (Stage.AGREE, BASE, {"answers": (Answer.PROMISE,)}, "agree.promise"),
    "he pays the rest of what he disputes": (
        Stage.AGREE,
        BASE,
        {"answers": (Answer.DISPUTE, Answer.PROMISE), "undisputed": Money(162_000)},
        "agree.promise_rest",
    ),
    "he disputes": (Stage.AGREE, BASE, {"answers": (Answer.DISPUTE,)}, "agree.dispute"),
    "the recap": (Stage.RECAP, BASE, {"answers": (Answer.PROMISE,)}, "recap.intro"),
    "goodbye": (
        Stage.SAVE,
        BASE,
        {"outcome": Outcome.REACHED, "answers": (Answer.PROMISE,)},
        "closing.agreed",
    ),
}


@pytest.mark.parametrize(("stage", "speaking", "more", "moment"), LINES.values(), ids=LINES)
def test_the_line_when(stage, speaking, more, moment):
    assert line_for(stage, speaking, **more).moment == moment


WHOLE = (
    Stage.WHO,
    Stage.OPENING,
    Stage.RECEIVED,
    Stage.WHEN,
    Stage.AGREE,
    Stage.RECAP,
    Stage.SAVE,
)


def test_the_last_stage_stays():
    assert after(Stage.SAVE, WHOLE) is Stage.SAVE
    assert after(Stage.WHO, WHOLE) is Stage.OPENING


def test_back_is_always_possible_and_the_first_stage_stays():
    assert before(Stage.WHO, WHOLE) is Stage.WHO
    assert before(Stage.AGREE, WHOLE) is Stage.WHEN
    assert before(Stage.LISTEN, WHOLE) is Stage.WHO


PHASES = {
    "a first call": (
        {"broken": False, "incoming": False},
        "dial who opening received when listen reason negotiate agree recap save",
    ),
    "after a broken promise": (
        {"broken": True, "incoming": False},
        "dial who opening listen reason negotiate agree recap save",
    ),
    "somebody rings": (
        {"broken": False, "incoming": True},
        "who opening listen reason negotiate agree recap save",
    ),
    "who tells that he is ill": (
        {"broken": False, "incoming": False, "stopped": True},
        "dial who opening stop save",
    ),
}


@pytest.mark.parametrize(("how", "stages"), PHASES.values(), ids=PHASES)
def test_the_phases_of(how, stages):
    assert " ".join(phases(Outcome.REACHED, **how)) == stages
    assert phases(None, **how) == phases(Outcome.REACHED, **how)  # nobody has answered yet


@pytest.mark.parametrize("broken", [True, False])
def test_who_was_not_reached_has_no_phases_but_recording(broken):
    assert phases(Outcome.VOICEMAIL, broken=broken, incoming=False) == (Stage.DIAL, Stage.WHO, Stage.SAVE)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("speaking", [BASE, replace(BASE, broken=BROKEN), replace(BASE, incoming=True)])
def test_to_a_person_nothing_is_said_about_money_until_he_was_reached(stage, speaking):
    line = line_for(stage, replace(speaking, person=True), answers=(Answer.PROMISE,), received="yes")
    assert line.moment in WITHOUT_MONEY


def test_a_person_may_be_read_about_on_paper():
    assert line_for(Stage.WHEN, replace(BASE, person=True), on_paper=True).moment == "when.one"


def test_an_own_line_is_said():
    own = (OwnLine("nl", "recap.intro", "Samengevat."), OwnLine("nl", "greeting.morning", "Dag"))
    speaking = replace(BASE, own=own)
    assert line_for(Stage.RECAP, speaking).text == "Samengevat."
    assert line_for(Stage.WHO, speaking).text.startswith("Dag, u spreekt met")
    assert recap(REACHED, CASE, own=own)[0].text == "Samengevat."


def test_answers_go_together_but_a_refusal_stands_alone():
    both = toggled((Answer.DISPUTE,), Answer.PROMISE)
    assert both == (Answer.DISPUTE, Answer.PROMISE)
    assert toggled(both, Answer.DISPUTE) == (Answer.PROMISE,)
    assert toggled(both, Answer.REFUSAL) == (Answer.REFUSAL,)
    assert toggled((Answer.NOTHING,), Answer.PAID) == (Answer.PAID,)


def test_many_invoices_are_not_all_read_aloud():
    assert named(("1", "2", "3")) == "1, 2, 3"
    assert named(("1", "2", "3", "4")) == "1, 2, … 4"


CUES = {
    "a counter-proposal": (
        "nl",
        "negotiate.counter_share",
        {
            "amount": Money(50_000),
            "day": date(2026, 11, 27),
            "rest": Money(138_000),
            "limit": date(2026, 12, 11),
        },
        (
            "Als u op vrijdag 27 november 2026 al €\u00a0500,00 betaalt, kan de rest van €\u00a01.380,00 uiterlijk "
            "vrijdag 11 december 2026 volgen. Gaat u daarmee akkoord?"
        ),
    ),
    "instalments, counted": (
        "en",
        "negotiate.counter_parts",
        {"parts": 3, "amount": Money(50_000), "day": date(2026, 11, 27)},
        (
            "That takes too long for us. I can agree to 3 instalments of €500.00, the first on Friday 27 November 2026. "
            "Is that possible?"
        ),
    ),
    "a fact that is a sentence": (
        "nl",
        "ours.promise_who",
        {"who": say("reason.human_first"), "day": date(2026, 11, 27), "hour": "16:00"},
        "Ik bespreek het met Hier kijkt eerst een collega naar, en ik bel u op vrijdag 27 november 2026 om 16:00 terug.",
    ),
}


@pytest.mark.parametrize(("language", "moment", "facts", "text"), CUES.values(), ids=CUES)
def test_facts_are_written_out_in_the_debtors_language(language, moment, facts, text):
    assert cued(replace(BASE, language=language), moment, facts).text == text


CASE = Case(
    1,
    "Voorbeeld Bouw",
    DebtorKind.BUSINESS,
    "NL",
    "nl",
    "Europe/Amsterdam",
    invoices=(InvoiceFact(7, "2026-0398", None, date(2026, 11, 4), 64_000, 64_000),),
)
REACHED = CallReport(Outcome.REACHED)
RECAPS = {
    "a promise, with what it is for": (
        replace(REACHED, promise=PromiseSaid(((date(2026, 11, 27), 50_000),), yes=True, said="received_on")),
        (
            "Op vrijdag 27 november 2026 staat €\u00a0500,00 op onze rekening, per overschrijving.",
            "Dat is voor 2026-0398.",
        ),
    ),
    "a part that was not filled in is left out": (
        replace(REACHED, promise=PromiseSaid(((None, 50_000),), yes=False)),
        ("Dat is voor 2026-0398.",),
    ),
    "a call-back on the debtor's clock": (
        replace(REACHED, callback=CallbackSaid(datetime(2026, 11, 24, 9, 30, tzinfo=UTC))),
        ("Ik bel u terug op dinsdag 24 november 2026 om 10:30.",),
    ),
    "a dispute, with who answers": (
        replace(
            REACHED,
            dispute=DisputeSaid(((7, None),), "quality", owner="Pieter", answer_by=date(2026, 11, 26)),
        ),
        ("Van 2026-0398 betwist u €\u00a0640,00; Pieter antwoordt u uiterlijk donderdag 26 november 2026.",),
    ),
    "a dispute, and it is not known yet who answers": (
        replace(REACHED, dispute=DisputeSaid(((7, 20_000),), "quality", answer_by=date(2026, 11, 26))),
        ("Van 2026-0398 betwist u €\u00a0200,00; u hoort van ons uiterlijk donderdag 26 november 2026.",),
    ),
    "already paid": (
        replace(REACHED, claim=ClaimSaid(50_000, date(2026, 11, 20))),
        ("U betaalde €\u00a0500,00 op vrijdag 20 november 2026; wij kijken dat na.",),
    ),
    "also without an agreement": (REACHED, ("We spraken vandaag niets af. Ik leg vast wat we bespraken.",)),
    "a refusal": (
        replace(REACHED, refused=True),
        ("U betaalt nu niet. Dat leg ik zo vast, en u hoort hoe het verdergaat.",),
    ),
}


@pytest.mark.parametrize(("report", "said"), RECAPS.values(), ids=RECAPS)
def test_the_recap_of(report, said):
    lines = [line.text for line in recap(report, CASE, covers=(7,))]
    assert lines == ["Ik vat het even samen.", *said, "Klopt dat zo?"]


def test_the_recap_says_where_the_mail_goes():
    lines = [line.text for line in recap(replace(REACHED, confirm_to="an@example.org"), CASE)]
    assert "U krijgt dit meteen per mail, op an@example.org." in lines


def test_the_recap_says_not_at_once_of_a_mail_that_waits_for_a_mail_server():
    report = replace(REACHED, confirm_to="an@example.org")
    lines = [line.text for line in recap(report, CASE, mail_leaves=False)]
    assert lines[-2:] == ["U krijgt dit ook per mail, op an@example.org.", "Klopt dat zo?"]
