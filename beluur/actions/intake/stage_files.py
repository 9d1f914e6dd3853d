"""First stage of an intake: files are read and checked whole and staged; nothing is visible yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from beluur.actions.intake.compare import Stand
from beluur.actions.intake.copies import known_candidates, match_copies
from beluur.actions.intake.staging import Part, Staged, stage
from beluur.actions.keep_bytes import keep_bytes, kept_bytes
from beluur.actions.once import Doer, once
from beluur.importers.read import read
from beluur.importers.records import DebtorRecord, FileContents, InvoiceRecord
from beluur.store.models import Administration, Intake, IntakeFile, Invoice, Source, StagedRow
from beluur.values.names import comparable_number
from beluur.values.problem import Problem, Refused, Severity
from beluur.values.sentence import say

TABLES = ("open-items", "debtors")


def stage_files(doer: Doer, files: Sequence[tuple[str, bytes]], *, today: date) -> int:
    """Reads the files (name, bytes) and stages what they say; gives the id of the intake. ``today`` is the day to which an
    export is known unless the file or, later, the user says otherwise."""
    contents = [(_named(name), content) for name, content in files]
    if not contents:
        raise Refused(say("intake.no_files"), "files")
    read_files = [(name, content, _read(doer, name, content, today)) for name, content in contents]

    def do() -> dict[str, Any]:
        intake = Intake.objects.create(
            administration_id=doer.administration_id, by_id=doer.user_id, created_at=doer.at
        )
        rows = [_file_row(doer, intake, name, content, found, today) for name, content, found in read_files]
        _stage_rows(doer, intake, [(row, found) for row, (_, _, found) in zip(rows, read_files, strict=True)])
        return {"intake": intake.id}

    return int(once(doer, "stage_files", do)["intake"])


def restage(
    doer: Doer,
    intake_id: int,
    *,
    mapping: Mapping[int, Mapping[str, str]],
    as_of: Mapping[int, date],
    today: date,
) -> None:
    """Reads the files of a staged intake again, with the user's columns (file id -> header -> role) and days."""

    def do() -> dict[str, Any]:
        intake = staged_intake(doer.administration_id, intake_id)
        StagedRow.objects.filter(administration_id=doer.administration_id, intake=intake).delete()
        pairs = []
        for row in intake.files.order_by("id"):
            row.mapping = dict(mapping.get(row.id, row.mapping))
            contents = read(row.name, kept_bytes(row.sha256), row.mapping or None, today)
            row.as_of = as_of.get(row.id, row.as_of)
            _describe(row, contents, doer.administration_id)
            row.save()
            pairs.append((row, contents))
        _stage_rows(doer, intake, pairs)
        return {}

    once(doer, "restage", do)


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


