"""Which invoices a payment names: by reference, by number, by a number almost right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter, ne
from typing import NamedTuple

from rapidfuzz.distance import OSA

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.incoming import Incoming, Item
from beluur.domain.reconciliation.reasons import Which
from beluur.domain.reconciliation.signals import Signals, labelled, passes_on
from beluur.values.invoice_number import FAIR, LONG, is_year, number_key
from beluur.values.names import comparable_number
from beluur.values.numbers import OGM, RF

_MOST_PER_KEY = 12
_MOST_WRITTEN = 12  # numbers that are compared with all of a debtor's
_PADDED = 2  # so few are enough when only noughts stand before them: "18" of 20260018
_DAY = 8
_FAR = 2  # signs that may differ where nothing else tells which of several
_TAIL = 3  # so many last signs of a number may stand for it among the payer's own


class Hit(NamedTuple):
    """An invoice that is named: ``which`` by what, ``written`` as it stood."""

    item: Item
    which: Which
    written: str


_WHICH = attrgetter("which")


def hits(incoming: Incoming, said: Signals, candidates: Candidates) -> dict[int, tuple[Hit, ...]]:
    """Debtor -> the invoices of his that the payment names, in its currency, each by its strongest sign, the strongest first."""
    best: dict[int, Hit] = {}
    for reference in said.references:
        if items := candidates.by_reference(reference):
            _keep(best, items, Which.REFERENCE if reference == said.field else Which.NUMBER, reference)
    for key in said.number_keys:
        if (items := candidates.by_number(key)) and not _is_day_of_payout(key, incoming):
            _keep(best, items, _telling(key, incoming.text), key)
    for reference in said.mended:
        _keep(best, candidates.by_reference(reference), Which.MENDED, reference)
    found: dict[int, tuple[Hit, ...]] = {}
    for hit in best.values() if len(best) < 2 else sorted(best.values(), key=_WHICH):  # most name one
        if hit.item.currency == incoming.currency:
            found[hit.item.debtor_id] = (*found.get(hit.item.debtor_id, ()), hit)
    return found


def _is_day_of_payout(key: str, incoming: Incoming) -> bool:
    """Whether who passes on money wrote the day on which he did so: it looks like a number of that year."""
    return len(key) == _DAY and key == f"{incoming.booked:%Y%m%d}" and passes_on(incoming.name)


def _telling(key: str, text: str) -> Which:
    """A short number tells as much as one of four signs where the payer says that it is an invoice's."""
    if len(key) >= LONG:
        return Which.NUMBER
    fair = (len(key) == FAIR and not is_year(key)) or key in labelled(text)
    return Which.FAIR if fair else Which.SHORT


def _keep(best: dict[int, Hit], items: Sequence[Item], which: Which, written: str) -> None:
    for item in items[:_MOST_PER_KEY]:
        before = best.get(item.invoice_id)
        if before is None or which < before.which:
            best[item.invoice_id] = Hit(item, which, written)


def named_items(said: Signals, candidates: Candidates) -> Iterator[Item]:
    """Invoices in any currency that a payment names by a whole reference or a long number."""
    for reference in said.references:
        yield from candidates.by_reference(reference)[:_MOST_PER_KEY]
    for key in said.number_keys:
        if len(key) >= LONG:
            yield from candidates.by_number(key)[:_MOST_PER_KEY]


def almost(keys: Iterable[str], items: Iterable[Item], own: Iterable[Item]) -> tuple[Hit, ...]:
    """Those of ``items`` whose number or reference is one sign off, has two neighbours changed, or ends in what was written. What
    is exactly the number of one of the debtor's ``own``, closed ones too, is not almost another's."""
    known = {item.number_key for item in own}
    written = [key for key in keys if len(key) >= _PADDED and key not in known][:_MOST_WRITTEN]
    tails = tuple(written)
    whole = [key for key in written if len(key) >= _TAIL and not is_year(key)]
    found: dict[int, Hit] = {}
    for item in items if written else ():
        reference = item.reference.lstrip("0")
        for key in written if item.number_key.endswith(tails) else whole:
            if is_near(key, item.number_key) or (reference and _one_off(key, reference)):
                found[item.invoice_id] = Hit(item, Which.NEAR, key)
                break
    return tuple(found.values())


def is_near(written: str, number: str) -> bool:
    """Whether a payer may have meant ``number`` by what he wrote; both are keys.

    >>> is_near("20260181", "20260118"), is_near("118", "20260118"), is_near("2026118", "20260118"), is_near("18", "20260118")
    (True, True, True, False)
    >>> is_near("18", "20260018"), is_near("8", "20260008")
    (True, False)
    """
    if written == number:
        return False
    if len(written) == _PADDED and number.endswith("00" + written):
        return True
    if len(written) < len(number):
        tail = len(written) >= _TAIL and number.endswith(written)
    else:
        tail = len(number) >= _TAIL and written.endswith(number)
    return tail or _one_off(written, number)


