"""How did the delivery go (C3)? Asked of the colleague who knows, and answered from *Taken*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from beluur.actions.answer_delivery import answer_delivery
from beluur.actions.ask_delivery import ask_delivery
from beluur.queries.delivery_mail import to_answer, to_ask
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, form_page, safe_next
from beluur.web.forms.deliveries import AnswerDeliveryForm, AskForm
from beluur.web.pages.by_hand import dossier_form


@entered
def delivery_ask(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Who was responsible stands there already, when he is known."""
    invoice = typed_number(request.GET.get("factuur", ""))
    ask = to_ask(entry.administration.id, debtor, invoice)
    initial = {
        "user": str(ask.user_id or ""),
        "name": "" if ask.user_id else ask.name,
        "invoice": str(invoice or ""),
    }
    form = AskForm(request.POST or None, today=entry.today, ask=ask, initial=initial)

    def do(_said: Mapping[str, Any]) -> None:
        ask_delivery(entry.doer(request), debtor_id=debtor, asking=form.asking())

    told = say("delivery.asked" if entry.administration.sends_mail else "delivery.asked_not_sent")
    return dossier_form(
        request,
        entry,
        debtor,
        form,
        do,
        title=_("vragen hoe de levering ging"),
        button=_("Mail de vraag"),
        told=told,
        lead=_("Het antwoord wordt binnen twee werkdagen verwacht; tot dan staat de vraag bij Taken."),
    )


@entered
def delivery_answer(request: HttpRequest, entry: Entry, task: int) -> HttpResponse:
    """What the colleague answered: it stands with the delivery from now on."""
    now = to_answer(entry.administration.id, task)
    form = AnswerDeliveryForm(request.POST or None, today=entry.today, initial={"note": now.note})
    to = safe_next(request, address(entry, "dossier", debtor=now.debtor_id))

    def do(said: Mapping[str, Any]) -> None:
        answer_delivery(entry.doer(request), task_id=task, note=said["note"])

    about = _("factuur %(number)s") % {"number": now.invoice} if now.invoice else _("de leveringen")
    lead = f"{now.asked}: {now.question}" if now.asked else now.question
    title = f"{now.debtor}: {about}"
    return form_page(request, entry, form, do, to=to, title=title, back=to, section="to-do", lead=lead)


urls = [
    path("debiteuren/<int:debtor>/levering", delivery_ask, name="delivery-ask"),
    path("taken/<int:task>/levering", delivery_answer, name="delivery-answer"),
]
