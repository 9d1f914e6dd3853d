"""*Antwoorden* and the settings of the mailbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beluur.actions.take_in_mail import take_in_mail
from beluur.queries.call_history import call_history
from beluur.queries.message_file import envelope_of
from beluur.store.load import load_case
from beluur.store.models import Mailbox, MailIn, Membership, Message
from tests.actions.calls import hold_call, promise, timeline, with_mail_server
from tests.imap_server import PASSWORD, USER
from tests.mail_in import raw_mail
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    client = Client()
    client.force_login(world.user)
    return client


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="jan@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    with_mail_server(world)
    hold_call(world.doer, i, promise())
    Message.objects.update(state="sent", sent_at=NOW)
    return i


def answered(world: World, text: str) -> MailIn:
    raw = raw_mail(text, answers=Message.objects.get().message_id)
    taken = take_in_mail(world.id, raw, LATER)
    return MailIn.objects.get(id=taken.mail_in_id)


def url(name: str, world: World, **more: int) -> str:
    return reverse(name, kwargs={"administration": world.slug, **more})


def settings_form(**more: object) -> dict[str, object]:
    known = {
        "host": "imap.example",
        "port": 993,
        "security": "tls",
        "sign_in": "password",
        "username": USER,
        "folder": "INBOX",
    }
    return known | {"secret": PASSWORD} | more


@pytest.mark.parametrize(
    "typed", ["dit is onzin", "https://mx.google.com/", "mx.google.com; spf=pass", "a@b.nl", ".."]
)
def test_what_is_no_name_of_a_server_vouches_for_nobody_and_is_refused(client, world, typed):
    page = client.post(url("settings-replies", world), settings_form(vouched_by=typed, key="k"))
    assert "is geen naam van een server" in page.content.decode()
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("port", ["993", "imap"])
def test_all_that_is_wrong_with_the_mailbox_is_told_at_once(client, world, port):
    wrong = settings_form(
        host="a/b", username="", secret="", folder="", vouched_by="a@b.nl", port=port, key="k"
    )
    told = client.post(url("settings-replies", world), wrong).context["form"].errors.keys()
    assert told == {"host", "username", "secret", "folder", "vouched_by"} | (
        {"port"} if port == "imap" else set()
    )


@pytest.mark.parametrize("typed", ["mx.google.com", "microsoft365", "MX01-a.proef_1.example", ""])
def test_the_name_of_the_server_that_vouches_is_kept(client, world, typed):
    client.post(url("settings-replies", world), settings_form(vouched_by=typed, key="k"))
    assert Mailbox.objects.get().vouched_by == typed.lower()


def test_before_a_mailbox_is_set_the_list_says_where_to_set_it(client, world):
    page = client.get(url("replies", world)).content.decode()
    assert "Er wordt nog niet naar antwoorden gekeken" in page
    assert url("settings-replies", world) in page


def test_an_answer_before_a_person_shows_what_he_wrote_and_the_other_date(client, world, debtor):
    answered(world, "<b>Liever</b> 4 december.")
    page = client.get(url("replies", world)).content.decode()
    assert "&lt;b&gt;Liever&lt;/b&gt; 4 december." in page
    assert "vr 4 dec 2026" in page.replace("\xa0", " ")
    assert ">1</span>" in client.get(url("to-do", world)).content.decode()


def test_a_person_says_that_it_confirms(client, world, debtor):
    mail = answered(world, "Jazeker hoor")
    assert mail.state == "open"
    client.post(url("reply-handle", world, reply=mail.id), {"how": "confirmed", "key": "k1"})
    mail.refresh_from_db()
    assert (mail.state, mail.handled_by_id) == ("confirmed", world.user.id)
    assert timeline(debtor)[-1] == "Jan Kruimel bevestigde de afspraak per mail"
    page = client.get(url("dossier", world, debtor=debtor)).content.decode()
    assert "schriftelijk bevestigd" in page
    assert "nog niet schriftelijk bevestigd" not in page
    assert "Jazeker" not in client.get(url("replies", world)).content.decode()


def test_what_confirms_nothing_cannot_be_made_to(client, world, debtor):
    mail = answered(world, "Bel me")
    MailIn.objects.update(promise=None)
    client.post(url("reply-handle", world, reply=mail.id), {"how": "confirmed", "key": "k1"})
    mail.refresh_from_db()
    assert mail.state == "open"
    client.post(url("reply-handle", world, reply=mail.id), {"how": "noted", "key": "k2"})
    mail.refresh_from_db()
    assert mail.state == "noted"


def test_the_briefing_shows_what_he_wrote(world, debtor):
    answered(world, "Bel me na drie uur")
    earlier = call_history(world.id, load_case(world.id, debtor), TODAY).earlier
    assert "Bel me na drie uur" in [e.words for e in earlier]


def test_the_mailbox_is_saved_and_its_password_never_shown(client, world):
    answer = client.post(url("settings-replies", world), settings_form(do="save"))
    assert answer.status_code == 302
    box = Mailbox.objects.get()
    assert box.host == "imap.example"
    page = client.get(url("settings-replies", world)).content.decode()
    assert PASSWORD not in page
    assert box.secret not in page


def test_the_connection_is_tried_without_saving(client, world, imap):
    form = settings_form(host="127.0.0.1", port=imap.port, security="none", do="connect")
    assert "is te lezen" in client.post(url("settings-replies", world), form).content.decode()
    wrong = client.post(url("settings-replies", world), form | {"secret": "fout"}).content.decode()
    assert "state--attention" in wrong
    assert not Mailbox.objects.exists()


def test_a_caller_may_read_answers_but_not_set_the_mailbox(client, world):
    Membership.objects.update(role="caller")
    assert client.get(url("replies", world)).status_code == 200
    assert client.get(url("settings-replies", world)).status_code == 403


def test_trouble_stands_in_the_settings_and_above_the_list(client, world):
    client.post(url("settings-replies", world), settings_form(do="save"))
    Mailbox.objects.update(
        trouble={"code": "mail.failed.connect", "params": {"host": "imap.example"}}, trouble_at=NOW
    )
    for name in ("settings-replies", "replies"):
        assert "Er gaat niets verloren" in client.get(url(name, world)).content.decode()


def test_the_address_to_answer_to_has_a_token_only_when_the_mailbox_takes_it(client, world, debtor):
    message = Message.objects.get()
    assert envelope_of(message).reply_to == ""
    client.post(url("settings-replies", world), settings_form(do="save", plus="on"))
    assert envelope_of(message).reply_to == f"a+{message.message_id[:16]}@proef.example"
    mail = raw_mail("Akkoord", to=envelope_of(message).reply_to)
    taken = take_in_mail(world.id, mail, LATER)
    assert MailIn.objects.get(id=taken.mail_in_id).kind == "agree"
