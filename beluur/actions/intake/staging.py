"""Gathers all files of one drop per debtor, in any order, into the rows that wait to be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from beluur.actions.intake.compare import Compared, Stand, compare_invoice
from beluur.actions.intake.known import (
    KnownDebtors,
    KnownInvoice,
    chunks,
    keys_of,
    load_known_debtors,
    load_known_invoices,
    load_open_of_source,
)
from beluur.actions.intake.of_another import called_otherwise, nothing_known
from beluur.actions.intake.same_person import known_people, same_person
from beluur.actions.intake.told_reminders import drop_known_reminders
from beluur.importers.records import ContactRecord, DebtorRecord, FileContents, InvoiceRecord
from beluur.store.models import Debtor
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import say

Tokens = dict[
    int, int
]  # id() of a debtor's record -> his token; the records outlive it, and their hash is long
FILLED = ("street", "postcode", "city", "phone", "email", "vat_number", "company_number")


@dataclass(slots=True)
class Part:
    """What the drop says of one debtor; ``token`` is his id, or negative for one that does not exist yet."""

    token: int
    record: DebtorRecord
    keys: dict[tuple[str, str], None] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    invoices: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, str]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    copies: list[dict[str, Any]] = field(default_factory=list)
    reminders: list[tuple[str, int, str]] = field(default_factory=list)  # number, level, known on


@dataclass(slots=True)
class Staged:
    """The whole drop: parts by token, a count of each change, and problems by file."""

    parts: dict[int, Part] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    known_to: dict[tuple[int | None, str], list[tuple[int, int, str | None]]] = field(
        default_factory=dict
    )  # only the day moves
    numbers: dict[str, tuple[int, str]] = field(default_factory=dict)  # invoice number -> (token, currency)

    def complain(self, file: str, problem: Problem) -> None:
        """Adds a problem of a file."""
        self.problems.setdefault(file, []).append(problem)


def stage(
    administration_id: int, files: Sequence[tuple[FileContents, Stand]], own_numbers: frozenset[str]
) -> Staged:
    """Everything the files say, compared with what is known. ``own_numbers`` are our own VAT, company number and IBAN:
    an invoice to ourselves is no debt to us."""
    staged = Staged()
    records = [r for contents, _ in files for r in _debtors_of(contents)]
    known = load_known_debtors(administration_id, records)
    numbers = [i.number for contents, _ in files for i in contents.invoices]
    invoices = load_known_invoices(administration_id, numbers)
    for contents, _ in files:
        if other := called_otherwise(administration_id, known, _debtors_of(contents)):
            staged.complain(contents.name, other)
    tokens: Tokens = {}
    # debtor lists first: they know the keys by which the rest finds its debtor
    for contents, stand in sorted(files, key=lambda f: (not f[0].contacts and not f[0].debtors, f[0].name)):
        for debtor in contents.debtors:
            _part(staged, known, tokens, debtor)
        for contact in contents.contacts:
            _add_contact(_part(staged, known, tokens, contact.debtor), contact)
        for record in contents.invoices:
            _add_invoice(staged, known, tokens, record, invoices, stand, contents.name, own_numbers)
    _find_gone(administration_id, staged, files)
    drop_known_reminders(administration_id, {i: part.reminders for i, part in staged.parts.items()})
    _drop_known_people(administration_id, staged)
    _drop_filled(administration_id, staged)
    staged.counts["reminders"] = sum(len(part.reminders) for part in staged.parts.values())
    staged.counts["debtors_new"] = sum(token < 0 for token in staged.parts)
    staged.counts["contacts"] = sum(len(part.contacts) for part in staged.parts.values())
    return staged


def _debtors_of(contents: FileContents) -> list[DebtorRecord]:
    named = chain(
        (i.debtor for i in contents.invoices), (c.debtor for c in contents.contacts), contents.debtors
    )
    return list({id(debtor): debtor for debtor in named}.values())


def _part(staged: Staged, known: KnownDebtors, tokens: Tokens, record: DebtorRecord) -> Part:
    token = tokens.get(id(record))
    if token is None:
        keys = keys_of(record)
        token = known.find(keys)
        if token is None:
            token = known.new(keys)
        known.remember(token, keys)
        tokens[id(record)] = token
        part = staged.parts.setdefault(token, Part(token, record))
        part.keys.update(dict.fromkeys(keys))
        for name in FILLED:
            if value := getattr(record, name):
                part.fills.setdefault(name, value)
        for name in ("country", "language", "kind"):
            if value := getattr(record, name):
                part.fills.setdefault(name, value)
    return staged.parts[token]


def _add_contact(part: Part, record: ContactRecord) -> None:
    values = {
        "name": record.name[:160],
        "role": record.role[:120],
        "phone": record.phone[:40],
        "mobile": record.mobile[:40],
        "email": record.email[:254],
        "language": record.language[:5],
    }
    if any(values[name] for name in ("name", "phone", "mobile", "email")) and values not in part.contacts:
        part.contacts.append(values)


def _drop_known_people(administration_id: int, staged: Staged) -> None:
    """So that the same list a second time changes nothing, and says so."""
    parts = {i: part for i, part in staged.parts.items() if i > 0 and part.contacts}
    known = known_people(administration_id, parts)
    for i, part in parts.items():
        part.contacts = [c for c in part.contacts if not any(same_person(c, other) for other in known[i])]


def _drop_filled(administration_id: int, staged: Staged) -> None:
    """What is known of a debtor stays as it is: a list fills only what is empty, and a kind that was assumed."""
    parts = {i: part for i, part in staged.parts.items() if i > 0 and part.fills}
    for ids in chunks(sorted(parts)):
        here = Debtor.objects.filter(administration_id=administration_id, id__in=ids)
        for debtor_id, kind_known, *values in here.values_list("id", "kind_known", *FILLED):
            empty = {name for name, value in zip(FILLED, values, strict=True) if not value}
            empty |= set() if kind_known else {"kind"}
            part = parts[debtor_id]
            part.fills = {name: value for name, value in part.fills.items() if name in empty}


def _add_invoice(
    staged: Staged,
    known: KnownDebtors,
    tokens: Tokens,
    record: InvoiceRecord,
    invoices: dict[str, list[KnownInvoice]],
    stand: Stand,
    file: str,
    own_numbers: frozenset[str],
) -> None:
    buyer = {record.debtor.vat_number, record.debtor.company_number} - {""}
    if buyer & own_numbers:
        staged.complain(file, _problem("intake.to_ourselves", record))
        return
    token = tokens.get(id(record.debtor)) or known.find(keys_of(record.debtor))
    existing = invoices.get(record.number, ())
    mine = next((i for i in existing if i.debtor_id == token), None)
    elsewhere = record.number in staged.numbers and staged.numbers[record.number][0] != token
    if elsewhere or (existing and mine is None):
        staged.complain(file, _problem("intake.number_of_another", record))
        return
    part = _part(staged, known, tokens, record.debtor)
    if record.reminders and record.open_cents != 0:
        part.reminders.append((record.number, min(record.reminders, 2), stand.as_of.isoformat()))
    if record.number in staged.numbers:
        _second_mention(part, record, stand)
        return
    compared = compare_invoice(record, mine, stand)
    if compared.change == "new" and stand.states_open and record.open_cents == 0:
        staged.counts["paid"] += 1  # an export of all invoices names the paid ones too
        return
    _take(staged, part, record, mine, compared, stand)


def _take(
    staged: Staged,
    part: Part,
    record: InvoiceRecord,
    mine: KnownInvoice | None,
    compared: Compared,
    stand: Stand,
) -> None:
    staged.numbers[record.number] = (part.token, record.currency)
    staged.counts[compared.change] += 1
    if compared.change in ("same", "older"):
        return
    if mine and not mine.booked_cents and compared.change == "known_to" and len(compared.values) == 2:
        staged.known_to.setdefault((stand.source_id, stand.as_of.isoformat()), []).append(
            (mine.id, mine.debtor_id, mine.as_of.isoformat() if mine.as_of else None)
        )
        return
    told = {"change": compared.change, "number": record.number, "values": compared.values}
    part.invoices.append(told | {"id": mine.id, "before": compared.before} if mine else told)


def _second_mention(part: Part, record: InvoiceRecord, stand: Stand) -> None:
    """The same invoice in another file of this drop (an export and its UBL): what is stated open wins, the rest adds."""
    for staged_invoice in part.invoices:
        if staged_invoice["number"] != record.number or staged_invoice["change"] != "new":
            continue
        compared = compare_invoice(record, None, stand)
        values = staged_invoice["values"]
        names = compared.values if stand.states_open else ("description", "reference", "issued", "due")
        for name in names:
            if stand.states_open or not values.get(name):
                values[name] = compared.values.get(name) or values.get(name)
        return


def _find_gone(administration_id: int, staged: Staged, files: Sequence[tuple[FileContents, Stand]]) -> None:
    for contents, stand in files:
        if not (contents.complete and stand.source_id and contents.invoices):
            continue
        named = {i.number for i in contents.invoices}
        were_open = load_open_of_source(administration_id, stand.source_id)
        gone = [i for i in were_open if i.number not in named and not (i.as_of and i.as_of > stand.as_of)]
        if strange := nothing_known(len(gone), len(were_open) - len(gone)):
            staged.complain(contents.name, strange)
            staged.counts["nothing_known"] += 1
        for invoice in gone:
            part = staged.parts.setdefault(invoice.debtor_id, Part(invoice.debtor_id, DebtorRecord("")))
            part.gone.append(
                {
                    "id": invoice.id,
                    "number": invoice.number,
                    "open_cents": invoice.open_cents,
                    "stated_open_cents": invoice.stated_open_cents,
                    "booked_cents": invoice.booked_cents,
                    "as_of": invoice.as_of.isoformat() if invoice.as_of else None,
                    "closed_on": stand.as_of.isoformat(),
                }
            )
            staged.counts["gone"] += 1


def _problem(code: str, record: InvoiceRecord) -> Problem:
    return Problem(say(code, number=record.number), Severity.SKIPPED, line=record.line, field="number")
