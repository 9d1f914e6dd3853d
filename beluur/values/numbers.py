"""Numbers with a check in them: bank accounts, payment references, companies. Check, compact, write for people.

Each is a `Scheme`: ``valid(text)``, ``compact(text)`` (as stored), ``format(text)`` (as people write it).

>>> IBAN.format("nl91abna0417164300"), OGM.format("010806817183")
('NL91 ABNA 0417 1643 00', '+++010/8068/17183+++')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import mul

from stdnum import iban, iso11649
from stdnum.be import vat as be_vat
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

_NOISE = re.compile(r"[^0-9A-Z]")
_BLANKS_AND_POINTS = re.compile(r"[\s.]")
_OGM_LENGTH = 12
_KENMERK_LENGTHS = frozenset((7, *range(9, 15), 16))
_KENMERK_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1, 2, 4, 8, 5, 10)  # from the last digit on
_KENMERK_CHECKS = {10: 1, 11: 0}  # what of 11 - remainder is no digit
# what so many noughts, as signs, weigh
_NOUGHTS = [ord("0") * sum(_KENMERK_WEIGHTS[:count]) for count in range(16)]


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _squeezed(text: str) -> str:
    return text if _is_digits(text) else _NOISE.sub("", text.upper())


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of number. All three functions take any text and never raise."""

    name: str
    _compact: Callable[[str], str]
    _valid: Callable[[str], bool]
    _format: Callable[[str], str]

    def compact(self, text: str) -> str:
        """As stored: upper case, without signs that carry nothing. Does not check."""
        return self._compact(text)

    def valid(self, text: str) -> bool:
        """Whether its length, form and check digits are right."""
        return self._valid(self._compact(text))

    def format(self, text: str) -> str:
        """As people write it when it is valid, else the text as it came."""
        compact = self.read(text)
        return self.shown(compact) if compact else text.strip()

    def shown(self, compact: str) -> str:
        """As people write a number that is valid and compact."""
        return self._format(compact)

    def read(self, text: str) -> str:
        """The compact number, or "" when it is not valid."""
        compact = self._compact(text)
        return compact if self._valid(compact) else ""


def _passes(validate: Callable[[str], object]) -> Callable[[str], bool]:
    def valid(compact: str) -> bool:
        try:
            validate(compact)
        except ValidationError:
            return False
        return True

    return valid


def _in_fours(compact: str) -> str:
    return " ".join(compact[i : i + 4] for i in range(0, len(compact), 4))


def _betalingskenmerk_valid(compact: str) -> bool:
    """Betalingskenmerk (NL payment reference, Betaalvereniging Nederland): 7 digits without a check, 9 to 14 digits
    with a check and a length digit, or 16 with a check only.

    >>> _betalingskenmerk_valid("4812345678")
    True
    """
    if len(compact) not in _KENMERK_LENGTHS or not _is_digits(compact):
        return False
    if len(compact) == 7:
        return True
    if len(compact) < 15 and int(compact[1]) != (len(compact) - 2) % 10:
        return False
    weighted: int = sum(map(mul, compact[:0:-1].encode(), _KENMERK_WEIGHTS))
    check = 11 - (weighted - _NOUGHTS[len(compact) - 1]) % 11
    return int(compact[0]) == _KENMERK_CHECKS.get(check, check)


def _betalingskenmerk_compact(text: str) -> str:
    """Only blanks and points go, so that an invoice number such as 12-34567 is not taken for a reference."""
    return text if _is_digits(text) else _BLANKS_AND_POINTS.sub("", text)


_passes_iso = _passes(iso11649.validate)


def _rf_valid(compact: str) -> bool:
    """ISO 11649; most texts are none at first sight."""
    return compact.startswith("RF") and _passes_iso(compact)


def _vat_compact(text: str) -> str:
    """A Belgian number of nine digits gets the leading zero that was added in 2008."""
    compact = _squeezed(text)
    return re.sub(r"\ABE(\d{9})\Z", r"BE0\1", compact)


