"""Every page opens on the demonstration, wide and on a phone, and axe finds nothing wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.urls import URLResolver, get_resolver

from beluur import clock
from beluur.store import models
from tests.rows import make_user

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DOOR = "a/<slug:administration>/"
NOT_HTML = (".xlsx", ".pdf", ".svg", ".eml")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """All routes under a resolver."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            yield route


def some(model: type[Model], **which: Any) -> Callable[[int], int]:
    """A row of this kind in an administration."""

    def find(administration: int) -> int:
        rows: Any = model._default_manager.filter(administration_id=administration, **which)
        return rows.values_list("id", flat=True).order_by("id").first() or 0

    return find


EXAMPLES: dict[str, Callable[[int], int]] = {
    "call": some(models.Call, state="ended"),
    "callback": some(models.Callback, state="open"),
    "claim": some(models.PaidClaim, state="open"),
    "contact": some(models.Contact),
    "debtor": some(models.Debtor, step="call"),
    "dispute": some(models.Dispute, state="open"),
    "document": some(models.Document),
    "instalment": some(models.Instalment),
    "intake": some(models.Intake),
    "invoice": some(models.Invoice),
    "level": lambda _: 1,
    "merge": some(models.Merge),
    "message": some(models.Message),
    "payment": some(models.Payment),
    "promise": some(models.Promise, active=True),
    "task": some(models.Task),
    "user": lambda administration: models.Membership.objects.filter(
        administration_id=administration
    ).values_list("user_id", flat=True)[0],
}


def addresses(administration: models.Administration) -> list[str]:
    """The pages of an administration that can be shown with the rows it has."""
    found = []
    for route in routes(get_resolver()):
        if not route.startswith(DOOR) or route.endswith(NOT_HTML):
            continue
        path = "/" + route.replace("<slug:administration>", administration.slug)
        for name, example in EXAMPLES.items():
            if f"<int:{name}>" in path:
                number = example(administration.id)
                path = path.replace(f"<int:{name}>", str(number)) if number else ""
        if path and "<" not in path:
            found.append(path)
    return found


@pytest.fixture
def demo(transactional_db: None) -> models.Administration:
    """The demonstration, as a newcomer gets it."""
    from beluur.actions.demo import make_demo

    made = make_demo(clock.now())
    return models.Administration.objects.get(slug=made.slug)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "on a phone"])
def test_every_page_opens_and_is_accessible(demo, live_server, page, sign_in, size):
    from tests.axe import violations

    user = make_user(demo)
    page.set_viewport_size(size)
    sign_in(page, user)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda said: errors.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    wrong: list[str] = []
    for path in ["/", *addresses(demo)]:
        answer = page.request.get(live_server.url + path)
        if answer.status in (404, 405):
            continue  # takes forms only, or this row has no such page now
        if answer.status != 200:
            wrong.append(f"{path}: {answer.status}")
        elif "<title>" in answer.text() and "sandbox" not in answer.headers["content-security-policy"]:
            page.goto(live_server.url + path)
            wrong += [f"{path}: {line}" for line in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{path}: scrolls sideways")
    assert wrong + errors == []
