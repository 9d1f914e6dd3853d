"""The demo shows what the bank says: payments that are explained, kept and broken promises, and payments that wait."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from beluur.actions.demo.bank import OPENING, Line, mt940
from beluur.importers.read import read

MONDAY, SUNDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 20)
OURS, PAYER = "NL91ABNA0417164300", "NL20INGB0001234567"


@pytest.fixture
def demo(demo_folder: Path) -> Iterator[sqlite3.Connection]:
    """The tables of the demo of that Monday."""
    with closing(sqlite3.connect(demo_folder / "beluur.sqlite3")) as made:
        yield made


def test_the_statement_reads_without_a_problem_and_adds_up():
    lines = [
        Line(FRIDAY, 121_05, "Fabel Proef BV", "factuur 2026-0451", PAYER),
        Line(FRIDAY, -121_05, "Fabel Proef BV", "storno", PAYER, reversed=True),
        Line(FRIDAY, -12_50, "", "kosten"),
    ]
    contents = read("afschrift.sta", mt940(lines, OURS, opens=FRIDAY, closes=SUNDAY), None, MONDAY)
    (statement,) = contents.statements
    found = [
        (t.amount_cents, t.counterparty, t.counterparty_iban, t.text, t.reversal)
        for t in contents.transactions
    ]
    assert contents.problems == ()
    assert found == [
        (121_05, "Fabel Proef BV", PAYER, "factuur 2026-0451", False),
        (-121_05, "Fabel Proef BV", PAYER, "storno", True),
        (-12_50, "", "", "kosten", False),
    ]
    assert (statement.account, statement.reaches, statement.closing_cents) == (OURS, SUNDAY, OPENING - 12_50)


def test_three_payments_wait_and_the_others_are_explained(demo):
    states = Counter(
        state for (state,) in demo.execute("SELECT state FROM store_payment WHERE account_id IS NOT NULL")
    )
    assert states == {"explained": 5, "proposed": 2, "unexplained": 1, "not_ours": 1}


def test_the_account_is_known_to_yesterday(demo):
    assert demo.execute("SELECT number, reaches FROM store_bankaccount").fetchall() == [
        (OURS, SUNDAY.isoformat())
    ]


def test_of_two_promises_the_bank_shows_one_kept_and_one_broken(demo):
    rows = demo.execute(
        "SELECT i.verdict FROM store_instalment i JOIN store_promise p ON p.id = i.promise_id"
        " JOIN store_cover c ON c.promise_id = p.id JOIN store_invoice v ON v.id = c.invoice_id"
        " WHERE v.as_of < ? ORDER BY i.verdict",
        (FRIDAY.isoformat(),),
    ).fetchall()
    assert rows == [("broken",), ("kept",)]


def test_of_many_customers_the_demo_knows_how_they_pay(demo):
    """Five or more paid invoices each, on days of their own and none in the time to come."""
    rows = demo.execute(
        "SELECT debtor_id, count(*), max(closed_on), count(DISTINCT number) FROM store_invoice"
        " WHERE closed_because = 'paid' AND open_cents = 0 GROUP BY debtor_id HAVING count(*) >= 5"
    ).fetchall()
    assert len(rows) > 40
    assert all(last < MONDAY.isoformat() and numbers == paid for _, paid, last, numbers in rows)


def test_no_two_disputes_of_the_demo_say_the_same(demo):
    words = [what for (what,) in demo.execute("SELECT what FROM store_dispute")]
    assert len(words) == len(set(words)) >= 5
