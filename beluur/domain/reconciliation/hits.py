"""Which invoices a payment names: by reference, by number, by a number almost right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.incoming import Incoming, Item
from beluur.domain.reconciliation.reasons import Which
from beluur.domain.reconciliation.signals import Signals, field_reference
from beluur.values.invoice_number import LONG

_MOST_PER_KEY = 12
_TAIL = 3  # so many last signs of a number may stand for it among the payer's own
_STRENGTH = (Which.REFERENCE, Which.NUMBER, Which.MENDED, Which.SHORT)


class Hit(NamedTuple):
    """An invoice that is named: ``which`` by what, ``written`` as it stood."""

    item: Item
    which: Which
    written: str


def hits(incoming: Incoming, said: Signals, candidates: Candidates) -> dict[int, tuple[Hit, ...]]:
    """Debtor -> the invoices of his that the payment names, in its currency, each by its strongest sign, the strongest first."""
    best: dict[int, Hit] = {}
    own = field_reference(incoming)
    for reference in said.references:
        which = Which.REFERENCE if reference == own else Which.NUMBER
        _keep(
            best, (Hit(item, which, reference) for item in candidates.by_reference(reference)[:_MOST_PER_KEY])
        )
    for key in said.number_keys:
        which = Which.NUMBER if len(key) >= LONG else Which.SHORT
        _keep(best, (Hit(item, which, key) for item in candidates.by_number(key)[:_MOST_PER_KEY]))
    for reference in said.mended:
        _keep(
            best,
            (
                Hit(item, Which.MENDED, reference)
                for item in candidates.by_reference(reference)[:_MOST_PER_KEY]
            ),
        )
    found: dict[int, tuple[Hit, ...]] = {}
    for hit in sorted(best.values(), key=lambda h: _STRENGTH.index(h.which)):
        if hit.item.currency == incoming.currency:
            found[hit.item.debtor_id] = (*found.get(hit.item.debtor_id, ()), hit)
    return found


def _keep(best: dict[int, Hit], new: Iterable[Hit]) -> None:
    for hit in new:
        before = best.get(hit.item.invoice_id)
        if before is None or _STRENGTH.index(hit.which) < _STRENGTH.index(before.which):
            best[hit.item.invoice_id] = hit


def in_other_currency(incoming: Incoming, said: Signals, candidates: Candidates) -> Item | None:
    """An invoice in another currency that the payment names."""
    named = [i for r in said.references for i in candidates.by_reference(r)]
    named += [i for k in said.number_keys if len(k) >= LONG for i in candidates.by_number(k)]
    return next((i for i in named if i.currency != incoming.currency), None)


def almost(keys: Iterable[str], items: Iterable[Item]) -> tuple[Hit, ...]:
    """Invoices, of one debtor, whose number is one sign off, has two neighbours changed, or ends in what was written."""
    known = {item.number_key for item in items}
    found: dict[int, Hit] = {}
    for key in keys:
        if key in known:
            continue
        for item in items:
            if is_near(key, item.number_key):
                found.setdefault(item.invoice_id, Hit(item, Which.NEAR, key))
    return tuple(found.values())


def is_near(written: str, number: str) -> bool:
    """Whether a payer may have meant ``number`` by what he wrote.

    >>> is_near("20260181", "20260118"), is_near("118", "20260118"), is_near("2026118", "20260118"), is_near("18", "20260118")
    (True, True, True, False)
    """
    if written == number or not number:
        return False
    shorter, longer = sorted((written.upper(), number.upper()), key=len)
    if len(shorter) >= _TAIL and longer.endswith(shorter):
        return True
    return len(shorter) >= LONG and OSA.distance(shorter, longer, score_cutoff=1) <= 1


def names_another(said: Signals, chosen: Iterable[Item], own: Iterable[Item], candidates: Candidates) -> str:
    """A long number in the payment that means other invoices than the ``chosen``: it is another's here, or it is built like the
    debtor's own; "" when there is none."""
    meant = {item.number_key for item in chosen}
    references = {item.reference for item in chosen}
    built = {(len(item.number_key), item.number_key[:2]) for item in own}
    for key in said.number_keys:
        if len(key) < LONG or key in meant or any(is_near(key, number) for number in meant):
            continue
        if any(key == reference.lstrip("0") for reference in references):
            continue
        if candidates.by_number(key) or (len(key), key[:2]) in built:
            return key
    return ""
