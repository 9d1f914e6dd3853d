"""The program of the demo: which scene is played how often, in the order of the debtors."""

from __future__ import annotations

from collections.abc import Callable

from beluur.actions.demo import scenes, talks
from beluur.actions.demo.stage import Stage, Troupe

SCENES: tuple[tuple[str, int], ...] = (
    ("settled", 12),
    ("broken", 4),
    ("not_due", 11),
    ("first_call", 6),
    ("promised", 8),
    ("regular", 6),
    ("missed", 7),
    ("just_late", 10),
    ("disputed", 5),
    ("settled", 12),
    ("partly", 2),
    ("call_back", 3),
    ("planned", 3),
    ("claims_paid", 2),
    ("paid_yesterday", 4),
    ("not_due", 9),
    ("on_hold", 3),
    ("unreachable", 3),
    ("no_number", 2),
    ("collected_by_bank", 1),
    ("insolvent", 1),
    ("handed_over", 1),
    ("one_desk", 3),
    ("last_day", 1),
    ("reserved", 1),
)


def play(troupe: Troupe, stage: Stage, scene: str) -> None:
    """Plays one scene."""
    played: Callable[[Troupe, Stage], None] = getattr(scenes, scene, None) or getattr(talks, scene)
    played(troupe, stage)
