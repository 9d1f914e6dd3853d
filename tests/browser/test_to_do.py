"""*Taken* by keyboard: j and k move, g is done, b answers, Enter opens the dossier; the focus stays where it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.store.models import Task
from tests.queries.test_to_do import dispute, task
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def world(sign_in, page) -> World:
    world = make_world()
    sign_in(page, world.user)
    return world


def test_the_list_is_worked_off_without_a_mouse(page, live_server, world):
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    for n in range(3):
        task(world, debtor, NOW - timedelta(hours=9 - n), what=f"taak {n}")
    contested = dispute(world, debtor)
    page.goto(f"{live_server.url}/a/{world.slug}/taken/")
    focused = page.locator("[data-row]:has([data-open]:focus)")
    assert "taak 0" in focused.inner_text()
    page.keyboard.press("j")
    assert "taak 1" in focused.inner_text()
    page.keyboard.press("g")
    page.wait_for_url("**/taken/?at=1")
    assert [t.what for t in Task.objects.filter(done_at=None).order_by("at")] == ["taak 0", "taak 2"]
    assert "taak 2" in focused.inner_text()
    page.keyboard.press("j")
    page.keyboard.press("b")
    page.wait_for_url(f"**/betwistingen/{contested}?**")
    page.go_back()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/debiteuren/{debtor}/")
