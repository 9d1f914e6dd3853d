"""An entry with several details: its payments when they add up to it, and otherwise what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import mul

from beluur.importers.camt_entry import Part, amounts_of
from beluur.importers.camt_values import ZERO, cents_of

SIGNS = {"CRDT": 1, "DBIT": -1}
_ROLES = ("Dbtr", "DbtrAcct", "Cdtr", "CdtrAcct")
_KINDS = ("Amt", "TxAmt", "CntrValAmt", "InstdAmt")


def parts_of(details: Sequence[Part], cents: int, currency: str) -> tuple[list[int], bool]:
    """The signed amounts of the details when they add up to ``cents`` (signed), otherwise none; and whether all were known.

    What was instructed need not be what was booked: charges are netted off, another currency is exchanged. So one kind of amount
    counts for all details, the first kind that adds up.
    """
    signs = _signs(details, 1 if cents > 0 else -1)
    known = [list(map(mul, signs, amounts)) for amounts in _columns(details, currency)]
    return next((parts for parts in known if sum(parts) == cents), []), bool(known)


def _signs(details: Sequence[Part], sign: int) -> list[int]:
    """Each detail's own sign, the entry's where it has none; details that all contradict their entry follow it."""
    signs = [SIGNS.get(detail.leaves.get("CdtDbtInd", ""), sign) for detail in details]
    return signs if sign in signs else [sign] * len(signs)


def _columns(details: Sequence[Part], currency: str) -> Iterator[list[int]]:
    """For each kind of amount that every detail has in this currency, those amounts; at last the first known of each."""
    found = [_amounts_in(detail, currency) for detail in details]
    for kind in _KINDS:
        if all(kind in amounts for amounts in found):
            yield [amounts[kind] for amounts in found]
    if all(found):
        yield [next(amounts[kind] for kind in _KINDS if kind in amounts) for amounts in found]


def _amounts_in(detail: Part, currency: str) -> dict[str, int]:
    found = {}
    for kind, (text, named) in amounts_of(detail).items():
        cents = cents_of(text, currency) if named == currency else ""
        if cents == ZERO:
            found[kind] = 0
        elif isinstance(cents, int):
            found[kind] = cents
    return found


def in_common(details: Sequence[Part]) -> Part:
    """What all details say alike. Their remittance is put together when they are one party's, so that his invoices are found."""
    common = Part()
    first = details[0]
    common.leaves = {
        name: text
        for name, text in first.leaves.items()
        if all(other.leaves.get(name) == text for other in details)
    }
    common.code = first.code if all(other.code == first.code for other in details) else ""
    common.returned = first.returned if all(other.returned == first.returned for other in details) else None
    parties = {tuple(detail.leaves.get(role, "") for role in _ROLES) for detail in details}
    if len(parties) == 1 and any(parties.pop()):
        common.lines = tuple(f" {line} " for detail in details for line in detail.lines)
        common.references = tuple(dict.fromkeys(r for detail in details for r in detail.references))
        common.documents = tuple(document for detail in details for document in detail.documents)
    return common
