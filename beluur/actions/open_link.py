"""The debtor looks at his page, or takes an invoice from it: each visit is on the timeline, once (J9)."""

from __future__ import annotations

from typing import Any

from beluur.actions.link_row import the_link
from beluur.actions.once import Doer, once, put_on_record
from beluur.domain.personal_link import is_new_visit
from beluur.store.models import Invoice, PersonalLink
from beluur.store.save import Happening
from beluur.values.sentence import Sentence, say


def open_link(doer: Doer, link_id: int) -> None:
    """He tapped to see it; ``doer`` is the debtor. Raises LinkGone when it opens no more."""

    def do() -> dict[str, Any]:
        link, _ = the_link(doer, link_id)
        if is_new_visit(link.seen_at, doer.at):
            link.opened_at, link.seen_at = link.opened_at or doer.at, doer.at
            link.save(update_fields=["opened_at", "seen_at"])
            kind = say(f"outbox.kind.{link.message.kind}")
            tell_link(doer, link, "link_opened", say("event.link_opened", kind=kind, to=link.message.to))
        return {}

    once(doer, "open_link", do)


def open_link_invoice(doer: Doer, link_id: int, invoice_id: int) -> None:
    """He opened the copy of that invoice. Raises LinkGone, and Invoice.DoesNotExist when the page does not show it."""

    def do() -> dict[str, Any]:
        link, debtor = the_link(doer, link_id)
        if invoice_id not in link.invoices:
            raise Invoice.DoesNotExist
        rows = Invoice.objects.filter(administration_id=doer.administration_id, debtor=debtor)
        number = rows.values_list("number", flat=True).get(id=invoice_id)
        if str(invoice_id) not in link.opened_invoices:
            link.opened_invoices = {**link.opened_invoices, str(invoice_id): doer.at.isoformat()}
            link.save(update_fields=["opened_invoices"])
            tell_link(doer, link, "link_invoice_opened", say("event.link_invoice_opened", number=number))
        return {}

    once(doer, "open_link_invoice", do)


def tell_link(
    doer: Doer,
    link: PersonalLink,
    kind: str,
    said: Sentence,
    lines: tuple[Sentence, ...] = (),
    *,
    note: str = "",
    **facts: Any,
) -> None:
    """One event about this link on the timeline."""
    record = {"link": link.id, "message": link.message_id, **facts}
    put_on_record(
        doer, Happening(link.debtor_id, kind, said, lines, note=note, facts=record, call_id=link.call_id)
    )
