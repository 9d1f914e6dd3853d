"""What the coming weeks look like for one dossier if nothing happens: each step is taken on its day, and he does not pay.

It asks `next_step` itself of a case in which what was planned has been done: a call reached him and led to nothing, a promise was
broken, a dispute answered. It stops at what a person decides, but for the notice: that is taken to have gone out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from beluur.domain.case import (
    AttemptFact,
    Case,
    InstalmentFact,
    Outcome,
    PromiseFact,
    ReminderFact,
    Result,
    Verdict,
)
from beluur.domain.ladder import Ladder, RungKind
from beluur.domain.ladder_days import LEVEL_OF, NOTICE_LEVEL
from beluur.domain.ladder_shipped import on_ladder
from beluur.domain.local_time import moment_at
from beluur.domain.next_step import next_step
from beluur.domain.policy import Policy
from beluur.domain.steps import CALLS, NextStep, Step
from beluur.law.days import next_working_day
from beluur.values.sentence import Sentence

_DAY = timedelta(days=1)
_MOST = 60  # steps: more than any ladder has in a year
_UNJUDGED = (Verdict.OPEN, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of the coming weeks. ``rung`` names what a person decides about; ``ends``: after it nobody knows."""

    step: Step
    on: date
    because: tuple[Sentence, ...]
    rung: RungKind | None = None
    ends: bool = False


def simulate(case: Case, ladder: Ladder, policy: Policy, today: date, weeks: int) -> tuple[Planned, ...]:
    """The steps of the next ``weeks``, in their order; never two on one day but a check that leads on to another."""
    return tuple(_steps(case, on_ladder(policy, ladder), today, today + timedelta(weeks=weeks)))


def _steps(case: Case, policy: Policy, today: date, last: date) -> Iterator[Planned]:
    day = today
    for _ in range(_MOST):
        answer = next_step(case, policy, day)
        on = _day_for(case, answer, day)
        if on is None or on > last:
            return
        after = _done(case, answer, on)
        if answer.step is not Step.WAIT:
            yield Planned(answer.step, on, answer.because, answer.rung, ends=after is None)
        if after is None:
            return
        case, day = after, on + _DAY


def _day_for(case: Case, answer: NextStep, day: date) -> date | None:
    """The day on which the step is taken when one looks on ``day``."""
    if answer.on is None:
        return None
    on = max(answer.on, day)
    return next_working_day(on, case.country) if answer.step in CALLS else on


def _done(case: Case, answer: NextStep, on: date) -> Case | None:
    """The case after the step; None when a person decides what follows, or has to find something first."""
    if answer.step in LEVEL_OF:
        return _wrote(case, LEVEL_OF[answer.step], on)
    if answer.step in CALLS:
        return _called(case, answer, on)
    match answer.step:
        case Step.WAIT_PROMISE | Step.CHECK_PAYMENT if answer.about is not None:
            return _not_paid(case, answer.about)
        case Step.ANSWER_DISPUTE if answer.about is not None:
            return replace(case, disputes=tuple(d for d in case.disputes if d.id != answer.about[1]))
        case Step.DECIDE if answer.rung is RungKind.NOTICE:
            return _wrote(case, NOTICE_LEVEL, on, "letter")  # by mail its term ends sooner
        case Step.WAIT | Step.HOLD:
            return case
    return None


def _wrote(case: Case, level: int, on: date, channel: str = "mail") -> Case:
    return replace(case, reminders=(*case.reminders, ReminderFact(level, on, channel)))


def _called(case: Case, answer: NextStep, on: date) -> Case:
    call = AttemptFact(_noon(case, on), Outcome.REACHED, result=Result.NOTHING)
    callbacks = tuple(
        replace(c, done=True) if answer.about == ("callback", c.id) else c for c in case.callbacks
    )
    attempts = tuple(sorted((*case.attempts, call), key=lambda a: a.at))
    return replace(case, attempts=attempts, callbacks=callbacks)


def _noon(case: Case, on: date) -> datetime:
    return moment_at(on, time(12), case.time_zone)


def _not_paid(case: Case, about: tuple[str, int]) -> Case | None:
    """The day passes and the money is not there: the books say so."""
    what, i = about
    if what == "promise":
        return replace(case, promises=tuple(_broken(p) if p.id == i else p for p in case.promises))
    if what == "claim":
        return replace(case, claims=tuple(c for c in case.claims if c.id != i))
    if what == "ultimatum" and case.ultimatum is not None:
        return replace(case, ultimatum=replace(case.ultimatum, missed=True))
    return None


def _broken(promise: PromiseFact) -> PromiseFact:
    parts = list(promise.instalments)
    n = next((n for n, part in enumerate(parts) if part.verdict in _UNJUDGED), None)
    if n is not None:
        first: InstalmentFact = parts[n]
        parts[n] = replace(first, verdict=Verdict.BROKEN)
    return replace(promise, instalments=tuple(parts))
