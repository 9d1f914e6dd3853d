"""Takes the bank lines of an intake back as a whole: what they paid is open again, and each account is known as far as before."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from beluur.actions.bank.book import settle_originals
from beluur.actions.bank.give_back import forget_payers, give_back
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.store.load import also_his
from beluur.store.models import Allocation, BankAccount, BankStatement, Intake, Payment


def undo_lines(doer: Doer, intake: Intake) -> set[int]:
    """In the running transaction; gives the debtors for whom something is open again, or is not to be looked into any more."""
    here = {"administration_id": doer.administration_id}
    payments = Payment.objects.filter(**here, statement__intake=intake).exclude(state="undone")
    rows = list(payments.values_list("id", "iban", "debtor_id", "perhaps_id", "takes_back_id"))
    debtors = {i for _, _, *owners, _ in rows for i in owners if i}
    shared = payments.filter(state="proposed").values_list("proposal", flat=True)
    debtors |= {i for proposal in shared for i in also_his(proposal)}
    if rows:
        ids = [row[0] for row in rows]
        paid = Allocation.objects.filter(**here, payment_id__in=ids)
        debtors |= set(paid.values_list("invoice__debtor_id", flat=True))
        lock_debtors(doer.administration_id, debtors)
        loose = Payment.objects.filter(**here, takes_back_id__in=ids).exclude(id__in=ids)
        given = give_back(doer, [*ids, *loose.values_list("id", flat=True)])
        loose.update(takes_back=None, debtor=None, state="unexplained", left_cents=F("amount_cents"))
        Payment.objects.filter(**here, id__in=ids).update(
            state="undone", line_key=None, debtor=None, perhaps=None, proposal={}, takes_back=None
        )
        came_back = [row[4] for row in rows if row[4] and row[4] not in set(ids)]
        settle_originals(doer.administration_id, came_back)
        forget_payers(doer.administration_id, {row[1] for row in rows}, debtors)
        for debtor_id, invoices in given.invoices.items():
            judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
    totals = Payment.objects.filter(**here, state="undone", proposal__detailed_by=intake.id)
    totals.update(state="unexplained", proposal={})  # its payments are not told any more
    _put_accounts_back(doer, intake)
    return debtors


def _put_accounts_back(doer: Doer, intake: Intake) -> None:
    statements = BankStatement.objects.filter(administration_id=doer.administration_id, intake=intake)
    seen: set[int] = set()
    for statement in statements.order_by("id"):
        if statement.account_id in seen:
            continue
        seen.add(statement.account_id)
        before = statement.before
        reaches = before.get("reaches")
        BankAccount.objects.filter(administration_id=doer.administration_id, id=statement.account_id).update(
            reaches=date.fromisoformat(reaches) if reaches else None,
            closing_cents=before.get("closing_cents"),
            sequence_year=before.get("sequence_year"),
            sequence=before.get("sequence"),
        )
