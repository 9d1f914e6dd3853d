"""Who cannot be reached (B9): after so many tries, at different hours, another number, another contact, a letter, and at last the
escalation, in the order that the administration wants.

Tries count since he was last spoken, as in `pace`; on the number that was dialled they count anew after our letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beluur.domain.calling_window import missed, slot_index
from beluur.domain.case import AttemptFact, Case, Outcome, Way
from beluur.domain.local_time import local, local_day
from beluur.domain.pace import pace
from beluur.domain.policy import Policy
from beluur.values.sentence import Sentence, say

_OFF_HOURS = 100  # tries outside the golden hours are told apart by the clock's hour


class Rung(StrEnum):
    """What one does about somebody who does not answer."""

    TRY_AGAIN = "try_again"
    OTHER_HOUR = "other_hour"
    OTHER_NUMBER = "other_number"
    OTHER_CONTACT = "other_contact"
    WRITE = "write"  # "we tried to reach you"
    ESCALATE = "escalate"  # like a refusal: a person decides


@dataclass(frozen=True, slots=True)
class Rule:
    """How one administration goes on. ``tries`` on the first number and ``tries_other`` on each other, at ``hours`` different
    hours at least, but never more than twice as many tries; then ``rungs``, each that there is, in this order."""

    tries: int = 5
    tries_other: int = 2
    hours: int = 2
    rungs: tuple[Rung, ...] = (Rung.OTHER_NUMBER, Rung.OTHER_CONTACT, Rung.WRITE, Rung.ESCALATE)


@dataclass(frozen=True, slots=True)
class Unreached:
    """The next rung, why, and the ``way`` to dial; None when nothing is dialled."""

    rung: Rung
    because: tuple[Sentence, ...]
    way: Way | None = None


def rule_of(policy: Policy, *, writes: bool | None = None) -> Rule:
    """The rule as the administration set it; ``writes``: whether his ladder has a letter for it."""
    usual, writes = Rule(), policy.write_when_unreached if writes is None else writes
    rungs = tuple(r for r in usual.rungs if r is not Rung.WRITE or writes)
    return Rule(policy.tries_before_other_channel, policy.tries_on_other_number, policy.tries_at_hours, rungs)


def tried_days(case: Case) -> tuple[date, ...]:
    """The days, at the debtor's, on which we rang in vain since he was last spoken; each once, the first one in front."""
    ours = (a for a in _since_spoken(case.attempts) if not a.incoming)
    return tuple(dict.fromkeys(local_day(a.at, case.time_zone) for a in ours))


def unreached(case: Case, policy: Policy, ways: Sequence[Way], rule: Rule | None = None) -> Unreached | None:
    """What follows the tries so far; None when there are none since he was spoken. ``ways`` are the numbers that may be dialled,
    the first one in front."""
    search = _Search(case, policy, ways, rule or rule_of(policy))
    if not search.tried:
        return None
    rung, way = search.next()
    return Unreached(rung, tuple(search.because(rung, way)), way)


class _Search:
    """The tries since he was last spoken, sorted out; lives within one `unreached`."""

    def __init__(self, case: Case, policy: Policy, ways: Sequence[Way], rule: Rule) -> None:
        self.case, self.policy, self.rule = case, policy, rule
        self.ways = tuple(ways)
        self.wrote_on = pace(case, policy).wrote_on
        self.tried = _since_spoken(case.attempts)
        last = self._number(self.tried[-1]) if self.tried else ""
        self.here = next((w for w in self.ways if w.number == last), Way(last))
        on_it = [a for a in self.tried if self._number(a) == last]
        self.counted = [a for a in on_it if self.wrote_on is None or self._day_is_after_letter(a)]

    def next(self) -> tuple[Rung, Way | None]:
        """The rung, and what is dialled on it."""
        dead = self.here not in self.ways or self._wrong(self.here)
        most = self._most(self.here)
        if not dead and len(self.counted) < most:
            once = self.hours < min(2, self.rule.hours) and len(self.counted) > 1
            return (Rung.OTHER_HOUR if once else Rung.TRY_AGAIN), self.here
        if not dead and self.hours < self.rule.hours and len(self.counted) < 2 * most:
            return Rung.OTHER_HOUR, self.here
        return next(self._rungs(), (Rung.ESCALATE, None))

    def _rungs(self) -> Iterator[tuple[Rung, Way | None]]:
        for rung in self.rule.rungs:
            if rung is Rung.WRITE and self.wrote_on is None:
                yield rung, None
            elif rung in (Rung.OTHER_NUMBER, Rung.OTHER_CONTACT):
                same = rung is Rung.OTHER_NUMBER
                fresh = (w for w in self.ways if self._fresh(w))
                yield from ((rung, w) for w in fresh if (w.contact_id == self.here.contact_id) is same)
            elif rung is Rung.ESCALATE:
                yield rung, None

    def because(self, rung: Rung, way: Way | None) -> Iterator[Sentence]:
        """How often it was tried, and what is done about it."""
        if self._wrong(self.here):
            yield say("unreached.wrong_number")
        else:
            yield say("unreached.tries", tries=len(self.counted), hours=self.hours)
        if self.wrote_on is not None:
            yield say("unreached.wrote", on=self.wrote_on)
        if rung is Rung.OTHER_CONTACT and way:
            yield say("unreached.other_contact", who=way.who) if way.who else say("unreached.other_number")
        else:
            yield Sentence(f"unreached.{rung}")

    @property
    def hours(self) -> int:
        """At how many different hours it was tried on this number."""
        return len({self._hour(a) for a in self.counted})

    def _hour(self, attempt: AttemptFact) -> int:
        at = local(attempt.at, self.case.time_zone).time()
        slot = slot_index(at, self.policy)
        return _OFF_HOURS + at.hour if slot is None else slot

    def _number(self, attempt: AttemptFact) -> str:
        """The number of the try; where it was not noted, the first one."""
        return attempt.number or (self.ways[0].number if self.ways else "")

    def _day_is_after_letter(self, attempt: AttemptFact) -> bool:
        return self.wrote_on is not None and local_day(attempt.at, self.case.time_zone) > self.wrote_on

    def _most(self, way: Way) -> int:
        first = not self.ways or way.number == self.ways[0].number
        return self.rule.tries if first else self.rule.tries_other

    def _tries_on(self, way: Way) -> int:
        return sum(self._number(a) == way.number for a in self.tried)

    def _fresh(self, way: Way) -> bool:
        return way != self.here and not self._wrong(way) and self._tries_on(way) < self._most(way)

    def _wrong(self, way: Way) -> bool:
        return any(a.outcome is Outcome.NUMBER_INVALID and self._number(a) == way.number for a in self.tried)


def _since_spoken(attempts: tuple[AttemptFact, ...]) -> list[AttemptFact]:
    tries: list[AttemptFact] = []
    for attempt in attempts:
        if attempt.outcome is Outcome.REACHED:
            tries.clear()
        elif missed(attempt):
            tries.append(attempt)
    return tries
