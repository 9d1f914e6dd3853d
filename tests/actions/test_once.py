"""A form that is sent twice does its work once."""

from __future__ import annotations

import pytest

from beluur.actions.once import Doer, once
from beluur.store.models import Debtor, Receipt
from tests.rows import MOMENT, make_administration, make_debtor
from tests.threads import at_once

pytestmark = pytest.mark.database


def add_debtor(administration, key):
    """The action of these tests: makes a debtor, answers with its id."""
    doer = Doer(administration_id=administration.id, at=MOMENT, key=key)
    return once(doer, "add_debtor", lambda: {"debtor": make_debtor(administration).id})


def test_a_repeated_form_answers_with_the_first_result(administration):
    first = add_debtor(administration, "sleutel")
    assert add_debtor(administration, "sleutel") == first
    assert Debtor.objects.count() == 1


def test_another_key_is_another_deed(administration):
    assert add_debtor(administration, "een") != add_debtor(administration, "twee")


def test_a_key_counts_within_its_administration_only(administration):
    add_debtor(administration, "sleutel")
    add_debtor(make_administration(), "sleutel")
    assert Debtor.objects.count() == 2


def test_what_fails_leaves_no_receipt(transactional_db):
    administration = make_administration()

    def fails() -> dict[str, int]:
        make_debtor(administration)
        raise LookupError

    with pytest.raises(LookupError):
        once(Doer(administration_id=administration.id, at=MOMENT, key="sleutel"), "fails", fails)
    assert not Receipt.objects.exists()
    assert not Debtor.objects.exists()
    assert add_debtor(administration, "sleutel")["debtor"]


def test_a_double_click_does_its_work_once(transactional_db):
    administration = make_administration()
    results = at_once(*[lambda: add_debtor(administration, "sleutel")] * 4)
    assert [r for r in results if isinstance(r, Exception)] == []
    assert len({r["debtor"] for r in results}) == 1
    assert Debtor.objects.count() == 1
