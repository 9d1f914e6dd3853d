"""How a page with a form is answered: shown, refused at its field, or done and on to the next page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry
from beluur.web.forms.fields import ShortForm
from beluur.web.frame import show, tell, tell_trouble

Do = Callable[[Mapping[str, Any]], Any]
SAVED = say("done.saved")


def address(entry: Entry, name: str, **rest: Any) -> str:
    """The address of a page of this administration."""
    return reverse(name, kwargs={"administration": entry.administration.slug, **rest})


def form_page(
    request: HttpRequest,
    entry: Entry,
    form: ShortForm,
    do: Do,
    *,
    to: Callable[[Any], str] | str,
    title: str,
    back: str,
    section: str = "debtors",
    template: str = "beluur/form.html",
    told: Sentence = SAVED,
    **context: Any,
) -> HttpResponse:
    """Runs ``do`` with what was filled in and goes ``to`` the next page (given what ``do`` gave); or shows the form."""
    if request.method == "POST" and form.is_valid():
        try:
            result = do(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(request, told)
            return HttpResponseRedirect(to if isinstance(to, str) else to(result))
    status = 422 if form.is_bound else 200
    return show(
        request, entry, template, section=section, status=status, form=form, title=title, back=back, **context
    )


def done(
    request: HttpRequest, do: Callable[[], Any], *, to: str, told: Sentence = SAVED, undo: str = ""
) -> HttpResponse:
    """For a button without a form: done or refused, and back. ``undo``: the address that takes it back."""
    try:
        do()
    except Refused as refused:
        tell_trouble(request, refused.sentence)
    else:
        tell(request, told, undo)
    return HttpResponseRedirect(to)


def undo_look(entry: Entry, row: tuple[str, int], to: str) -> str:
    """The address at which who noted that money is in, or not in, takes that back and goes ``to``; ``row``: kind and id."""
    kind, i = row
    return f"{address(entry, f'look-back-{kind}', **{kind: i})}?{urlencode({'next': to})}"


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the form says to go on, when that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return otherwise
