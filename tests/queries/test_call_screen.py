"""The call screen: all a caller needs, in a number of queries that does not grow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.open_call import Opened, open_call
from beluur.domain.ladder_days import LAST_LEVEL, NOTICE_LEVEL, TRIED_LEVEL
from beluur.queries.call_screen import briefing_screen, call_screen
from beluur.store.models import Call, Reminder
from beluur.values.money import Money
from beluur.words import render
from tests.calls_world import broken_promise, business, consumer, voicemail
from tests.world import NOW, TODAY, make_world

pytestmark = pytest.mark.django_db

MOST_QUERIES = 37  # three of them for what one learns in conversations: reasons given, the mandate, own lines


@pytest.fixture
def world():
    return make_world()


def opened(world, debtor: int, **how) -> int:
    answer = open_call(world.doer, debtor, **how)
    assert isinstance(answer, Opened)
    return answer.call_id


def test_it_shows_what_is_owed_for_what_and_whom_to_ask_for(world):
    debtor = business(world)
    screen = call_screen(world.id, opened(world, debtor), NOW)
    assert [(i.number, i.days_late, i.open) for i in screen.invoices] == [
        ("2026-0398", 19, Money(64_000)),
        ("2026-0412", 12, Money(124_000)),
        ("2026-0431", 6, Money(26_000)),
    ]
    assert screen.invoices[0].what == "Steigerwerk 2026-0398"
    assert screen.asked == Money(214_000)
    assert screen.contact.name == "Marijke Fictief"
    assert screen.number.e164 == "+31201234510"
    assert [n.e164 for n in screen.numbers] == ["+31201234510", "+31201234501"]
    assert screen.bar.uncovered_cents == 214_000


def test_a_number_is_read_with_the_country_of_the_debtor(world):
    debtor = world.debtor("Bakkerij Proef", country="BE", phone="02 123 45 67")
    assert briefing_screen(world.id, debtor, NOW).numbers[0].e164 == "+3221234567"


def test_history_tells_what_was_promised_and_that_it_did_not_come(world):
    debtor = business(world)
    broken_promise(world, debtor)
    voicemail(world, debtor)
    history = briefing_screen(world.id, debtor, NOW).history
    assert [e.said.code for e in history.earlier] == [
        "earlier.voicemail",
        "earlier.promise",
        "earlier.reached",
    ]
    assert history.earlier[1].words == "Vrijdag doe ik er vijfhonderd."
    assert [e.said.code for e in history.top] == ["earlier.voicemail", "earlier.promise"]
    assert (history.behaviour.kept, history.behaviour.made) == (0, 1)


@pytest.mark.parametrize(
    ("level", "told"),
    [
        pytest.param(TRIED_LEVEL, "“Wij probeerden u te bereiken” per brief", id="we tried to reach you"),
        pytest.param(2, "Tweede herinnering per brief", id="a second reminder"),
        pytest.param(LAST_LEVEL, "Laatste herinnering per brief", id="the one before the notice"),
        pytest.param(NOTICE_LEVEL, "Aanmaning per brief", id="a formal notice"),
    ],
)
def test_what_was_written_is_called_by_its_name(world, level, told):
    debtor = business(world)
    Reminder.objects.create(
        administration_id=world.id, debtor_id=debtor, level=level, on=TODAY, channel="letter", at=NOW
    )
    screen = call_screen(world.id, opened(world, debtor), NOW)
    assert told in [render(e.said, "nl") for e in screen.history.earlier]


def test_what_is_missing_stands_out(world):
    debtor = world.debtor("Zonder Alles")
    world.invoice(debtor, "1", late=9)
    assert [m.what for m in briefing_screen(world.id, debtor, NOW).missing][:3] == [
        "phone",
        "contact",
        "email",
    ]


def test_a_customer_who_always_paid_in_time_is_late_for_the_first_time(world):
    debtor = business(world)
    paid = [world.invoice(debtor, f"2026-010{n}", 10_000, late=60) for n in range(3)]
    from beluur.store.models import Invoice

    due = TODAY - timedelta(days=60)
    Invoice.objects.filter(administration_id=world.id, id__in=paid).update(
        open_cents=0, closed_on=due, closed_because="paid"
    )
    assert briefing_screen(world.id, debtor, NOW).history.behaviour.sentence.code == "behaviour.first_time"


def test_a_person_is_known_as_one(world):
    assert briefing_screen(world.id, consumer(world), NOW).person


def test_it_only_reads_and_only_its_own_administration(world, guard_queries, count_queries):
    debtor = business(world)
    call = opened(world, debtor)
    with guard_queries(), count_queries() as few:
        call_screen(world.id, call, NOW)
    for n in range(30):
        world.invoice(debtor, f"meer-{n}", 1_000, late=n + 1)
        voicemail(world, debtor, days_ago=n + 10)
    broken_promise(world, debtor)
    with guard_queries(), count_queries() as many:
        screen = call_screen(world.id, call, NOW)
    assert len(screen.invoices) == 33
    assert len(many) <= len(few) + 3  # the instalments and covers of promises, once there are any
    assert len(many) <= MOST_QUERIES


def test_a_call_of_another_administration_is_not_there(world):
    call = opened(world, business(world))
    other = make_world("ander", "Ander bedrijf")
    with pytest.raises(Call.DoesNotExist):
        call_screen(other.id, call, NOW)
