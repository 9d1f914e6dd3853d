"""What forbids a call, whatever its rank (J1). It works on amounts, not on names.

What is paid, perhaps paid, promised, disputed, in a plan, not to be dunned or not due is taken out; what is left is asked for.
Then the person: some blocks are hard (the law, insolvency, handover, a vulnerable person) and nothing passes them; the others a
person may overrule with a reason. An agreed call-back that is due, a broken promise and an incoming call pass "tried today",
"three tries this week" and "spoken not long ago", and the law that one writes before one calls, for he was heard already; the
call-back and the incoming call also pass an ultimatum that runs.

The lawful hours are about us calling him: they do not close the line when he rings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from beluur.domain.because import because_stopped, hold_reasons
from beluur.domain.because_ultimatum import gate_ultimatum
from beluur.domain.calling_window import allowed_from, lawful_hours
from beluur.domain.case import Case, Exemption, InvoiceFact, Outcome
from beluur.domain.ladder_days import first_writing, may_call_from
from beluur.domain.local_time import local, local_day
from beluur.domain.options import broken_promise, next_callback
from beluur.domain.parts import Part, Why
from beluur.domain.policy import Policy
from beluur.domain.view import DAY, View, look
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


class Barrier(StrEnum):
    """What kind of block it is."""

    INSOLVENT = "insolvent"
    HANDED_OVER = "handed_over"
    VULNERABLE = "vulnerable"
    LAW = "law"
    WRITE_FIRST = "write_first"
    DECENCY = "decency"  # hours outside which we do not call, though no law says so
    HOLD = "hold"
    CALLBACK_LATER = "callback_later"
    TRIED_TODAY = "tried_today"
    TRIES_THIS_WEEK = "tries_this_week"
    SPOKEN = "spoken"
    CLAIM = "claim"
    ULTIMATUM = "ultimatum"
    NOTHING_OPEN = "nothing_open"
    NOTHING_LEFT = "nothing_left"
    TOO_SMALL = "too_small"


HARD = frozenset((Barrier.INSOLVENT, Barrier.HANDED_OVER, Barrier.VULNERABLE, Barrier.LAW))
PASSABLE = frozenset((Barrier.TRIED_TODAY, Barrier.TRIES_THIS_WEEK, Barrier.SPOKEN, Barrier.WRITE_FIRST))
# what was agreed with him, or what he wants himself, takes nothing back
_OF_APPOINTMENT = PASSABLE | {Barrier.ULTIMATUM}
_OUR_CALL_ONLY = frozenset((Barrier.LAW, Barrier.DECENCY))


@dataclass(frozen=True, slots=True)
class Block:
    """Why he is not called now; ``hard``: nobody may overrule it; ``until``: the day, or moment in UTC, on which it ends."""

    barrier: Barrier
    sentence: Sentence
    hard: bool = False
    until: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A part of an invoice that is not asked for, and why."""

    invoice_id: int
    cents: int
    why: Why
    sentence: Sentence
    until: date | None = None


