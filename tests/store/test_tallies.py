"""The sums that the database keeps are what one finds by asking every debtor, whoever wrote him and however."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beluur.actions.fold_tallies import fold_all, fold_tallies
from beluur.queries.tallies import counted, reminders_due
from beluur.store.models import Administration, Debtor, DebtorTally
from tests.examples import examples
from tests.rows import MOMENT, TODAY

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SUMS = ("debtors", "open_debtors", "asked_cents", "open_cents", "late_cents")
_FACTS = st.fixed_dictionaries(
    {
        "currency": st.sampled_from(["EUR", "GBP"]),
        "step": st.sampled_from(["call_first", "remind_first", "none"]),
        "step_tier": st.sampled_from([0, 3, 9]),
        "step_on": st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
        "step_cents": st.integers(0, 500_00),
        "open_cents": st.integers(-100_00, 500_00),
        "overdue_cents": st.integers(0, 500_00),
    }
)
_DOINGS = st.lists(
    st.tuples(st.sampled_from(["make", "change", "merge", "remove", "fold"]), st.integers(0, 9), _FACTS)
)


def make(house: Administration, facts: dict[str, Any]) -> Debtor:
    return Debtor.objects.create(administration=house, name="Klant", created_at=MOMENT, **facts)


def found(house: Administration) -> dict[tuple[Any, ...], list[int]]:
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in DebtorTally.objects.filter(administration=house):
        key = (row.currency, row.step, row.tier, row.day)
        sums[key] = [a + getattr(row, name) for a, name in zip(sums.get(key, [0] * 5), SUMS, strict=True)]
    return {key: values for key, values in sums.items() if any(values)}


def asked(house: Administration) -> dict[tuple[Any, ...], list[int]]:
    sums: dict[tuple[Any, ...], Counter[int]] = {}
    for d in Debtor.objects.filter(administration=house, merged_into=None):
        if d.step == "none" and d.open_cents <= 0:
            continue
        key = (d.currency, d.step, d.step_tier, d.step_on or date.max)
        stands = d.open_cents > 0
        own = (1, int(stands), d.step_cents, d.open_cents if stands else 0, d.overdue_cents if stands else 0)
        sums.setdefault(key, Counter()).update(dict(enumerate(own)))
    return {key: [values[n] for n in range(5)] for key, values in sums.items()}


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_DOINGS)
def test_whatever_is_done_the_sums_are_those_of_the_debtors(
    administration: Administration, doings: list[Any]
) -> None:
    Debtor.objects.filter(administration=administration).delete()
    for what, which, facts in doings:
        rows = list(Debtor.objects.filter(administration=administration).order_by("id"))
        one = rows[which % len(rows)] if rows else None
        if what == "make" or one is None:
            make(administration, facts)
        elif what == "change":
            Debtor.objects.filter(id__in=[one.id, rows[0].id]).update(**facts)
        elif what == "merge":
            Debtor.objects.filter(id=one.id).update(merged_into=None if one.merged_into_id else rows[0])
        elif what == "remove":
            one.delete()
        else:
            fold_tallies(administration.id, at_least=0)
    assert found(administration) == asked(administration)
    fold_tallies(administration.id, at_least=0)
    assert found(administration) == asked(administration)
    assert DebtorTally.objects.filter(administration=administration).count() == len(asked(administration))


def test_what_a_page_counts(administration: Administration) -> None:
    late = {"currency": "EUR", "open_cents": 100_00, "overdue_cents": 80_00, "step_cents": 60_00}
    make(administration, late | {"step": "call_first", "step_tier": 3, "step_on": TODAY})
    make(administration, late | {"step": "call_back", "step_tier": 0, "step_on": TODAY + timedelta(days=1)})
    make(administration, late | {"step": "remind_first", "step_on": TODAY})
    make(administration, late | {"step": "none"})
    make(administration, late | {"step": "call_first", "step_tier": 3, "step_on": TODAY, "currency": "GBP"})
    counts = counted(administration.id, TODAY, "EUR")
    assert (counts.calls, counts.asked_cents) == (2, 60_00)
    assert (counts.not_calls, counts.left_cents, counts.late_cents) == (3, 300_00, 320_00)
    assert reminders_due(administration.id, TODAY) == 1
    assert reminders_due(administration.id, TODAY - timedelta(days=1)) == 0


def test_nothing_is_counted_in_another_administration(administration: Administration) -> None:
    other = Administration.objects.create(slug="ander", name="Ander", created_at=MOMENT)
    make(administration, {"step": "call_first", "step_tier": 3, "step_on": TODAY, "step_cents": 60_00})
    assert counted(other.id, TODAY, "EUR").calls == 0


def test_the_last_rows_of_an_administration_that_is_gone_go_too(administration: Administration) -> None:
    make(administration, {"open_cents": 100_00})
    administration.delete()
    fold_all()
    assert not DebtorTally.objects.exists()
