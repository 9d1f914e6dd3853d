"""What the call screen shows of an offer while it is being typed: how it stands, what both agree on, what would do instead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beluur.domain.bargain import Cue, Fit, Offer, ProposedBy, Table
from beluur.domain.call_check import after_dispute, proposal_of
from beluur.domain.call_report import CallReport, UltimatumSaid
from beluur.domain.commitment import Said
from beluur.domain.conversation import Answer, Speaking, Stage, cued
from beluur.domain.counter_offers import proposed
from beluur.domain.goal import propose_goal
from beluur.domain.mandate import narrowed
from beluur.domain.negotiation import Judgement, assess, first_question
from beluur.domain.plan import Plan, plan_of
from beluur.domain.ultimatum import Ultimatum, ultimatum
from beluur.playbook import Line
from beluur.queries.call_screen import CallScreen
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_date
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_plan import in_rows, who_proposed
from beluur.web.language import typed_day
from beluur.web.pages.call_goal import changed_goal
from beluur.words import render


@dataclass(frozen=True, slots=True)
class Instead:
    """An offer that would do: ``n`` is its button, ``line`` how to say it."""

    n: int
    sentence: Sentence
    line: Line
    plan: Plan


@dataclass(frozen=True, slots=True)
class OfferView:
    """``judged`` is None as long as nothing concrete was offered; ``line`` is what to say now. ``last_said``: the last word
    is what the call ends with, as long as he promises nothing. ``granted``: a colleague agreed to it as it stands."""

    table: Table
    line: Line
    judged: Judgement | None = None
    instead: tuple[Instead, ...] = ()
    last_word: Ultimatum | None = None
    last_line: Line | None = None
    last_said: bool = False
    granted: bool = False

    @property
    def beyond(self) -> bool:
        """Whether a colleague has to decide."""
        return self.judged is not None and self.judged.fit is Fit.BEYOND

    @property
    def ours(self) -> bool:
        """Whether it is an offer of ours, to which he has only to say yes."""
        return self.judged is not None and self.judged.ours

    @property
    def fits(self) -> bool:
        """Whether it is what was aimed at."""
        return self.judged is not None and self.judged.fit is Fit.GOAL


def offer_view(draft: Draft, screen: CallScreen, report: CallReport, speaking: Speaking) -> OfferView:
    """The offer as it stands in the rows; with the line that belongs to it."""
    table = table_of(draft, screen, report)
    found = _last_word(draft, table)
    last = found if isinstance(found, Ultimatum) else None
    last_line = cued(speaking, last.cue.moment, last.cue.facts) if last else None
    ends = last_line is not None and bool(draft.text("ultimatum"))
    plan = plan_of(proposal_of(report.promise)) if report.promise else None
    if plan is None:
        first = first_question(table)
        line = last_line if last_line and ends else cued(speaking, first.moment, first.facts)
        return OfferView(table, line, last_word=last, last_line=last_line, last_said=ends)
    offer = Offer(plan, proposer(draft))
    judged = assess(table, offer)
    if plan == screen.granted:
        accept = Cue("negotiate.accept", {"amount": table.money(plan.cents), "day": plan.last})
        cue = proposed(plan, table) if offer.by is ProposedBy.US else accept
        return OfferView(table, cued(speaking, cue.moment, cue.facts), judged, granted=True)
    instead = tuple(
        Instead(n, c.sentence, cued(speaking, c.cue.moment, c.cue.facts), c.plan)
        for n, c in enumerate(judged.counters, start=1)
    )
    cue = judged.cues[0]
    line = last_line if last_line and ends and not judged.ours else cued(speaking, cue.moment, cue.facts)
    return OfferView(table, line, judged, instead, last, last_line)


def taken(draft: Draft, screen: CallScreen, report: CallReport, speaking: Speaking, n: str) -> dict[str, str]:
    """The fields that the button of our ``n``-th offer changes; none when it is no longer there. What he said himself was about
    something else; who says yes to "can it be there on" has said that we have it that day."""
    view = offer_view(draft, screen, report, speaking)
    chosen = next((i for i in view.instead if str(i.n) == n), None)
    if chosen is None:
        return {}
    rows = in_rows(draft, [(p.due, p.cents) for p in chosen.plan.parts], by=ProposedBy.US.value)
    there = {"said": Said.RECEIVED_ON.value} if chosen.line.moment == "negotiate.counter_date" else {}
    return rows | {"words": ""} | there


def with_last_word(report: CallReport, draft: Draft, screen: CallScreen, speaking: Speaking) -> CallReport:
    """The report with the ultimatum that was said, in the debtor's words."""
    last = _ends_with(draft, screen, report)
    if not isinstance(last, Ultimatum):
        return report
    told = render(last.cue.facts["consequence"], speaking.language)
    return replace(report, ultimatum=UltimatumSaid(last.on, last.cents, last.consequence.value, told))


def last_word_wrong(draft: Draft, screen: CallScreen, report: CallReport) -> dict[str, Sentence]:
    """Why the day that was typed can be no last day, at its field: a call is never recorded without the day that was said."""
    last = _ends_with(draft, screen, report)
    return {"ultimatum": last} if isinstance(last, Sentence) else {}


def last_word_said(draft: Draft, screen: CallScreen, report: CallReport) -> dict[str, str]:
    """A day and a consequence were said; unless he still promises something, that is how the call ends (D12)."""
    last = _last_word(draft, table_of(draft, screen, report), said=True)
    answers = draft.answers if Answer.REFUSAL in draft.answers else (Answer.REFUSAL,)
    day = {"ultimatum": typed_day(last.on)} if isinstance(last, Ultimatum) else {}
    return {**day, "answers": ",".join(answers), "stage": Stage.AGREE, "checked": ""}


def table_of(draft: Draft, screen: CallScreen, report: CallReport) -> Table:
    """What an offer is judged on. The goal is what was aimed at before the call, for what may still be agreed."""
    case = after_dispute(screen.case, replace(report, promise=None))
    return Table(
        screen.case,
        changed_goal(
            draft,
            screen,
            propose_goal(case, screen.policy, screen.mandate, screen.today, screen.history.behaviour),
        )[0],
        narrowed(screen.mandate, screen.case),
        screen.policy,
        screen.today,
        screen.history.behaviour,
    )


def proposer(draft: Draft) -> ProposedBy:
    """Who put the offer forward: the debtor, unless one of ours was taken."""
    return ProposedBy(who_proposed(draft))


def _ends_with(draft: Draft, screen: CallScreen, report: CallReport) -> Ultimatum | Sentence | None:
    if not draft.text("ultimatum") or report.promise or report.stop or not report.spoken:
        return None
    return _last_word(draft, table_of(draft, screen, report))


def _last_word(draft: Draft, table: Table, *, said: bool = False) -> Ultimatum | Sentence | None:
    """The ultimatum, at the stage where it may be said; or why the day that was typed cannot be it."""
    typed = draft.text("ultimatum")
    if draft.stage is not Stage.NEGOTIATE and not typed and not said:
        return None
    on = typed_date(typed, table.today) if typed else None
    if typed and on is None:
        return say("typed.day", text=typed[:40])
    made = ultimatum(table, on=on)
    return made if isinstance(made, Ultimatum) else made[0].sentence
