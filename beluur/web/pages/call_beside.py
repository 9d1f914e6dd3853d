"""What stands under the line to say: other lines for the same moment, and what may not be spoken of yet (D2)."""

from __future__ import annotations

from dataclasses import dataclass

from beluur.domain.conversation import Speaking, Stage
from beluur.domain.conversation_table import may_be_said
from beluur.domain.reason_talk import beside
from beluur.playbook import Line
from beluur.queries.call_history import last_broken
from beluur.queries.call_screen import CallScreen
from beluur.values.sentence import Sentence
from beluur.web.forms.call_draft import Draft


@dataclass(frozen=True, slots=True)
class Beside:
    """``lines`` may be said too; ``not_yet`` is the first thing that may not."""

    lines: tuple[Line, ...]
    not_yet: Sentence | None


def beside_line(stage: Stage, draft: Draft, screen: CallScreen, speaking: Speaking) -> Beside:
    """What goes with the line of this stage."""
    broken = last_broken(screen.history.promises) is not None
    allowed = may_be_said(stage, known=draft.reached, person=screen.person, broken=broken)
    return Beside(
        beside(stage, speaking, draft.outcome),
        allowed.not_yet[0] if allowed.not_yet and not allowed.money else None,
    )
