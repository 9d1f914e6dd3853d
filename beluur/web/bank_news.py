"""What the bank said this morning stays on *Vandaag* until the one who took it in has read it."""

from __future__ import annotations

from django.http import HttpRequest

from beluur.queries.bank_said import BankSaid, bank_said
from beluur.web.access import Entry

_KEY = "bank_news"  # administration id, as text -> intake id


def keep_news(request: HttpRequest, entry: Entry, intake_id: int) -> None:
    """From now on *Vandaag* begins with what this intake came to, once it is taken over."""
    request.session[_KEY] = {**request.session.get(_KEY, {}), str(entry.administration.id): intake_id}


def news(request: HttpRequest, entry: Entry) -> BankSaid | None:
    """What is still to be read; None when there is nothing."""
    intake_id = request.session.get(_KEY, {}).get(str(entry.administration.id))
    return bank_said(entry.administration.id, intake_id) if intake_id else None


def news_read(request: HttpRequest, entry: Entry) -> None:
    """It was read."""
    rest = {k: v for k, v in request.session.get(_KEY, {}).items() if k != str(entry.administration.id)}
    request.session[_KEY] = rest
