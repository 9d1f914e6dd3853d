"""Guards on what reaches the database while a test watches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

_READS = re.compile(r"\s*\(?\s*(SELECT|WITH|EXPLAIN)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|FOR\s+UPDATE)\b", re.IGNORECASE)
_TENANT_IS_NAMED = re.compile(r'\badministration_id"?\s*(=|IN\b)', re.IGNORECASE)
_QUOTED_TEXT = re.compile(r"'(?:[^']|'')*'")


class ForbiddenSQL(AssertionError):  # noqa: N818 - named for what was said
    """A query wrote, or looked into a tenant's table without saying whose."""


@cache
def tenant_tables() -> frozenset[str]:
    """The tables of all models that belong to an administration."""
    from django.apps import apps

    return frozenset(
        model._meta.db_table
        for model in apps.get_app_config("store").get_models()
        if any(f.name == "administration" for f in model._meta.fields)
    )


def objection(sql: str) -> str:
    """Why a query may not say this; empty when it may."""
    bare = _QUOTED_TEXT.sub("''", sql)
    if not _READS.match(bare) or _WRITES.search(bare):
        return "a query writes"
    named = {word for word in re.findall(r"\w+", bare) if word in tenant_tables()}
    if named and not _TENANT_IS_NAMED.search(bare):
        return f"no administration for {', '.join(sorted(named))}"
    return ""


@contextmanager
def guard_queries() -> Iterator[None]:
    """Within it only SELECT, and on a tenant's table only with its administration."""
    from django.db import connection

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if why := objection(sql):
            raise ForbiddenSQL(f"{why}: {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@dataclass
class CountedQueries:
    """The statements that were executed."""

    sql: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sql)


@contextmanager
def count_queries() -> Iterator[CountedQueries]:
    """Counts the statements within it."""
    from django.db import connection

    counted = CountedQueries()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        counted.sql.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield counted
