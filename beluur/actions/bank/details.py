"""Bookings of several payments of which a statement tells the sum only, and a notice (camt.054) the payments: these come in its
place, in the same drop or later. A notice books nothing by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from beluur.actions.bank.dropped import Dropped
from beluur.importers.records import TransactionRecord

Sum = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """The payments of one booking, as a notice tells them; they add up to ``cents``."""

    notice: Dropped
    lines: tuple[TransactionRecord, ...]

    @property
    def cents(self) -> int:
        """Of the whole booking."""
        return self.lines[0].batch_cents

    @property
    def sum(self) -> Sum:
        """By what it is found in a statement."""
        return self.lines[0].booked, self.cents


def batches_told(dropped: Sequence[Dropped]) -> list[Batch]:
    """The bookings of several that notices tell, each named so that it is one of its kind in any statement."""
    found = []
    for notice in dropped:
        if notice.statement.kind != "notice":
            continue
        groups: dict[str, list[TransactionRecord]] = defaultdict(list)
        for t in notice.lines:
            if t.batch and not t.pending:
                groups[t.batch].append(t._replace(batch=f"{notice.statement.number}{t.batch}"[:140]))
        found += [Batch(notice, tuple(lines)) for lines in groups.values() if _adds_up(lines)]
    return found


def _adds_up(lines: Sequence[TransactionRecord]) -> bool:
    return sum(t.amount_cents for t in lines) == lines[0].batch_cents


def may_be_total(t: TransactionRecord) -> bool:
    """Whether the line may be the sum of several: it tells no other account."""
    return not t.batch and not t.counterparty_iban and not t.pending


def with_details(dropped: Dropped, batches: list[Batch]) -> Dropped:
    """The statement with the payments in the place of their sum; what was used is taken out of ``batches``."""
    if dropped.statement.kind != "statement" or not batches:
        return dropped
    whole = {t.batch: (t.booked, t.batch_cents) for t in dropped.lines if t.batch}
    told = Counter(whole.values())
    lines: list[TransactionRecord] = []
    for t in dropped.lines:
        batch_of = _take(batches, (t.booked, t.amount_cents), told) if may_be_total(t) else None
        lines += batch_of.lines if batch_of else (t,)
    return replace(dropped, lines=tuple(lines))


def _take(batches: list[Batch], wanted: Sum, told: Counter[Sum]) -> Batch | None:
    """The first that has this sum, beyond those that the statement tells itself."""
    fits = [batch for batch in batches if batch.sum == wanted]
    if len(fits) <= told[wanted]:
        return None
    batches.remove(fits[told[wanted]])
    return fits[told[wanted]]
