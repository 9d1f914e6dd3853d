"""Absence and deputy: what a colleague owed and had to call is at his deputy's with his name, and comes back with him."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.actions.assign import assign
from beluur.store.models import Callback, User
from tests.browser.desk import fill, headline
from tests.queries.test_to_do import task
from tests.rows import make_user
from tests.world import NOW, TODAY, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def bas(world: World) -> User:
    """He promised to mail a delivery note, and to call back at a quarter to ten."""
    bas = make_user(world.administration, "caller", name="Bas Beller")
    debtor = world.debtor(phone="020 123 45 00")
    world.invoice(debtor, "F1", 500_00, late=20)
    Callback.objects.create(
        administration_id=world.id, debtor_id=debtor, at=NOW + timedelta(minutes=10), by=bas, made_at=NOW
    )
    assign(world.doer, debtor_ids=[debtor], user_id=bas.id)
    task(world, debtor, what="de pakbon mailen", owner=bas)
    return bas


def test_absence_and_deputy(
    page: Any, live_server: Any, sign_in: Any, axe: Any, world: World, bas: User
) -> None:
    home = f"{live_server.url}/a/{world.slug}/"
    sign_in(page, bas)
    page.goto(f"{home}instellingen/afwezigheid")
    fill(page, last="2026-11-27", deputy=str(world.user.id))
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Eva Eigenaar neemt waar")).to_be_visible()
    page.goto(f"{home}taken/")
    expect(page.get_by_text("U staat als afwezig tot en met")).to_be_visible()

    sign_in(page, world.user)
    page.goto(f"{home}?who={world.user.id}")
    expect(page.get_by_text("U neemt waar voor Bas Beller, tot en met")).to_be_visible()
    following = page.locator(".next")
    expect(following).to_contain_text("Bakkerij Proefkruimel")
    expect(following).to_contain_text("voor Bas Beller")
    expect(following).to_contain_text("09:45")
    page.goto(f"{home}taken/")
    expect(page.locator("main [data-row]")).to_contain_text("de pakbon mailen")
    expect(page.locator("main [data-row]")).to_contain_text("voor Bas Beller")

    page.goto(f"{home}agenda/")
    expect(page.get_by_text("U neemt waar voor Bas Beller")).to_be_visible()
    expect(page.locator("main [data-row]")).to_have_count(2)
    for row in page.locator("main [data-row]").all():
        expect(row).to_contain_text("voor Bas Beller")
    axe(page)

    sign_in(page, bas)
    page.goto(f"{home}taken/")
    page.get_by_role("button", name="Ik ben terug").click()
    expect(page.get_by_text("het werk staat weer bij wie het hoort")).to_be_visible()
    assert headline(page) == "Taken"
    expect(page.locator("main [data-row]")).to_contain_text("de pakbon mailen")
    sign_in(page, world.user)
    page.goto(f"{home}taken/")
    expect(page.get_by_text("de pakbon mailen")).to_have_count(0)
    page.goto(f"{home}agenda/")
    expect(page.get_by_text("de pakbon mailen")).to_have_count(0)
    page.goto(f"{home}?who={world.user.id}")
    expect(page.get_by_text("Bakkerij Proefkruimel")).to_have_count(0)


def test_one_cannot_choose_who_is_away_too(page, live_server, sign_in, world, bas):
    from beluur.actions.set_absence import set_absence

    set_absence(world.doer, user_id=bas.id, first=TODAY, last=TODAY, deputy_id=world.user.id)
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/instellingen/afwezigheid")
    fill(page, user=str(world.user.id), first="2026-11-23", last="2026-11-27", deputy=str(bas.id))
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("neemt op een van deze dagen zelf waar")).to_be_visible()
