"""`beluur reason TEXT`: which reasons a phrase or a note gives, best first.

As JSON, in the shape that programs may rely on: a list of all reasons, best first, [{code, score}], the scores from 0 to 1 and
together about 1; ``other`` is none of these. As text at most three, or that none fits. Nothing is kept and no database is read.
"""

from __future__ import annotations

import json

from beluur.domain.reason import language_of, offered, ranking
from beluur.values.sentence import say
from beluur.words import render


def reason(text: str, language: str, *, as_json: bool) -> int:
    """Prints the ranking; ``language`` empty: found out, and Dutch when nothing tells. Always 0: no text is wrong."""
    known = language or language_of(text)
    ranked = ranking(text, known)
    if as_json:
        print(json.dumps([{"code": r.code, "score": r.score} for r in ranked], indent=2))
        return 0
    found = offered(ranked)
    for one in found:
        print(f"  {round(one.score * 100):>3} %  {render(say(f'reason.{one.code}'), known)}")
    if not found:
        print(f"  {render(say('reason.none'), known)}")
    return 0
