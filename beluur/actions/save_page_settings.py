"""Saves where debtors reach their own page (J9), and the payment page that it leads to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from beluur.actions.once import Doer, once
from beluur.mailroom.payment_link import payment_link_problem
from beluur.store.models import Administration
from beluur.values.problem import Refused
from beluur.values.sentence import say


def save_page_settings(doer: Doer, *, public_address: str, payment_link: str) -> None:
    """An empty address: mails go without a link, and the plain reply is the way. Refused at the field that is not right."""

    def do() -> dict[str, Any]:
        pay = payment_link.strip()
        check_payment_link(pay)
        columns = {"public_address": checked_address(public_address), "payment_link": pay}
        Administration.objects.filter(id=doer.administration_id).update(**columns)
        return {}

    once(doer, "save_page_settings", do)


def check_payment_link(text: str) -> None:
    """Refuses what cannot be a payment link; empty is none."""
    if text and (problem := payment_link_problem(text)):
        raise Refused(problem, "payment_link")


def checked_address(text: str) -> str:
    """The address without a slash at its end; empty stays empty. Refused when it is not https, or more than a name and a port."""
    address = text.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        known = f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError as wrong:
        raise Refused(say("link.address_https"), "public_address") from wrong
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or not parts.hostname or address.lower() != known:
        raise Refused(say("link.address_https"), "public_address")
    return known
