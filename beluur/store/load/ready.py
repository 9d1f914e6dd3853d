"""Queries that are written once and asked often: Django takes ten times as long to write one as the database to answer it for
one debtor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

RUN = 50
_HOUSE, _FIRST, _LAST = -101, -102, -103  # stand for what is asked about, in a query that is written once
_STAND_INS = frozenset((_HOUSE, _FIRST, _LAST))
Rows = Iterator[tuple[Any, ...]]


class Ready:
    """What ``make`` asks, as tuples; ``make`` takes the condition of whose rows they are. Rows that hold the same value share it:
    JSON is not to be written in."""

    def __init__(
        self,
        make: Callable[[Q], QuerySet[Any, Any]],
        column: str = "debtor_id",
        *,
        house: str = "administration_id",
    ) -> None:
        """``column`` is where the ids stand that one asks about, ``house`` the administration's."""
        self._make, self._column, self._house = make, column, house
        self._written = lru_cache(maxsize=2)(self._write)

    def of_house(self, administration_id: int) -> Rows:
        """The rows of an administration."""
        return self._ask({_HOUSE: administration_id}, ranged=False)

    def of(self, administration_id: int, ids: Sequence[int]) -> Rows:
        """The rows of these ids. A dense run of them is asked for as a range, for a list of thousands costs more to write than to
        answer; what comes along too many is not looked at."""
        if is_run(ids):
            return self._ask({_HOUSE: administration_id, _FIRST: min(ids), _LAST: max(ids)}, ranged=True)
        listed = {self._house: administration_id, f"{self._column}__in": ids}
        return iter(self._make(Q(**listed)))

    def _ask(self, given: dict[int, int], *, ranged: bool) -> Rows:
        sql, params, converters = self._written(ranged)
        values = [given[p] if type(p) is int and p in _STAND_INS else p for p in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        return _converted(rows, converters) if rows and converters else iter(rows)

    def _write(self, ranged: bool) -> tuple[str, tuple[Any, ...], dict[int, Any]]:  # noqa: FBT001 - a key
        between = {f"{self._column}__gte": _FIRST, f"{self._column}__lte": _LAST} if ranged else {}
        asked = self._make(Q(**{self._house: _HOUSE}, **between))
        compiler = asked.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return sql, tuple(params), compiler.get_converters([chosen for chosen, *_ in compiler.select])


def _converted(rows: Sequence[Sequence[Any]], converters: dict[int, Any]) -> Rows:
    """As Django would, but each value of a column once: days repeat."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, (steps, expression) in converters.items():
        known = {}
        for value in set(columns[place]):
            known[value] = value
            for step in steps:
                known[value] = step(known[value], expression, connection)
        columns[place] = [known[value] for value in columns[place]]
    return zip(*columns, strict=True)


def is_run(ids: Sequence[int]) -> bool:
    """Whether these ids are one, or many that stand close together."""
    return len(ids) == 1 or (len(ids) > RUN and max(ids) - min(ids) < 3 * len(ids))