def _named(name: str) -> str:
    """The last part of a path, without what a file name may not hold."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:200] or "?"


def _read(doer: Doer, name: str, content: bytes, today: date) -> FileContents:
    contents = read(name, content, None, today)
    if not contents.shape:
        return contents
    remembered = (
        Source.objects.filter(administration_id=doer.administration_id, shape=contents.shape)
        .values_list("mapping", flat=True)
        .first()
    )
    return read(name, content, remembered, today) if remembered else contents


def _file_row(
    doer: Doer, intake: Intake, name: str, content: bytes, contents: FileContents, today: date
) -> IntakeFile:
    row = IntakeFile(
        administration_id=doer.administration_id,
        intake=intake,
        name=name,
        sha256=keep_bytes(content),
        size=len(content),
        as_of=contents.as_of or today,
    )
    _describe(row, contents, doer.administration_id)
    row.save()
    return row


def _describe(row: IntakeFile, contents: FileContents, administration_id: int) -> None:
    row.format, row.shape = contents.format, contents.shape
    row.columns = [asdict(column) for column in contents.columns]
    row.mapping = row.mapping or {c.header: c.role for c in contents.columns if c.role}
    row.problems = [_problem_json(p) for p in contents.problems[:200]]
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


def _stage_rows(doer: Doer, intake: Intake, pairs: Sequence[tuple[IntakeFile, FileContents]]) -> None:
    house = Administration.objects.get(id=doer.administration_id)
    own = frozenset({house.vat_number, house.company_number} - {""})
    taken = [(row, contents) for row, contents in pairs if not contents.refused]
    stands = [
        (
            contents,
            Stand(
                source_id=row.source_id,
                as_of=row.as_of or contents.as_of or doer.at.date(),
                states_open=contents.format.startswith("open-items"),
                currency=house.currency,
            ),
        )
        for row, contents in taken
    ]
    staged = stage(doer.administration_id, stands, own)
    _stage_copies(doer, staged, taken)
    _save_parts(doer, intake, staged)
    for row, contents in pairs:
        extra = staged.problems.get(contents.name, [])
        if extra:
            row.problems = row.problems + [_problem_json(p) for p in extra[:200]]
            row.save(update_fields=["problems"])
    intake.summary = {**staged.counts, "problems": sum(len(row.problems) for row, _ in pairs)}
    intake.close_gone = any(row.source and row.source.gone_rule == "trust" for row, _ in pairs)
    intake.save(update_fields=["summary", "close_gone"])


def _stage_copies(doer: Doer, staged: Staged, taken: Iterable[tuple[IntakeFile, FileContents]]) -> None:
    invoices = {i.number: i for _, contents in taken for i in contents.invoices if i.pdf}
    pdfs = {pdf.name: (row, pdf) for row, contents in taken for pdf in contents.pdfs}
    loose = [pdf for _, pdf in pdfs.values()]
    candidates = known_candidates(doer.administration_id, loose) if loose else {}
    candidates |= {comparable_number(number): number for number in staged.numbers}
    matched, unknown = match_copies(loose, candidates)
    for pdf in unknown:
        problem = Problem(say("intake.pdf_of_no_invoice", name=pdf.name), Severity.WARNING, file=pdf.name)
        staged.complain(pdfs[pdf.name][0].name, problem)
    contents_of = {number: (pdf.name, pdf.content) for number, pdf in matched.items()}
    contents_of |= {number: _embedded(invoice) for number, invoice in invoices.items()}
    known = _without_copy(doer.administration_id, contents_of)
    for number, (name, content) in contents_of.items():
        token = staged.numbers[number][0] if number in staged.numbers else known.get(number)
        if token is None or (token > 0 and number not in known and number not in staged.numbers):
            continue
        part = staged.parts.get(token)
        if part is None:
            part = staged.parts[token] = Part(token, DebtorRecord(""))
        part.copies.append(
            {"number": number, "name": name, "sha256": keep_bytes(content), "size": len(content)}
        )
        staged.counts["copies"] += 1


def _embedded(invoice: InvoiceRecord) -> tuple[str, bytes]:
    return invoice.pdf_name or f"{invoice.number}.pdf", invoice.pdf or b""


def _without_copy(administration_id: int, numbers: Iterable[str]) -> dict[str, int]:
    rows = Invoice.objects.filter(administration_id=administration_id, copy=None, number__in=list(numbers))
    return dict(rows.values_list("number", "debtor_id"))


def _save_parts(doer: Doer, intake: Intake, staged: Staged) -> None:
    rows = []
    for token, part in staged.parts.items():
        if not (token < 0 or part.invoices or part.contacts or part.gone or part.copies or part.fills):
            continue
        rows.append(
            StagedRow(
                administration_id=doer.administration_id,
                intake=intake,
                kind="debtor",
                change="new" if token < 0 else "changed",
                key=(part.record.name or "")[:260],
                record={
                    "name": part.record.name,
                    "keys": [list(key) for key in part.keys],
                    "fills": part.fills,
                    "invoices": part.invoices,
                    "contacts": part.contacts,
                    "gone": part.gone,
                    "copies": part.copies,
                },
                debtor_id=token if token > 0 else None,
            )
        )
    for (source_id, as_of), ids in staged.known_to.items():
        rows.extend(
            StagedRow(
                administration_id=doer.administration_id,
                intake=intake,
                kind="known_to",
                change="same",
                record={"source_id": source_id, "as_of": as_of, "invoices": ids[start : start + 2000]},
            )
            for start in range(0, len(ids), 2000)
        )
    StagedRow.objects.bulk_create(rows, batch_size=1000)


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "where": problem.where,
        "line": problem.line,
        "field": problem.field,
        "severity": str(problem.severity),
        "sentence": json.loads(json.dumps(problem.sentence.to_json())),
    }


def cancel_intake(doer: Doer, intake_id: int) -> None:
    """Throws a staged intake away; nothing was visible, nothing changes."""

    def do() -> dict[str, Any]:
        intake = staged_intake(doer.administration_id, intake_id)
        StagedRow.objects.filter(administration_id=doer.administration_id, intake=intake).delete()
        intake.state = "cancelled"
        intake.save(update_fields=["state"])
        return {}

    with transaction.atomic():
        once(doer, "cancel_intake", do)
