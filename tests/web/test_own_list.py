"""Whose calls a caller is led through (A1): his own and nobody's; who leads sees everyone's, with the name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beluur.actions.assign import assign
from beluur.actions.end_call import end_call
from beluur.domain.call_report import CallbackSaid, CallReport
from beluur.domain.case import Outcome
from beluur.queries.call_result import following
from tests.actions.calls import caller, opened
from tests.calls_world import business
from tests.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    """A world, its caller, and three debtors: his, a colleague's, nobody's; each with a name of its own."""
    world = make_world()
    bas, cees = caller(world), caller(world, "Cees Collega")
    own, other, nobody = (business(world) for _ in range(3))
    assign(world.doer, debtor_ids=[own], user_id=bas.user_id)
    assign(world.doer, debtor_ids=[other], user_id=cees.user_id)
    return world, bas, (own, other, nobody)


def rows(client, world, user_id, asked="") -> str:
    from beluur.store.models import User

    client.force_login(User.objects.get(id=user_id))
    return client.get(f"/a/{world.slug}/{asked}").content.decode()


def shown(page: str) -> set[int]:
    return {int(i) for i in re.findall(r'data-round="(\d+)"', page)}


def test_a_caller_begins_with_his_own_and_nobodys(client, team, monkeypatch):
    world, bas, (own, other, nobody) = team
    monkeypatch.setenv("BELUUR_NOW", world.now.isoformat())
    assert shown(rows(client, world, bas.user_id)) == {own, nobody}
    everyone = rows(client, world, bas.user_id, "?who=")
    assert shown(everyone) == {own, other, nobody}
    assert "van Cees Collega" in everyone


def test_who_leads_sees_everyones_with_the_name(client, team, monkeypatch):
    world, _, debtors = team
    monkeypatch.setenv("BELUUR_NOW", world.now.isoformat())
    page = rows(client, world, world.user.id)
    assert shown(page) == set(debtors)
    assert "van Bas Beller" in page


def test_on_a_holiday_it_is_not_the_hour_of_who_was_tried_before(client, team, monkeypatch):
    """Tried on Wednesday morning, to be tried again on Thursday afternoon; on Christmas Day one looks at the list."""
    world, bas, (own, _other, nobody) = team
    wednesday = replace(bas, at=world.now + timedelta(days=30))
    for debtor in (own, nobody):
        end_call(wednesday, opened(wednesday, debtor), CallReport(Outcome.NO_ANSWER))
    monkeypatch.setenv("BELUUR_NOW", datetime(2026, 12, 25, 10, 0, tzinfo=UTC).isoformat())
    page = rows(client, world, bas.user_id)
    assert "Als eerste bellen" in page
    assert "Nu bellen" not in page


@pytest.mark.parametrize(
    ("later", "chip"), [(2, "11:35"), (24, "ma 23 nov 11:35")], ids=["today", "missed yesterday"]
)
def test_a_call_back_stands_with_its_hour_and_one_of_yesterday_with_its_day(
    client, team, monkeypatch, later, chip
):
    world, bas, (own, *_) = team
    agreed = CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(world.now + timedelta(hours=2)))
    end_call(bas, opened(bas, own), agreed)
    monkeypatch.setenv("BELUUR_NOW", (world.now + timedelta(hours=later)).isoformat())
    page = rows(client, world, bas.user_id).replace("\xa0", " ")
    assert re.search(rf"</svg>\s*(<span>)?\s*{chip}\s*<", page)


def test_the_next_call_of_a_caller_is_not_a_colleagues(team):
    world, bas, (own, other, nobody) = team
    end_call(bas, opened(bas, nobody), CallReport(Outcome.NO_ANSWER))
    end_call(bas, opened(bas, own), CallReport(Outcome.NO_ANSWER))
    assert following(world.id, world.now, beside=own, own=bas.user_id).call is None
    left = following(world.id, world.now, beside=own).call
    assert left is not None
    assert left.id == other
