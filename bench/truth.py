"""Counts how well payments were explained, beside what they truly paid. `python -m bench.truth [PAYMENTS [SEED]]`.

What counts as what:

- An outcome is right when it names the same invoices of the same debtors with the same cents as the truth, in any order. What is
  left of the payment follows from that, so a part booked right and a rest left is right when the truth says so.
- Certain and not right is wrong, also when the payer had made it hard to know: then one should not have been certain.
- One kind is counted apart, and shown: nobody can know it. The payer wrote in full the number (or the reference) of one open
  invoice of his that has to the cent the amount he paid; and he meant another of his of that same amount, which he wrote nowhere.
  All that is written then says what was booked, what he owes is the same, and whoever would not follow his word books nothing.
- Money that pays nothing (unrelated, a refund, a double payment) has an empty truth: certain on anything is wrong, certain on
  nothing is right. It stands outside the share that is explained, and is counted by itself.
- A payment may name an invoice that an earlier one paid (a double payment, last month's number). Who left the earlier one to a
  person cannot know that, and the payer's own word decides: the second may then be booked on that invoice.
- A direct debit that came back has its invoice with cents below 0; so has a credit note that was set off.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from beluur.importers.records import TransactionRecord
from bench.payment_invoices import Invoice
from bench.payments import Payment, Year, make_year
from bench.unknowable import unknowable

Parts = Sequence[tuple[str, str, int]]  # (invoice number, debtor's customer number, cents)
Outcome = tuple[
    str, Parts, Sequence[Parts]
]  # certain, likely or none; the first proposal; the other proposals
NONE: Outcome = ("none", (), ())
SHOWN = 20  # wrong bookings, to be read
EXPLAINED, WRONG, FIRST = 0.97, 0, 0.80  # the targets


@dataclass(slots=True)
class Row:
    """The counts of one habit, one class, or all."""

    payments: int = 0
    paying: int = 0  # with a truth
    explained: int = 0  # of these: certain and right
    nothing: int = 0  # pays nothing
    recognised: int = 0  # of these: certain and right
    wrong: int = 0
    by_word: int = 0  # certain, and not what he meant, but all that he wrote
    rest: int = 0  # paying, and not certain
    first: int = 0  # of these: the first proposal is right
    among: int = 0  # of these: one of the proposals is right

    def add(self, other: Row) -> None:
        """Adds the counts of another row."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A booking that was certain and wrong. ``what`` differs first: nothing (it pays nothing), debtor, invoice or cents."""

    place: int
    payment: Payment
    said: Parts
    what: str


