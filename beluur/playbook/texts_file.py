"""Reads `lines/*.toml` and refuses, at load, what could fail or say too much while somebody is on the telephone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from beluur.playbook.moments import MAY_SAY

LANGUAGES = ("nl", "nl-BE", "en", "fr")
LONGEST = 200  # what can be said in one breath
GAP = re.compile(r"\{(\w+)\}")
_BASE = {"nl-BE": "nl"}


class PlaybookError(ValueError):
    """A line of the playbook cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is said at one moment, and a hint for whoever says it; both with gaps."""

    say: str
    hint: str = ""


@cache
def texts(language: str) -> Mapping[str, Text]:
    """Every line in ``language``: nl, nl-BE (where Flemish differs, else as nl), en or fr."""
    own = parse(files("beluur.playbook").joinpath("lines", f"{language}.toml").read_text("utf-8"), language)
    found = {**texts(_BASE[language]), **own} if language in _BASE else own
    wrong = tuple(problems(found))
    if wrong:
        raise PlaybookError(f"{language}: {'; '.join(wrong)}")
    return found


def parse(toml: str, language: str) -> dict[str, Text]:
    """Lines from TOML: a table per moment with ``say`` and perhaps ``hint``; a dialect keeps the hint of its base."""
    base = texts(_BASE[language]) if language in _BASE else {}
    return {
        moment: Text(fields["say"], fields.get("hint", base[moment].hint if moment in base else ""))
        for moment, fields in tomllib.loads(toml).items()
    }


def problems(found: Mapping[str, Text]) -> Iterator[str]:
    """What is wrong with a set of lines, one text each."""
    for moment in MAY_SAY.keys() - found.keys():
        yield f"{moment} has no line"
    for moment, text in found.items():
        if moment not in MAY_SAY:
            yield f"nobody asks for {moment}"
            continue
        unknown = {*GAP.findall(text.say), *GAP.findall(text.hint)} - MAY_SAY[moment]
        if unknown:
            yield f"{moment} may not say {', '.join(sorted(unknown))}"
        if len(text.say) > LONGEST:
            yield f"{moment} is longer than {LONGEST} characters"
