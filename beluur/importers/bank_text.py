"""The free text of a booking taken apart: what the payer wrote, and what the bank says around it.

Forms: with labels ("Naam: … Omschrijving: … IBAN: … Kenmerk: …": ING, and ABN AMRO, which writes it in cells of 32 characters),
with codes ("/TRTP/…/IBAN/…/REMI/…/EREF/…": ABN AMRO), with one word in a sentence of the bank's ("MEDEDELING : …": BNP Paribas
Fortis, KBC, ING Belgium), and the text alone. What a payer writes may look like a label: only labels in the bank's order count.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from beluur.values.numbers import reference_scheme

_LABELS = {  # in the order in which the bank writes those that follow the text
    "name": ("naam", "name"),
    "text": ("omschrijving", "description"),
    "reference": ("betalingskenmerk", "betalingskenm.", "payment reference"),
    "iban": ("iban",),
    "bic": ("bic",),
    "end_to_end": ("kenmerk", "reference"),
    "mandate": ("machtiging", "machtiging id", "mandate id"),
    "creditor": ("incassant", "incassant id", "creditor id"),
    "moment": ("datum/tijd", "date/time"),
    "valued": ("valutadatum", "value date"),
}
_MEANING = {word: label for label, words in _LABELS.items() for word in words}
_RANK = {label: rank for rank, label in enumerate(_LABELS)}
_OF_THE_BANK = ("mandate", "creditor", "moment")
_TAIL_FROM = _RANK["iban"]
_USUAL = re.compile(  # nearly all transfers at ING; the same as by their labels, but fast
    r"(?:Naam|Name): (.*?) (?:Omschrijving|Description): (.*) IBAN: (\S+)(?: (?:Kenmerk|Reference): (\S+))?"
    r"(?: (?:Valutadatum|Value date): (\S+))?\Z"
)
_CODE = re.compile(r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|RTRN|SVCL|PURP|ULTC|ULTD)/")
_WRAP, _CELL = 65, 32  # ABN AMRO's lines: two cells with a blank between
_PIECE = 35  # a piece of a text that is as long as this, or a multiple of it, was cut there
_NOT_GIVEN = {"NOTPROVIDED", "NONREF", "NOT PROVIDED"}

_TOLD = re.compile(
    r"\b(?:mededeling|communication)\s*:\s*(?P<text>.*?)(?=\s+(?:bankreferentie|reference banque|valutadatum|date valeur"
    r"|uitgevoerd op|execute le|executed on|bank reference|value date)\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_PARTY = re.compile(
    r"\b(?:van|de|from|naar|vers|aan|to)\s?:\s*(?P<name>\S.*?)\s+-\s+[A-Z]{2}\d\d", re.IGNORECASE
)
_TAKEN_BACK = re.compile(r"\bSTORNO\b|\bSTORNERING\b|\bRTI\b")


_Label = tuple[str, int, int]  # which, where it starts, where its value starts


class Told(NamedTuple):
    """What a text says: ``text`` the payer's own words, ``reference`` as labelled, ``bank`` all that is the bank's."""

    text: str = ""
    name: str = ""
    iban: str = ""
    reference: str = ""
    end_to_end: str = ""
    returned: str = ""
    valued: str = ""
    bank: str = ""


def take_apart(raw: str) -> Told:
    """The parts of a text with labels or codes; a text without any is the payer's."""
    if raw.startswith("/TRTP/"):
        return _coded(raw)
    if usual := _USUAL.match(raw):
        name, text, iban, end_to_end, valued = usual.groups("")
        return Told(tidy(text), tidy(name), iban, "", given(end_to_end), "", valued)
    labels = _labels(raw) if ":" in raw else []
    if not labels:
        return Told(text=tidy(raw))
    if (whole := _unwrapped(raw, labels)) is not raw:
        return _labelled(whole, _labels(whole))
    return _labelled(raw, labels)


def tidy(text: str) -> str:
    """One line without needless blanks."""
    return " ".join(text.split())


def given(reference: str) -> str:
    """The payer's own reference, "" when the bank says that he gave none."""
    reference = tidy(reference)
    return "" if reference.upper() in _NOT_GIVEN else reference


def put_together(pieces: Iterable[str]) -> str:
    """One text of pieces. A piece of full length was cut in the middle of a word or number, and gets no blank behind it.

    >>> put_together(["x" * 31 + "2026", "0012", " "]), put_together(["factuur 12", "dank"])
    ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx20260012', 'factuur 12 dank')
    """
    text = ""
    for piece in pieces:
        text += piece if piece and len(piece) % _PIECE == 0 else f"{piece} "
    return tidy(text)


