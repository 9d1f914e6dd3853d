"""One mail that came in, answered from the dossier: what he wrote, what one answers, and how that will read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beluur.actions.answer_mail_in import answer_mail_in
from beluur.queries.mail_answer import ToAnswer, answer_to_mail, answerable, mail_to_answer
from beluur.queries.outbox import mail_leaves, with_pictures
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, safe_next
from beluur.web.forms.mail_answer import MailAnswerForm
from beluur.web.frame import show, tell, tell_trouble
from beluur.web.letter_frame import data_uris, framed_html
from beluur.web.text_names import LANGUAGES


@entered
def mail_answer(request: HttpRequest, entry: Entry, reply: int) -> HttpResponse:
    """The form; POST sends it, once."""
    mail = mail_to_answer(entry.administration.id, reply)
    dossier = address(entry, "dossier", debtor=mail.debtor_id)
    back = safe_next(request, dossier)
    form = _form(request, entry, mail)
    if request.method == "POST" and form.is_valid():
        try:
            message = answer_mail_in(entry.doer(request), reply, form.cleaned_data["words"])
        except Refused as refused:
            form.refuse(refused)
        else:
            _tell_answered(request, entry, message)
            return HttpResponseRedirect(back)
    if mail.state == "answered" and not form.is_bound:
        tell_trouble(request, say("mail_in.answered_before"))
        return HttpResponseRedirect(dossier)
    return show(
        request,
        entry,
        "beluur/mail_answer.html",
        section="to-do",
        status=422 if form.is_bound else 200,
        form=form,
        mail=mail,
        back=back,
    )


def _form(request: HttpRequest, entry: Entry, mail: ToAnswer) -> MailAnswerForm:
    form = MailAnswerForm(
        request.POST or None, today=entry.today, initial={"words": f"{mail.begins}\n\n"}, auto_id="id_%s"
    )
    form.fields["words"].help_text = _("In de taal van de klant: %(language)s.") % {
        "language": LANGUAGES[mail.language]
    }
    return form


def _tell_answered(request: HttpRequest, entry: Entry, message: int) -> None:
    if mail_leaves(entry.administration.id, message):
        tell(request, say("mail_in.queued"))
    else:
        tell_trouble(request, say("mail_in.not_sent"))


@require_POST
@entered
def mail_answer_preview(request: HttpRequest, entry: Entry, reply: int) -> HttpResponse:
    """How it reads with what is being typed, for a frame."""
    mail = answerable(entry.administration.id).get(id=reply)
    form = MailAnswerForm(request.POST, today=entry.today)
    if not form.is_valid():
        wrong = [error for errors in form.errors.values() for error in errors]
        return framed_html(render_to_string("beluur/letter_problems.html", {"lines": wrong}))
    found = answer_to_mail(mail, form.cleaned_data["words"], entry.now, caller=entry.user.name).mail
    return framed_html(with_pictures(found.html, data_uris(found.images)))


urls = [
    path("antwoorden/<int:reply>/beantwoorden", mail_answer, name="mail-answer"),
    path("antwoorden/<int:reply>/voorbeeld", mail_answer_preview, name="mail-answer-preview"),
]