def _vat_format(compact: str) -> str:
    if compact.startswith("BE"):
        return f"BE {_kbo_format(compact[2:])}"
    return compact


def _kbo_compact(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits.zfill(10) if len(digits) == 9 else digits


def _kbo_valid(compact: str) -> bool:
    return len(compact) == 10 and compact[0] in "01" and be_vat.is_valid(compact)


def _kbo_format(compact: str) -> str:
    return f"{compact[:4]}.{compact[4:7]}.{compact[7:]}"


def _kvk_compact(text: str) -> str:
    return re.sub(r"\D", "", text)


def _ogm_valid(compact: str) -> bool:
    """Gestructureerde mededeling (BE, Febelfin): ten digits and their remainder by 97, which is written 97 when it is 0.

    >>> _ogm_valid("010806817183")
    True
    """
    return (
        len(compact) == 12
        and _not_all_zero(compact[:10])
        and compact[10:] == f"{int(compact[:10]) % 97 or 97:02}"
    )


def _ogm_format(compact: str) -> str:
    return f"+++{compact[:3]}/{compact[3:7]}/{compact[7:]}+++"


def _not_all_zero(digits: str) -> bool:
    return _is_digits(digits) and int(digits) > 0


IBAN = Scheme(  # ISO 13616; the national lists of banks are left out: they lag behind
    "iban", _squeezed, _passes(lambda n: iban.validate(n, check_country=False)), _in_fours
)
OGM = Scheme("ogm", _squeezed, _ogm_valid, _ogm_format)
RF = Scheme("rf", _squeezed, _rf_valid, _in_fours)  # ISO 11649 creditor reference
BETALINGSKENMERK = Scheme("betalingskenmerk", _betalingskenmerk_compact, _betalingskenmerk_valid, _in_fours)
VAT = Scheme("vat", _vat_compact, _passes(eu_vat.validate), _vat_format)
KVK = Scheme(  # Dutch chamber of commerce: eight digits, no check digit
    "kvk", _kvk_compact, lambda n: len(n) == 8 and _not_all_zero(n), lambda n: n
)
KBO = Scheme(
    "kbo", _kbo_compact, _kbo_valid, _kbo_format
)  # BCE in French: ten digits, the last two 97 - the rest mod 97

_REFERENCES = (OGM, RF, BETALINGSKENMERK)


def reference_scheme(text: str) -> Scheme | None:
    """Which structured payment reference ``text`` is; None when it is free text. Twelve digits may be both Belgian and
    Dutch: the Belgian one is tried first, for its check is the stronger."""
    return next((scheme for scheme in _REFERENCES if scheme.valid(text)), None)


def compact_reference(text: str) -> str:
    """A structured reference compact; free text only trimmed.

    >>> compact_reference("+++010/8068/17183+++"), compact_reference(" Factuur 12 ")
    ('010806817183', 'Factuur 12')
    """
    return read_reference(text)[1]


def read_reference(text: str) -> tuple[Scheme | None, str]:
    """Both in one: `reference_scheme` and `compact_reference`."""
    for scheme in _REFERENCES:
        if compact := scheme.read(text):
            return scheme, compact
    return None, text.strip()


def format_reference(text: str) -> str:
    """A structured reference as people write it; free text only trimmed."""
    for scheme in _REFERENCES if len(text) == _OGM_LENGTH or not _is_digits(text) else (BETALINGSKENMERK,):
        if compact := scheme.read(text):
            return scheme.shown(compact)
    return text.strip()


def compact_company_number(text: str, country: str = "") -> str:
    """A KvK (8 digits) or KBO/BCE (10 digits) number compact, by ``country`` or by its form; otherwise squeezed."""
    if country != "NL" and KBO.valid(text):
        return KBO.compact(text)
    return KVK.read(text) or _squeezed(text)
