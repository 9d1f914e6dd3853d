"""A debtor with a personal link in his mailbox: a call that ended in a promise, and the token of its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from beluur.actions.keep_document import keep_document
from beluur.domain.call_report import CallReport
from beluur.store.models import Administration, Invoice, Message, PersonalLink
from beluur.store.sealing import unseal
from tests.actions.calls import hold_call, promise
from tests.calls_world import business
from tests.world import TODAY, World

ADDRESS = "https://klant.proef.example"
FRIDAY = TODAY + timedelta(days=4)
PDF = b"%PDF-1.7 een factuur"


def with_address(world: World, **more: str) -> None:
    """Debtors reach us from outside."""
    Administration.objects.filter(id=world.id).update(public_address=ADDRESS, **more)


def with_copies(world: World, debtor: int) -> None:
    """Each invoice of his has its copy."""
    for invoice, number in Invoice.objects.filter(debtor_id=debtor).values_list("id", "number"):
        keep_document(world.doer, name=f"{number}.pdf", content=PDF, invoice_id=invoice)


def confirmed(
    world: World, report: CallReport | None = None, *, state: str = "sent", **debtor: Any
) -> PersonalLink:
    """He promised 500 for Friday, unless ``report`` says otherwise; gives the link of the confirmation, which is in ``state``."""
    with_address(world)
    found = business(world, **debtor)
    said = report or promise(500_00)
    hold_call(world.doer, found, replace(said, confirm_to="m@example.org"))
    Message.objects.filter(debtor_id=found, kind="confirmation").update(state=state)
    return PersonalLink.objects.select_related("message").get(debtor_id=found)


def token_of(link: PersonalLink) -> str:
    """The token, which stands in the mail only."""
    token = unseal(link.sealed)
    assert token
    return token
