"""What came in before is looked up by its account or id: never by reading all payments for each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from beluur.actions.bank.explain_waiting import explain_behind
from beluur.actions.bank.publish_lines import _not_there_yet, the_account
from beluur.actions.once import Doer
from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.signals import Signals
from beluur.store.load.bank import is_shared
from beluur.store.load.earlier import earlier_payments, repeated
from beluur.store.models import Payment
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = date(2026, 11, 24)


@pytest.fixture
def world(data_folder: Any) -> World:
    return make_world()


NOTHING = Signals((), (), (), "", "")


def plans(look: Callable[[], object]) -> list[str]:
    """How the database, without statistics, goes about the statements on payments."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        look()
    found = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            if "store_payment" in sql:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                found.append(" ".join(str(row[-1]) for row in cursor.fetchall()))
    return found


@pytest.mark.parametrize(
    ("look", "by"),
    [
        pytest.param(lambda i: earlier_payments(i, ["NL1"], [], []), "payment_iban", id="by account"),
        pytest.param(lambda i: earlier_payments(i, [], ["E1"], []), "payment_own_id", id="by the payer's id"),
        pytest.param(
            lambda i: repeated(i, [Incoming(1, 100, "EUR", DAY, iban="NL1")]),
            "payment_iban",
            id="the same again",
        ),
        pytest.param(
            lambda i: list(Payment.objects.filter(is_shared(), administration_id=i)),
            "payment_shared",
            id="proposed for several",
        ),
        pytest.param(
            lambda i: explain_behind(Doer(i, NOW, None, "Proef"), [1]),
            "payment_waits",
            id="behind an earlier one",
        ),
    ],
)
def test_each_look_up_has_its_index(world: World, look: Callable[[int], object], by: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has statistics")
    assert by in plans(lambda: look(world.id))[0]


def test_lines_are_found_by_their_keys(world: World) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has statistics")
    account = the_account(world.doer, {"number": "NL1", "currency": "EUR"})
    [plan] = plans(lambda: _not_there_yet(world.id, account, [(["a"], NOTHING), (["b"], NOTHING)]))
    assert "line_key=?" in plan
