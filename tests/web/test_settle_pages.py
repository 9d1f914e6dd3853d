"""What a person decides from the dossier: a last day that is taken back, and a promise under reservation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beluur.domain.call_report import CallReport, UltimatumSaid
from beluur.domain.case import Outcome
from beluur.store.models import Event, Promise, Ultimatum
from tests.actions.calls import hold_call, promise
from tests.world import TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def client(world) -> Client:
    client = Client()
    client.force_login(world.user)
    return client


@pytest.fixture
def debtor(world) -> int:
    i = world.debtor("Bakkerij Proefkruimel", phone="020 123 45 00")
    world.invoice(i, "F1", 100_00, late=10)
    return i


def at(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


def test_a_last_day_is_shown_and_taken_back_with_a_reason(client, world, debtor):
    said = UltimatumSaid(TODAY + timedelta(days=4), 100_00, "notice")
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, refused=True, ultimatum=said))
    dossier = at(world, "dossier", debtor=debtor)
    page = shown(client, dossier)
    assert "een formele aanmaning" in page
    assert "Hij heeft tot en met vr 27 nov 2026 om te betalen" in page
    url = at(world, "ultimatum-withdraw", ultimatum=Ultimatum.objects.get().id)
    assert url in page
    assert "laatste dag intrekken" in shown(client, url)
    assert client.post(url, {"why": "", "key": "k0"}).status_code == 422
    assert Ultimatum.objects.get().state == "open"
    answer = client.post(url, {"why": "Factuur was te laat", "key": "k1"})
    assert answer.status_code == 302
    assert answer.url.startswith(dossier)
    assert Ultimatum.objects.get().state == "withdrawn"
    page = shown(client, dossier)
    assert url not in page
    assert "Factuur was te laat" in page


@pytest.mark.parametrize(
    ("how", "why", "status", "left"),
    [
        pytest.param("granted", "", 302, (True, False, ""), id="granted"),
        pytest.param("refused", "Te laat", 302, (False, True, "refused"), id="refused, with the reason"),
        pytest.param("refused", "", 422, (True, True, ""), id="refused without a reason: nothing happens"),
        pytest.param("anders", "", 422, (True, True, ""), id="neither: nothing happens"),
    ],
)
def test_a_promise_under_reservation_is_marked_and_decided(client, world, debtor, how, why, status, left):
    hold_call(world.doer, debtor, promise(100_00, reserved=True))
    page = shown(client, at(world, "dossier", debtor=debtor))
    url = at(world, "promise-settle", promise=Promise.objects.get().id)
    assert "onder voorbehoud" in page
    assert url in page
    assert client.post(url, {"how": how, "why": why, "key": "k1"}).status_code == status
    row = Promise.objects.get()
    assert (row.active, row.reserved, row.ended_because) == left
    decided = Event.objects.filter(kind__in=("promise_granted", "promise_refused")).count()
    assert decided == (1 if status == 302 else 0)
    assert (url in shown(client, at(world, "dossier", debtor=debtor))) is (status == 422)
