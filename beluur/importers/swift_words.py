"""An :86: in code words between slashes: ING, ABN AMRO, Rabobank, Knab, bunq, and SNS for direct debits."""

from __future__ import annotations

import re

from beluur.importers.payment_reference import find_reference
from beluur.importers.swift_lines import NARROW, WIDTH, Details, join_lines, one_line
from beluur.values.numbers import compact_reference

_WORDS = (
    "TRTP|IBAN|BBAN|BIC|NAME|REMI|EREF|MARF|CSID|PREF|IREF|CREF|RTRN|RTYP|NRTX|PIND|SWOD|ORDP|BENM|ULTD|ULTB|ULTC|ID|ADDR|ISDT|"
    "CNTP|PURP|EXCH|CHGS|OCMT|ACCW|TRCD|SVCL"
)
_WORD = re.compile(rf"/({_WORDS})/")
_STRUCTURED = re.compile(rf"/({_WORDS}|CDTRREFTP|CDTRREF|CD|ISSR)/")
_BROKEN = re.compile(r"/(?:[A-Z]{1,3} [A-Z]{1,3}| [A-Z]{2,4}|[A-Z]{2,4} )/")
_KNOWN = frozenset(_WORDS.split("|"))
_OTHERS = frozenset(("ULTD", "ULTB", "ULTC"))
_STRD = re.compile(r"STRD/[A-Z]*/([^/]*)")
_ISSUER = re.compile(r"\s*ISSUER: ?\w*\s+REF: ?", re.IGNORECASE)


def has_words(text: str) -> bool:
    """Whether code words stand in ``text``, also when one is broken over the end of a line."""
    return bool(_WORD.search(text) or ("\n" in text and _WORD.search(text.replace("\n", ""))))


def read_words(text: str, *, narrow_first: bool) -> Details:
    """The parts of ``text``; ING counts the tag :86: as part of the first line, which is then four signs narrower."""
    whole = text if "\n" not in text else _whole_words(text, NARROW if narrow_first else WIDTH)
    parts = (_STRUCTURED if "CDTRREF" in whole else _WORD).split(whole)
    words = _by_word(parts)
    if "REMI" not in words and not words.keys() & {"NAME", "IBAN", "CNTP", "BBAN", "EREF"}:
        return Details(text=one_line(parts[-1] if words.keys() <= {"OCMT", "CHGS", "EXCH"} else whole))
    account, name = _party(words)
    remittance, reference = _remittance(words)
    return Details(
        counterparty=name,
        account=account.partition(",")[0].replace(" ", ""),
        reference=reference,
        text=remittance,
        end_to_end=words.get("EREF", "").strip("/ "),
        returned=words.get("RTRN", "").strip("/ "),
        bank_text=words.get("TRTP", "").strip(),
    )


def _whole_words(text: str, first: int) -> str:
    """The lines as one, code words whole, also where a line was cut before it was full."""
    return _BROKEN.sub(_mended, join_lines(text.split("\n"), first=first))


def _mended(found: re.Match[str]) -> str:
    word = found[0].replace(" ", "")
    return word if word.strip("/") in _KNOWN else found[0]


def _by_word(parts: list[str]) -> dict[str, str]:
    """The first value of each word; name and number of another party than payer or payee are kept apart."""
    words: dict[str, str] = {}
    prefix = ""
    for word, value in zip(parts[1::2], parts[2::2], strict=True):
        if word in ("NAME", "ID", "ADDR"):
            words.setdefault(prefix + word, value)
        else:
            prefix = f"{word}/" if word in _OTHERS else ""
            words.setdefault(word, value)
    return words


def _party(words: dict[str, str]) -> tuple[str, str]:
    if "CNTP" in words:
        account, _, rest = words["CNTP"].partition("/")
        name = rest.split("/")[1] if "/" in rest else ""
        return account, one_line(name)
    account = words.get("IBAN") or words.get("ACCW") or words.get("BBAN") or ""
    return account, one_line(words.get("NAME", ""))


def _remittance(words: dict[str, str]) -> tuple[str, str]:
    """Text and structured reference; one that was structured leaves no text."""
    if "CDTRREF" in words:
        return "", compact_reference(words["CDTRREF"].strip("/ "))
    value = words.get("REMI", "")
    if value.startswith("USTD//"):
        return one_line(value[6:].rstrip().removesuffix("/")), ""
    if match := _STRD.match(value):
        return "", compact_reference(match[1])
    if _ISSUER.match(value):
        return "", find_reference(value)
    return one_line(value), ""
