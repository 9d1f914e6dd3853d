"""*Taken* on the screen: mine or everyone's, done from the row, back where one was."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from beluur.actions.change_member import remove_member
from beluur.actions.set_stop import set_stop
from beluur.store.models import Dispute, Event, Task
from tests.queries.test_to_do import dispute, task
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


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


def page(client, world: World, query: str = "") -> str:
    return client.get(reverse("to-do", kwargs={"administration": world.slug}) + query).content.decode()


def test_an_empty_list_says_what_will_stand_there(client, world):
    assert "U bent niemand iets verschuldigd" in page(client, world)
    assert "Niemand is nog iets verschuldigd" in page(client, world, "?wie=allen")


def test_late_is_a_word_with_an_icon(client, world, debtor):
    task(world, debtor, NOW - HOUR, what="pakbon mailen")
    html = page(client, world)
    assert "pakbon mailen" in html
    assert "Te laat" in html
    assert re.search(r'state--attention">\s*<svg', html)
    assert "08:35" in html


def test_mine_and_everyones(client, world, debtor):
    task(world, debtor, what="van mij")
    task(world, debtor, what="van een ander", owner=make_user(world.administration))
    assert "van een ander" not in page(client, world)
    assert "van mij" in page(client, world)
    assert "van een ander" in page(client, world, "?wie=allen")


def test_the_menu_counts_what_is_for_today(client, world, debtor):
    task(world, debtor, NOW - HOUR)
    task(world, debtor, NOW + 48 * HOUR)
    dispute(world, debtor)
    today = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    assert re.search(r'Taken <span class="nav__count">2</span>', today)


def test_done_from_the_list_goes_back_to_the_row_where_one_was(client, world, debtor):
    for n in range(3):
        task(world, debtor, NOW + n * HOUR, what=f"taak {n}")
    html = page(client, world)
    rows = re.findall(r"<li data-row.*?</li>", html, re.DOTALL)
    action, key, back = re.search(
        r'action="([^"]+)".*?name="key" value="([^"]+)".*?name="next" value="([^"]+)"', rows[1], re.DOTALL
    ).groups()
    answer = client.post(action, {"key": key, "next": back.replace("&amp;", "&")}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/taken/?at=1")
    html = answer.content.decode()
    assert "taak 1" not in re.sub(r'<div class="messages".*', "", html, flags=re.DOTALL)
    assert re.search(r"autofocus><b>.*?taak 2", html, re.DOTALL)
    assert Event.objects.filter(kind="task_done").count() == 1


def test_a_colleague_who_leaves_leaves_no_debts_of_his_own(client, world, debtor):
    gone = make_user(world.administration)
    task(world, debtor, owner=gone)
    dispute(world, debtor, owner_user=gone)
    remove_member(world.doer, user_id=gone.id)
    assert (Task.objects.get().owner_id, Dispute.objects.get().owner_user_id) == (None, None)
    assert page(client, world).count("<li data-row") == 2


def test_a_page_costs_the_same_however_long_the_list(client, world, debtor, count_queries):
    task(world, debtor)
    dispute(world, debtor, TODAY)
    page(client, world)
    with count_queries() as few:
        page(client, world)
    for n in range(12):
        task(world, debtor, NOW + n * HOUR)
        dispute(world, debtor, TODAY)
    with count_queries() as many:
        page(client, world)
    assert len(many) == len(few)


def test_a_delivery_is_asked_about_and_answered_from_the_list(client, world, debtor):
    ask = reverse("delivery-ask", kwargs={"administration": world.slug, "debtor": debtor})
    assert (
        "vraag een collega hoe de levering ging"
        in client.get(
            reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor})
        ).content.decode()
    )
    fields = {"key": "k1", "name": "Tim", "to": "tim@transport.example", "question": "Alles droog?"}
    answer = client.post(ask, fields, follow=True)
    assert "Vraag aan Tim: Alles droog?" in answer.content.decode()
    html = page(client, world)
    assert "vraag aan Tim: Alles droog?" in html
    link = re.search(r'href="([^"]*levering[^"]*)"', html).group(1)
    answer = client.post(link, {"key": "k2", "note": "Alles was droog."}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/taken/?at=0")
    assert (
        "Alles was droog."
        in client.get(
            reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor})
        ).content.decode()
    )


@pytest.mark.parametrize(("left_out", "field"), [("question", "question"), ("to", "to"), ("name", "user")])
def test_a_question_is_refused_at_its_field_without(left_out, field, client, world, debtor):
    ask = reverse("delivery-ask", kwargs={"administration": world.slug, "debtor": debtor})
    fields = {"key": "k", "name": "Tim", "to": "tim@transport.example", "question": "Alles droog?"}
    answer = client.post(ask, fields | {left_out: ""})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_what_somebody_must_look_at_first_opens_its_dossier(client, world, debtor):
    set_stop(world.doer, debtor_id=debtor, stop="vulnerable", reason="de dochter schreef")
    html = page(client, world)
    link = re.search(r'href="([^"]*)" data-key="b"', html)
    assert link
    assert "Kijk hier eerst zelf naar" in html
    assert client.get(link[1]).status_code == 200
