"""*Niet toegewezen*: the bank's payments that wait for somebody, with what the engine proposes. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from beluur.domain.payment_state import WAITING, PaymentState
from beluur.domain.return_reason import return_reason
from beluur.queries.payment_proposals import read_proposals
from beluur.queries.payments_rows import BankPayment, WaitingPage
from beluur.store.load.bank import IN_INDEX
from beluur.store.models import BankAccount, Payment
from beluur.store.written import counted, written
from beluur.values.money import Money
from beluur.values.numbers import IBAN, compact_reference, format_reference
from beluur.values.typed import typed_cents

PAGE = 25
_S = PaymentState
_WAITS = Q(IN_INDEX, state__in=[s.value for s in WAITING])
GROUPS: dict[str, Q] = {
    "todo": _WAITS,
    "proposed": _WAITS & Q(state=_S.PROPOSED.value, amount_cents__gt=0),
    "nothing": _WAITS & Q(state__in=[_S.UNEXPLAINED.value, _S.REST.value], amount_cents__gt=0),
    "back": _WAITS & Q(amount_cents__lt=0),
    "all": ~Q(state=_S.UNDONE.value) & Q(account__isnull=False),
}
_COLUMNS = (
    "id booked_on amount_cents currency left_cents state counterparty iban text reference bank_text returned account__number "
    "proposal perhaps_id perhaps__name"
).split()


def waiting_payments(
    administration_id: int, group: str = "todo", *, text: str = "", page: int = 1, chosen: int | None = None
) -> WaitingPage:
    """A page of ``group`` (an unknown one is *todo*), what has a proposal first, then the newest. ``text`` is searched in names,
    texts and accounts, and as an amount. ``chosen``: a payment to show on top when it is not on the page."""
    here = Payment.objects.filter(administration_id=administration_id)
    counts, sums, went = _counted(here)
    wanted = group if group in GROUPS else "todo"
    found = here.filter(GROUPS[wanted], matching(text))
    many = found.count() if text or wanted == "all" else counts[wanted]
    pages = max(1, -(-many // PAGE))
    shown = min(max(page, 1), pages)
    proposed_first = Case(
        When(state=_S.PROPOSED.value, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    ordered = found.order_by(proposed_first, "-booked_on", "-id").values_list("id", flat=True)
    ids = list(ordered[(shown - 1) * PAGE : shown * PAGE])
    of_page = {row["id"]: row for row in here.filter(id__in=ids).values(*_COLUMNS)}
    rows = [of_page[i] for i in ids]  # apart: whole payments are wide to put in order
    if chosen is not None and all(row["id"] != chosen for row in rows):
        rows = [*here.filter(GROUPS[wanted], id=chosen).values(*_COLUMNS), *rows]
    return WaitingPage(bank_payments(administration_id, rows), wanted, text, counts, sums, went, shown, pages)


def waiting_count(administration_id: int) -> int | None:
    """How many payments wait; None when there is no account of the bank, so that nothing will."""
    waiting = sum(n for _, n in _waiting(administration_id))
    return waiting if waiting or _an_account(administration_id) else None


@written
def _waiting(administration_id: Any) -> QuerySet[Payment, Any]:
    return counted(Payment.objects.filter(_WAITS, administration_id=administration_id))


@written
def _an_account(administration_id: Any) -> QuerySet[BankAccount, Any]:
    return BankAccount.objects.filter(administration_id=administration_id).values_list("id")[:1]


def bank_payment(administration_id: int, payment_id: int) -> BankPayment:
    """One of them, with its proposals. Raises Payment.DoesNotExist."""
    row = Payment.objects.filter(administration_id=administration_id).values(*_COLUMNS).get(id=payment_id)
    return bank_payments(administration_id, [row])[0]


def bank_payments(administration_id: int, rows: Sequence[dict[str, Any]]) -> tuple[BankPayment, ...]:
    """Rows as shown, with what can be chosen for those that wait."""
    read = read_proposals(administration_id, rows)
    return tuple(
        BankPayment(
            row["id"],
            row["booked_on"],
            Money(row["amount_cents"], row["currency"]),
            Money(row["left_cents"], row["currency"]),
            row["state"],
            row["counterparty"],
            IBAN.format(row["iban"]),
            row["text"],
            _written_reference(row["reference"]),
            row["bank_text"] if row["bank_text"] != row["text"] else "",
            return_reason(row["returned"]),
            IBAN.format(row["account__number"] or ""),
            read.proposals(row),
            read.because(row),
            read.assigned(row["id"]),
            row["perhaps_id"],
        )
        for row in rows
    )


def matching(text: str) -> Q:
    """The condition on Payment for ``text``: a name, words of the text, an account, or an amount as one writes it."""
    text = " ".join(text.split())[:100]
    if not text:
        return Q()
    cents = typed_cents(text)
    if cents is not None:
        amount = Q(amount_cents__in=[cents, -cents])
        return amount | Q(text__icontains=text) | Q(reference__icontains=compact_reference(text) or text)
    found = Q()
    for word in text.split():
        found &= (
            Q(counterparty__icontains=word)
            | Q(text__icontains=word)
            | Q(reference__icontains=word)
            | Q(bank_text__icontains=word)
            | Q(iban__icontains=word)
        )
    account = IBAN.read(text)
    return found | Q(iban=account) if account else found


def _counted(
    here: QuerySet[Payment],
) -> tuple[dict[str, int], tuple[Money, ...], tuple[Money, ...]]:
    """Payments per group of those that wait, and what came in and went out per currency."""
    names = [name for name in GROUPS if name != "all"]
    rows: Any = (
        here.filter(_WAITS)
        .order_by("currency")
        .values("currency")
        .annotate(
            came=Sum("left_cents", filter=Q(amount_cents__gt=0)),
            went=Sum("left_cents", filter=Q(amount_cents__lt=0)),
            **{f"n_{name}": Count("id", filter=GROUPS[name]) for name in names},
        )
    )
    counts = dict.fromkeys(names, 0)
    for row in rows:
        for name in names:
            counts[name] += row[f"n_{name}"]
    came = tuple(Money(row["came"], row["currency"]) for row in rows if row["came"])
    return counts, came, tuple(Money(-row["went"], row["currency"]) for row in rows if row["went"])


def _written_reference(reference: str) -> str:
    return format_reference(reference) if reference else ""
