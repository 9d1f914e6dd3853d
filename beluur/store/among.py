"""Rows by many values at once, as plain tuples. A thousand values take Django longer to write down than the database to find;
and SQLite, left to choose, walks through a whole administration to look for three references."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

PART = 20_000  # values in one statement


def rows_among(
    model: type[models.Model],
    administration_id: int,
    column: str,
    values: Iterable[str] | Iterable[int],
    columns: Sequence[str],
    also: str = "",
    *,
    plus: str = "",
    lock: bool = False,
    alone: bool = False,
) -> list[tuple[Any, ...]]:
    """``columns`` of the rows whose ``column`` is one of ``values``; database names. ``also``: a condition on the row `r` in SQL,
    written in code and never typed by anyone; of a partial index it is to be as the index has it. ``plus``: one more column,
    in SQL. ``lock``: the rows are locked, in the order of their ids; otherwise they come in none. ``alone``: SQLite is to find
    them by an index on ``column`` alone; without statistics it takes one of all columns that are asked for, and reads all of it
    for each value."""
    wanted = sorted(set(values))  # type: ignore[type-var]
    sql = _sql(model, column, columns, also, plus, alone=alone)
    if lock and connection.features.has_select_for_update:
        sql += " ORDER BY r.id FOR UPDATE"
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), PART):
        part: Any = wanted[start : start + PART]
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [json.dumps(part) if connection.vendor == "sqlite" else part, administration_id]
            )
            found += cursor.fetchall()
    return found


def _sql(
    model: type[models.Model], column: str, columns: Sequence[str], also: str, plus: str, *, alone: bool
) -> str:
    """SQLite is told the order of its loops, so that each value is looked up."""
    quote = connection.ops.quote_name
    chosen = ", ".join((*(f"r.{quote(c)}" for c in columns), *filter(None, (plus,))))
    table, key = quote(model._meta.db_table), f"r.{quote(column)}"
    found = (
        f"FROM json_each(%s) w CROSS JOIN {table} r WHERE {key} = w.value"
        if connection.vendor == "sqlite"
        else f"FROM {table} r WHERE {key} = ANY(%s)"
    )
    here = f"{'+' if alone else ''}r.administration_id = %s"  # no index for what has a sign before it
    return f"SELECT {chosen} {found} AND {here}{f' AND {also}' if also else ''}"
