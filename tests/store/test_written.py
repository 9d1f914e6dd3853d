"""A query that is written once answers as the one that Django writes each time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from beluur.store.models import Debtor
from beluur.store.written import counted, written
from tests.rows import MOMENT, make_administration, make_debtor

TODAY = MOMENT.date()


@written
def _by_day(administration_id: Any, day: Any) -> Any:
    rows = Debtor.objects.filter(administration_id=administration_id, step_on__lte=day)
    return rows.order_by("id").values_list("id", "step_on", "step_because")


@written
def _of_these(administration_id: Any, ids: Any) -> Any:
    rows = Debtor.objects.filter(administration_id=administration_id, id__in=ids)
    return rows.order_by("id").values_list("id")


@written
def _assigned(administration_id: Any, users: Any) -> Any:
    return counted(Debtor.objects.filter(administration_id=administration_id, assigned_to__in=users))


@written
def _since(administration_id: Any, at: Any) -> Any:
    return Debtor.objects.filter(administration_id=administration_id, step_at__gte=at).values_list("step_at")


@written
def _named(administration_id: Any, name: Any) -> Any:
    return Debtor.objects.filter(administration_id=administration_id, name=name).values_list("id")


@pytest.fixture
def debtors(administration: Any) -> list[int]:
    """Three, with days that follow each other, and one of another administration."""
    there = make_administration(slug="elders")
    made = [
        make_debtor(house, name=f"Bakkerij {n}") for n, house in enumerate([administration] * 3 + [there])
    ]
    for n, debtor in enumerate(made):
        Debtor.objects.filter(id=debtor.id).update(
            step_on=TODAY + timedelta(days=n),
            step_at=MOMENT + timedelta(hours=n),
            step_because=[{"code": "step.call", "params": {"n": n}}],
        )
    return [debtor.id for debtor in made]


@pytest.mark.parametrize("days", [0, 1, 2], ids=["none later", "a day on", "two days on"])
def test_each_time_what_is_told_counts(debtors, administration, days):
    found = _by_day(administration.id, TODAY + timedelta(days=days))
    assert [row[0] for row in found] == debtors[: days + 1]


def test_rows_are_as_django_reads_them(debtors, administration):
    day = date(2030, 1, 1)
    django = Debtor.objects.filter(administration_id=administration.id, step_on__lte=day).order_by("id")
    assert _by_day(administration.id, day) == list(django.values_list("id", "step_on", "step_because"))


def test_lists_of_every_length(debtors, administration):
    for ids in ((debtors[0],), tuple(debtors), (), (debtors[2], debtors[1])):
        wanted = sorted(set(ids) & set(debtors[:3]))
        assert [i for (i,) in _of_these(administration.id, ids)] == wanted


def test_moments_and_texts(debtors, administration):
    later = _since(administration.id, MOMENT + timedelta(hours=1))
    assert later == [(MOMENT + timedelta(hours=1),), (MOMENT + timedelta(hours=2),)]
    assert _named(administration.id, "Bakkerij 1") == [(debtors[1],)]
    assert _named(administration.id, "Bakkerij 3") == []


def test_none_counted_is_no_row(debtors, administration, caller):
    assert _assigned(administration.id, (caller.id,)) == []
    Debtor.objects.filter(id__in=debtors[:2]).update(assigned_to=caller.id)
    assert _assigned(administration.id, (caller.id,)) == [(administration.id, 2)]


def test_it_is_built_once_for_each_length(debtors, administration):
    built = []

    @written
    def ask(administration_id: Any, ids: Any) -> Any:
        built.append(1)
        return Debtor.objects.filter(administration_id=administration_id, id__in=ids).values_list("id")

    for ids in ((1,), (2,), (3,), (1, 2)):
        ask(administration.id, ids)
    assert len(built) == 2
