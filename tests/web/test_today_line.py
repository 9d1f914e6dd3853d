"""The line of the day over *Vandaag*: which day it shows, and that nothing is called now of what is for a later day."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from beluur.store.models import Debtor
from tests.calls_world import business
from tests.world import make_world

pytestmark = pytest.mark.django_db

CASES = {
    "in the golden hours": (
        datetime(2026, 11, 23, 8, 35, tzinfo=UTC),
        "De dag: nu 09:35, 0 gesprekken gedaan; gouden beluren 09:30–11:30 13:30–15:30",
        "Nu bellen",
    ),
    "on a Friday after the last slot the line is of Monday": (
        datetime(2026, 11, 27, 16, 3, tzinfo=UTC),
        "ma 30 nov 2026; gouden beluren 09:30–11:30 13:30–15:30",
        "Als eerste bellen",
    ),
    "before the day begins": (
        datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
        "De dag, 0 gesprekken gedaan; gouden beluren 09:30–11:30 13:30–15:30",
        "Als eerste bellen",
    ),
}


@pytest.mark.parametrize(("now", "said", "label"), CASES.values(), ids=CASES)
def test_the_line_says_its_day_and_the_first_call_when_it_is(client, monkeypatch, now, said, label):
    monkeypatch.setenv("BELUUR_NOW", now.isoformat())
    world = make_world()
    business(world)
    client.force_login(world.user)
    page = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    (line,) = re.findall(r'<svg role="img" aria-label="(De dag[^"]*|[a-z]{2} \d[^"]*)"', page)
    assert line.replace("\xa0", " ") == said
    (next_label,) = re.findall(r'<p class="next__label">([^<]*)', page)
    assert next_label.strip() == label


def test_only_of_a_company_one_asks_for_the_accounts_desk(client, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", datetime(2026, 11, 23, 8, 35, tzinfo=UTC).isoformat())
    world = make_world()
    debtor = world.debtor("Jo Fictief", phone="+31201234561")
    world.invoice(debtor, "F1", 500_00, late=9)
    client.force_login(world.user)
    asks = dict[str, bool]()
    for kind in ("business", "consumer"):
        Debtor.objects.update(kind=kind)
        page = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
        asks[kind] = "vraag naar de crediteurenadministratie" in page
    assert asks == {"business": True, "consumer": False}
