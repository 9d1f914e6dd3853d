"""*Brieven*: made for who has no address for mail, printed as one PDF, and on the timeline from when they are posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from beluur.actions.end_letters import post_letters
from beluur.actions.make_letters import make_letters
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.set_hold import set_hold
from beluur.queries.letters import _NAMED, address_lines, letters_to_write
from beluur.store.models import Debtor, Event, Hold, Invoice, Letter, Reminder
from beluur.values.problem import Refused
from beluur.web.forms.by_hand import COUNTRIES
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
ADDRESS = {"street": "Dorpsstraat 12", "postcode": "1234 AB", "city": "Proefdorp"}


@pytest.fixture
def world(client, monkeypatch) -> World:
    monkeypatch.setattr("beluur.clock.now", lambda: NOW)
    made = make_world()
    client.force_login(made.user)
    return made


def late(world: World, name: str = "Bakkerij Proefkruimel", **facts) -> int:
    debtor = world.debtor(name, **{**ADDRESS, **facts})
    world.invoice(debtor, f"F-{name[:3]}", 640_00, late=10)
    return debtor


def url(world: World, name: str = "letters") -> str:
    return reverse(name, kwargs={"administration": world.slug})


def told(html: str) -> str:
    """What the page says to who did something, and no more: a failing test prints it."""
    text = html.replace("\xa0", " ")
    return text[text.index('id="messages"') : text.index('id="help-sheet"')]


def did(client, world: World, do: str, ticked: int | list[int], key: str = "k", **more) -> str:
    answer = client.post(url(world), {"do": do, "ticked": ticked, "key": f"{key}{do}", **more}, follow=True)
    return told(answer.content.decode())


def test_from_due_to_posted(client, world):
    debtor = late(world)
    page = client.get(url(world)).content.decode()
    assert "Proefkruimel" in page
    assert "1 brief staat klaar" in did(client, world, "make", debtor)
    letter = Letter.objects.get()
    assert not Reminder.objects.exists(), "made is not sent"
    printed = client.get(url(world, "letters-print"))
    assert printed.content.startswith(b"%PDF-")
    assert not Reminder.objects.exists(), "printed is not sent"
    assert not Event.objects.filter(kind__startswith="letter").exists()
    assert client.get(url(world, "letters-print")).content == printed.content, "it prints the same again"
    assert "als gepost" in did(client, world, "post", letter.id, on="23-11-2026")
    reminder = Reminder.objects.get()
    assert (reminder.level, reminder.channel, reminder.on) == (1, "letter", TODAY)
    event = Event.objects.get(debtor_id=debtor, kind="letter_posted")
    assert event.actor_id == world.user.id
    assert "Dorpsstraat 12" in event.payload
    assert not letters_to_write(world.id, TODAY), "he was reminded"


def test_posted_twice_is_posted_once(client, world):
    did(client, world, "make", late(world))
    letter = Letter.objects.get().id
    did(client, world, "post", letter, on="23-11-2026")
    did(client, world, "post", letter, key="again", on="23-11-2026")
    assert Reminder.objects.count() == 1


def test_many_are_posted_in_as_many_queries_as_two(world, count_queries):
    def asked(letters: int) -> int:
        debtors = [late(world, f"{chr(97 + n)}-{letters}") for n in range(letters)]
        make_letters(world.doer, debtors)
        ids = list(Letter.objects.filter(state="ready").values_list("id", flat=True))
        with count_queries() as counted:
            assert post_letters(world.doer, ids, on=TODAY, today=TODAY) == letters
        return len(counted)

    assert asked(2) == asked(12)


def test_the_day_on_which_it_was_made_is_that_of_the_house(world):
    debtor = late(world)
    after_midnight = replace(
        world.doer, at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    )  # the 23rd at the house
    make_letters(after_midnight, [debtor])
    with pytest.raises(Refused):
        post_letters(world.doer, [Letter.objects.get().id], on=TODAY - timedelta(days=1), today=TODAY)


def test_made_twice_is_made_once(client, world):
    debtor = late(world)
    did(client, world, "make", debtor)
    assert "Geen van de aangevinkte" in did(client, world, "make", debtor, key="again")
    row = Letter.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(administration_id=world.id, debtor_id=debtor, level=1, sheet={}, made_at=NOW)
    assert row.state == "ready"


def ready(client, world: World) -> int:
    """A letter that waits to be posted."""
    did(client, world, "make", late(world))
    return Letter.objects.get().id


def of_letter(world: World, name: str, letter: int) -> str:
    return reverse(name, kwargs={"administration": world.slug, "letter": letter})


def test_a_letter_that_waits_is_shown_as_a_sheet(client, world):
    letter = ready(client, world)
    assert of_letter(world, "letter", letter) in client.get(url(world)).content.decode()
    page = client.get(of_letter(world, "letter", letter)).content.decode()
    assert "nog te posten" in page
    assert of_letter(world, "letter-frame", letter) in page
    frame = client.get(of_letter(world, "letter-frame", letter))
    html = frame.content.decode().replace("\xa0", " ")
    assert html.count("data:image/png;base64,") == 1
    assert "Dorpsstraat 12" in html, "who does not see the picture reads it"
    assert "€ 640,00" in html
    assert "sandbox" in frame["Content-Security-Policy"]


def test_its_pdf_is_that_letter_alone(client, world):
    letter = ready(client, world)
    alone = client.get(of_letter(world, "letter-pdf", letter))
    assert alone["Content-Type"] == "application/pdf"
    assert alone.content == client.get(url(world, "letters-print")).content
    assert not Reminder.objects.exists(), "to look is not to send"


def test_what_became_of_a_letter_is_said_with_it(client, world):
    letter = ready(client, world)
    Invoice.objects.update(open_cents=0)
    assert "niet meer nodig" in client.get(of_letter(world, "letter", letter)).content.decode()
    did(client, world, "post", letter, on="23-11-2026")
    page = client.get(of_letter(world, "letter", letter)).content.decode()
    assert "gepost" in page
    assert "niet meer nodig" not in page


NOT_NEEDED = {
    "he paid": lambda world, debtor: Invoice.objects.update(open_cents=0),
    "he is on hold": lambda world, debtor: set_hold(
        world.doer, debtor_ids=[debtor], reason="overleg", until=None, today=TODAY
    ),
    "somebody has to look first": lambda world, debtor: Debtor.objects.update(stop="vulnerable"),
}


@pytest.mark.parametrize("meanwhile", NOT_NEEDED.values(), ids=NOT_NEEDED)
def test_a_letter_is_not_printed_any_more_when(client, world, meanwhile):
    debtor = late(world)
    did(client, world, "make", debtor)
    meanwhile(world, debtor)
    assert "niet meer nodig" in client.get(url(world)).content.decode()
    assert client.get(url(world, "letters-print")).headers["Location"] == url(world)


def test_nor_is_one_made_for_who_is_on_hold_before_his_step_is_planned_anew(client, world):
    debtor = late(world)
    Hold.objects.create(administration_id=world.id, debtor_id=debtor, reason="overleg", at=NOW)
    assert "Geen van de aangevinkte" in did(client, world, "make", debtor)


def test_a_letter_is_taken_back_and_can_be_made_again(client, world):
    debtor = late(world)
    did(client, world, "make", debtor)
    assert "ingetrokken" in did(client, world, "withdraw", Letter.objects.get().id)
    assert not Reminder.objects.exists()
    did(client, world, "make", debtor, key="again")
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["ready", "withdrawn"]


@pytest.mark.parametrize(
    ("on", "says"),
    [
        pytest.param("24-11-2026", "moet nog komen", id="a day to come"),
        pytest.param("22-11-2026", "later gemaakt", id="before it was made"),
        pytest.param("ooit", "geen datum", id="no day"),
        pytest.param(" ", "op welke dag u de brieven hebt gepost", id="nothing"),
    ],
)
def test_a_day_that_cannot_be_is_refused(client, world, on, says):
    did(client, world, "make", late(world))
    assert says in did(client, world, "post", Letter.objects.get().id, on=on)
    assert not Reminder.objects.exists()


def test_what_was_refused_stays_as_it_was_ticked(client, world):
    """Otherwise the next try would post a letter that nobody posted."""
    did(client, world, "make", [late(world), late(world, "Proefbrood")])
    posted, kept = Letter.objects.order_by("id").values_list("id", flat=True)
    answer = client.post(url(world), {"do": "post", "ticked": posted, "on": "ooit", "key": "k"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="ticked" value="{posted}" checked' in page
    assert f'name="ticked" value="{kept}">' in page
    assert 'name="on" value="ooit"' in page


def test_without_an_address_none_is_made_and_one_is_asked_for(client, world):
    debtor = late(world, street="", city="")
    assert "Zonder e-mailadres en zonder postadres" in client.get(url(world)).content.decode()
    assert "Geen van de aangevinkte" in did(client, world, "make", debtor)


def test_who_has_an_address_for_mail_gets_no_letter(client, world):
    debtor = late(world, email="an@example.org")
    assert "Geen van de aangevinkte" in did(client, world, "make", debtor)


def test_of_two_that_become_one_a_single_letter_is_left(client, world):
    kept, gone = late(world), late(world, "Proefbrood")
    did(client, world, "make", [kept, gone])
    merge_debtors(world.doer, kept_id=kept, gone_id=gone)
    assert [(r.debtor_id, r.state) for r in Letter.objects.order_by("id")] == [
        (kept, "ready"),
        (kept, "withdrawn"),
    ]


def test_of_another_administration_nothing_is_posted(client, world):
    other = make_world("ander")
    stranger = late(other)
    client.force_login(other.user)
    client.post(url(other), {"do": "make", "ticked": stranger, "key": "x"})
    letter = Letter.objects.get()
    client.force_login(world.user)
    assert post_letters(world.doer, [letter.id], on=TODAY, today=TODAY) == 0
    assert did(client, world, "post", letter.id, on="23-11-2026")
    assert Letter.objects.get().state == "ready"


def test_the_address_is_as_the_post_reads_it(world):
    here, abroad = late(world), late(world, "Proefbrood", country="BE", postcode="1000", city="Brussel")
    lines = address_lines(world.id, [here, abroad])
    assert lines[here] == ("Bakkerij Proefkruimel", "Dorpsstraat 12", "1234 AB  PROEFDORP")
    assert lines[abroad] == ("Proefbrood", "Dorpsstraat 12", "1000 Brussel", "BELGIË")


@pytest.mark.parametrize(("code", "last"), [("DE", "DUITSLAND"), ("CW", "CURAÇAO"), ("ZA", "ZA")])
def test_abroad_the_country_stands_under_it_by_its_name(world, code, last):
    debtor = late(world, country=code)
    assert address_lines(world.id, [debtor])[debtor][-1] == last


def test_each_country_that_can_be_chosen_has_its_name():
    assert {code for code, _ in COUNTRIES} == _NAMED
