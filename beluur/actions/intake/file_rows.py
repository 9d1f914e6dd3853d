"""The files of a drop as rows: what each is, by which columns, with which problems."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from beluur.actions.keep_bytes import keep_bytes
from beluur.actions.once import Doer
from beluur.importers.read import read
from beluur.importers.records import FileContents
from beluur.store.models import Intake, IntakeFile, Source
from beluur.values.problem import Problem

TABLES = ("open-items", "debtors")
SHOWN_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file, and what it yields."""

    name: str
    content: bytes
    contents: FileContents


def named(name: str) -> str:
    """The last part of a path, without what a file name may not hold."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:200] or "?"


def read_again(administration_id: int, name: str, content: bytes, today: date) -> FileContents:
    """What the file yields, with the columns as the user corrected them for this shape of file before."""
    contents = read(name, content, None, today)
    if not contents.shape:
        return contents
    remembered = (
        Source.objects.filter(administration_id=administration_id, shape=contents.shape)
        .values_list("mapping", flat=True)
        .first()
    )
    known = {c.header: c.role for c in contents.columns if c.role}
    return read(name, content, remembered, today) if remembered and remembered != known else contents


def file_row(doer: Doer, intake: Intake, dropped: Dropped, today: date) -> IntakeFile:
    """The row of one file."""
    row = IntakeFile(
        administration_id=doer.administration_id,
        intake=intake,
        name=dropped.name,
        sha256=keep_bytes(dropped.content),
        size=len(dropped.content),
        as_of=dropped.contents.as_of or today,
    )
    describe(row, dropped.contents, doer.administration_id)
    row.save()
    return row


def describe(row: IntakeFile, contents: FileContents, administration_id: int) -> None:
    """What the file is, onto its row."""
    row.format, row.shape = contents.format, contents.shape
    row.columns = [asdict(column) for column in contents.columns]
    row.mapping = row.mapping or {c.header: c.role for c in contents.columns if c.role}
    row.problems = [problem_json(p) for p in contents.problems[:SHOWN_PROBLEMS]]
    row.refused = contents.refused
    row.counts = {
        "invoices": len(contents.invoices),
        "contacts": len(contents.contacts),
        "pdfs": len(contents.pdfs),
        "problems": len(contents.problems),
    }
    if contents.shape and contents.format.startswith(TABLES) and not contents.refused:
        row.source, _ = Source.objects.get_or_create(
            administration_id=administration_id,
            format=contents.format.rsplit("-", 1)[0],
            shape=contents.shape,
            defaults={"name": row.name[:160]},
        )


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept."""
    return {
        "where": problem.where,
        "line": problem.line,
        "field": problem.field,
        "severity": str(problem.severity),
        "sentence": problem.sentence.to_json(),
    }


def states_amount(contents: FileContents) -> bool:
    """Whether a list tells what was invoiced apart from what is open; a list with one of the two tells what is left."""
    roles = {column.role for column in contents.columns}
    return not roles or bool(roles & {"amount", "debit"} and roles & {"open", "paid"})
