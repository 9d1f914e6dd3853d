"""*Rente en kosten*: what does he owe by law besides what is open, and how was that reckoned? (H3)"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from beluur.domain.claim_lines import shown_costs, shown_invoices, sources
from beluur.queries.claim import claim_of
from beluur.queries.to_change import debtor_name
from beluur.values.money import Money
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.frame import show


@require_GET
@entered
def interest_and_costs(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """As of today; reckoned for this debtor alone, and only when it is asked."""
    name = debtor_name(entry.administration.id, debtor)
    found = claim_of(entry.administration.id, debtor, entry.today)
    return show(
        request,
        entry,
        "beluur/claim.html",
        section="debtors",
        debtor=debtor,
        name=name,
        found=found,
        not_asked=say("claim.not_asked", day=found.as_of),
        disputed=say("claim.disputed", amount=Money(found.disputed)) if found.disputed else None,
        term_tip="claim.term_not_agreed" in {said.code for said in found.because},
        invoices=shown_invoices(found),
        costs=shown_costs(found),
        sources=sources(found),
    )


urls = [
    path("debiteuren/<int:debtor>/rente-en-kosten", interest_and_costs, name="interest-and-costs"),
]
