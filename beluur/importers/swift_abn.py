"""An :86: of ABN AMRO in columns of 32: two columns stand on one line with a blank between them."""

from __future__ import annotations

import re

from beluur.importers.payment_reference import find_reference
from beluur.importers.swift_lines import Details, one_line

_COLUMN = 32
_LABELS = (
    r"(IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|MACHTIGING|INCASSANT|BETALINGSKENM\.|ID DEBITEUR|ID CREDITEUR) ?: ?"
)
_LABEL = re.compile(_LABELS)
_SECOND = re.compile(rf"(?<! ) {{2,{_COLUMN}}}(?={_LABELS})")
_DOTTED = re.compile(r"([0-9]{1,4}(?:\.[0-9]{2,3}){2,3})(?: +(.*))?\Z")
_GIRO = re.compile(r"GIRO +(P?[0-9]{1,9})(?: +(.*))?\Z")


def is_abn(text: str) -> bool:
    """Whether ``text`` is one of a SEPA payment, or begins with a dotted account or a giro number."""
    if "NAAM: " in text and (text.startswith("SEPA ") or "IBAN: " in text):
        return True
    head = _columns(text.partition("\n")[0])[0].rstrip()
    return bool(_DOTTED.match(head) or _GIRO.match(head))


def read_abn(lines: list[str]) -> Details:
    """The parts of one :86:."""
    columns = [column for line in lines for column in _columns(line)]
    head = columns[0].rstrip()
    if match := _DOTTED.match(head) or _GIRO.match(head):
        text = one_line("".join(_piece(c, full=_is_full(c)) for c in columns[1:]))
        return Details(counterparty=one_line(match[2] or ""), account=match[1].replace(".", ""), text=text)
    values: dict[str, str] = {"": ""}
    current = ""
    for column in columns:
        label = _LABEL.match(column)
        current = label[1] if label else current
        value = column[label.end() :] if label else column
        values[current] = values.get(current, "") + _piece(value, full=_is_full(column))
    return _sepa({label: one_line(value) for label, value in values.items()})


def _columns(line: str) -> list[str]:
    if len(line) > _COLUMN and line[_COLUMN] == " ":
        return [line[:_COLUMN], line[_COLUMN + 1 :]]
    second = _SECOND.search(line)
    return [line[: second.start()], line[second.end() :]] if second else [line]


def _is_full(column: str) -> bool:
    """A full column goes on in the next without a blank."""
    return len(column.rstrip()) == _COLUMN


def _piece(text: str, *, full: bool) -> str:
    return text if full else f"{text} "


def _sepa(values: dict[str, str]) -> Details:
    kenmerk = values.get("BETALINGSKENM.", "")
    return Details(
        counterparty=values.get("NAAM", ""),
        account=values.get("IBAN", "").replace(" ", ""),
        reference=find_reference(f"BETALINGSKENM. {kenmerk}") if kenmerk else "",
        text=values.get("OMSCHRIJVING", ""),
        end_to_end=values.get("KENMERK", ""),
        bank_text=values[""],
    )
