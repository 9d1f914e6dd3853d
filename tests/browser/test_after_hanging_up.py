"""From hanging up to the next call, by keyboard: two keys when all went normally; what one writes meanwhile is kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from beluur.actions.end_call import end_call
from beluur.store.models import Call
from tests.actions.calls import opened, promise
from tests.calls_world import business, consumer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hung_up(page, live_server, sign_in, world) -> int:
    """On the page of a call that just ended, with another to make."""
    consumer(world)
    call = opened(world.doer, business(world))
    end_call(world.doer, call, promise(500_00))
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/gesprek/{call}/")
    return call


def test_from_recording_to_the_next_call_is_two_keys(page, live_server, sign_in, world):
    consumer(world)
    debtor = business(world)
    call = opened(world.doer, debtor)
    Call.objects.filter(id=call).update(draft={"outcome": "no_answer", "stage": "save"})
    sign_in(page, world.user)
    page.goto(f"{live_server.url}/a/{world.slug}/gesprek/{call}/")
    expect(page.get_by_role("button", name="Vastleggen")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h2#done")).to_have_text("Vastgelegd")
    page.keyboard.press("Enter")
    expect(page.locator(".say__line")).to_be_visible()
    assert Call.objects.get(state="open").debtor.name == "Piet Particulier"


def test_what_is_written_is_kept_before_the_next_call_opens(page, world, hung_up, axe, troubles):
    axe(page)
    page.keyboard.press("e")
    page.keyboard.type(" Was vriendelijk.")
    page.keyboard.press("Escape")
    expect(page.locator("#report-kept")).to_contain_text("Bewaard")
    page.keyboard.press("e")
    page.keyboard.type(" Belt niet graag.")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator(".say__line")).to_be_visible()
    assert Call.objects.get(id=hung_up).note.endswith(" Was vriendelijk. Belt niet graag.")


def test_looking_back_takes_two_keys_and_does_not_stand_in_the_way(page, world, hung_up, axe, troubles):
    page.keyboard.press("b")
    expect(page.get_by_role("button", name="Langer luisteren")).to_be_visible()
    axe(page)
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="Langer luisteren")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".say__line")).to_be_visible()
    assert Call.objects.get(id=hung_up).review == {"went": "better", "differently": "listen_longer"}


def test_the_countdown_runs_only_for_who_starts_it_and_stops_for_who_writes(page, world, hung_up, troubles):
    page.clock.install()
    page.clock.run_for(60_000)
    assert page.url.endswith(f"/gesprek/{hung_up}/")
    page.keyboard.press("v")
    expect(page.locator("[data-left]")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("[data-left]")).to_be_hidden()
    page.clock.run_for(30_000)
    assert page.url.endswith(f"/gesprek/{hung_up}/")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.clock.run_for(16_000)
    expect(page.locator(".say__line")).to_be_visible()
