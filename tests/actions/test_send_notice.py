"""The formal notice is made after the yes, leaves by mail or lies ready as a letter, and the ladder waits for its term (H1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beluur.actions.add_dispute import DisputeFacts, add_dispute
from beluur.actions.decide_rung import decide_rung
from beluur.actions.end_letters import post_letters
from beluur.actions.mail_left import mail_left
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.record_payment import record_payment
from beluur.actions.record_reminder import record_reminder
from beluur.actions.send_notice import send_notice
from beluur.actions.set_hold import set_hold
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.queries.letters import letters_ready
from beluur.store.models import Call, Debtor, Event, Invoice, Letter, Membership, Message, Reminder
from beluur.values.problem import Refused
from tests.actions.calls import caller, timeline
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)
ADDRESS = {"street": "Dorpsstraat 12", "postcode": "1234 AB", "city": "Proefdorp"}


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


def can_mail(world: World) -> None:
    world.administration.smtp = {"host": "mail.example", "sender": "innen@proef.example"}
    world.administration.save()


def spoken_twice(world: World, name: str = "Bakkerij Proefkruimel", **facts) -> int:
    """Reminded, and spoken to, the last time ten days ago, and nothing came: what comes next is the formal notice."""
    debtor = world.debtor(name, phone="020 123 45 00", **{"email": "a@kruimel.example", **ADDRESS, **facts})
    world.invoice(debtor, f"F-{name[:3]}", 500_00, late=45)
    for ago in (40, 20, 10):
        Call.objects.create(
            administration_id=world.id, debtor_id=debtor, state="ended", opened_at=NOW - ago * DAY,
            ended_at=NOW - ago * DAY, lease_until=NOW - ago * DAY, outcome="reached", result="nothing",
        )  # fmt: skip
    Reminder.objects.create(
        administration_id=world.id, debtor_id=debtor, level=1, on=TODAY - 40 * DAY, at=NOW
    )
    plan_debtors(world.id, [debtor], NOW)
    return debtor


def granted(world: World, **facts) -> int:
    debtor = spoken_twice(world, **facts)
    decide_rung(world.doer, debtor, RungKind.NOTICE, granted=True)
    return debtor


def told(debtor: int) -> list[str]:
    return [line.replace("\xa0", " ") for line in timeline(debtor)]


def left(world: World, message_id: int) -> None:
    """The worker has sent it."""
    message = Message.objects.get(id=message_id)
    message.state, message.sent_at = "sent", NOW
    message.save()
    mail_left(world.doer, message)


KINDS = [
    pytest.param({"kind": "consumer"}, "notice_nl_consumer", 75_00, date(2026, 12, 9), id="a Dutch consumer"),
    pytest.param({"kind": "business"}, "notice_nl_business", 75_00, date(2026, 12, 3), id="a Dutch company"),
    pytest.param({"kind": "sole_trader"}, "notice_nl_business", 75_00, date(2026, 12, 3), id="a Dutch sole trader"),
    pytest.param({"kind": "consumer", "country": "BE"}, "notice_be_consumer", 65_00, date(2026, 12, 9), id="a Belgian consumer"),
    pytest.param({"kind": "business", "country": "BE"}, "notice_be_business", 40_00, date(2026, 12, 3), id="a Belgian company"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "kind", "costs", "pay_by"), KINDS)
def test_a_letter_is_made_with_the_costs_and_the_day_of_his_law(world, facts, kind, costs, pay_by):
    made = send_notice(world.doer, granted(world, **facts), by_post=True)
    letter = Letter.objects.get(id=made.letter_id)
    assert letter.level == NOTICE_LEVEL
    assert letter.invoice_numbers == ["F-Bak"]
    assert letter.sheet["notice"] == {
        "kind": kind, "asked_cents": 500_00, "costs_cents": costs, "pay_by": pay_by.isoformat(),
    }  # fmt: skip
    assert not Reminder.objects.filter(level=NOTICE_LEVEL).exists(), "made is not sent"


def test_it_counts_from_the_day_on_which_it_was_posted_and_the_ladder_waits_for_its_term(world):
    debtor = granted(world, kind="consumer")
    made = send_notice(world.doer, debtor)
    assert made.letter_id, "the ladder says: by post"
    assert [row.needed for row in letters_ready(world.id, TODAY)] == [True]
    post_letters(world.doer, [made.letter_id], on=TODAY, today=TODAY)
    reminder = Reminder.objects.get(level=NOTICE_LEVEL)
    assert (reminder.on, reminder.channel) == (TODAY, "letter")
    assert "- De klant heeft tijd om te betalen tot en met wo 9 dec 2026" in told(debtor)
    assert "- Aangekondigde kosten bij niet betalen: € 75,00, over € 500,00" in told(debtor)
    event = Event.objects.get(debtor_id=debtor, kind="letter_posted")
    assert '"notice_costs_cents":7500' in event.payload.replace(": ", ":")
    plan_debtors(world.id, [debtor], NOW)
    row = Debtor.objects.get()
    assert (row.step, row.step_on) == ("decide", date(2026, 12, 10))


def test_by_mail_it_counts_from_when_it_has_left(world):
    can_mail(world)
    debtor = granted(world, kind="consumer")
    made = send_notice(world.doer, debtor, by_post=False)
    message = Message.objects.get(id=made.message_id)
    assert (message.kind, message.facts["notice"]["pay_by"]) == ("notice", "2026-12-07")
    assert not Reminder.objects.filter(level=NOTICE_LEVEL).exists()
    left(world, message.id)
    assert Reminder.objects.get(level=NOTICE_LEVEL).channel == "mail"
    assert "- De klant heeft tijd om te betalen tot en met ma 7 dec 2026" in told(debtor)
    assert Debtor.objects.get().step_on == date(2026, 12, 8)


def test_who_cannot_send_mail_is_told_and_nothing_is_made(world):
    with pytest.raises(Refused, match="no_server"):
        send_notice(world.doer, granted(world), by_post=False)
    assert not Message.objects.exists()


def test_without_a_postal_address_it_goes_by_mail(world):
    can_mail(world)
    assert send_notice(world.doer, granted(world, street="")).message_id


def test_without_any_address_it_is_refused_and_said(world):
    with pytest.raises(Refused, match=r"no_post_address|no_address"):
        send_notice(world.doer, granted(world, street="", email=""))


def test_without_the_yes_a_caller_cannot_make_it(world):
    debtor = spoken_twice(world)
    with pytest.raises(Refused, match="not_let_out"):
        send_notice(caller(world), debtor)
    decide_rung(world.doer, debtor, RungKind.NOTICE, granted=True)
    assert send_notice(caller(world, "Cor Collega"), debtor).letter_id


def pays(world: World, debtor: int) -> None:
    invoice = Debtor.objects.get(id=debtor).invoices.get()
    record_payment(
        world.doer,
        debtor_id=debtor,
        invoice_ids=[invoice.id],
        cents=500_00,
        day=TODAY,
        today=TODAY,
        counted=False,
    )


def disputes(world: World, debtor: int) -> None:
    invoice = Debtor.objects.get(id=debtor).invoices.get()
    add_dispute(
        world.doer,
        debtor_id=debtor,
        invoice_id=invoice.id,
        facts=DisputeFacts(None, "quality", TODAY + 5 * DAY),
    )


def holds(world: World, debtor: int) -> None:
    set_hold(world.doer, debtor_ids=[debtor], until=None, reason="overleg", today=TODAY)


@pytest.mark.parametrize("meanwhile", [pays, disputes, holds])
def test_what_happens_after_the_yes_stops_it(world, meanwhile):
    debtor = granted(world)
    meanwhile(world, debtor)
    with pytest.raises(Refused, match=r"notice\.(nothing_asked|not_next)"):
        send_notice(world.doer, debtor)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("meanwhile", [pays, disputes, holds])
def test_a_letter_that_was_made_is_no_longer_needed_then(world, meanwhile):
    debtor = granted(world)
    send_notice(world.doer, debtor)
    meanwhile(world, debtor)
    assert [row.needed for row in letters_ready(world.id, TODAY)] == [False]


def test_it_is_not_made_twice(world):
    debtor = granted(world)
    send_notice(world.doer, debtor)
    for by_post in (True, False):
        with pytest.raises(Refused, match="under_way"):
            send_notice(world.doer, debtor, by_post=by_post)


def test_who_says_that_it_went_another_way_leaves_no_letter_to_be_posted(world):
    debtor = granted(world)
    send_notice(world.doer, debtor)
    record_reminder(world.doer, debtor_id=debtor, level=NOTICE_LEVEL, on=TODAY, today=TODAY, channel="letter")
    assert not letters_ready(world.id, TODAY)


def abroad(debtor: int) -> None:
    Debtor.objects.filter(id=debtor).update(country="DE", time_zone="Europe/Berlin")


def in_dollars(debtor: int) -> None:
    Debtor.objects.filter(id=debtor).update(currency="USD")
    Invoice.objects.filter(debtor_id=debtor).update(currency="USD")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(abroad, "no_text", id="a country whose law we did not read"),
        pytest.param(in_dollars, "no_costs", id="dollars"),
    ],
)
def test_where_the_law_or_the_costs_are_not_known_none_is_made(world, change, why):
    debtor = granted(world)
    change(debtor)
    with pytest.raises(Refused, match=why):
        send_notice(world.doer, debtor)


def test_the_lead_says_yes_and_the_letter_lies_ready(world, client: Client, monkeypatch):
    monkeypatch.setattr("beluur.clock.now", lambda: NOW)
    debtor = spoken_twice(world, kind="consumer")
    Membership.objects.filter(user=world.user).update(role="lead")
    client.force_login(world.user)
    rung = reverse("rung", kwargs={"administration": world.slug, "debtor": debtor})
    assert "Bekijk de aanmaning" in client.get(rung).content.decode()
    page = reverse("notice", kwargs={"administration": world.slug, "debtor": debtor})
    seen = client.get(page).content.decode().replace("\xa0", " ")
    assert "€ 75,00" in seen
    assert "wo 9 dec 2026" in seen
    for by in ("post", "mail"):
        frame = client.get(
            reverse("notice-frame", kwargs={"administration": world.slug, "debtor": debtor}), {"by": by}
        )
        assert "veertien dagen" in frame.content.decode()
    body = {"do": "grant", "words": "", "until": "", "key": "k1"}
    text = client.post(rung, body, follow=True).content.decode()
    assert "De aanmaning ligt klaar bij Brieven" in text
    client.post(rung, body)
    assert Letter.objects.get().level == NOTICE_LEVEL
    dossier = client.get(reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor}))
    assert page in dossier.content.decode()
