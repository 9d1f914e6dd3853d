"""A line ready to be said: the playbook's text with the facts of this call, in pieces so that a screen can stress the facts.

>>> spoken("way.transfer", "fr").text
'par virement'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from beluur.playbook.texts_file import GAP, LANGUAGES, PlaybookError, texts

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
        return "".join(piece.text for piece in self.pieces)


def playbook_language(language: str) -> str:
    """The language of the playbook that serves ``language`` (nl-BE, fr-BE, de, ...)."""
    if language in LANGUAGES:
        return language
    return language[:2] if language[:2] in LANGUAGES else "en"


def spoken(moment: str, language: str, *, hint_language: str = "nl", **facts: str) -> Line:
    """The line for ``moment``. ``facts`` are already written out in ``language``; a missing one raises PlaybookError, for a
    caller must not read a gap aloud."""
    said = texts(playbook_language(language))[moment]
    hint = texts(playbook_language(hint_language))[moment].hint
    return Line(moment, tuple(_pieces(said.say, facts)), "".join(p.text for p in _pieces(hint, facts)))


def greeting(at: time, language: str) -> str:
    """Good morning, afternoon or evening, by the debtor's clock."""
    part = "morning" if at < _NOON else "afternoon" if at < _EVENING else "evening"
    return texts(playbook_language(language))[f"greeting.{part}"].say


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
        found.append(
            Piece(_SPACES.sub(" ", facts[name]).strip() if plain else facts[name].strip(), fact=not plain)
        )
        at = gap.end()
    if text[at:]:
        found.append(Piece(text[at:]))
    return found
