"""What is no agreement yet (D13): the phrases that are too vague, and the question to ask the debtor instead, in his language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from beluur.playbook.line_check import GAP, LONGEST, PlaybookError
from beluur.playbook.vague_codes import ALL_IS_VAGUE, DAY_IS_VAGUE, MAY_ASK

VAGUE_LANGUAGES = ("nl", "en", "fr")
_PHRASE = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Vague:
    """The question to ask, and the phrases (folded: no accents, no capitals) that call for it."""

    ask: str
    phrases: tuple[str, ...] = ()


@cache
def vague_texts(language: str) -> Mapping[str, Vague]:
    """Every vague code in ``language`` (nl, en or fr); PlaybookError when the file cannot be used."""
    return parse_vague(
        files("beluur.playbook").joinpath("vague", f"{language}.toml").read_text("utf-8"), language
    )


def parse_vague(toml: str, language: str) -> Mapping[str, Vague]:
    """Vague codes from TOML: a table per code with ``ask`` and perhaps ``phrases``."""
    found = {
        code: Vague(fields["ask"], tuple(fields.get("phrases", ())))
        for code, fields in tomllib.loads(toml).items()
    }
    wrong = tuple(vague_problems(found))
    if wrong:
        raise PlaybookError(f"{language}: {'; '.join(wrong)}")
    return found


def vague_problems(found: Mapping[str, Vague]) -> Iterator[str]:
    """What is wrong with a set of vague codes, one text each."""
    for code in MAY_ASK.keys() - found.keys():
        yield f"{code} has no question"
    seen: dict[str, str] = {}
    for code, vague in found.items():
        if code not in MAY_ASK:
            yield f"nobody asks for {code}"
            continue
        if unknown := set(GAP.findall(vague.ask)) - MAY_ASK[code]:
            yield f"{code} may not say {', '.join(sorted(unknown))}"
        if len(vague.ask) > LONGEST:
            yield f"{code} is longer than {LONGEST} characters"
        if bool(vague.phrases) != (code in DAY_IS_VAGUE or code in ALL_IS_VAGUE):
            yield f"{code} should {'not ' if vague.phrases else ''}have phrases"
        for phrase in vague.phrases:
            if not _PHRASE.fullmatch(phrase):
                yield f"{code}: write “{phrase}” without accents, capitals and signs"
            if phrase in seen:
                yield f"{phrase} stands under {seen[phrase]} and {code}"
            seen[phrase] = code
