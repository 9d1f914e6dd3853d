"""One certain booking, and one detail of it, to a transaction."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from beluur.importers.camt_entry import Part
from beluur.importers.camt_party import other_party
from beluur.importers.camt_text import joined, reference_of, told_in
from beluur.importers.camt_values import day_of
from beluur.importers.records import TransactionRecord

# ISO 20022 bank transaction codes: reversals because of a return, of a request to cancel, or of something unpaid
_REVERSALS = frozenset("RRTN RPCR RCDD PRDD UPDD UPCT UPCQ XPCQ ARET AREV".split())
_NONE_GIVEN = frozenset(("NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE"))


class Own(NamedTuple):
    """Whose statement it is: our account's number and holder, and the statement's place in the file."""

    place: int
    account: str
    holder: str


class Booking(NamedTuple):
    """What is certain of an entry, whatever its details say. ``cents`` is signed."""

    entry: Part
    cents: int
    currency: str
    day: date
    pending: bool
    line: int | None


def given(reference: str) -> str:
    """The reference; "" for the words that say there is none."""
    return "" if reference.upper() in _NONE_GIVEN else reference


def transaction(
    own: Own, booking: Booking, detail: Part, cents: int, reference: str, batch: str = ""
) -> TransactionRecord:
    """The transaction of ``cents`` (signed) that ``detail`` tells of; ``reference`` is the bank's own."""
    entry, _, currency, day, pending, _ = booking
    leaves = detail.leaves
    code = detail.code if "/" in detail.code else entry.code or detail.code
    reversal = _is_reversal(entry, detail)
    name, iban, ultimate = other_party(leaves, own.account, own.holder, inward=cents > 0, reversal=reversal)
    bank_text = _bank_text(entry, detail)
    text = joined(detail.lines) if detail.lines else ""
    if bank_text and not text:
        told = told_in(bank_text)
        name, iban, text = name or told.name, iban or told.account, told.text
    texts = (text, *detail.lines) if len(detail.lines) > 1 else (text,)
    structured, others = reference_of(detail.references, texts)
    if others or detail.documents or ultimate:
        extra = [more for more in (*others, *detail.documents, ultimate) if more and more not in text]
        text = " ".join((text, *extra)).strip()
    end_to_end = given(leaves.get("EndToEndId", ""))
    valued = day_of(entry.leaves["ValDt"]) if "ValDt" in entry.leaves else None
    whole = booking.cents if batch else 0
    return TransactionRecord(  # in their order: naming them takes half as long again
        day, cents, currency, name, iban, structured, text, reversal, own.account, own.place, reference, end_to_end,
        valued, code, detail.returned or "", pending, batch, whole, bank_text,
    )  # fmt: skip


def _is_reversal(entry: Part, detail: Part) -> bool:
    return (
        detail.returned is not None
        or detail.code[-4:] in _REVERSALS
        or entry.code[-4:] in _REVERSALS
        or entry.leaves.get("RvslInd") in ("true", "1")
    )


def _bank_text(entry: Part, detail: Part) -> str:
    """What the bank says of the entry, of the detail, and of why it came back; each once."""
    leaves = detail.leaves
    said = (entry.leaves.get("AddtlNtryInf"), leaves.get("AddtlTxInf"), leaves.get("RtrInf"))
    if said == (None, None, None):
        return ""
    return " ".join(dict.fromkeys(" ".join(line.split()) for line in said if line))
