"""What is wrong with a ladder, each at its rung and field: it can be climbed, it ends, and it keeps to the law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from beluur.domain.ladder import (
    APPROVERS,
    CHANNELS,
    ENDS,
    MESSAGES,
    MOST_DAYS,
    Ladder,
    RungKind,
    earliest,
    in_circle,
    rung_name,
)
from beluur.law.order import OrderRule
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import Sentence, say

_ALWAYS = {  # what makes no sense without
    RungKind.CALL_AGAIN: RungKind.CALL,
    RungKind.OTHER_CHANNEL: RungKind.CALL,
    RungKind.SECOND_REMINDER: RungKind.REMINDER,
    RungKind.LAST_REMINDER: RungKind.REMINDER,
}


def check(ladder: Ladder, rules: Iterable[OrderRule] = ()) -> tuple[Problem, ...]:
    """Everything that is wrong; ``field`` is ``<rung>.<column>``, empty when it is about the whole. Only what is REFUSED keeps a
    ladder from being used; a WARNING is the law's word on costs. ``rules`` are those of `law.order` for whom it is."""
    if not ladder.rungs:
        return (_refused(say("ladder.empty")),)
    return (*_rungs(ladder), *_whole(ladder), *_lawful(ladder, rules))


def law_says(rules: Iterable[OrderRule]) -> tuple[Sentence, ...]:
    """The rules of the law in words, for who makes a ladder."""
    return tuple(
        Sentence("ladder.law_forbids" if rule.binding else "ladder.law_on_costs", _named(rule))
        for rule in rules
    )


def refusals(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those for which the ladder cannot be used."""
    return tuple(p for p in problems if p.severity is Severity.REFUSED)


def _rungs(ladder: Ladder) -> Iterator[Problem]:
    for kind, times in Counter(rung.kind for rung in ladder.rungs).items():
        if times > 1:
            yield _refused(say("ladder.twice", rung=rung_name(kind)), kind)
    for rung in ladder.rungs:
        name = rung_name(rung.kind)
        for column in ("after_days", "rest_days"):
            if not 0 <= getattr(rung, column) <= MOST_DAYS:
                yield _refused(say("ladder.days", rung=name, most=MOST_DAYS), rung.kind, column)
        if rung.channel not in CHANNELS[rung.kind]:
            yield _refused(say("ladder.channel", rung=name), rung.kind, "channel")
        if rung.approver not in APPROVERS[rung.kind]:
            yield _refused(say("ladder.approver", rung=name), rung.kind, "approver")
        if rung.message and rung.message not in MESSAGES.get(rung.kind, ()):
            yield _refused(say("ladder.message", rung=name), rung.kind, "message")
        for kind in rung.needs:
            if ladder.rung(kind) is None:
                yield _refused(say("ladder.missing", rung=name, needed=rung_name(kind)), rung.kind, "needs")
        always = _ALWAYS.get(rung.kind)
        if always and always not in rung.needs:
            yield _refused(say("ladder.always", rung=name, needed=rung_name(always)), rung.kind, "needs")


def _whole(ladder: Ladder) -> Iterator[Problem]:
    if stuck := in_circle(ladder):
        names = tuple(rung_name(kind) for kind in stuck)
        yield _refused(say("ladder.circle", rungs=names), stuck[0], "needs")
        return
    if ladder.rung(RungKind.HANDOVER) is None:
        yield _refused(say("ladder.no_end"))
    for rung in (rung for rung in ladder.rungs if rung.kind in ENDS):
        if not ladder.needed(rung):
            yield _refused(say("ladder.end_at_once", rung=rung_name(rung.kind)), rung.kind, "needs")
    yield from _backwards(ladder)
    last, notice = ladder.rung(RungKind.HANDOVER), ladder.rung(RungKind.NOTICE)
    if last and notice and last.needs != (RungKind.NOTICE,):
        yield _refused(say("ladder.after_notice_only"), RungKind.HANDOVER, "needs")
    days = earliest(ladder)
    if max(days.values()) > MOST_DAYS:
        yield _refused(say("ladder.too_long", most=MOST_DAYS))


def _backwards(ladder: Ladder) -> Iterator[Problem]:
    """The handover ends it: nothing comes after, and after a notice one neither reminds nor begins to call. The letter to who
    cannot be reached most never get: what waited for it would not come."""
    for rung in ladder.rungs:
        for kind in rung.needs:
            if kind is RungKind.OTHER_CHANNEL:
                sentence = say("ladder.not_for_all", rung=rung_name(rung.kind), needed=rung_name(kind))
                yield _refused(sentence, rung.kind, "needs")
            if kind is RungKind.HANDOVER or (kind is RungKind.NOTICE and rung.kind is not RungKind.HANDOVER):
                sentence = say("ladder.after_end", rung=rung_name(rung.kind), end=rung_name(kind))
                yield _refused(sentence, rung.kind, "needs")


def _lawful(ladder: Ladder, rules: Iterable[OrderRule]) -> Iterator[Problem]:
    for rule in rules:
        step = RungKind(rule.step)
        rung = ladder.rung(step)
        if rung is None or rung.obeys(rule):
            continue
        code = "ladder.law_forbids" if rule.binding else "ladder.law_costs"
        severity = Severity.REFUSED if rule.binding else Severity.WARNING
        yield Problem(Sentence(code, _named(rule)), severity, field=f"{step}.rest_days")


def _named(rule: OrderRule) -> dict[str, Any]:
    needed = rung_name(RungKind(rule.after))
    return {"rung": rung_name(RungKind(rule.step)), "needed": needed, "days": rule.days}


def _refused(sentence: Sentence, kind: RungKind | None = None, column: str = "kind") -> Problem:
    return Problem(sentence, Severity.REFUSED, field=f"{kind}.{column}" if kind else "")
