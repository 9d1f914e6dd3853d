"""Files named on the command line: their bytes, or a sentence that says why not."""

from __future__ import annotations

import sys
from pathlib import Path

from beluur.importers.limits import MAX_BYTES
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.words import render

_STEERS = dict.fromkeys(
    [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "\N{REPLACEMENT CHARACTER}",
)


def contents_of(path: Path) -> bytes:
    """The bytes of a file of at most the largest size that is read; refused otherwise."""
    if path.is_dir():
        raise Refused(say("cli.folder", name=path.name))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(say("intake.too_large", name=path.name, megabytes=MAX_BYTES // 1024**2))
        return path.read_bytes()
    except OSError as error:
        raise Refused(say("cli.unreadable", name=str(path))) from error


def put(line: str) -> None:
    """One line on standard output; what would steer a terminal or turn the order of letters round is shown as a sign for it."""
    print(line.translate(_STEERS))


def complain(sentence: Sentence, language: str) -> None:
    """One line on standard error."""
    print(render(sentence, language).translate(_STEERS), file=sys.stderr)
