"""Every page in French and in English: none of our Dutch is left on it. What debtors and people wrote stays as they wrote it.

The pages are those of `test_pages_axe`, read without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.open_call import open_call
from beluur.store.models import Debtor
from beluur.web import urls
from beluur.web.pages import intake
from beluur.words.catalogue_file import catalogue
from scripts.messages import po_path, read_po
from tests.browser.test_pages_axe import (
    EMPTY,
    FORM_ONLY,
    NO_PAGE,
    doer,  # noqa: F401 - a fixture
    mail,
    name_of,
    paths,
    rows,  # noqa: F401 - a fixture
)
from tests.dropped import BOUW, LATER, open_items, people
from tests.rows import MOMENT, TODAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-key-name")
DROPPED = "//script | //style | //body//kbd | //body//code | //body//*[@lang] | //body//*[@data-theirs]"
THEIRS = {"betaling", "eigenaar"}  # what a bank and a list say in their own words
COLUMNS = {head for file in (open_items(BOUW), people()) for head in file.decode().splitlines()[0].split(";")}
SUBJECT = "Openstaande facturen op 23 nov 2026"
GAP = re.compile(r"%\(\w+\)s|\{[^}]*\}")
LONG = 14  # letters from which a text is known again inside another


class Dutch:
    """Knows our Dutch texts that read otherwise in a language."""

    def __init__(self, language: str) -> None:
        whole, within = set[str](), list[str]()
        translations = set[str]()
        for ours, said in _pairs(language):
            translations |= {piece.strip().casefold() for piece in GAP.split(said)}
            for piece, other in zip(GAP.split(ours), GAP.split(said), strict=False):
                text = re.sub(r"</?\w[^>]*>", "", piece).strip(" .,:;?")
                if text and text.casefold() != other.strip(" .,:;?").casefold():
                    within += [re.escape(text)] if len(text) >= LONG and " " in text else []
                    whole |= {text.casefold()} if not GAP.search(ours) else set()
        self.whole = whole - translations
        self.within = re.compile(r"\b(?:" + "|".join(sorted(within, key=len, reverse=True)) + r")\b")

    def left_in(self, text: str) -> str:
        """The Dutch in a text; empty when there is none."""
        plain = " ".join(text.split())
        if plain.strip(" .,:;?").casefold() in self.whole:
            return plain
        found = self.within.search(plain)
        return plain if found else ""


def _pairs(language: str) -> Iterator[tuple[str, str]]:
    for text, said in read_po(po_path(language).read_text()).items():
        yield text.one, said[0]
        if text.many:
            yield text.many, said[-1]
    for code in catalogue():
        yield catalogue()[code]["nl"], catalogue()[code][language]


def shown(page: bytes) -> Iterator[str]:
    """The texts of a page and what is read aloud of it, without scripts."""
    tree = html.fromstring(page)
    for dropped in tree.xpath(DROPPED):
        dropped.drop_tree()
    for node in tree.iter():
        if isinstance(node.tag, str):
            yield from (node.get(name, "") for name in ATTRIBUTES)
            yield from (said for name, said in node.attrib.items() if name.startswith("data-text-"))
            yield from (text for text in (node.text, node.tail) if text)


def is_theirs(path: str, text: str) -> bool:
    """Whether it is no text of ours: a column of a file that is shown, the subject of a Dutch mail, what a bank said."""
    if "/inlezen/" in path and text in COLUMNS:
        return True
    return text in THEIRS or ("/postvak/" in path and text.startswith(SUBJECT))


Reader = Callable[[str], None]


@pytest.fixture(params=["fr", "en"])
def read(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """``read(path)`` as the user in that language; the test fails at its end with all Dutch that was left."""
    language = request.param
    dutch, client, wrong = Dutch(language), Client(headers={"Accept-Language": language}), list[str]()

    def look(path: str, user: Any = None) -> None:
        if user is not None:
            type(user).objects.filter(pk=user.pk).update(language=language)
            client.force_login(user)
        answer = client.get(path)
        if answer.status_code in (FORM_ONLY, 302):
            return
        page = answer.content
        assert f'lang="{language}"'.encode() in page
        wrong.extend(
            f"{path}: {left}"
            for text in shown(page)
            if (left := dutch.left_in(text)) and not is_theirs(path, left)
        )

    yield look
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize("module", [m for m in urls.PAGES if m is not intake], ids=name_of)
def test_the_pages(module, read, rows, demo_user):  # noqa: F811
    for path in paths(module.urls, rows):
        read(path, demo_user)


def test_files_before_and_after_they_are_taken_over(read, rows, demo_user, doer):  # noqa: F811
    files = [
        ("open.csv", open_items(BOUW, LATER).replace(b";2026-", b";X-")),
        ("klanten.csv", people()),
        ("leeg.csv", b""),
    ]
    doer = replace(doer, at=MOMENT - timedelta(days=7))
    rows["intake"] = stage_files(doer, files, today=TODAY - timedelta(days=7))
    for path in paths(intake.urls, rows):
        read(path, demo_user)
    publish_intake(doer, rows["intake"])
    publish_all(doer, rows["intake"])
    read(reverse("intake-preview", kwargs={k: rows[k] for k in ("administration", "intake")}))


def test_the_dossier_in_each_state_of_the_road(read, rows, demo_user):  # noqa: F811
    steps = Debtor.objects.exclude(step="").order_by("step", "id").values_list("step", "id")
    for debtor in dict(steps).values():
        read(
            reverse("dossier", kwargs={"administration": rows["administration"], "debtor": debtor}), demo_user
        )


def test_a_mail_in_each_state(read, demo, demo_user):
    for state in ("held", "queued", "failed", "uncertain", "not_sent"):
        read(
            reverse("message", kwargs={"administration": demo.slug, "message": mail(demo, state)}), demo_user
        )


def test_a_call_that_goes_on(read, rows, demo_user, doer):  # noqa: F811
    opened = open_call(doer, rows["debtor"])
    read(
        reverse("call", kwargs={"administration": rows["administration"], "call": opened.call_id}), demo_user
    )


def test_the_front_door_of_a_house_without_people(read, db):
    for name in ("home", "begin", "login"):
        read(reverse(name))
    read("/a/bestaat-niet/")


def test_an_empty_house(read, administration, caller):
    here = {"administration": administration.slug}
    for module in EMPTY:
        for pattern in module.urls:
            if pattern.name not in NO_PAGE and not pattern.pattern.converters:
                read(reverse(str(pattern.name), kwargs=here), caller)


def test_dutch_that_is_left_is_noticed():
    dutch = Dutch("fr")
    page = "<html><body><p>Naar de inhoud</p><i>Er is nog niets veranderd. Ga door</i><b title='Vandaag'>Aujourd’hui"
    left = [found for text in shown(page.encode()) if (found := dutch.left_in(text))]
    assert sorted(left) == ["Er is nog niets veranderd. Ga door", "Naar de inhoud", "Vandaag"]
