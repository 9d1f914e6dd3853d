"""The calculator of a payment plan: amounts that add up to the cent, on days on which banks book (D11, D13).

Amounts are whole cents; days are the debtor's. The parts are ``total // n``, and the last one carries the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beluur.domain.commitment import Objection, Proposal, ProposedPart, Said
from beluur.law.days import add_months, next_bank_day
from beluur.values.money import Money, in_parts
from beluur.values.sentence import Sentence, say

MOST_PARTS = 60  # five years of months: nobody waits longer
FURTHEST_DAYS = 366  # a first day further away is a slip of the keyboard
_IN_A_YEAR = {"weekly": 52, "two_weekly": 26, "monthly": 12}


class Rhythm(StrEnum):
    """How the parts follow each other."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"
    DATES = "dates"  # on days that were named one by one


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """``cents`` that he pays on ``due``."""

    due: date
    cents: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is paid when, the first day first; one part is a payment at once. Never empty, as `build` and `plan_of` make it."""

    parts: tuple[PlannedPart, ...]

    @property
    def cents(self) -> int:
        """All of it."""
        return sum(p.cents for p in self.parts)

    @property
    def first(self) -> date:
        """The day of the first part."""
        return self.parts[0].due

    @property
    def last(self) -> date:
        """The day on which all of it is paid."""
        return self.parts[-1].due

    def cents_by(self, day: date) -> int:
        """What is paid on ``day`` and before it."""
        return sum(p.cents for p in self.parts if p.due <= day)

    def as_proposal(self, *, said: Said = Said.PAYS_ON, way: str = "", said_yes: bool = False) -> Proposal:
        """The plan as `commitment.check_promise` reads it."""
        parts = tuple(ProposedPart(p.due, p.cents) for p in self.parts)
        return Proposal(parts, said, way, said_yes, total_cents=self.cents)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the calculator is given: ``total_cents`` from ``first_on``, in ``parts`` parts, or ``each_cents`` at a time, or on
    ``dates``: one of the three. ``first_cents`` is the first part when it is to differ; it counts among ``parts``."""

    total_cents: int
    first_on: date
    parts: int | None = None
    each_cents: int | None = None
    rhythm: Rhythm = Rhythm.MONTHLY
    first_cents: int | None = None
    dates: tuple[date, ...] = ()


def plan_of(proposal: Proposal) -> Plan | None:
    """The proposal as a plan; None while an amount or a day is missing, or an amount is no amount (D13)."""
    parts = [PlannedPart(p.due, p.cents) for p in proposal.parts if p.due and p.cents and p.cents > 0]
    if not parts or len(parts) < len(proposal.parts):
        return None
    return Plan(tuple(sorted(parts, key=lambda p: p.due)))


def build(wanted: Wanted, today: date) -> Plan | tuple[Objection, ...]:
    """The plan to the cent, each day moved to the next bank day; or everything that keeps it from being one.

    Fields of the objections: "total", "first", "parts", "each", "date:0" (with the number of the date behind the colon).
    """
    wrong = tuple(_objections(wanted, today))
    if wrong:
        return wrong
    amounts = _amounts(wanted)
    days = [next_bank_day(day) for day in _days(wanted, len(amounts))]
    if len(set(days)) < len(days):
        return (Objection("date:0", say("commitment.same_day_twice")),)
    return Plan(tuple(PlannedPart(day, cents) for day, cents in zip(days, amounts, strict=True)))


def _objections(wanted: Wanted, today: date) -> Iterator[Objection]:
    if wanted.total_cents <= 0:
        yield Objection("total", say("commitment.amount_not_positive"))
        return
    yield from tuple(_first_objections(wanted)) or _count_objections(wanted)
    for n, day in enumerate(wanted.dates or (wanted.first_on,)):
        if day < today:
            yield Objection(f"date:{n}", say("commitment.date_past", on=day))
        elif day > today + timedelta(days=FURTHEST_DAYS):
            yield Objection(f"date:{n}", say("commitment.date_too_far", on=day))