@dataclass(frozen=True, slots=True)
class GateResult:
    """``callable`` is (invoice id, cents) that may be asked for, oldest first. ``blocks`` stand in the way; ``passed`` would
    have, were it not for ``passes``; ``missing`` is what a call needs and is not there, which is no block."""

    callable_cents: int
    callable: tuple[tuple[int, int], ...]
    taken_out: tuple[Left, ...]
    blocks: tuple[Block, ...]
    passed: tuple[Block, ...] = ()
    passes: Sentence | None = None
    missing: tuple[Sentence, ...] = ()

    @property
    def may_call(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.blocks

    @property
    def may_overrule(self) -> bool:
        """Whether a person may call all the same, with a reason: there are blocks and none of them is hard."""
        return bool(self.blocks) and not any(b.hard for b in self.blocks)

    @property
    def why_not(self) -> tuple[Sentence, ...]:
        """Why he is not in the call list now; empty when he can be."""
        return (*(b.sentence for b in self.blocks), *self.missing)


def gate(case: Case, policy: Policy, now: datetime, *, incoming: bool = False) -> GateResult:
    """What may be asked for at ``now`` (aware), what not, and what forbids the call. ``incoming``: he rings us."""
    view = look(case, policy, local_day(now, case.time_zone))
    passes, passable = _passes(view, now, incoming=incoming)
    blocks: list[Block] = []
    passed: list[Block] = []
    for block in _blocks(view, now):
        if incoming and block.barrier in _OUR_CALL_ONLY:
            continue
        (passed if block.barrier in passable else blocks).append(block)
    return GateResult(
        view.asked_cents,
        tuple((p.invoice.id, p.cents) for p in view.asked),
        tuple(_left(view, p) for p in view.split.parts if p.why is not Why.CALLABLE),
        tuple(blocks),
        tuple(passed),
        passes if passed else None,
        tuple(_missing(view)) if not incoming else (),
    )


def _passes(view: View, now: datetime, *, incoming: bool) -> tuple[Sentence | None, frozenset[Barrier]]:
    if incoming:
        return say("gate.passes_incoming"), _OF_APPOINTMENT
    callback = next_callback(view)
    if callback is not None and _may_dial(view, callback.at) <= now:
        return say("gate.passes_callback"), _OF_APPOINTMENT
    if broken_promise(view) is not None:
        return say("gate.passes_broken"), PASSABLE
    return None, frozenset()


def _may_dial(view: View, at: datetime) -> datetime:
    return at - timedelta(minutes=view.policy.callback_lead_minutes)


def _blocks(view: View, now: datetime) -> Iterator[Block]:
    yield from _person(view)
    yield from _hours(view, now)
    yield from _write_first(view)
    yield from _hold(view)
    yield from _callback_later(view, now)
    yield from _ultimatum(view)
    yield from _pace(view)
    yield from _amount(view)


def _person(view: View) -> Iterator[Block]:
    if view.case.stop:
        yield Block(Barrier(view.case.stop.value), because_stopped(view)[0], hard=True)


def _hours(view: View, now: datetime) -> Iterator[Block]:
    allowed = lawful_hours(view.case, view.today)
    if not allowed.allow(local(now, view.case.time_zone).time()):
        barrier = Barrier.LAW if allowed.binding else Barrier.DECENCY
        yield Block(barrier, allowed.because, hard=allowed.binding, until=allowed_from(view.case, now))


def _write_first(view: View) -> Iterator[Block]:
    rule, opens = first_writing(view.case), may_call_from(view)
    if rule is not None and opens is not None and opens > view.today:
        until = None if opens == date.max else opens
        yield Block(Barrier.WRITE_FIRST, say("ladder.write_first", days=rule.days), hard=True, until=until)


def _hold(view: View) -> Iterator[Block]:
    if hold := view.case.hold_on(view.today):
        yield Block(Barrier.HOLD, hold_reasons(view)[0], until=hold.until + DAY if hold.until else None)


def _callback_later(view: View, now: datetime) -> Iterator[Block]:
    callback = next_callback(view)
    if callback is not None and _may_dial(view, callback.at) > now:
        there = local(callback.at, view.case.time_zone)
        sentence = say("gate.callback_later", on=there.date(), at=there.time())
        yield Block(Barrier.CALLBACK_LATER, sentence, until=callback.at)


def _ultimatum(view: View) -> Iterator[Block]:
    """Once missed it is decided by a person, who may well call."""
    ultimatum = view.case.ultimatum
    if ultimatum is not None and not ultimatum.missed:
        ends = ultimatum.check_on + DAY
        sentence = gate_ultimatum(ultimatum, view.today)
        yield Block(Barrier.ULTIMATUM, sentence, until=ends if ends > view.today else None)


def _pace(view: View) -> Iterator[Block]:
    pace, today = view.pace, view.today
    if pace.tried_on is not None and pace.tried_on == today:
        yield Block(Barrier.TRIED_TODAY, say("gate.tried_today"), until=today + DAY)
    if pace.week_full_until is not None and today < pace.week_full_until:
        sentence = say("gate.tries_this_week", tries=pace.tries_that_week, until=pace.week_full_until)
        yield Block(Barrier.TRIES_THIS_WEEK, sentence, until=pace.week_full_until)
    if pace.rest_until is not None and today < pace.rest_until:
        sentence = say("gate.spoken", on=pace.spoken_on, until=pace.rest_until)
        yield Block(Barrier.SPOKEN, sentence, until=pace.rest_until)


def _amount(view: View) -> Iterator[Block]:
    if view.split.open_cents == 0:
        yield Block(Barrier.NOTHING_OPEN, say("step.nothing_open"))
        return
    if view.worth_a_call or (next_callback(view) is not None and view.worth_an_appointment):
        return
    claimed = view.split.of(Why.CLAIMED)
    if claimed:
        amount = Money(sum(p.cents for p in claimed), view.case.currency)
        until = min((p.until for p in claimed if p.until), default=None)
        yield Block(Barrier.CLAIM, say("gate.claim", amount=amount, check_on=until), until=until)
    if view.asked_cents == 0:
        yield Block(Barrier.NOTHING_LEFT, say("gate.nothing_left"), until=view.valid_until)
    else:
        minimum = Money(view.policy.minimum_cents, view.case.currency)
        amount = Money(view.asked_cents, view.case.currency)
        yield Block(Barrier.TOO_SMALL, say("gate.too_small", amount=amount, minimum=minimum))


def _missing(view: View) -> Iterator[Sentence]:
    if not view.case.has_phone:
        last = view.pace.last
        wrong = last is not None and last.outcome is Outcome.NUMBER_INVALID
        yield say("gate.number_wrong") if wrong else say("gate.no_phone")


_SENTENCES = {
    Why.DISPUTED: ("gate.disputed_until", "gate.disputed"),
    Why.PROMISED: ("gate.promised_until", "gate.promised"),
    Why.PLAN: ("gate.plan_until", "gate.plan"),
    Why.CLAIMED: ("gate.claimed_until", "gate.claimed"),
    Why.NOT_DUE: ("gate.not_due", "gate.not_due"),
    Why.NO_DUE_DATE: ("gate.no_due_date", "gate.no_due_date"),
    Why.CREDIT: ("gate.credit", "gate.credit"),
    Why.PERHAPS_PAID: ("gate.perhaps_paid", "gate.perhaps_paid"),
}
_EXEMPT = {
    Exemption.DIRECT_DEBIT: "gate.exempt_direct_debit",
    Exemption.PREPAID: "gate.exempt_prepaid",
    Exemption.FACTORED: "gate.exempt_factored",
    Exemption.RETENTION: "gate.exempt_retention",
    Exemption.G_ACCOUNT: "gate.exempt_g_account",
}


def _left(view: View, part: Part) -> Left:
    if part.why is Why.EXEMPT:
        code = _EXEMPT[part.exemption]
    else:
        with_day, without = _SENTENCES[part.why]
        code = with_day if part.until else without
    sentence = Sentence(code, _params(view, part.invoice, part))
    return Left(part.invoice.id, part.cents, part.why, sentence, part.until)


def _params(view: View, invoice: InvoiceFact, part: Part) -> dict[str, object]:
    params: dict[str, object] = {"amount": Money(part.cents, view.case.currency), "number": invoice.number}
    if part.until is not None:
        params["until"] = invoice.due if part.why is Why.NOT_DUE else part.until
    return params