def told_within(details: str) -> str:
    """What the payer wrote, within a sentence of the bank's: "… MEDEDELING : … BANKREFERENTIE : …"."""
    match = _TOLD.search(details)
    return tidy(match["text"]) if match else ""


def party_within(details: str) -> str:
    """The other party's name, within a sentence of the bank's: "Van: … - BE…"."""
    match = _PARTY.search(details)
    return tidy(match["name"]) if match else ""


def is_taken_back(bank_words: str) -> bool:
    """Whether the bank's own words say that the booking takes back an earlier one."""
    words = bank_words.upper()
    return ("STORN" in words or "RTI" in words) and bool(_TAKEN_BACK.search(words))


def _coded(raw: str) -> Told:
    """Each code counts once: what stands there again was written by the payer."""
    found: dict[str, tuple[int, int]] = {}
    for match in _CODE.finditer(raw):
        found.setdefault(match[1], match.span())
    starts = sorted(found.values())
    ends = {start: following for (start, _), (following, _) in itertools.pairwise(starts)}
    part = {
        code: tidy(raw[at : ends.get(start, len(raw))].rstrip("/")) for code, (start, at) in found.items()
    }
    others = (f"{code} {part[code]}" for code in part if code not in ("TRTP", "IBAN", "NAME", "REMI", "EREF"))
    return Told(
        text=part.get("REMI", ""),
        name=part.get("NAME", ""),
        iban=part.get("IBAN", ""),
        end_to_end=given(part.get("EREF", "")),
        returned=part.get("RTRN", ""),
        bank=" ".join((part["TRTP"], *others)),
    )


def _labels(text: str) -> list[_Label]:
    """All that looks like a label: a word, or two, before a colon."""
    found = []
    start = 0
    pieces = text.split(":")
    for piece in pieces[:-1]:
        end = start + len(piece)
        words = piece.lower().rsplit(None, 2)[-2:]
        label = _MEANING.get(" ".join(words)) or (_MEANING.get(words[-1]) if words else None)
        if label:
            two = len(words) == 2 and words[-1] not in _MEANING
            at = piece.lower().rfind(words[0] if two else words[-1])
            found.append((label, start + at, end + 1))
        start = end + 1
    return found


def _labelled(text: str, found: Sequence[_Label]) -> Told:
    labels = _labels_of_the_bank(found)
    part: dict[str, str] = {}
    bank = [text[: labels[0][1]]]
    for i, (label, start, value) in enumerate(labels):
        end = labels[i + 1][1] if i + 1 < len(labels) else len(text)
        part[label] = tidy(text[value:end])
        if label in _OF_THE_BANK:
            bank.append(text[start:end])
    if part.keys().isdisjoint(("text", "name", "iban", "reference")):
        return Told(text=tidy(text))
    return Told(
        text=part.get("text", ""),
        name=part.get("name", ""),
        iban=part.get("iban", ""),
        reference=_checked(part.get("reference", "")),
        end_to_end=given(part.get("end_to_end", "")),
        valued=part.get("valued", ""),
        bank=tidy(" ".join(bank)),
    )


def _checked(reference: str) -> str:
    scheme = reference_scheme(reference)
    return scheme.compact(reference) if scheme else reference


def _labels_of_the_bank(found: Sequence[_Label]) -> Sequence[_Label]:
    """Up to the payer's text the first of each label; behind it, from the end back, those in the bank's order."""
    own = next((i for i, (label, *_) in enumerate(found) if label in ("text", "reference")), len(found))
    head: dict[str, _Label] = {}
    for label in found[: own + 1]:
        head.setdefault(label[0], label)
    tail: list[_Label] = []
    rank = len(_RANK)
    for label in reversed(found[own + 1 :]):
        if _TAIL_FROM <= _RANK[label[0]] < rank:
            rank = _RANK[label[0]]
            tail.insert(0, label)
    return [*head.values(), *tail]


def _unwrapped(text: str, labels: Sequence[_Label]) -> str:
    """ABN AMRO's cells put together, so that what was cut between two is whole again; another text as it is."""
    if (
        len(text) <= _CELL
        or text[_CELL] != " "
        or any(text[at] != " " for at in range(_CELL, len(text), _WRAP))
    ):
        return text
    starts = {start for _, start, _ in labels}
    if _CELL + 1 not in starts or any(start % _WRAP not in (0, _CELL + 1) for start in starts):
        return text
    cells = (
        (at, text[at : at + _CELL]) for line in range(0, len(text), _WRAP) for at in (line, line + _CELL + 1)
    )
    return "".join(f"\n{cell}" if at in starts else cell for at, cell in cells)
