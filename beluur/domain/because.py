"""The reasons of a next step, as sentences (J5). They name days, not numbers of days, so that they stay true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beluur.domain.because_books import books
from beluur.domain.because_promise import (
    money,
    promise_broken,
    promise_to_come,
    promise_unknown,
    to_be_granted,
)
from beluur.domain.because_rung import because_first_writing, because_rung
from beluur.domain.because_ultimatum import because_ultimatum
from beluur.domain.case import (
    AttemptFact,
    CallbackFact,
    DisputeFact,
    Outcome,
    PaidClaimFact,
    PromiseFact,
    Stop,
    UltimatumFact,
)
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import LAST_LEVEL, NOTICE_LEVEL
from beluur.domain.local_time import local
from beluur.domain.options import next_way
from beluur.domain.parts import Why, books_reach
from beluur.domain.second_broken import what_holds, why_decided
from beluur.domain.steps import Step
from beluur.domain.view import DAY, Option, View, fresh
from beluur.values.sentence import Sentence, say

_LEFT_OUT = {
    Why.EXEMPT: "step.left_out_exempt",
    Why.DISPUTED: "step.left_out_disputed",
    Why.PROMISED: "step.left_out_promised",
    Why.PLAN: "step.left_out_plan",
    Why.CLAIMED: "step.left_out_claimed",
    Why.CREDIT: "step.left_out_credit",
    Why.PERHAPS_PAID: "step.left_out_perhaps_paid",
    Why.NO_DUE_DATE: "step.left_out_no_due_date",
}


def because_of(view: View, option: Option) -> tuple[Sentence, ...]:
    """Why this step, why on that day, and what is left out of it."""
    return tuple(_reasons(view, option))


def because_stopped(view: View) -> tuple[Sentence, ...]:
    """Why nothing may be asked of him."""
    match view.case.stop:
        case Stop.INSOLVENT:
            return (say("gate.insolvent"),)
        case Stop.HANDED_OVER:
            return (say("gate.handed_over"),)
    return (say("gate.vulnerable"),)


def hold_reasons(view: View) -> tuple[Sentence, ...]:
    """Until when, and why, he is not chased."""
    hold = view.case.hold
    if hold is None:
        return ()
    if hold.until is None:
        return (say("gate.hold_open", reason=hold.reason),)
    return (say("gate.hold", until=hold.until, reason=hold.reason),)


def because_of_nothing(view: View) -> tuple[Sentence, ...]:
    """Why nothing happens: not due yet, too little, or taken out altogether."""
    reasons = list(left_out(view))
    not_due = view.split.of(Why.NOT_DUE)
    if not_due:
        first = min((p.invoice.due for p in not_due if p.invoice.due), default=None)
        reasons.insert(0, say("step.not_due", amount=money(view, sum(p.cents for p in not_due)), on=first))
    if 0 < view.asked_cents < view.policy.minimum_cents:
        minimum = money(view, view.policy.minimum_cents)
        reasons.append(say("gate.too_small", amount=money(view, view.asked_cents), minimum=minimum))
    return tuple(reasons) or (say("step.nothing_to_ask"),)


def left_out(view: View) -> Iterator[Sentence]:
    """One sentence per reason for which amounts are taken out, with their sum."""
    sums: dict[Why, int] = {}
    for part in view.split.parts:
        if part.why in _LEFT_OUT:
            sums[part.why] = sums.get(part.why, 0) + part.cents
    for why, cents in sums.items():
        yield Sentence(_LEFT_OUT[why], {"amount": money(view, cents)})


def _reasons(view: View, option: Option) -> Iterator[Sentence]:
    match option.step:
        case Step.CALL_FIRST | Step.CALL_AGAIN:
            yield from _call(view, option)
            yield from _other_way(view)
        case Step.CALL_BACK | Step.CALL_BROKEN:
            if option.step is Step.CALL_BROKEN:
                yield from (*_other_way(view), *what_holds(view))
            yield from _subject(view, option)
            yield from _amount(view)
            yield from left_out(view)
        case Step.DECIDE if option.rung is not None:
            yield from because_rung(view, option.rung)
            yield from _amount(view)
            yield from left_out(view)
        case Step.FIX_CONTACT | Step.OTHER_CHANNEL | Step.DECIDE:
            if not isinstance(option.about, UltimatumFact):
                yield from _cannot_call(view, option)
            yield from _subject(view, option)
            yield from _amount(view)
        case Step.REMIND_FIRST | Step.REMIND_SECOND | Step.REMIND_LAST:
            yield from _remind(view, option)
        case Step.CHECK_PAYMENT if option.about is None:
            yield say("step.check_perhaps", amount=money(view, view.split.cents(Why.PERHAPS_PAID)))
        case _:
            yield from _subject(view, option)


def _subject(view: View, option: Option) -> Iterator[Sentence]:
    match option.about:
        case CallbackFact(who=who, at=at):
            there = local(at, view.case.time_zone)
            params = {"on": there.date(), "at": there.time(), "who": who}
            yield Sentence("step.call_back_with" if who else "step.call_back", params)
            yield from to_be_granted(view)
        case PromiseFact() as promise if option.step is Step.WAIT_PROMISE:
            yield from promise_to_come(view, promise)
        case PromiseFact() as promise if option.step is Step.CHECK_PAYMENT:
            yield from promise_unknown(view, promise)
        case PromiseFact() as promise:
            yield from promise_broken(view, promise)
        case PaidClaimFact() as claim:
            yield from _claim(view, claim)
        case DisputeFact() as dispute:
            yield from _dispute(view, dispute)
        case UltimatumFact() as ultimatum:
            yield from because_ultimatum(ultimatum, view.case, view.today)


def _week(ends: date, today: date) -> Sentence:
    if ends < today:
        return say("step.week_over", on=ends)
    return say("step.week_last_day", on=ends) if ends == today else say("step.week_ends", on=ends)


def _call(view: View, option: Option) -> Iterator[Sentence]:
    yield from _amount(view)
    if option.week_ends is not None:
        yield _week(option.week_ends, view.today)
    yield from _reminded(view)
    if view.pace.last is not None:
        yield _last_contact(view, view.pace.last)
    if option.on > view.today:
        yield from _why_later(view, option)
    yield from left_out(view)


def _amount(view: View) -> Iterator[Sentence]:
    if view.since is not None:
        amount, invoices = money(view, view.asked_cents), len(view.asked)
        yield say("step.asked", amount=amount, invoices=invoices, since=view.since)


def _other_way(view: View) -> Iterator[Sentence]:
    found = next_way(view)
    yield from found.because if found is not None else ()


def _reminded(view: View) -> Iterator[Sentence]:
    since = view.since or view.today
    sent = [
        r
        for r in view.case.reminders
        if (1 <= r.level < NOTICE_LEVEL or r.level == LAST_LEVEL) and r.on > since
    ]  # of these invoices, not of earlier ones
    if sent:
        last = max(sent, key=lambda r: r.on)
        how = "_told" if last.channel == "export" else ""
        which = "_last" if last.level == LAST_LEVEL else "_second" if last.level >= 2 else ""
        yield Sentence(f"step.reminded{which}{how}", {"on": last.on})
    else:
        yield say("step.not_reminded")


_OUTCOMES = {
    Outcome.WRONG_PERSON: "step.last_wrong_person",
    Outcome.GATEKEEPER: "step.last_gatekeeper",
    Outcome.VOICEMAIL: "step.last_voicemail",
    Outcome.NO_ANSWER: "step.last_no_answer",
    Outcome.BUSY: "step.last_busy",
    Outcome.NUMBER_INVALID: "step.last_number_invalid",
    Outcome.REACHED: "step.last_reached",
}


def _last_contact(view: View, attempt: AttemptFact) -> Sentence:
    there = local(attempt.at, view.case.time_zone)
    return Sentence(_OUTCOMES[attempt.outcome], {"on": there.date(), "at": there.time()})


def _why_later(view: View, option: Option) -> Iterator[Sentence]:
    """The rule that puts the call off longest."""
    pace, day = view.pace, option.on
    if pace.rest_until is not None and pace.rest_until >= day:
        yield say("gate.spoken", on=pace.spoken_on, until=pace.rest_until)
    elif pace.week_full_until is not None and day >= pace.week_full_until > view.today:
        yield say("gate.tries_this_week", tries=pace.tries_that_week, until=day)
    elif option.at is not None:
        there = local(option.at, view.case.time_zone)
        yield say("step.other_hour", on=there.date(), at=there.time())
    elif option.ready is not None and option.ready >= day:
        yield say("step.call_from", on=day)


def _cannot_call(view: View, option: Option) -> Iterator[Sentence]:
    pace = view.pace
    if option.step is Step.FIX_CONTACT:
        wrong = pace.last is not None and pace.last.outcome is Outcome.NUMBER_INVALID
        yield say("gate.number_wrong") if wrong else say("gate.no_phone")
    elif option.step is Step.OTHER_CHANNEL:
        yield say("step.unreached", tries=pace.misses)
    elif pace.misses >= view.policy.tries_before_other_channel and pace.wrote_on:
        yield say("step.unreached_after_letter", tries=pace.misses, on=pace.wrote_on)
    elif pace.misses >= view.policy.tries_before_other_channel and not view.ladder.rung(
        RungKind.OTHER_CHANNEL
    ):
        yield say("step.unreached_decide", tries=pace.misses)
    else:
        yield why_decided(view, option)


def _remind(view: View, option: Option) -> Iterator[Sentence]:
    yield from _amount(view)
    if option.step is Step.REMIND_FIRST:
        yield say("step.not_reminded")
        yield from because_first_writing(view)
    else:
        yield from _reminded(view)
    if not view.case.has_phone:
        yield say("gate.no_phone")
    elif not view.worth_a_call:
        minimum = money(view, view.policy.minimum_cents)
        yield say("gate.too_small", amount=money(view, view.asked_cents), minimum=minimum)
    elif option.on > view.today or view.pace.last is None:
        yield from _call_follows(view)


def _call_follows(view: View) -> Iterator[Sentence]:
    call = view.ladder.rung(RungKind.CALL)
    if call is None:
        return
    if view.ladder.needed(call):
        yield say("ladder.call_after", days=call.rest_days)
        return
    days = [i.due + call.after_days * DAY for i in fresh(view) if i.due]
    if days and min(days) > view.today:
        view.until(min(days))
        yield say("step.call_follows", on=min(days))


def _claim(view: View, claim: PaidClaimFact) -> Iterator[Sentence]:
    amount = money(view, claim.cents)
    if claim.paid_on is None:
        yield say("step.claims_paid", amount=amount)
    else:
        yield say("step.claims_paid_on", amount=amount, on=claim.paid_on)
    yield books(books_reach(view.case, claim.check_on), claim.check_on, bank=view.case.bank_to)


def _dispute(view: View, dispute: DisputeFact) -> Iterator[Sentence]:
    number = next((i.number for i in view.case.invoices if i.id == dispute.invoice_id), "")
    yield say("step.dispute", amount=money(view, dispute.cents), number=number)
    if dispute.owner and dispute.answer_by:
        yield say("step.dispute_owner", owner=dispute.owner, by=dispute.answer_by)
    elif dispute.answer_by:
        yield say("step.dispute_by", by=dispute.answer_by)
    else:
        yield say("step.dispute_no_answer_date")
