"""When to call: the golden hours in half slots, at the debtor's clock (B2-B4), and the hours that suit him (B8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from beluur.domain.case import AttemptFact, Case, DebtorKind, Outcome
from beluur.domain.local_time import local, moment_at
from beluur.domain.policy import Policy
from beluur.law.calling_hours import Hours, hours, next_allowed
from beluur.law.days import holiday_name, is_working_day, next_working_day
from beluur.values.sentence import Sentence, say

_DAY = timedelta(days=1)
_TUESDAY, _WEDNESDAY, _SATURDAY = 1, 2, 5
_MISSES_IN_A_ROW = 2

Windows = tuple[tuple[time, time], ...]


class Quality(StrEnum):
    """How good a moment is for a call."""

    GOLDEN = "golden"
    SENSIBLE = "sensible"
    WARNING = "warning"
    FORBIDDEN = "forbidden"


class DayQuality(StrEnum):
    """How good a day is: early in the week an agreement is paid in the same week."""

    BEST = "best"
    GOOD = "good"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Slot:
    """Half a golden window, from ``start`` to ``end`` in UTC; ``index`` counts from 0 over the day."""

    index: int
    start: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        """Whether ``now`` falls in it; its end does not."""
        return self.start <= now < self.end

    def minutes_left(self, now: datetime) -> int:
        """Whole minutes from ``now`` to its end, never below 0."""
        return max(0, int((self.end - now).total_seconds()) // 60)


@dataclass(frozen=True, slots=True)
class CallingWindow:
    """What now is for this debtor: ``slot`` when it is a golden one, ``next_slot`` the first that begins later (today or on a
    coming working day), ``opens_at`` when calling is allowed again if it is not now."""

    quality: Quality
    because: Sentence
    day_quality: DayQuality
    day_because: Sentence
    slot: Slot | None
    minutes_left: int
    next_slot: Slot | None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlotHistory:
    """Slots (indexes) in which he was reached, the last first, and slots in which he was missed twice in a row."""

    reached: tuple[int, ...] = ()
    avoid: tuple[int, ...] = ()


@lru_cache(maxsize=64)
def half_slots(golden_hours: Windows) -> Windows:
    """The golden windows cut in half, local time: 09:30-10:30, 10:30-11:30, and so on."""
    halves: list[tuple[time, time]] = []
    for start, end in golden_hours:
        middle = (start.hour * 60 + start.minute + end.hour * 60 + end.minute) // 2
        half = time(middle // 60, middle % 60)
        halves += [(start, half), (half, end)]
    return tuple(halves)


@lru_cache(maxsize=4096)
def _slots(day: date, country: str, time_zone: str, golden_hours: Windows) -> tuple[Slot, ...]:
    if not is_working_day(day, country):
        return ()
    return tuple(
        Slot(n, moment_at(day, start, time_zone), moment_at(day, end, time_zone))
        for n, (start, end) in enumerate(half_slots(golden_hours))
    )


def slots(day: date, country: str, time_zone: str, policy: Policy) -> tuple[Slot, ...]:
    """The half slots of ``day`` at a debtor's; none on a weekend or public holiday there."""
    return _slots(day, country, time_zone, policy.golden_hours)


def next_slot(now: datetime, country: str, time_zone: str, policy: Policy) -> Slot | None:
    """The first slot that begins after ``now``; None when the policy has no golden hours."""
    day = local(now, time_zone).date()
    for _ in range(2):
        day = next_working_day(day, country)
        later = [s for s in slots(day, country, time_zone, policy) if s.start > now]
        if later:
            return later[0]
        day += _DAY
    return None


def slot_index(at: time, policy: Policy) -> int | None:
    """The half slot that holds this local time; None outside the golden hours."""
    for n, (start, end) in enumerate(half_slots(policy.golden_hours)):
        if start <= at < end:
            return n
    return None


def slot_history(case: Case, policy: Policy) -> SlotHistory:
    """In which slots he was reached, and which to leave out: the last two tries in it, or more, were misses."""
    if not case.attempts:
        return SlotHistory()
    in_a_row: dict[int, int] = {}
    reached: list[int] = []
    for attempt in case.attempts:
        n = slot_index(local(attempt.at, case.time_zone).time(), policy)
        if n is None or attempt.outcome is Outcome.NUMBER_INVALID:
            continue
        if attempt.outcome is Outcome.REACHED:
            reached.append(n)
            in_a_row[n] = 0
        elif not attempt.incoming:
            in_a_row[n] = in_a_row.get(n, 0) + 1
    avoid = sorted(n for n, misses in in_a_row.items() if misses >= _MISSES_IN_A_ROW)
    return SlotHistory(tuple(dict.fromkeys(reversed(reached))), tuple(avoid))


