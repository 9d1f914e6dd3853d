"""Every page of an administration is closed to who is not signed in, and to who is no member."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from tests.rows import make_administration, make_debtor, make_invoice, make_user

DOOR = "a/<slug:administration>/"
SIGN_IN = "/aanmelden"
NOT_THIS_WAY = 405  # a page that only takes a form, or only shows
FOREIGN = 987_654  # the number of rows that exist elsewhere only

pytestmark = pytest.mark.database


def pages(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The pages of an administration: route and pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from pages(entry, route)
        elif route.startswith(DOOR):
            yield route, entry


PAGES = dict(pages())


def address(route: str, slug: str, number: int = 1) -> str:
    """The route with its gaps filled: numbers by ``number``, words by ``x``."""
    path = "/" + route.replace("<slug:administration>", slug)
    parts = []
    for part in path.split("/"):
        if part.startswith("<"):
            parts.append(str(number) if part.startswith("<int:") else "x")
        else:
            parts.append(part)
    return "/".join(parts)


def has_number(pattern: URLPattern) -> bool:
    """Whether the page is about one row."""
    return any(isinstance(c, IntConverter) for c in pattern.pattern.converters.values())


def test_there_are_pages():
    assert len(PAGES) > 20


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_sent_to_the_door(client, method):
    slug = make_administration().slug
    open_pages = []
    for route in PAGES:
        answer = getattr(client, method)(address(route, slug))
        to_the_door = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        if not to_the_door and answer.status_code != NOT_THIS_WAY:
            open_pages.append(f"{route}: {answer.status_code}")
    assert open_pages == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_no_member_does_not_learn_that_it_exists(client, method):
    administration = make_administration()
    client.force_login(make_user(make_administration()))
    open_pages = []
    for route in PAGES:
        answer = getattr(client, method)(address(route, administration.slug))
        if answer.status_code not in (404, NOT_THIS_WAY):
            open_pages.append(f"{route}: {answer.status_code}")
    assert open_pages == []


@pytest.mark.django_db
def test_a_row_of_another_administration_is_not_there(client):
    own, other = make_administration(), make_administration()
    make_user(other, id=FOREIGN)
    make_invoice(make_debtor(other, id=FOREIGN), id=FOREIGN)
    client.force_login(make_user(own))
    shown = []
    for route, pattern in PAGES.items():
        if has_number(pattern):
            answer = client.get(address(route, own.slug, FOREIGN))
            if answer.status_code not in (404, NOT_THIS_WAY):
                shown.append(f"{route}: {answer.status_code}")
    assert shown == []
