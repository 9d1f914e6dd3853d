"""Every text of a screen is there in French and English, with the same gaps, and compiled."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from beluur.store.models import User
from scripts.messages import (
    PLURALS,
    WEB,
    Text,
    collect,
    compiled,
    gaps,
    in_python,
    in_template,
    po_path,
    read_po,
    write_po,
)
from tests.world import make_world

TEXTS = collect()
SAID = re.compile(
    r"{% *blocktranslate.*?endblocktranslate *%}|{% *comment.*?endcomment *%}|{#.*?#}", re.DOTALL
)
CLASS = re.compile(r"{% *block \w+_class *%}.*?{% *endblock *%}")
SHOWN = re.compile(
    r">([^<>]*)<|(?:aria-label|title|placeholder|alt|data-text-\w+|data-key-name)=\"([^\"]*)\"", re.DOTALL
)
SAME_EVERYWHERE = re.compile(
    r"Beluur|beluur|password|Esc|Alt|Enter|CAMT|MT940|CODA|CSV|Microsoft|Gmail|Google|Workspace|KPN|Ziggo|Proximus|Telenet"
    r"|Caddyfile|/var/\S+|export BELUUR_\w+=\S*|BELUUR_HOSTS=\S*|make run|tls internal|reverse_proxy|https|localhost|time"
)


@pytest.mark.parametrize("language", PLURALS)
def test_every_text_is_translated_with_the_same_gaps(language):
    found = list(gaps(TEXTS, read_po(po_path(language).read_text())))
    assert found == [], "scripts/messages.py brings the new texts in; then translate them and run it again"


@pytest.mark.parametrize("language", PLURALS)
def test_the_catalogue_is_as_the_script_leaves_it(language):
    source = po_path(language).read_text()
    assert source == write_po(language, TEXTS, read_po(source)), "run scripts/messages.py"
    made = compiled(language, read_po(source))
    assert po_path(language).with_suffix(".mo").read_bytes() == made, "run scripts/messages.py"


def test_gettext_reads_what_is_compiled():
    one = Text("", "Wacht", "")
    button = Text("knop", "Wacht", "")
    days = Text("", "%(n)s dag", "%(n)s dagen")
    said = {one: ("En attente",), button: ("Attendre",), days: ("%(n)s jour", "%(n)s jours")}
    read = gettext.GNUTranslations(io.BytesIO(compiled("fr", said)))
    assert (read.gettext("Wacht"), read.pgettext("knop", "Wacht")) == ("En attente", "Attendre")
    assert [read.ngettext(days.one, days.many, n) for n in (0, 1, 2)] == [
        "%(n)s jour",
        "%(n)s jour",
        "%(n)s jours",
    ]
    assert read_po(write_po("fr", dict.fromkeys(said, "x.html"), said)) == said


LOST = {
    "a text without translation": (),
    "a text with an empty translation": ("",),
    "a lost amount": ("payé par",),
    "another amount": ("%(sum)s payé",),
    "a lost tag": ("%(amount)s payé",),
}


@pytest.mark.parametrize("said", LOST.values(), ids=LOST)
def test_it_is_noticed(said):
    text = Text("", "<b>%(amount)s</b> betaald", "")
    assert list(gaps({text: "x.html"}, {text: said}))
    assert not list(gaps({text: "x.html"}, {text: ("<b>%(amount)s</b> payé",)}))


def test_texts_are_found_wherever_they_stand():
    template = (
        '{% load i18n %}{% translate "Een" %}{% translate "Twee" context "knop" %}{{ x|default:_("Drie") }}'
        '{% include "a.html" with word=_("Vier") %}{% blocktranslate count n=x %}{{ n }} dag{% plural %}{{ n }} dagen'
        "{% endblocktranslate %}{% blocktranslate with a=b %}om {{ a }}{% endblocktranslate %}"
    )
    assert list(in_template(template)) == [
        Text("", "Een", ""),
        Text("knop", "Twee", ""),
        Text("", "Drie", ""),
        Text("", "Vier", ""),
        Text("", "%(n)s dag", "%(n)s dagen"),
        Text("", "om %(a)s", ""),
    ]
    python = 'from django.utils.translation import gettext_lazy as _, ngettext\n_("Een")\nngettext("dag", "dagen", 2)\n'
    assert list(in_python(python)) == [Text("", "Een", ""), Text("", "dag", "dagen")]


def untranslated(source: str) -> Iterator[str]:
    """What a template shows that does not go through gettext."""
    plain = CLASS.sub(" ", SAID.sub(" ", source))
    plain = re.sub(r"{% *(end)?block\b.*?%}", lambda tag: "<" if tag.group(1) else ">", plain)
    plain = re.sub(r"{%.*?%}|{{.*?}}", " ", plain, flags=re.DOTALL)
    for shown in SHOWN.findall(plain):
        rest = SAME_EVERYWHERE.sub("", re.sub(r"&\w+;", "", "".join(shown)))
        if re.search("[A-Za-z]{2}", rest):
            yield rest.strip()


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_shows_nothing_that_is_not_translated(path: Path):
    source = re.sub(r"<style>.*?</style>", "", path.read_text(), flags=re.DOTALL)
    assert list(untranslated(source)) == []


def test_a_bare_text_is_noticed():
    bare = (
        '{% block title %}Titel{% endblock %}<b aria-label="Sluit dit">Nog te doen</b>{% translate "Open" %}'
    )
    assert sorted(untranslated(bare)) == ["Nog te doen", "Sluit dit", "Titel"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("fr", "Débiteurs"), ("en", "Debtors"), ("nl", "Debiteuren")])
def test_a_user_sees_the_screens_in_his_language(client, language, word):
    world = make_world()
    world.user.language = language
    world.user.save()
    client.force_login(world.user)
    page = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    assert word in page
    assert f'<html lang="{language}"' in page


VISITORS = {"fr-BE,fr;q=0.9,nl;q=0.5": "fr", "en-GB": "en", "nl-BE": "nl", "de": "nl", "": "nl"}


@pytest.mark.django_db
@pytest.mark.parametrize(("asks", "language"), VISITORS.items(), ids=[v or "nothing" for v in VISITORS])
def test_a_visitor_sees_what_his_browser_asks_for(client, asks, language):
    for path in ("/", reverse("login"), "/bestaat-niet"):
        answer = client.get(path, headers={"Accept-Language": asks})
        assert f'<html lang="{language}"' in answer.content.decode()
        assert (answer["Content-Language"], "Accept-Language" in answer["Vary"]) == (language, True)


@pytest.mark.django_db
def test_who_begins_in_french_goes_on_in_french(client):
    given = {
        "name": "Essai SRL",
        "country": "BE",
        "iban": "",
        "person": "Eve Essai",
        "email": "eve@example.org",
    }
    client.post(
        reverse("begin"), {**given, "password": "une longue phrase"}, headers={"Accept-Language": "fr"}
    )
    assert User.objects.get().language == "fr"
