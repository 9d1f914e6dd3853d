"""*De klant zegt*: in a practice call somebody answers on the real call screen to what is done there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from beluur.actions.end_practice import end_practice
from beluur.actions.note_call import Noted, note_call
from beluur.actions.once import Doer
from beluur.domain.bargain import ProposedBy
from beluur.domain.call_mandate import mandate_objections
from beluur.domain.conversation import Answer, Stage
from beluur.domain.practice import hear
from beluur.domain.practice_talk import (
    HANGS_UP,
    KEPT,
    Desk,
    Limits,
    Talk,
    kept_talk,
    talk_from_json,
    variant,
)
from beluur.law.days import add_working_days
from beluur.playbook.practice_texts import Character, practice_said
from beluur.queries.call_screen import CallScreen
from beluur.values.money import Money
from beluur.web.access import Entry
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_moves import to_promise
from beluur.web.pages.call_offer import proposer
from beluur.web.pages.call_view import CallView, call_view
from beluur.words import long_date_text, money_text

_AHEAD = 4  # working days until he can pay: within the week that a caller's mandate gives a first part
_STEP = 5_00  # cents to which he rounds what he can spare
_ASKABLE = (Stage.WHEN, Stage.AGREE, Stage.NEGOTIATE, Stage.REASON)


@dataclass(frozen=True, slots=True)
class Other:
    """What the customer says now; ``askable``: one may ask for a day, or put the rows to him; ``over``: he is no longer there."""

    line: str
    language: str
    askable: bool
    over: bool


def practising(draft: Draft) -> bool:
    """Whether this call is practice: then somebody answers on the screen."""
    return _talk(draft) is not None


def answered(
    entry: Entry, doer: Doer, screen: CallScreen, draft: Draft, go: str, noted: Noted
) -> tuple[dict[str, Any], Noted]:
    """Notes what the customer makes of what the button ``go`` did; ``draft`` has its changes. Nothing when it is no practice."""
    if screen.call is None or not practising(draft):
        return {}, noted
    heard = _heard(entry, screen, draft, go)
    return heard, note_call(doer, screen.call.id, heard, noted.version)


def finish(entry: Entry, doer: Doer, screen: CallScreen, draft: Draft) -> None:
    """The call is over: keeps how it went. Raises Refused when it is not his any more."""
    if screen.call is not None:
        end_practice(doer, screen.call.id, _heard(entry, screen, draft, HANGS_UP)[KEPT])


def other(screen: CallScreen, view: CallView) -> Other | None:
    """What stands under the line to say; None when it is no practice."""
    talk = _talk(view.draft)
    if talk is None:
        return None
    language = screen.case.language
    limits = _limits(view.draft, screen)
    cents = limits.most_cents if talk.character is Character.SHORT_OF_CASH else limits.left_cents
    line = practice_said(
        talk.character,
        talk.cue,
        language,
        variant(talk),
        contact=screen.contact.name if screen.contact else screen.debtor.name,
        day=long_date_text(limits.day, language),
        amount=money_text(Money(cents, screen.case.currency), language),
    )
    over = talk.ended or talk.closed
    return Other(line, language, view.reached and view.stage in _ASKABLE and not over, over)


def _heard(entry: Entry, screen: CallScreen, draft: Draft, go: str) -> dict[str, Any]:
    talk = _talk(draft)
    if talk is None or screen.call is None:
        return {}
    view = call_view(screen, draft, caller=entry.user.name, language=translation.get_language() or "nl")
    after = hear(talk, _desk(view, go), _limits(draft, screen))
    prepared = int(draft.fields[KEPT].get("prepared", 0))
    if talk.turn == 0 and after.turn:
        prepared = int((entry.now - screen.call.opened_at).total_seconds())
    return kept_talk(after, prepared=prepared)


def _talk(draft: Draft) -> Talk | None:
    kept = draft.fields.get(KEPT)
    return talk_from_json(kept.get("talk")) if isinstance(kept, Mapping) else None


def _desk(view: CallView, go: str) -> Desk:
    """The screen as the customer hears it."""
    draft, report, screen = view.draft, view.report, view.screen
    rows = report.promise.parts if report.promise else ()
    whole = tuple((due, cents) for due, cents in rows if due and cents)
    beyond = mandate_objections(report, screen.case, screen.mandate, screen.today, granted=screen.granted)
    said = report.dispute
    return Desk(
        view.stage,
        pressed=go,
        outcome=draft.outcome,
        received=draft.text("received"),
        reason=draft.text("reason"),
        mailed=bool(draft.text("mailed")),
        disputed=bool(said and said.items and said.code and said.what.strip()),
        promise=Answer.PROMISE in draft.answers,
        parts=whole if len(whole) == len(rows) else (),
        vague=" ".join(row.day for row in view.rows if row.vague),
        last_word=bool(draft.text("ultimatum")),
        beyond=bool(beyond),
        ours=proposer(draft) is ProposedBy.US,
        yes=draft.on("yes"),
        way_out=bool(
            (report.callback and report.callback.at) or any(c.name or c.phone for c in report.contacts)
        ),
    )


def _limits(draft: Draft, screen: CallScreen) -> Limits:
    left = to_promise(draft, screen)
    most = left * 2 // 5 // _STEP * _STEP  # more than a third, so that three parts will do
    return Limits(screen.today, add_working_days(screen.today, _AHEAD, screen.case.country), left, most)
