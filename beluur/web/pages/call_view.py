"""What the call screen shows at one stage: the path, the line to say, the answers, the fields with their sentences, the bar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from beluur.domain.bar import bar
from beluur.domain.call_check import after_dispute, check_report
from beluur.domain.call_effect import effect
from beluur.domain.call_mandate import mandate_objections
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.domain.commitment import above_open, bank_day_remark, control_date
from beluur.domain.conversation import Answer, Speaking, Stage, line_for, unsaid
from beluur.domain.follow_up import FollowUp
from beluur.playbook import Line
from beluur.queries.call_screen import CallScreen
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.web.forms.call_choices import ANSWERS, OUTCOMES, STAGES
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_moves import stages_of, to_promise
from beluur.web.forms.call_reading import form_field, report_of
from beluur.web.forms.call_sums import sums_wrong
from beluur.web.pages.call_approval import asked_note
from beluur.web.pages.call_beside import Beside, beside_line
from beluur.web.pages.call_offer import OfferView, last_word_wrong, offer_view, with_last_word
from beluur.web.pages.call_ours import ours_line, ours_wrong
from beluur.web.pages.call_reasons import ReasonShown, reason_line, reason_shown
from beluur.web.pages.call_recap import recap_lines


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the path."""

    stage: Stage
    name: Any
    state: str  # done, now, ahead
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment as typed, and what it comes to."""

    n: int
    amount: str
    day: str
    note: Sentence | None
    vague: bool
    amount_error: Sentence | None
    day_error: Sentence | None


@dataclass(frozen=True, slots=True)
class ShownBar:
    """The bar in money; what is exempt or set against a credit note is not in it."""

    open: Money
    promised: Money
    disputed: Money
    uncovered: Money
    note: Sentence | None = None

    @property
    def covered(self) -> Money:
        """Promised and disputed together."""
        return self.promised + self.disputed


@dataclass(frozen=True, slots=True)
class CallView:
    """The screen with what is typed. ``errors`` are shown now, by field; ``blocked``: there are some, shown or not."""

    screen: CallScreen
    draft: Draft
    report: CallReport
    stage: Stage
    path: tuple[Step, ...]
    line: Line
    rows: tuple[Row, ...]
    bar: ShownBar
    errors: dict[str, Sentence]
    blocked: bool
    after: FollowUp | None
    recap: tuple[Line, ...] = ()
    reason: ReasonShown | None = None
    offer: OfferView | None = None
    beside: Beside | None = None

    @property
    def covered(self) -> bool:
        """Amounts are not shown: it is a person, and it is not sure yet who is on the line (D2)."""
        return self.screen.person and self.draft.outcome is not Outcome.REACHED

    @property
    def reached(self) -> bool:
        """The right person is on the line."""
        return self.draft.outcome is Outcome.REACHED


def call_view(screen: CallScreen, draft: Draft, *, caller: str, language: str) -> CallView:
    """The view of ``draft`` on ``screen``; reads nothing and writes nothing."""
    number = screen.number
    report, unread = report_of(
        draft,
        number=number.e164 if number else screen.call.number if screen.call else "",
        contact_id=number.contact_id if number else None,
    )
    speaking = screen.speaking(caller, language)
    if draft.text("spoken_with"):
        speaking = replace(speaking, contact=draft.text("spoken_with"))
    unread |= last_word_wrong(draft, screen, report)
    report = with_last_word(report, draft, screen, speaking)
    errors = _objections(report, unread, screen, draft)
    stage = draft.stage
    if stage in (Stage.RECAP, Stage.SAVE) and draft.reached and _unfinished(errors):
        stage = Stage.AGREE
    left = Money(to_promise(draft, screen), screen.case.currency)
    shown = (errors if draft.text("checked") else unread) | sums_wrong(draft, left.cents, screen)
    shown |= ours_wrong(draft)
    reason = reason_shown(draft, screen, speaking)
    offer = _offer(draft, screen, report, speaking)
    return CallView(
        screen=screen,
        draft=draft,
        report=report,
        stage=stage,
        path=_path(stage, stages_of(draft, screen), draft),
        line=ours_line(draft, stage, speaking) or _line(stage, draft, speaking, reason, offer, left),
        reason=reason,
        offer=offer,
        beside=beside_line(stage, draft, screen, speaking),
        rows=_rows(report, draft, screen, shown),
        bar=shown_bar(screen, report, offer),
        errors=shown,
        blocked=bool(errors),
        after=None if errors else _after(report, screen, screen.now),
        recap=recap_lines(report, screen, language)
        if stage in (Stage.RECAP, Stage.SAVE) and not errors
        else (),
    )


def _line(
    stage: Stage,
    draft: Draft,
    speaking: Speaking,
    reason: ReasonShown | None,
    offer: OfferView | None,
    left: Money,
) -> Line:
    if reason is not None:
        return reason_line(reason, speaking)
    if stage is Stage.AGREE and draft.text("cut_off"):
        return unsaid(speaking, "cut_off.wait")
    if offer is not None and (stage is Stage.NEGOTIATE or (stage is Stage.AGREE and offer.last_said)):
        return offer.line
    return line_for(
        stage,
        speaking,
        outcome=draft.outcome,
        answers=draft.answers,
        received=draft.text("received"),
        undisputed=left,
    )


def _offer(draft: Draft, screen: CallScreen, report: CallReport, speaking: Speaking) -> OfferView | None:
    """What is offered, from the stage on where one may speak of it."""
    if not draft.reached or report.stop:
        return None
    if not (draft.stage is Stage.NEGOTIATE or Answer.PROMISE in draft.answers or draft.text("ultimatum")):
        return None
    return offer_view(draft, screen, report, speaking)


def _objections(
    report: CallReport, unread: dict[str, Sentence], screen: CallScreen, draft: Draft
) -> dict[str, Sentence]:
    """Each field's sentence; what could not be read goes before what is missing."""
    errors: dict[str, Sentence] = {}
    for objection in check_report(report, screen.case, screen.policy, screen.now):
        errors.setdefault(form_field(objection.field, draft), objection.sentence)
    for beyond in mandate_objections(
        report, screen.case, screen.mandate, screen.today, granted=screen.granted
    ):
        errors.setdefault("mandate", beyond.sentence)
    if draft.outcome is Outcome.REACHED and not draft.answers and not report.stop:
        errors["answers"] = say("draft.answer_missing")
    if "cb_day" in unread:
        errors.pop("cb_hour", None)
    return {**errors, **unread}


