"""What the customer asks of us, noted while he is on the line: what we do, by which day and hour, and how to say it (D9)."""

from __future__ import annotations

from beluur.domain.conversation import Answer, Speaking, Stage, said
from beluur.playbook import Line
from beluur.values.sentence import Sentence
from beluur.values.typed import typed_date, typed_time
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_ours import ASKED, OPEN, SAID, ours_missing
from beluur.words import long_date_text, time_text

_NOT_HERE = (Stage.WHO, Stage.STOP, Stage.RECAP, Stage.SAVE)


def ours_line(draft: Draft, stage: Stage, speaking: Speaking) -> Line | None:
    """The question that makes it concrete, and what we promise once it is; None when it is not of now."""
    if stage in _NOT_HERE or not draft.reached:
        return None
    if draft.text(ASKED) == OPEN:
        return said(speaking, "ours.ask_back")
    day, hour = typed_date(draft.text("o_day"), draft.today), typed_time(draft.text("o_hour"))
    if draft.text(ASKED) != SAID or day is None or hour is None:
        return None
    facts = {"day": long_date_text(day, speaking.language), "hour": time_text(hour)}
    if who := _colleague(draft, speaking):
        return said(speaking, "ours.promise_who", who=who, **facts)
    return said(speaking, "ours.promise", **facts)


def _colleague(draft: Draft, speaking: Speaking) -> str:
    """Who answers what is contested, when it is somebody else: he is whom it is discussed with."""
    owner = draft.text("d_owner") if Answer.DISPUTE in draft.answers else ""
    return "" if owner.casefold() == speaking.caller.casefold() else owner


def ours_wrong(draft: Draft) -> dict[str, Sentence]:
    """What is still missing, by field, once one wanted to go on."""
    return ours_missing(draft) if draft.text(ASKED) == OPEN and draft.on("ours_checked") else {}
