"""Somebody who works through the call screen with plain forms, and what he reads there."""

from __future__ import annotations

import re
from itertools import count

from django.urls import reverse

from beluur.store.models import Call
from tests.world import World

_keys = count(1)


class Caller:
    """Somebody who works through the screen with plain forms."""

    def __init__(self, client, world: World, debtor: int, **how: str) -> None:
        self.client, self.world, self.debtor = client, world, debtor
        self.answer = self.post("call-open", {"debtor": debtor}, **how)
        self.call = Call.objects.filter(debtor_id=debtor, state="open").values_list("id", flat=True).first()

    def url(self, name: str, **rest) -> str:
        return reverse(name, kwargs={"administration": self.world.slug, **rest})

    def post(self, page: str, address: dict[str, int], /, **fields: str):
        return self.client.post(
            self.url(page, **address), {"key": f"key-{next(_keys)}", **fields}, follow=True
        )

    def go(self, where: str, **fields: str) -> str:
        """Presses a button; gives the page as text."""
        return self.post("call-note", {"call": self.call}, go=where, **fields).content.decode()

    def live(self, **fields: str) -> str:
        """What the screen answers while one types."""
        return self.post("call-live", {"call": self.call}, **fields).content.decode()

    def end(self, **fields: str) -> str:
        return self.post("call-end", {"call": self.call}, **fields).content.decode()

    def page(self) -> str:
        return self.client.get(self.url("call", call=self.call)).content.decode()

    @property
    def draft(self) -> dict[str, str]:
        return Call.objects.get(id=self.call).draft


def plain(html: str) -> str:
    """The text of a piece of a page, with single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").strip()


def said(page: str) -> str:
    """The line to say, as text."""
    found = re.search(r'class="say__line"[^>]*>(.*?)</p>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found.group(1))).strip() if found else ""


def part(page: str, name: str) -> str:
    """The text of the part with this id."""
    found = re.search(rf'id="{name}".*?>(.*?)(?=<div hidden|<fieldset|</form>|<aside|$)', page, re.DOTALL)
    return plain(found.group(1)) if found else ""


def current(page: str) -> str:
    """The stage that is lit on the path."""
    found = re.search(r'aria-current="step">.*?</svg></span>\s*<\w+[^>]*>(.*?)</', page, re.DOTALL)
    return found.group(1).strip() if found else ""
