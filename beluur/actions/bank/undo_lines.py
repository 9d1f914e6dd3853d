"""Takes the bank lines of an intake back as a whole: what they paid is open again, and each account is known as far as before."""

from __future__ import annotations

from datetime import date

from beluur.actions.bank.book import give_back
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.once import Doer
from beluur.store.models import BankAccount, BankStatement, Intake, Payment


def undo_lines(doer: Doer, intake: Intake) -> set[int]:
    """In the running transaction; gives the debtors whose invoices are open again."""
    here = {"administration_id": doer.administration_id}
    payments = Payment.objects.filter(**here, statement__intake=intake).exclude(state="undone")
    ids = list(payments.values_list("id", flat=True))
    debtors: set[int] = set()
    if ids:
        given = give_back(doer, ids)
        Payment.objects.filter(**here, id__in=ids).update(
            state="undone", line_key=None, perhaps=None, proposal={}, takes_back=None
        )
        debtors = set(given.invoices)
        for debtor_id, invoices in given.invoices.items():
            judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
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
