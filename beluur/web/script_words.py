"""How the parts of the script are called: its groups, its moments, its reasons, and the names between braces."""

from __future__ import annotations

from beluur.domain.reason_actions import reason_name
from beluur.values.sentence import Sentence, say

REASON = "why"
GROUPS = {
    "who": ("who",),
    "reception": ("gatekeeper", "wrong_person"),
    "not_reached": ("voicemail", "no_answer", "busy", "number_invalid", "cut_off"),
    "opening": ("opening",),
    "received": ("received",),
    "when": ("when",),
    "listen": ("listen",),
    "negotiate": ("negotiate",),
    "agree": ("agree",),
    "ours": ("ours",),
    "stop": ("stop",),
    "recap": ("recap", "closing"),
    "vague": ("vague",),
    "words": ("greeting", "way"),
}
"""The groups in the order of a call, each with the first words of its moments; the reasons come between."""

_GROUP_OF = {first: group for group, firsts in GROUPS.items() for first in firsts}


def group_of(moment: str) -> str:
    """The group of a moment: one of `GROUPS`, or the code of the reason that it answers.

    >>> group_of("why.not_received.ask"), group_of("closing.agreed")
    ('not_received', 'recap')
    """
    first, rest = moment.split(".", 1)
    return rest.split(".")[0] if first == REASON else _GROUP_OF[first]


def group_name(group: str) -> Sentence:
    """The heading of a group."""
    return say(f"script.group.{group}") if group in GROUPS else reason_name(group)


def moment_name(moment: str) -> Sentence:
    """What the moment is, within its group."""
    if moment.startswith(f"{REASON}."):
        return say(f"script.part.{moment.rsplit('.', 1)[1]}")
    return say(f"script.moment.{moment}")


def gap_name(gap: str) -> Sentence:
    """What comes in the place of ``{gap}``."""
    return say(f"script.gap.{gap}")
