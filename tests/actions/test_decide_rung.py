"""A rung that asks for the lead or the owner: on his list, not done before his yes, and on record (H4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beluur.actions.decide_rung import decide_rung
from beluur.actions.plan_next_steps import plan_debtors, plan_next_steps
from beluur.actions.record_reminder import record_reminder
from beluur.actions.save_ladder import save_ladder
from beluur.actions.set_stop import set_stop
from beluur.domain.ladder import Approver, RungKind
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.queries.rungs import rung_of, rungs_waiting
from beluur.store.models import Call, Debtor, Membership, Reminder, RungDecision
from beluur.values.problem import Refused
from tests.actions.calls import caller, timeline
from tests.domain.ladders import edited
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)
NOTICE, HANDOVER = RungKind.NOTICE, RungKind.HANDOVER


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    """Spoken to twice, the last time ten days ago, and nothing came: what comes next is the formal notice."""
    debtor = world.debtor(phone="020 123 45 00", email="a@kruimel.example")
    world.invoice(debtor, "F1", 500_00, late=45)
    for ago in (20, 10):
        Call.objects.create(
            administration_id=world.id, debtor_id=debtor, state="ended", opened_at=NOW - ago * DAY,
            ended_at=NOW - ago * DAY, lease_until=NOW - ago * DAY, outcome="reached", result="nothing",
        )  # fmt: skip
    plan_debtors(world.id, [debtor], NOW)
    assert Debtor.objects.get().step == "decide"
    return debtor


def notice(doer, debtor: int) -> int:
    return record_reminder(
        doer, debtor_id=debtor, level=NOTICE_LEVEL, on=TODAY, today=TODAY, channel="letter"
    )


def lead(world: World):
    doer = caller(world, "Lies Leiding")
    Membership.objects.filter(user_id=doer.user_id).update(role="lead")
    return doer


def test_it_is_on_the_list_of_the_lead_and_of_the_owner_and_not_of_a_caller(world, debtor):
    for role in ("lead", "owner"):
        (row,) = rungs_waiting(world.id, role, TODAY)
        assert (row.debtor_id, row.rung, row.approver) == (debtor, NOTICE, Approver.LEAD)
    assert rungs_waiting(world.id, "caller", TODAY) == ()
    assert rungs_waiting(make_world("ander").id, "owner", TODAY) == ()


def test_before_the_yes_a_caller_cannot_do_it_and_after_it_he_can(world, debtor):
    bas = caller(world)
    with pytest.raises(Refused, match="not_let_out"):
        notice(bas, debtor)
    assert not Reminder.objects.exists()
    decide_rung(lead(world), debtor, NOTICE, granted=True)
    assert rungs_waiting(world.id, "owner", TODAY) == ()
    notice(bas, debtor)
    told = [line.replace("\xa0", " ") for line in timeline(debtor)]
    assert "Akkoord gegeven: aanmaning" in told
    assert "- Met het akkoord van Lies Leiding van ma 23 nov 2026" in told
    assert Debtor.objects.get().step_on > TODAY


def test_the_owner_does_it_on_his_own_authority_and_that_is_said(world, debtor):
    notice(world.doer, debtor)
    assert timeline(debtor)[-1] == "- Eva Eigenaar gaf daarvoor zelf het akkoord"


def test_a_caller_gives_no_yes_and_a_lead_none_that_is_the_owners(world, debtor):
    with pytest.raises(Refused, match="not_let_out"):
        decide_rung(caller(world), debtor, NOTICE, granted=True)
    with pytest.raises(Refused, match="not_let_out"):
        decide_rung(lead(world), debtor, HANDOVER, granted=True)
    assert not RungDecision.objects.exists()


def test_what_asks_nobody_is_not_decided_and_a_caller_does_it(world, debtor):
    save_ladder(world.doer, edited(NOTICE, approver=Approver.CALLER))
    plan_next_steps(world.id, NOW)
    assert rungs_waiting(world.id, "owner", TODAY) == ()
    with pytest.raises(Refused, match="nobody_asked"):
        decide_rung(world.doer, debtor, NOTICE, granted=True)
    notice(caller(world), debtor)


def test_not_yet_says_why_and_is_asked_again_on_its_day(world, debtor):
    with pytest.raises(Refused) as without:
        decide_rung(world.doer, debtor, NOTICE, granted=False)
    assert without.value.field == "words"
    with pytest.raises(Refused) as gone:
        decide_rung(world.doer, debtor, NOTICE, granted=False, words="Eerst bellen", until=TODAY)
    assert gone.value.field == "until"
    decide_rung(world.doer, debtor, NOTICE, granted=False, words="Eerst bellen", until=TODAY + 3 * DAY)
    waits = [bool(rungs_waiting(world.id, "lead", TODAY + n * DAY)) for n in (0, 2, 3)]
    assert waits == [False, False, True]
    with pytest.raises(Refused, match="not_let_out"):
        notice(caller(world), debtor)
    assert "“Eerst bellen”" in timeline(debtor) or "Nog geen akkoord: aanmaning" in timeline(debtor)


def test_a_yes_holds_for_this_climb_alone(world, debtor):
    decide_rung(world.doer, debtor, NOTICE, granted=True)
    Debtor.objects.update(oldest_due=TODAY - 40 * DAY)
    with pytest.raises(Refused, match="not_let_out"):
        notice(caller(world), debtor)


def test_a_handover_waits_for_the_owner(world, debtor):
    bas = caller(world)
    with pytest.raises(Refused, match="not_let_out"):
        set_stop(bas, debtor_id=debtor, stop="handed_over", reason="naar de advocaat")
    set_stop(bas, debtor_id=debtor, stop="vulnerable", reason="ziek")
    set_stop(world.doer, debtor_id=debtor, stop="handed_over", reason="naar de advocaat")
    assert Debtor.objects.get().stop == "handed_over"


def test_the_same_form_twice_decides_once(world, debtor):
    for _ in range(2):
        decide_rung(replace(world.doer, key="k"), debtor, NOTICE, granted=True)
    assert RungDecision.objects.count() == 1


def url(name: str, world: World, **more: int) -> str:
    return reverse(name, kwargs={"administration": world.slug, **more})


def test_on_the_screen(world, debtor, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    client = Client()
    client.force_login(world.user)
    page = client.get(url("approvals", world)).content.decode()
    assert "Stappen die op uw akkoord wachten" in page
    assert 'aria-current="page"' in page
    refused = client.post(url("rung", world, debtor=debtor), {"do": "refuse", "words": "", "key": "k1"})
    assert refused.status_code == 422
    assert client.post(url("rung", world, debtor=debtor), {"do": "grant", "key": "k2"}).status_code == 302
    assert "akkoord gegeven" in client.get(url("dossier", world, debtor=debtor)).content.decode()
    assert rung_of(world.id, debtor, "owner", TODAY).decided.granted


def test_who_comes_after_a_colleague_is_led_to_the_list(world, debtor, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    client = Client()
    client.force_login(world.user)
    Debtor.objects.filter(id=debtor).update(step="wait_promise")
    answer = client.get(url("rung", world, debtor=debtor), follow=True)
    assert answer.redirect_chain == [(url("approvals", world), 302)]
    assert "wacht geen stap meer op een akkoord" in answer.content.decode()
    assert client.get(url("rung", world, debtor=debtor + 999)).status_code == 404


def test_a_caller_reads_who_decides(world, debtor, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    bas, client = caller(world), Client()
    client.force_login(Membership.objects.get(user_id=bas.user_id).user)
    page = client.get(url("rung", world, debtor=debtor)).content.decode()
    assert "Hierover beslist" in page
    assert 'name="do"' not in page
    dossier = client.get(url("dossier", world, debtor=debtor)).content.decode()
    assert "daarover beslist de leiding" in dossier
    assert "Aanmaning verstuurd" not in dossier
