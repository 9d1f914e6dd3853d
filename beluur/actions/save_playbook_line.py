"""Saves a line of the playbook as the administration wants it said."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.playbook import OwnLine, own_problems, texts
from beluur.queries.own_lines import own_lines
from beluur.store.models import PlaybookLine
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence


def line_problems(line: OwnLine) -> tuple[tuple[str, Sentence], ...]:
    """What is wrong with it, each at its field: say or hint. Empty when it can be said."""
    said = own_problems([OwnLine(line.language, line.moment, line.say)])
    found = [("say", problem.sentence) for problem in said]
    ours = texts(line.language).get(line.moment)
    if ours is not None:
        hinted = own_problems([OwnLine(line.language, line.moment, ours.say, line.hint)])
        found += [("hint", problem.sentence) for problem in hinted]
    return tuple(found)


def save_playbook_line(doer: Doer, line: OwnLine) -> None:
    """Refused with what is wrong with it. What is equal to the line that would be said without it is not kept: ours improves with
    the product, and so does its hint."""

    def do() -> dict[str, Any]:
        clean = OwnLine(line.language, line.moment, _clean(line.say), _clean(line.hint))
        for field, problem in line_problems(clean):
            raise Refused(problem, field)
        here = doer.administration_id
        others = tuple(o for o in own_lines(here) if (o.language, o.moment) != (line.language, line.moment))
        without = texts(line.language, others)[line.moment]
        hint = "" if clean.hint == _clean(without.hint) else clean.hint
        mine = PlaybookLine.objects.filter(administration_id=here, language=line.language, moment=line.moment)
        mine.delete()
        if clean.say != _clean(without.say) or hint:
            mine.create(
                administration_id=here,
                language=line.language,
                moment=line.moment,
                say=clean.say,
                hint=hint,
                by_id=doer.user_id,
                at=doer.at,
            )
        return {}

    once(doer, "save_playbook_line", do)


def _clean(text: str) -> str:
    return " ".join(text.split())
