"""An :86: in numbered parts of 27 signs: ?20 in Germany and Austria (also with another sign), >20 at Triodos."""

from __future__ import annotations

import re

from beluur.importers.swift_lines import NARROW, Details, is_account, join_lines, one_line

_NUMBERED = re.compile(r"\s?[0-9]{3}([?>~<^|])[0-9]{2}")
_BORDERS = {sign: re.compile(rf" ?{re.escape(sign)}([0-9]{{2}})") for sign in "?>~<^|"}
_PART = 27
_KEYWORD = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC)\+")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\Z")


def is_numbered(text: str) -> bool:
    """Whether ``text`` is a code of three digits with numbered parts."""
    return bool(_NUMBERED.match(text))


def read_numbered(text: str) -> Details:
    """The parts of ``text``, whose sign stands behind its first three digits."""
    match = _NUMBERED.match(text)
    sign = match[1] if match else "?"
    pieces = _BORDERS[sign].split(join_lines(text.split("\n"), first=NARROW))
    parts: dict[int, str] = {}
    for number, value in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.setdefault(int(number), value)
    return _triodos(parts) if sign == ">" else _german(parts)


def _joined(parts: dict[int, str], numbers: range) -> str:
    """A full part goes on in the next without a blank; from a shorter one the blank at its end was cut off."""
    values = [parts[number] for number in numbers if number in parts]
    return "".join(value if len(value) >= _PART else f"{value} " for value in values)


def _german(parts: dict[int, str]) -> Details:
    whole = _joined(parts, range(20, 30)) + _joined(parts, range(60, 64))
    pieces = _KEYWORD.split(whole)
    words = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    text = one_line(words["SVWZ"] if "SVWZ" in words else pieces[0] if words else whole)
    return Details(
        counterparty=one_line(_joined(parts, range(32, 34))),
        account="".join((parts.get(38) or parts.get(31, "")).split()),
        text="" if text == "-" else text,
        end_to_end=one_line(words.get("EREF", "")),
        bank_text=one_line(parts.get(0, "")),
    )


def _triodos(parts: dict[int, str]) -> Details:
    """Before the IBAN the other account stands at >10; since then >20 and >21 are BIC and IBAN, and name, address and text follow
    without a border between them."""
    account, bic, iban = (parts.get(number, "").strip() for number in (10, 20, 21))
    if _BIC.match(bic) and is_account(iban):
        return Details(account=iban, text=one_line(_joined(parts, range(22, 30))))
    return Details(
        account=account if account.strip("0") else "",
        text=one_line(_joined(parts, range(20, 30))),
    )
