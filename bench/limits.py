"""What the bare work costs on this machine: the limit that the product is compared with."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.db import connection, transaction
from lxml import etree


def bare_read(content: bytes) -> list[list[str]]:
    """Only the reading of the file: its rows as text."""
    return list(csv.reader(io.StringIO(content.decode()), delimiter=";"))


def bare_entries(content: bytes) -> int:
    """Only the parsing of a CAMT file, entry by entry, with nothing read from them."""
    entries = 0
    for _, entry in etree.iterparse(io.BytesIO(content), tag="{*}Ntry"):
        entry.clear()
        entries += 1
    return entries


def bare_write(rows: list[list[str]]) -> None:
    """The same rows by one executemany, in a table without an index."""
    columns = len(rows[0])
    names = ", ".join(f"c{n} text" for n in range(columns))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_rows")
        cursor.execute(f"CREATE TABLE bench_rows ({names})")
        with transaction.atomic():
            cursor.executemany(f"INSERT INTO bench_rows VALUES ({', '.join(['%s'] * columns)})", rows)
        cursor.execute("DROP TABLE bench_rows")


def bare_rank(administration_id: int, today: str) -> list[Any]:
    """One query that ranks the same debtors by what is overdue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT debtor_id, SUM(open_cents), MIN(due) FROM store_invoice "
            "WHERE administration_id = %s AND open_cents <> 0 AND due < %s GROUP BY debtor_id ORDER BY 2 DESC",
            [administration_id, today],
        )
        return list(cursor.fetchall())


def bare_point(administration_id: int) -> None:
    """One row of one debtor by its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name FROM store_debtor WHERE administration_id = %s LIMIT 1", [administration_id]
        )
        cursor.fetchone()