def best_slots(
    available: Iterable[Slot], reached: tuple[int, ...], avoid: tuple[int, ...]
) -> tuple[Slot, ...]:
    """``available`` in the order that suits this debtor: where he was reached first, then by the clock, without those to
    avoid, unless there is nothing else."""
    every = tuple(available)
    kept = tuple(s for s in every if s.index not in avoid) or every
    return tuple(
        sorted(kept, key=lambda s: (reached.index(s.index) if s.index in reached else len(reached), s.start))
    )


def is_person(kind: DebtorKind) -> bool:
    """Whether the collectors' law sees a natural person: a consumer or a sole trader."""
    return kind in (DebtorKind.CONSUMER, DebtorKind.SOLE_TRADER)


def lawful_hours(case: Case, day: date) -> Hours:
    """The hours in which this debtor may be called on ``day``."""
    return hours(case.country, person=is_person(case.kind), agency=case.agency, day=day)


def allowed_from(case: Case, now: datetime) -> datetime:
    """The first moment, in UTC, from ``now`` on at which he may be called."""
    here = local(now, case.time_zone)
    then = next_allowed(here, case.country, person=is_person(case.kind), agency=case.agency)
    return moment_at(then.date(), then.time(), case.time_zone) if then != here else now


def may_write_from(case: Case, now: datetime, *, by_itself: bool) -> datetime:
    """The first moment, in UTC, from ``now`` on at which a mail to him may leave: what closes the hours for a collector's calls
    closes them for his mail too, and what leaves by itself keeps to the hours of decency."""
    binding = case.agency and lawful_hours(case, local(now, case.time_zone).date()).binding
    return allowed_from(case, now) if by_itself or binding else now


def day_quality(day: date, country: str) -> tuple[DayQuality, Sentence]:
    """How good the day is, and why (B4)."""
    name = holiday_name(day, country)
    if name:
        return DayQuality.CLOSED, say("window.holiday", day=day, name=name)
    if day.weekday() >= _SATURDAY:
        return DayQuality.CLOSED, say("window.weekend", day=day)
    if day.weekday() <= _TUESDAY:
        return DayQuality.BEST, say("window.early_in_week")
    if day.weekday() == _WEDNESDAY:
        return DayQuality.GOOD, say("window.midweek")
    return DayQuality.LATE, say("window.late_in_week")


def window(case: Case, policy: Policy, now: datetime) -> CallingWindow:
    """What ``now`` (aware) is for a call to this debtor, and why."""
    here = local(now, case.time_zone)
    of_day, day_because = day_quality(here.date(), case.country)
    current = next(
        (s for s in slots(here.date(), case.country, case.time_zone, policy) if s.holds(now)), None
    )
    quality, because = _quality(case, policy, here, current)
    allowed = allowed_from(case, now)
    return CallingWindow(
        quality,
        because,
        of_day,
        day_because,
        slot=current,
        minutes_left=current.minutes_left(now) if current else 0,
        next_slot=next_slot(now, case.country, case.time_zone, policy),
        opens_at=allowed if allowed > now else None,
    )


def _quality(case: Case, policy: Policy, here: datetime, current: Slot | None) -> tuple[Quality, Sentence]:
    at = here.time()
    allowed = lawful_hours(case, here.date())
    if not allowed.allow(at):
        return (Quality.FORBIDDEN if allowed.binding else Quality.WARNING), allowed.because
    if not is_working_day(here.date(), case.country):
        return Quality.WARNING, say("window.no_working_day")
    if current is not None:
        return Quality.GOLDEN, say("window.golden")
    if at < policy.sensible_from:
        return Quality.WARNING, say("window.early", opens=policy.sensible_from)
    if at >= policy.sensible_to:
        return Quality.WARNING, say("window.late", closes=policy.sensible_to)
    if policy.lunch[0] <= at < policy.lunch[1]:
        return Quality.WARNING, say("window.lunch", until=policy.lunch[1])
    return Quality.SENSIBLE, say("window.sensible")


def missed(attempt: AttemptFact) -> bool:
    """Whether we called and did not speak the right person."""
    return not attempt.incoming and attempt.outcome is not Outcome.REACHED
