"""All tables, in one Django app."""

import sqlite3
from datetime import date
from functools import lru_cache

from django.apps import AppConfig
from django.utils.dateparse import parse_date


class StoreConfig(AppConfig):
    """The tables of Beluur."""

    name = "beluur.store"
    label = "store"

    def ready(self) -> None:
        """Reads each day of SQLite once: three stand in every invoice, and a year has 365."""
        sqlite3.register_converter("date", _day)


@lru_cache(maxsize=8192)
def _day(text: bytes) -> date | None:
    return parse_date(text.decode())