_LATER = frozenset(("confirm_to", "k_phone", "k_mobile", "k_email", "o_what", "o_day", "o_hour"))


def _unfinished(errors: dict[str, Sentence]) -> bool:
    """Whether something of the agreement itself is not right; contact data and our own promise are filled in after it."""
    return bool(errors.keys() - _LATER)


def _path(stage: Stage, stages: tuple[Stage, ...], draft: Draft) -> tuple[Step, ...]:
    here = stages.index(stage) if stage in stages else 0
    answers = {Stage.WHO: _who(draft), Stage.RECEIVED: _received(draft), Stage.AGREE: _answered(draft)}
    return tuple(
        Step(
            each,
            STAGES[each],
            "done" if n < here else "now" if n == here else "ahead",
            str(answers.get(each, "")) if n <= here else "",
        )
        for n, each in enumerate(stages)
    )


def _who(draft: Draft) -> Any:
    if draft.outcome is Outcome.REACHED:
        return draft.text("spoken_with")
    return next((name for outcome, name, _icon, _key in OUTCOMES if outcome is draft.outcome), "")


def _received(draft: Draft) -> Any:
    return {"yes": _("Ja"), "no": _("Nee, er is iets")}.get(draft.text("received"), "")


def _answered(draft: Draft) -> str:
    return ", ".join(str(name) for answer, name, _icon, _key in ANSWERS if answer in draft.answers)


def _rows(
    report: CallReport, draft: Draft, screen: CallScreen, shown: dict[str, Sentence]
) -> tuple[Row, ...]:
    if report.promise is None:
        return ()
    read = {}
    kept = [n for n in range(1, draft.parts + 1) if draft.text(f"d{n}") or draft.text(f"a{n}")] or [1]
    for n, (due, _cents) in zip(kept, report.promise.parts, strict=False):
        read[n] = due
    rows = []
    for n in range(1, draft.parts + 1):
        due, typed = read.get(n), draft.text(f"d{n}")
        note = None
        if due is not None:
            code = "draft.control" if bank_day_remark(due) is None else "draft.control_bank"
            control = control_date(due, report.promise.said, screen.policy)
            note = Sentence(code, {"on": due, "control": control})
        amount_error, day_error = shown.get(f"a{n}"), shown.get(f"d{n}")
        vague = bool(typed) and due is None
        rows.append(Row(n, draft.text(f"a{n}"), typed, note, vague, amount_error, day_error))
    return tuple(rows)


def shown_bar(screen: CallScreen, report: CallReport, offer: OfferView | None) -> ShownBar:
    """The bar with what is being typed: it adds up to the cent. It is always in sight, and so is the verdict on the offer."""
    case = after_dispute(screen.case, report)
    parts = report.promise.parts if report.promise else ()
    proposed = sum(cents or 0 for due, cents in parts if due)  # without a day it is no promise (D13)
    now = bar(case, screen.today, proposed_cents=proposed)
    out = now.exempt_cents + now.credit_cents
    note: Sentence | None = None
    fits = now.promised_cents - bar(case, screen.today).promised_cents
    if report.promise and proposed > fits:
        note = above_open(Money(proposed, case.currency), Money(fits, case.currency))
    elif report.promise and proposed:
        beyond = mandate_objections(report, screen.case, screen.mandate, screen.today, granted=screen.granted)
        judged = offer.judged if offer and not offer.beyond else None
        note = beyond[0].sentence if beyond else judged.sentence if judged else say("draft.fits")
        note = asked_note(screen, offer) or note
    elif out:
        note = say("draft.left_out", amount=Money(out, case.currency))
    return ShownBar(
        Money(now.open_cents - out, case.currency),
        Money(now.promised_cents, case.currency),
        Money(now.disputed_cents, case.currency),
        Money(now.uncovered_cents, case.currency),
        note,
    )


def _after(report: CallReport, screen: CallScreen, now: datetime) -> FollowUp | None:
    if screen.call is None or (report.spoken and not report.result):
        return None
    result = effect(
        report,
        screen.case,
        screen.policy,
        now,
        opened_at=screen.call.opened_at,
        incoming=screen.call.incoming,
        number=screen.call.number,
        other_number=any(n.e164 != report.number for n in screen.numbers),
    )
    return result.after
