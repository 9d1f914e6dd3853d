"""The server time of each page as Django answers it, and whether its number of queries amiss with the data."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from beluur.actions.make_link import make_link
from beluur.actions.once import Doer
from beluur.store.models import Administration, Debtor, Message, User
from beluur.store.sealing import unseal
from beluur.web.link_pass import give_pass
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
    "intake": "inlezen/",
    "settings: own data": "instellingen/",
    "settings: way of working": "instellingen/werkwijze",
    "settings: steps": "instellingen/stappenplan",
    "settings: page of a debtor": "instellingen/pagina",
}
_HIS = "a debtor's own page"
_MOST_KB = {_HIS: 60}


def measure_pages(
    report: Report, large: Administration, small: Administration, user: User, now: datetime
) -> None:
    """Each page that a caller or an owner looks at, on the large administration, its queries beside the small one's."""
    os.environ["BELUUR_NOW"] = now.isoformat()
    client = Client()
    client.force_login(user)
    in_large, in_small = (_addresses(client, house, now) for house in (large, small))
    point = median(lambda: limits.bare_point(large.id), 25)
    for what, address in in_large.items():
        queries, few = _queries(client, address), _queries(client, in_small[what])
        amiss = "" if queries <= few else f"GROWS: {few} queries when small,"
        kilobytes = -(-len(_get(client, address).content) // 1024)
        if kilobytes > _MOST_KB.get(what, kilobytes):
            amiss += f"HEAVY: {_MOST_KB[what]} kB may be,"
        figure = Figure(
            f"page: {what}",
            median(lambda page=address: _get(client, page)),  # type: ignore[misc]
            TARGET if not amiss else 0.0,
            point,
            "one row by its key",
            f"{amiss} {queries} queries, {kilobytes} kB".strip(),
        )
        report.add(figure)


def _addresses(client: Client, house: Administration, now: datetime) -> dict[str, str]:
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
        _HIS: _own_page(house, first, now),
    }


def _own_page(house: Administration, debtor: Debtor, now: datetime) -> str:
    """Of a mail about all that is open of him, paid by the code that he scans."""
    Administration.objects.filter(id=house.id).update(iban="NL91ABNA0417164300")
    numbers = list(debtor.invoices.exclude(open_cents=0).values_list("number", flat=True))
    mail = Message.objects.create(
        administration=house, debtor=debtor, kind="statement", subject="Overzicht", text="", facts={"invoices": numbers},
        state="sent", send_after=now, created_at=now, message_id=f"bench-{house.id}-{now:%f}{Message.objects.count()}",
    )  # fmt: skip
    link = make_link(Doer(administration_id=house.id, at=now, user_id=None, name="Bo Beller"), mail)
    return reverse("link-page", kwargs={"token": unseal(link.sealed), "passed": give_pass(link.id, now)})


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
