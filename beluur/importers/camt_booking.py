"""CAMT entries to transactions: what is booked and on which day, its sign, and a batch as its payments.

The sign is what the account did, by CdtDbtInd alone (docs/adr/0007); a batch is only taken apart when its parts add up to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from beluur.importers.camt_batch import SIGNS, in_common, parts_of
from beluur.importers.camt_entry import Part, walk
from beluur.importers.camt_record import Booking, Own, given, transaction
from beluur.importers.camt_values import ZERO, cents_of, day_of
from beluur.importers.problem_list import ProblemList
from beluur.importers.records import TransactionRecord
from beluur.importers.xml_tree import Element, line_of
from beluur.values.money import Money

_PENDING = frozenset(("PDNG", "FUTR"))
_BOOKED = frozenset(("BOOK", ""))  # a list that gives no status lists what it is a list of
_INFORMATION = "INFO"
_NOTHING = Part()


class Bookings:
    """Collects the transactions of all statements of one file, in order."""

    def __init__(self, problems: ProblemList) -> None:
        self.rows: list[TransactionRecord] = []
        self._problems = problems
        self._information = 0

    def open(self, own: Own, only_day: date | None) -> None:
        """A statement begins; ``only_day`` when all that it holds was booked on that day."""
        self._own, self._only_day = own, only_day
        self._start = len(self.rows)
        self._batches: set[str] = set()

    def add(self, element: Element) -> None:
        """One entry: its transactions, or a problem."""
        entry = walk(element)
        if entry.leaves.get("Sts") == _INFORMATION:
            self._information += 1
        elif booking := self._certain(entry, line_of(element)):
            self._take(booking, entry.details)

    def close(self) -> list[TransactionRecord]:
        """The statement ends: its transactions. A reference that the bank gave to more than one of them is no reference."""
        rows = self.rows[self._start :]
        times = Counter(row.bank_reference for row in rows)
        del times[""]
        if any(count > 1 for count in times.values()):
            rows = [row._replace(bank_reference="") if times[row.bank_reference] > 1 else row for row in rows]
            self.rows[self._start :] = rows
        return rows

    def conclude(self) -> None:
        """Says of what was read and is no booking how much it is."""
        pending: dict[str, list[int]] = {}
        for row in self.rows:
            if row.pending:
                pending.setdefault(row.currency, []).append(row.amount_cents)
        for currency, amounts in pending.items():
            self._problems.warn("camt.pending", n=len(amounts), amount=Money(sum(amounts), currency))
        if self._information:
            self._problems.warn("camt.information", n=self._information)

    def _certain(self, entry: Part, line: int | None) -> Booking | None:
        """Amount, sign, day and status; None, with its problem, when one of them cannot be known."""
        leaves = entry.leaves
        written, currency = leaves.get("Amt", ""), leaves.get("Ccy", "")
        cents = cents_of(written, currency)
        if isinstance(cents, str):
            self._problems.skip(cents, line, "Ntry/Amt", value=written[:40], currency=currency[:10])
            return None
        sign = SIGNS.get(leaves.get("CdtDbtInd", ""))
        if sign is None:
            self._problems.skip("camt.side", line, "Ntry/CdtDbtInd", amount=Money(cents, currency))
            return None
        status = leaves.get("Sts", "")
        pending = status in _PENDING
        if not pending and status not in _BOOKED:
            self._problems.skip("camt.status", line, "Ntry/Sts", value=status[:40])
            return None
        day = self._day(leaves, line, pending=pending)
        return Booking(entry, sign * cents, currency, day, pending, line) if day else None

    def _day(self, leaves: dict[str, str], line: int | None, *, pending: bool) -> date | None:
        """The day of booking; of what is not booked yet, the day on which it is expected."""
        written = leaves.get("BookgDt", "") or (leaves.get("ValDt", "") if pending else "")
        day = day_of(written) if written else None if pending else self._only_day
        if day is None and written:
            self._problems.skip("camt.date", line, "Ntry/BookgDt", value=written[:40])
        elif day is None:
            self._problems.skip("camt.no-date", line, "Ntry/BookgDt")
        return day

    def _take(self, booking: Booking, details: Sequence[Part]) -> None:
        reference = _reference(booking.entry)
        if len(details) < 2:
            detail = details[0] if details else _NOTHING
            reference = reference or _reference(detail)
            self.rows.append(transaction(self._own, booking, detail, booking.cents, reference))
            return
        parts, known = parts_of(details, booking.cents, booking.currency)
        if parts:
            self._take_apart(booking, details, parts, reference)
            return
        if known:
            amount = Money(booking.cents, booking.currency)
            self._problems.warn("camt.batch", booking.line, "Ntry/NtryDtls", n=len(details), amount=amount)
        self.rows.append(transaction(self._own, booking, in_common(details), booking.cents, reference))

    def _take_apart(
        self, booking: Booking, details: Sequence[Part], parts: Sequence[int], reference: str
    ) -> None:
        batch = reference if reference not in self._batches else ""
        batch = batch or f"#{len(self._batches) + 1}"
        self._batches.add(batch)
        own = [_reference(detail) for detail in details]
        named = all(own) and len(set(own)) == len(own)
        for place, (detail, cents) in enumerate(zip(details, parts, strict=True)):
            if cents:
                numbered = own[place] if named else reference and f"{reference}/{place + 1}"
                self.rows.append(transaction(self._own, booking, detail, cents, numbered, batch))
            else:
                self._problems.skip(ZERO, booking.line, "TxDtls/Amt", value="0", currency=booking.currency)


def _reference(part: Part) -> str:
    reference = part.leaves.get("AcctSvcrRef")
    return given(reference) if reference else ""
