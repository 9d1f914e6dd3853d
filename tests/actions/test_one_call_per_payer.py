"""One desk pays for several debtors (B6): a try in vain counts for all, and the call is about each of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.correct_callback import correct_callback
from beluur.actions.end_call import end_call
from beluur.actions.set_payer_group import set_payer_group
from beluur.domain.call_report import CallbackSaid, CallReport
from beluur.domain.case import Outcome
from beluur.queries.call_result import following
from beluur.queries.call_screen import call_screen
from beluur.queries.today import today
from beluur.store.models import Call, Callback, Debtor
from tests.actions.calls import caller, hold_call, later, opened, promise, timeline
from tests.calls_world import business
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def desk(world):
    """Two debtors of one group and one of his own; the ids."""
    alfa, beta, other = (business(world) for _ in range(3))
    for debtor in (alfa, beta):
        set_payer_group(world.doer, debtor_id=debtor, name="Holding")
    return alfa, beta, other


def to_call(world):
    view = today(world.id, world.now)
    return {call.id for group in view.groups for call in group.calls}


@pytest.mark.parametrize(
    ("report", "left"),
    [
        pytest.param(
            CallReport(Outcome.NO_ANSWER), False, id="no answer: the desk is not rung again at once"
        ),
        pytest.param(CallReport(Outcome.VOICEMAIL), False, id="voicemail: nor then"),
        pytest.param(CallReport(Outcome.GATEKEEPER), False, id="the reception only: nor then"),
        pytest.param(promise(), True, id="spoken: the other one is still to be spoken about"),
    ],
)
def test_a_try_counts_for_whom_the_desk_pays(world, desk, report, left):
    alfa, beta, other = desk
    hold_call(world.doer, alfa, report)
    assert (beta in to_call(world)) is left
    assert other in to_call(world)
    assert Call.objects.filter(debtor_id=beta, state="ended").exists() is not left


def test_his_timeline_says_with_whom_the_desk_was_rung(world, desk):
    alfa, beta, _ = desk
    hold_call(world.doer, alfa, CallReport(Outcome.VOICEMAIL))
    told = timeline(beta)
    assert told[-2:] == [
        "Gebeld: voicemail",
        "- Samen met Voorbeeld Bouw: één gesprek voor wie samen betalen",
    ]


def test_a_wrong_number_is_of_one_of_them(world, desk):
    alfa, beta, _ = desk
    hold_call(world.doer, alfa, CallReport(Outcome.NUMBER_INVALID))
    assert not Call.objects.filter(debtor_id=beta).exists()


def test_what_was_agreed_with_another_of_them_stands(world, desk):
    alfa, beta, _ = desk
    hold_call(
        world.doer,
        beta,
        CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(world.now + timedelta(hours=3))),
    )
    hold_call(world.doer, alfa, CallReport(Outcome.NO_ANSWER), overrule="Zij zijn er nu wel")
    assert Call.objects.filter(debtor_id=beta).count() == 1


def in_three_hours(world):
    return CallReport(
        Outcome.GATEKEEPER, callback=CallbackSaid(world.now + timedelta(hours=3), who="mevrouw Proef")
    )


def stands(debtor_id):
    return Debtor.objects.values_list("step", "step_at").get(id=debtor_id)


def test_the_others_come_along_at_the_hour_that_the_reception_gave(world, desk):
    alfa, beta, other = desk
    hold_call(world.doer, alfa, in_three_hours(world))
    at = world.now + timedelta(hours=3)
    assert stands(alfa) == stands(beta) == ("call_back", at)
    assert stands(other)[0] != "call_back"
    assert timeline(beta)[-1].startswith("- Terugbellen")
    call = today(world.id, world.now).groups
    with_both = [row for group in call for row in group.calls if row.id in (alfa, beta)]
    assert [len(row.group) for row in with_both] == [1], "one call, about both"


def test_a_call_back_in_vain_moves_on_for_all_who_were_in_it(world, desk):
    alfa, beta, _ = desk
    hold_call(world.doer, alfa, in_three_hours(world))
    then = later(world.doer, minutes=185)
    hold_call(then, alfa, CallReport(Outcome.NO_ANSWER))
    assert stands(alfa) == stands(beta)
    assert stands(beta)[1] > then.at
    assert Callback.objects.filter(debtor_id=beta, state="open").count() == 1


@pytest.mark.parametrize(
    "hours", [pytest.param(5, id="to a later hour"), pytest.param(None, id="off altogether")]
)
def test_a_call_back_that_is_changed_is_changed_for_all_who_come_along(world, desk, hours):
    alfa, beta, _ = desk
    hold_call(world.doer, alfa, in_three_hours(world))
    old = Callback.objects.get(debtor_id=alfa)
    at = world.now + timedelta(hours=hours) if hours else None
    correct_callback(later(world.doer, minutes=1), old.id, at=at, why="Zij belden")
    left = [
        list(Callback.objects.filter(debtor_id=d, state="open").values_list("at", flat=True))
        for d in (alfa, beta)
    ]
    assert left == [[at] if at else []] * 2


def test_a_call_back_that_was_made_good_with_one_is_still_to_be_made_for_the_other(world, desk):
    alfa, beta, _ = desk
    hold_call(world.doer, alfa, in_three_hours(world))
    hold_call(later(world.doer, minutes=185), alfa, promise())
    assert stands(beta) == ("call_back", world.now + timedelta(hours=3))


def test_a_shared_try_is_one_call_of_the_day(world, desk):
    alfa, _, other = desk
    hold_call(world.doer, alfa, CallReport(Outcome.NO_ANSWER))
    assert (today(world.id, world.now).done, len(today(world.id, world.now).done_at)) == (1, 1)
    hold_call(later(world.doer, minutes=4), other, CallReport(Outcome.NO_ANSWER))
    assert today(world.id, later(world.doer, minutes=5).at).done == 2


def test_who_has_a_colleague_on_the_line_is_left_alone(world, desk):
    alfa, beta, _ = desk
    call = opened(world.doer, alfa)
    opened(caller(world), beta)
    end_call(later(world.doer, minutes=2), call, CallReport(Outcome.NO_ANSWER))
    assert [c.state for c in Call.objects.filter(debtor_id=beta)] == ["open"]


def test_the_call_shows_for_whom_else_the_desk_pays_and_the_next_is_one_of_them(world, desk):
    alfa, beta, _ = desk
    call = opened(world.doer, alfa)
    screen = call_screen(world.id, call, world.now)
    assert [(other.id, other.open.cents) for other in screen.together] == [(beta, 214_000)]
    end_call(world.doer, call, promise())
    after = following(world.id, world.now, beside=alfa)
    assert after.call is not None
    assert after.call.id == beta
    assert after.same_payer
    of_beta = call_screen(world.id, opened(world.doer, beta), world.now)
    assert of_beta.together == (), "of whom was spoken already, nothing is asked again"
