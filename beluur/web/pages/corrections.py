"""Putting right what was recorded: the whole call, a promise, a call-back. Both stay on file, and a corrected mail goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from beluur.actions.change_promise import change_promise, withdraw_promise
from beluur.actions.correct_call import correct_call
from beluur.actions.correct_callback import correct_callback
from beluur.domain.local_time import local_day
from beluur.queries.to_correct import (
    call_to_correct,
    callback_to_change,
    promise_to_change,
    proposed_by_mail,
)
from beluur.values.problem import Refused
from beluur.web.access import Entry, entered
from beluur.web.forms.corrections import (
    CallbackForm,
    CallForm,
    PromiseForm,
    WhyForm,
    call_initial,
    callback_initial,
    placed,
    promise_initial,
    proposal_initial,
)
from beluur.web.pages.by_hand import dossier_form

Do = Callable[[Mapping[str, Any]], Any]


@entered
def call_correct(request: HttpRequest, entry: Entry, call: int) -> HttpResponse:
    """A call that was recorded wrongly is recorded anew."""
    now = call_to_correct(entry.administration.id, call)
    form = CallForm(request.POST or None, today=entry.today, initial=call_initial(now))

    def do(said: Mapping[str, Any]) -> None:
        correct_call(entry.doer(request), call, form.report(now), why=said["why"])

    return dossier_form(request, entry, now.debtor_id, form, _at_fields(do), title=_("gesprek rechtzetten"))


@entered
def promise_change(request: HttpRequest, entry: Entry, promise: int) -> HttpResponse:
    """Noted wrongly, or changed later by mail: then with what he proposed in the mail that ``mail`` names."""
    now = promise_to_change(entry.administration.id, promise)
    proposed = proposed_by_mail(entry.administration.id, promise, request.GET.get("mail", ""))
    initial = promise_initial(now)
    if proposed:
        initial = proposal_initial(
            initial, proposed, today=local_day(proposed.at, entry.administration.time_zone)
        )
    form = PromiseForm(request.POST or None, today=entry.today, initial=initial)

    def do(said: Mapping[str, Any]) -> None:
        how = {"why": said["why"], "send": said["send"], "mail_in": proposed.mail_in_id if proposed else None}
        change_promise(entry.doer(request), promise, form.promise(), **how)

    title = _("toezegging wijzigen")
    return dossier_form(request, entry, now.debtor_id, form, _at_fields(do), title=title, pairs=True)


@entered
def promise_withdraw(request: HttpRequest, entry: Entry, promise: int) -> HttpResponse:
    """It was never made, or no longer stands."""
    now = promise_to_change(entry.administration.id, promise)
    form = WhyForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        withdraw_promise(entry.doer(request), promise, why=said["why"])

    return dossier_form(request, entry, now.debtor_id, form, do, title=_("toezegging intrekken"))


@entered
def callback_change(request: HttpRequest, entry: Entry, callback: int) -> HttpResponse:
    """Another day or hour, or off."""
    now = callback_to_change(entry.administration.id, callback)
    form = CallbackForm(request.POST or None, today=entry.today, initial=callback_initial(now))

    def do(said: Mapping[str, Any]) -> None:
        at = form.at(now.time_zone)
        words = {"why": said["why"], "who": said["who"], "number": said["number"], "send": said["send"]}
        correct_callback(entry.doer(request), callback, at=at, **words)

    title = _("terugbelafspraak wijzigen")
    return dossier_form(request, entry, now.debtor_id, form, _at_fields(do), title=title)


def _at_fields(do: Do) -> Do:
    """The same, its refusals at the fields of these forms."""

    def placing(said: Mapping[str, Any]) -> Any:
        try:
            return do(said)
        except Refused as refused:
            raise placed(refused) from refused

    return placing


urls = [
    path("gesprek/<int:call>/rechtzetten", call_correct, name="call-correct"),
    path("toezeggingen/<int:promise>", promise_change, name="promise-change"),
    path("toezeggingen/<int:promise>/intrekken", promise_withdraw, name="promise-withdraw"),
    path("terugbellen/<int:callback>", callback_change, name="callback-change"),
]
