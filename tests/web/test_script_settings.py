"""*Instellingen > Belscript*: the lines of a call in the administration's own words, and that the call says them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from beluur.playbook import texts
from beluur.playbook.moments import MAY_SAY
from beluur.playbook.texts_file import LANGUAGES
from beluur.queries.script import script
from beluur.store.models import PlaybookLine
from beluur.web import text_names
from beluur.web.pages.call_sheet import sheet_of
from beluur.web.script_words import gap_name, group_name, group_of, moment_name
from beluur.words import catalogue
from tests.rows import make_administration, make_user
from tests.web.call_desk import Caller, plain, said
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db

DESK = {"language": "nl", "moment": "voicemail.desk"}
OURS = texts("nl")["voicemail.desk"]
OWN = "{greeting}, hier {caller} van {creditor}. Belt u mij terug op {own_number}?"


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


def url(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def write(client, world: World, line: str, hint: str = "", *, at: dict[str, str] = DESK, **more: str):
    written = {"say": line, "hint": hint, "key": f"{at}{line}{hint}"[:64], **more}
    return client.post(url(world, "settings-script", **at), written)


def own(world: World, moment: str, line: str, language: str = "nl") -> None:
    PlaybookLine.objects.create(
        administration=world.administration, language=language, moment=moment, say=line, at=NOW
    )


# -- the list ---------------------------------------------------------------------------------------------------------


def test_each_moment_group_and_gap_has_its_name():
    named = [f(m).code for m in MAY_SAY for f in (moment_name, lambda m: group_name(group_of(m)))]
    named += [gap_name(gap).code for may in MAY_SAY.values() for gap in may]
    assert [code for code in named if code not in catalogue()] == []
    assert set(text_names.LANGUAGES) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_stands_in_the_list_as_it_is_said(client, world, language):
    page = client.get(url(world, "settings-scripts"), {"taal": language}).content.decode()
    assert page.count("data-row") == len(MAY_SAY)
    assert texts(language)["listen.go_on"].say in page
    assert "aangepast" not in page


def test_the_list_takes_one_query(world, count_queries):
    with count_queries() as counted:
        script(world.id, "nl")
    assert len(counted) == 1


FOUND = {
    "words of the line, in any order": ("rustig hoor vertelt", ["Ik hoor dat dit u dwarszit"]),
    "the names of its group and of its moment": ("samenvatting begin", ["Ik vat het even samen"]),
    "what it is filled in with": ("020 123 45 00 bericht", ["dit is een bericht voor"]),
}


@pytest.mark.parametrize(("words", "lines"), FOUND.values(), ids=FOUND)
def test_a_line_is_found_by(client, world, words, lines):
    page = client.get(url(world, "settings-scripts"), {"taal": "nl", "q": words}).content.decode()
    assert page.count("data-row") == len(lines)
    assert all(line in page for line in lines)


def test_accents_and_capitals_do_not_matter(client, world):
    page = client.get(url(world, "settings-scripts"), {"taal": "fr", "q": "MESSAGERIE"}).content.decode()
    there = client.get(url(world, "settings-scripts"), {"taal": "fr", "q": "méssagerie"}).content.decode()
    assert page.count("data-row") == there.count("data-row")


def test_nothing_found_says_what_to_do(client, world):
    page = client.get(url(world, "settings-scripts"), {"q": "bestaatniet"}).content.decode()
    assert "Geen regel met deze woorden" in page


@pytest.mark.parametrize("name", ["settings-scripts", "settings-script"])
def test_a_caller_does_not_set_it(client, world, name):
    client.force_login(make_user(world.administration, role="caller"))
    assert client.get(url(world, name, **(DESK if name == "settings-script" else {}))).status_code == 403


# -- one line ---------------------------------------------------------------------------------------------------------


def test_a_line_is_changed_marked_and_ours_again(client, world):
    write(client, world, OWN, OURS.hint)
    kept = PlaybookLine.objects.get()
    assert (kept.say, kept.hint, kept.by) == (OWN, "", world.user)
    assert client.get(url(world, "settings-scripts")).content.decode().count("aangepast") == 1
    assert OURS.say in client.get(url(world, "settings-script", **DESK)).content.decode()
    client.post(url(world, "settings-script-reset", **DESK), {"key": "k2"})
    assert not PlaybookLine.objects.exists()


def test_only_the_hint_can_be_ones_own(client, world):
    write(client, world, OURS.say, "Glimlach, dat hoort men.")
    assert PlaybookLine.objects.get().hint == "Glimlach, dat hoort men."


@pytest.mark.parametrize("hint", [OURS.hint, ""], ids=["with our hint", "without a hint"])
def test_our_own_line_saved_unchanged_stays_ours(client, world, hint):
    write(client, world, f"  {OURS.say}\n", hint)
    assert not PlaybookLine.objects.exists()


def test_a_flemish_line_that_only_repeats_the_own_dutch_one_is_not_kept(client, world):
    own(world, "listen.go_on", "Ja. En dan?")
    write(client, world, "Ja. En dan?", at={"language": "nl-BE", "moment": "listen.go_on"})
    assert PlaybookLine.objects.values_list("language", flat=True).get() == "nl"


WRONG = {
    "nothing": ("", "", "say", "De regel is leeg"),
    "money before it is sure who listens": ("Het gaat over uw factuur.", "", "say", "factuur"),
    "a gap that is not there yet": ("U staat open voor {amount}.", "", "say", "amount"),
    "a stray brace": ("Dag {creditor", "", "say", "accolade"),
    "more than one breath": ("Dag " * 80, "", "say", "in één adem"),
    "a hint that is too long": (OURS.say, "Rustig aan. " * 30, "hint", "De wenk telt"),
    "a gap in the hint that is not there yet": (OURS.say, "Noem {amount} niet.", "hint", "amount"),
}


@pytest.mark.parametrize(("line", "hint", "field", "says"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_said_stands_at_its_field(client, world, line, hint, field, says):
    page = write(client, world, line, hint)
    text = page.content.decode()
    assert page.status_code == 422
    assert says in plain(text.split(f'id="id_{field}_error"')[1].split("</p>")[0])
    assert f'id="id_{"hint" if field == "say" else "say"}_error"' not in text
    assert not PlaybookLine.objects.exists()


def test_what_a_line_is_not_concrete_without_is_asked_for(client, world):
    at = {"language": "nl", "moment": "recap.callback"}
    assert "moet erin" in client.get(url(world, "settings-script", **at)).content.decode()
    assert write(client, world, "Ik bel u op {day}.", at=at).status_code == 422


def test_to_look_at_a_line_saves_nothing(client, world):
    page = write(client, world, OWN, show="1")
    assert page.status_code == 200
    assert "hier Anna Voorbeeld van Voorbeeld Steigers" in plain(page.content.decode())
    assert not PlaybookLine.objects.exists()


def test_the_example_is_live_and_says_what_is_wrong(client, world):
    at = url(world, "settings-script-example", **DESK)
    assert "Belt u mij terug op 020 123 45 00" in plain(client.post(at, {"say": OWN}).content.decode())
    refused = plain(client.post(at, {"say": "Over uw factuur"}).content.decode())
    assert "verraadt dat het over geld gaat" in refused
    assert "Over uw factuur" not in refused


def test_an_own_line_that_cannot_be_said_any_more_says_so(client, world):
    own(world, "voicemail.desk", "Over uw factuur.")
    assert "wordt niet gezegd" in client.get(url(world, "settings-scripts")).content.decode()
    assert "Uw regel wordt niet gezegd" in client.get(url(world, "settings-script", **DESK)).content.decode()


@pytest.mark.parametrize("change", [{"language": "de"}, {"moment": "who.nobody"}], ids=str)
def test_there_is_no_such_line(client, world, change):
    assert client.get(url(world, "settings-script", **DESK | change)).status_code == 404


def test_another_administration_keeps_its_own(client, world):
    PlaybookLine.objects.create(administration=make_administration(), say=OWN, at=NOW, **DESK)
    assert "aangepast" not in client.get(url(world, "settings-scripts")).content.decode()


# -- where they are said ----------------------------------------------------------------------------------------------


@pytest.fixture
def debtor(world) -> int:
    made = world.debtor(email="an@example.org")
    world.invoice(made, "F-1", 640_00, late=9)
    return made


def test_the_call_says_them(client, world, debtor):
    own(world, "who.desk", "{greeting}, hier {caller}. Mag ik uw boekhouding?")
    own(world, "who.known", "{greeting}, hier {caller}. Bent u {contact}?")
    assert said(Caller(client, world, debtor).page()).startswith("Goedemorgen, hier ")


def test_what_is_vague_is_asked_in_them(client, world, debtor):
    own(world, "vague.asap", "Noemt u mij de dag?")
    own(world, "vague.ambiguous_weekday", "Is dat {one}, of toch {other}?")
    caller = Caller(client, world, debtor)
    caller.go("outcome:reached")
    assert "Noemt u mij de dag?" in plain(caller.live(note="zo snel mogelijk"))
    asked = plain(caller.live(note="volgende vrijdag"))
    assert "Is dat vrijdag 27 november 2026, of toch vrijdag 4 december 2026?" in asked


def test_the_recap_says_them(client, world, debtor):
    own(world, "recap.check", "Heb ik dat goed?")
    caller = Caller(client, world, debtor)
    caller.go("pick:promise")
    rows = {"parts": "1", "a1": "640", "d1": "27-11-2026", "yes": "1", "send": ""}
    assert "Heb ik dat goed?" in plain(caller.go("stage:recap", **rows))


def test_the_paper_says_them(world, debtor):
    from beluur.queries.call_screen import briefing_screen

    own(world, "who.desk", "{greeting}, hier {caller}. Mag ik uw boekhouding?")
    own(world, "who.known", "{greeting}, hier {caller}. Bent u {contact}?")
    sheet = sheet_of(briefing_screen(world.id, debtor, NOW), {}, caller="Bo", language="nl")
    assert "hier Bo." in sheet.opening[0]
