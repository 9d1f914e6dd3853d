"""*Postvak uit*: each state in words, with what a person may do about it; and one mail, whole."""

from __future__ import annotations

import email
import email.policy

import pytest
from django.urls import reverse

from beluur.store.models import Administration, Message, Reminder
from tests.web.mail_rows import make_mail, set_server
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

STATES = {
    "held": "Gaat weg over",
    "queued": "In de rij",
    "sending": "Wordt verzonden",
    "sent": "Verzonden",
    "failed": "Mislukt",
    "uncertain": "Onzeker",
    "not_sent": "Niet verstuurd",
    "withdrawn": "Ingetrokken",
}


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


def url(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


@pytest.mark.parametrize(
    ("kind", "said", "not_said"),
    [
        pytest.param(
            "demo",
            "De demo heeft geen mailserver: er gaat niets weg",
            "stel eerst de mailserver in",
            id="the demo, calmly",
        ),
        pytest.param(
            "own", "stel eerst de mailserver in", "De demo", id="a house of one's own, as something to do"
        ),
    ],
)
@pytest.mark.parametrize("where", ["outbox", "reminders", "message"])
def test_that_no_mail_leaves_is_said_once(client, world, where, kind, said, not_said):
    Administration.objects.update(kind=kind)
    rest = {"message": make_mail(world, "not_sent").id} if where == "message" else {}
    html = client.get(url(world, where, **rest)).content.decode()
    assert html.count(said) == 1
    assert not_said not in html


@pytest.mark.parametrize(("state", "word"), STATES.items(), ids=STATES)
def test_each_state_is_a_word(client, world, state, word):
    make_mail(world, state)
    page = client.get(url(world, "outbox"), {"stand": "all"})
    assert word in page.content.decode()


BUTTONS = {
    "one that waits can be taken back": ("held", {"tegenhouden"}),
    "one in the queue can be taken back": ("queued", {"tegenhouden"}),
    "one that is leaving cannot be touched": ("sending", set()),
    "one that left cannot be touched": ("sent", set()),
    "one that failed can be sent again, taken back, or be known to have gone": (
        "failed",
        {"opnieuw", "tegenhouden", "verzonden"},
    ),
    "of one that is uncertain a person says which": ("uncertain", {"opnieuw", "verzonden"}),
    "one without a server waits for a person": ("not_sent", {"opnieuw", "tegenhouden", "verzonden"}),
    "one taken back is gone": ("withdrawn", set()),
}


@pytest.mark.parametrize(("state", "forms"), BUTTONS.values(), ids=BUTTONS)
def test_what_a_person_may_do(client, world, state, forms):
    mail = make_mail(world, state)
    page = client.get(url(world, "message", message=mail.id)).content.decode()
    assert {f for f in ("opnieuw", "tegenhouden", "verzonden") if f"/postvak/{mail.id}/{f}" in page} == forms


def test_without_a_mail_server_the_page_says_so(client, world):
    assert "nog niet verstuurd" in client.get(url(world, "outbox")).content.decode()
    set_server(world)
    assert "nog niet verstuurd" not in client.get(url(world, "outbox")).content.decode()


def test_the_reason_stands_with_the_mail(client, world):
    make_mail(world, "failed")
    assert "550 onbekend" in client.get(url(world, "outbox")).content.decode()


def test_a_mail_is_taken_back_once(client, world):
    mail = make_mail(world, "held", world.debtor())
    for _ in range(2):
        client.post(url(world, "message-withdraw", message=mail.id), {"key": "k1"})
    mail.refresh_from_db()
    assert mail.state == "withdrawn"
    assert mail.debtor.events.filter(kind="mail_withdrawn").count() == 1


def test_what_left_cannot_be_taken_back(client, world):
    mail = make_mail(world, "sent")
    page = client.post(url(world, "message-withdraw", message=mail.id), {"key": "k1"}, follow=True)
    assert "al vertrokken" in page.content.decode()


def test_an_uncertain_reminder_that_arrived_counts_as_sent(client, world):
    mail = make_mail(world, "uncertain", world.debtor(), kind="reminder_1")
    client.post(url(world, "message-mark", message=mail.id), {"key": "k1", "from": "list"})
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert Reminder.objects.get().level == 1


def test_it_goes_to_another_address(client, world):
    set_server(world)
    mail = make_mail(world, "failed", world.debtor())
    client.post(url(world, "message-resend", message=mail.id), {"key": "k1", "to": "ander@example.org"})
    mail.refresh_from_db()
    assert (mail.state, mail.to) == ("queued", "ander@example.org")


def test_an_empty_address_is_refused_at_its_field(client, world):
    set_server(world)
    mail = make_mail(world, "not_sent", world.debtor(), to="")
    page = client.post(url(world, "message-resend", message=mail.id), {"key": "k1", "to": " "})
    assert page.status_code == 422
    assert 'id="id_to_error"' in page.content.decode()


def test_its_html_stands_in_a_sandbox(client, world):
    inline = [{"cid": "q", "media_type": "image/png", "base64": "AAAA"}]
    mail = make_mail(world, html='<p>Hallo<script>alert(1)</script><img src="cid:q"></p>', inline=inline)
    answer = client.get(url(world, "message-html", message=mail.id))
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox;")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert '"data:image/png;base64,AAAA"' in answer.content.decode()
    assert "<iframe" in client.get(url(world, "message", message=mail.id)).content.decode()


def test_it_opens_as_eml(client, world):
    mail = make_mail(world, "not_sent", world.debtor())
    answer = client.get(url(world, "message-eml", message=mail.id))
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"].startswith("attachment")
    read = email.message_from_bytes(answer.content, policy=email.policy.default)
    assert read["X-Unsent"] == "1"
    assert "an@example.org" in read["To"]


def test_it_pages_from_new_to_old(client, world):
    for n in range(45):
        make_mail(world, "sent", subject=f"Nummer {n:02d}")
    first = client.get(url(world, "outbox"), {"stand": "sent"}).content.decode()
    second = client.get(url(world, "outbox"), {"stand": "sent", "pagina": "2"}).content.decode()
    assert "Nummer 44" in first
    assert "Nummer 04" not in first
    assert "Nummer 04" in second


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "²"])
def test_a_page_that_is_none_is_the_first_or_last(client, world, page):
    assert client.get(url(world, "outbox"), {"pagina": page}).status_code == 200


def test_the_number_of_queries_does_not_grow(client, world, count_queries):
    make_mail(world, "sent")
    with count_queries() as few:
        client.get(url(world, "outbox"), {"stand": "all"})
    for _ in range(30):
        make_mail(world, "failed", world.debtor(name=f"D{_}"))
    with count_queries() as many:
        client.get(url(world, "outbox"), {"stand": "all"})
    assert len(many) <= len(few)


@pytest.mark.parametrize("name", ["message", "message-html", "message-eml"])
def test_a_mail_of_another_administration_is_not_there(client, world, name):
    mail = make_mail(make_world("ander", "Ander"))
    assert client.get(url(world, name, message=mail.id)).status_code == 404


@pytest.mark.parametrize("name", ["message-withdraw", "message-resend", "message-mark"])
def test_nor_can_it_be_changed_from_here(client, world, name):
    mail = make_mail(make_world("ander", "Ander"), "not_sent")
    assert client.post(url(world, name, message=mail.id), {"key": "k"}).status_code == 404
    assert Message.objects.get(id=mail.id).state == "not_sent"