def nearest(keys: Iterable[str], items: Sequence[Item]) -> Item | None:
    """The one of ``items`` whose number is nearest to one of the long ``keys``, not more than two signs off; none when two are as
    near.

    >>> one, other = (Item(n, 1, k, k, 1, 1, "EUR", None, None, "", None) for n, k in enumerate(("2608367", "2607500")))
    >>> nearest(["2609337"], [one, other]) == one
    True
    """
    written = [key for key in keys if len(key) >= LONG][:_MOST_WRITTEN]
    off = {
        item: min(
            (OSA.distance(key, item.number_key, score_cutoff=_FAR) for key in written), default=_FAR + 1
        )
        for item in items
    }
    least = min(off.values(), default=_FAR + 1)
    near = [item for item, distance in off.items() if distance == least <= _FAR]
    return near[0] if len(near) == 1 else None


def is_digit_wrong(written: str, number: str) -> bool:
    """Whether they differ by one digit in one place.

    >>> is_digit_wrong("20260119", "20260118"), is_digit_wrong("20260181", "20260118"), is_digit_wrong("118", "20260118")
    (True, False, False)
    """
    return len(written) == len(number) and sum(map(ne, written, number)) == 1


def _one_off(written: str, number: str) -> bool:
    """A digit wrong, too many, too few, or two changed places; of a short number only when it is as long as it should be."""
    longer = len(written) - len(number)
    if longer > 1 or longer < -1:
        return False  # at sight, for most are
    shortest = min(len(written), len(number))
    if abs(longer) > (shortest >= LONG) or shortest < _TAIL:
        return False
    return OSA.distance(written, number, score_cutoff=1) == 1


def names_another(
    said: Signals,
    chosen: Iterable[Item],
    own: Iterable[Item],
    candidates: Candidates,
    *,
    cents: int | None = None,
    paid: Collection[Item] = (),
    written: Iterable[str] = (),
) -> str:
    """A long number in the payment that means other invoices than the ``chosen``: it is another's here, or it is built like the
    debtor's own, or it is a whole payment reference; "" when there is none. ``cents``: this alone says which invoice it is; then
    a number that is nobody's, or of an invoice that cannot have it, is one of the payer's own books, and that of an invoice
    ``paid`` before was left standing from the last time. ``written``: what stood for the chosen, of which a piece is no other."""
    meant = {item.number_key for item in chosen}
    references = {item.reference for item in chosen}
    numbers = {item.number_key for item in own}
    built = {(len(item.number_key), item.number_key[:2]) for item in own}
    related = {d for item in own for d in candidates.group_of(item.debtor_id)}
    before = {item.number_key for item in paid} | {item.reference for item in paid if item.reference}
    whole = (r for r in said.references if r not in before and _is_whole(r, said))
    strange = next(whole, "")
    if strange and strange not in references and number_key(strange) not in meant:
        return strange
    for key in said.number_keys:
        if len(key) < FAIR or is_year(key) or key in meant or key in before:
            continue
        if any(key in told for told in (*written, *before)):
            continue
        if key in numbers:
            return key
        if any(is_near(key, number) for number in meant):
            continue
        if any(key == reference.lstrip("0") for reference in references):
            continue
        others = candidates.by_number(key)
        if cents is not None:
            if any(_may_have(item, cents, key, related) for item in others):
                return key
        elif others or (len(key), key[:2]) in built:
            return key
    return ""


def _is_whole(reference: str, said: Signals) -> bool:
    """Whether it can be nothing but a payment reference."""
    return OGM.valid(reference) or RF.valid(reference) or reference == said.field


def _may_have(item: Item, cents: int, written: str, related: Collection[int]) -> bool:
    """Whether a payment of ``cents`` may be for an invoice of which the number is written. Of an invoice of somebody who has
    nothing to do with the payer nobody pays a part that happens to be just what he owes himself."""
    if cents in (item.amount_cents, item.open_cents):
        return True
    return len(written) >= LONG and item.open_cents >= cents and item.debtor_id in related


def unaccounted(said: Signals, chosen: Collection[Item], own: Iterable[Item], customer: str) -> str:
    """A number in the payment that is no part of the ``chosen``, not the debtor's number as a ``customer`` and no year; "" when
    all is told. What is longer than any of the debtor's ``own`` numbers is an order of the payer's."""
    longest = max((len(item.number_key) for item in own), default=0)
    meant = [item.number_key for item in chosen] + [item.reference for item in chosen if item.reference]
    meant += [comparable_number(item.number) for item in chosen]
    for key in said.number_keys:
        if not _TAIL <= len(key) <= longest or is_year(key) or key == customer:
            continue
        if not any(key in number or number in key for number in meant if number):
            return key
    return ""
