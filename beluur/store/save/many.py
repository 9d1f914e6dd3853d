"""Many rows at once, in one statement's executemany: `bulk_create` takes three times as long, `bulk_update` two orders."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models

TOGETHER = 25  # rows in one statement: SQLite writes the search index of a debtor away at the end of each, and that costs most

_MARK = re.compile(r"(?<!%)%s")


def update_many(
    model: type[models.Model], administration_id: int, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Sets ``columns`` (database names) of the rows; each row is (value, value, ..., id). Values are plain database
    values (str, int, None, ISO dates on SQLite as date objects)."""
    _update(model, administration_id, columns, ("id",), rows)


def update_unless_changed(
    model: type[models.Model], administration_id: int, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """As `update_many` for rows (value, ..., id, event_seq): only where no event came in since they were read."""
    _update(model, administration_id, columns, ("id", "event_seq"), rows)


def _update(
    model: type[models.Model],
    administration_id: int,
    columns: Sequence[str],
    keys: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Of many rows SQLite changes `TOGETHER` in one statement: one that a trigger follows costs it as much to begin as to do.
    Where a row is given twice, the last counts."""
    given = list({tuple(row[len(columns) :]): row for row in rows}.values())
    whole = len(given) - len(given) % TOGETHER if _updates_from_values() else 0
    if whole:
        together = (tuple(chain.from_iterable(given[at : at + TOGETHER])) for at in range(0, whole, TOGETHER))
        _many(_changes(model, administration_id, columns, keys, TOGETHER), together)
    _many(_changes(model, administration_id, columns, keys, 1), given[whole:])


def _changes(
    model: type[models.Model], administration_id: int, columns: Sequence[str], keys: Sequence[str], count: int
) -> str:
    """The statement that changes ``count`` rows. The plus keeps SQLite from walking the administration for them."""
    quote = connection.ops.quote_name
    table, house = quote(model._meta.db_table), int(administration_id)
    named = [quote(name) for name in (*columns, *keys)]
    given = ["%s"] * len(named) if count == 1 else [f"given.column{n}" for n in range(1, len(named) + 1)]
    pairs = [f"{name} = {value}" for name, value in zip(named, given, strict=True)]
    sets, which = ", ".join(pairs[: len(columns)]), " AND ".join(pairs[len(columns) :])
    if count == 1:
        return f"UPDATE {table} SET {sets} WHERE {which} AND administration_id = {house}"  # noqa: S608 - names are the model's
    values = ", ".join([f"({', '.join(['%s'] * len(named))})"] * count)
    return f"UPDATE {table} SET {sets} FROM (VALUES {values}) AS given WHERE {which} AND +administration_id = {house}"  # noqa: S608


def _updates_from_values() -> bool:
    """PostgreSQL sends many statements at a time, and would want the type of each value."""
    return connection.vendor == "sqlite" and sqlite3.sqlite_version_info >= (3, 33)


def insert_many(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    ignore_doubles: bool = False,
) -> int:
    """Inserts rows of plain database values (dates through `db_day`, JSON as text); gives how many went in. ``columns`` are
    database names; the others take the model's default."""
    head, marks, rest = _insertion(model, tuple(columns))
    tail = " ON CONFLICT DO NOTHING" if ignore_doubles else ""
    given = [(*row, *rest) for row in rows] if rest else list(rows)
    whole = len(given) - len(given) % TOGETHER
    together = (tuple(chain.from_iterable(given[at : at + TOGETHER])) for at in range(0, whole, TOGETHER))
    count = _many(f"{head}{', '.join([marks] * TOGETHER)}{tail}", together)
    return count + _many(f"{head}{marks}{tail}", given[whole:])


@lru_cache(maxsize=64)
def _insertion(model: type[models.Model], columns: tuple[str, ...]) -> tuple[str, str, tuple[Any, ...]]:
    """The statement up to its values, the marks of one row, in which the other columns have their defaults written out, and
    what of these is to go with each row."""
    quote = connection.ops.quote_name
    defaults = {
        f.column: f.get_db_prep_save(f.get_default(), connection)
        for f in model._meta.concrete_fields
        if f.column and f.column not in columns and not f.primary_key
    }
    written = {column: _literal(value) for column, value in defaults.items()}
    names = ", ".join(quote(c) for c in (*columns, *defaults))
    marks = ", ".join((*["%s"] * len(columns), *(text or "%s" for text in written.values())))
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608
    return head, f"({marks})", tuple(value for column, value in defaults.items() if not written[column])


def _literal(value: Any) -> str:
    """A plain value as SQL in which %s stands for what goes with it; "" for one that is none."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case str():
            return "'" + value.replace("'", "''").replace("%", "%%") + "'"
    return ""


def update_if(
    model: type[models.Model],
    administration_id: int,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    condition: str,
) -> None:
    """As `update_many`, only where a row meets ``condition``: SQL, written in code."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    _many(
        f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s"  # noqa: S608
        f" AND administration_id = {int(administration_id)} AND {condition}",
        rows,
    )


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """``count`` ids that nobody else will be given; those that stay unused are lost, which costs nothing."""
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def db_day(day: Any) -> Any:
    """A date, ISO text or None as this database takes it."""
    if day is None or isinstance(day, str):
        return day
    return connection.ops.adapt_datefield_value(day)


def db_moment(moment: Any) -> Any:
    """An aware moment as this database takes it."""
    return None if moment is None else connection.ops.adapt_datetimefield_value(moment)


def _many(sql: str, rows: Iterable[Sequence[Any]]) -> int:
    given = list(rows)
    if not given:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # Django looks for each %s anew, as long as SQLite writes five rows
            with connection.wrap_database_errors:
                sqlite3.Cursor.executemany(cursor.cursor, _with_its_marks(sql), given)
        else:
            cursor.executemany(sql, given)
        return int(cursor.rowcount)


@lru_cache(maxsize=128)
def _with_its_marks(sql: str) -> str:
    return _MARK.sub("?", sql).replace("%%", "%")
