"""What is wrong with a call report: each objection at its field. What binds is concrete, or it is not recorded (D13).

Fields: ``outcome``; of a promise ``amount:0``, ``date:0``, ``total``, ``way``, ``said_yes``, ``invoices``; ``callback_at``; of a
dispute ``dispute_items``, ``dispute_amount:0``, ``dispute_code``, ``dispute_answer_by``; ``claim_amount``, ``claim_paid_on``;
``refused``; of our own promises ``own_what:0``, ``own_at:0``; ``confirm_to``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from beluur.domain.call_report import (
    CallbackSaid,
    CallReport,
    ClaimSaid,
    DisputeCode,
    DisputeSaid,
    PromiseSaid,
)
from beluur.domain.case import Case, DisputeFact, Outcome
from beluur.domain.commitment import Objection, Proposal, ProposedPart, Said, check_promise, cover, coverable
from beluur.domain.local_time import local_day
from beluur.domain.parts import Why, split
from beluur.domain.policy import Policy
from beluur.values.money import Money
from beluur.values.sentence import say

_NOTHING_SAID_TO = frozenset((Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NUMBER_INVALID))


def check_report(report: CallReport, case: Case, policy: Policy, now: datetime) -> tuple[Objection, ...]:
    """Everything that keeps the report from being recorded; empty when it may be. ``case`` is as it was before the call."""
    return tuple(_objections(report, case, policy, now))


def _objections(report: CallReport, case: Case, policy: Policy, now: datetime) -> Iterator[Objection]:
    today = local_day(now, case.time_zone)
    yield from _outcome(report)
    if report.dispute:
        yield from check_dispute(report.dispute, case, today)
    if report.promise:
        if report.promise.replaces and report.promise.replaces not in {p.id for p in case.promises}:
            yield Objection("replaces", say("call.promise_gone"))
        yield from check_said(report.promise, after_dispute(case, report), policy, today)
    if report.callback:
        yield from check_callback(report.callback, policy, now)
    if report.claim:
        yield from check_claim(report.claim, case, today)
    yield from _own(report, policy, now)


def _outcome(report: CallReport) -> Iterator[Objection]:
    binding = report.promise or report.dispute or report.claim or report.passed_on or report.refused
    if binding and not report.spoken:
        yield Objection("outcome", say("call.not_spoken"))
    if report.callback and report.outcome in _NOTHING_SAID_TO:
        yield Objection("outcome", say("call.nobody_agreed"))
    if report.refused and report.promise:
        yield Objection("refused", say("call.refused_and_promised"))


def check_said(said: PromiseSaid, case: Case, policy: Policy, today: date) -> Iterator[Objection]:
    """What keeps a promise from being one, against what may still be covered."""
    known = {i.id for i in case.invoices if i.open_cents > 0}
    if said.invoice_ids is not None and not (said.invoice_ids and set(said.invoice_ids) <= known):
        yield Objection("invoices", say("call.invoice_not_open"))
        return
    if said.said not in set(Said):
        yield Objection("said", say("general.required"))
        return
    limit = sum(cents for _, cents in coverable(case, today, chosen=said.invoice_ids))
    yield from check_promise(proposal_of(said), policy, today, open_cents=limit, currency=case.currency)


def proposal_of(said: PromiseSaid) -> Proposal:
    """The promise as `commitment` and `goal` weigh it."""
    parts = tuple(ProposedPart(due, cents) for due, cents in said.parts)
    return Proposal(parts, Said(said.said), said.way, said.yes)


def covers_of(said: PromiseSaid, case: Case, today: date) -> tuple[tuple[int, int], ...]:
    """(invoice id, cents) that the promise covers: the chosen invoices, or the oldest first."""
    return cover(sum(cents or 0 for _, cents in said.parts), coverable(case, today, chosen=said.invoice_ids))


def after_dispute(case: Case, report: CallReport) -> Case:
    """The case with what this call disputes, without the promise that it replaces: a promise is then for the rest (J6)."""
    if report.promise and report.promise.replaces:
        case = without_promise(case, report.promise.replaces)
    if report.dispute is None:
        return case
    items = dispute_items(report.dispute, case)
    said = report.dispute
    facts = tuple(
        DisputeFact(0, invoice_id, cents, said.code, said.answer_by, owner=said.owner)
        for invoice_id, cents in items
    )
    return replace(case, disputes=case.disputes + facts)


def without_promise(case: Case, promise_id: int) -> Case:
    """The case as if that promise had not been made."""
    return replace(case, promises=tuple(p for p in case.promises if p.id != promise_id))


def disputable(case: Case, today: date) -> dict[int, int]:
    """Invoice id -> cents that are open and not disputed yet."""
    cents: dict[int, int] = {}
    for part in split(case, today).parts:
        if part.why is not Why.DISPUTED:
            cents[part.invoice.id] = cents.get(part.invoice.id, 0) + part.cents
    return cents


def dispute_items(dispute: DisputeSaid, case: Case) -> tuple[tuple[int, int], ...]:
    """The items with their amounts filled in: None is all that is open and not disputed yet."""
    left = {i.id: max(i.open_cents, 0) for i in case.invoices}
    for earlier in case.disputes:
        left[earlier.invoice_id] = max(0, left.get(earlier.invoice_id, 0) - earlier.cents)
    return tuple((i, left.get(i, 0) if cents is None else cents) for i, cents in dispute.items)


def check_dispute(dispute: DisputeSaid, case: Case, today: date) -> Iterator[Objection]:
    """A dispute says what, why, and by when somebody answers (D8)."""
    room = disputable(case, today)
    if not dispute.items or len({i for i, _ in dispute.items}) < len(dispute.items):
        yield Objection("dispute_items", say("call.dispute_what"))
    for n, (invoice_id, cents) in enumerate(dispute_items(dispute, case)):
        limit = Money(room.get(invoice_id, 0), case.currency)
        if not limit:
            yield Objection(f"dispute_amount:{n}", say("call.invoice_not_open"))
        elif not 0 < cents <= limit.cents:
            yield Objection(f"dispute_amount:{n}", say("call.dispute_amount", open=limit))
    if dispute.code not in set(DisputeCode):
        yield Objection("dispute_code", say("call.dispute_why"))
    if dispute.answer_by is None:
        yield Objection("dispute_answer_by", say("call.dispute_by_when"))
    elif not today <= dispute.answer_by <= today + timedelta(days=366):
        yield Objection("dispute_answer_by", say("call.day_out_of_reach", on=dispute.answer_by))


def check_callback(callback: CallbackSaid, policy: Policy, now: datetime) -> Iterator[Objection]:
    """A call-back has its day and hour, and they are to come."""
    yield from _moment("callback_at", callback.at, policy, now)


def check_claim(claim: ClaimSaid, case: Case, today: date) -> Iterator[Objection]:
    """What he says that he paid was paid on a day that has been, and is no more than is open."""
    limit = Money(sum(max(i.open_cents, 0) for i in case.invoices), case.currency)
    if claim.cents is None:
        yield Objection("claim_amount", say("call.claim_amount"))
    elif not 0 < claim.cents <= limit.cents:
        yield Objection("claim_amount", say("call.claim_above_open", open=limit))
    if claim.paid_on and claim.paid_on > today:
        yield Objection("claim_paid_on", say("call.claim_to_come"))


def _own(report: CallReport, policy: Policy, now: datetime) -> Iterator[Objection]:
    for n, own in enumerate(report.own):
        if not own.what.strip():
            yield Objection(f"own_what:{n}", say("general.required"))
        yield from _moment(f"own_at:{n}", own.at, policy, now)


def _moment(field: str, at: datetime | None, policy: Policy, now: datetime) -> Iterator[Objection]:
    if at is None:
        yield Objection(field, say("call.no_moment"))
    elif at <= now:
        yield Objection(field, say("call.moment_past"))
    elif at > now + timedelta(days=policy.latest_promise_days):
        yield Objection(field, say("call.day_out_of_reach", on=at.date()))
