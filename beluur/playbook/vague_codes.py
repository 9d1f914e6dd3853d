"""The codes of what is no agreement yet (D13), and the facts that the question for each may use."""

from __future__ import annotations

from collections.abc import Mapping

_TWO_DAYS = frozenset({"one", "other"})
_NONE: frozenset[str] = frozenset()

DAY_IS_VAGUE = ("asap", "later", "few_days", "which_weekday", "which_day", "after_event")
ALL_IS_VAGUE = ("condition", "effort", "about", "some_amount", "range", "negation", "nothing")
MAY_ASK: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*DAY_IS_VAGUE, *ALL_IS_VAGUE), _NONE),
    **dict.fromkeys(("ambiguous_weekday", "day_mismatch", "today_or_later"), _TWO_DAYS),
    **dict.fromkeys(("past", "no_amount"), frozenset({"day"})),
    "above_open": frozenset({"open"}),
    "nothing_left": frozenset({"amount"}),
    **dict.fromkeys(
        "either correction said_paid from_day no_such_day too_far no_date which_belongs unclear_number currency "
        "not_positive share_of_what how_many how_much_each first_day too_long".split(),
        _NONE,
    ),
}


def vague_moment(code: str) -> str:
    """The moment at which its question is asked, beside the other moments of a conversation."""
    return f"vague.{code}"
