"""First stage of an intake: files are read and checked whole and staged; nothing is visible yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any, TypeVar

from django.db import transaction

from beluur.actions.bank.dropped import StagedLines
from beluur.actions.bank.stage_statements import stage_statements
from beluur.actions.collector import collector_resting
from beluur.actions.intake.compare import Stand
from beluur.actions.intake.file_rows import (
    SHOWN_PROBLEMS,
    Dropped,
    describe,
    file_row,
    named,
    problem_json,
    read_again,
    states_amount,
)
from beluur.actions.intake.passing import drop_passing
from beluur.actions.intake.speaks import count_languages
from beluur.actions.intake.stage_copies import stage_copies
from beluur.actions.intake.staging import Part, Staged, stage
from beluur.actions.keep_bytes import kept_bytes
from beluur.actions.once import Doer, once
from beluur.importers.read import read
from beluur.importers.records import FileContents
from beluur.store.load.publishing import PASSING
from beluur.store.models import Administration, Debtor, Intake, IntakeFile, PassingLine, StagedRow
from beluur.store.save import insert_alike, insert_many, reserve_ids
from beluur.values.problem import Refused
from beluur.values.sentence import say

ROWS_A_SLICE = 500  # staged debtors written in one short transaction
LINES_A_SLICE = 4  # staged rows of bank lines, of a thousand each
NAMES_A_SLICE = 2000  # and names on bank lines, which are as short as four of them


def stage_files(doer: Doer, files: Sequence[tuple[str, bytes]], *, today: date) -> int:
    """Reads the files (name, bytes) and stages what they say; gives the id of the intake. ``today`` is the day to which an
    export is known unless the file or, later, the user says otherwise."""
    if not files:
        raise Refused(say("intake.no_files"), "files")
    with collector_resting():
        found = [
            Dropped(name, content, read_again(doer.administration_id, name, content, today))
            for name, content in ((named(name), content) for name, content in files)
        ]

        def do() -> dict[str, Any]:
            intake = Intake.objects.create(
                administration_id=doer.administration_id, by_id=doer.user_id, created_at=doer.at
            )
            for dropped in found:
                file_row(doer, intake, dropped, today)
            return {"intake": intake.id}

        intake_id = int(once(doer, "stage_files", do)["intake"])
        if Intake.objects.filter(
            administration_id=doer.administration_id, id=intake_id, state="reading"
        ).exists():
            rows = _files(doer, intake_id)
            _stage(doer, intake_id, [(row, d.contents) for row, d in zip(rows, found, strict=True)])
    return intake_id


def restage(
    doer: Doer,
    intake_id: int,
    *,
    mapping: Mapping[int, Mapping[str, str]],
    as_of: Mapping[int, date],
    today: date,
) -> None:
    """Reads the files of a staged intake again, with the user's columns (file id -> header -> role) and days."""
    with transaction.atomic():
        staged_intake(doer.administration_id, intake_id)
        Intake.objects.filter(administration_id=doer.administration_id, id=intake_id).update(state="reading")
    pairs = []
    for row in _files(doer, intake_id):
        row.mapping = dict(mapping.get(row.id, row.mapping))
        contents = read(row.name, kept_bytes(row.sha256), row.mapping or None, today)
        row.as_of = as_of.get(row.id, row.as_of)
        describe(row, contents, doer.administration_id)
        row.save()
        pairs.append((row, contents))
    _stage(doer, intake_id, pairs)


def stage_again(doer: Doer, intake_id: int) -> None:
    """Compares a staged intake anew with what is known by now; columns and days stay as they were."""
    restage(doer, intake_id, mapping={}, as_of={}, today=doer.at.date())


def outdated(administration_id: int, intake_id: int) -> bool:
    """Whether another intake was taken over or undone since this one, still staged, was compared with what is known."""
    intake = Intake.objects.filter(administration_id=administration_id, id=intake_id, state="staged").first()
    return intake is not None and intake.summary.get("compared_after") != _turns(administration_id)


def _turns(administration_id: int) -> int:
    """Grows when an intake is taken over, when all of it is there, and again when it is undone."""
    states = Intake.objects.filter(
        administration_id=administration_id, state__in=("publishing", "published", "undone")
    ).values_list("state", flat=True)
    return sum(("publishing", "published", "undone").index(state) + 1 for state in states)


def _files(doer: Doer, intake_id: int) -> list[IntakeFile]:
    here = {"administration_id": doer.administration_id, "intake_id": intake_id}
    return list(IntakeFile.objects.filter(**here).select_related("source").order_by("id"))


def staged_intake(administration_id: int, intake_id: int) -> Intake:
    """The intake, locked, as long as it is only staged."""
    intake = (
        Intake.objects.select_for_update().filter(administration_id=administration_id, id=intake_id).first()
    )
    if intake is None:
        raise Refused(say("intake.unknown"))
    if intake.state != "staged":
        raise Refused(say("intake.not_staged"))
    return intake