def _first_objections(wanted: Wanted) -> Iterator[Objection]:
    if wanted.first_cents is None:
        return
    if wanted.first_cents <= 0:
        yield Objection("first", say("commitment.amount_not_positive"))
    elif wanted.first_cents >= wanted.total_cents:
        yield Objection("first", say("plan.first_is_all"))


def _count_objections(wanted: Wanted) -> Iterator[Objection]:
    given = (wanted.parts is not None, wanted.each_cents is not None, bool(wanted.dates))
    if sum(given) != 1:
        yield Objection("parts", say("plan.parts_or_each"))
    elif wanted.each_cents is not None and wanted.each_cents <= 0:
        yield Objection("each", say("commitment.amount_not_positive"))
    elif wanted.rhythm is Rhythm.DATES and not wanted.dates:
        yield Objection("parts", say("plan.no_dates"))
    elif (n := _count(wanted)) > MOST_PARTS:
        yield Objection("parts", say("plan.too_many", most=MOST_PARTS))
    elif n < (1 if wanted.first_cents is None else 2):
        yield Objection("parts", say("plan.too_few"))
    elif _rest(wanted) < n - _firsts(wanted) and wanted.each_cents is None:
        yield Objection("parts", say("plan.too_small"))


def _count(wanted: Wanted) -> int:
    """How many parts it takes, the first one included."""
    if wanted.each_cents is not None:
        return _firsts(wanted) + -(-_rest(wanted) // wanted.each_cents)
    return len(wanted.dates) or wanted.parts or 0


def _firsts(wanted: Wanted) -> int:
    return int(wanted.first_cents is not None)


def _rest(wanted: Wanted) -> int:
    return wanted.total_cents - (wanted.first_cents or 0)


def _amounts(wanted: Wanted) -> tuple[int, ...]:
    first = () if wanted.first_cents is None else (wanted.first_cents,)
    rest, n = _rest(wanted), _count(wanted) - len(first)
    if wanted.each_cents is None:
        return (*first, *in_parts(rest, n))
    return (*first, *([wanted.each_cents] * (n - 1)), rest - wanted.each_cents * (n - 1))


def _days(wanted: Wanted, n: int) -> Sequence[date]:
    if wanted.dates:
        return sorted(wanted.dates)
    return [step(wanted.first_on, k, wanted.rhythm) for k in range(n)]


def step(first: date, k: int, rhythm: Rhythm) -> date:
    """The nominal day of part ``k`` (0 is the first), before it is moved to a bank day; `DATES` steps by the month."""
    if rhythm is Rhythm.WEEKLY:
        return first + timedelta(weeks=k)
    if rhythm is Rhythm.TWO_WEEKLY:
        return first + timedelta(weeks=2 * k)
    return add_months(first, k)


def rhythm_of(plan: Plan) -> Rhythm:
    """The rhythm that its days come nearest to."""
    if len(plan.parts) == 1:
        return Rhythm.MONTHLY
    apart = (plan.last - plan.first).days // (len(plan.parts) - 1)
    if apart <= 10:
        return Rhythm.WEEKLY
    return Rhythm.TWO_WEEKLY if apart <= 21 else Rhythm.MONTHLY


def how_long(cents: int, each_cents: int, rhythm: Rhythm, *, currency: str = "EUR") -> Sentence:
    """The arithmetic that is said aloud: 10 a month on 600 takes five years (D11). Both amounts are more than nothing."""
    parts = -(-cents // each_cents)
    params = {
        "each": Money(each_cents, currency),
        "amount": Money(cents, currency),
        "lasts": _lasts(parts, rhythm),
    }
    code = {Rhythm.WEEKLY: "plan.takes_weekly", Rhythm.TWO_WEEKLY: "plan.takes_two_weekly"}.get(rhythm)
    return Sentence(code or "plan.takes_monthly", params)


def _lasts(parts: int, rhythm: Rhythm) -> Sentence:
    in_a_year = _IN_A_YEAR.get(rhythm, 12)
    if parts < in_a_year and in_a_year > 12:
        return say("plan.weeks", weeks=parts * 52 // in_a_year)
    if parts < in_a_year:
        return say("plan.months", months=parts)
    years, over = divmod(-(-parts * 12 // in_a_year), 12)
    return say("plan.years_months", years=years, months=over) if over else say("plan.years", years=years)
