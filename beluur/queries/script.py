"""The script of an administration: each line as it is said now, in one language, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.domain.playbook_example import example
from beluur.playbook import Line, OwnLine, own_problems, texts
from beluur.playbook.moments import MAY_SAY, MUST_SAY
from beluur.playbook.texts_file import LANGUAGES
from beluur.queries.own_lines import own_lines
from beluur.store.models import PlaybookLine
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """A moment with what is said there, filled with an example; ``say`` has its gaps still. ``own``: the administration wrote
    it for this language; ``refused``: it did, but the line cannot be said, so that ours is."""

    moment: str
    say: str
    line: Line
    own: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One line to edit, as written. ``may`` are the gaps that it can have, ``must`` those it is not concrete without;
    ``without`` is what would be said without it."""

    language: str
    moment: str
    say: str
    hint: str
    without: str
    may: tuple[str, ...]
    must: frozenset[str]
    changed_at: datetime | None = None
    by: str = ""


def script(administration_id: int, language: str) -> tuple[ScriptRow, ...]:
    """Every moment, in the order of the conversation. Raises KeyError for what is no language of the playbook; one query."""
    own = own_lines(administration_id)
    mine = {line.moment: line for line in own if line.language == language}
    known = texts(language, own)
    return tuple(
        ScriptRow(
            moment,
            known[moment].say,
            example(moment, language, hints=language, own=own),
            moment in mine,
            moment in mine and bool(own_problems([mine[moment]])),
        )
        for moment in MAY_SAY
    )


def script_line(administration_id: int, language: str, moment: str) -> ScriptLine | None:
    """The line to edit; None when there is no such language or moment."""
    if language not in LANGUAGES or moment not in MAY_SAY:
        return None
    others = tuple(
        line for line in own_lines(administration_id) if (line.language, line.moment) != (language, moment)
    )
    without = texts(language, others)[moment]
    rows = PlaybookLine.objects.filter(administration_id=administration_id, language=language, moment=moment)
    row = rows.values_list("say", "hint", "at", "by__name").first()
    said, hint, at, by = row or (without.say, without.hint, None, "")
    may, must = tuple(sorted(MAY_SAY[moment])), MUST_SAY.get(moment, frozenset())
    return ScriptLine(language, moment, said, hint or without.hint, without.say, may, must, at, by or "")


def line_example(administration_id: int, line: OwnLine) -> Line:
    """``line`` as it would be said, with an example; beside it the administration's other lines, such as its greeting."""
    others = tuple(
        o for o in own_lines(administration_id) if (o.language, o.moment) != (line.language, line.moment)
    )
    return example(line.moment, line.language, hints=line.language, own=(*others, line))


def refusals(line: ScriptLine) -> tuple[Sentence, ...]:
    """Why the kept line is not said; empty when it is."""
    return tuple(p.sentence for p in own_problems([OwnLine(line.language, line.moment, line.say, line.hint)]))
