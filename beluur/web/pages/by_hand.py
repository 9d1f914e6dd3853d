"""Forms of a dossier: each one short page, each one action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beluur.actions.add_contact import ContactFacts, add_contact
from beluur.actions.add_debtor import add_debtor
from beluur.actions.add_invoice import add_invoice
from beluur.actions.add_note import add_note
from beluur.actions.change_contact import change_contact, remove_contact
from beluur.actions.change_debtor import change_debtor
from beluur.actions.change_invoice import change_invoice
from beluur.actions.debtor_facts import DebtorFacts
from beluur.actions.invoice_facts import InvoiceFacts
from beluur.actions.keep_document import keep_document
from beluur.actions.record_payment import record_payment
from beluur.actions.record_reminder import record_reminder
from beluur.actions.reverse_payment import reverse_payment
from beluur.queries.dossier import open_invoices
from beluur.queries.to_change import (
    contact_to_change,
    debtor_name,
    debtor_to_change,
    invoice_to_change,
    payment_to_reverse,
)
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done, form_page
from beluur.web.forms.by_hand import (
    ContactForm,
    DebtorForm,
    DocumentForm,
    InvoiceForm,
    NewDebtorForm,
    NoteForm,
    PaymentForm,
    ReasonForm,
    ReminderForm,
)
from beluur.web.forms.fields import ShortForm
from beluur.words import money_text

_ANSWERS = {"yes": True, "no": False, "": None}


def dossier_form(
    request: HttpRequest, entry: Entry, debtor: int, form: ShortForm, do: Any, *, title: str, **context: Any
) -> HttpResponse:
    """A form that belongs to a debtor: headed by his name, and back to his dossier."""
    name = debtor_name(entry.administration.id, debtor)
    to = address(entry, "dossier", debtor=debtor)
    return form_page(request, entry, form, do, to=to, title=f"{name}: {title}", back=to, **context)


@entered
def debtor_new(request: HttpRequest, entry: Entry) -> HttpResponse:
    """A new debtor."""
    initial = {"country": entry.administration.country, "kind_known": True}
    form = NewDebtorForm(request.POST or None, today=entry.today, initial=initial)
    return form_page(
        request,
        entry,
        form,
        lambda said: add_debtor(entry.doer(request), facts=DebtorFacts(**said)),
        to=lambda debtor: address(entry, "dossier", debtor=debtor),
        title=_("Debiteur toevoegen"),
        back=address(entry, "debtors"),
    )


@entered
def debtor_edit(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """His data."""
    initial = debtor_to_change(entry.administration.id, debtor)
    form = DebtorForm(request.POST or None, today=entry.today, initial=initial)

    def do(said: Mapping[str, Any]) -> None:
        change_debtor(entry.doer(request), debtor_id=debtor, facts=DebtorFacts(**said))

    return dossier_form(request, entry, debtor, form, do, title=_("gegevens"))


@entered
def contact_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A new contact."""
    form = ContactForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        add_contact(entry.doer(request), debtor_id=debtor, facts=ContactFacts(**said))

    return dossier_form(request, entry, debtor, form, do, title=_("contactpersoon toevoegen"))


@entered
def contact_edit(request: HttpRequest, entry: Entry, contact: int) -> HttpResponse:
    """His or her data."""
    debtor, initial = contact_to_change(entry.administration.id, contact)
    form = ContactForm(request.POST or None, today=entry.today, initial=initial)

    def do(said: Mapping[str, Any]) -> None:
        change_contact(entry.doer(request), contact_id=contact, facts=ContactFacts(**said))

    remove = address(entry, "contact-remove", contact=contact)
    return dossier_form(
        request,
        entry,
        debtor,
        form,
        do,
        title=_("contactpersoon"),
        also="beluur/parts/remove.html",
        remove_url=remove,
    )


@require_POST
@entered
def contact_remove(request: HttpRequest, entry: Entry, contact: int) -> HttpResponse:
    """No longer there."""
    debtor, _row = contact_to_change(entry.administration.id, contact)
    to = address(entry, "dossier", debtor=debtor)
    return done(request, lambda: remove_contact(entry.doer(request), contact_id=contact), to=to)


