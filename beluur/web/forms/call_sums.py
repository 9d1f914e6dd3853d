"""The calculator on the call screen: so much each time, or so many times, from a first day in a rhythm, becomes rows (D11)."""

from __future__ import annotations

from datetime import date

from beluur.domain.bargain import ProposedBy
from beluur.domain.plan import MOST_PARTS, Plan, Rhythm, Wanted, build, how_long
from beluur.queries.call_screen import CallScreen
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_cents, typed_date, typed_number
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_plan import in_rows

_RHYTHMS = (Rhythm.MONTHLY, Rhythm.TWO_WEEKLY, Rhythm.WEEKLY)
_FIELDS = {"total": "p_each", "each": "p_each", "parts": "p_n", "date:0": "p_first"}
Changes = dict[str, str]
Wrong = dict[str, Sentence]


def opened_or_closed(draft: Draft) -> Changes:
    """The calculator appears, with the first day that stands in the rows, or goes away again."""
    if draft.on("sums"):
        return {"sums": ""}
    return {"sums": "1", "sums_asked": "", "p_first": draft.text("p_first") or draft.text("d1")}


def worked_out(draft: Draft, left_cents: int, screen: CallScreen) -> Changes:
    """The rows of what was filled in, or the calculator with what is wrong with it."""
    plan = _plan(draft, left_cents, screen)
    if isinstance(plan, dict):
        return {"sums_asked": "1"}
    rows = in_rows(
        draft,
        [(p.due, p.cents) for p in plan.parts],
        by=draft.text("proposed_by") or ProposedBy.DEBTOR.value,
    )
    return rows | {"sums": "", "sums_asked": ""}


def sums_wrong(draft: Draft, left_cents: int, screen: CallScreen) -> Wrong:
    """What keeps the calculator from its rows, by field, once it was asked."""
    if not (draft.on("sums") and draft.on("sums_asked")):
        return {}
    plan = _plan(draft, left_cents, screen)
    return plan if isinstance(plan, dict) else {}


def _plan(draft: Draft, left_cents: int, screen: CallScreen) -> Plan | Wrong:
    each, times = typed_cents(draft.text("p_each")), typed_number(draft.text("p_n"))
    first = typed_date(draft.text("p_first"), screen.today)
    wrong = _unread(draft, each, times, first)
    if wrong or first is None:
        return wrong
    rhythm = next((r for r in _RHYTHMS if r == draft.text("p_rhythm")), Rhythm.MONTHLY)
    if each and each > 0 and left_cents > each * MOST_PARTS:
        return {"p_each": how_long(left_cents, each, rhythm, currency=screen.case.currency)}
    made = build(Wanted(left_cents, first, times, each, rhythm), screen.today)
    if isinstance(made, Plan):
        return made
    return {_FIELDS.get(objection.field, "p_each"): objection.sentence for objection in reversed(made)}


def _unread(draft: Draft, each: int | None, times: int | None, first: date | None) -> Wrong:
    """What was filled in and cannot be read, and what is missing: a first day, and one of the amount and the number."""
    wrong: Wrong = {}
    if first is None:
        typed = draft.text("p_first")
        wrong["p_first"] = say("typed.day", text=typed[:40]) if typed else say("general.required")
    if each is None and draft.text("p_each"):
        wrong["p_each"] = say("typed.amount", text=draft.text("p_each")[:40])
    elif times is None and draft.text("p_n"):
        wrong["p_n"] = say("typed.number", text=draft.text("p_n")[:40])
    elif (each is None) == (times is None):
        wrong["p_each"] = say("draft.each_or_times")
    return wrong
