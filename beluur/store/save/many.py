"""Many rows at once, in one statement's executemany: `bulk_create` takes three times as long, `bulk_update` two orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def update_many(
    model: type[models.Model], administration_id: int, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Sets ``columns`` (database names) of the rows; each row is (value, value, ..., id). Values are plain database
    values (str, int, None, ISO dates on SQLite as date objects)."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    _many(
        f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s AND administration_id = {int(administration_id)}",  # noqa: S608
        rows,
    )


def update_unless_changed(
    model: type[models.Model], administration_id: int, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """As `update_many` for rows (value, ..., id, event_seq): only where no event came in since they were read."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    _many(
        f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s AND event_seq = %s "  # noqa: S608
        f"AND administration_id = {int(administration_id)}",
        rows,
    )


def insert_many(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    ignore_doubles: bool = False,
) -> int:
    """Inserts rows of plain database values (dates through `db_day`, JSON as text); gives how many went in. ``columns`` are
    database names; the others take the model's default."""
    quote = connection.ops.quote_name
    given = set(columns)
    constants = {
        f.column: f.get_db_prep_save(f.get_default(), connection)
        for f in model._meta.concrete_fields
        if f.column and f.column not in given and not f.primary_key
    }
    names = ", ".join(quote(c) for c in (*columns, *constants))
    marks = ", ".join(["%s"] * (len(columns) + len(constants)))
    tail = " ON CONFLICT DO NOTHING" if ignore_doubles else ""
    rest = tuple(constants.values())
    return _many(
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks}){tail}",  # noqa: S608
        ((*row, *rest) for row in rows),
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
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))
        return int(cursor.rowcount)
