"""What the journeys share: a Monday morning, the demo administration made once, and a page that tells what went wrong."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import Locator, Page, expect

from tests.rows import MOMENT
from tests.world import World, make_world

PATIENCE = 15_000  # milliseconds


@pytest.fixture(autouse=True)
def _patience(request: pytest.FixtureRequest) -> None:
    """How long to wait for what should appear: longer than a busy machine takes, shorter than a person bears."""
    expect.set_options(timeout=PATIENCE)
    if "page" in request.fixturenames:
        request.getfixturevalue("page").set_default_timeout(PATIENCE)


@pytest.fixture(autouse=True)
def _keys_are_heard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key waits until the page has loaded: before that nobody listens, and on a busy machine it would be lost."""
    if "page" not in request.fixturenames:
        return
    page = request.getfixturevalue("page")

    def after(wait: Callable[[], None], act: Callable[..., None]) -> Callable[..., None]:
        def heard(keys: str, **options: Any) -> None:
            wait()
            act(keys, **options)

        return heard

    for name, wait in (
        ("press", page.wait_for_load_state),
        ("down", page.wait_for_load_state),
        ("type", lambda: still(page)),
    ):
        monkeypatch.setattr(page.keyboard, name, after(wait, getattr(page.keyboard, name)))


def still(page: Page) -> None:
    """Until no answer is on its way: one that comes while one types takes the field away, or the focus."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


@pytest.fixture(autouse=True)
def _filled_in_what_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field is filled in when no answer is on its way."""

    def once_still(fill: Callable[..., None]) -> Callable[..., None]:
        def filled(place: Page | Locator, *told: Any, **options: Any) -> None:
            still(place if isinstance(place, Page) else place.page)
            fill(place, *told, **options)

        return filled

    for kind in (Page, Locator):
        monkeypatch.setattr(kind, "fill", once_still(kind.fill))


@pytest.fixture(autouse=True)
def _late_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """With BELUUR_LATE=700 each answer comes up to 700 ms late: shows the journey that goes on before it is there."""
    late = int(os.environ.get("BELUUR_LATE", "0"))
    if late:
        at_once = BaseHandler.get_response

        def later(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
            answer = at_once(handler, request)
            sleep(random.uniform(0, late) / 1000)
            return answer

        monkeypatch.setattr(BaseHandler, "get_response", later)


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday 23 November 2026, 09:35 in Amsterdam: in the golden hours."""
    monkeypatch.setenv("BELUUR_NOW", MOMENT.isoformat())


@pytest.fixture
def world() -> World:
    """An administration and its owner; a test that needs more in it has a fixture of this name itself."""
    return make_world()


@pytest.fixture
def at_work(page: Page, live_server: Any, sign_in: Any, world: World) -> Callable[..., None]:
    """Signed in; ``at_work(path)`` goes there."""
    sign_in(page, world.user)

    def go(path: str = "") -> None:
        page.goto(f"{live_server.url}/a/{world.slug}/{path}")

    return go


@pytest.fixture
def demo(demo_folder: Path, live_server: Any, settings: Any) -> Any:
    """The demo administration in the test's database; a change to it is gone with the test."""
    from django.db import connection

    from beluur.store.models import Administration

    if connection.vendor != "sqlite":
        pytest.skip("the demo is copied as a file of SQLite")
    with (
        closing(sqlite3.connect(demo_folder / "beluur.sqlite3")) as made,
        closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as here,
    ):
        made.backup(here)
    shutil.copytree(demo_folder / "documents", Path(settings.DATA) / "documents", dirs_exist_ok=True)
    return Administration.objects.get(kind="demo")


@pytest.fixture
def demo_user(demo: Any) -> Any:
    """The owner of the demo."""
    from beluur.store.models import User

    return User.objects.get(email="demo@beluur.example")


@pytest.fixture
def troubles(page: Any) -> Iterator[list[str]]:
    """What the browser complained of: errors of scripts, the console, requests that failed. Empty at the end of the test."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on("console", lambda said: said.type == "error" and heard.append(f"{page.url}: {said.text}"))
    yield heard
    assert without_aborted(heard) == []


def without_aborted(heard: list[str]) -> list[str]:
    """Without the pair that htmx writes when a newer answer takes the place of one that was still asked for."""
    left = list[str]()
    for said in heard:
        if "htmx:sendAbort" in said and left and "htmx:afterRequest" in left[-1]:
            left.pop()
        else:
            left.append(said)
    return left
