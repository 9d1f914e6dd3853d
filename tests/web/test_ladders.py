"""*Instellingen > Stappenplan*: a picture, a change that is shown before it holds, and where a dossier stands (H4)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from beluur.actions.plan_next_steps import plan_next_steps
from beluur.domain.ladder import Ladder, RungKind
from beluur.store.load import own_ladders
from beluur.store.models import Administration, Debtor, Membership
from beluur.web.forms.ladder import fingerprint
from tests.domain.ladders import BUSINESS, edited
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db
K = RungKind


@pytest.fixture
def world(data_folder, settings, monkeypatch) -> World:
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    return make_world()


@pytest.fixture
def owner(world) -> Client:
    client = Client()
    client.force_login(world.user)
    return client


def address(world: World, whom: str = "") -> str:
    here = reverse("settings-ladders", kwargs={"administration": world.slug})
    return f"{here}?voor={whom}" if whom else here


def form(ladder: Ladder, **over: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for rung in ladder.rungs:
        data |= {
            f"use_{rung.kind}": "1",
            f"after_{rung.kind}": str(rung.after_days),
            f"rest_{rung.kind}": str(rung.rest_days),
            f"needs_{rung.kind}": [k.value for k in rung.needs],
            f"channel_{rung.kind}": rung.channel.value,
            f"approver_{rung.kind}": rung.approver.value,
        }
    return {**data, "do": "look", **over}


LATER = edited(K.CALL, after_days=20)


def test_each_kind_of_debtor_has_its_picture(world, owner):
    for whom, day in (("nl_business", "dag 30"), ("be_consumer", "dag 45"), ("elsewhere", "dag 45")):
        page = owner.get(address(world, whom)).content.decode()
        assert day in page
        assert "eerste herinnering" in page
    assert owner.get(address(world, "be_consumer_agency")).status_code == 404, "we collect for nobody else"
    Administration.objects.update(kind="agency")
    assert "dag 17" in owner.get(address(world, "be_consumer_agency")).content.decode()


def test_a_change_is_shown_and_not_yet_saved(world, owner):
    debtor = world.debtor(phone="020 123 45 00")
    world.invoice(debtor, "F1", late=10)
    page = owner.post(address(world), form(LATER))
    text = page.content.decode()
    assert page.status_code == 200
    assert "1 van 1 dossiers krijgt een andere stap of een andere dag" in text
    assert fingerprint(LATER) in text
    assert own_ladders(world.id) == ()


def test_what_was_looked_at_is_saved(world, owner):
    answer = owner.post(address(world), form(LATER, do="save", seen=fingerprint(LATER)))
    assert answer.status_code == 302
    assert own_ladders(world.id)[0].rungs == LATER.rungs
    page = owner.get(address(world)).content.decode()
    assert "door Eva Eigenaar" in page


def test_what_was_not_looked_at_is_not_saved(world, owner):
    other = edited(K.CALL, after_days=25)
    page = owner.post(address(world), form(other, do="save", seen=fingerprint(LATER)))
    assert page.status_code == 200
    assert own_ladders(world.id) == ()
    assert fingerprint(other) in page.content.decode(), "it is shown first"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        pytest.param({"needs_call": ["call_again"]}, "Deze treden wachten op elkaar", id="a circle"),
        pytest.param({"use_handover": "", "use_notice": ""}, "Het plan heeft geen einde", id="no end"),
        pytest.param({"after_call": "straks"}, "kies 0 tot 365 dagen", id="days that are none"),
        pytest.param({"after_call": "-3"}, "kies 0 tot 365 dagen", id="days before"),
        pytest.param({"after_call": "99999999999"}, "kies 0 tot 365 dagen", id="more days than there are"),
        pytest.param({"approver_call": "nobody"}, "Dit akkoord past niet bij gesprek", id="calls by itself"),
    ],
)
def test_what_cannot_be_climbed_is_told_at_its_rung(world, owner, over, words):
    data = {k: v for k, v in form(LATER, **over).items() if v != ""}
    for do in ("look", "save"):
        page = owner.post(address(world), {**data, "do": do, "seen": fingerprint(LATER)})
        assert page.status_code == 422
        assert words in page.content.decode()
    assert own_ladders(world.id) == ()


def test_a_number_that_could_not_be_read_is_not_drawn_as_a_day(world, owner):
    page = owner.post(address(world), form(LATER, after_call="straks")).content.decode()
    assert "dag 0" not in page
    assert "Zoals het nu gaat" in page


def test_what_is_wrong_and_what_changes_stand_above_the_picture(world, owner):
    wrong = owner.post(address(world), form(LATER, after_call="straks")).content.decode()
    assert wrong.index('role="alert"') < wrong.index('id="picture"')
    right = owner.post(address(world), form(LATER)).content.decode()
    assert right.index('id="change"') < right.index('id="picture"')


def test_each_wrong_number_is_marked(world, owner):
    page = owner.post(address(world), form(LATER, after_call="straks", rest_notice="-1")).content.decode()
    for name in ("after_call", "rest_notice"):
        assert re.search(rf'name="{name}"[^>]* aria-invalid="true"', page), name
    assert page.count('aria-invalid="true"') == 2


def test_what_was_typed_stays(world, owner):
    page = owner.post(address(world), form(LATER, after_call="straks")).content.decode()
    assert 'value="straks"' in page


def test_an_empty_form_is_refused(world, owner):
    page = owner.post(address(world), {"do": "save"})
    assert page.status_code == 422
    assert "ten minste één trede" in page.content.decode()


def test_the_usual_plan_holds_again(world, owner):
    owner.post(address(world), form(LATER, do="save", seen=fingerprint(LATER)))
    assert owner.post(address(world), {"do": "reset"}).status_code == 302
    assert own_ladders(world.id) == ()


def test_only_the_owner_makes_the_plan(world, owner):
    Membership.objects.update(role="lead")
    assert owner.get(address(world)).status_code == 403
    assert owner.post(address(world), form(LATER)).status_code == 403


def test_unknown_kinds_do_not_exist(world, owner):
    assert owner.get(address(world, "mars")).status_code == 404


def test_the_form_as_it_stands_is_the_ladder(world, owner):
    """What the page shows and is sent back unchanged changes nothing."""
    page = owner.post(address(world), form(BUSINESS)).content.decode()
    assert "Geen dossier krijgt een andere stap" in page


def test_the_dossier_says_where_it_stands_and_what_comes(world, owner):
    debtor = world.debtor(phone="020 123 45 00", email="voorbeeld@example.org")
    world.invoice(debtor, "F1", late=3)
    plan_next_steps(world.id, NOW)
    page = owner.get(
        reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor})
    ).content.decode()
    assert "Als er niets gebeurt" in page
    assert "1e herinnering" in page
    assert "dan beslist een mens" in page
    assert "nu aan de beurt" in page
    assert Debtor.objects.get().step == "remind_first"


def test_who_owes_nothing_stands_nowhere(world, owner):
    debtor = world.debtor()
    page = owner.get(
        reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor})
    ).content.decode()
    assert "Als er niets gebeurt" not in page
