"""When to try again after a call that did not reach him: another hour than the one that failed (B8, B9)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from beluur.domain.calling_window import half_slots, missed, slot_index
from beluur.domain.case import AttemptFact, Case, Outcome
from beluur.domain.local_time import local, moment_at
from beluur.domain.policy import Policy
from beluur.law.days import is_working_day, next_working_day

_DAY = timedelta(days=1)


def retry_at(case: Case, policy: Policy, *, same_day: bool = False) -> datetime | None:
    """The moment, in UTC, from which the next try makes sense; None when the last call reached him or there was none.

    Engaged: after some minutes. No answer: in the other half of the day. Voicemail: tomorrow in another slot. Someone else:
    the next working day. ``same_day``: a try this afternoon may follow one of this morning (broken promises).
    """
    last = next((a for a in reversed(case.attempts) if missed(a) or a.outcome is Outcome.REACHED), None)
    if last is None or not missed(last):
        return None
    here = local(last.at, case.time_zone)
    match last.outcome:
        case Outcome.NUMBER_INVALID:
            return None
        case Outcome.BUSY:
            return _soon(case, policy, last, here)
        case Outcome.NO_ANSWER:
            return _other_half(case, policy, here, same_day=same_day)
        case Outcome.VOICEMAIL if not same_day:
            return _on_next_day(case, here.date(), _other_slot(policy, here.time()))
        case Outcome.VOICEMAIL:
            return _other_half(case, policy, here, same_day=True)
    return _on_next_day(case, here.date(), _morning(policy))


def _soon(case: Case, policy: Policy, last: AttemptFact, here: datetime) -> datetime:
    soon = last.at + timedelta(minutes=policy.busy_minutes)
    there = local(soon, case.time_zone)
    if (
        there.date() == here.date()
        and there.time() < policy.sensible_to
        and is_working_day(here.date(), case.country)
    ):
        return soon
    return _on_next_day(case, here.date(), _morning(policy))


def _other_half(case: Case, policy: Policy, here: datetime, *, same_day: bool) -> datetime:
    before_noon = here.time() < policy.lunch[0]
    if before_noon and same_day and is_working_day(here.date(), case.country):
        return moment_at(here.date(), _afternoon(policy), case.time_zone)
    return _on_next_day(case, here.date(), _afternoon(policy) if before_noon else _morning(policy))


def _on_next_day(case: Case, day: date, at: time) -> datetime:
    return moment_at(next_working_day(day + _DAY, case.country), at, case.time_zone)


def _morning(policy: Policy) -> time:
    return policy.golden_hours[0][0] if policy.golden_hours else policy.sensible_from


def _afternoon(policy: Policy) -> time:
    return next((start for start, _ in policy.golden_hours if start >= policy.lunch[0]), policy.lunch[1])


def _other_slot(policy: Policy, at: time) -> time:
    failed = slot_index(at, policy)
    return next(
        (start for n, (start, _) in enumerate(half_slots(policy.golden_hours)) if n != failed),
        _morning(policy),
    )
