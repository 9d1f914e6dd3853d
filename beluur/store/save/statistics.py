"""Lets the database look at how its tables are filled: without that, SQLite takes an administration for a handful of rows and
walks through all of it to find sixty. PostgreSQL does this by itself."""

from __future__ import annotations

from django.db import connection, transaction


def refresh_statistics() -> None:
    """Of all tables, from samples: milliseconds, whatever their size. Not PRAGMA optimize, which before SQLite 3.46 passes over
    every table that this very connection has not asked about."""
    if connection.vendor != "sqlite":
        return
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
    ):  # waits for who writes, instead of failing on him
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
