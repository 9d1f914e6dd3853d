"""What a booked payment puts on the timelines of its debtors, as the text of its event: by way of sentences and dicts it takes
twice as long, and a statement brings a hundred thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from json.encoder import encode_basestring as quoted

from beluur.domain.reconciliation.incoming import Part
from beluur.store.save import Sealed, payload_of, seal_payload, sentence_text
from beluur.values.sentence import Sentence


def payment_events(
    payment_id: int,
    amount: tuple[int, str],
    booked_on: date,
    parts: Sequence[Part],
    numbers: Mapping[int, str],
    by: Sequence[Sentence],
    note: str,
) -> Iterator[Sealed]:
    """One event of each debtor whom the payment of that ``amount`` (cents, currency) pays for; ``numbers`` of the invoices, by
    id."""
    cents, currency = amount
    said = _said("event.payment", f'{_money(cents, currency)},"day":{{"date":"{booked_on}"}}')
    because = [sentence_text(sentence) for sentence in by]
    for debtor_id, his in _by_debtor(parts).items():
        lines = [_line(part, currency, numbers.get(part.invoice_id, "?")) for part in his]
        payload = payload_of(said, [*lines, *because], note, f'{{"payment":{payment_id}}}')
        yield seal_payload(debtor_id, "payment", payload)


def _by_debtor(parts: Sequence[Part]) -> Mapping[int, Sequence[Part]]:
    if len(parts) == 1:
        return {parts[0].debtor_id: parts}
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.debtor_id].append(part)
    return found


def _line(part: Part, currency: str, number: str) -> str:
    code = "event.booked_on" if part.lowers else "event.linked_to"
    return _said(code, f'{_money(part.cents, currency)},"number":{quoted(number)}')


def _money(cents: int, currency: str) -> str:
    return f'"amount":{{"money":[{cents},{quoted(currency)}]}}'


def _said(code: str, params: str) -> str:
    """A sentence of which the ``params`` are written already, in the order of their names."""
    return f'{{"code":"{code}","params":{{{params}}}}}'
