"""We tried to reach you (B9): after tries in vain, by one key or by itself; once, and never to who must be left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from beluur.actions.change_settings import change_policy
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.send_next_message import handle_one
from beluur.actions.set_hold import set_hold
from beluur.actions.tell_tried import tell_tried
from beluur.actions.write_by_itself import write_by_itself
from beluur.store.models import Call, Debtor, Message, Reminder
from beluur.values.problem import Refused
from tests.actions.calls import timeline, with_mail_server
from tests.calls_world import business, consumer, voicemail
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world()
    made.administration.phone = "+31 20 123 45 00"
    made.administration.save()
    with_mail_server(made)
    return made


def tried(world: World, debtor: int, times: int = 5) -> int:
    """Rung in vain on working days until last Friday, on the one number there is; at which hours does not matter."""
    world.administration.policy = {**world.administration.policy, "tries_at_hours": 1}
    world.administration.save()
    Debtor.objects.filter(id=debtor).update(phone="")
    for n in range(times):
        voicemail(world, debtor, days_ago=3 + n + (2 if n > 4 else 0))
    plan_debtors(world.id, [debtor], world.now)
    return debtor


def refused(world: World, debtor: int) -> str:
    with pytest.raises(Refused) as why:
        tell_tried(world.doer, debtor)
    return why.value.sentence.code


def step(debtor: int) -> str:
    return Debtor.objects.get(id=debtor).step


def test_who_was_rung_in_vain_is_written_to(world):
    debtor = tried(world, business(world))
    assert step(debtor) == "other_channel"
    message = Message.objects.get(id=tell_tried(world.doer, debtor))
    assert (message.kind, message.state, message.to) == ("tried_to_reach", "held", "m@example.org")
    assert "+31 20 123 45 00" in message.text
    assert "2026-0398" in message.text
    assert "€" not in message.text
    assert timeline(debtor)[-1].startswith("Klaargezet: het bericht dat bellen niet lukte")


def test_when_it_has_left_it_counts_as_our_letter(world, smtp):
    with_mail_server(world, smtp.port, host=smtp.host)
    debtor = tried(world, business(world))
    tell_tried(world.doer, debtor)
    assert handle_one(NOW + timedelta(minutes=1))
    reminder = Reminder.objects.get()
    assert (reminder.level, reminder.on, reminder.channel) == (0, TODAY, "mail")
    assert step(debtor) != "other_channel"
    assert refused(world, debtor) == "outbox.told_already"


def test_it_is_told_once(world):
    debtor = tried(world, business(world))
    tell_tried(world.doer, debtor)
    assert refused(world, debtor) == "outbox.told_already"


def test_a_person_reads_nothing_of_what_it_is_about(world):
    debtor = tried(world, consumer(world))
    Debtor.objects.filter(id=debtor).update(email="samen@example.org")
    message = Message.objects.get(id=tell_tried(world.doer, debtor))
    assert "2026-0500" not in message.text
    assert message.facts["invoices"] == []


def test_who_was_not_rung_is_not_written_to(world):
    assert refused(world, business(world)) == "outbox.not_tried"


def test_who_is_on_hold_is_left_alone(world):
    debtor = tried(world, business(world))
    set_hold(
        world.doer, debtor_ids=[debtor], reason="In overleg", until=TODAY + timedelta(days=9), today=TODAY
    )
    assert refused(world, debtor) == "outbox.on_hold"


def test_who_has_no_address_is_told_to_the_caller(world):
    assert refused(world, tried(world, consumer(world))) == "outbox.no_address"


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        pytest.param({}, 0, id="not unless the administration wants it"),
        pytest.param({"write_by_itself": 1}, 1, id="when it does"),
        pytest.param(
            {"write_by_itself": 1, "write_when_unreached": 0}, 0, id="not when nothing is written at all"
        ),
    ],
)
def test_at_night_it_leaves_by_itself(world, numbers, written):
    tried(world, business(world))
    business(world)
    change_policy(world.doer, numbers=numbers)
    assert write_by_itself(world.id, NOW) == written
    assert Message.objects.count() == written
    assert write_by_itself(world.id, NOW) == 0


def test_without_that_mail_a_person_decides(world):
    debtor = tried(world, business(world))
    change_policy(world.doer, numbers={"write_when_unreached": 0})
    plan_debtors(world.id, [debtor], world.now)
    assert step(debtor) == "decide"
    assert Debtor.objects.get(id=debtor).step_because[0]["code"] == "step.unreached_decide"


def test_one_key_in_the_dossier_and_on_vandaag(client, world, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    debtor = tried(world, business(world))
    client.force_login(world.user)
    address = reverse("tried-send", kwargs={"administration": world.slug, "debtor": debtor})
    for name, more in (("dossier", {"debtor": debtor}), ("today", {})):
        page = client.get(reverse(name, kwargs={"administration": world.slug, **more})).content.decode()
        assert f'action="{address}"' in page
    answer = client.post(address, {"key": "k1"}, follow=True)
    assert "Wij probeerden u te bereiken" in answer.content.decode()
    assert Call.objects.filter(state="open").count() == 0


def test_the_rule_stands_on_the_page_of_the_method(client, world, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    client.force_login(world.user)
    address = reverse("settings-policy", kwargs={"administration": world.slug})
    page = client.get(address).content.decode()
    assert "Die mail ’s nachts vanzelf versturen" in page
