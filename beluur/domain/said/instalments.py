"""A plan of several times becomes its dated amounts, or the code of what is still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from beluur.domain.plan import MOST_PARTS, Rhythm, how_long
from beluur.domain.said.grammar import AmountItem, DayItem, Item, PlanItem
from beluur.domain.said.pairing import Pair
from beluur.domain.said.tokens import Token
from beluur.law.days import add_months
from beluur.values.money import Money, in_parts
from beluur.values.sentence import Sentence


def one_plan(found: Sequence[Item]) -> PlanItem | None:
    """All that was said of several times, together; None when nothing was. Two counts that differ leave none."""
    plans = [i for i in found if isinstance(i, PlanItem)]
    if not plans:
        return None
    counts = {p.count for p in plans if p.count is not None}
    apart = {(p.months, p.days) for p in plans if p.months or p.days}
    months, days = apart.pop() if len(apart) == 1 else (1, None)
    return PlanItem(
        plans[0].start, plans[-1].end, counts.pop() if len(counts) == 1 else None, months if not days else None, days
    )  # fmt: skip


def listed(found: Sequence[Item]) -> list[Item]:
    """Two payments of 400, on 1 and on 15 December: as many days as times, so that it is no plan but what was listed."""
    plan = one_plan(found)
    plans = [i for i in found if isinstance(i, PlanItem)]
    days = [i for i in found if isinstance(i, DayItem)]
    amounts = [i for i in found if isinstance(i, AmountItem)]
    if plan is None or len(plans) > 1 or plans[0].months or plans[0].days or plan.count != len(days):
        return list(found)
    first = min((i.start for i in (*days, *amounts)), default=0) >= plans[0].end
    if not first or len(days) < 2 or any(i.cents is None for i in amounts):
        return list(found)
    if len(amounts) == len(days):
        return [i for i in found if i is not plans[0]]
    if len(amounts) != 1 or plans[0].end != amounts[0].start:
        return list(found)
    others = [i for i in found if i is not plans[0] and i is not amounts[0]]
    each = {day.start: replace(amounts[0], start=day.start, end=day.start) for day in days}
    return [one for i in others for one in ((each[i.start], i) if isinstance(i, DayItem) else (i,))]


_RHYTHMS = {(1, None): Rhythm.MONTHLY, (None, 7): Rhythm.WEEKLY, (None, 14): Rhythm.TWO_WEEKLY}


def pace_of(found: Sequence[Item], limit: Money | None) -> Sentence | None:
    """The arithmetic of so much a month, as long as no number of times was said: 10 a month on 600 takes five years (D11)."""
    plan = one_plan(found)
    amounts = [i.cents for i in found if isinstance(i, AmountItem)]
    rhythm = _RHYTHMS.get((plan.months, plan.days)) if plan is not None and plan.count is None else None
    if rhythm is None or limit is None or len(amounts) != 1:
        return None
    [each] = amounts
    if not each or not 0 < each < limit.cents:
        return None
    return how_long(limit.cents, each, rhythm, currency=limit.currency)


def without_first_day(found: Sequence[Item], tokens: Sequence[Token]) -> list[Item]:
    """Every Friday from 4 December: the first Friday is the day that was said, when it is one."""
    plans = {(i.start, i.end) for i in found if isinstance(i, PlanItem)}
    own = [i for i in found if isinstance(i, DayItem) and (i.start, i.end) in plans]
    said = [i for i in found if isinstance(i, DayItem) and i not in own]
    if len(own) != 1 or len(said) != 1 or own[0].day is None or said[0].day is None:
        return list(found)
    begins = any(t.symbol == "FROM" for t in tokens[max(0, said[0].start - 2) : said[0].end])
    fits = own[0].day.weekday() == said[0].day.weekday() or own[0].day.day == said[0].day.day
    return [i for i in found if i is not own[0]] if begins and fits else list(found)


def nearest(plan: PlanItem, made: Sequence[Pair]) -> int:
    """Which of the pairs the plan is of: the one it stands in or beside."""

    def distance(number: int) -> int:
        start, end = made[number].place
        return max(0, start - plan.end, plan.start - end)

    return min(range(len(made)), key=distance)


def in_times(
    plan: PlanItem, pair: Pair, left_cents: int | None, tokens: Sequence[Token]
) -> list[tuple[int, date]] | str:
    """(cents, day) of each time. ``left_cents``: what is open and not said otherwise, when that is known. A str is the code of
    what to ask instead."""
    if pair.day is None:
        return "first_day"
    if pair.day.day is None:
        return pair.day.code
    cents = _each(plan, pair.amount, left_cents, tokens)
    if isinstance(cents, str):
        return cents
    return [(part, _later(pair.day.day, n, plan)) for n, part in enumerate(cents)]


def _each(
    plan: PlanItem, amount: AmountItem | None, left_cents: int | None, tokens: Sequence[Token]
) -> Sequence[int] | str:
    if plan.count is not None and not 1 <= plan.count <= MOST_PARTS:
        return "too_far"
    if amount is None or amount.cents is None:
        if plan.count is None:
            return "how_many"
        return (
            in_parts(left_cents, plan.count) if left_cents and left_cents >= plan.count else "how_much_each"
        )
    if plan.count is None:
        return _until_paid(amount.cents, left_cents)
    if amount.end <= plan.start and not _said_apart(plan, tokens):
        in_all = tokens[plan.start].symbol == "IN" and amount.cents >= plan.count
        return in_parts(amount.cents, plan.count) if in_all else "how_much_each"
    return [amount.cents] * plan.count


def _said_apart(plan: PlanItem, tokens: Sequence[Token]) -> bool:
    """Whether what follows the amount begins with "a month": then it is the amount of each time."""
    return tokens[plan.start].symbol in ("EVERY", "MONTHLY", "WEEKLY", "ONE")


def _until_paid(cents: int, left_cents: int | None) -> Sequence[int] | str:
    if left_cents is None or left_cents <= 0:
        return "how_many"
    times, last = divmod(left_cents, cents)
    if times + (last > 0) > MOST_PARTS:
        return "too_far"
    return [cents] * times + ([last] if last else [])


def _later(first: date, n: int, plan: PlanItem) -> date:
    if plan.days:
        return first + timedelta(days=n * plan.days)
    return add_months(first, n * (plan.months or 1))


def with_share(amount: AmountItem, open_cents: int) -> AmountItem:
    """A share of what is open as its amount, to the cent below."""
    assert amount.share is not None
    return replace(amount, cents=open_cents * amount.share.numerator // amount.share.denominator, share=None)
