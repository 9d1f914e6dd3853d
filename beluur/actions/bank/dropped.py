"""What a drop says of one of our accounts, and the rows that it is staged as."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from beluur.domain.bank_lines import same_account
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.store.models import BankAccount
from beluur.values.problem import Problem

_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Names = tuple[str, str, str]
"""The number and the currency of our account, and of what kind the names are."""
_ORDER = {"statement": 0, "list": 1, "notice": 2, "interim": 3}


@dataclass(slots=True)
class StagedLines:
    """``rows`` are (kind, record as JSON) in the order in which they are published: written down at once, for as lists a hundred
    thousand lines take four times the room. Problems by file name."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    passing: dict[Names, list[tuple[Any, ...]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # by what the lines name debtors
    counts: Counter[str] = field(default_factory=Counter)
    problems: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    seen: list[dict[str, Any]] = field(default_factory=list)  # what the preview tells of each statement

    def add(self, kind: str, record: dict[str, Any]) -> None:
        """One more row."""
        self.rows.append((kind, _as_text(record)))


@dataclass(frozen=True, slots=True)
class Dropped:
    """One statement in a file, with its lines."""

    file: str
    format: str
    statement: StatementRecord
    lines: tuple[TransactionRecord, ...]

    def described(self) -> dict[str, Any]:
        """The statement as JSON."""
        said = self.statement
        return {
            "format": self.format,
            "kind": said.kind,
            "number": said.number[:140],
            "opens": said.opens.isoformat() if said.opens else None,
            "reaches": said.reaches.isoformat() if said.reaches else None,
            "opening_cents": said.opening_cents,
            "closing_cents": said.closing_cents,
            "holder": said.holder[:140],
        }


@dataclass(slots=True)
class DroppedAccount:
    """One of our accounts, known or new, and all that the drop says of it."""

    known: BankAccount | None
    number: str
    currency: str
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def named(self) -> dict[str, str]:
        """By what it is found again."""
        return {"number": self.number, "currency": self.currency}


def by_account(known: Iterable[BankAccount], files: Sequence[FileContents]) -> list[DroppedAccount]:
    """The accounts that the files speak of, each with its statements in the order of their days, announcements last."""
    accounts = [DroppedAccount(a, a.number, a.currency) for a in known]
    for contents in files:
        lines: dict[int, list[TransactionRecord]] = defaultdict(list)
        for transaction in contents.transactions:
            lines[transaction.statement].append(transaction)
        for place, statement in enumerate(contents.statements):
            format_ = statement.format or contents.format
            dropped = Dropped(contents.name, format_, statement, tuple(lines[place]))
            _account(accounts, statement).dropped.append(dropped)
    for account in accounts:
        account.dropped.sort(key=_order)
    return [account for account in accounts if account.dropped]


def _order(dropped: Dropped) -> tuple[int, date, date, int]:
    said = dropped.statement
    return _ORDER[said.kind], said.opens or date.min, said.reaches or date.min, said.sequence or 0


def _account(accounts: list[DroppedAccount], statement: StatementRecord) -> DroppedAccount:
    for account in accounts:
        if account.currency == statement.currency and same_account(account.number, statement.account):
            return account
    accounts.append(DroppedAccount(None, statement.account[:40], statement.currency))
    return accounts[-1]
