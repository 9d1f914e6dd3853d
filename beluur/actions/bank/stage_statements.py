"""Statements of a drop as rows that wait to be published: only lines that are new, in chunks, and last how far each account
reaches then (decided 2 and 14)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from beluur.domain.bank_lines import Line, line_keys, new_lines, same_account
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.store.models import BankAccount, Payment
from beluur.values.money import Money
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import say

LINES = 1000  # in one staged row
_ORDER = {"statement": 0, "list": 1, "notice": 2, "interim": 3}
_KNOWN = (
    "booked_on amount_cents currency bank_reference iban statement__format statement__number batch batch_cents line_key"
).split()


@dataclass(slots=True)
class StagedLines:
    """``rows`` are (kind, record) in the order in which they are published; problems by file name."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    problems: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    seen: list[dict[str, Any]] = field(default_factory=list)  # what the preview tells of each statement


def stage_statements(administration_id: int, files: Sequence[FileContents]) -> StagedLines:
    """Compares what the files say with what the accounts hold; a fixed number of queries an account."""
    staged = StagedLines()
    accounts = list(BankAccount.objects.filter(administration_id=administration_id).order_by("id"))
    for account in _by_account(accounts, files):
        _Stager(administration_id, account, staged).stage()
    return staged


@dataclass(frozen=True, slots=True)
class _Dropped:
    """One statement in a file, with its lines."""

    file: str
    format: str
    statement: StatementRecord
    lines: tuple[TransactionRecord, ...]


@dataclass(slots=True)
class _Account:
    """One of our accounts, known or new, and all that the drop says of it."""

    known: BankAccount | None
    number: str
    currency: str
    dropped: list[_Dropped] = field(default_factory=list)


def _by_account(known: Iterable[BankAccount], files: Sequence[FileContents]) -> list[_Account]:
    accounts = [_Account(a, a.number, a.currency) for a in known]
    for contents in files:
        lines: dict[int, list[TransactionRecord]] = defaultdict(list)
        for transaction in contents.transactions:
            lines[transaction.statement].append(transaction)
        for place, statement in enumerate(contents.statements):
            account = next(
                (
                    a
                    for a in accounts
                    if a.currency == statement.currency and same_account(a.number, statement.account)
                ),
                None,
            )
            if account is None:
                account = _Account(None, statement.account[:40], statement.currency)
                accounts.append(account)
            account.dropped.append(_Dropped(contents.name, contents.format, statement, tuple(lines[place])))
    for account in accounts:
        account.dropped.sort(key=lambda d: (_ORDER[d.statement.kind], d.statement.opens or date.min))
    return [account for account in accounts if account.dropped]


