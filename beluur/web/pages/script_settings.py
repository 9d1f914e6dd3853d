"""*Instellingen > Belscript*: what is said at each moment of a call, by language; changed, shown as it sounds, and ours again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.reset_playbook_line import reset_playbook_line
from beluur.actions.save_playbook_line import line_problems, save_playbook_line
from beluur.playbook import Line, OwnLine, playbook_language
from beluur.queries.script import ScriptLine, ScriptRow, line_example, refusals, script, script_line
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.forms.script import ScriptForm
from beluur.web.frame import in_words, show, show_part, tell
from beluur.web.script_words import GROUPS, gap_name, group_name, group_of, moment_name
from beluur.web.text_names import LANGUAGES


@dataclass(frozen=True, slots=True)
class Shown:
    """One line in the list."""

    name: str
    row: ScriptRow


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one stage or reason."""

    code: str
    name: str
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """How a line sounds, or why it cannot be said."""

    line: Line | None
    problems: tuple[str, ...] = ()


@require_GET
@entered(at_least="lead")
def script_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """All lines of one language; with words to look for, those that have them all."""
    wanted = request.GET.get("taal", "")
    language = wanted if wanted in LANGUAGES else playbook_language(translation.get_language() or "nl")
    words = request.GET.get("q", "")[:100]
    groups = tuple(_groups(script(entry.administration.id, language), words))
    return show(
        request,
        entry,
        "beluur/settings_scripts.html",
        section="settings",
        here="settings-scripts",
        language=language,
        languages=LANGUAGES.items(),
        words=words,
        stages=[group for group in groups if group.code in GROUPS],
        reasons=[group for group in groups if group.code not in GROUPS],
    )


def _groups(rows: Iterable[ScriptRow], words: str) -> Iterator[Group]:
    found: dict[str, list[ScriptRow]] = {group: [] for group in GROUPS}
    for row in rows:
        found.setdefault(group_of(row.moment), []).append(row)
    wanted = _plain(words).split()
    for code, together in found.items():
        name = in_words(group_name(code))
        shown = tuple(
            Shown(called, row)
            for row in together
            if _has(
                wanted, f"{name} {(called := in_words(moment_name(row.moment)))} {row.say} {row.line.text}"
            )
        )
        if shown:
            yield Group(code, name, shown)


def _has(wanted: list[str], text: str) -> bool:
    plain = _plain(text)
    return all(word in plain for word in wanted)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


@entered(at_least="lead")
def line_page(request: HttpRequest, entry: Entry, language: str, moment: str) -> HttpResponse:
    """One line, to be changed; the button to look at it saves nothing."""
    kept = _line(entry, language, moment)
    initial = {"say": kept.say, "hint": kept.hint}
    form = ScriptForm(request.POST or None, today=entry.today, initial=initial, language=language)
    written = _written(kept, form.typed() if form.is_bound else initial)
    if request.method == "POST":
        problems = line_problems(written)
        for field, problem in problems:
            form.refuse(Refused(problem, field))
        if not problems and "show" not in request.POST:
            save_playbook_line(entry.doer(request), written)
            tell(request, say("script.saved"))
            return HttpResponseRedirect(address(entry, "settings-script", language=language, moment=moment))
    return show(
        request,
        entry,
        "beluur/settings_script.html",
        section="settings",
        here="settings-scripts",
        status=422 if form.errors else 200,
        form=form,
        kept=kept,
        name=moment_name(moment),
        group=group_name(group_of(moment)),
        language_name=LANGUAGES[language],
        gaps=[(gap, gap_name(gap), gap in kept.must) for gap in kept.may],
        refused=refusals(kept) if kept.changed_at else (),
        example=_example(entry, written),
    )


@require_POST
@entered(at_least="lead")
def line_example_part(request: HttpRequest, entry: Entry, language: str, moment: str) -> HttpResponse:
    """How what is being typed would sound; saves nothing."""
    kept = _line(entry, language, moment)
    written = _written(kept, {name: request.POST.get(name, "") for name in ("say", "hint")})
    return show_part(
        request, entry, "beluur/script_example.html", example=_example(entry, written), kept=kept
    )


@require_POST
@entered(at_least="lead")
def line_reset(request: HttpRequest, entry: Entry, language: str, moment: str) -> HttpResponse:
    """Our own line again."""
    kept = _line(entry, language, moment)
    return done(
        request,
        lambda: reset_playbook_line(entry.doer(request), language=kept.language, moment=kept.moment),
        to=address(entry, "settings-script", language=language, moment=moment),
        told=say("script.reset"),
    )


def _line(entry: Entry, language: str, moment: str) -> ScriptLine:
    found = script_line(entry.administration.id, language, moment)
    if found is None:
        raise Http404
    return found


def _written(kept: ScriptLine, typed: dict[str, str]) -> OwnLine:
    return OwnLine(kept.language, kept.moment, typed["say"], typed["hint"])


def _example(entry: Entry, written: OwnLine) -> Example:
    problems = tuple(dict.fromkeys(in_words(problem) for _, problem in line_problems(written)))
    if problems:
        return Example(None, problems)
    return Example(line_example(entry.administration.id, written))


_ONE = "instellingen/belscript/<slug:language>/<str:moment>"
urls = [
    path("instellingen/belscript", script_page, name="settings-scripts"),
    path(_ONE, line_page, name="settings-script"),
    path(f"{_ONE}/voorbeeld", line_example_part, name="settings-script-example"),
    path(f"{_ONE}/terug", line_reset, name="settings-script-reset"),
]
