"""Whether statements add up, and whether one is missing between two: said, never mended."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from beluur.importers.problem_list import ProblemList
from beluur.importers.records import StatementRecord, TransactionRecord
from beluur.values.money import Money


def check_statements(
    statements: Sequence[StatementRecord], transactions: Iterable[TransactionRecord], problems: ProblemList
) -> None:
    """Warns of a statement whose opening balance and booked movements are not its closing balance (``bank.balance``), and of a
    gap between two numbered statements of one account in this file (``bank.gap``)."""
    moved: dict[int, int] = defaultdict(int)
    for transaction in transactions:
        if not transaction.pending:
            moved[transaction.statement] += transaction.amount_cents
    for place, statement in enumerate(statements):
        if statement.opening_cents is None or statement.closing_cents is None:
            continue
        difference = statement.closing_cents - statement.opening_cents - moved[place]
        if difference:
            problems.warn(
                "bank.balance",
                account=statement.account,
                number=statement.number or str(place + 1),
                difference=Money(difference, statement.currency),
            )
    check_gaps(statements, problems)


def check_gaps(statements: Sequence[StatementRecord], problems: ProblemList) -> None:
    """Warns of a number that is missing between two numbered statements of one account (``bank.gap``)."""
    numbered = sorted(
        {
            (s.account, s.year, s.sequence)
            for s in statements
            if s.sequence is not None and s.year is not None and s.kind == "statement"
        }
    )
    for (account, year, number), following in itertools.pairwise(numbered):
        if following[:2] == (account, year) and following[2] > number + 1:
            problems.warn("bank.gap", account=account, after=number, before=following[2])
