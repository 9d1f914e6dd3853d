"""Whether the caller may agree to what a report says (A2): within his mandate, granted by a colleague, or under reservation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beluur.domain.call_check import after_dispute, proposal_of
from beluur.domain.call_report import CallReport
from beluur.domain.case import Case
from beluur.domain.commitment import Objection
from beluur.domain.mandate import Mandate, judge
from beluur.domain.plan import Plan, plan_of


def plan_in(report: CallReport) -> Plan | None:
    """What the report agrees to have paid; None when nothing, or not concrete yet."""
    return plan_of(proposal_of(report.promise)) if report.promise else None


def mandate_objections(
    report: CallReport, case: Case, mandate: Mandate, today: date, *, granted: Plan | None = None
) -> tuple[Objection, ...]:
    """Why the caller may not agree to it alone; field "mandate". Empty when he may, when it is ``granted`` as it stands, or when
    it is under reservation with a call-back in which the debtor hears the answer."""
    plan = plan_in(report)
    if plan is None or report.promise is None or plan == granted:
        return ()
    before = replace(case, disputes=after_dispute(case, report).disputes)
    refusals = judge(plan, mandate, before, today)
    if report.promise.reserved and (report.callback or not refusals):
        return ()
    return tuple(Objection("mandate", refusal.sentence) for refusal in refusals)
