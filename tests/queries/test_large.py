"""How SQLite goes about a large administration: by an index, and never by one that it makes first or past everyone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.queries.behaviour import behaviour_of
from beluur.queries.came_in import came_in
from beluur.queries.debtors import Wanted, debtor_page
from beluur.queries.dossier_payments import payments_of
from beluur.queries.outbox import mail_page
from beluur.queries.payments import waiting_payments
from beluur.queries.search import search
from beluur.queries.today import today
from beluur.store.models import Message
from tests.rows import make_user
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db
_STATISTICS = {  # as its own look gives them, which counts to a thousand
    "store_call": 300_000,
    "store_debtor": 200_000,
    "store_invoice": 1_000_000,
    "store_message": 600_000,
    "store_payment": 400_000,
    "store_allocation": 400_000,
    "store_promise": 40_000,
}


@pytest.fixture
def world() -> Any:
    """An administration that SQLite takes for a large one, as long as it is there."""
    if connection.vendor != "sqlite":
        pytest.skip("the plans of SQLite")
    made = make_world()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        for table, rows in _STATISTICS.items():
            cursor.execute(f"PRAGMA index_list({table})")
            for index in [row[1] for row in cursor.fetchall() if row[1] != "payment_takes_back"]:  # of none
                cursor.execute(f"PRAGMA index_info('{index}')")
                columns = len(cursor.fetchall())
                stat = " ".join([str(rows), *["1001"] * (columns - 1), "1001" if columns == 1 else "1"])
                cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, index, stat])
        cursor.execute("ANALYZE sqlite_schema")
    yield made
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def plans(ask: Any) -> str:
    """What SQLite does for each query that ``ask`` makes."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    lines = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            lines += [row[3] for row in cursor.fetchall()]
    return "\n".join(lines)


@pytest.fixture
def paid(world: World) -> int:
    """A debtor with payments, one of them taken back."""
    debtor = world.debtor("Voorbeeld Bouw BV")
    invoice = world.invoice(
        debtor, "F1", 100_00, due=TODAY - timedelta(days=40), as_of=TODAY - timedelta(days=40)
    )
    for cents in (40_00, 60_00):
        payment = record_payment(
            world.doer, debtor_id=debtor, day=TODAY, cents=cents, today=TODAY, invoice_ids=[invoice]
        )
    reverse_payment(world.doer, payment_id=payment, reason="storno")
    return debtor


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda here, i: payments_of(here, i), id="what he paid"),
        pytest.param(lambda here, i: behaviour_of(here, i, TODAY), id="how he paid"),
        pytest.param(lambda here, i: came_in(here, i, NOW, TODAY), id="what came in of him"),
    ],
)
def test_of_one_debtor_no_index_of_all_payments_is_made(world, paid, ask):
    assert "AUTOMATIC" not in plans(lambda: ask(world.id, paid))


def test_the_calls_of_today_are_found_by_who_made_them(world):
    make_user(world.administration)
    assert "SEARCH store_call USING INDEX call_debtor" not in plans(lambda: today(world.id, NOW))


def test_the_mail_that_replaces_one_is_looked_for_among_those_of_its_debtor(world):
    debtor = world.debtor()
    first, second = (
        Message.objects.create(
            administration=world.administration, debtor_id=debtor, kind="statement", subject="", text="", facts={},
            send_after=NOW, created_at=NOW, message_id=f"m{n}",
        )
        for n in range(2)
    )  # fmt: skip
    Message.objects.filter(id=second.id).update(replaces=first)
    assert mail_page(world.id, first.id).replaced_by == second.id
    assert "message_recent" not in plans(lambda: mail_page(world.id, first.id))


def test_the_payments_that_wait_are_put_in_order_by_their_index_alone(world):
    assert re.search(
        "COVERING INDEX payment_waits.*\nUSE TEMP B-TREE", plans(lambda: waiting_payments(world.id))
    )


@pytest.mark.parametrize("text", ["v", "V", "vo", "VO"])
def test_of_one_or_two_letters_few_are_looked_up_by_name(world, text):
    debtor = world.debtor("Voorbeeld Bouw BV")
    world.debtor("Fictief Transport NV")
    world.invoice(debtor, "F1", 100_00)
    assert [hit.id for hit in search(world.id, text)] == [debtor]
    assert "debtor_name" in plans(lambda: search(world.id, text))
    found = Wanted(text=text, only_open=False)
    assert [row.id for row in debtor_page(world.id, found).rows] == [debtor]
    assert "debtor_name" in plans(lambda: debtor_page(world.id, found))
