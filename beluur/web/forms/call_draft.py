"""What was typed on the call screen: from the form to the draft that is kept. Every field is text, as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from beluur.domain.case import Outcome
from beluur.domain.conversation import Answer, Stage
from beluur.domain.plan import MOST_PARTS
from beluur.values.typed import typed_number

_LONGEST = 4000
_LISTS = ("inv", "di")
_NO_TEXT = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")  # PostgreSQL keeps no NUL
_PLAIN = frozenset(
    "parts said way yes words cb_day cb_hour cb_who cb_number d_code d_what d_wants d_evidence d_owner d_by "
    "c_amount c_day f_who r_words "
    "o_what o_day o_hour g_name g_role g_phone n_phone k_id k_name k_role k_phone k_mobile k_email confirm_to language "
    "send discussed note spoken_with received m_to "
    "reserved goal_limit goal_parts ultimatum proposed_by p_each p_n p_first p_rhythm".split()
)
_NUMBERED = ("a", "d", "da_")


def fields_of(post: QueryDict) -> dict[str, str]:
    """The known fields of the form, as the draft keeps them; of a checkbox and its hidden twin the last counts."""
    found = {}
    for name in post:
        if name in _LISTS:
            found[name] = ",".join(v for v in post.getlist(name) if typed_number(v) is not None)
        elif name in _PLAIN or _numbered(name):
            found[name] = post.get(name, "").translate(_NO_TEXT)[:_LONGEST]
    return found


def _numbered(name: str) -> bool:
    return any(
        name.startswith(p) and typed_number(name[len(p) :]) is not None and len(name) < 24 for p in _NUMBERED
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """The kept fields, read. ``today`` is the debtor's day, ``country`` and ``time_zone`` are his too."""

    fields: Mapping[str, Any]
    today: date
    country: str
    time_zone: str

    def text(self, name: str) -> str:
        """A field as typed, without blanks around it."""
        return str(self.fields.get(name, "")).strip()

    @property
    def stage(self) -> Stage:
        """Where the conversation is."""
        kept = self.text("stage")
        return Stage(kept) if kept in set(Stage) else Stage.WHO

    @property
    def outcome(self) -> Outcome | None:
        """How the dialling ended, once that is known."""
        kept = self.text("outcome")
        return Outcome(kept) if kept in set(Outcome) else None

    @property
    def reached(self) -> bool:
        """The right person is on the line."""
        return self.outcome is Outcome.REACHED

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What the customer says, in the order in which it was said."""
        kept = self.text("answers").split(",")
        return tuple(Answer(a) for a in dict.fromkeys(kept) if a in set(Answer))

    @property
    def parts(self) -> int:
        """How many rows the promise has on the screen."""
        return min(max(typed_number(self.text("parts")) or 1, 1), MOST_PARTS)

    def ids(self, name: str) -> tuple[int, ...]:
        """The ticked boxes of a list."""
        return tuple(i for text in self.text(name).split(",") if (i := typed_number(text)) is not None)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Notes that another window had and that were written over; they are kept."""
        kept = self.fields.get("_overwritten", {})
        return tuple(str(text) for text in kept.get("note", ())) if isinstance(kept, dict) else ()

    def on(self, name: str, *, otherwise: bool = False) -> bool:
        """Whether a box is ticked; ``otherwise`` when it was never shown."""
        return bool(self.text(name)) if name in self.fields else otherwise
