"""How long a personal link opens, what is one visit, and which version of an agreement an answer is to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.personal_link import Answered, answer_digest, expires_at, is_new_visit, token_hash
from beluur.domain.shown_agreement import ShownAgreement

NOW = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)
PROMISE = ShownAgreement(date(2026, 11, 23), "EUR", parts=((date(2026, 11, 27), 500_00),), way="transfer")


@pytest.mark.parametrize(
    ("last", "until"),
    [
        pytest.param(None, date(2027, 1, 22), id="without a day sixty days"),
        pytest.param(date(2026, 11, 27), date(2027, 1, 22), id="a promise for this week sixty days"),
        pytest.param(date(2027, 3, 1), date(2027, 3, 31), id="a plan until a month after its last part"),
        pytest.param(date(2026, 11, 1), date(2027, 1, 22), id="a day that was there already sixty days"),
    ],
)
def test_a_link_opens_as_long_as_its_agreement_needs(last, until):
    assert expires_at(NOW, last).date() == until


@pytest.mark.parametrize(
    ("ago", "new"),
    [
        pytest.param(None, True, id="never before"),
        pytest.param(timedelta(minutes=29), False, id="the page is loaded again"),
        pytest.param(timedelta(minutes=30), True, id="he comes back later"),
    ],
)
def test_one_visit_is_told_once(ago, new):
    assert is_new_visit(NOW - ago if ago else None, NOW) is new


CHANGES = {
    "another amount": {"parts": ((date(2026, 11, 27), 400_00),)},
    "another day": {"parts": ((date(2026, 11, 28), 500_00),)},
    "another way of paying": {"way": "card"},
    "he has the money there by then": {"said": "received_on"},
    "a colleague still has to grant it": {"reserved": True},
    "a call-back besides": {"callback": NOW},
    "a dispute": {"disputes": (("F1", 100, "te laat"),)},
    "a claim without a day": {"claim": (None, 100)},
    "a last day": {"deadline": (date(2026, 12, 1), 100, "notice")},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_correction_is_another_version(change):
    changed = replace(PROMISE, **change)
    assert changed.version != PROMISE.version
    assert ShownAgreement.from_json(changed.to_json()) == changed


parts = st.lists(st.tuples(st.dates(), st.integers(1, 10**9)), max_size=4).map(tuple)
shown = st.builds(
    ShownAgreement,
    spoken_on=st.dates(),
    currency=st.sampled_from(["EUR", "USD"]),
    parts=parts,
    callback=st.none() | st.datetimes(timezones=st.just(UTC)),
    disputes=st.lists(st.tuples(st.text(), st.integers(1, 10**9), st.text()), max_size=3).map(tuple),
    claim=st.none() | st.tuples(st.none() | st.dates(), st.integers(1, 10**9)),
    deadline=st.none() | st.tuples(st.dates(), st.integers(1, 10**9), st.text()),
)


@given(shown)
def test_what_is_kept_is_what_was_shown(one):
    back = ShownAgreement.from_json(one.to_json())
    assert (back, back.version) == (one, one.version)


def test_the_same_words_are_the_same_answer_whatever_the_spaces():
    same = answer_digest(Answered.DISAGREE, "v1", "  Ik zei\r\nvrijdag ", None)
    assert same == answer_digest(Answered.DISAGREE, "v1", "ik zei vrijdag", None)
    others = {
        answer_digest(Answered.QUESTION, "v1", "ik zei vrijdag", None),
        answer_digest(Answered.DISAGREE, "v2", "ik zei vrijdag", None),
        answer_digest(Answered.DISAGREE, "v1", "ik zei zaterdag", None),
        answer_digest(Answered.DISAGREE, "v1", "ik zei vrijdag", 7),
    }
    assert len(others | {same}) == 5


@given(st.text())
def test_any_token_has_its_hash(token):
    assert len(token_hash(token)) == 64
