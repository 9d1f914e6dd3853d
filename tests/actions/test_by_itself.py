"""What leaves by itself at night: only where the ladder says so, a cap, the oldest duty first, one message a day (H4, J4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from beluur.actions.change_settings import change_policy
from beluur.actions.nightly import JOBS
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.save_ladder import save_ladder
from beluur.actions.send_next_message import handle_one
from beluur.actions.send_reminders import send_reminders
from beluur.actions.write_by_itself import write_by_itself
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.domain.ladder import Approver, RungKind
from beluur.domain.ladder_days import LAST_LEVEL
from beluur.domain.ladder_shipped import usual
from beluur.store.models import Administration, Debtor, Message, Reminder
from tests.actions.calls import hold_call, later, with_mail_server
from tests.domain.builders import POLICY
from tests.domain.ladders import BUSINESS, edited
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
K = RungKind
NIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam, on Tuesday
BY_ITSELF = edited(K.SECOND_REMINDER, edited(K.REMINDER, approver=Approver.NOBODY), approver=Approver.NOBODY)


@pytest.fixture
def world() -> World:
    made = make_world()
    with_mail_server(made)
    return made


def late(world: World, name: str, days: int = 3, **facts) -> int:
    """Someone without a telephone, so that writing is what can be done."""
    debtor = world.debtor(name, email=f"{name.lower()}@example.org", **facts)
    world.invoice(debtor, f"F-{name}", 20_00, late=days)
    return debtor


def night(world: World, now: datetime = NIGHT) -> int:
    plan_next_steps(world.id, now)
    return write_by_itself(world.id, now)


def told() -> list[str]:
    rows = Message.objects.order_by("id").values_list("debtor__name", "kind")
    return [f"{name} {kind}" for name, kind in rows]


def test_nothing_leaves_unless_the_ladder_says_so(world):
    late(world, "Aap")
    assert night(world) == 0
    save_ladder(world.doer, BY_ITSELF)
    assert night(world) == 1
    assert told() == ["Aap reminder_1"]


def test_only_those_on_that_ladder(world):
    save_ladder(world.doer, BY_ITSELF)
    late(world, "Essai", country="BE")
    late(world, "Jan", kind="consumer")
    assert night(world) == 0


def test_a_cap_a_night_and_the_oldest_duty_first(world):
    save_ladder(world.doer, BY_ITSELF)
    change_policy(world.doer, numbers={"mails_a_night": 2})
    for name, days in (("Jong", 3), ("Oud", 30), ("Midden", 9), ("Oudst", 40)):
        late(world, name, days)
    assert night(world) == 2
    assert told() == ["Oudst reminder_1", "Oud reminder_1"]
    assert night(world) == 0, "a night that runs twice sends no more"
    assert night(world, NIGHT + timedelta(days=1)) == 2
    assert told()[2:] == ["Midden reminder_1", "Jong reminder_1"]


def test_what_another_administration_wrote_takes_nothing_of_the_cap(world):
    other = make_world("ander")
    with_mail_server(other)
    for house, name in ((other, "Vreemd"), (world, "Eigen")):
        save_ladder(house.doer, BY_ITSELF)
        change_policy(house.doer, numbers={"mails_a_night": 1})
        late(house, name)
        assert night(house) == 1
    assert told() == ["Vreemd reminder_1", "Eigen reminder_1"]


def test_after_a_week_off_there_is_no_burst(world):
    save_ladder(world.doer, BY_ITSELF)
    change_policy(world.doer, numbers={"mails_a_night": 3})
    for n in range(8):
        late(world, f"Proef{n}", 5 + n)
    assert [night(world, NIGHT + timedelta(days=7 + n)) for n in range(4)] == [3, 3, 2, 0]


def test_nobody_gets_two_messages_on_a_day(world, smtp):
    with_mail_server(world, smtp.port, host=smtp.host)
    save_ladder(world.doer, BY_ITSELF)
    debtor = late(world, "Aap", 30)
    plan_next_steps(world.id, NOW)
    send_reminders(world.doer, [debtor], 1)
    assert handle_one(NOW + timedelta(minutes=1))
    Reminder.objects.update(on=NOW.date() - timedelta(days=8))  # the second is due at once
    Debtor.objects.update(step_stale=True)
    assert night(world, NOW + timedelta(hours=2)) == 0
    assert night(world) == 1
    assert told() == ["Aap reminder_1", "Aap reminder_2"]


def test_what_waits_is_not_written_again(world):
    save_ladder(world.doer, BY_ITSELF)
    late(world, "Aap")
    assert night(world) == 1
    assert night(world, NIGHT + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        pytest.param(NIGHT, datetime(2026, 11, 24, 6, 0, tzinfo=UTC), id="in the night: at seven"),
        pytest.param(
            datetime(2026, 11, 29, 9, 0, tzinfo=UTC),
            datetime(2026, 11, 30, 6, 0, tzinfo=UTC),
            id="on Sunday: on Monday at seven",
        ),
        pytest.param(
            datetime(2026, 12, 24, 20, 0, tzinfo=UTC),
            datetime(2026, 12, 28, 6, 0, tzinfo=UTC),
            id="on Christmas Eve: after both holidays and Sunday",
        ),
    ],
)
def test_it_leaves_in_hours_in_which_one_may_be_written_to(world, now, leaves):
    save_ladder(world.doer, BY_ITSELF)
    late(world, "Aap")
    assert night(world, now) == 1
    assert Message.objects.get().send_after == leaves


def test_who_collects_for_another_does_not_write_to_a_dutch_person_in_the_evening(world):
    """Also when somebody presses the button; for our own claim no law says so."""
    debtor = late(world, "Jan", kind="sole_trader")
    evening = NOW.replace(hour=20)
    plan_next_steps(world.id, evening)
    doer = World(world.administration, world.user, evening).doer
    send_reminders(doer, [debtor], 1)
    assert Message.objects.get().send_after < evening + timedelta(hours=1)
    Message.objects.all().delete()
    Administration.objects.update(kind="agency")
    send_reminders(doer, [debtor], 1)
    assert Message.objects.get().send_after == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_without_a_mail_server_nothing_piles_up(world):
    Administration.objects.update(smtp={})
    save_ladder(world.doer, BY_ITSELF)
    late(world, "Aap")
    assert night(world) == 0
    assert not Message.objects.exists()


def test_who_was_put_on_hold_since_takes_nobody_s_place(world):
    from beluur.actions.set_hold import set_hold

    save_ladder(world.doer, BY_ITSELF)
    change_policy(world.doer, numbers={"mails_a_night": 1})
    first, _ = late(world, "Oud", 30), late(world, "Jong")
    plan_next_steps(world.id, NIGHT)
    set_hold(world.doer, debtor_ids=[first], reason="overleg", until=None, today=NOW.date())
    assert write_by_itself(world.id, NIGHT) == 1
    assert told() == ["Jong reminder_1"]


def test_a_letter_that_is_the_law_s_goes_first_by_itself_too(world):
    Administration.objects.update(kind="agency")
    save_ladder(world.doer, edited(K.REMINDER, usual("be_consumer_agency", POLICY), approver=Approver.NOBODY))
    debtor = late(world, "Lien", 30, kind="consumer", country="BE")
    world.invoice(debtor, "F-2", 500_00, late=30)
    assert night(world) == 1
    assert told() == ["Lien reminder_1"]


def spoken_twice(world: World, name: str) -> int:
    """Reminded, and spoken twice without an agreement: the last reminder is due."""
    debtor = late(world, name, 28, phone="+31 20 123 45 00")
    world.invoice(debtor, f"F2-{name}", 500_00, late=28)
    Reminder.objects.create(
        administration_id=world.id, debtor_id=debtor, level=1, on=TODAY - timedelta(days=26), at=NOW
    )
    for ago in (14, 4):
        hold_call(
            later(world.doer, days=-ago),
            debtor,
            CallReport(Outcome.REACHED, received="yes", discussed="niets"),
        )
    return debtor


def test_the_one_before_the_notice_leaves_once_and_is_no_claim(world, smtp):
    with_mail_server(world, smtp.port, host=smtp.host)
    save_ladder(world.doer, edited(K.LAST_REMINDER, approver=Approver.NOBODY))
    debtor = spoken_twice(world, "Aap")
    Message.objects.all().delete()
    assert night(world) == 1
    assert told() == ["Aap reminder_last"]
    assert Message.objects.get().facts["mail_kind"] == "before_notice"
    assert handle_one(NIGHT + timedelta(hours=12))
    assert Reminder.objects.filter(debtor_id=debtor).latest("id").level == LAST_LEVEL
    assert night(world, NIGHT + timedelta(days=1)) == 0
    assert Debtor.objects.get(id=debtor).step not in ("remind_last", "remind_second")


def test_a_step_of_the_ladder_chooses_its_text(world):
    save_ladder(world.doer, edited(K.REMINDER, approver=Approver.NOBODY, message="statement"))
    debtor = late(world, "Aap")
    world.invoice(debtor, "F-LATER", 50_00, late=-20)
    assert night(world) == 1
    message = Message.objects.get()
    assert (message.kind, message.facts["mail_kind"]) == ("reminder_1", "statement")
    assert message.facts["invoices"] == ["F-Aap", "F-LATER"], "a statement tells all that is open"


def test_the_night_does_it_after_planning():
    jobs = list(JOBS)
    assert jobs.index("plan") < jobs.index("mails")
    assert BUSINESS.rung(K.REMINDER).approver is Approver.CALLER
