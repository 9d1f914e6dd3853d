"""How far an account is known: the last thing to be published of a statement, for promises are judged on it (J3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum

from beluur.actions.bank.publish_lines import the_account
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.store.models import BankAccount, BankStatement, Debtor, Intake, Payment


def publish_reach(doer: Doer, intake: Intake, record: dict[str, Any]) -> None:
    """Moves the account on, never back; over statements that came before what led to them, too. What was announced before is
    booked by now, or not to come."""
    with transaction.atomic():
        account = the_account(doer, record["account"])
        said = date.fromisoformat(record["reaches"]) if record["reaches"] else None
        if said and (account.reaches is None or said >= account.reaches):
            account.reaches, account.closing_cents = said, record["closing_cents"]
            account.sequence_year, account.sequence = record["sequence"]
        _go_on(doer, account)
        if account.reaches:  # the debtors before the account, as who undoes an intake locks them
            _let_go(doer, intake, account, account.reaches)
        account.save(update_fields=["reaches", "closing_cents", "sequence_year", "sequence"])


def _go_on(doer: Doer, account: BankAccount) -> None:
    """A later statement that did not follow when it came does so when all that moved in between makes up its balance."""
    if account.reaches is None or account.closing_cents is None:
        return
    here = {"administration_id": doer.administration_id, "account": account}
    later = BankStatement.objects.filter(
        **here, kind="statement", reaches__gt=account.reaches, closing_cents__isnull=False
    ).exclude(intake__state="undone")
    balances = sorted(later.values_list("reaches", "closing_cents"))
    if not balances:
        return
    booked = Payment.objects.filter(**here, booked_on__gt=account.reaches, pending=False)
    moved = (
        booked.exclude(state="undone").order_by().values_list("booked_on").annotate(sum=Sum("amount_cents"))
    )
    by_day = list(moved)
    start = account.closing_cents
    for reaches, closing in balances:
        if start + sum(cents for on, cents in by_day if on <= reaches) == closing:
            account.reaches, account.closing_cents = reaches, closing


def _let_go(doer: Doer, intake: Intake, account: BankAccount, reaches: date) -> None:
    here = {"administration_id": doer.administration_id}
    announced = Payment.objects.filter(
        **here, account=account, pending=True, state="pending", booked_on__lte=reaches
    ).exclude(statement__intake=intake)
    perhaps = announced.exclude(perhaps=None).values_list("perhaps_id", flat=True)
    debtors = lock_debtors(doer.administration_id, perhaps)
    announced.update(state="undone", line_key=None, perhaps=None)
    Debtor.objects.filter(**here, id__in=debtors).update(step_stale=True)