@dataclass(slots=True)
class Score:
    """The counts by class and habit, and the first of what was wrong."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    wrongs: list[Wrong] = field(default_factory=list)
    by_word: list[Wrong] = field(default_factory=list)  # what nobody can know
    kinds: dict[str, int] = field(default_factory=dict)  # how many were wrong in what
    dark: Row = field(
        default_factory=Row
    )  # the rest of which nobody can say for whom it is (`bench.unknowable`)
    guessed: Row = field(default_factory=Row)  # and of which only the days say for which invoice

    def total(self, grade: str = "") -> Row:
        """All habits of one class, or of all."""
        row = Row()
        for (of, _), counts in self.rows.items():
            if grade in ("", of):
                row.add(counts)
        return row

    @property
    def explained(self) -> float:
        """The share of what pays something that was explained without a person, 0 to 1."""
        row = self.total()
        return _share(row.explained, row.paying)

    @property
    def wrong(self) -> int:
        """Bookings that were certain and wrong."""
        return self.total().wrong

    @property
    def first(self) -> float:
        """The share of the rest for which the first proposal was right, 0 to 1."""
        row = self.total()
        return _share(row.first, row.rest)

    @property
    def good(self) -> bool:
        """All three targets are met."""
        return self.explained >= EXPLAINED and self.wrong <= WRONG and self.first >= FIRST


def score(year: Year, outcomes: Mapping[int, Outcome]) -> Score:
    """Judges the outcome of each payment by its place in ``year.payments``; a place that is missing was not explained."""
    found = Score()
    named = {invoice.number: invoice for invoice in year.invoices}
    before: set[str] = set()
    unknown = unknowable(year)
    for place, payment in enumerate(year.payments):
        row = found.rows.setdefault((payment.grade, payment.habit), Row())
        certainty, parts, others = outcomes.get(place, NONE)
        truths = _truths(year, outcomes, place)
        row.payments += 1
        row.paying += bool(payment.truth)
        row.nothing += not payment.truth
        if certainty != "certain":
            if payment.truth:
                row.rest += 1
                row.first += certainty != "none" and same(parts) in truths
                row.among += any(same(some) in truths for some in (parts, *others))
                for apart, places in ((found.dark, unknown.whose), (found.guessed, unknown.which)):
                    apart.rest += place in places
                    apart.first += place in places and certainty != "none" and same(parts) in truths
        elif same(parts) in truths:
            row.explained += bool(payment.truth)
            row.recognised += not payment.truth
        elif _by_his_word(payment, parts, before, named):
            row.by_word += 1
            found.by_word.append(Wrong(place, payment, parts, "invoice"))
        else:
            row.wrong += 1
            what = _differs(payment, parts)
            found.kinds[what] = found.kinds.get(what, 0) + 1
            if len(found.wrongs) < SHOWN:
                found.wrongs.append(Wrong(place, payment, parts, what))
        before.update(number for number, _, _ in parts if certainty == "certain")
    return found


def same(parts: Iterable[tuple[str, str, int]]) -> frozenset[tuple[tuple[str, str], int]]:
    """Parts in any order, those of one invoice put together, without those of 0 cents: equal when they book the same."""
    sums: dict[tuple[str, str], int] = {}
    for invoice, debtor, cents in parts:
        sums[invoice, debtor] = sums.get((invoice, debtor), 0) + cents
    return frozenset(item for item in sums.items() if item[1])


def table(found: Score) -> str:
    """The counts by class and habit, the wrong bookings to be read, and the three figures beside their targets."""
    lines = [f"{'':<34}{'payments':>9}{'explained':>11}{'wrong':>7}{'rest':>7}{'first':>7}{'among':>7}"]
    for grade in dict.fromkeys(of for of, _ in sorted(found.rows, key=_order)):
        lines.append(_line(grade, found.total(grade)))
        lines += [_line(f"  {habit}", row) for (of, habit), row in sorted(found.rows.items()) if of == grade]
    total = found.total()
    lines += [_line("all", total), ""]
    lines += [_told(wrong) for wrong in found.wrongs]
    lines += [_told(some, "NOBODY KNOWS") for some in found.by_word]
    lines += [
        f"wrong in: {', '.join(f'{what} {n}' for what, n in sorted(found.kinds.items())) or 'nothing'}",
        f"pays nothing: {total.nothing} payments, {total.recognised} recognised with certainty",
        _figure(
            "explained without a person",
            f"{found.explained:.2%}",
            f"{EXPLAINED:.0%}",
            met=found.explained >= EXPLAINED,
        ),
        _figure("wrong bookings", f"{found.wrong} in {total.payments}", str(WRONG), met=found.wrong <= WRONG),
        f"      booked as he wrote, while he meant another of the same amount: {total.by_word}, which nobody can know",
        _figure("right proposal first", f"{found.first:.2%}", f"{FIRST:.0%}", met=found.first >= FIRST),
        *_apart(found, total),
    ]
    return "\n".join(lines)


def _apart(found: Score, total: Row) -> tuple[str, str]:
    """Of the strict figure, what it is without those of which nobody can know more (`bench.unknowable`)."""
    dark, days = found.dark, found.guessed
    known = _share(total.first - dark.first, total.rest - dark.rest)
    told = _share(total.first - dark.first - days.first, total.rest - dark.rest - days.rest)
    whose = f"of {dark.rest} of these {total.rest} nobody can say for whom they are ({dark.first} guessed)"
    which = f"of {days.rest} only the days say for which of several invoices ({days.first} guessed)"
    return f"      {whose}; of the others {known:.2%}", f"      {which}; of those without both {told:.2%}"


def main(arguments: Sequence[str]) -> int:
    """Prints the table for the bare explainer, as a yardstick."""
    from bench.bare_explain import explain

    count = int(arguments[0]) if arguments else 20_000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    year = make_year(seed, max(10, count // 5), count, start=date(2026, 1, 5))
    print(f"numbered as {year.numbering}, Dutch reference: {year.dutch_reference or 'none'}")
    print(table(score(year, explain(year))))
    return 0


def _truths(
    year: Year, outcomes: Mapping[int, Outcome], place: int
) -> set[frozenset[tuple[tuple[str, str], int]]]:
    payment = year.payments[place]
    truths = {same(payment.truth)}
    if payment.twin >= 0 and year.payments[payment.twin].record.amount_cents == payment.record.amount_cents:
        earlier = same(year.payments[payment.twin].truth)
        certainty, parts, _ = outcomes.get(payment.twin, NONE)
        if certainty != "certain" or same(parts) != earlier:
            truths.add(earlier)
    return truths


def _by_his_word(
    payment: Payment, parts: Parts, before: Collection[str], named: Mapping[str, Invoice]
) -> bool:
    """As told above. ``before``: the numbers on which was booked before this payment; an invoice among them counts as paid."""
    if len(parts) != 1 or len(payment.truth) != 1 or payment.left:
        return False
    ((number, debtor, cents),), (meant,) = parts, payment.truth
    said, other = named.get(number), named.get(meant.invoice)
    if said is None or other is None or number in before or not debtor == said.debtor == other.debtor:
        return False
    to_the_cent = cents == said.cents == meant.cents == payment.record.amount_cents
    return to_the_cent and _writes(payment.record, said) and not _writes(payment.record, other)


def _writes(record: TransactionRecord, invoice: Invoice) -> bool:
    """Whether the number stands in the text by itself, sign for sign, or the reference in its field."""
    if invoice.reference and record.reference == invoice.reference:
        return True
    return re.search(rf"(?<!\w){re.escape(invoice.number)}(?!\w)", record.text, re.IGNORECASE) is not None


def _differs(payment: Payment, parts: Parts) -> str:
    if not payment.truth:
        return "nothing"
    if {debtor for _, debtor, _ in parts} - {part.debtor for part in payment.truth}:
        return "debtor"
    if {invoice for invoice, _, _ in parts} != {part.invoice for part in payment.truth}:
        return "invoice"
    return "cents"


def _order(key: tuple[str, str]) -> int:
    return ("good", "sloppy", "awful").index(key[0])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _line(what: str, row: Row) -> str:
    explained = f"{_share(row.explained, row.paying):.1%}" if row.paying else f"({row.recognised})"
    first, among = (f"{_share(n, row.rest):.0%}" if row.rest else "" for n in (row.first, row.among))
    return (
        f"{what:<34}{row.payments:>9}{explained:>11}{row.wrong:>7}{row.rest:>7}{first:>7}{among:>7}".rstrip()
    )


def _told(wrong: Wrong, how: str = "WRONG") -> str:
    record = wrong.payment.record
    said = ", ".join(f"{invoice} of {debtor} {cents}" for invoice, debtor, cents in wrong.said) or "nothing"
    truth = ", ".join(f"{p.invoice} of {p.debtor} {p.cents}" for p in wrong.payment.truth) or "nothing"
    return (
        f"{how} {wrong.what} #{wrong.place} {wrong.payment.grade} {wrong.payment.habit}: {record.amount_cents} "
        f"{record.counterparty!r} {record.reference} {record.text!r}\n      said {said}; truly {truth}"
    )


def _figure(what: str, value: str, target: str, *, met: bool) -> str:
    return f"{'good' if met else 'NOT '}  {what:<34}{value:>16} of {target}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
