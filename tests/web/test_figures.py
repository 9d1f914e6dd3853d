"""*Cijfers*: what each part says, to whom, and the calls behind it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from beluur.store.models import CallReason, User
from tests.actions.calls import caller
from tests.queries.test_figures import call, promised
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    return world.debtor("Voorbeeld Bouw")


def page(client, world: World, asked: str = "", user: User | None = None) -> str:
    client.force_login(user or world.user)
    answer = client.get(f"/a/{world.slug}/cijfers/{asked}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_before_the_first_call_it_says_what_will_stand_there(client, world):
    assert "Nog geen gesprekken in deze periode" in page(client, world)


def test_on_few_calls_it_says_how_many_it_takes_and_gives_no_percentage(client, world, debtor):
    for _ in range(3):
        call(world, debtor)
    text = page(client, world)
    assert "Juiste persoon" in text
    assert "3 van 3" in text
    assert "Te weinig gesprekken om iets te zeggen: per regel zijn er 20 nodig." in text
    assert "100 %" not in text


def test_where_some_lines_have_enough_the_others_say_what_they_lack(client, world, debtor):
    for n in range(20):
        call(world, debtor, "reached" if n < 10 else "no_answer", slot="0930")
    call(world, debtor)
    text = page(client, world)
    assert "10 van 20 50 % 29 tot 71 %" in text
    assert "1 van 1 te weinig om iets te zeggen, nog 19 nodig" in text


def test_a_difference_says_whether_it_is_more_than_chance(client, world, debtor):
    for n in range(60):
        call(world, debtor, "reached" if n % 3 else "busy", slot="0930")
        call(world, debtor, "busy" if n % 3 else "reached")
    assert "In de gouden beluren komt de juiste persoon vaker aan de lijn: 67 % tegen 33 %." in page(
        client, world
    )


def test_money_by_currency(client, world, debtor):
    promised(call(world, debtor), "kept", 100_00)
    promised(call(world, debtor), "broken", 50_00)
    promised(call(world, debtor), "broken", 70_00, currency="GBP")
    text = page(client, world)
    assert "Van € 150,00 toegezegd stond € 100,00 op de controledatum op de rekening." in text
    assert re.search(r"Van (GBP|£)\s?70,00 toegezegd", text)


def test_a_caller_sees_his_own_and_everyones_and_no_colleague(client, world, debtor):
    bas = User.objects.get(id=caller(world).user_id)
    call(world, debtor)
    call(world, debtor, caller=bas, review={"went": "well", "differently": ""})
    assert "2 keer gebeld" in page(client, world, user=bas)
    assert "1 keer gebeld" in page(client, world, "?wie=ik", user=bas)
    assert "Bij alle gesprekken samen staat niet wie" in page(client, world, user=bas)
    assert world.user.name not in page(client, world, "?wie=ik", user=bas)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("gebeld", 2),
        ("opgenomen", 1),
        ("bereikt", 1),
        ("eindigde.promise", 1),
        ("eindigde.nothing", 0),
        ("oordeel.kept", 1),
        ("oordeel.broken", 0),
        ("uur.0930", 1),
        ("uur.anders", 1),
        ("dag.6", 2),
        ("dag.0", 0),
        ("soort.business", 2),
        ("soort.consumer", 0),
        ("reden.not_received", 1),
        ("voorstel.debtor", 1),
        ("antwoord.no", 0),
        ("doel.reached", 1),
        ("terug.well", 0),
    ],
)
def test_the_calls_behind_a_figure(client, world, debtor, what, found):
    made = call(
        world, debtor, result="promise", slot="0930", reached={"grade": "reached"}, review={"went": "well"}
    )
    promised(made, proposed_by="debtor")
    CallReason.objects.create(
        administration_id=world.id, debtor_id=debtor, call=made, code="not_received", at=NOW
    )
    call(world, debtor, "no_answer")
    call(make_world("ander"), make_world("derde").debtor("Van een ander"))
    text = page(client, world, f"gesprekken/?wat={what}")
    assert text.count("Voorbeeld Bouw") == found
    assert "Van een ander" not in text
    assert "[" not in text.split("Terug naar")[0].split("Gesprekken")[-1]


def test_how_one_looked_back_leads_to_ones_own_calls_only(client, world, debtor):
    bas = User.objects.get(id=caller(world).user_id)
    call(world, debtor, review={"went": "well", "differently": "calmer"})
    for what in ("terug.well", "anders.calmer"):
        assert "Voorbeeld Bouw" in page(client, world, f"gesprekken/?wie=ik&wat={what}")
        assert "Voorbeeld Bouw" not in page(client, world, f"gesprekken/?wat={what}")
        assert "Voorbeeld Bouw" not in page(client, world, f"gesprekken/?wie=ik&wat={what}", user=bas)


@pytest.mark.parametrize("what", ["iets.anders", "dag.x", "dag.9", "uur.nu", "oordeel.", "doel.heel goed"])
def test_no_such_figure(client, world, what):
    client.force_login(world.user)
    assert client.get(f"/a/{world.slug}/cijfers/gesprekken/?wat={what}").status_code == 404


@pytest.mark.parametrize("asked", ["", "gesprekken/?wat=gebeld"])
def test_as_many_queries_however_many_calls(client, world, debtor, count_queries, asked):
    client.force_login(world.user)
    promised(call(world, debtor, result="promise"))
    counts = []
    for _ in range(2):
        with count_queries() as counted:
            client.get(f"/a/{world.slug}/cijfers/{asked}")
        counts.append(len(counted))
        for n in range(30):
            promised(call(world, world.debtor(f"D{n}"), result="promise"))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Figures", "Too few calls to say anything")), ("fr", ("Chiffres", "Trop peu d’appels"))],
)
def test_in_the_language_of_the_user(client, world, debtor, language, words):
    call(world, debtor)
    User.objects.filter(id=world.user.id).update(language=language)
    text = page(client, world, user=User.objects.get(id=world.user.id))
    assert all(word in text for word in words)
