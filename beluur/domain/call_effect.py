"""What a call report comes to: the dated facts that it adds to the case, and what follows. Preview and recording both read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from beluur.domain.call_check import after_dispute, covers_of, dispute_items
from beluur.domain.call_report import CallReport, ClaimSaid, PromiseSaid
from beluur.domain.case import (
    AttemptFact,
    CallbackFact,
    Case,
    DisputeFact,
    InstalmentFact,
    Outcome,
    PaidClaimFact,
    PromiseFact,
    UltimatumFact,
)
from beluur.domain.commitment import control_date
from beluur.domain.follow_up import FollowUp, follow_up
from beluur.domain.local_time import local_day
from beluur.domain.missed_callback import moved_to
from beluur.domain.policy import Policy
from beluur.domain.standing_ultimatum import ultimatum_fact
from beluur.law.days import add_working_days

_NEW = 0  # the id of what has no row yet


@dataclass(frozen=True, slots=True)
class Effect:
    """``moved`` is the new moment of a call-back that was due and not answered; ``fulfilled`` are the ids of the call-backs that
    this call makes good. ``after`` is what happens next, ``ultimatum`` the one that was said; a promise that binds ends an
    earlier one."""

    attempt: AttemptFact
    promise: PromiseFact | None
    callback: CallbackFact | None
    moved: CallbackFact | None
    fulfilled: tuple[int, ...]
    disputes: tuple[DisputeFact, ...]
    claim: PaidClaimFact | None
    after: FollowUp
    ultimatum: UltimatumFact | None = None


def effect(
    report: CallReport,
    case: Case,
    policy: Policy,
    now: datetime,
    *,
    opened_at: datetime,
    incoming: bool,
    number: str = "",
    other_number: bool = True,
) -> Effect:
    """What ``report``, which was checked, comes to. ``case`` is as it was before the call; ``other_number``: there is one beside
    the ``number`` of this call."""
    today = local_day(now, case.time_zone)
    attempt = AttemptFact(opened_at, report.outcome, incoming, number, report.result)
    said, disputed = report.promise, after_dispute(case, report)
    promise = promise_fact(said, disputed, policy, today, now) if said else None
    callback = (
        CallbackFact(_NEW, report.callback.at, who=report.callback.who)
        if report.callback and report.callback.at
        else None
    )
    fulfilled, moved = _callbacks(report, case, policy, attempt, now)
    claim = claim_fact(report.claim, case, policy, today) if report.claim else None
    disputes = disputed.disputes[len(case.disputes) :]
    given = ultimatum_fact(report.ultimatum, disputed, policy, today) if report.ultimatum else None
    open_callbacks = tuple(c for c in case.callbacks if c.id not in fulfilled)
    after = replace(
        disputed,
        stop=report.stop or disputed.stop,
        promises=(*disputed.promises, *filter(None, (promise,))),
        callbacks=(*open_callbacks, *filter(None, (callback, moved))),
        claims=(*case.claims, *filter(None, (claim,))),
        ultimatum=given or (None if promise and not promise.reserved else case.ultimatum),
        has_phone=_has_phone(report, case, other_number=other_number),
    )
    follows = follow_up(after, policy, attempt)
    return Effect(attempt, promise, callback, moved, fulfilled, disputes, claim, follows, given)


def _has_phone(report: CallReport, case: Case, *, other_number: bool) -> bool:
    """Whether a number is left to dial: a wrong one is not dialled again, a new one counts at once."""
    if any(change.phone or change.mobile for change in report.contacts):
        return True
    return case.has_phone and (report.outcome is not Outcome.NUMBER_INVALID or other_number)


def promise_fact(said: PromiseSaid, case: Case, policy: Policy, today: date, now: datetime) -> PromiseFact:
    """The promise with its control dates (F1) and what it covers, the parts in the order of their days."""
    parts = sorted((due, cents) for due, cents in said.parts if due is not None and cents is not None)
    instalments = tuple(
        InstalmentFact(due, cents, control_date(due, said.said, policy)) for due, cents in parts
    )
    covers = covers_of(said, case, today)
    return PromiseFact(
        _NEW,
        now,
        instalments,
        covers,
        said=said.said,
        way=said.way,
        words=said.words,
        proposed_by=said.proposed_by,
        reserved=said.reserved,
    )


def claim_fact(claim: ClaimSaid, case: Case, policy: Policy, today: date) -> PaidClaimFact:
    """The claim with the day on which the account must show it."""
    check_on = add_working_days(today, policy.claim_check_working_days, case.country)
    return PaidClaimFact(_NEW, claim.paid_on, claim.cents or 0, check_on)


def disputed_cents(report: CallReport, case: Case) -> tuple[tuple[int, int], ...]:
    """(invoice id, cents) that this call disputes."""
    return dispute_items(report.dispute, case) if report.dispute else ()


def _callbacks(
    report: CallReport, case: Case, policy: Policy, attempt: AttemptFact, now: datetime
) -> tuple[tuple[int, ...], CallbackFact | None]:
    """Spoken, by whoever rang: every agreed call-back is made good (D17). Not spoken: those whose hour had come move on."""
    if report.spoken:
        return tuple(c.id for c in case.callbacks), None
    due = [c for c in case.callbacks if c.at <= now]
    moment = moved_to(case, policy, attempt) if due and not report.callback else None
    moved = CallbackFact(_NEW, moment, who=due[0].who) if moment else None
    return tuple(c.id for c in due), moved
