"""Many rows of which some columns are the same in all of them: these are given once for `ROWS` rows, and not with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models

ROWS = 50  # in one statement


def insert_alike(
    model: type[models.Model],
    same: Mapping[str, Any],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Inserts ``rows`` of plain database values, each with the values in ``same``; database names, and no column of the model may
    be missing."""
    told, named = tuple(same.values()), (*same, *columns)
    whole = len(rows) - len(rows) % ROWS
    together = [(*told, *chain.from_iterable(rows[at : at + ROWS])) for at in range(0, whole, ROWS)]
    with connection.cursor() as cursor:
        if together:
            cursor.executemany(_sql(model, named, len(same), ROWS), together)
        if left := rows[whole:]:
            cursor.execute(_sql(model, named, len(same), len(left)), (*told, *chain.from_iterable(left)))


@lru_cache(maxsize=2 * ROWS)
def _sql(model: type[models.Model], named: tuple[str, ...], same: int, count: int) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, named))
    own = len(named) - same
    values = [f"s.column{n}" for n in range(1, same + 1)] + [f"v.column{n}" for n in range(1, own + 1)]
    marks = ", ".join([f"({', '.join(['%s'] * own)})"] * count)
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {', '.join(values)}"  # noqa: S608 - names are the model's
        f" FROM (VALUES ({', '.join(['%s'] * same)})) AS s CROSS JOIN (VALUES {marks}) AS v"
    )