@entered
def invoice_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A new invoice or credit note, as it stands today."""
    form = InvoiceForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        add_invoice(entry.doer(request), debtor_id=debtor, facts=_facts(said), as_of=entry.today)

    return dossier_form(request, entry, debtor, form, do, title=_("factuur toevoegen"))


@entered
def invoice_edit(request: HttpRequest, entry: Entry, invoice: int) -> HttpResponse:
    """What is known of an invoice."""
    debtor, initial = invoice_to_change(entry.administration.id, invoice)
    form = InvoiceForm(request.POST or None, today=entry.today, initial=initial)

    def do(said: Mapping[str, Any]) -> None:
        change_invoice(entry.doer(request), invoice_id=invoice, facts=_facts(said), as_of=entry.today)

    title = _("factuur %(number)s") % {"number": initial["number"]}
    return dossier_form(request, entry, debtor, form, do, title=title)


def _facts(said: Mapping[str, Any]) -> InvoiceFacts:
    return InvoiceFacts(**{**said, "exempt_cents": said["exempt_cents"] or 0})


@entered
def payment_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A payment; asks whether it is counted already where that is not certain."""
    invoices = open_invoices(entry.administration.id, debtor, entry.now)
    form = PaymentForm(
        request.POST or None, today=entry.today, invoices=invoices, initial={"day": entry.today}
    )

    def do(said: Mapping[str, Any]) -> None:
        record_payment(
            entry.doer(request),
            debtor_id=debtor,
            day=said["day"],
            cents=said["cents"],
            today=entry.today,
            way=said["way"],
            text=said["text"],
            invoice_ids=[int(i) for i in said["invoice_ids"]],
            counted=_ANSWERS[said["counted"]],
        )

    return dossier_form(request, entry, debtor, form, do, title=_("betaling"))


@entered
def payment_reverse(request: HttpRequest, entry: Entry, payment: int) -> HttpResponse:
    """A payment that was none, or bounced."""
    debtor, amount = payment_to_reverse(entry.administration.id, payment)
    form = ReasonForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        reverse_payment(entry.doer(request), payment_id=payment, reason=said["reason"])

    title = _("betaling van %(amount)s terugdraaien") % {"amount": money_text(amount)}
    return dossier_form(request, entry, debtor, form, do, title=title, button=_("Draai terug"))


@entered
def reminder_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A reminder that went out before or beside us."""
    form = ReminderForm(
        request.POST or None, today=entry.today, initial={"level": request.GET.get("level", "")}
    )

    def do(said: Mapping[str, Any]) -> None:
        numbers = [i.number for i in open_invoices(entry.administration.id, debtor, entry.now) if i.days_late]
        record_reminder(
            entry.doer(request), debtor_id=debtor, today=entry.today, invoice_numbers=numbers, **said
        )

    return dossier_form(request, entry, debtor, form, do, title=_("herinnering die al is verstuurd"))


@entered
def note_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A note on the timeline."""
    form = NoteForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        add_note(entry.doer(request), debtor_id=debtor, text=said["text"])

    return dossier_form(request, entry, debtor, form, do, title=_("notitie"))


@entered
def document_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """A file, perhaps the copy of an invoice."""
    invoices = open_invoices(entry.administration.id, debtor, entry.now)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        today=entry.today,
        invoices=invoices,
        initial={"invoice": request.GET.get("invoice", "")},
    )

    def do(said: Mapping[str, Any]) -> None:
        invoice = int(said["invoice"]) if said["invoice"] else None
        file = said["file"]
        keep_document(
            entry.doer(request), name=file.name, content=file.read(), debtor_id=debtor, invoice_id=invoice
        )

    return dossier_form(request, entry, debtor, form, do, title=_("document toevoegen"))


urls = [
    path("debiteuren/nieuw", debtor_new, name="debtor-new"),
    path("debiteuren/<int:debtor>/gegevens", debtor_edit, name="debtor-edit"),
    path("debiteuren/<int:debtor>/contact", contact_new, name="contact-new"),
    path("contacten/<int:contact>", contact_edit, name="contact-edit"),
    path("contacten/<int:contact>/weg", contact_remove, name="contact-remove"),
    path("debiteuren/<int:debtor>/factuur", invoice_new, name="invoice-new"),
    path("facturen/<int:invoice>", invoice_edit, name="invoice-edit"),
    path("debiteuren/<int:debtor>/betaling", payment_new, name="payment-new"),
    path("betalingen/<int:payment>/terug", payment_reverse, name="payment-reverse"),
    path("debiteuren/<int:debtor>/herinnering", reminder_new, name="reminder-new"),
    path("debiteuren/<int:debtor>/notitie", note_new, name="note-new"),
    path("debiteuren/<int:debtor>/document", document_new, name="document-new"),
]
