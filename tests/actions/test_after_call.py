"""After hanging up: the report that was written, what was reached of the goal, and looking back."""

from __future__ import annotations

import pytest

from beluur.actions.end_call import end_call
from beluur.actions.review_call import review_call
from beluur.actions.rewrite_note import LONGEST, rewrite_note
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.domain.kept_goal import goal_of, said_of
from beluur.queries.call_result import call_result
from beluur.queries.to_correct import call_to_correct
from beluur.store.models import Call, User
from beluur.values.problem import Refused
from beluur.words import render
from tests.actions.calls import call_of, caller, hold_call, opened, promise, timeline
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world) -> int:
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1", 300_00)
    return i


def words_of(world, ended):
    return call_result(world.id, ended.call_id).words


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


# -- the report ---------------------------------------------------------------------------------------------------------


def test_when_nothing_was_typed_the_report_is_what_was_written(world, debtor):
    ended = hold_call(world.doer, debtor, promise(300_00))
    assert plain(call_of(ended).note) == (
        "De juiste persoon gesproken. Alles is goed ontvangen. Betaalt € 300,00 op vr 27 nov 2026."
    )


def test_it_is_written_in_the_callers_language(world, debtor):
    User.objects.filter(id=world.user.id).update(language="fr")
    ended = hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER))
    assert call_of(ended).note == "Pas de réponse au 020 123 4500."


def test_what_was_typed_is_the_report_and_stands_under_what_is_proposed(world, debtor):
    ended = hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER, note="Hond blafte."))
    assert call_of(ended).note == "Hond blafte."
    assert words_of(world, ended).report("nl") == "Geen gehoor op 020 123 4500.\n\nHond blafte."


def test_rewriting_keeps_what_stood_there_in_the_history(world, debtor):
    ended = hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER, note="Hond blafte."))
    assert rewrite_note(world.doer, ended.call_id, "Niemand thuis.\r\n")
    assert call_of(ended).note == "Niemand thuis."
    assert words_of(world, ended).report("nl") == "Niemand thuis."
    assert words_of(world, ended).typed == "Hond blafte."
    assert timeline(debtor)[-1] == "Gespreksverslag herschreven"


def test_the_same_text_changes_nothing(world, debtor):
    ended = hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER))
    assert not rewrite_note(world.doer, ended.call_id, call_of(ended).note)
    assert "Gespreksverslag herschreven" not in timeline(debtor)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("  \n", "general.required", id="nothing"),
        pytest.param("x" * (LONGEST + 1), "by_hand.too_long", id="too long"),
    ],
)
def test_a_report_is_refused_when_it_is(world, debtor, text, code):
    ended = hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER))
    with pytest.raises(Refused) as refused:
        rewrite_note(world.doer, ended.call_id, text)
    assert (refused.value.sentence.code, refused.value.field) == (code, "text")


def test_a_colleague_does_not_rewrite_it(world, debtor):
    ended = hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER))
    with pytest.raises(Refused) as refused:
        rewrite_note(caller(world), ended.call_id, "Anders.")
    assert refused.value.sentence.code == "note.not_yours"


def test_a_call_that_runs_has_no_report_yet(world, debtor):
    with pytest.raises(Refused):
        rewrite_note(world.doer, opened(world.doer, debtor), "Te vroeg.")


def test_who_corrects_a_call_gets_only_his_own_words_back(world, debtor):
    ended = hold_call(world.doer, debtor, promise(300_00))
    assert call_to_correct(world.id, ended.call_id).note == ""
    rewrite_note(world.doer, ended.call_id, "Betaalt vrijdag.")
    assert call_to_correct(world.id, ended.call_id).note == "Betaalt vrijdag."


# -- the goal -----------------------------------------------------------------------------------------------------------


def test_the_goal_is_kept_with_how_far_one_would_go(world, debtor):
    call = Call.objects.get(id=opened(world.doer, debtor))
    goal = goal_of(call.goal)
    assert (goal.ask_cents, goal.instalments) == (300_00, 1)
    assert goal.fallback is not None


def test_what_was_reached_of_the_goal_is_kept_and_told(world, debtor):
    ended = hold_call(world.doer, debtor, promise(100_00))
    kept = call_of(ended).reached
    assert (kept["grade"], kept["agreed_cents"], kept["ask_cents"]) == ("partly", 100_00, 300_00)
    assert plain(render(said_of(kept)[0])) == (
        "Doel ten dele gehaald: € 100,00 van € 300,00, het laatste op vr 27 nov 2026"
    )
    assert "- Doel ten dele gehaald: € 100,00 van € 300,00, het laatste op vr 27 nov 2026" in timeline(debtor)


def test_who_was_not_spoken_has_no_result_of_the_goal(world, debtor):
    assert call_of(hold_call(world.doer, debtor, CallReport(Outcome.NO_ANSWER))).reached == {}


def test_a_goal_of_before_the_fallback_was_kept_can_still_be_compared(world, debtor):
    row = Call.objects.get(id=opened(world.doer, debtor))
    row.goal = {"ask_cents": 300_00, "limit_date": "2026-12-07", "instalments": 1}
    row.save()
    end_call(world.doer, row.id, promise(300_00))
    row.refresh_from_db()
    assert row.reached["grade"] == "reached"


# -- looking back -------------------------------------------------------------------------------------------------------


def test_looking_back_is_kept_and_not_told_on_the_timeline(world, debtor):
    ended = hold_call(world.doer, debtor, promise(300_00))
    before = timeline(debtor)
    review_call(world.doer, ended.call_id, went="better", differently="ask_yes")
    assert call_of(ended).review == {"went": "better", "differently": "ask_yes"}
    assert timeline(debtor) == before


def test_looking_back_can_be_taken_back(world, debtor):
    ended = hold_call(world.doer, debtor, promise(300_00))
    review_call(world.doer, ended.call_id, went="well")
    review_call(world.doer, ended.call_id, went="")
    assert call_of(ended).review == {}


@pytest.mark.parametrize(
    ("went", "differently"),
    [
        pytest.param("so-so", "", id="an answer that there is not"),
        pytest.param("better", "leave_message", id="a choice that does not fit who was spoken"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(world, debtor, went, differently):
    ended = hold_call(world.doer, debtor, promise(300_00))
    with pytest.raises(Refused):
        review_call(world.doer, ended.call_id, went=went, differently=differently)
    assert call_of(ended).review == {}


def test_nobody_looks_back_on_the_call_of_another(world, debtor):
    ended = hold_call(world.doer, debtor, promise(300_00))
    with pytest.raises(Refused) as refused:
        review_call(caller(world), ended.call_id, went="well")
    assert refused.value.sentence.code == "look_back.not_yours"
