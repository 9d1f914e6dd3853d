"""The colleague's side of a request: a count in the menu, the case in short, and yes, another plan, or no."""

from __future__ import annotations

import re
from itertools import count

import pytest
from django.urls import reverse

from beluur.actions.ask_approval import ask_approval
from beluur.store.models import Approval, Membership
from tests.actions.calls import caller, opened
from tests.actions.test_approvals import SIX
from tests.calls_world import business, consumer
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
_keys = count(1)


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def asked(world: World) -> int:
    bas = caller(world)
    return ask_approval(bas, opened(bas, business(world)), SIX, words="betaalt altijd, maar laat")


def at(world: World, name: str, **gaps: int) -> str:
    return reverse(name, kwargs={"administration": world.slug, **gaps})


def badge(client, world: World) -> str:
    return client.get(at(world, "approvals-count")).content.decode()


def decide(client, world: World, asked: int, do: str, **changes: str):
    parts = {f"a{n}": "200,00" for n in range(1, 7)} | {
        f"d{n}": part.due.isoformat() for n, part in enumerate(SIX.parts, 1)
    }
    return client.post(
        at(world, "approval", approval_id=asked), {"key": f"k{next(_keys)}", "do": do, **parts, **changes}
    )


def test_while_a_colleague_speaks_the_menu_looks_often_for_he_may_ask(client, world):
    opened(world.doer, business(world))
    assert "every 30s" in badge(client, world)
    opened(caller(world), consumer(world))
    assert "every 2s" in badge(client, world)
    assert "every 2s" in client.get(at(world, "approvals")).content.decode()


def test_the_menu_counts_and_looks_often_only_while_somebody_waits(client, world):
    assert "every 30s" in badge(client, world)
    assert "nav__count" not in badge(client, world)
    bas = caller(world)
    ask_approval(bas, opened(bas, business(world)), SIX)
    assert "every 2s" in badge(client, world)
    today = client.get(at(world, "today")).content.decode()
    assert re.search(r'Akkoord <span class="nav__count">1</span>', today)


def test_a_caller_is_not_asked_unless_he_has_a_mandate_of_his_own(client, world, asked):
    cor = caller(world, "Cor Collega")
    client.force_login(Membership.objects.get(user_id=cor.user_id).user)
    assert "nav-approvals" not in badge(client, world)
    Membership.objects.filter(user_id=cor.user_id).update(mandate={"instalments": 12})
    assert "every 2s" in badge(client, world)


def test_during_a_call_nothing_is_polled(client, world, asked):
    debtor = business(world)
    call = opened(world.doer, debtor)
    assert "nav-approvals" not in client.get(at(world, "call", call=call)).content.decode()


def test_the_list_leads_to_the_case_in_short(client, world, asked):
    html = client.get(at(world, "approvals")).content.decode()
    assert f"/akkoord/{asked}" in html
    assert "every 2s" in html
    html = client.get(at(world, "approval", approval_id=asked)).content.decode().replace("\xa0", " ")
    for words in (
        "Voorbeeld Bouw",
        "betaalt altijd, maar laat",
        "€ 200,00",
        "6 termijnen is meer dan",
        "Nu te vragen",
    ):
        assert words in html


def test_yes(client, world, asked):
    answer = decide(client, world, asked, "approve")
    assert answer.url == at(world, "approvals")
    assert Approval.objects.get().state == "approved"


def test_another_plan(client, world, asked):
    decide(client, world, asked, "change", a1="700", a6="", d6="", a5="", d5="", a4="", d4="")
    row = Approval.objects.get()
    assert (row.state, [cents for _, cents in row.answer["parts"]]) == ("changed", [700_00, 200_00, 200_00])


def test_no_needs_a_reason(client, world, asked):
    answer = decide(client, world, asked, "refuse")
    assert answer.status_code == 422
    assert 'id="id_words_error"' in answer.content.decode()
    decide(client, world, asked, "refuse", words="eerst de oudste factuur")
    assert (Approval.objects.get().state, Approval.objects.get().why) == (
        "refused",
        "eerst de oudste factuur",
    )


def test_a_yes_to_other_parts_than_were_asked_is_held_back(client, world, asked):
    assert decide(client, world, asked, "approve", a1="500").status_code == 422
    assert Approval.objects.get().state == "asked"


@pytest.mark.parametrize("half", [{"d1": ""}, {"a1": ""}])
def test_half_a_part_is_refused_at_its_field(half, client, world, asked):
    answer = decide(client, world, asked, "change", **half)
    (field,) = half
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_an_open_page_hears_that_it_is_over(client, world, asked):
    state = at(world, "approval-state", approval_id=asked)
    assert "HX-Refresh" not in client.get(state).headers
    decide(client, world, asked, "approve")
    assert client.get(state).headers["HX-Refresh"] == "true"
    page = client.get(at(world, "approval", approval_id=asked)).content.decode()
    assert "Akkoord gegeven" in page
    assert 'name="do"' not in page
