"""*Instellingen > Stappenplan*: the ladder of each kind of debtor, and what a change would do today before it holds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from beluur.actions.save_ladder import reset_ladder, save_ladder
from beluur.domain.ladder import Ladder
from beluur.domain.ladder_check import check, law_says, refusals
from beluur.domain.ladder_shipped import rules_of
from beluur.queries.ladders import LadderOf, ladders_of, would_change
from beluur.values.problem import Problem
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.forms.ladder import fingerprint, picture, rung_rows, typed_ladder
from beluur.web.frame import show, tell
from beluur.web.ladder_words import WHOM
from beluur.web.step_words import SHORT


@entered(at_least="owner")
def ladders(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One kind of debtor at a time. POST looks at what was filled in, and saves only what was looked at."""
    rows = ladders_of(entry.administration.id)
    asked = request.GET.get("voor", rows[0].whom)
    row = next((r for r in rows if r.whom == asked), None)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, entry, rows, row, row.ladder)
    here = f"{address(entry, 'settings-ladders')}?voor={row.whom}"
    if request.POST.get("do") == "reset":
        reset_ladder(entry.doer(request), row.whom)
        tell(request, say("done.saved"))
        return HttpResponseRedirect(here)
    ladder, unread = typed_ladder(request.POST, row.whom)
    problems = (*unread, *check(ladder, rules_of(row.whom)))
    looked_at = request.POST.get("seen") == fingerprint(ladder)
    if request.POST.get("do") == "save" and looked_at and not refusals(problems):
        save_ladder(entry.doer(request), ladder)
        tell(request, say("done.saved"))
        return HttpResponseRedirect(here)
    return _shown(request, entry, rows, row, ladder, problems, drawn=row.ladder if unread else ladder)


def _shown(
    request: HttpRequest,
    entry: Entry,
    rows: tuple[LadderOf, ...],
    row: LadderOf,
    ladder: Ladder,
    problems: tuple[Problem, ...] = (),
    *,
    drawn: Ladder | None = None,
) -> HttpResponse:
    """``drawn`` is the picture: of a ladder with a number that could not be read there is none, so it is the one that holds."""
    typed = request.POST if request.method == "POST" else None
    wrong = bool(refusals(problems))
    change = would_change(entry.administration.id, ladder, entry.now) if typed and not wrong else None
    return show(
        request,
        entry,
        "beluur/settings_ladders.html",
        section="settings",
        here="settings-ladders",
        status=422 if wrong else 200,
        kinds=[
            (r.whom, WHOM[r.whom], r.ladder.own, r.debtors)
            for r in sorted(rows, key=lambda r: list(WHOM).index(r.whom))
        ],
        row=row,
        whom_word=WHOM[row.whom],
        rungs=picture(drawn or ladder),
        as_typed=drawn is ladder,
        form=rung_rows(ladder, row.usual, typed, problems),
        problems=[p.sentence for p in problems if not p.field],
        wrong=wrong,
        change=change,
        steps=[(SHORT[s.step], s.before, s.after) for s in change.steps] if change else [],
        seen=fingerprint(ladder),
        law=law_says(rules_of(row.whom)),
        rests_on=say(f"ladder.rests_on.{row.whom}"),
    )


urls = [path("instellingen/stappenplan", ladders, name="settings-ladders")]
