"""The script in a browser: accessible on each screen, and a line sounds while it is being typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from beluur.store.models import PlaybookLine
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def world(monkeypatch) -> World:
    monkeypatch.setattr("beluur.clock.now", lambda: NOW)
    return make_world()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_line_sounds_while_it_is_typed_and_is_kept(page, live_server, sign_in, world, axe, width):
    sign_in(page, world.user)
    page.set_viewport_size({"width": width, "height": 900})
    here = {"administration": world.slug}

    def look() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(live_server.url + reverse("settings-scripts", kwargs=here))
    look()
    page.get_by_role("link", name="Wie is aan de lijn: U kent nog geen naam").click()
    page.wait_for_url("**/belscript/**")
    example = page.locator("#script-example")
    page.get_by_label("Wat u zegt").fill("Goedendag, hier ")
    page.get_by_role("button", name="{caller}").click()
    example.get_by_text("Goedendag, hier Anna Voorbeeld").wait_for()
    look()
    page.keyboard.type(" over uw factuur")
    example.get_by_text("verraadt dat het over geld gaat").wait_for()
    page.get_by_role("button", name="Bewaar").click()
    page.locator("#id_say_error").wait_for()
    look()
    page.get_by_label("Wat u zegt").fill("Goedendag, hier {caller}.")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Terug naar onze regel").wait_for()
    look()
    assert PlaybookLine.objects.get().say == "Goedendag, hier {caller}."
