"""When a rung comes for a debtor: what has gone before, and on which day it may be done. From facts alone (J4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import itemgetter

from beluur.domain.calling_window import lawful_hours
from beluur.domain.case import AttemptFact, Case, DebtorKind, Outcome, ReminderFact
from beluur.domain.ladder import ENDS, Channel, Ladder, Rung, RungKind
from beluur.domain.local_time import local_day
from beluur.domain.notice import ended_on, next_after
from beluur.domain.steps import MAILS, REMINDING, Step
from beluur.domain.view import DAY, Option, View, fresh
from beluur.law.days import next_working_day
from beluur.law.order import OrderRule, free_reminder_ends, order

NOTICE_LEVEL = 3  # of a `ReminderFact` that was a formal notice
LAST_LEVEL = 100  # of the one before it: above every number that an export tells
TRIED_LEVEL = 0  # of one that said "we tried to reach you"

_LEVELS = {
    TRIED_LEVEL: RungKind.OTHER_CHANNEL,
    1: RungKind.REMINDER,
    2: RungKind.SECOND_REMINDER,
    NOTICE_LEVEL: RungKind.NOTICE,
    LAST_LEVEL: RungKind.LAST_REMINDER,
}
_CONDITIONAL = frozenset(MAILS.values())
_REMINDERS = {MAILS[step]: step for step in REMINDING}
LEVEL_OF = {step: level for step, rung in MAILS.items() for level, kind in _LEVELS.items() if kind is rung}
"""The level of the `ReminderFact` that a mail of this step becomes."""


def rung_of(level: int) -> RungKind:
    """Which rung a `ReminderFact` of that level is; what an export counts beyond the notice is one too."""
    return _LEVELS[level if level == LAST_LEVEL else min(level, NOTICE_LEVEL)]


def gone(view: View, since: date) -> dict[RungKind, date]:
    """What was done since ``since``, each with the day from which one counts on. Of calls that is the first conversation, and the
    second: later ones do not put off what comes after them, or it would never come."""
    known = view.gone.get(since)
    if known is None:
        known = view.gone[since] = dict(_gone(view, since))
    return known


def _gone(view: View, since: date) -> Iterator[tuple[RungKind, date]]:
    case = view.case
    if case.reminders:
        yield from _written([(r.level, r.on) for r in case.reminders if r.on > since])
    if case.attempts:
        spoken = [day for day in _spoken(view) if day > since]
        yield from zip((RungKind.CALL, RungKind.CALL_AGAIN), spoken, strict=False)


def _written(sent: list[tuple[int, date]]) -> Iterator[tuple[RungKind, date]]:
    """An export may tell of two reminders, with no day of the first."""
    last: dict[RungKind, date] = {}
    for level, on in sorted(sent, key=itemgetter(1)):
        last[rung_of(level)] = on
    yield from last.items()
    later = [on for level, on in sent if level > 1]
    if later and RungKind.REMINDER not in last:
        yield RungKind.REMINDER, min(later)


def _spoken(view: View) -> list[date]:
    """The days on which he was spoken."""
    if view.spoken is None:
        reached = [a for a in view.case.attempts if a.outcome is Outcome.REACHED]
        view.spoken = [_day(view.case, a) for a in reached]
    return view.spoken


def _day(case: Case, attempt: AttemptFact) -> date:
    return local_day(attempt.at, case.time_zone)


def day_of(view: View, rung: Rung, since: date) -> date | None:
    """The first day for ``rung``; None while something that it needs has not been done. What needs the formal notice waits for
    the whole term of that one too."""
    day = since + rung.after_days * DAY
    needed = view.ladder.needed(rung)
    if not needed:
        return day
    done = gone(view, since)
    days = [done[kind] for kind in needed if kind in done]
    if len(days) < len(needed):
        return None
    last = max(day, max(days) + rung.rest_days * DAY)
    notice = _notice(view, since) if RungKind.NOTICE in needed else None
    return max(last, next_after(view.case, notice)) if notice else last


def _notice(view: View, since: date) -> ReminderFact | None:
    """The formal notice that has gone, the last of them."""
    sent = [r for r in view.case.reminders if r.on > since and rung_of(r.level) is RungKind.NOTICE]
    return max(sent, key=lambda r: r.on, default=None)


def notice_ended_on(view: View) -> date | None:
    """The last day of the term of the notice that has gone; None without one."""
    notice = _notice(view, view.since) if view.since else None
    return ended_on(view.case, notice) if notice else None


def writing_day(view: View, on: date) -> date:
    """``on``, or later: not on a day on which the law forbids contact, and never a second message on one day; who was spoken has
    the confirmation of that."""
    last = max((*(r.on for r in view.case.reminders), *_spoken(view)), default=None)
    if last is not None and last >= on:
        on = last + DAY
    while closed(view.case, on):
        on += DAY
    return on


def closed(case: Case, day: date) -> bool:
    """Whether the law forbids all contact on that day (collectors and Dutch persons: Sundays and holidays)."""
    hours = lawful_hours(case, day)
    return hours.binding and hours.opens is None


def first_writing(case: Case) -> OrderRule | None:
    """The law that a call waits for something in writing; None when there is none for him."""
    rules = order(case.country, consumer=case.kind is DebtorKind.CONSUMER, agency=case.agency)
    return next((r for r in rules if r.binding and r.step == RungKind.CALL), None)


def may_call_from(view: View) -> date | None:
    """The first day on which the law allows a call, where it wants something in writing before; `date.max` while that has not
    left. None when it asks for nothing."""
    rule, since = first_writing(view.case), view.since
    if rule is None or since is None:
        return None
    wrote = gone(view, since).get(RungKind(rule.after))
    if wrote is None:
        return date.max
    posted = [r.on for r in view.case.reminders if r.on == wrote and r.channel == Channel.LETTER]
    ends = [free_reminder_ends(on, by_post=True) + DAY for on in posted]
    return max([wrote + rule.days * DAY, *ends])


def reminders(view: View) -> Iterator[Option]:
    """B5: a first reminder, then a second, for what is late and was not spoken about; never a reason to hold back a call, unless
    that waits for it. What a later rung waits for is sent whether he was spoken or not, and without an address it is a letter."""
    if not view.asked:
        return
    waited_for = _waited_for(view) if view.worth_a_call else frozenset()
    if not (view.case.has_email or waited_for):
        return
    unspoken = {i.due for i in fresh(view) if i.due}
    oldest = view.since
    for due in sorted({p.invoice.due for p in view.asked if p.invoice.due}):
        for rung in _next_reminders(view, due):
            needed = due == oldest and rung.kind in waited_for
            wanted = view.case.has_email and (due in unspoken or after_a_call(view.ladder, rung))
            day = day_of(view, rung, due) if needed or wanted else None
            if day is not None:
                yield Option(_REMINDERS[rung.kind], writing_day(view, day))


def after_a_call(ladder: Ladder, rung: Rung) -> bool:
    """Whether a conversation has to go before it."""
    return any(kind in (RungKind.CALL, RungKind.CALL_AGAIN) for kind in ladder.needed(rung))


def _next_reminders(view: View, due: date) -> Iterator[Rung]:
    """The first; after it the second, and the one before the notice, which waits for no second that was passed over."""
    sent = max((r.level for r in view.case.reminders if r.level >= 1 and r.on > due), default=0)
    kinds = {
        0: (RungKind.REMINDER,),
        1: (RungKind.SECOND_REMINDER, RungKind.LAST_REMINDER),
        2: (RungKind.LAST_REMINDER,),
    }
    for kind in kinds.get(sent, ()):
        rung = view.ladder.rung(kind)
        if rung is not None:
            yield rung


def _waited_for(view: View) -> frozenset[RungKind]:
    """The reminders without which the ladder goes no further."""
    since = view.since
    if since is None or not waits_for_writing(view.ladder):
        return frozenset()
    done = gone(view, since)
    waiting = [r for r in view.ladder.rungs if r.kind is RungKind.CALL or r.kind not in done]
    found = {kind for r in waiting if r.kind not in _CONDITIONAL for kind in view.ladder.needed(r)}
    second = view.ladder.rung(RungKind.SECOND_REMINDER)
    if second is not None and RungKind.SECOND_REMINDER in found:
        found.update(view.ladder.needed(second))
    return frozenset(found - done.keys())


@lru_cache(maxsize=512)
def waits_for_writing(ladder: Ladder) -> bool:
    """Whether a call or what a person decides waits for a reminder."""
    kinds = {kind for rung in ladder.rungs if rung.kind not in _CONDITIONAL for kind in ladder.needed(rung)}
    return not kinds.isdisjoint(_REMINDERS)


def noticed_on(view: View) -> date | None:
    """The day on which the formal notice went out; from then on nothing friendly follows, it would take back what was said."""
    since = view.since
    return None if since is None else gone(view, since).get(RungKind.NOTICE)


def escalations(view: View) -> Iterator[Option]:
    """H1, H2: the rungs about which a person decides; not while a conversation may still bear fruit."""
    since = view.since
    for kind in ENDS if since else ():
        rung = view.ladder.rung(kind)
        if rung is None or since is None or kind in gone(view, since):
            continue
        day = day_of(view, rung, since)
        if day is not None:
            on = max(day, view.pace.rest_until or day)
            yield Option(Step.DECIDE, next_working_day(on, view.case.country), rung=kind)
