"""The morning after: what the bank said is put away once it is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from beluur.web.access import Entry, entered
from beluur.web.bank_news import news_read
from beluur.web.forms.answer import address


@require_POST
@entered
def said_read(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Read: *Vandaag* without it."""
    news_read(request, entry)
    return HttpResponseRedirect(address(entry, "today"))


urls = [
    path("vandaag/gelezen", said_read, name="bank-read"),
]
