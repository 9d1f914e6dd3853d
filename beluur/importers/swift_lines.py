"""Lines put together again, and what comes out of an :86:."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 65  # a line of :86:; one that is full was broken wherever it was
NARROW = WIDTH - len(":86:")  # its first line, where the tag is counted
_ACCOUNT = re.compile(r"(?:[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}|P?[0-9]{7,10})\Z")


class Details(NamedTuple):
    """What an :86: says of one booking; "" for what it does not say."""

    counterparty: str = ""
    account: str = ""
    reference: str = ""
    text: str = ""
    end_to_end: str = ""
    returned: str = ""
    bank_text: str = ""


def is_account(text: str) -> bool:
    """Whether ``text`` has the form of an IBAN or of a Dutch account of before 2014."""
    return bool(_ACCOUNT.match(text))


def one_line(text: str) -> str:
    """Without blanks around it and with one blank for several."""
    return " ".join(text.split())


def join_lines(lines: Sequence[str], *, first: int = WIDTH) -> str:
    """The lines as one: a full line (the first may also be full at ``first``) goes on in the next without a blank, a shorter one
    ended in a blank or at the end of a word. Where a line is longer the bank does not break at all.

    >>> join_lines(["x" * 61 + " INC", "ASSO"])[61:], join_lines(["INC", "ASSO"])
    (' INCASSO', 'INC ASSO')
    """
    if len(lines) == 1:
        return lines[0]
    breaks = max(map(len, lines)) <= WIDTH + 2  # SNS pads a line beyond its width
    full = len(lines[0]) in (first, WIDTH)
    parts: list[str] = []
    for line in lines:
        parts.append(line if breaks and (full or len(line) >= WIDTH) else f"{line} ")
        full = False
    return "".join(parts).rstrip()
