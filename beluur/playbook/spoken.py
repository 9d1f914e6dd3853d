"""A line ready to be said: the playbook's text with the facts of this call, in pieces so that a screen can stress the facts.

>>> spoken("way.transfer", "fr").text
'par virement'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from beluur.playbook.line_check import GAP, PlaybookError
from beluur.playbook.texts_file import LANGUAGES, OwnLine, texts
from beluur.playbook.vague_codes import vague_moment
from beluur.values.names import one_full_stop

_NOON, _EVENING = time(12), time(18)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``fact``: it came out of the dossier, not out of the playbook."""

    text: str
    fact: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What to say at ``moment``, to the debtor in his language; ``hint`` is for the caller, in his own."""

    moment: str
    pieces: tuple[Piece, ...]
    hint: str = ""

    @property
    def text(self) -> str:
        """The line as plain text."""
        return _text(list(self.pieces))


def playbook_language(language: str) -> str:
    """The language of the playbook that serves ``language`` (nl-BE, fr-BE, de, ...)."""
    if language in LANGUAGES:
        return language
    return language[:2] if language[:2] in LANGUAGES else "en"


def spoken(
    moment: str, language: str, *, hint_language: str = "nl", own: tuple[OwnLine, ...] = (), **facts: str
) -> Line:
    """The line for ``moment``. ``facts`` are already written out in ``language``; a missing one raises PlaybookError, for a
    caller must not read a gap aloud. A line of the administration's ``own`` that lacks a fact makes place for ours."""
    language, hint_language = playbook_language(language), playbook_language(hint_language)
    says = texts(language, own)[moment].say, texts(language)[moment].say
    hints = texts(hint_language, own)[moment].hint, texts(hint_language)[moment].hint
    return Line(
        moment, tuple(_pieces(_sayable(says, facts), facts)), _text(_pieces(_sayable(hints, facts), facts))
    )


def greeting(at: time, language: str, own: tuple[OwnLine, ...] = ()) -> str:
    """Good morning, afternoon or evening, by the debtor's clock."""
    part = "morning" if at < _NOON else "afternoon" if at < _EVENING else "evening"
    return texts(playbook_language(language), own)[f"greeting.{part}"].say


def vague_question(code: str, language: str, *, own: tuple[OwnLine, ...] = (), **facts: str) -> str:
    """What to ask the debtor instead of what is too vague, in his ``language``, as the administration wants it asked. ``facts``
    are written out already; a missing one raises PlaybookError.

    >>> vague_question("asap", "nl-BE")
    'Op welke dag staat het op onze rekening?'
    """
    asked = spoken(vague_moment(code), language, own=own, **facts).text
    return asked[:1].upper() + asked[1:]


def _sayable(written: tuple[str, str], facts: dict[str, str]) -> str:
    own, ours = written
    return own if all(facts.get(name, "").strip() for name in GAP.findall(own)) else ours


def _text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _pieces(text: str, facts: dict[str, str]) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for gap in GAP.finditer(text):
        if gap.start() > at:
            found.append(Piece(text[at : gap.start()]))
        name = gap.group(1)
        if not facts.get(name, "").strip():
            raise PlaybookError(f"nothing to say for {name} in: {text}")
        plain = name in ("greeting", "way")
        fact = one_full_stop(facts[name].strip(), text[gap.end() :])
        found.append(Piece(_SPACES.sub(" ", fact) if plain else fact, fact=not plain))
        at = gap.end()
    if text[at:]:
        found.append(Piece(text[at:]))
    return found
