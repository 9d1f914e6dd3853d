"""The miniature lists of bank_lists.toml, with the line ends of each bank."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

OURS, THEIRS = "NL91ABNA0417164300", "NL20INGB0001234567"
OUR_BE, THEIR_BE = "BE68539007547034", "BE71096123456769"


def _line_end(bank: str) -> str:
    return "\r" if bank.startswith("KBC") else "\r\n"


LISTS: Mapping[str, str] = {
    bank: text.replace("\n", _line_end(bank))
    for bank, text in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}


def changed(bank: str, old: str, new: str) -> bytes:
    """The list of ``bank`` with the first ``old`` replaced, which must be in it."""
    assert old in LISTS[bank]
    return LISTS[bank].replace(old, new, 1).encode()


def with_lines(bank: str, *lines: str) -> bytes:
    """The list of ``bank`` with ``lines`` added at its end."""
    return (LISTS[bank] + "".join(line + _line_end(bank) for line in lines)).encode()
