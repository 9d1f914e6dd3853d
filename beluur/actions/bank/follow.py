"""Whether each statement of a drop follows on what is known of its account, and how far the account is known then (J3): never
past a day of which the money does not add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from beluur.actions.bank.dropped import Dropped
from beluur.store.models import BankAccount
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


class _Known(NamedTuple):
    """The last day that is complete, the balance at its end, and the number of the last statement."""

    reaches: date | None = None
    closing: int | None = None
    year: int | None = None
    sequence: int | None = None


class Follow:
    """One account, over its statements in the order of their days. ``seen`` moves with each of them; ``complete`` stops at the
    first that does not add up or does not follow on the one before."""

    def __init__(self, account: BankAccount | None) -> None:
        self._seen = self._complete = (
            _Known(account.reaches, account.closing_cents, account.sequence_year, account.sequence)
            if account
            else _Known()
        )
        self._held = False

    def add(self, dropped: Dropped) -> Iterator[Sentence]:
        """Takes the next statement; gives what has to be said of it."""
        said = dropped.statement
        if said.kind not in ("statement", "list"):
            return
        number_missing, difference = self._number_missing(dropped), self._difference(dropped)
        if number_missing:
            yield Sentence(
                "bank.gap",
                {"account": said.account, "after": self._seen.sequence, "before": said.sequence},
            )
        elif difference:
            missing = Money(difference, said.currency)
            yield say(
                "bank.does_not_follow", account=said.account, since=self._seen.reaches, difference=missing
            )
        proven = difference == 0
        self._held |= bool(difference) or (number_missing and not proven) or not _adds_up(dropped)
        self._move(dropped)

    def _move(self, dropped: Dropped) -> None:
        said, before = dropped.statement, self._seen
        if said.reaches is None or (before.reaches and said.reaches < before.reaches):
            return
        number = (said.year, said.sequence) if said.sequence else (before.year, before.sequence)
        self._seen = _Known(said.reaches, said.closing_cents, *number)
        if not self._held or self._covers(dropped):
            self._complete = self._seen

    def _covers(self, dropped: Dropped) -> bool:
        """Whether a list begins within what is complete, so that it tells of all that followed."""
        said, known = dropped.statement, self._complete.reaches
        return bool(said.kind == "list" and said.opens and known and said.opens <= known + timedelta(days=1))

    def _number_missing(self, dropped: Dropped) -> bool:
        said, seen = dropped.statement, self._seen
        if not self._comes_after(dropped) or said.year != seen.year:
            return False
        return bool(said.sequence and seen.sequence and said.sequence > seen.sequence + 1)

    def _difference(self, dropped: Dropped) -> int | None:
        """By how much it does not follow; None when that is not known."""
        opening, closing = dropped.statement.opening_cents, self._seen.closing
        if not self._comes_after(dropped) or opening is None or closing is None or self._repeats(dropped):
            return None
        return opening - closing

    def _repeats(self, dropped: Dropped) -> bool:
        """Whether it ends where the last one did: of one day, taken in again, it begins on the day to which all is known."""
        said, seen = dropped.statement, self._seen
        return said.reaches == seen.reaches and said.closing_cents == seen.closing

    def _comes_after(self, dropped: Dropped) -> bool:
        said, seen = dropped.statement, self._seen
        return bool(said.kind == "statement" and seen.reaches and said.opens and said.opens >= seen.reaches)

    def record(self) -> dict[str, Any]:
        """How far the account is complete, as JSON."""
        reaches, closing, year, sequence = self._complete
        return {
            "reaches": reaches.isoformat() if reaches else None,
            "closing_cents": closing,
            "sequence": [year, sequence],
        }


def _adds_up(dropped: Dropped) -> bool:
    said = dropped.statement
    if said.kind != "statement" or said.opening_cents is None or said.closing_cents is None:
        return True
    moved = sum(t.amount_cents for t in dropped.lines if not t.pending)
    return said.opening_cents + moved == said.closing_cents
