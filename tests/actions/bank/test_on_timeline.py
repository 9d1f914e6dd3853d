"""What a booked payment puts on a timeline is, to the letter, the canonical JSON of its sentences."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.actions.bank.on_timeline import payment_events
from beluur.domain.reconciliation.incoming import Part
from beluur.store.chain_hash import canonical, payload_hash
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

DAY = date(2026, 11, 24)
NUMBERS = {1: "2026-0118", 2: 'A"1\\é', 3: "2026-0120"}
BY = (say("explain.number", number="2026-0118"), say("explain.amount", amount=Money(123_45)))
CASES = [
    pytest.param((Part(1, 7, 123_45),), "EUR", BY, "dank “u” \n", id="one invoice"),
    pytest.param(
        (Part(1, 7, 100_00), Part(2, 7, 23_45, lowers=False)), "EUR", (), "", id="one that held it already"
    ),
    pytest.param((Part(1, 7, 1), Part(2, 8, 2), Part(3, 7, -3)), "USD", BY, "twee", id="two debtors"),
    pytest.param((Part(9, 7, 5),), "EUR", BY, "x", id="an invoice whose number is not known"),
]


@pytest.mark.parametrize(("parts", "currency", "by", "note"), CASES)
def test_it_is_what_canonical_makes_of_it(
    parts: tuple[Part, ...], currency: str, by: tuple[Sentence, ...], note: str
) -> None:
    events = list(payment_events(31, (123_45, currency), DAY, parts, NUMBERS, by, note))
    assert [e.debtor_id for e in events] == list(dict.fromkeys(p.debtor_id for p in parts))
    for event in events:
        said = say("event.payment", amount=Money(123_45, currency), day=DAY)
        lines = [_line(p, currency) for p in parts if p.debtor_id == event.debtor_id]
        told = {
            "said": said.to_json(),
            "details": [sentence.to_json() for sentence in (*lines, *by)],
            "note": note,
            "facts": {"payment": 31},
        }
        assert (event.kind, event.call_id, event.payload) == ("payment", None, canonical(told))
        assert event.payload_hash == payload_hash(event.salt, event.payload)


def _line(part: Part, currency: str) -> Sentence:
    code = "event.booked_on" if part.lowers else "event.linked_to"
    return Sentence(
        code, {"amount": Money(part.cents, currency), "number": NUMBERS.get(part.invoice_id, "?")}
    )
