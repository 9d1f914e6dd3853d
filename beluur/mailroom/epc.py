"""EPC QR (EPC069-12): the square that a bank's app reads, with payee, amount and reference filled in.

Eleven lines: BCD, 002, 1 (UTF-8), SCT, BIC, name, IBAN, EUR amount, purpose, structured reference, free text. Level M, at most
version 13 (331 bytes). Example: 500 euro to NL91 ABNA 0417 1643 00 has ``EUR500.00`` as its eighth line.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from segno.encoder import DataOverflowError
from stdnum import iban as iban_numbers
from stdnum import iso11649
from stdnum.be import ogm_vcs
from stdnum.exceptions import ValidationError

from beluur.mailroom.clean import one_line
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_MOST_CENTS = 99_999_999_999
_NAME, _FREE = 70, 140
_MOST_VERSION = 13


@dataclass(frozen=True, slots=True)
class Reference:
    """A payment reference: as printed for people, and as a bank's app takes it. ``structured`` for OGM and RF."""

    text: str
    code: str
    structured: bool


def reference_of(text: str) -> Reference:
    """The reference in ``text``: a Belgian OGM, an ISO 11649 RF reference, or free text.

    A Dutch betalingskenmerk travels as free text: the structured line takes no issuer, and an app would read it as RF.
    """
    flat = one_line(text)
    if ogm_vcs.is_valid(flat):
        digits = ogm_vcs.compact(flat)
        return Reference(f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++", digits, structured=True)
    if iso11649.is_valid(flat):
        return Reference(iso11649.format(flat), iso11649.compact(flat), structured=True)
    return Reference(flat, flat, structured=False)


def grouped_iban(iban: str) -> str:
    """``NL91 ABNA 0417 1643 00``: in fours, as people copy it."""
    compact = "".join(one_line(iban).split()).upper()
    return " ".join(compact[i : i + 4] for i in range(0, len(compact), 4))


def iban_problem(iban: str) -> Sentence | None:
    """Why ``iban`` cannot stand in a mail; None when it is right. Banks come and go, so the bank code is not checked."""
    if not iban.strip():
        return say("mail.iban.missing")
    return (
        None
        if iban_numbers.is_valid(iban, check_country=False)
        else say("mail.iban.invalid", iban=one_line(iban))
    )


def epc_payload(name: str, iban: str, amount: Money, reference: Reference, bic: str = "") -> str | None:
    """The text of the square; None when the IBAN, the currency or the amount does not allow one."""
    if amount.currency != "EUR" or not 1 <= amount.cents <= _MOST_CENTS or not one_line(name):
        return None
    try:
        account = iban_numbers.validate(iban, check_country=False)
    except ValidationError:
        return None
    euros, cents = divmod(amount.cents, 100)
    structured, free = (reference.code, "") if reference.structured else ("", reference.code[:_FREE])
    lines = ("BCD", "002", "1", "SCT", _bic(bic), one_line(name)[:_NAME], account)
    return "\n".join((*lines, f"EUR{euros}.{cents:02d}", "", structured, free)).rstrip("\n")


def _bic(bic: str) -> str:
    compact = "".join(bic.split()).upper()
    return compact if len(compact) in (8, 11) and compact.isascii() and compact.isalnum() else ""


def qr_png(payload: str) -> bytes | None:
    """The square as PNG with its quiet zone; None when the text does not fit."""
    try:
        code = segno.make_qr(payload, error="m", boost_error=False, encoding="utf-8")
    except DataOverflowError:
        return None
    if int(code.version) > _MOST_VERSION:
        return None
    out = io.BytesIO()
    code.save(out, kind="png", scale=6, border=4, dark="#111111", light="#ffffff")
    return out.getvalue()
