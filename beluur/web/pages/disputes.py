"""A dispute outside a call: entered, put right, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beluur.actions.add_dispute import add_dispute
from beluur.actions.answer_dispute import answer_dispute
from beluur.actions.correct_dispute import correct_dispute
from beluur.mailroom.texts_file import mail_language
from beluur.queries.dispute_answers import answer_mailing, answer_objections, recipient_of_answer
from beluur.queries.disputes import contestable, dispute_to_change
from beluur.queries.entry import members
from beluur.queries.outbox import mail_leaves, with_pictures
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, safe_next
from beluur.web.forms.disputes import (
    AnswerForm,
    ChangeDisputeForm,
    NewDisputeForm,
    dispute_initial,
    placed,
)
from beluur.web.frame import in_words, show, tell, tell_trouble
from beluur.web.letter_frame import data_uris, framed_html
from beluur.web.pages.by_hand import dossier_form
from beluur.web.text_names import LANGUAGES


@entered
def dispute_new(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """The debtor contests something, by mail or by letter."""
    here = entry.administration.id
    form = NewDisputeForm(
        request.POST or None,
        today=entry.today,
        members=members(here),
        invoices=contestable(here, debtor, entry.today),
        initial={"invoice": request.GET.get("factuur", ""), "owner_user": str(entry.user.pk)},
    )

    def do(said: Mapping[str, Any]) -> None:
        try:
            add_dispute(
                entry.doer(request), debtor_id=debtor, invoice_id=int(said["invoice"]), facts=form.facts()
            )
        except Refused as refused:
            raise placed(refused) from refused

    return dossier_form(request, entry, debtor, form, do, title=_("betwisting vastleggen"))


@entered
def dispute_change(request: HttpRequest, entry: Entry, dispute: int) -> HttpResponse:
    """Noted wrongly, or somebody else answers it; both versions stay on file."""
    now = dispute_to_change(entry.administration.id, dispute)
    form = ChangeDisputeForm(
        request.POST or None,
        today=entry.today,
        members=members(entry.administration.id),
        initial=dispute_initial(now.form),
    )

    def do(said: Mapping[str, Any]) -> None:
        try:
            correct_dispute(entry.doer(request), dispute, form.facts(), why=said["why"], send=said["send"])
        except Refused as refused:
            raise placed(refused) from refused

    title = _("betwisting van %(number)s wijzigen") % {"number": now.number}
    return dossier_form(request, entry, now.debtor_id, form, do, title=title)


@entered
def dispute_answer(request: HttpRequest, entry: Entry, dispute: int) -> HttpResponse:
    """What settles it, and the mail to the debtor; on to where one came from."""
    here = entry.administration.id
    now = dispute_to_change(here, dispute)
    recipient = recipient_of_answer(here, dispute)
    form = AnswerForm(request.POST or None, today=entry.today, initial={"to": recipient.email})
    form.fields["words"].help_text = _("In de taal van de klant: %(language)s.") % {
        "language": LANGUAGES[mail_language(recipient.language)]
    }
    back = safe_next(request, address(entry, "dossier", debtor=now.debtor_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            message = answer_dispute(
                entry.doer(request), dispute, form.answer(), to=said["to"], send=said["send"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            _tell_answered(request, entry, message)
            return HttpResponseRedirect(back)
    return show(
        request,
        entry,
        "beluur/dispute_answer.html",
        section="to-do",
        status=422 if form.is_bound else 200,
        form=form,
        contested=now,
        debtor_name=recipient.debtor,
        back=back,
    )


def _tell_answered(request: HttpRequest, entry: Entry, message: int) -> None:
    if not message:
        tell(request, say("dispute_answer.told"))
    elif mail_leaves(entry.administration.id, message):
        tell(request, say("dispute_answer.queued"))
    else:
        tell_trouble(request, say("dispute_answer.not_sent"))


@require_POST
@entered
def dispute_answer_preview(request: HttpRequest, entry: Entry, dispute: int) -> HttpResponse:
    """How the mail reads with what is being typed, for a frame."""
    here = entry.administration.id
    dispute_to_change(here, dispute)  # of another administration: there is no such page
    form = AnswerForm(request.POST, today=entry.today)
    wrong = [error for errors in form.errors.values() for error in errors]
    if not wrong:
        wrong = [in_words(o.sentence) for o in answer_objections(here, dispute, form.answer())]
    if wrong:
        return framed_html(render_to_string("beluur/letter_problems.html", {"lines": wrong}))
    mailing = answer_mailing(
        here, dispute, form.answer(), entry.now, caller=entry.user.name, to=form.cleaned_data["to"]
    )
    return framed_html(with_pictures(mailing.mail.html, data_uris(mailing.mail.images)))


urls = [
    path("betwistingen/<int:dispute>", dispute_answer, name="dispute-answer"),
    path("betwistingen/<int:dispute>/voorbeeld", dispute_answer_preview, name="dispute-answer-preview"),
    path("debiteuren/<int:debtor>/betwisting", dispute_new, name="dispute-new"),
    path("betwistingen/<int:dispute>/wijzigen", dispute_change, name="dispute-change"),
]
