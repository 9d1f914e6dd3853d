"""What was dropped: the staged intake before it is taken over, and the earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beluur.importers.headers import ROLES
from beluur.queries.intake_statements import AccountRow, account_rows
from beluur.store.models import Intake, IntakeFile, StagedRow
from beluur.values.money import Money
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import Sentence

SHOWN_CHANGES = 100


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a table: its header, the role it was given, and what stands under it."""

    header: str
    role: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of an intake."""

    id: int
    name: str
    format: str
    as_of: date | None
    states_open: bool
    invoices: int
    contacts: int
    pdfs: int
    refused: bool
    statements: int
    columns: tuple[ColumnRow, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]

    @property
    def unusable(self) -> bool:
        """Whether nothing came of it: it was refused, or every record in it was left out."""
        left_out = any(p.severity is Severity.SKIPPED for p in self.problems)
        return self.refused or (
            left_out and not (self.invoices or self.contacts or self.pdfs or self.statements)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One invoice that the intake makes or changes; ``fields`` are (name, before, after) as text or Money."""

    debtor: str
    number: str
    amount: Money | None
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeView:
    """An intake with all that the user decides on."""

    id: int
    state: str
    files: tuple[FileRow, ...]
    summary: dict[str, Any]
    close_gone: bool
    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    gone: tuple[Change, ...]
    waiting: int
    done: int
    roles: tuple[str, ...]
    accounts: tuple[AccountRow, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """The same files again."""
        names = (
            "new",
            "changed",
            "gone",
            "debtors_new",
            "contacts",
            "copies",
            "enriched",
            "reminders",
            "lines_new",
        )
        return not any(self.summary.get(name) for name in names)

    @property
    def languages(self) -> tuple[tuple[str, int], ...]:
        """Of the new debtors: (language, how many), the commonest first."""
        spoken: dict[str, int] = self.summary.get("languages", {})
        return tuple(sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def reads_nothing(self) -> bool:
        """Whether every file was refused: there is nothing to take over."""
        return bool(self.files) and all(f.refused for f in self.files)

    @property
    def only_bank(self) -> bool:
        """Whether nothing but bank statements was dropped: nothing is asked or told about invoices."""
        used = [f for f in self.files if not f.refused]
        return bool(self.accounts) and all(f.statements for f in used)

    @property
    def account_moves(self) -> bool:
        """Whether an account is known to a later day afterwards."""
        return any(account.moves for account in self.accounts)

    @property
    def new_accounts(self) -> tuple[AccountRow, ...]:
        """Those of which it must be known whether customers pay on them."""
        return tuple(account for account in self.accounts if account.new)

    @property
    def off_balance(self) -> bool:
        """Whether a statement does not add up, so that the user must say that he saw it."""
        return any(account.off for account in self.accounts)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of all files."""
        return tuple(p for f in self.files for p in f.problems)

    @property
    def other_problems(self) -> tuple[Problem, ...]:
        """Those that do not stand with an account."""
        told = {p for account in self.accounts for p in account.problems}
        return tuple(p for p in self.problems if p not in told)


@dataclass(frozen=True, slots=True)
class EarlierIntake:
    """One line of the history. ``as_of``: the day to which it tells, of open items before that of the bank."""

    id: int
    names: str
    at: datetime
    by: str
    as_of: date | None
    state: str
    summary: dict[str, Any]
    undoable: bool

    @property
    def only_bank(self) -> bool:
        """Whether it brought nothing but what a bank said."""
        others = ("new", "changed", "gone", "contacts", "debtors_new", "copies")
        return bool(self.summary.get("statements")) and not any(self.summary.get(name) for name in others)


def intake_view(administration_id: int, intake_id: int) -> IntakeView:
    """Raises Intake.DoesNotExist when it is not in this administration."""
    here = {"administration_id": administration_id}
    intake = Intake.objects.get(**here, id=intake_id)
    told = intake.summary.get("statements", ())
    files = tuple(_file(f, told) for f in IntakeFile.objects.filter(**here, intake=intake).order_by("id"))
    rows = StagedRow.objects.filter(**here, intake=intake, kind="debtor")
    new, changed, gone = read_changes(
        rows.order_by("id").values_list("key", "record", "debtor__name").iterator(200), intake.summary
    )
    all_rows = StagedRow.objects.filter(**here, intake=intake)
    waiting = all_rows.filter(id__gt=intake.published_to).count()
    done = all_rows.filter(id__lte=intake.published_to).count()
    return IntakeView(
        intake.id,
        intake.state,
        files,
        intake.summary,
        intake.close_gone,
        new,
        changed,
        gone,
        waiting,
        done,
        ROLES,
        account_rows(administration_id, told, (p for f in files for p in f.problems)),
    )


def earlier_intakes(administration_id: int, limit: int = 30) -> tuple[EarlierIntake, ...]:
    """The latest first; only the last one that was published can be undone."""
    here = {"administration_id": administration_id}
    intakes = list(Intake.objects.filter(**here).order_by("-id").select_related("by")[:limit])
    names: dict[int, list[IntakeFile]] = {}
    for file in IntakeFile.objects.filter(**here, intake__in=intakes).only(
        "intake_id", "name", "as_of", "format"
    ):
        names.setdefault(file.intake_id, []).append(file)
    last = next((i.id for i in intakes if i.state in ("published", "publishing")), None)
    return tuple(
        EarlierIntake(
            i.id,
            ", ".join(f.name for f in names.get(i.id, [])[:4])
            + (" …" if len(names.get(i.id, [])) > 4 else ""),
            i.created_at,
            i.by.name if i.by else "",
            next(
                (f.as_of for f in names.get(i.id, []) if f.format.startswith("open-items")),
                _reached(i.summary),
            ),
            i.state,
            i.summary,
            undoable=i.id == last and i.state == "published",
        )
        for i in intakes
    )


def _reached(summary: dict[str, Any]) -> date | None:
    days = [one["reaches"] for one in summary.get("statements", ()) if one.get("reaches")]
    return date.fromisoformat(max(days)) if days else None


def _file(row: IntakeFile, told: Sequence[dict[str, Any]]) -> FileRow:
    columns = tuple(ColumnRow(c["header"], c["role"], tuple(c["samples"])) for c in row.columns)
    depth = max((len(c.samples) for c in columns), default=0)
    rows = tuple(
        tuple(c.samples[n] if n < len(c.samples) else "" for c in columns) for n in range(min(depth, 4))
    )
    return FileRow(
        id=row.id,
        name=row.name,
        format=row.format,
        as_of=row.as_of,
        states_open=row.format.startswith("open-items"),
        invoices=row.counts.get("invoices", 0),
        contacts=row.counts.get("contacts", 0),
        pdfs=row.counts.get("pdfs", 0),
        refused=row.refused,
        statements=sum(one["file"] == row.name for one in told),
        columns=columns,
        rows=rows,
        problems=tuple(
            Problem(
                Sentence.from_json(p["sentence"]), Severity(p["severity"]), row.name, p["line"], p["field"]
            )
            for p in row.problems
        ),
    )


def read_changes(
    rows: Iterator[tuple[str, dict[str, Any], str | None]], summary: Mapping[str, Any]
) -> tuple[tuple[Change, ...], tuple[Change, ...], tuple[Change, ...]]:
    """What is new, changed and gone, as far as it is shown; of ``rows`` (key, record, name of the debtor) no more is read than
    tells that, for ``summary`` says how much of each there is."""
    most_new, most_changed, most_gone = (
        min(SHOWN_CHANGES, summary.get(name, 0)) for name in ("new", "changed", "gone")
    )
    new: list[Change] = []
    changed: list[Change] = []
    gone: list[Change] = []
    for key, record, name in rows:
        debtor = name or key
        for invoice in record["invoices"]:
            values = invoice["values"]
            if invoice["change"] == "new" and len(new) < SHOWN_CHANGES:
                amount = Money(values["stated_open_cents"], values["currency"])
                new.append(Change(debtor, invoice["number"], amount))
            elif invoice["change"] == "changed" and len(changed) < SHOWN_CHANGES:
                changed.append(Change(debtor, invoice["number"], None, tuple(_fields(invoice))))
        gone.extend(
            Change(debtor, invoice["number"], Money(invoice["open_cents"]))
            for invoice in record["gone"][: SHOWN_CHANGES - len(gone)]
        )
        if len(new) >= most_new and len(changed) >= most_changed and len(gone) >= most_gone:
            break
    return tuple(new), tuple(changed), tuple(gone)


def _fields(invoice: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in ("issued", "due"):
        if name in invoice["values"]:
            before, after = invoice["before"].get(name), invoice["values"][name]
            days = [date.fromisoformat(d) if d else None for d in (before, after)]
            yield name, days[0], days[1]
    for name in ("amount_cents", "stated_open_cents"):
        if name in invoice["values"]:
            yield name, Money(invoice["before"].get(name) or 0), Money(invoice["values"][name])
