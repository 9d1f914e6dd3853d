"""Whether the caller may agree to what a report says (A2): within his mandate, granted by a colleague, or under reservation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beluur.domain.call_check import after_dispute, proposal_of
from beluur.domain.call_report import CallReport, PromiseSaid
from beluur.domain.case import Case, PromiseFact
from beluur.domain.commitment import Objection
from beluur.domain.mandate import Mandate, judge
from beluur.domain.plan import Plan, PlannedPart, plan_of


def plan_in(report: CallReport) -> Plan | None:
    """What the report agrees to have paid; None when nothing, or not concrete yet."""
    return plan_of(proposal_of(report.promise)) if report.promise else None


def plan_agreed(fact: PromiseFact) -> Plan:
    """The plan of a promise that was recorded."""
    return Plan(tuple(PlannedPart(part.due, part.cents) for part in fact.instalments))


def mandate_objections(
    report: CallReport, case: Case, mandate: Mandate, today: date, *, granted: Plan | None = None
) -> tuple[Objection, ...]:
    """Why the caller may not agree to it alone; field "mandate". Empty when he may, when it is ``granted`` as it stands, or when
    it is under reservation with a call-back in which the debtor hears the answer."""
    if report.promise is None or (report.promise.reserved and report.callback):
        return ()
    before = replace(case, disputes=after_dispute(case, report).disputes)
    return beyond_mandate(report.promise, before, mandate, today, granted=granted)


def beyond_mandate(
    said: PromiseSaid, case: Case, mandate: Mandate, today: date, *, granted: Plan | None = None
) -> tuple[Objection, ...]:
    """The same of a promise alone, on ``case`` as it was before; what was ``granted``, or agreed already, is not asked again."""
    plan = plan_of(proposal_of(said))
    if plan is None or plan == granted:
        return ()
    return tuple(Objection("mandate", refusal.sentence) for refusal in judge(plan, mandate, case, today))
