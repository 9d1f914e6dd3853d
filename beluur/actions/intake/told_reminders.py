"""Reminders that an export tells of (C4): the user's own software sent them, on a day that it does not tell."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from beluur.actions.intake.known import chunks
from beluur.actions.intake.waiting import Waiting
from beluur.actions.once import Doer
from beluur.domain.ladder_days import LAST_LEVEL
from beluur.store.models import Reminder
from beluur.store.save import db_day, db_moment, insert_many

Told = list[tuple[str, int, str]]  # invoice number, level, the day of the export


def drop_known_reminders(administration_id: int, told: Mapping[int, Told]) -> None:
    """Takes out of ``told`` (by debtor) what is on record already, so that the same export a second time adds nothing."""
    known: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
    here = Reminder.objects.filter(administration_id=administration_id, withdrawn_at=None)
    for ids in chunks(sorted(i for i, own in told.items() if i > 0 and own)):
        rows = here.filter(debtor_id__in=ids, level__gte=1, level__lt=LAST_LEVEL)
        for debtor_id, level, numbers in rows.values_list("debtor_id", "level", "invoice_numbers"):
            known[debtor_id].append((level, numbers))
    for debtor_id, own in told.items():
        own[:] = [
            (number, level, on)
            for number, level, on in own
            if not any(
                there >= level and (not numbers or number in numbers) for there, numbers in known[debtor_id]
            )
        ]


def add_told_reminders(doer: Doer, intake_id: int, rows: Sequence[Waiting]) -> None:
    """One reminder a debtor and level, in the running transaction."""
    made = []
    for row in rows:
        told = sorted(row.record.get("reminders", ()), key=_level_and_day)
        for (level, on), group in groupby(told, key=_level_and_day):
            numbers = json.dumps([number for number, _, _ in group])
            made.append(
                (doer.administration_id, row.debtor_id or row.target_id, level, db_day(on), "export", numbers)
            )
    columns = "administration_id debtor_id level on channel invoice_numbers intake_id at".split()
    insert_many(Reminder, columns, [(*row, intake_id, db_moment(doer.at)) for row in made])


def _level_and_day(told: Sequence[Any]) -> tuple[int, str]:
    return told[1], told[2]
