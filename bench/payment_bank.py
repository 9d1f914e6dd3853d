"""What a bank makes of a payment: names and texts cut, capitals, lost accents."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from typing import NamedTuple

from beluur.importers.records import TransactionRecord
from bench.payment_case import TRANSFER, Draft
from bench.payment_ibans import bank_of


class Way(NamedTuple):
    """How one bank passes on what was typed."""

    name_signs: int = 70
    text_signs: int = 140
    capitals: bool = False
    accents: str = "kept"  # kept, dropped, or a point instead


WAYS = {
    "TSTB": Way(capitals=True, accents="dropped"),
    "TSTC": Way(name_signs=27, accents="dropped"),
    "TSTD": Way(name_signs=32, accents="point"),
    "991": Way(name_signs=35, capitals=True, accents="dropped"),
    "992": Way(name_signs=35, accents="dropped"),
    "90000002": Way(name_signs=27, accents="point"),
    "99902": Way(name_signs=35, capitals=True, accents="dropped"),
}
PLAIN = Way()


def booked(draft: Draft, day: date, place: int, account: str) -> TransactionRecord:
    """The booking on our account, as a statement would tell it."""
    way = WAYS.get(bank_of(draft.payer.iban), PLAIN)
    return TransactionRecord(
        booked=day,
        amount_cents=draft.cents,
        currency="EUR",
        counterparty=_passed(draft.payer.holder, way)[: way.name_signs].rstrip(),
        counterparty_iban=draft.payer.iban,
        reference=draft.reference,
        text=_passed(draft.text, way)[: way.text_signs].rstrip(),
        reversal=bool(draft.returned),
        account=account,
        bank_reference=f"{day:%y%m%d}{place:010}",
        end_to_end=draft.end_to_end,
        valued=day,
        code=draft.code or TRANSFER,
        returned=draft.returned,
    )


def _passed(text: str, way: Way) -> str:
    if way.accents != "kept" and not text.isascii():
        text = "".join(_letter(sign, way.accents) for sign in text)
    return text.upper() if way.capitals else text


@cache
def _letter(sign: str, accents: str) -> str:
    """One sign in the letters that every bank has."""
    if sign.isascii():
        return sign
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return plain if accents == "dropped" else "."
