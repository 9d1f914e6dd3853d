"""A payment divided by hand: what is ticked and typed, and how that is shown again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beluur.actions.bank.assign import Wanted
from beluur.domain.split_payment import divided
from beluur.queries.payments_rows import BankPayment, OpenLine, OpenOf
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_cents, typed_number

AMOUNT = "cents_"


@dataclass(frozen=True, slots=True)
class Ticked:
    """What the form says: the ticked invoices in their order, amounts as typed by invoice, whose the rest is."""

    invoice_ids: tuple[int, ...]
    typed: Mapping[int, str]
    debtor_id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class LineView:
    """An invoice with its tick; ``key`` is the digit that ticks it, "" from the tenth on."""

    line: OpenLine
    ticked: bool
    typed: str
    key: str


@dataclass(frozen=True, slots=True)
class DebtorView:
    """A debtor with what is open of him."""

    of: OpenOf
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """The form as it is shown; ``wrong`` stands at the field ``field``."""

    payment: BankPayment
    debtors: tuple[DebtorView, ...]
    text: str
    searched: bool
    owner: int | None
    onward: str
    wrong: Sentence | None = None
    field: str = ""


def ticked(posted: Any) -> Ticked:
    """What was posted, a QueryDict."""
    ids = tuple(
        dict.fromkeys(i for text in posted.getlist("invoice") if (i := typed_number(text)) is not None)
    )
    owner = posted.get("debtor", "")
    return Ticked(
        ids,
        {i: posted.get(f"{AMOUNT}{i}", "").strip()[:40] for i in ids},
        typed_number(owner),
        posted.get("zoek", "").strip()[:100],
    )


def wanted(said: Ticked, found: Sequence[OpenOf], left_cents: int) -> tuple[Wanted, ...]:
    """The parts, amounts that were left out filled in from what is left. Refused at an amount that cannot be read."""
    rooms = {line.invoice_id: line.room.cents for of in found for line in of.lines}
    rows: list[tuple[int, int | None]] = []
    for i in said.invoice_ids:
        cents = typed_cents(said.typed[i]) if said.typed[i] else None
        if said.typed[i] and cents is None:
            raise Refused(say("by_hand.amount_wrong", text=said.typed[i]), f"{AMOUNT}{i}")
        rows.append((rooms.get(i, 0), cents))
    return tuple(Wanted(i, n) for i, n in zip(said.invoice_ids, divided(left_cents, rows), strict=True))


def shown(
    payment: BankPayment,
    found: Sequence[OpenOf],
    said: Ticked,
    onward: str,
    *,
    wrong: Sentence | None = None,
    field: str = "",
) -> Split:
    """The form again, as it was filled in."""
    numbers = iter(range(1, 10))
    debtors = tuple(
        DebtorView(of, tuple(_line(line, said.invoice_ids, said.typed, numbers) for line in of.lines))
        for of in found
    )
    return Split(payment, debtors, said.text, bool(said.text), said.debtor_id, onward, wrong, field)


def _line(line: OpenLine, chosen: Collection[int], typed: Mapping[int, str], numbers: Any) -> LineView:
    number = next(numbers, None)
    return LineView(
        line, line.invoice_id in chosen, typed.get(line.invoice_id, ""), str(number) if number else ""
    )
