"""What an event says, written down at once, is the canonical JSON of it to the letter."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.store.chain_hash import canonical
from beluur.store.save.payload import payload_text
from beluur.values.money import Money
from beluur.values.sentence import Sentence
from tests.examples import examples

texts = st.text(max_size=20)
money = st.builds(Money, st.integers(-(10**14), 10**14), st.sampled_from(["EUR", "USD"]))
plain = texts | st.integers() | st.booleans() | st.none() | money
days = st.dates() | st.datetimes() | st.times().map(lambda t: time(t.hour, t.minute))
names = st.sampled_from(["amount", "day", "number", "name", "één", 'a"b'])
one = st.builds(Sentence, texts, st.dictionaries(names, plain | days, max_size=3))
sentences = st.builds(
    Sentence, texts, st.dictionaries(names, plain | days | one | st.tuples(texts, one), max_size=4)
)
facts = st.dictionaries(texts, st.integers() | texts | st.lists(st.integers(), max_size=2), max_size=3)


@settings(max_examples=examples(200))
@given(sentences, st.lists(sentences, max_size=3), texts, facts)
def test_it_is_what_canonical_makes_of_it(said, details, note, told) -> None:
    dicts = {
        "said": said.to_json(),
        "details": [line.to_json() for line in details],
        "note": note,
        "facts": told,
    }
    assert payload_text(said, details, note, told) == canonical(dicts)


def test_of_a_payment() -> None:
    said = Sentence("event.payment", {"day": date(2026, 11, 24), "amount": Money(123_45)})
    detail = Sentence("event.booked_on", {"number": "2026-0118", "amount": Money(123_45)})
    assert payload_text(said, (detail,), "dank “u”", {"payment": 7}) == (
        '{"details":[{"code":"event.booked_on","params":{"amount":{"money":[12345,"EUR"]},"number":"2026-0118"}}],'
        '"facts":{"payment":7},"note":"dank “u”",'
        '"said":{"code":"event.payment","params":{"amount":{"money":[12345,"EUR"]},"day":{"date":"2026-11-24"}}}}'
    )