class _Stager:
    """One account of one drop."""

    def __init__(self, administration_id: int, account: _Account, staged: StagedLines) -> None:
        self.administration_id, self.account, self.staged = administration_id, account, staged
        self.known: list[Line] = []
        self.keys: list[str] = []

    def stage(self) -> None:
        self._load()
        before = self.account.known
        reaches, closing = (before.reaches, before.closing_cents) if before else (None, None)
        sequence = (before.sequence_year, before.sequence) if before else (None, None)
        named = {"number": self.account.number, "currency": self.account.currency}
        for dropped in self.account.dropped:
            self._check(dropped, reaches, closing, sequence)
            self._lines(dropped, named)
            said = dropped.statement
            if (
                said.kind in ("statement", "list")
                and said.reaches
                and (not reaches or said.reaches >= reaches)
            ):
                reaches, closing = said.reaches, said.closing_cents
                sequence = (said.year, said.sequence) if said.sequence else sequence
        self.staged.rows.append(
            (
                "reach",
                {
                    "account": named,
                    "reaches": reaches.isoformat() if reaches else None,
                    "closing_cents": closing,
                    "sequence": list(sequence),
                },
            )
        )

    def _load(self) -> None:
        days = [t.booked for d in self.account.dropped for t in d.lines]
        if not days or not self.account.known:
            return
        rows = Payment.objects.filter(
            administration_id=self.administration_id,
            account=self.account.known,
            line_key__isnull=False,
            pending=False,
            booked_on__range=(min(days), max(days)),
        )
        for *line, key in rows.values_list(*_KNOWN):
            line[5:7] = (line[5] or "", line[6] or "")
            self.known.append(Line._make(line))
            self.keys.append(key)

    def _lines(self, dropped: _Dropped, named: dict[str, str]) -> None:
        said = dropped.statement
        if said.kind == "notice":
            self.staged.counts["lines_noted"] += len(dropped.lines)
        lines = [] if said.kind == "notice" else list(dropped.lines)
        pending = [t for t in lines if t.pending or said.kind == "interim"]
        booked = [t for t in lines if not t.pending and said.kind != "interim"]
        as_lines = [_line(t, dropped.format, said.number) for t in booked]
        new = new_lines(self.known, as_lines)
        fresh = [(t, line) for t, line, is_new in zip(booked, as_lines, new, strict=True) if is_new]
        keys = line_keys(self.keys, [line for _, line in fresh])
        self.known += [line for _, line in fresh]
        self.keys += keys
        told = _statement(dropped)
        records = [line_record(t, key) for (t, _), key in zip(fresh, keys, strict=True)]
        records += [
            line_record(t, f"pending|{said.number}|{n}"[:200], pending=True) for n, t in enumerate(pending)
        ]
        for start in range(0, max(len(records), 1), LINES):
            part = records[start : start + LINES]
            self.staged.rows.append(("lines", {"account": named, "statement": told, "lines": part}))
        self._count(dropped, booked, fresh, pending)

    def _count(
        self,
        dropped: _Dropped,
        booked: Sequence[TransactionRecord],
        fresh: Sequence[tuple[TransactionRecord, Line]],
        pending: Sequence[TransactionRecord],
    ) -> None:
        came = [t.amount_cents for t, _ in fresh if t.amount_cents > 0]
        self.staged.counts["lines_new"] += len(fresh)
        self.staged.counts["lines_known"] += len(booked) - len(fresh)
        self.staged.counts["lines_pending"] += len(pending)
        said = dropped.statement
        self.staged.seen.append(
            {
                "file": dropped.file,
                "account": said.account,
                "known": self.account.known is not None,
                "number": said.number,
                "currency": said.currency,
                "opens": said.opens.isoformat() if said.opens else None,
                "reaches": said.reaches.isoformat() if said.reaches else None,
                "new": len(fresh),
                "old": len(booked) - len(fresh),
                "came_cents": sum(came),
                "went_cents": -sum(t.amount_cents for t, _ in fresh if t.amount_cents < 0),
            }
        )

    def _check(
        self,
        dropped: _Dropped,
        reaches: date | None,
        closing: int | None,
        sequence: tuple[int | None, int | None],
    ) -> None:
        """Whether it follows on what is known of the account."""
        said = dropped.statement
        if said.kind != "statement" or reaches is None or not said.opens or said.opens < reaches:
            return
        year, last = sequence
        if last and said.sequence and said.year == year and said.sequence > last + 1:
            self._warn(dropped, "bank.gap", after=last, before=said.sequence)
        elif closing is not None and said.opening_cents is not None and said.opening_cents != closing:
            difference = Money(said.opening_cents - closing, said.currency)
            self._warn(dropped, "bank.does_not_follow", since=reaches, difference=difference)

    def _warn(self, dropped: _Dropped, code: str, **params: Any) -> None:
        sentence = say(code, account=dropped.statement.account, **params)
        self.staged.problems[dropped.file].append(Problem(sentence, Severity.WARNING, dropped.file))


def _line(t: TransactionRecord, format_: str, statement: str) -> Line:
    return Line(
        t.booked,
        t.amount_cents,
        t.currency,
        t.bank_reference[:140],
        t.counterparty_iban[:40],
        format_,
        statement[:140],
        t.batch[:140],
        t.batch_cents,
    )


def _statement(dropped: _Dropped) -> dict[str, Any]:
    said = dropped.statement
    return {
        "format": dropped.format,
        "kind": said.kind,
        "number": said.number[:140],
        "opens": said.opens.isoformat() if said.opens else None,
        "reaches": said.reaches.isoformat() if said.reaches else None,
        "opening_cents": said.opening_cents,
        "closing_cents": said.closing_cents,
        "holder": said.holder[:140],
    }


COLUMNS = (
    "line_key booked_on amount_cents currency counterparty iban reference text reversal bank_reference end_to_end valued_on code "
    "returned pending batch batch_cents bank_text"
).split()


def line_record(t: TransactionRecord, key: str, *, pending: bool = False) -> list[Any]:
    """The line in `COLUMNS`, as JSON."""
    return [
        key,
        t.booked.isoformat(),
        t.amount_cents,
        t.currency,
        t.counterparty[:140],
        t.counterparty_iban[:40],
        t.reference[:140],
        t.text[:500],
        t.reversal,
        t.bank_reference[:140],
        t.end_to_end[:140],
        t.valued.isoformat() if t.valued else None,
        t.code[:40],
        t.returned[:40],
        pending,
        t.batch[:140],
        t.batch_cents,
        t.bank_text[:500],
    ]
