"""Putting right what was recorded: at its field when it is refused, both versions on file, a corrected mail."""

from __future__ import annotations

from itertools import count

import pytest
from django.urls import reverse

from beluur.actions.end_call import end_call
from beluur.actions.open_call import open_call
from beluur.domain.call_report import CallbackSaid, CallReport, PromiseSaid
from beluur.domain.case import Outcome
from beluur.store.models import Call, Callback, Event, Message, Promise
from tests.calls_world import business
from tests.web.mail_rows import set_server
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db

_keys = count(1)
FRIDAY = TODAY.replace(day=27)


@pytest.fixture
def world(client) -> World:
    made = make_world()
    set_server(made)
    client.force_login(made.user)
    return made


def ended(world: World, **said) -> int:
    """A call that ended so; gives its id."""
    call = open_call(world.doer, business(world)).call_id
    end_call(world.doer, call, CallReport(Outcome.REACHED, confirm_to="m@example.org", **said))
    return call


def post(client, world: World, page: str, address: dict[str, int], /, **fields: str):
    url = reverse(page, kwargs={"administration": world.slug, **address})
    return client.post(url, {"key": f"key-{next(_keys)}", **fields})


PROMISED = PromiseSaid(((FRIDAY, 50_000),), yes=True)


def test_a_promise_changed_by_mail_keeps_both_and_mails_the_new_one(client, world):
    ended(world, promise=PROMISED)
    old = Promise.objects.get()
    Message.objects.update(state="sent")
    page = reverse("promise-change", kwargs={"administration": world.slug, "promise": old.id})
    assert 'value="500,00"' in client.get(page).content.decode()
    fields = {"a1": "640,00", "d1": "2026-11-30", "said": "received_on", "way": "transfer", "send": "on"}
    answer = post(client, world, "promise-change", {"promise": old.id}, why="Mail van vandaag", **fields)
    assert answer.status_code == 302
    new = Promise.objects.get(active=True)
    assert (new.cents, Promise.objects.get(id=old.id).replaced_by_id) == (64_000, new.id)
    assert Message.objects.order_by("-id")[0].replaces_id is not None


REFUSED = {
    "no reason": ({"why": ""}, "why"),
    "a day that has been": ({"d1": "2026-11-20"}, "d1"),
    "an amount that is none": ({"a1": "x"}, "a1"),
    "more than is open": ({"a1": "9000"}, "a1"),
}


@pytest.mark.parametrize(("typed", "field"), REFUSED.values(), ids=REFUSED)
def test_a_change_is_refused_at_its_field_for(client, world, typed, field):
    ended(world, promise=PROMISED)
    fields = {"a1": "640", "d1": "2026-11-30", "said": "pays_on", "way": "transfer", "why": "Mail"} | typed
    answer = post(client, world, "promise-change", {"promise": Promise.objects.get().id}, **fields)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Promise.objects.get().active


def test_a_promise_is_withdrawn(client, world):
    ended(world, promise=PROMISED)
    post(client, world, "promise-withdraw", {"promise": Promise.objects.get().id}, why="Verkeerde klant")
    assert not Promise.objects.get().active
    assert Message.objects.get().state == "withdrawn"  # it had not left yet


MOVES = {
    "another hour": ({"day": "2026-11-25", "hour": "9u30"}, 1),
    "it is off": ({"off": "on"}, 0),
}


@pytest.mark.parametrize(("typed", "left"), MOVES.values(), ids=MOVES)
def test_a_call_back_moves_when(client, world, typed, left):
    ended(world, callback=CallbackSaid(NOW.replace(day=24)))
    old = Callback.objects.get()
    post(client, world, "callback-change", {"callback": old.id}, why="Hij mailde", **typed)
    assert Callback.objects.filter(state="open").count() == left
    assert Callback.objects.get(id=old.id).state == "corrected"


def test_a_call_back_needs_its_hour(client, world):
    ended(world, callback=CallbackSaid(NOW.replace(day=24)))
    answer = post(
        client, world, "callback-change", {"callback": Callback.objects.get().id}, day="2026-11-25", why="x"
    )
    assert 'id="id_hour_error"' in answer.content.decode()


def test_a_wrong_outcome_is_recorded_anew(client, world):
    call = ended(world, promise=PROMISED)
    page = reverse("call-correct", kwargs={"administration": world.slug, "call": call})
    assert 'value="500,00"' in client.get(page).content.decode()
    fields = {"outcome": "voicemail", "result": "nothing", "said": "pays_on", "way": "transfer"}
    answer = post(client, world, "call-correct", {"call": call}, why="Was de voicemail", **fields)
    assert answer.status_code == 302
    assert Call.objects.get(id=call).corrected_by.outcome == "voicemail"
    assert not Promise.objects.filter(active=True).exists()
    assert Event.objects.filter(kind="call_corrected").count() == 1


def test_a_wrong_amount_is_recorded_anew(client, world):
    call = ended(world, promise=PROMISED)
    fields = {
        "outcome": "reached",
        "result": "promise",
        "a1": "640",
        "d1": "2026-11-27",
        "said": "pays_on",
        "way": "transfer",
    }
    post(client, world, "call-correct", {"call": call}, why="Verkeerd getypt", **fields)
    assert Promise.objects.get(active=True).cents == 64_000


def test_the_dossier_leads_to_these_forms(client, world):
    ended(world, promise=PROMISED)
    promise = Promise.objects.get()
    page = client.get(reverse("dossier", kwargs={"administration": world.slug, "debtor": promise.debtor_id}))
    assert f"toezeggingen/{promise.id}" in page.content.decode()
