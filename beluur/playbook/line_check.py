"""What is wrong with a line, ours or one that an administration wrote: found before anybody reads it aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from beluur.playbook.moments import MAY_SAY, MUST_SAY, WITHOUT_MONEY
from beluur.playbook.money_words import money_word
from beluur.values.sentence import Sentence, say

LONGEST = 200  # characters that can be said in one breath
LONGEST_HINT = 250
GAP = re.compile(r"\{(\w+)\}")
_STRAY = re.compile(r"[{}]")


class PlaybookError(ValueError):
    """A line of the playbook cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is said at one moment, and a hint for whoever says it; both with gaps."""

    say: str
    hint: str = ""


def faults(moment: str, text: Text, language: str) -> Iterator[Sentence]:
    """Each thing that is wrong with ``text`` at ``moment``; nothing when it can be said."""
    if moment not in MAY_SAY:
        yield say("playbook.no_moment", moment=moment)
        return
    if not text.say.strip():
        yield say("playbook.empty")
    yield from _gaps(moment, text)
    if len(text.say) > LONGEST:
        yield say("playbook.too_long", length=len(text.say), longest=LONGEST)
    if len(text.hint) > LONGEST_HINT:
        yield say("playbook.hint_too_long", length=len(text.hint), longest=LONGEST_HINT)
    word = money_word(text.say[:LONGEST], language) if moment in WITHOUT_MONEY else ""
    if word:
        early = WITHOUT_MONEY[moment] == "early"
        yield say("playbook.money_early" if early else "playbook.money_stopped", word=word)


def _gaps(moment: str, text: Text) -> Iterator[Sentence]:
    said, hinted = set(GAP.findall(text.say)), set(GAP.findall(text.hint))
    may = MAY_SAY[moment]
    if unknown := (said | hinted) - may:
        names = ", ".join(sorted(unknown))
        if may:
            yield say("playbook.gap_unknown", names=names, may=", ".join(sorted(may)))
        else:
            yield say("playbook.no_gaps", names=names)
    if missing := MUST_SAY.get(moment, frozenset()) - said:
        yield say("playbook.gap_missing", names=", ".join(sorted(missing)))
    if _STRAY.search(GAP.sub("", text.say + text.hint)):
        yield say("playbook.brace")