def _stage(doer: Doer, intake_id: int, pairs: Sequence[tuple[IntakeFile, FileContents]]) -> None:
    """Compares outside any transaction, then writes the staged rows in short ones; visible when all are there."""
    house = Administration.objects.get(id=doer.administration_id)
    own = frozenset({house.vat_number, house.company_number} - {""})
    taken = [(row, contents) for row, contents in pairs if not contents.refused]
    stands = [(contents, _stand(row, contents, doer, house)) for row, contents in taken]
    turns = _turns(doer.administration_id)
    staged = stage(doer.administration_id, stands, own)
    stage_copies(doer.administration_id, staged, taken)
    lines = stage_statements(doer.administration_id, [contents for _, contents in taken])
    _drop_rows(doer, intake_id)
    _save_rows(doer, intake_id, staged, lines)
    with transaction.atomic():
        for row, contents in pairs:
            found = [*staged.problems.get(contents.name, ()), *lines.problems.get(contents.name, ())]
            told = [problem["sentence"] for problem in row.problems]
            extra = [problem for p in found if (problem := problem_json(p))["sentence"] not in told]
            if extra:
                row.problems = row.problems + extra[:SHOWN_PROBLEMS]
                row.save(update_fields=["problems"])
        intake = Intake.objects.get(administration_id=doer.administration_id, id=intake_id)
        intake.summary = {
            **staged.counts,
            **lines.counts,
            **count_languages(staged.parts.values(), house),
            "statements": lines.seen,
            "problems": sum(len(row.problems) for row, _ in pairs),
            "compared_after": turns,
        }
        trusted = any(row.source and row.source.gone_rule == "trust" for row, _ in pairs)
        intake.close_gone = trusted and not staged.counts["nothing_known"]
        intake.state = "staged"
        intake.save(update_fields=["summary", "close_gone", "state"])


def _stand(row: IntakeFile, contents: FileContents, doer: Doer, house: Administration) -> Stand:
    return Stand(
        source_id=row.source_id,
        as_of=row.as_of or contents.as_of or doer.at.date(),
        states_open=contents.format.startswith("open-items"),
        currency=house.currency,
        states_amount=states_amount(contents),
    )


_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_COLUMNS = "administration_id intake_id kind change key record before debtor_id target_id".split()
_Row = TypeVar("_Row")


def _save_rows(doer: Doer, intake_id: int, staged: Staged, lines: StagedLines) -> None:
    parts = [
        part
        for part in staged.parts.values()
        if part.token < 0
        or any((part.invoices, part.contacts, part.gone, part.copies, part.fills, part.reminders))
    ]
    parts.sort(key=lambda part: not _shown_first(part))
    with transaction.atomic():
        ids = iter(reserve_ids(Debtor, sum(part.token < 0 for part in parts)))
    rows = [_row(doer, intake_id, part, next(ids) if part.token < 0 else None) for part in parts]
    for (source_id, as_of), pairs in staged.known_to.items():
        for start in range(0, len(pairs), 500):
            record = {"source_id": source_id, "as_of": as_of, "invoices": pairs[start : start + 500]}
            here = (doer.administration_id, intake_id, "known_to", "same", "")
            rows.append((*here, json.dumps(record), "{}", None, None))
    _let_go(rows, ROWS_A_SLICE, partial(insert_many, StagedRow, _COLUMNS))
    house = {"administration_id": doer.administration_id, "intake_id": intake_id}
    _let_go(lines.rows, LINES_A_SLICE, partial(_insert_lines, house))
    for (number, currency, kind), names in sorted(lines.passing.items()):
        ours = {**house, "account_number": number, "account_currency": currency, "kind": kind}
        # in the order of their index: what is written, and later deleted, together then stands together
        names.sort(key=itemgetter(0))
        _let_go(names, NAMES_A_SLICE, partial(insert_alike, PassingLine, ours, PASSING))


def _shown_first(part: Part) -> bool:
    """What is few and looked at before it is taken over stands before what is new, so that the page need not look for it."""
    return bool(part.gone) or any(invoice["change"] == "changed" for invoice in part.invoices)


def _insert_lines(house: Mapping[str, int], rows: Sequence[tuple[str, str]]) -> None:
    here = house.values()
    new = [(*here, kind, "new", "", record, "{}", None, None) for kind, record in rows]
    insert_many(StagedRow, _COLUMNS, new)


def _let_go(rows: list[_Row], most: int, write: Callable[[list[_Row]], object]) -> None:
    """In short transactions; what is written is kept no longer: of a year of payments it is a hundred megabytes."""
    while part := rows[:most]:
        del rows[:most]
        with transaction.atomic():
            write(part)


def _row(doer: Doer, intake_id: int, part: Part, reserved: int | None) -> tuple[Any, ...]:
    record = {
        "name": part.record.name,
        "keys": list(part.keys),
        "fills": part.fills,
        "invoices": part.invoices,
        "contacts": part.contacts,
        "gone": part.gone,
        "copies": part.copies,
        "reminders": part.reminders,
    }
    change = "new" if reserved else "changed"
    here = (doer.administration_id, intake_id, "debtor", change, (part.record.name or "")[:260])
    return (
        *here,
        _as_text(record),
        "{}",
        part.token if part.token > 0 else None,
        reserved,
    )


def _drop_rows(doer: Doer, intake_id: int) -> None:
    here = StagedRow.objects.filter(administration_id=doer.administration_id, intake_id=intake_id)
    while ids := list(here.values_list("id", flat=True)[:ROWS_A_SLICE]):
        StagedRow.objects.filter(administration_id=doer.administration_id, id__in=ids).delete()
    drop_passing(doer.administration_id, intake_id)


def cancel_intake(doer: Doer, intake_id: int) -> None:
    """Throws a staged intake away; nothing was visible, nothing changes."""

    def do() -> dict[str, Any]:
        intake = staged_intake(doer.administration_id, intake_id)
        intake.state = "cancelled"
        intake.save(update_fields=["state"])
        return {}

    once(doer, "cancel_intake", do)
    _drop_rows(doer, intake_id)
