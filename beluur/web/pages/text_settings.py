"""*Instellingen > Teksten*: what the mails say, per kind and language; changed, shown, and ours again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beluur.actions.reset_template import reset_template
from beluur.actions.save_template import save_template, template_problems
from beluur.actions.try_text import try_text
from beluur.mailroom.letter_sheet import letter_pictures, sheet_text
from beluur.mailroom.texts_file import MailKind, Template
from beluur.queries.mail_templates import Text, example_debtors, named, text_of, texts
from beluur.queries.outbox import with_pictures
from beluur.queries.search import search
from beluur.queries.text_example import ON_PAPER, text_example
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.mail import TextForm
from beluur.web.frame import in_words, show, show_part, tell, tell_trouble
from beluur.web.letter_frame import data_uris, framed_html, sheet_html, with_notes
from beluur.web.text_names import INLINE, KINDS, LANGUAGES, PIECES


@require_GET
@entered(at_least="lead")
def texts_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """All texts."""
    rows = [
        (row.kind, KINDS[row.kind], [(code, LANGUAGES[code], *state) for code, *state in row.languages])
        for row in texts(entry.administration.id)
    ]
    return show(
        request, entry, "beluur/settings_texts.html", section="settings", here="settings-texts", rows=rows
    )


@entered(at_least="lead")
def text_page(request: HttpRequest, entry: Entry, kind: str, language: str) -> HttpResponse:
    """One text, to be changed; also the search for a dossier to show it with, and the test, in which what is typed stays."""
    text = _text(entry, kind, language)
    initial = {"subject": text.template.subject, "body": text.template.body}
    form = TextForm(request.POST or None, today=entry.today, initial=initial)
    do = request.POST.get("do", "save")
    if request.method == "POST" and do != "find" and form.is_valid():
        written = Template(form.cleaned_data["subject"], form.cleaned_data["body"])
        try:
            if do == "try":
                _try(request, entry, replace(text, template=written))
            else:
                save_template(entry.doer(request), kind=text.kind, language=language, template=written)
                tell(request, say("texts.saved"))
                return HttpResponseRedirect(address(entry, "settings-text", kind=kind, language=language))
        except Refused as refused:
            if refused.field:
                _refuse_all(form, text.kind, written)
            else:
                tell_trouble(request, refused.sentence)
    return _shown(request, entry, text, form, status=422 if form.errors else 200)


def _try(request: HttpRequest, entry: Entry, text: Text) -> None:
    to = try_text(
        entry.doer(request),
        text,
        debtor_id=_chosen(request),
        language=translation.get_language() or "nl",
    )
    tell(request, say("texts.test_sent", to=to))


def _refuse_all(form: TextForm, kind: MailKind, written: Template) -> None:
    for field, problem in template_problems(kind, written):
        form.refuse(Refused(problem, field))


def _shown(request: HttpRequest, entry: Entry, text: Text, form: TextForm, *, status: int) -> HttpResponse:
    wrong = template_problems(text.kind, text.template)
    return show(
        request,
        entry,
        "beluur/settings_text.html",
        section="settings",
        here="settings-texts",
        status=status,
        form=form,
        text=text,
        broken=say("texts.broken", why=wrong[0][1]) if wrong else None,
        kind_name=KINDS[text.kind],
        language_name=LANGUAGES[text.language],
        find=request.POST.get("find", ""),
        dossiers=_dossiers(entry, request.POST.get("find", ""), _chosen(request)),
        chosen=_chosen(request),
        on_paper=text.kind in ON_PAPER,
        inline=sorted(INLINE.items()),
        pieces=sorted(PIECES.items()),
    )


@require_GET
@entered(at_least="lead")
def text_dossiers(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The dossiers to choose from while one types; no page by itself."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address(entry, "settings-texts"))
    chosen = typed_number(request.GET.get("debtor", ""))
    dossiers = _dossiers(entry, request.GET.get("find", ""), chosen)
    return show_part(request, entry, "beluur/parts/text_dossiers.html", dossiers=dossiers, chosen=chosen)


def _dossiers(entry: Entry, find: str, chosen: int | None) -> list[tuple[int, str]]:
    """Those that were looked for, or those with the most overdue; the chosen one stays in front."""
    here = entry.administration.id
    find = find.strip()[:100]
    found = [(hit.id, hit.name) for hit in search(here, find)] if find else list(example_debtors(here))
    kept = named(here, chosen) if chosen is not None else None
    return [kept, *(one for one in found if one[0] != chosen)] if kept else found


def _chosen(request: HttpRequest) -> int | None:
    return typed_number(request.POST.get("debtor", ""))


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
    found = text_example(
        entry.administration.id, text, today=entry.today, caller=entry.user.name, debtor_id=_chosen(request)
    )
    notes = [in_words(note) for note in found.notes]
    if found.sheet is not None:
        pages = letter_pictures(found.sheet, language)
        return framed_html(sheet_html(pages, sheet_text(found.sheet), found.sheet["language"], notes))
    html = with_pictures(found.mail.html, data_uris(found.mail.images))
    return framed_html(with_notes(html, notes))


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
    path("instellingen/teksten/dossiers", text_dossiers, name="settings-text-dossiers"),
    path(_ONE, text_page, name="settings-text"),
    path(f"{_ONE}/voorbeeld", text_preview, name="settings-text-preview"),
    path(f"{_ONE}/terug", text_reset, name="settings-text-reset"),
]
