"""*Instellingen > Teksten*: what the mails say, per kind and language; changed, shown, and ours again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beluur.actions.reset_template import reset_template
from beluur.actions.save_template import save_template, template_problems
from beluur.mailroom.texts_file import Template
from beluur.queries.mail_templates import Text, example_debtors, text_example, text_of, texts
from beluur.queries.outbox import with_pictures
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.mail import TextForm
from beluur.web.frame import in_words, show, tell
from beluur.web.letter_frame import data_uris, framed_html
from beluur.web.text_names import INLINE, KINDS, LANGUAGES, PIECES


@require_GET
@entered(at_least="lead")
def texts_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """All texts."""
    rows = [
        (row.kind, KINDS[row.kind], [(code, LANGUAGES[code], changed) for code, changed in row.languages])
        for row in texts(entry.administration.id)
    ]
    return show(
        request, entry, "beluur/settings_texts.html", section="settings", here="settings-texts", rows=rows
    )


@entered(at_least="lead")
def text_page(request: HttpRequest, entry: Entry, kind: str, language: str) -> HttpResponse:
    """One text, to be changed."""
    text = _text(entry, kind, language)
    initial = {"subject": text.template.subject, "body": text.template.body}
    form = TextForm(request.POST or None, today=entry.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        written = Template(form.cleaned_data["subject"], form.cleaned_data["body"])
        problems = template_problems(text.kind, written)
        for field, problem in problems:
            form.refuse(Refused(problem, field))
        if not problems:
            save_template(entry.doer(request), kind=text.kind, language=language, template=written)
            tell(request, say("texts.saved"))
            return HttpResponseRedirect(address(entry, "settings-text", kind=kind, language=language))
    return show(
        request,
        entry,
        "beluur/settings_text.html",
        section="settings",
        here="settings-texts",
        status=422 if form.errors else 200,
        form=form,
        text=text,
        kind_name=KINDS[kind],
        language_name=LANGUAGES[language],
        debtors=example_debtors(entry.administration.id),
        inline=sorted(INLINE.items()),
        pieces=sorted(PIECES.items()),
    )


@require_http_methods(["GET", "POST"])
@entered(at_least="lead")
def text_preview(request: HttpRequest, entry: Entry, kind: str, language: str) -> HttpResponse:
    """How the mail would look, for a frame: what is being typed (POST) or what holds (GET)."""
    text = _text(entry, kind, language)
    if request.method == "POST":
        written = Template(request.POST.get("subject", ""), request.POST.get("body", ""))
        if problems := template_problems(text.kind, written):
            return framed_html(_plain([in_words(problem) for _, problem in problems]))
        text = Text(text.kind, language, written)
    debtor = request.POST.get("debtor", "")
    mail = text_example(
        entry.administration.id,
        text,
        today=entry.today,
        caller=entry.user.name,
        debtor_id=int(debtor) if debtor.isdecimal() else None,
    )
    return framed_html(with_pictures(mail.html, data_uris(mail.images)))


@require_POST
@entered(at_least="lead")
def text_reset(request: HttpRequest, entry: Entry, kind: str, language: str) -> HttpResponse:
    """Our own text again."""
    text = _text(entry, kind, language)
    to = address(entry, "settings-text", kind=kind, language=language)
    return done(
        request,
        lambda: reset_template(entry.doer(request), kind=text.kind, language=language),
        to=to,
        told=say("texts.reset"),
    )


def _text(entry: Entry, kind: str, language: str) -> Text:
    text = text_of(entry.administration.id, kind, language)
    if text is None:
        raise Http404
    return text


def _plain(lines: list[Any]) -> str:
    return render_to_string("beluur/letter_problems.html", {"lines": lines})


_ONE = "instellingen/teksten/<slug:kind>/<slug:language>"
urls = [
    path("instellingen/teksten", texts_page, name="settings-texts"),
    path(_ONE, text_page, name="settings-text"),
    path(f"{_ONE}/voorbeeld", text_preview, name="settings-text-preview"),
    path(f"{_ONE}/terug", text_reset, name="settings-text-reset"),
]
