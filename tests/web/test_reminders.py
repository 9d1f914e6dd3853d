"""*Herinneringen*: who is due, how it reads, and the ticked ones sent; and the papers mailed from a dossier."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from beluur.actions.keep_document import keep_document
from beluur.actions.send_next_message import handle_one
from beluur.store.models import Debtor, Message, Reminder
from tests.web.mail_rows import set_server
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def world(client, monkeypatch) -> World:
    monkeypatch.setattr("beluur.clock.now", lambda: NOW)
    made = make_world()
    client.force_login(made.user)
    return made


def url(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def late(world: World, name: str = "Bakkerij Proefkruimel", cents: int = 640_00, **facts) -> int:
    """Two days late: the day of the first reminder."""
    debtor = world.debtor(name=name, **{"email": "an@example.org"} | facts)
    world.invoice(debtor, f"F-{debtor}", cents, late=2)
    return debtor


def test_who_is_due_stands_there_with_amount_and_address(client, world):
    late(world)
    text = client.get(url(world, "reminders")).content.decode()
    assert "Bakkerij Proefkruimel" in text
    assert "640,00" in text
    assert "an@example.org" in text


def test_who_has_no_address_is_named_with_the_way_to_fill_it_in(client, world):
    debtor = late(world, email="")
    text = client.get(url(world, "reminders")).content.decode()
    assert "Zonder e-mailadres" in text
    assert url(world, "debtor-edit", debtor=debtor) in text


def test_many_who_are_due_cost_no_more_queries_than_two(client, world, count_queries):
    def asked() -> int:
        with count_queries() as counted:
            client.get(url(world, "reminders"))
        return len(counted)

    for n in range(2):
        late(world, f"Debiteur {n}")
    asked()  # plans them
    two = asked()
    for n in range(2, 12):
        late(world, f"Debiteur {n}")
    asked()
    assert asked() == two


def test_the_ticked_ones_go_once(client, world, smtp):
    set_server(world, host=smtp.host, port=smtp.port)
    first, second, third = (late(world, f"Debiteur {n}") for n in "abc")
    for _ in range(2):
        client.post(url(world, "reminders"), {"debtor": [first, second], "key": "k1"})
    assert set(Message.objects.values_list("debtor_id", "kind", "state")) == {
        (first, "reminder_1", "held"),
        (second, "reminder_1", "held"),
    }
    client.post(url(world, "reminders"), {"debtor": [first], "key": "k2"})
    assert Message.objects.count() == 2
    text = client.get(url(world, "reminders")).content.decode()
    assert "Staat al in Postvak uit" in text
    assert f'name="debtor" value="{third}"' in text
    assert f'name="debtor" value="{first}"' not in text


def test_it_counts_when_it_left(client, world, smtp):
    set_server(world, host=smtp.host, port=smtp.port)
    debtor = late(world)
    client.post(url(world, "reminders"), {"debtor": [debtor], "key": "k1"})
    assert not Reminder.objects.exists()
    assert handle_one(NOW + timedelta(seconds=31))
    assert Reminder.objects.get().debtor_id == debtor
    assert "Herinnering" in str(smtp.messages[0]["Subject"])


def test_without_a_server_it_waits_and_says_so(client, world):
    debtor = late(world)
    page = client.post(url(world, "reminders"), {"debtor": [debtor], "key": "k1"}, follow=True)
    assert "niet verstuurd" in page.content.decode()
    assert Message.objects.get().state == "not_sent"


def test_nobody_ticked_is_told(client, world):
    late(world)
    page = client.post(url(world, "reminders"), {"key": "k1"}, follow=True)
    assert "Vink eerst aan" in page.content.decode()


def test_who_is_not_due_cannot_be_slipped_in(client, world):
    debtor = world.debtor(email="an@example.org")
    world.invoice(debtor, "F-1", late=-5)
    client.post(url(world, "reminders"), {"debtor": [debtor], "key": "k1"})
    assert not Message.objects.exists()


def test_one_reminder_is_read_before_it_goes(client, world):
    debtor = late(world)
    page = client.get(url(world, "reminder", debtor=debtor, level=1)).content.decode()
    assert "Herinnering: factuur" in page
    frame = client.get(url(world, "reminder-preview", debtor=debtor, level=1))
    assert frame["Content-Security-Policy"].startswith("sandbox;")
    assert f"F-{debtor}" in frame.content.decode()


def test_of_a_debtor_elsewhere_nothing_is_shown(client, world):
    debtor = late(make_world("ander", "Ander"))
    for name, rest in (
        ("reminder", {"level": 1}),
        ("reminder-preview", {"level": 1}),
        ("statement-send", {}),
        ("statement-preview", {}),
        ("invoice-copy-send", {}),
    ):
        assert client.get(url(world, name, debtor=debtor, **rest)).status_code == 404, name


# -- papers from the dossier ------------------------------------------------------------------------------------------


def test_the_statement_is_shown_and_goes(client, world):
    set_server(world)
    debtor = late(world)
    assert "Openstaande facturen" in client.get(url(world, "statement-send", debtor=debtor)).content.decode()
    assert f"F-{debtor}" in client.get(url(world, "statement-preview", debtor=debtor)).content.decode()
    page = client.post(url(world, "statement-send", debtor=debtor), {"key": "k1"})
    message = Message.objects.get()
    assert (message.kind, message.state) == ("statement", "held")
    assert page["Location"] == url(world, "message", message=message.id)


def test_the_same_statement_goes_again_only_when_it_was_seen(client, world, monkeypatch):
    """The button back brings the form with another key; the page that is read again says that it went, and offers it again only
    after a while."""
    set_server(world)
    debtor = late(world)
    page = url(world, "statement-send", debtor=debtor)
    client.post(page, {"key": "k1"})
    first = Message.objects.get()
    assert client.post(page, {"key": "k2"})["Location"] == url(world, "message", message=first.id)
    assert Message.objects.count() == 1
    again = {"key": "k2b", "again": str(first.id)}
    assert "Verstuur" not in client.get(page).content.decode()
    client.post(page, again)
    assert Message.objects.count() == 1, "it was made just now"
    monkeypatch.setattr("beluur.clock.now", lambda: NOW + timedelta(minutes=11))
    shown = client.get(page).content.decode()
    assert "Verstuur nog eens" in shown
    assert f'name="again" value="{first.id}"' in shown
    client.post(page, {"key": "k3", "again": str(first.id)})
    assert Message.objects.count() == 2
    client.post(page, {"key": "k4", "again": str(first.id)})
    assert Message.objects.count() == 2, "that was about the first"
    world.invoice(debtor, "F-nieuw", 25_00)
    client.post(page, {"key": "k5"})
    assert Message.objects.count() == 3, "what is open changed"


def test_a_copy_goes_to_the_address_that_was_named(client, world):
    set_server(world)
    debtor = world.debtor()
    invoice = world.invoice(debtor, "F-9")
    keep_document(world.doer, name="F-9.pdf", content=b"%PDF-1.7", invoice_id=invoice)
    page = url(world, "invoice-copy-send", debtor=debtor)
    assert "F-9" in client.get(page).content.decode()
    client.post(page, {"invoice": [invoice], "to": "nieuw@example.org", "key": "k1"})
    message = Message.objects.get()
    assert (message.kind, message.to, len(message.documents)) == ("invoice_copy", "nieuw@example.org", 1)


def test_no_invoice_ticked_is_refused_at_the_list(client, world):
    debtor = world.debtor()
    world.invoice(debtor, "F-9")
    page = client.post(url(world, "invoice-copy-send", debtor=debtor), {"to": "a@example.org", "key": "k1"})
    assert page.status_code == 422
    assert 'id="invoice_error"' in page.content.decode()


def test_an_invoice_without_a_copy_says_where_to_add_it(client, world):
    debtor = world.debtor()
    world.invoice(debtor, "F-9")
    text = client.get(url(world, "invoice-copy-send", debtor=debtor)).content.decode()
    assert url(world, "document-new", debtor=debtor) in text


def test_of_many_the_largest_are_shown_and_the_sum_is_of_all(client, world, monkeypatch):
    monkeypatch.setattr("beluur.web.pages.reminders.SHOWN", 2)
    for n in range(1, 6):
        late(world, f"Debiteur {n}", n * 100_00)
    late(world, "Zonder adres", 900_00, email="")
    text = client.get(url(world, "reminders")).content.decode()
    assert text.count('name="debtor"') == 2
    shown = [n for n in range(1, 6) if f"Debiteur {n}" in text]
    assert shown == [4, 5]
    assert "daarna nog 3" in text
    assert "1.500,00" in text


@pytest.mark.parametrize("gone", [1, 3])
def test_an_address_that_vanished_since_the_last_plan_is_neither_counted_nor_shown(
    client, world, monkeypatch, gone
):
    monkeypatch.setattr("beluur.web.pages.reminders.SHOWN", 2)
    debtors = [late(world, f"Debiteur {n}", n * 100_00) for n in range(1, 5)]
    client.get(url(world, "reminders"))  # plans them
    Debtor.objects.filter(id=debtors[gone]).update(email="")
    text = client.get(url(world, "reminders")).content.decode()
    assert text.count('name="debtor"') == 2
    assert "daarna nog 1" in text
    left = sum(n for n in (100, 200, 300, 400) if n != (gone + 1) * 100)
    assert f"€\xa0{left},00" in text
    assert "Zonder e-mailadres" in text


def test_an_address_that_came_back_is_none(client, world):
    debtor = late(world)
    Debtor.objects.filter(id=debtor).update(email_bad_at=NOW, step_stale=True)
    assert "Zonder e-mailadres" in client.get(url(world, "reminders")).content.decode()
    Debtor.objects.filter(id=debtor).update(email_bad_at=None, step_stale=True)
    text = client.get(url(world, "reminders")).content.decode()
    assert "Zonder e-mailadres" not in text
    assert "an@example.org" in text
