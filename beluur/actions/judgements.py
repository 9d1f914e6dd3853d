"""A verdict as it is told: on the timeline with the bank lines that it rests on, and in the summary of the morning after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from beluur.domain.case import InstalmentFact, Verdict
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

TOLD = {
    Verdict.KEPT: "event.promise_kept",
    Verdict.LATE: "event.promise_late",
    Verdict.PARTLY: "event.promise_partly",
    Verdict.BROKEN: "event.promise_broken",
}


class BankLine(NamedTuple):
    """A payment as it was booked; ``payer`` is empty when nobody is named."""

    payment_id: int
    booked_on: date
    amount: Money
    payer: str


class WentBack(NamedTuple):
    """A payment that the bank took back, and the day on which it did."""

    came: BankLine
    on: date


@dataclass(frozen=True, slots=True)
class Change:
    """One instalment that is judged anew. ``rests_on`` came in for it; ``known_to`` is the last day that was looked at, None
    when nothing is missing or nobody knows; ``gone`` came in on what was promised and went back."""

    instalment_id: int
    part: InstalmentFact
    verdict: Verdict
    rests_on: tuple[BankLine, ...]
    known_to: date | None
    gone: tuple[WentBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What changes of one promise; ``ended`` is why it no longer runs, "" while it does."""

    debtor_id: int
    currency: str
    promise_id: int
    changes: tuple[Change, ...]
    ended: str


def happenings(findings: Iterable[Finding]) -> list[Happening]:
    """One for each verdict that is told."""
    return [_happening(f, c) for f in findings for c in f.changes if c.verdict in TOLD]


def as_told(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """What an intake keeps of its verdicts: ids and words, no amounts that may change."""
    return [
        {
            "debtor": f.debtor_id,
            "promise": f.promise_id,
            "instalment": c.instalment_id,
            "verdict": c.verdict.value,
            "because": [sentence.to_json() for sentence in because(c)],
        }
        for f in findings
        for c in f.changes
        if c.verdict in TOLD
    ]


def because(change: Change) -> tuple[Sentence, ...]:
    """The bank lines that a verdict rests on, and for what is missing what went back, or the day to which was looked."""
    return tuple(_because(change))


def _because(change: Change) -> Iterator[Sentence]:
    for line in change.rests_on:
        if line.payer:
            yield say("event.promise_rests_on", amount=line.amount, payer=line.payer, day=line.booked_on)
        else:
            yield say("event.promise_rests_on_payment", amount=line.amount, day=line.booked_on)
    if change.verdict not in (Verdict.BROKEN, Verdict.PARTLY):
        return
    for gone in change.gone:
        amount, day = gone.came.amount, gone.came.booked_on
        yield say("event.promise_went_back", amount=amount, day=day, back=gone.on)
    if change.known_to is not None and not (change.gone and not change.rests_on):
        came = "event.promise_rest_missing" if change.rests_on else "event.promise_nothing_came"
        yield Sentence(came, {"day": change.known_to})


def _happening(finding: Finding, change: Change) -> Happening:
    part = change.part
    said = Sentence(TOLD[change.verdict], {"amount": Money(part.cents, finding.currency), "on": part.due})
    facts = {
        "promise": finding.promise_id,
        "control": part.control.isoformat(),
        "verdict": change.verdict.value,
        "payments": [line.payment_id for line in change.rests_on],
    }
    return Happening(finding.debtor_id, "promise_judged", said, because(change), facts=facts)
