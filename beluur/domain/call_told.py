"""What the timeline tells of a call: its line, and a line for each thing that was said and agreed (E1)."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.domain.because_ultimatum import ultimatum_set
from beluur.domain.call_effect import Effect
from beluur.domain.call_report import CallReport
from beluur.domain.case import CallbackFact, Case, Outcome, PromiseFact
from beluur.domain.commitment import Said
from beluur.domain.local_time import local
from beluur.domain.reason_actions import reason_name
from beluur.values.money import Money
from beluur.values.phone import parse_phone
from beluur.values.sentence import Sentence, say


def told(report: CallReport, *, incoming: bool) -> Sentence:
    """``Gebeld: juiste persoon gesproken (An Voorbeeld)``."""
    way = say("event.he_rang") if incoming else say("event.we_rang")
    outcome = say(f"outcome.{report.outcome.value}")
    if report.spoken_with.strip():
        return say("event.call_with", way=way, outcome=outcome, who=report.spoken_with.strip())
    return say("event.call", way=way, outcome=outcome)


def details(report: CallReport, case: Case, result: Effect, number: str = "") -> tuple[Sentence, ...]:
    """One line each, in the order in which they bind."""
    return tuple(_details(report, case, result, number))


def _details(report: CallReport, case: Case, result: Effect, number: str) -> Iterator[Sentence]:
    yield from _why(report)
    if report.received:
        yield say("event.received") if report.received == "yes" else say("event.not_received")
    if result.promise:
        yield from promise_told(result.promise, case)
    yield from _disputed(report, case, result)
    yield from _claimed(case, result)
    for fact, moved in ((result.callback, False), (result.moved, True)):
        if fact:
            yield callback_told(fact, case, moved=moved)
    if report.passed_on:
        yield say("event.passed_on", who=report.passed_on)
    if report.refused:
        yield say("event.refused")
    if report.ultimatum:
        amount = Money(report.ultimatum.cents, case.currency)
        yield ultimatum_set(amount, report.ultimatum.until, report.ultimatum.consequence)
    if report.spoken and report.result == "nothing":
        yield say("event.nothing_agreed")
    for own in report.own:
        if own.at:
            yield say("event.own_promise", what=own.what.strip(), at=local(own.at, case.time_zone))
    if report.outcome is Outcome.NUMBER_INVALID:
        dialled = parse_phone(number, case.country)
        yield say("event.number_wrong", number=dialled.national if dialled else number or "?")


def _why(report: CallReport) -> Iterator[Sentence]:
    if report.cut_off:
        yield say("event.cut_off")
    if report.stop:
        yield say("event.stop", why=say(f"stop.{report.stop.value}"))
    for reason in report.reasons:
        yield say("event.reason", reason=reason_name(reason.code))


def promise_told(promise: PromiseFact, case: Case) -> Iterator[Sentence]:
    """Each part with its day, the control date, and the invoices."""
    code = "event.promised_received" if promise.said == Said.RECEIVED_ON else "event.promised_pays"
    for part in promise.instalments:
        amount = Money(part.cents, case.currency)
        yield Sentence(code, {"amount": amount, "on": part.due, "control": part.control})
    if promise.reserved:
        yield say("event.promise_reserved")
    numbers = {i.id: i.number for i in case.invoices}
    covered = tuple(numbers[i] for i, _ in promise.covers if i in numbers)
    if covered:
        yield say("event.promise_covers", numbers=covered)


def callback_told(callback: CallbackFact, case: Case, *, moved: bool = False) -> Sentence:
    """The call-back at its moment, at the debtor's clock."""
    at = local(callback.at, case.time_zone)
    if moved:
        return say("event.callback_moved", at=at)
    return (
        say("event.callback_with", at=at, who=callback.who) if callback.who else say("event.callback", at=at)
    )


def _disputed(report: CallReport, case: Case, result: Effect) -> Iterator[Sentence]:
    if report.dispute is None:
        return
    numbers = {i.id: i.number for i in case.invoices}
    for fact in result.disputes:
        yield say(
            "event.disputed",
            amount=Money(fact.cents, case.currency),
            number=numbers.get(fact.invoice_id, "?"),
            why=say(f"dispute.{fact.code}"),
        )
    if report.dispute.owner:
        yield say("event.dispute_answer_who", who=report.dispute.owner, by=report.dispute.answer_by)
    else:
        yield say("event.dispute_answer", by=report.dispute.answer_by)


def _claimed(case: Case, result: Effect) -> Iterator[Sentence]:
    claim = result.claim
    if claim is None:
        return
    amount = Money(claim.cents, case.currency)
    if claim.paid_on:
        yield say("event.claimed_on", amount=amount, on=claim.paid_on, check=claim.check_on)
    else:
        yield say("event.claimed", amount=amount, check=claim.check_on)
