"""*Agenda* on the screen, and one's own calendar elsewhere."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from beluur.actions.change_member import remove_member
from beluur.store.models import CalendarFeed, CallBlock, Receipt
from tests.queries.test_calendar import callback, dispute, hold, promise, task
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def debtor(world: World) -> int:
    debtor = world.debtor("Bakkerij Proefkruimel")
    world.invoice(debtor, "F1", 500_00)
    return debtor


def at(world: World, name: str = "agenda") -> str:
    return reverse(name, kwargs={"administration": world.slug})


def page(client, world: World, query: str = "") -> str:
    return client.get(at(world) + query).content.decode()


def new_address(client, world: World, **fields: str) -> str:
    html = client.post(at(world, "agenda-address"), {"key": "k1", **fields}).content.decode()
    return re.search(r'value="(http[^"]+\.ics)"', html).group(1)


def read(address: str) -> Calendar:
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def test_late_stands_first_then_the_days_of_the_week(client, world, debtor):
    promise(world, debtor, TODAY - DAY)
    callback(world, debtor, NOW + DAY)
    html = page(client, world)
    places = [
        html.index(text) for text in ("Te laat", "maandag 23 november", "dinsdag 24 november", "Terugbellen")
    ]
    assert places == sorted(places)
    assert html.count("data-row") == 2
    assert "80,00" in html


@pytest.mark.parametrize(
    "query", ["", "?beeld=maand", "?wie=allen", "?dag=2026-12-07", "?dag=onzin", "?dag=0001-01-01"]
)
def test_each_look_answers(query, client, world, debtor):
    for owe in (promise, hold, callback, task, dispute):
        owe(world, debtor)
    assert client.get(at(world) + query).status_code == 200


def test_a_month_tells_how_much_more_there_is_on_a_day(client, world, debtor):
    for n in range(5):
        task(world, debtor, NOW + (n + 1) * HOUR)
    html = page(client, world, "?beeld=maand")
    assert html.count('class="month__row"') == 3
    assert "en nog 2" in html


def test_everyones_is_by_person(client, world, debtor):
    task(world, debtor, NOW + HOUR)
    task(world, debtor, NOW + 2 * HOUR, owner=make_user(world.administration, name="Bo Beller"))
    assert "Bo Beller" not in page(client, world)
    names = re.findall(r'due__who">([^<]+)<', page(client, world, "?wie=allen"))
    assert names == ["Bo Beller", "Eva Eigenaar"]


def test_call_blocks_stand_with_their_day(client, world):
    block(world)
    assert re.search(r"maandag 23 november.{0,300}13:30–15:30", page(client, world), re.DOTALL)


def test_on_a_public_holiday_nobody_calls_by_plan(client, world):
    """Whit Monday is on 17 May 2027, the Monday before it is a day like any."""
    block(world)
    assert "13:30–15:30" in page(client, world, "?dag=2027-05-10")
    assert "13:30–15:30" not in page(client, world, "?dag=2027-05-17")
    (calls,) = read(new_address(client, world)).events
    assert date(2027, 5, 17) in {d.dt.date() for times in calls["exdate"] for d in times.dts}


def test_a_week_with_call_blocks_only_is_not_empty(client, world):
    block(world)
    assert "Voor u staat in deze dagen niets" not in page(client, world)


def block(world: World) -> None:
    CallBlock.objects.create(
        administration_id=world.id, user=world.user, weekday=0, starts=time(13, 30), ends=time(15, 30)
    )


def test_a_page_costs_the_same_however_full(client, world, debtor, count_queries):
    promise(world, debtor)
    page(client, world, "?wie=allen")
    with count_queries() as few:
        page(client, world, "?wie=allen")
    for n in range(12):
        for owe in (callback, task):
            owe(world, debtor, NOW + n * HOUR)
        for owe in (promise, hold, dispute):
            owe(world, debtor)
    with count_queries() as many:
        page(client, world, "?wie=allen")
    assert len(many) == len(few)


def test_the_address_tells_names_and_kinds_and_nothing_else(client, world, debtor):
    promise(world, debtor, TODAY + DAY, words="na de verbouwing")
    block(world)
    calendar = read(new_address(client, world))
    due, calls = calendar.events
    assert str(due["summary"]) == "Controle van een toezegging: Bakkerij Proefkruimel"
    assert "rrule" in calls
    text = calendar.to_ical().decode()
    assert "verbouwing" not in text
    assert "80" not in re.sub(r"\d{8}T\d{6}Z?|UID:.*", "", text)


def test_amounts_and_reasons_are_told_when_that_was_ticked(client, world, debtor):
    promise(world, debtor, TODAY + DAY, words="na de verbouwing")
    (due,) = read(new_address(client, world, tells="on")).events
    assert "na de verbouwing" in due["description"]
    assert "80,00" in due["description"]


def test_only_the_hash_is_kept_and_the_address_is_shown_once(client, world):
    address = new_address(client, world)
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 43
    kept = f"{CalendarFeed.objects.values().get()} {Receipt.objects.values().get()}"
    assert secret not in kept
    assert secret not in page(client, world)
    again = client.post(at(world, "agenda-address"), {"key": "k1"}, follow=True).content.decode()
    assert "wordt maar één keer getoond" in again
    assert Client().get(address).status_code == 200


def test_a_new_address_ends_the_one_before(client, world):
    old = new_address(client, world)
    client.post(at(world, "agenda-address"), {"key": "k2"})
    assert Client().get(old).status_code == 404


def test_an_address_that_was_withdrawn_gives_nothing(client, world):
    address = new_address(client, world)
    client.post(at(world, "agenda-address-drop"), {"key": "k2"})
    assert Client().get(address).status_code == 404


def test_who_leaves_takes_no_address_along(client, world):
    other = make_user(world.administration, role="caller")
    his = Client()
    his.force_login(other)
    address = new_address(his, world)
    assert Client().get(address).status_code == 200
    remove_member(world.doer, user_id=other.id)
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("change", ["secret", "house"])
def test_an_address_opens_one_door(change, client, world):
    address = new_address(client, world)
    make_world("ander")
    wrong = address.replace("/proef/", "/ander/") if change == "house" else address.replace(".ics", "x.ics")
    assert Client().get(wrong).status_code == 404


def test_what_is_a_colleagues_is_not_in_it(client, world, debtor):
    task(world, debtor, NOW + DAY, owner=make_user(world.administration))
    assert read(new_address(client, world)).events == []


def test_ten_queries_however_full(client, world, debtor, count_queries):
    address = new_address(client, world)
    for n in range(12):
        for owe in (callback, task):
            owe(world, debtor, NOW + n * HOUR)
        promise(world, debtor, TODAY + n * DAY)
    with count_queries() as counted:
        assert len(read(address).events) == 36
    assert len(counted) == 10


def test_the_file_is_the_same_for_who_is_signed_in(client, world, debtor):
    callback(world, debtor)
    answer = client.get(at(world, "agenda-file"))
    assert len(Calendar.from_ical(answer.content).events) == 1
    assert Client().get(at(world, "agenda-file")).status_code == 302


def test_days_without_anything_are_one_quiet_line_and_today_its_own(client, world, debtor):
    callback(world, debtor, NOW + DAY)
    lines = re.findall(r"due__quiet[^>]*>([^<]+)<", page(client, world))
    assert lines == [
        "maandag 23 november (vandaag) · niets",
        "woensdag 25 november – zondag 29 november · niets",
    ]


def test_who_has_nothing_is_told_once_and_is_led_to_everyones(client, world, debtor):
    task(world, debtor, NOW + HOUR, owner=make_user(world.administration, name="Bo Beller"))
    html = page(client, world)
    assert html.count("niets") == 1
    assert f'href="?dag={TODAY}&amp;wie=allen"' in html.split("</nav>")[-1]
    assert "Bo Beller" in page(client, world, f"?dag={TODAY}&wie=allen")
