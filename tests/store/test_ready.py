"""A query that is written once gives what Django gives, whoever is asked about and however many."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from beluur.store.load.ready import RUN, Ready, is_run
from beluur.store.models import Administration, Debtor, Invoice
from tests.rows import make_administration, make_debtor, make_invoice

pytestmark = pytest.mark.database

INVOICES = Ready(
    lambda mine: (
        Invoice.objects.filter(mine, ~Q(open_cents=0))
        .order_by("due", "id")
        .values_list("debtor_id", "number", "due", "as_of", "open_cents")
    )
)


@pytest.fixture
def debtors(administration):
    """More than a run; every third has an invoice, one without a day to which it is known."""
    found = [make_debtor(administration, name=f"Voorbeeld {n}") for n in range(RUN + 10)]
    for n, debtor in enumerate(found[::3]):
        make_invoice(
            debtor, 100_00 + n, due=date(2026, 11, 1 + n), as_of=None if n == 2 else date(2026, 11, 20)
        )
    return found


@pytest.mark.parametrize(
    "part",
    [slice(0, 1), slice(3, 4), slice(1, 2), slice(0, 7), slice(0, None), slice(0, 0)],
    ids=["one", "another one", "one without invoices", "a few", "a run", "nobody"],
)
def test_the_rows_are_those_of_django(administration, debtors, part):
    ids = [debtor.id for debtor in debtors[part]]
    told = list(INVOICES.of(administration.id, ids))
    asked = Invoice.objects.filter(administration=administration, debtor_id__in=ids).order_by("due", "id")
    assert told == list(asked.values_list("debtor_id", "number", "due", "as_of", "open_cents"))


def test_what_is_asked_once_is_asked_anew_the_next_time(administration, debtors):
    before = list(INVOICES.of(administration.id, [debtors[0].id]))
    make_invoice(debtors[0], 5_00, due=date(2026, 10, 1))
    assert len(list(INVOICES.of(administration.id, [debtors[0].id]))) == len(before) + 1


def test_the_rows_of_another_administration_are_not_given(administration, debtors):
    other = make_administration(slug="andere")
    assert list(INVOICES.of(other.id, [debtors[0].id])) == []


def test_json_and_what_stands_under_the_id_itself_are_read_as_django_reads_them(administration):
    Administration.objects.filter(id=administration.id).update(policy={"minimum_cents": 100})
    house = Ready(lambda mine: Administration.objects.filter(mine).values_list("policy", "kind"), house="id")
    assert list(house.of_house(administration.id)) == [({"minimum_cents": 100}, administration.kind)]


def test_debtors_are_found_by_their_own_id(administration, debtors):
    names = Ready(lambda mine: Debtor.objects.filter(mine).values_list("id", "name"), "id")
    assert list(names.of(administration.id, [debtors[4].id])) == [(debtors[4].id, "Voorbeeld 4")]


@pytest.mark.parametrize(
    ("ids", "run"),
    [([7], True), ([1, 2], False), (range(100, 160), True), (range(0, 600, 10), False), ([], False)],
    ids=["one", "two", "sixty in a row", "sixty far apart", "nobody"],
)
def test_only_one_or_many_close_together_are_asked_for_as_a_range(ids, run):
    assert is_run(ids) is run
