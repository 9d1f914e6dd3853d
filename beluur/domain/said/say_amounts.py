"""How amounts and plans of several times are said. A bare number that may be a day as well is no amount."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from beluur.domain.said.calendar import coming, nth_of_coming_month
from beluur.domain.said.grammar import AmountItem, DayItem, Found, Item, PlanItem, Rule, VagueItem, rules
from beluur.domain.said.say_days import WEEKS_OF_DAYS


def _unclear(found: Found, code: str = "unclear_number") -> VagueItem:
    return VagueItem(*found.place, code=code)


def _number(found: Found) -> AmountItem | VagueItem:
    token = found.token("n")
    if token.symbol == "ODD":
        return _unclear(found)
    if not found.has("c") and not found.has("e") and (token.symbol == "DAYNUM" or _may_be_a_day(token.word)):
        return _unclear(found)
    return _amount(found, token.value)


def _amount(found: Found, cents: int) -> AmountItem | VagueItem:
    return AmountItem(*found.place, cents=cents) if cents > 0 else _unclear(found, "not_positive")


def _may_be_a_day(word: str) -> bool:
    """15.12 is an amount and a date."""
    day, _, month = word.partition(".")
    return (
        day.isdigit()
        and month.isdigit()
        and len(month) == 2
        and 1 <= int(day) <= 31
        and 1 <= int(month) <= 12
    )


def _negative(found: Found) -> VagueItem:
    return _unclear(found, "not_positive")


def _foreign(found: Found) -> VagueItem:
    return _unclear(found, "currency")


def _about(found: Found) -> VagueItem:
    """Dans les 500: some 500."""
    return _unclear(found, "about")


def _cents(found: Found) -> VagueItem:
    return _unclear(found)


def _share(found: Found) -> AmountItem | VagueItem:
    """The half; the half of 1000."""
    if not found.has("n"):
        return AmountItem(*found.place, share=found.value("f"))
    priced = found.has("c") or found.has("e")
    if found.symbol("n") == "ODD" or (found.symbol("n") == "DAYNUM" and not priced):
        return _unclear(found)  # half two
    share: Fraction = found.value("f")
    return _amount(found, found.value("n") * share.numerator // share.denominator)


def _share_of_rest(found: Found) -> VagueItem:
    return _unclear(found, "share_of_what")


def _percent(found: Found) -> AmountItem | VagueItem:
    share = Fraction(found.value("n"), 10_000)
    return AmountItem(*found.place, share=share) if 0 < share <= 1 else _unclear(found)


def _rest(found: Found) -> AmountItem | VagueItem:
    if found.has("n"):
        return _number(found)
    return AmountItem(*found.place, whole=found.symbol("r") == "ALL")


def _each_of_us(found: Found) -> VagueItem | None:
    """300 each, 200 per invoice: what it comes to is not said."""
    start = found.place[0]
    after_sum = start > 0 and found.tokens[start - 1].symbol in _SUMS
    per = found.token("v").word in ("per", "par") and not found.has("i")
    return None if per and not (found.has("u") and after_sum) else _unclear(found, "some_amount")


def _one_euro(found: Found) -> AmountItem:
    return AmountItem(*found.place, cents=100)


def _skipped(_: Found) -> Sequence[Item]:
    return ()


def _times(found: Found) -> PlanItem:
    every = {"MONTHLY": (1, None), "WEEKLY": (None, 7), "": (None, None)}[found.symbol("e")]
    return PlanItem(*found.place, count=_count(found), months=every[0], days=every[1])


def _count(found: Found) -> int:
    return (found.value("n") or 100) // 100


_APART = {
    "MONTHS": (1, None),
    "MONTHLY": (1, None),
    "WEEK": (None, 7),
    "WEEKLY": (None, 7),
    "FORTNIGHT": (None, 14),
}


def _every(found: Found) -> PlanItem | None:
    months, days = _APART[found.symbol("u")]
    n = _count(found) if found.has("n") else 1
    return PlanItem(*found.place, months=months and months * n, days=days and days * n)


def _every_so_many_days(found: Found) -> PlanItem | VagueItem:
    """Every fourteen days; tous les quinze jours, which are two weeks."""
    n = WEEKS_OF_DAYS.get(_count(found), 0) if found.language == "fr" else 0
    days = n or _count(found)
    return PlanItem(*found.place, days=days) if days in (7, 14, 21, 28) else _unclear(found, "some_amount")


def _every_weekday(found: Found) -> Sequence[Item] | None:
    if found.token("v").word == "per":
        return None  # per vrijdag: on Friday
    return (PlanItem(*found.place, days=7), _first(found, coming(found.today, found.value("d"))))


def _every_nth(found: Found) -> Sequence[Item] | None:
    if found.token("v").word == "per":
        return None
    token = found.token("n")
    nth = token.value // 100 if token.symbol == "DAYNUM" else token.value
    return (PlanItem(*found.place, months=1), _first(found, nth_of_coming_month(found.today, nth)))


def _first(found: Found, day: date | None) -> DayItem:
    return DayItem(*found.place, day=day, code="" if day else "no_such_day")


def _for_so_long(found: Found) -> PlanItem:
    months, days = _APART[found.symbol("u")]
    return PlanItem(*found.place, count=_count(found), months=months, days=days)


def _amount_a_month(found: Found) -> Sequence[Item] | None:
    """10 a month: what comes so often is an amount, also when the number might be a day."""
    if found.has("v") and found.token("v").word not in ("per", "par"):
        return None  # 10 elke maand: on the tenth, perhaps
    token = found.token("n")
    months, days = _APART[found.symbol("u")]
    amount = _amount(found, token.value) if token.symbol == "DAYNUM" else _number(found)
    return (amount, PlanItem(*found.place, months=months, days=days))


_SUMS = frozenset(("WHOLE", "DAYNUM", "YEARNUM", "DECIMAL", "CURRENCY"))
_SUM = "(?P<c>CURRENCY)? (?P<n>NUM|DECIMAL|ODD) (?P<e>CURRENCY)?"
_LARGE = "(?P<c>CURRENCY)? (?P<n>WHOLE|DECIMAL|ODD) (?P<e>CURRENCY)?"
_PRICED = "(?P<n>DAYNUM|YEARNUM) (?P<e>CURRENCY)"
AMOUNTS: list[Rule] = [
    *rules(_number, _SUM),
    *rules(_negative, f"CURRENCY? MINUS {_SUM}"),
    *rules(_foreign, "FOREIGN (?:NUM|DECIMAL|ODD)", "(?:NUM|DECIMAL|ODD) FOREIGN", "FOREIGN"),
    *rules(_cents, "(?:NUM|DECIMAL|ODD) CENTS", "(?:MINUS|COMMA)? (?:DAYMONTH|DATE) CURRENCY", "CURRENCY"),
    *rules(
        _share, "THE? (?P<f>FRACTION)", f"THE? (?P<f>FRACTION) OF* {_SUM}", "THE? (?P<f>FRACTION) LINK* ALL"
    ),
    *rules(_share_of_rest, "THE? FRACTION LINK* REST"),
    *rules(_percent, "(?P<n>NUM|DECIMAL) PERCENT"),
    *rules(
        _rest,
        "(?P<r>REST|ALL)",
        f"(?P<r>REST|ALL) OF* {_LARGE}",
        f"(?P<r>REST|ALL) OF* {_PRICED}",
        "(?P<r>ALL) (?:OF|THE)* REST",
    ),
    *rules(_each_of_us, "(?P<v>EVERY) (?:(?P<i>REFERENCE)|(?P<u>UNKNOWN))?"),
    *rules(_one_euro, "ONE CURRENCY"),
    *rules(_about, "IN (?P<n>WHOLE) CURRENCY?", only="fr"),
    *rules(
        _skipped,
        "REFERENCE (?:FILL|THE)* (?:NUM|DECIMAL|ODD|ORD|DAYMONTH)",
        "(?:DAYNUM|RANK) FILL* (?:REFERENCE|TIMES)",
        "REFERENCE",
    ),
]
PLANS: list[Rule] = [
    *rules(
        _times,
        "IN? (?P<n>COUNT) EQUAL? (?P<e>MONTHLY|WEEKLY)? EQUAL? TIMES EQUAL? (?:OF|THE|AT)*",
        "IN? (?P<n>COUNT) EQUAL? TIMES (?P<e>MONTHLY|WEEKLY) EQUAL? (?:OF|THE|AT)*",
    ),
    *rules(_every, "EVERY (?P<n>COUNT)? (?P<u>WEEK|MONTHS|FORTNIGHT)", "(?P<u>MONTHLY|WEEKLY)"),
    *rules(_every_so_many_days, "EVERY (?P<n>COUNT) DAY"),
    *rules(_every_weekday, "(?P<v>EVERY) (?P<d>WEEKDAY)"),
    *rules(_every_nth, "(?P<v>EVERY) THE? (?P<n>NTH) (?!NOTADAY|LINK*MONTH) (?:LINK* THIS? MONTHS)?"),
    *rules(_for_so_long, "DURING (?P<n>COUNT) (?P<u>WEEK|MONTHS)", "(?P<n>COUNT) (?P<u>WEEK|MONTHS) LONG"),
    *rules(_amount_a_month, f"{_SUM} ONE (?P<u>WEEK|MONTHS|FORTNIGHT)", only="en"),
    *rules(_amount_a_month, f"{_SUM} (?P<v>EVERY) (?P<u>WEEK|MONTHS|FORTNIGHT)"),
]
