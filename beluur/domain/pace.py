"""How often and how soon he may be called again: tried today, three tries this week, spoken not long ago (J1), unreached (B9).

Everything here follows from what happened, not from the day on which one asks; a try in the night counts for the debtor's day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from beluur.domain.case import AttemptFact, Case, Outcome, Result
from beluur.domain.local_time import local_day
from beluur.domain.policy import Policy
from beluur.law.days import add_working_days

_DAY = timedelta(days=1)
_NO_TRY = frozenset((Outcome.NUMBER_INVALID,))
_MISSES = frozenset(
    (Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.GATEKEEPER, Outcome.WRONG_PERSON)
)


@dataclass(frozen=True, slots=True)
class Pace:
    """``tried_on``: last day with a try of ours; ``week_full_until``: the Monday on which a week of too many tries is over;
    ``spoken_on`` and ``rest_until``: last conversation, and the first day for the next; ``misses``: tries since he was
    last spoken, or since ``wrote_on``, the day of our last "we tried to reach you"."""

    tried_on: date | None = None
    week_full_until: date | None = None
    tries_that_week: int = 0
    spoken_on: date | None = None
    rest_until: date | None = None
    refusals: int = 0
    misses: int = 0
    wrote_on: date | None = None
    last: AttemptFact | None = None
    last_on: date | None = None


_QUIET = Pace()


def pace(case: Case, policy: Policy) -> Pace:
    """What the earlier calls mean for the next one."""
    if not case.attempts:
        return _QUIET
    days = [local_day(a.at, case.time_zone) for a in case.attempts]
    tries = _tries(case.attempts, days)
    full, count = _full_week(tries, policy)
    spoken = _last_spoken(case.attempts)
    spoken_on = days[spoken] if spoken is not None else None
    wrote_on = _wrote_on(case, spoken_on)
    return Pace(
        tried_on=tries[-1] if tries else None,
        week_full_until=full,
        tries_that_week=count,
        spoken_on=spoken_on,
        rest_until=None if spoken is None else _rest(case, policy, case.attempts[spoken], days[spoken]),
        refusals=sum(a.result is Result.REFUSED for a in case.attempts),
        misses=_misses(case.attempts, days, spoken, wrote_on),
        wrote_on=wrote_on,
        last=case.attempts[-1],
        last_on=days[-1],
    )


def _tries(attempts: tuple[AttemptFact, ...], days: list[date]) -> list[date]:
    """The days of our tries; a wrong number is none, an engaged line only from the second time on one day."""
    tries: list[date] = []
    engaged: Counter[date] = Counter()
    for attempt, day in zip(attempts, days, strict=True):
        if attempt.incoming or attempt.outcome in _NO_TRY:
            continue
        if attempt.outcome is Outcome.BUSY:
            engaged[day] += 1
            if engaged[day] == 1:
                continue
        tries.append(day)
    return tries


def _full_week(tries: list[date], policy: Policy) -> tuple[date | None, int]:
    weeks = Counter(day - timedelta(days=day.weekday()) for day in tries)
    full = [monday for monday, n in weeks.items() if n >= policy.tries_per_week]
    if not full:
        return None, 0
    monday = max(full)
    return monday + 7 * _DAY, weeks[monday]


def _last_spoken(attempts: tuple[AttemptFact, ...]) -> int | None:
    return next((n for n in reversed(range(len(attempts))) if attempts[n].outcome is Outcome.REACHED), None)


def _rest(case: Case, policy: Policy, attempt: AttemptFact, day: date) -> date:
    working_days = {
        Result.PASSED_ON: policy.passed_on_working_days,
        Result.REFUSED: policy.refused_working_days,
        Result.CLAIMS_PAID: policy.claim_check_working_days,
    }.get(attempt.result, policy.rest_working_days)
    return add_working_days(day, working_days, case.country)


def _wrote_on(case: Case, spoken_on: date | None) -> date | None:
    letters = [r.on for r in case.reminders if r.level == 0 and (spoken_on is None or r.on >= spoken_on)]
    return max(letters, default=None)


def _misses(
    attempts: tuple[AttemptFact, ...], days: list[date], spoken: int | None, wrote_on: date | None
) -> int:
    first = 0 if spoken is None else spoken + 1
    return sum(
        not a.incoming and a.outcome in _MISSES and (wrote_on is None or day > wrote_on)
        for a, day in zip(attempts[first:], days[first:], strict=True)
    )
