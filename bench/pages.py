"""The server time of each page as Django answers it, and whether its number of queries grows with the data."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client

from beluur.store.models import Administration, Debtor, User
from bench import limits
from bench.measure import Figure, Report, median

TARGET = 0.050
_PLACES = {
    "Agenda": "agenda/",
    "Agenda, everyone's month": "agenda/?wie=allen&beeld=maand",
    "Verwacht": "verwacht/",
    "Antwoorden": "antwoorden/",
    "Taken": "taken/",
    "Niet toegewezen": "betalingen/",
    "reminders": "herinneringen/",
    "outbox": "postvak/",
}


def measure_pages(
    report: Report, large: Administration, small: Administration, user: User, now: datetime
) -> None:
    """Each page that a caller or an owner looks at, on the large administration, its queries beside the small one's."""
    os.environ["BELUUR_NOW"] = now.isoformat()
    client = Client()
    client.force_login(user)
    in_large, in_small = _addresses(client, large), _addresses(client, small)
    point = median(lambda: limits.bare_point(large.id), 25)
    for what, address in in_large.items():
        queries, few = _queries(client, address), _queries(client, in_small[what])
        grows = "" if queries <= few else f"GROWS: {few} queries when small,"
        figure = Figure(
            f"page: {what}",
            median(lambda page=address: _get(client, page)),  # type: ignore[misc]
            TARGET if not grows else 0.0,
            point,
            "one row by its key",
            f"{grows} {queries} queries".strip(),
        )
        report.add(figure)


def _addresses(client: Client, house: Administration) -> dict[str, str]:
    here = f"/a/{house.slug}/"
    debtors = Debtor.objects.filter(administration=house)
    first = debtors.filter(step="call").first() or debtors.order_by("-open_cents").first()
    assert first is not None
    return {
        "Vandaag": here,
        "debtors": f"{here}debiteuren/",
        "dossier": f"{here}debiteuren/{first.id}/",
        "call": _open_call(client, here, first.id),
        "search by name": f"{here}zoek?q={first.name[:4].lower()}",
        "search by digits": f"{here}zoek?q=4567",
        **{what: here + place for what, place in _PLACES.items()},
    }


def _open_call(client: Client, here: str, debtor: int) -> str:
    answer = client.post(f"{here}bel/{debtor}/", {"key": f"bench-{here}", "incoming": "1"})
    assert answer.status_code in (302, 303), f"the call did not open: {answer.status_code}"
    return str(answer["Location"])


def _get(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer


def _queries(client: Client, address: str) -> int:
    _get(client, address)
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        _get(client, address)
    return len(seen)
