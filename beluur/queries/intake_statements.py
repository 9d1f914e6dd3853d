"""What a drop says of our bank accounts: each with its statements, what came in and went out, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.store.models import BankAccount
from beluur.values.money import Money
from beluur.values.numbers import IBAN
from beluur.values.problem import Problem

SHOWN = 12  # statements of one account; a year of daily ones is told in one line


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement. ``came`` and ``went`` are of its new bookings only; ``off`` is by how much it does not add up."""

    number: str
    opens: date | None
    reaches: date | None
    came: Money
    went: Money
    new: int
    old: int
    off: Money


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One of our accounts in this drop; ``number`` as it is kept, ``shown`` in fours. ``reaches`` is how far the account is
    known afterwards, ``was`` until now."""

    number: str
    shown: str
    holder: str
    new: bool
    was: date | None
    statements: tuple[StatementRow, ...]
    problems: tuple[Problem, ...]

    @property
    def total(self) -> StatementRow:
        """All its statements together."""
        rows, currency = self.statements, self.statements[0].came.currency
        return StatementRow(
            "",
            min((r.opens for r in rows if r.opens), default=None),
            max((r.reaches for r in rows if r.reaches), default=None),
            Money(sum(r.came.cents for r in rows), currency),
            Money(sum(r.went.cents for r in rows), currency),
            sum(r.new for r in rows),
            sum(r.old for r in rows),
            Money(0, currency),
        )

    @property
    def shown_statements(self) -> tuple[StatementRow, ...]:
        """Those that do not add up, and the last ones, in their order; none when the total says it all."""
        if len(self.statements) == 1:
            return ()
        last = self.statements[-SHOWN:]
        return tuple(s for s in self.statements if s.off or s in last)

    @property
    def hidden(self) -> int:
        """How many statements are told by the total alone."""
        return len(self.statements) - len(self.shown_statements) if len(self.statements) > 1 else 0

    @property
    def moves(self) -> bool:
        """Whether the account is known to a later day afterwards, even when nothing was booked."""
        reaches = self.total.reaches
        return reaches is not None and (self.was is None or reaches > self.was)

    @property
    def off(self) -> bool:
        """Whether one of its statements does not add up."""
        return any(s.off for s in self.statements)


def account_rows(
    administration_id: int, told: Sequence[Mapping[str, Any]], problems: Iterable[Problem]
) -> tuple[AccountRow, ...]:
    """``told`` is what the intake keeps of each statement; of ``problems`` those that name an account go with it. One query."""
    if not told:
        return ()
    here = BankAccount.objects.filter(administration_id=administration_id)
    reach = {(n, c): day for n, c, day in here.values_list("number", "currency", "reaches")}
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in told:
        groups.setdefault((one.get("ours") or one["account"], one["currency"]), []).append(one)
    every = list(problems)
    return tuple(_account(key, rows, reach.get(key), every) for key, rows in groups.items())


def _account(
    key: tuple[str, str], rows: Sequence[Mapping[str, Any]], was: date | None, problems: Iterable[Problem]
) -> AccountRow:
    number = key[0]
    names = {number, *(row["account"] for row in rows)}
    return AccountRow(
        number=number,
        shown=IBAN.format(number) if IBAN.valid(number) else number,
        holder=next((row["holder"] for row in rows if row.get("holder")), ""),
        new=not rows[0]["known"],
        was=was,
        statements=tuple(sorted(map(_statement, rows), key=lambda s: (s.reaches or date.min, s.number))),
        problems=tuple(p for p in problems if p.sentence.params.get("account") in names),
    )


def _statement(row: Mapping[str, Any]) -> StatementRow:
    def money(name: str) -> Money:
        return Money(row.get(name, 0), row["currency"])

    opens, reaches = (date.fromisoformat(row[n]) if row[n] else None for n in ("opens", "reaches"))
    came, went, off = money("came_cents"), money("went_cents"), money("off_cents")
    return StatementRow(row["number"], opens, reaches, came, went, row["new"], row["old"], off)
