"""After hanging up, without a script: the report is a form, looking back two taps, the next call one key."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from beluur.actions.end_call import end_call
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.store.models import Call
from tests.actions.calls import caller, opened, promise
from tests.calls_world import business, consumer
from tests.rows import make_user
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def ended(world) -> int:
    call = opened(world.doer, business(world))
    end_call(world.doer, call, promise(500_00))
    return call


def url(world: World, name: str, call: int) -> str:
    return reverse(name, kwargs={"administration": world.slug, "call": call})


def page(client, world: World, call: int) -> str:
    return client.get(url(world, "call", call)).content.decode().replace("\xa0", " ")


def test_the_report_stands_ready_to_be_corrected(client, world, ended):
    shown = page(client, world, ended)
    assert re.search(r"<textarea[^>]*>De juiste persoon gesproken\. Alles is goed ontvangen\. Betaalt", shown)
    assert "€ 500,00 van € 2.140,00" in shown


def test_a_corrected_report_is_shown_again(client, world, ended):
    answer = client.post(
        url(world, "call-report", ended), {"text": "Belt <morgen>.", "key": "k1"}, follow=True
    )
    assert "Belt &lt;morgen&gt;." in answer.content.decode()
    assert Call.objects.get(id=ended).note == "Belt <morgen>."


def test_the_script_gets_a_new_key_each_time(client, world, ended):
    keys = []
    for n, text in enumerate(("Een.", "Twee.")):
        answer = client.post(
            url(world, "call-report", ended),
            {"text": text, "key": f"key-{n}"},
            headers={"HX-Request": "true"},
        )
        keys += re.findall(r'name="key" value="([^"]+)"', answer.content.decode())
    assert len(set(keys)) == 2
    assert Call.objects.get(id=ended).note == "Twee."


def test_an_empty_report_says_so_and_keeps_the_old_one(client, world, ended):
    before = Call.objects.get(id=ended).note
    answer = client.post(
        url(world, "call-report", ended), {"text": " ", "key": "k1"}, headers={"HX-Request": "true"}
    )
    assert "field__error" in answer.content.decode()
    assert Call.objects.get(id=ended).note == before


def test_two_taps_look_back(client, world, ended):
    first = client.post(url(world, "call-look-back", ended), {"went": "better", "key": "k1"}, follow=True)
    assert "Om een duidelijk ja vragen" in first.content.decode()
    client.post(
        url(world, "call-look-back", ended), {"went": "better", "differently": "ask_yes", "key": "k2"}
    )
    assert Call.objects.get(id=ended).review == {"went": "better", "differently": "ask_yes"}


def test_what_went_well_asks_for_nothing_more(client, world, ended):
    answer = client.post(url(world, "call-look-back", ended), {"went": "well", "key": "k1"}, follow=True)
    assert "De volgende keer" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        pytest.param("caller", False, id="another caller does not"),
        pytest.param("lead", True, id="who leads him does"),
        pytest.param("owner", True, id="the owner does"),
    ],
)
def test_how_he_looks_back_is_seen_by(client, world, role, seen):
    doer = caller(world)
    call = opened(doer, business(world))
    end_call(doer, call, CallReport(Outcome.NO_ANSWER))
    Call.objects.filter(id=call).update(review={"went": "better", "differently": "other_hour"})
    client.force_login(make_user(world.administration, role))
    shown = page(client, world, call)
    assert ("Op een ander uur bellen" in shown) is seen
    assert "<textarea" not in shown
    assert "Geen gehoor" in shown


def test_the_next_call_stands_with_what_is_left_of_the_golden_hours(client, world):
    consumer(world)
    call = opened(world.doer, business(world))
    end_call(world.doer, call, promise(500_00))
    shown = page(client, world, call)
    assert "Piet Particulier" in shown
    assert "Nog 115 minuten" in shown or "115" in shown
    assert re.search(r'data-seconds="15" hidden', shown)  # only with a script, and only when one starts it
