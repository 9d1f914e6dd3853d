"""Lets the database look at how its tables are filled: without that, SQLite takes an administration for a handful of rows and
walks through all of it to find sixty. PostgreSQL does this by itself."""

from __future__ import annotations

from django.db import connection, transaction


def refresh_statistics() -> None:
    """A few milliseconds, whatever the size: only samples are looked at, of tables that changed much."""
    if connection.vendor != "sqlite":
        return
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
    ):  # waits for who writes, instead of failing on him
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("PRAGMA optimize = 0x10002")
