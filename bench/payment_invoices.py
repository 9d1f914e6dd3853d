"""Invented invoices: numbered as one administration numbers, spread over the year, many the same each month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from bench.payment_debtors import FIRST_NUMBER, Debtor

SUBSCRIPTIONS = (
    995,
    1495,
    2495,
    2495,
    2995,
    4500,
    4990,
    4990,
    7500,
    9900,
    9900,
    12100,
    12100,
    18150,
    24200,
    36300,
)
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)  # of the betalingskenmerk, from the right


class Invoice(NamedTuple):
    """One invoice, or a credit note with an amount below zero. ``serial`` is the counter inside its number."""

    number: str
    debtor: str  # his customer number
    issued: date
    due: date
    cents: int
    reference: str  # compact: OGM, betalingskenmerk or RF; "" when he is given none
    order: str  # the customer's own order number, ""
    corrects: str  # of a credit note: the number of its invoice
    serial: int


class Raw(NamedTuple):
    """An invoice before it has its number. ``corrects`` is the place of another raw one, or -1."""

    issued: int  # as an ordinal
    debtor: int
    term: int
    cents: int
    corrects: int


class Numbering(NamedTuple):
    """How an administration numbers: from the serial and the day of issue. ``yearly`` begins again each January."""

    write: Callable[[int, date], str]
    yearly: bool = True


NUMBERINGS = {
    "2026-0118": Numbering(lambda n, day: f"{day.year}-{n:04}"),
    "F20260118": Numbering(lambda n, day: f"F{day.year}{n:04}"),
    "20260118": Numbering(lambda n, day: f"{day.year}{n:04}"),
    "VF26/00118": Numbering(lambda n, day: f"VF{day.year % 100}/{n:05}"),
    "118": Numbering(lambda n, day: str(n), yearly=False),
    "INV/2026/00118": Numbering(lambda n, day: f"INV/{day.year}/{n:05}"),
    "VK-26000118": Numbering(lambda n, day: f"VK-{day.year % 100}{n:06}"),
    "2026.118": Numbering(lambda n, day: f"{day.year}.{n}"),
}
DUTCH_REFERENCES = ("betalingskenmerk", "rf", "")


def make_ogm(ten: int) -> str:
    """Gestructureerde mededeling of a number of ten digits (law F080)."""
    return f"{ten:010}{ten % 97 or 97:02}"


def make_kenmerk(digits: str) -> str:
    """A betalingskenmerk of sixteen: the check digit before fifteen others (law F082)."""
    weighted = sum(int(d) * _WEIGHTS[n % 10] for n, d in enumerate(reversed(digits)))
    check = (11 - weighted % 11) % 11
    return f"{1 if check == 10 else check}{digits}"


def make_rf(digits: str) -> str:
    """A creditor reference of ISO 11649."""
    return f"RF{98 - int(f'{digits}271500') % 97:02}{digits}"


def raw_invoices(draw: Random, debtors: Sequence[Debtor], count: int, first: int, days: int) -> list[Raw]:
    """``count`` of them over ``days`` from ordinal ``first``: a few debtors get most, some each month the same."""
    weight, sizes = 0.0, []
    for _ in debtors:
        weight += draw.lognormvariate(0, 1.0)
        sizes.append(weight)
    counts: dict[int, int] = {}
    for place in draw.choices(range(len(debtors)), cum_weights=sizes, k=count):
        counts[place] = counts.get(place, 0) + 1
    made: list[Raw] = []
    for place, many in counts.items():
        made += _of_debtor(draw, debtors[place], place, many, first, days)
    for n in range(len(made)):
        one = made[n]
        if one.issued < first + days - 40 and draw.random() < 0.025:
            cents = -(one.cents * draw.choice((10, 20, 25, 50, 100)) // 100)
            made.append(Raw(one.issued + draw.randint(3, 25), one.debtor, one.term, cents, n))
    return made


def number_them(
    draw: Random, raw: Sequence[Raw], debtors: Sequence[Debtor], numbering: str, dutch: str
) -> list[Invoice]:
    """In the order of issue, each with its number and its payment reference."""
    scheme = NUMBERINGS[numbering]
    numbers: dict[int, str] = {}
    made: list[Invoice] = []
    year, serial = 0, draw.randint(90, 400)
    for n in sorted(range(len(raw)), key=lambda n: raw[n].issued):
        one = raw[n]
        issued = date.fromordinal(one.issued)
        if scheme.yearly and year and issued.year != year:
            serial = 0
        year, serial = issued.year, serial + 1
        numbers[n] = scheme.write(serial, issued)
        debtor = debtors[one.debtor]
        made.append(
            Invoice(
                number=numbers[n],
                debtor=debtor.number,
                issued=issued,
                due=date.fromordinal(one.issued + one.term),
                cents=one.cents,
                reference="" if one.cents < 0 else _reference(debtor, issued.year % 100, serial, dutch),
                order=_order(draw, debtor),
                corrects=numbers[one.corrects] if one.corrects >= 0 else "",
                serial=serial,
            )
        )
    return made


def _of_debtor(draw: Random, debtor: Debtor, place: int, count: int, first: int, days: int) -> list[Raw]:
    """A subscriber gets one on a fixed day of each month, as far as ``count`` goes; anyone else at random."""
    term = draw.choice((14, 14, 30, 30, 30, 8, 60 if debtor.kind == "business" else 21))
    if count > 2 and draw.random() < (0.7 if debtor.kind == "consumer" else 0.3):
        cents, begins = draw.choice(SUBSCRIPTIONS), draw.randrange(days)
        return [Raw(first + (begins + 30 * n) % days, place, term, cents, -1) for n in range(count)]
    usual = draw.gauss(9.6 if debtor.kind == "consumer" else 10.9, 0.8)
    return [
        Raw(first + draw.randrange(days), place, term, max(500, round(draw.lognormvariate(usual, 0.6))), -1)
        for _ in range(count)
    ]


def _reference(debtor: Debtor, year: int, serial: int, dutch: str) -> str:
    if debtor.country == "BE":
        return make_ogm(year * 10**8 + serial)
    if debtor.country == "NL" and dutch == "betalingskenmerk":
        return make_kenmerk(f"{int(debtor.number) - FIRST_NUMBER:07}{year:02}{serial:06}")
    return make_rf(f"{year:02}{serial:06}") if dutch == "rf" else ""


def _order(draw: Random, debtor: Debtor) -> str:
    if debtor.kind == "consumer" or draw.random() < 0.7:
        return ""
    return draw.choice(("PO{}", "45000{}", "B{}", "INK-{}")).format(draw.randint(10_000, 99_999))
