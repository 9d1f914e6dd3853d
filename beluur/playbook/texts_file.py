"""Reads `lines/*.toml`, `reasons/*.toml` and the questions of `vague/*.toml`, and refuses, at load, what could fail or say too
much while somebody is on the telephone. An administration's own lines come in the place of ours; one that cannot be said is
left out, and ours is said.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from beluur.playbook.line_check import PlaybookError, Text, faults
from beluur.playbook.moments import MAY_SAY, REASON_LINES
from beluur.playbook.reason_codes import ReasonCode, moment_of, parts_of
from beluur.playbook.vague_codes import vague_moment
from beluur.playbook.vague_texts import vague_texts
from beluur.values.problem import Problem
from beluur.values.sentence import Sentence, say

LANGUAGES = ("nl", "nl-BE", "en", "fr")
_BASE = {"nl-BE": "nl"}
_FIELDS = {"answer": "answer", "firm": "answer_firm", "again": "answer_again", "ask": "ask"}
_HINTS = {"answer": "note", "firm": "note", "again": "note", "ask": "wait"}
_KNOWN = {*_FIELDS.values(), *_HINTS.values()}
_OWN_KEPT = 256  # (language, own lines) whose merge is kept in memory


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line that an administration wrote itself, for one moment in one language; an empty ``hint`` keeps ours."""

    language: str
    moment: str
    say: str
    hint: str = ""


def texts(language: str, own: tuple[OwnLine, ...] = ()) -> Mapping[str, Text]:
    """Every line in ``language``: nl, nl-BE (where Flemish differs, else as nl), en or fr. ``own`` may be in any language and in
    any state: those of this language that can be said replace ours, those in nl also what nl-BE does not say otherwise."""
    return _merged(language, own) if own else _shipped(language)


def own_problems(own: Iterable[OwnLine]) -> tuple[Problem, ...]:
    """What is wrong with lines that an administration wrote, each with its moment as field; such a line is not used."""
    return tuple(Problem(wrong, field=line.moment) for line in own for wrong in _wrong(line))


def _wrong(line: OwnLine) -> Iterator[Sentence]:
    if line.language not in LANGUAGES:
        yield say("playbook.no_language", language=line.language)
        return
    yield from faults(line.moment, Text(_clean(line.say), _clean(line.hint)), line.language)


@lru_cache(maxsize=_OWN_KEPT)
def _merged(language: str, own: tuple[OwnLine, ...]) -> Mapping[str, Text]:
    found = dict(_shipped(language))
    if language in _BASE:
        base = _merged(_BASE[language], own)
        ours = {moment for moment, text in found.items() if text.say != _shipped(_BASE[language])[moment].say}
        found |= {moment: text for moment, text in base.items() if moment not in ours}
    for line in own:
        if line.language == language and not any(_wrong(line)):
            found[line.moment] = Text(_clean(line.say), _clean(line.hint) or found[line.moment].hint)
    return found


def _clean(text: str) -> str:
    return " ".join(text.split())


@cache
def _shipped(language: str) -> Mapping[str, Text]:
    room = files("beluur.playbook")
    lines = parse(room.joinpath("lines", f"{language}.toml").read_text("utf-8"), language)
    reasons = parse_reasons(room.joinpath("reasons", f"{language}.toml").read_text("utf-8"), language)
    questions = {} if language in _BASE else _questions(language)
    own = {**lines, **reasons, **questions}
    found = {**_shipped(_BASE[language]), **own} if language in _BASE else own
    wrong = tuple(problems(found, language))
    if wrong:
        raise PlaybookError(f"{language}: {'; '.join(wrong)}")
    return found


def _questions(language: str) -> dict[str, Text]:
    """The question for each thing that is too vague, as a line."""
    return {vague_moment(code): Text(vague.ask) for code, vague in vague_texts(language).items()}


def parse(toml: str, language: str) -> dict[str, Text]:
    """Lines from TOML: a table per moment with ``say`` and perhaps ``hint``; a dialect keeps the hint of its base."""
    base = _shipped(_BASE[language]) if language in _BASE else {}
    return {
        moment: Text(fields["say"], fields.get("hint", base[moment].hint if moment in base else ""))
        for moment, fields in tomllib.loads(toml).items()
    }


def parse_reasons(toml: str, language: str) -> dict[str, Text]:
    """Lines from TOML: a table per reason with ``answer``, ``answer_firm``, ``answer_again`` and ``ask`` for the debtor, ``note``
    (what to note) and ``wait`` (when silence helps) for the caller. A dialect has only the fields that differ.
    Raises PlaybookError for a reason or a field that nobody asks for."""
    found: dict[str, Text] = {}
    for name, fields in tomllib.loads(toml).items():
        if name not in set(ReasonCode) or fields.keys() - _KNOWN:
            raise PlaybookError(f"{language}: nobody asks for {name} {', '.join(sorted(fields))}")
        found |= _reason(ReasonCode(name), fields, _shipped(_BASE[language]) if language in _BASE else {})
    return found


def _reason(code: ReasonCode, fields: Mapping[str, str], base: Mapping[str, Text]) -> dict[str, Text]:
    unasked = {part for part in _FIELDS if _FIELDS[part] in fields} - set(parts_of(code))
    if unasked:
        raise PlaybookError(f"nobody asks for {', '.join(sorted(unasked))} of {code}")
    found = {}
    for part in parts_of(code):
        ours = base.get(moment_of(code, part), Text(""))
        found[moment_of(code, part)] = Text(
            fields.get(_FIELDS[part], ours.say), fields.get(_HINTS[part], ours.hint)
        )
    return found


def problems(found: Mapping[str, Text], language: str = "nl") -> Iterator[str]:
    """What is wrong with a whole set of lines, one text each, for whoever wrote the files."""
    for moment in MAY_SAY.keys() - found.keys():
        yield f"{moment} has no line"
    for moment, text in found.items():
        for wrong in faults(moment, text, language):
            yield f"{moment} {wrong.code} {dict(wrong.params)}"
        if moment in REASON_LINES and moment.endswith(".answer") and not text.hint:
            yield f"{moment} does not say what to note"
