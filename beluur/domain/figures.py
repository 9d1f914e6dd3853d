"""What works, for whom, when (G2): calls, promises and what became of them, counted. Amounts are by currency and never added up
across them.

An *attempt* is a call of ours that ended with an outcome. A *conversation* is with the right person, whoever rang. A promised
payment (an instalment of a plan is one) is *judged* when its control date has passed and the books told; late is not kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from beluur.domain.case import Outcome, Result, Verdict
from beluur.domain.share import Share

ANSWERED = (Outcome.REACHED, Outcome.WRONG_PERSON, Outcome.GATEKEEPER)
JUDGED = (Verdict.KEPT, Verdict.PARTLY, Verdict.LATE, Verdict.BROKEN)
EARLY = (0, 1)  # Monday and Tuesday (B4)
WEEK = 7
_TWO = 2  # weeks
Counts = dict[str, tuple[int, int]]  # hits, n


class CallCount(NamedTuple):
    """``n`` calls alike; ``weekday`` 0 is Monday, ``slot`` is empty outside the golden hours."""

    weekday: int
    incoming: bool
    outcome: str
    result: str
    slot: str
    kind: str
    n: int


class PartCount(NamedTuple):
    """``n`` promised payments alike, ``cents`` together. ``answered`` is yes or no of those whose confirmation was mailed."""

    kind: str
    currency: str
    proposed_by: str
    answered: str
    verdict: str
    n: int
    cents: int


class ReasonCount(NamedTuple):
    """``n`` conversations alike in which this reason was given."""

    code: str
    result: str
    n: int


class ReasonPart(NamedTuple):
    """``n`` promised payments alike of such conversations."""

    code: str
    verdict: str
    n: int


class GoalCount(NamedTuple):
    """``n`` conversations with this grade (`domain.goal_result`), and what was aimed at and agreed in them."""

    grade: str
    currency: str
    n: int
    ask_cents: int
    agreed_cents: int


class ReviewCount(NamedTuple):
    """``n`` calls that their caller looked back on in this way."""

    went: str
    differently: str
    n: int


class FirstCount(NamedTuple):
    """``n`` invoices that were still open a week after their due date, called ``days`` after it for the first time; None: not."""

    days: int | None
    n: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one period."""

    calls: Iterable[CallCount] = ()
    parts: Iterable[PartCount] = ()
    reasons: Iterable[ReasonCount] = ()
    reason_parts: Iterable[ReasonPart] = ()
    goals: Iterable[GoalCount] = ()
    reviews: Iterable[ReviewCount] = ()
    firsts: Iterable[FirstCount] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Plain numbers, to be kept as JSON; pairs are (hits, n). ``money`` is by currency and verdict, in cents, ``aimed`` by
    currency (aimed at, agreed); ``reasons`` by code the conversations, those with a promise, kept and judged; ``firsts`` is by
    week, second, later and never."""

    attempts: int = 0
    answered: int = 0
    reached: int = 0
    rang: int = 0
    ended: dict[str, int] = field(default_factory=dict)
    slots: Counts = field(default_factory=dict)
    weekdays: Counts = field(default_factory=dict)
    kinds_reached: Counts = field(default_factory=dict)
    kinds_kept: Counts = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    money: dict[str, dict[str, int]] = field(default_factory=dict)
    proposed: Counts = field(default_factory=dict)
    confirmed: Counts = field(default_factory=dict)
    reasons: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    aimed: Counts = field(default_factory=dict)
    went: dict[str, int] = field(default_factory=dict)
    differently: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)
    first_days: int | None = None  # the middle, of those who were called

    @property
    def talks(self) -> int:
        """Conversations with the right person."""
        return sum(self.ended.values())

    @property
    def judged(self) -> int:
        """Promised payments with a verdict."""
        return sum(self.verdicts.get(v, 0) for v in JUDGED)

    @property
    def golden(self) -> Share:
        """Reached, of the attempts in the golden hours."""
        return _sum(pair for slot, pair in self.slots.items() if slot)

    @property
    def other_hours(self) -> Share:
        """Reached, of the attempts outside them."""
        return _sum(pair for slot, pair in self.slots.items() if not slot)

    @property
    def early_week(self) -> Share:
        """Reached, of the attempts on Monday and Tuesday."""
        return _sum(pair for day, pair in self.weekdays.items() if int(day) in EARLY)

    @property
    def rest_of_week(self) -> Share:
        """Reached, of the attempts on the other days."""
        return _sum(pair for day, pair in self.weekdays.items() if int(day) not in EARLY)


def figures(counted: Counted) -> Figures:
    """Of what was counted."""
    return Figures(
        **_of_calls(counted.calls),
        **_of_parts(counted.parts),
        reasons=_of_reasons(counted.reasons, counted.reason_parts),
        **_of_goals(counted.goals),
        **_of_reviews(counted.reviews),
        **_of_firsts(counted.firsts),
    )


def _sum(pairs: Iterable[tuple[int, int]]) -> Share:
    return sum((Share(*pair) for pair in pairs), Share(0, 0))


class _Pairs(defaultdict[str, tuple[int, int]]):
    def __init__(self) -> None:
        super().__init__(lambda: (0, 0))

    def count(self, key: str, n: int, *, hit: bool) -> None:
        hits, all_of_them = self[key]
        self[key] = (hits + n * hit, all_of_them + n)

    def plain(self) -> Counts:
        return dict(sorted(self.items()))


def _of_calls(rows: Iterable[CallCount]) -> dict[str, Any]:
    slots, weekdays, kinds = _Pairs(), _Pairs(), _Pairs()
    ended: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for row in rows:
        hit = row.outcome == Outcome.REACHED
        if hit:
            ended[row.result or Result.NOTHING.value] += row.n
        if row.incoming:
            sums["rang"] += row.n * hit
            continue
        sums["attempts"] += row.n
        sums["answered"] += row.n * (row.outcome in ANSWERED)
        sums["reached"] += row.n * hit
        slots.count(row.slot, row.n, hit=hit)
        weekdays.count(str(row.weekday), row.n, hit=hit)
        kinds.count(row.kind, row.n, hit=hit)
    names = ("attempts", "answered", "reached", "rang")
    return {name: sums[name] for name in names} | {
        "ended": dict(ended),
        "slots": slots.plain(),
        "weekdays": weekdays.plain(),
        "kinds_reached": kinds.plain(),
    }


def _of_parts(rows: Iterable[PartCount]) -> dict[str, Any]:
    kinds, proposed, confirmed = _Pairs(), _Pairs(), _Pairs()
    verdicts: Counter[str] = Counter()
    money: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        verdicts[row.verdict] += row.n
        money[row.currency][row.verdict] += row.cents
        if row.verdict not in JUDGED:
            continue
        kept = row.verdict == Verdict.KEPT
        kinds.count(row.kind, row.n, hit=kept)
        if row.proposed_by:
            proposed.count(row.proposed_by, row.n, hit=kept)
        if row.answered:
            confirmed.count(row.answered, row.n, hit=kept)
    return {
        "verdicts": dict(verdicts),
        "money": {currency: dict(cents) for currency, cents in sorted(money.items())},
        "kinds_kept": kinds.plain(),
        "proposed": proposed.plain(),
        "confirmed": confirmed.plain(),
    }


def _of_reasons(
    rows: Iterable[ReasonCount], parts: Iterable[ReasonPart]
) -> dict[str, tuple[int, int, int, int]]:
    talks, kept = _Pairs(), _Pairs()
    for row in rows:
        talks.count(row.code, row.n, hit=row.result == Result.PROMISE)
    for part in parts:
        if part.verdict in JUDGED:
            kept.count(part.code, part.n, hit=part.verdict == Verdict.KEPT)
    most = sorted(talks.items(), key=lambda item: (-item[1][1], item[0]))
    return {code: (n, promised, *kept.get(code, (0, 0))) for code, (promised, n) in most}


def _of_goals(rows: Iterable[GoalCount]) -> dict[str, Any]:
    grades: Counter[str] = Counter()
    aimed: dict[str, tuple[int, int]] = {}
    for row in rows:
        grades[row.grade] += row.n
        ask, agreed = aimed.get(row.currency, (0, 0))
        aimed[row.currency] = (ask + row.ask_cents, agreed + row.agreed_cents)
    return {"grades": dict(grades), "aimed": dict(sorted(aimed.items()))}


def _of_reviews(rows: Iterable[ReviewCount]) -> dict[str, Any]:
    went: Counter[str] = Counter()
    differently: Counter[str] = Counter()
    for row in rows:
        went[row.went] += row.n
        if row.differently:
            differently[row.differently] += row.n
    return {"went": dict(went), "differently": dict(differently.most_common())}


def _of_firsts(rows: Iterable[FirstCount]) -> dict[str, Any]:
    weeks: Counter[str] = Counter()
    days: Counter[int] = Counter()
    for row in rows:
        weeks[_week(row.days)] += row.n
        if row.days is not None:
            days[row.days] += row.n
    return {"firsts": dict(weeks), "first_days": _middle(days)}


def _week(days: int | None) -> str:
    if days is None:
        return "never"
    return "week" if days <= WEEK else "second" if days <= _TWO * WEEK else "later"


def _middle(days: Counter[int]) -> int | None:
    """By nearest rank."""
    passed, half = 0, (days.total() + 1) // 2
    for day in sorted(days):
        passed += days[day]
        if passed >= half:
            return day
    return None
