"""What the payer wrote: its lines put together again, and the structured reference in it, wherever it stands.

Also what Dutch banks write in one line of their own (``/TRTP/…/NAME/…/REMI/…``, or ``Naam: … Omschrijving: …``) when there is no
other: name, account and remittance are taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from beluur.importers.payment_reference import find_reference
from beluur.values.numbers import read_reference

_WRAP = 140  # a piece of remittance is this long at most; a piece that is, was cut

_SLASH_CODES = re.compile(
    r"/\s?(TRTP|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|MARF|CSID|CNTP|ISDT|PURP|UDTR|UCRD|RTRN|RTYP|CREF|KREF|PREF|SVCL|OCMT|CHGS|ADDR)\s?/"
)
_LABELS = re.compile(
    r"\b(IBAN|BIC|Naam|Omschrijving|Kenmerk|Betalingskenm\.?|Machtiging|Incassant|Valuta|Voor)\s?:"
)
_AS_CODE = {"Naam": "NAME", "Omschrijving": "REMI"}


class Told(NamedTuple):
    """What a bank's own line says of a payment."""

    name: str = ""
    account: str = ""
    text: str = ""


def joined(lines: Sequence[str]) -> str:
    """The lines as one text, blanks joined. Between two lines stands a blank, unless the first is so long that it was cut.

    >>> joined(["Factuur 12", " en 13 "])
    'Factuur 12 en 13'
    """
    if len(lines) == 1:
        return " ".join(lines[0].split())
    text, cut = "", True
    for line in lines:
        text += line if cut else f" {line}"
        cut = len(line) >= _WRAP
    return " ".join(text.split())


def reference_of(references: Sequence[str], texts: Sequence[str]) -> tuple[str, list[str]]:
    """The structured reference, and the others that were given as one: a valid one first, then one that only stands in the free
    text, then whatever is called a reference (another bank's own)."""
    if not references:
        return _first_in(texts), []
    given: list[str] = []
    chosen = ""
    for written in references:
        scheme, reference = read_reference(written)
        if scheme and not chosen:
            chosen = reference
        elif reference not in ("", "NOTPROVIDED", chosen):
            given.append(reference)
    chosen = chosen or _first_in(texts) or (given.pop(0) if given else "")
    return chosen, given


def _first_in(texts: Sequence[str]) -> str:
    for text in texts:
        if reference := find_reference(text):
            return reference
    return ""


def told_in(line: str) -> Told:
    """What ``line`` says by its codes or labels; nothing when it has none."""
    pattern = _SLASH_CODES if "/REMI/" in line or "/NAME/" in line else _LABELS
    _, *pieces = pattern.split(line)
    if pattern is _LABELS and not {"Naam", "Omschrijving"} & set(pieces[::2]):
        return Told()
    said: dict[str, str] = {}
    for code, value in zip(pieces[::2], pieces[1::2], strict=True):
        said.setdefault(_AS_CODE.get(code, code), " ".join(value.split()))
    account, _, rest = said.get("CNTP", "").partition("/")
    name = said.get("NAME") or rest.partition("/")[2].partition("/")[0]
    return Told(name, "".join(said.get("IBAN", account).split()).upper(), _unlabelled(said.get("REMI", "")))


def _unlabelled(remittance: str) -> str:
    """Some banks say in front whether it is free (``USTD//``) or structured (``STRD/CUR/``)."""
    return re.sub(r"\A(?:USTD//|STRD/[A-Z]{3}/)", "", remittance).strip("/ ")
