"""What a debtor takes from his page: the copy of an invoice, and the agreed days for his calendar."""

from __future__ import annotations

from datetime import datetime

from beluur.mailroom.calendar_file import CalendarEntry, calendar_file
from beluur.mailroom.epc import grouped_iban
from beluur.mailroom.facts import CreditorFacts
from beluur.queries.agreement_now import agreement_now
from beluur.queries.documents import KeptFile, kept_file
from beluur.queries.mail_facts import creditor_facts
from beluur.queries.personal_link import FoundLink
from beluur.queries.personal_pay import how_to_pay, page_invoices
from beluur.store.models import Invoice, PersonalLink
from beluur.values.money import Money


def page_copy(link: FoundLink, invoice_id: int) -> KeptFile:
    """The copy of an invoice that is on the page. Raises Invoice.DoesNotExist when it is not, or has none."""
    row = _row(link)
    here = Invoice.objects.filter(administration_id=link.administration_id, debtor_id=row.debtor_id)
    on_page = here.filter(id__in=row.invoices).exclude(copy=None)
    document_id = on_page.values_list("copy_id", flat=True).get(id=invoice_id)
    assert document_id is not None
    return kept_file(link.administration_id, document_id)


def page_calendar(link: FoundLink, now: datetime) -> bytes | None:
    """The days that are to come as a calendar file; None when there are none."""
    row = _row(link)
    if row.call_id is None or not row.agreement:
        return None
    agreed = agreement_now(link.administration_id, row.call_id, link.time_zone, row.debtor.currency)
    creditor, _ = creditor_facts(link.administration_id, "")
    pay = how_to_pay(row, agreed, page_invoices(row, link.voice), creditor, link.voice)
    entries = [
        CalendarEntry(
            f"{row.token_hash[:16]}-{on:%Y%m%d}@beluur",
            link.voice.page(
                "event_pay",
                creditor=creditor.name,
                amount=link.voice.money(Money(cents, agreed.shown.currency)),
            ),
            on,
            text=_how(creditor, pay.reference, link),
            reminds=True,
        )
        for on, cents in agreed.to_pay
    ]
    if agreed.shown.callback:
        title = link.voice.page("event_call", creditor=creditor.name)
        at = agreed.shown.callback
        entries.append(
            CalendarEntry(f"{row.token_hash[:16]}-call@beluur", title, at.date(), at, reminds=True)
        )
    if not entries:
        return None
    return calendar_file(creditor.name, entries, (), time_zone=link.time_zone, now=now)


def _how(creditor: CreditorFacts, reference: str, link: FoundLink) -> str:
    if not reference:
        return ""
    return link.voice.page("event_text", iban=grouped_iban(creditor.iban), reference=reference)


def _row(link: FoundLink) -> PersonalLink:
    rows = PersonalLink.objects.filter(administration_id=link.administration_id)
    return rows.select_related("debtor").get(id=link.id)
