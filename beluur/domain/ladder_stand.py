"""Where a dossier stands on its ladder (H4): what has gone, what is next, when, and because of what.

What else comes before a rung (a promise, a dispute, a stop) is the business of `next_step`, which asks the same `ladder_days`;
where its answer is a rung, that is the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beluur.domain.case import Case
from beluur.domain.ladder import ENDS, Ladder, Rung, RungKind, rung_name
from beluur.domain.ladder_days import after_a_call, day_of, gone, writing_day
from beluur.domain.ladder_shipped import on_ladder
from beluur.domain.next_step import next_step
from beluur.domain.policy import Policy
from beluur.domain.steps import MAILS, NextStep, Step
from beluur.domain.view import View, look
from beluur.law.days import next_working_day
from beluur.values.sentence import Sentence, say

_WRITTEN = (RungKind.REMINDER, RungKind.SECOND_REMINDER, RungKind.LAST_REMINDER)
_RANK = (
    RungKind.HANDOVER,
    RungKind.NOTICE,
    RungKind.CALL,
    RungKind.CALL_AGAIN,
    RungKind.OTHER_CHANNEL,
    RungKind.LAST_REMINDER,
    RungKind.SECOND_REMINDER,
    RungKind.REMINDER,
)


class Standing(StrEnum):
    """What became of a rung."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"
    PASSED = "passed"  # not done, and what comes after it was


@dataclass(frozen=True, slots=True)
class Stood:
    """One rung: ``on`` is the day on which it was done, or from which it may be; None when no day is known yet."""

    rung: Rung
    standing: Standing
    on: date | None
    because: Sentence


@dataclass(frozen=True, slots=True)
class Stand:
    """All rungs of the ladder, in its order. ``since`` is the due date from which it is climbed; None when nothing is asked."""

    ladder: Ladder
    since: date | None
    rungs: tuple[Stood, ...]

    @property
    def next(self) -> Stood | None:
        """The rung that is next; None when nothing may be asked, or all has gone."""
        return next((r for r in self.rungs if r.standing is Standing.NEXT), None)


def stand(case: Case, ladder: Ladder, policy: Policy, today: date) -> Stand:
    """Where ``case`` stands on ``ladder`` on ``today``."""
    mine = on_ladder(policy, ladder)
    view = look(case, mine, today)
    since = view.since
    if since is None:
        waits = tuple(Stood(r, Standing.LATER, None, say("ladder.nothing_asked")) for r in ladder.rungs)
        return Stand(ladder, None, waits)
    done = gone(view, since)
    days = {rung.kind: _day(view, rung, since) for rung in ladder.rungs}
    answer = next_step(case, mine, today)
    coming = _rung_of(view, answer, since)
    if coming is None:
        coming = None if case.stop else _first(view, days, done)
    else:
        days[coming] = answer.on
    rungs = tuple(_stood(view, rung, since, days[rung.kind], coming) for rung in ladder.rungs)
    return Stand(ladder, since, rungs)


def _day(view: View, rung: Rung, since: date) -> date | None:
    day = day_of(view, rung, since)
    if day is None:
        return None
    if rung.kind in _WRITTEN:
        return writing_day(view, day)
    return next_working_day(max(day, view.pace.rest_until or day), view.case.country)


def _rung_of(view: View, answer: NextStep, since: date) -> RungKind | None:
    """The rung that the next step is; a call that has not reached him yet is still the first."""
    if answer.step in (Step.CALL_FIRST, Step.CALL_AGAIN):
        return RungKind.CALL_AGAIN if RungKind.CALL in gone(view, since) else RungKind.CALL
    return MAILS.get(answer.step, answer.rung)


def _first(view: View, days: dict[RungKind, date | None], done: dict[RungKind, date]) -> RungKind | None:
    """The first that may be done when something else comes before it: a call goes before a mail that is as due."""
    waiting = [
        (max(day, view.today), _RANK.index(kind), kind)
        for kind, day in days.items()
        if day is not None and kind not in done and not _passed(view, kind, done) and _for_him(view, kind)
    ]
    return min(waiting)[2] if waiting else None


def _passed(view: View, kind: RungKind, done: dict[RungKind, date]) -> bool:
    """One does not go back: not to a reminder once he was spoken, to nothing once the notice has gone."""
    rung = view.ladder.rung(kind)
    if (
        kind in _WRITTEN
        and rung is not None
        and RungKind.CALL in done
        and not after_a_call(view.ladder, rung)
    ):
        return True
    return RungKind.NOTICE in done and kind not in ENDS


def _for_him(view: View, kind: RungKind) -> bool:
    if kind is RungKind.OTHER_CHANNEL:
        return view.pace.misses >= view.policy.tries_before_other_channel
    return True


def _stood(view: View, rung: Rung, since: date, day: date | None, coming: RungKind | None) -> Stood:
    done = gone(view, since)
    if rung.kind in done:
        return Stood(rung, Standing.DONE, done[rung.kind], say("ladder.done", on=done[rung.kind]))
    if rung.kind is coming:
        return Stood(rung, Standing.NEXT, day, _why(view, rung, since, day))
    if _passed(view, rung.kind, done):
        return Stood(rung, Standing.PASSED, None, say("ladder.passed"))
    if view.case.stop:
        return Stood(rung, Standing.LATER, None, say("ladder.stopped"))
    return Stood(rung, Standing.LATER, day, _why(view, rung, since, day))


def _why(view: View, rung: Rung, since: date, day: date | None) -> Sentence:
    done = gone(view, since)
    if rung.kind is RungKind.OTHER_CHANNEL and not _for_him(view, rung.kind):
        return say("ladder.only_unreached", tries=view.policy.tries_before_other_channel)
    waits = tuple(rung_name(kind) for kind in _missing(view, rung, done))
    if waits:
        return say("ladder.waits_for", rungs=waits)
    if day is None or rung.after_days == 0:
        return say("ladder.after_what_went", days=rung.rest_days)
    return say("ladder.after_due", days=rung.after_days, due=since)


def _missing(view: View, rung: Rung, done: dict[RungKind, date]) -> Iterator[RungKind]:
    return (kind for kind in view.ladder.needed(rung) if kind not in done)
