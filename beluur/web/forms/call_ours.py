"""The fields for what we promise the customer ourselves, and what its button does: open, made concrete, or put away (D9)."""

from __future__ import annotations

from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_date, typed_time
from beluur.web.forms.call_draft import Draft

ASKED = "ours"  # the field of the draft that says how it stands
OPEN, SAID = "open", "said"
Changes = dict[str, str]


def ours_moved(draft: Draft, value: str) -> Changes:
    """``ours`` opens the fields or puts them away, what is typed stays; ``ours:said`` goes on once it is concrete."""
    if value != SAID:
        return {ASKED: "" if draft.text(ASKED) == OPEN else OPEN, "ours_checked": ""}
    if ours_missing(draft):
        return {"ours_checked": "1"}
    return {ASKED: SAID, "ours_checked": ""}


def ours_missing(draft: Draft) -> dict[str, Sentence]:
    """Each field that is empty or cannot be read: a promise of ours has a day and an hour."""
    day, hour = draft.text("o_day"), draft.text("o_hour")
    on = typed_date(day, draft.today) if day else None
    wrong: dict[str, Sentence] = {}
    if not draft.text("o_what"):
        wrong["o_what"] = say("general.required")
    if on is None:
        wrong["o_day"] = say("typed.day", text=day[:40]) if day else say("general.required")
    elif on < draft.today:
        wrong["o_day"] = say("commitment.date_past", on=on)
    if not hour or typed_time(hour) is None:
        wrong["o_hour"] = say("typed.hour", text=hour[:40]) if hour else say("general.required")
    return wrong
