"""How far the bank is known, and what waits there that may be somebody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, F, OuterRef, Q, Sum
from django.db.models.expressions import RawSQL

from beluur.store.load.publishing import being_published
from beluur.store.load.ready import Ready
from beluur.store.models import BankAccount, BankStatement, Debtor, Invoice, Payment


def bank_reach(administration_id: int) -> date | None:
    """The last day that is complete on every account on which customers pay; None when there is none, or one is not known. An
    account of which every statement was undone is none."""
    told = BankStatement.objects.filter(administration_id=administration_id, account=OuterRef("id"))
    accounts = BankAccount.objects.filter(
        Q(reaches__isnull=False) | Exists(told.exclude(intake__state="undone")),
        administration_id=administration_id,
        in_use=True,
    )
    days = list(accounts.values_list("reaches", flat=True))
    return min(days) if days and None not in days else None  # type: ignore[type-var]


_PERHAPS = Ready(
    lambda mine: (
        Payment.objects.filter(mine, left_cents__gt=0)
        .order_by()
        .values_list("perhaps_id", "currency", "perhaps__currency")
        .annotate(sum=Sum("left_cents"))
    ),
    "perhaps_id",
)


IN_INDEX = RawSQL(  # as the index payment_waits says it: SQLite takes an index of a part for nothing else
    "store_payment.state IN ('proposed', 'unexplained', 'rest', 'pending')", (), output_field=BooleanField()
)
_SHARED = {  # as the index payment_shared says it
    "sqlite": """store_payment.state = 'proposed' AND JSON_TYPE(store_payment.proposal, '$."also"') IS NOT NULL""",
    "postgresql": "store_payment.state = 'proposed' AND store_payment.proposal ? 'also'",
}


def is_shared() -> RawSQL:
    """Of payments: proposed for several debtors; few are, and an index knows them."""
    return RawSQL(_SHARED[connection.vendor], (), output_field=BooleanField())  # noqa: S611 - one of the two above


_ALSO = Ready(
    lambda mine: Payment.objects.filter(mine, is_shared()).values_list("perhaps_id", "currency", "proposal")
)


def also_his(proposal: Mapping[str, Any]) -> dict[int, int]:
    """Debtor id -> cents, of those besides the first for whom one payment is proposed."""
    return dict(proposal.get("also", ()))


def perhaps_paid(administration_id: int, debtor_ids: Collection[int]) -> dict[int, int]:
    """Debtor id -> cents that came in, or are announced, and may be his: proposed and not decided, or paid too much, or still
    being published. In the debtor's own currency; of money in another one, what is open of the invoices that it names."""
    wanted = set(debtor_ids)
    sums = [row for row in _PERHAPS.of(administration_id, list(debtor_ids)) if row[0] in wanted]
    found = Counter({debtor: cents for debtor, currency, own, cents in sums if currency == own})
    foreign = {debtor for debtor, currency, own, _ in sums if currency != own}
    found.update(_named_by_foreign(administration_id, foreign) if foreign else {})
    found.update(_shared(administration_id, wanted))
    found.update(being_published(administration_id, debtor_ids))
    return {debtor: cents for debtor, cents in found.items() if cents > 0}


def _shared(administration_id: int, wanted: Collection[int]) -> Counter[int]:
    """What of payments that are proposed for several is the others', and no longer that of the first."""
    found: Counter[int] = Counter()
    currencies: dict[int, str] = {}
    for first, currency, proposal in _ALSO.of_house(administration_id):
        for debtor, cents in also_his(proposal).items():
            if first is not None:
                found[first] -= cents
            found[debtor] += cents
            currencies[debtor] = currency
    found = Counter({debtor: cents for debtor, cents in found.items() if debtor in wanted})
    if found:
        own = Debtor.objects.filter(administration_id=administration_id, id__in=found)
        for debtor, currency in own.values_list("id", "currency"):
            if currencies.get(debtor, currency) != currency:
                del found[debtor]
    return found


def _named_by_foreign(administration_id: int, debtors: Collection[int]) -> Counter[int]:
    """By debtor, what is open in his currency of the invoices that his payments in another one name; each once."""
    here = {"administration_id": administration_id}
    waiting = Payment.objects.filter(**here, perhaps_id__in=list(debtors), left_cents__gt=0)
    told = waiting.exclude(currency=F("perhaps__currency")).values_list("perhaps_id", "proposal")
    whose = {invoice: debtor for debtor, proposal in told for invoice in proposal.get("holds", ())}
    rows = Invoice.objects.filter(
        **here, id__in=list(whose), open_cents__gt=0, currency=F("debtor__currency")
    )
    found: Counter[int] = Counter()
    for invoice, cents in rows.values_list("id", "open_cents"):
        found[whose[invoice]] += cents
    return found
