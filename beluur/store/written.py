"""Queries of screens that are written once and asked often: Django takes ten times as long to write one as the database to answer
it. What differs between two times that it is asked stands in the query as something that is told then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import Expression

Make = Callable[..., QuerySet[Any, Any]]
_Converters = tuple[tuple[int, Any, Any], ...]
_Query = tuple[str, tuple[Any, ...], _Converters]
_LISTED = -(
    10**15
)  # what stands for an id of a list, which Django turns into a whole number: no id is so low
_WIDEST = 10_000


class _Told:
    """The place of a value that is told when the query is asked."""

    def __init__(self, place: int) -> None:
        self.place = place


class _Given(Expression):
    """Stands for it in the query."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, *_args: Any, **_named: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [_Told(self.place)]


def written(make: Make) -> Callable[..., list[tuple[Any, ...]]]:
    """The rows of the ``values_list`` that ``make`` builds, which it does once. It is asked with ids, texts, days and moments,
    and with tuples of ids to be ``in``: for each length of these it is built anew. It may look at none of them, and None is
    none."""
    prepared = lru_cache(maxsize=64)(lambda shape: _write(make, shape))

    @wraps(make)
    def ask(*values: Any) -> list[tuple[Any, ...]]:
        shape = tuple(len(v) if isinstance(v, tuple) else None for v in values)
        query = prepared(shape)
        if query is None:
            return []
        sql, params, converters = query
        told = [_told(p, values) for p in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, told)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, converters) for row in rows] if converters else rows

    return ask


def _write(make: Make, shape: tuple[int | None, ...]) -> _Query | None:
    """None when it can have no rows."""
    asked = make(*(_stand_in(place, size) for place, size in enumerate(shape)))
    compiler = asked.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = compiler.get_converters([chosen for chosen, *_ in compiler.select])
    return sql, tuple(params), tuple((place, *how) for place, how in converters.items())


def _stand_in(place: int, size: int | None) -> Any:
    if size is None:
        return _Given(place)
    return [_LISTED - place * _WIDEST - n for n in range(size)]


def _told(param: Any, values: tuple[Any, ...]) -> Any:
    if type(param) is _Told:
        return _adapted(values[param.place])
    if type(param) is int and param <= _LISTED:
        place, n = divmod(_LISTED - param, _WIDEST)
        return values[place][n]
    return param


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _converted(row: tuple[Any, ...], converters: _Converters) -> tuple[Any, ...]:
    values = list(row)
    for place, steps, expression in converters:
        for step in steps:
            values[place] = step(values[place], expression, connection)
    return tuple(values)


def counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """How many they are, of one administration, as (its id, number); no row when there are none."""
    found: QuerySet[Any, Any] = rows.order_by().values_list("administration_id").annotate(n=Count("id"))
    return found
