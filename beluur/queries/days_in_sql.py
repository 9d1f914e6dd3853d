"""Reckoning with days in the database's own words: Django's are on SQLite a call of Python for each of 300,000 rows."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Func, IntegerField


class DaysLater(Func):
    """The day that is ``days`` after ``day``."""

    def __init__(self, day: Any, *, days: int) -> None:
        super().__init__(day, output_field=DateField())
        self.days = days

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """As SQLite says it."""
        return self.as_sql(compiler, connection, template=f"date(%(expressions)s, '+{self.days} days')")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """As PostgreSQL says it."""
        return self.as_sql(compiler, connection, template=f"(%(expressions)s + {self.days})")


class DaysBetween(Func):
    """How many days after ``day`` the ``moment`` is, by its day in UTC: where one calls, nobody may be called around that
    midnight."""

    def __init__(self, moment: Any, day: Any) -> None:
        super().__init__(moment, day, output_field=IntegerField())

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """As SQLite says it."""
        return self.as_sql(
            compiler,
            connection,
            template="CAST(julianday(date(%(expressions)s)) AS INTEGER)",
            arg_joiner=")) - julianday(date(",
        )

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """As PostgreSQL says it."""
        return self.as_sql(
            compiler, connection, template="(CAST(%(expressions)s AS date))", arg_joiner=" AS date) - CAST("
        )
