"""*Bankrekeningen*: our own accounts, how far each is known, and on which of them customers pay."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.change_account import change_account
from beluur.queries.accounts import accounts
from beluur.queries.off_invoices import off_invoices
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done
from beluur.web.frame import show


@require_GET
@entered(at_least="lead")
def accounts_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """All of them, with the day to which promises are judged."""
    return show(
        request,
        entry,
        "beluur/settings_accounts.html",
        section="settings",
        here="settings-accounts",
        view=accounts(entry.administration.id),
        off=off_invoices(entry.administration.id),
    )


@require_POST
@entered(at_least="lead")
def account_in_use(request: HttpRequest, entry: Entry, account: int) -> HttpResponse:
    """Customers pay on it, or not."""
    in_use = request.POST.get("in_use") == "yes"
    to = address(entry, "settings-accounts")
    return done(
        request, lambda: change_account(entry.doer(request), account_id=account, in_use=in_use), to=to
    )


urls = [
    path("instellingen/rekeningen", accounts_page, name="settings-accounts"),
    path("instellingen/rekeningen/<int:account>", account_in_use, name="settings-account"),
]
