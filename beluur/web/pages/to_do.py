"""*Taken*: what we owe debtors, one's own or everyone's; each row is done, answered, or opened in its dossier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.finish_task import finish_task
from beluur.queries.absences import desk_of
from beluur.queries.replies import waiting_replies
from beluur.queries.to_change import debtor_of
from beluur.queries.to_do import ToDo, ToDoRow, to_do
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done, safe_next
from beluur.web.frame import show


@require_GET
@entered
def to_do_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """His own list, or with ``wie=allen`` everyone's. The focus is where it was."""
    everyone = request.GET.get("wie") == "allen"
    here = entry.administration
    desk = None if everyone else desk_of(here.id, entry.user.pk, entry.today)
    todo = to_do(here.id, entry.now, here.time_zone, desk=desk)
    parts = tuple(_parts(todo))
    rows = sum(len(owed) for _part, _title, owed in parts)
    return show(
        request,
        entry,
        "beluur/to_do.html",
        section="to-do",
        todo=todo,
        parts=parts,
        rows=rows,
        desk=desk,
        replies=waiting_replies(here.id).count(),
        everyone=everyone,
        place=min(typed_number(request.GET.get("at", "")) or 0, max(rows - 1, 0)),
        back_here=address(entry, "to-do") + ("?wie=allen&" if everyone else "?"),
    )


def _parts(todo: ToDo) -> Iterator[tuple[str, str, tuple[tuple[int, ToDoRow], ...]]]:
    """The parts that hold something, each row with its place on the page."""
    places = count()
    for part, title, owed in (
        ("late", _("Te laat"), todo.late),
        ("today", _("Vandaag"), todo.today),
        ("later", _("Later"), todo.later),
    ):
        if owed:
            yield part, title, tuple((next(places), row) for row in owed)


@require_POST
@entered
def task_done(request: HttpRequest, entry: Entry, task: int) -> HttpResponse:
    """We did what we promised; back to the list or the dossier."""
    to = safe_next(
        request, address(entry, "dossier", debtor=debtor_of(entry.administration.id, "task", task))
    )
    return done(request, lambda: finish_task(entry.doer(request), task_id=task), to=to)


urls = [
    path("taken/", to_do_page, name="to-do"),
    path("taken/<int:task>", task_done, name="task-done"),
]
