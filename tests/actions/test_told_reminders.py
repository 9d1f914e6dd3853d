"""Reminders that an export tells of: on record once, said with the list, gone when the intake is undone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.intake.undo import undo_intake
from beluur.actions.once import Doer
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.domain.ladder_days import noticed_on
from beluur.domain.view import look
from beluur.queries.intakes import intake_view
from beluur.store.load import load_case, load_policy
from beluur.store.models import Debtor, Reminder
from tests.dropped import PEOPLE, SCHILDERS, open_items, people

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
TWICE = SCHILDERS[:-1] + "2"


def take(administration: Any, caller: Any, *rows: str, on: date = MONDAY) -> tuple[Doer, int]:
    doer = Doer(administration.id, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), caller.id, caller.name)
    intake = stage_files(
        doer, [("openstaand.csv", open_items(*rows)), ("relaties.csv", people(PEOPLE[2]))], today=on
    )
    publish_intake(doer, intake)
    assert publish_all(doer, intake)
    plan_next_steps(administration.id, doer.at)
    return doer, intake


def recorded() -> list[tuple[int, str, date]]:
    return list(Reminder.objects.order_by("id").values_list("level", "channel", "on"))


def test_an_export_that_counts_reminders_puts_them_on_record(administration, caller, data_folder):
    take(administration, caller, SCHILDERS)
    assert recorded() == [(1, "export", MONDAY)]
    codes = [sentence["code"] for sentence in Debtor.objects.get().step_because]
    assert "step.reminded_told" in codes
    assert "step.not_reminded" not in codes


def test_the_same_export_again_adds_none_and_says_that_nothing_changes(administration, caller, data_folder):
    take(administration, caller, SCHILDERS)
    doer, intake = take(administration, caller, SCHILDERS)
    assert recorded() == [(1, "export", MONDAY)]
    assert intake_view(doer.administration_id, intake).changes_nothing


def test_a_third_that_an_export_counts_is_no_formal_notice(administration, caller, data_folder):
    """Nobody is handed over because a column said 3: an export does not tell what the law wants of a notice."""
    doer, _ = take(administration, caller, SCHILDERS[:-1] + "3")
    assert recorded() == [(2, "export", MONDAY)]
    case = load_case(administration.id, Debtor.objects.get().id)
    assert noticed_on(look(case, load_policy(administration.id), date(2027, 3, 1))) is None
    doer, intake = take(administration, caller, SCHILDERS[:-1] + "3")
    assert intake_view(doer.administration_id, intake).changes_nothing


def test_a_second_reminder_in_the_next_export_is_added(administration, caller, data_folder):
    take(administration, caller, SCHILDERS)
    doer, intake = take(administration, caller, TWICE, on=TUESDAY)
    assert not intake_view(doer.administration_id, intake).changes_nothing
    assert recorded() == [(1, "export", MONDAY), (2, "export", TUESDAY)]


def test_undoing_the_intake_takes_them_back(administration, caller, data_folder):
    take(administration, caller, SCHILDERS)
    undo_intake(*take(administration, caller, TWICE, on=TUESDAY))
    assert recorded() == [(1, "export", MONDAY)]
