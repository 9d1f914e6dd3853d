"""The demo shows answers by mail, letters and steps that wait for a yes; and that no mail leaves it is said, calmly."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from beluur.actions.demo.incoming import bounce, reply
from beluur.actions.demo.post import PLAYED
from beluur.actions.queue_mail import why_not_sent
from beluur.importers.mail import read_mail
from beluur.store.models import Administration, Message
from tests.rows import MOMENT

SMTP = {"host": "smtp.voorbeeld.example", "sender": "debiteuren@voorbeeld.example"}


@pytest.fixture
def demo(demo_folder: Path) -> Iterator[sqlite3.Connection]:
    """The tables of the demo of that Monday."""
    with closing(sqlite3.connect(demo_folder / "beluur.sqlite3")) as made:
        yield made


def test_three_answers_wait_one_confirmed_by_itself_and_one_mail_came_back(demo):
    found = Counter(demo.execute("SELECT kind, state FROM store_mailin").fetchall())
    assert found == {
        ("proposes", "open"): 1,
        ("disagree", "open"): 2,
        ("agree", "confirmed"): 1,
        ("bounce", "taken"): 1,
    }


def test_the_mail_that_came_back_left_no_file_in_the_dossier(demo):
    ((documents,),) = demo.execute("SELECT documents FROM store_mailin WHERE kind = 'bounce'").fetchall()
    assert json.loads(documents) == []


def test_the_other_day_that_is_proposed_comes_after_today(demo):
    ((proposed,),) = demo.execute("SELECT proposed FROM store_mailin WHERE kind = 'proposes'").fetchall()
    ((day, cents),) = json.loads(proposed)
    assert (day > MOMENT.date().isoformat(), cents) == (True, None)


def test_of_the_letters_two_wait_and_one_was_posted_today(demo):
    rows = demo.execute("SELECT state, posted_on FROM store_letter ORDER BY state, id").fetchall()
    assert rows == [("posted", MOMENT.date().isoformat()), ("ready", None), ("ready", None)]


def test_each_letter_has_an_address_of_at_least_three_lines(demo):
    sheets = [json.loads(sheet) for (sheet,) in demo.execute("SELECT sheet FROM store_letter")]
    assert all(len(sheet["to"]) >= 3 for sheet in sheets)


def test_steps_wait_for_the_lead_and_for_the_owner(demo):
    rows = demo.execute("SELECT step_because FROM store_debtor WHERE step = 'decide'").fetchall()
    first = [json.loads(because)[0] for (because,) in rows]
    asked = Counter(
        (one["params"]["rung"]["sentence"]["code"], one["params"]["who"]["sentence"]["code"])
        for one in first
        if one["code"] == "ladder.next_is"
    )
    assert asked == {
        ("ladder.rung.notice", "ladder.approver.lead"): 2,
        ("ladder.rung.handover", "ladder.approver.owner"): 1,
    }


def test_one_confirmation_lies_in_the_outbox_and_says_that_it_is_the_demo(demo):
    rows = demo.execute("SELECT problem FROM store_message WHERE state = 'not_sent'").fetchall()
    assert [json.loads(problem)["code"] for (problem,) in rows] == ["outbox.demo"]


def test_every_address_in_it_is_a_reserved_one(demo):
    told = demo.execute(
        "SELECT email FROM store_debtor UNION SELECT email FROM store_contact UNION SELECT sender FROM store_mailin"
        ' UNION SELECT "to" FROM store_message'
    )
    domains = {email.rpartition("@")[2] for (email,) in told if email}
    assert domains
    assert all(domain.endswith(".example") for domain in domains)


def test_each_scene_has_a_debtor_of_its_own(demo):
    (debtors,) = demo.execute("SELECT count(*) FROM store_debtor").fetchone()
    assert debtors == 120 + 6 + len(PLAYED)


@pytest.mark.parametrize(
    ("kind", "smtp", "code"),
    [
        pytest.param(
            "demo", {}, "outbox.demo", id="the demo has no mail server, and says that it is the demo"
        ),
        pytest.param("own", {}, "outbox.no_server", id="a house of one's own is told to set a server"),
        pytest.param("demo", SMTP, "", id="who sets a server in the demo sends"),
    ],
)
def test_why_a_mail_does_not_leave(kind, smtp, code):
    why = why_not_sent(Administration(kind=kind, smtp=smtp), "jan@klant.example")
    assert (why.code if why else "") == code


def test_the_answer_that_the_demo_takes_in_reads_as_an_answer_to_our_mail(player):
    ours = Message(message_id="a1@beluur.localdomain", subject="Bevestiging")
    record = read_mail("mail", reply(player, ours, "Akkoord.", MOMENT)).record
    assert record is not None
    assert (record.sender, record.answers) == (player.email, ("a1@beluur.localdomain",))
    assert record.bounce is None


def test_the_mail_that_came_back_reads_as_a_bad_address(player):
    record = read_mail("mail", bounce(player.email, MOMENT)).record
    assert record is not None
    assert record.bounce is not None
    assert (record.bounce.address, record.bounce.bad_address) == (player.email, True)


@pytest.fixture
def player():
    """One of the cast."""
    from beluur.actions.demo.cast import players

    return players(1)[0]
