"""Publishes staged lines of a statement: explained outside any transaction, then written and booked in short ones. A crash or a
second worker finds the lines by their keys, so that nothing is booked twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from beluur.actions.bank.book import Raced
from beluur.actions.bank.line_rows import COLUMNS
from beluur.actions.bank.outcome import Outcome
from beluur.actions.bank.outcomes import outcomes
from beluur.actions.bank.outgoing import what_goes_back_first
from beluur.actions.bank.write_lines import Explained, Place, ready_lines, write_lines
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.actions.pace import Pace
from beluur.domain.payment_state import Cause, PaymentState, may
from beluur.domain.reconciliation.signals import Signals
from beluur.store.among import rows_among
from beluur.store.load.candidates import Books
from beluur.store.load.publishing import incoming_line, named_in, said_of_lines
from beluur.store.models import (
    BankAccount,
    BankStatement,
    Debtor,
    Intake,
    Payment,
    StagedRow,
)
from beluur.store.save import reserve_ids

TRIES = 3
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_Read = tuple[list[Any], Signals]  # a line (`COLUMNS`) and what it says


def publish_lines(doer: Doer, intake: Intake, row: StagedRow, books: Books, pace: Pace) -> set[int]:
    """Publishes one staged row of lines, and gives the debtors whom they name: they were perhaps paid until now."""
    here = doer.administration_id
    account, statement = _places(doer, intake, row.record)
    read = list(zip(row.record["lines"], said_of_lines(row.record), strict=True))
    if row.record["total"] and not _replace_total(doer, intake, account, row.record["total"]):
        return named_in(here, _came(read))
    left = _not_there_yet(here, account, read)
    there = {line[0] for line, _ in read} - {line[0] for line, _ in left}
    named = named_in(here, _came([pair for pair in read if pair[0][0] in there]))
    for tries_left in reversed(range(TRIES + 1)):
        if not left:
            break
        found = _explained(books, left)
        named |= books.debtors_named(_came(left))
        pace.raced = pace.raced or not tries_left
        found = found if tries_left else _undecided(found)
        try:
            _write(doer, Place(account.id, statement.id), found, books.numbers, pace)
            break
        except Raced:
            left = _not_there_yet(here, account, left)
    return named


def _came(read: Sequence[_Read]) -> list[Signals]:
    """What those say that came in."""
    return [said for line, said in read if line[_PLACE["amount_cents"]] > 0]


def _write(
    doer: Doer, place: Place, found: Sequence[Explained], numbers: Mapping[int, str], pace: Pace
) -> None:
    """In short transactions; what can be made before them is made while others may write."""
    while found:
        size = pace.size
        ready = ready_lines(doer, place, found[:size], numbers)
        with pace.turn(), transaction.atomic():
            write_lines(doer, ready)
        found = found[size:]


def _replace_total(doer: Doer, intake: Intake, account: BankAccount, key: str) -> bool:
    """The payments of a booking come in the place of its sum, which keeps its key so that it does not come back; not when
    somebody decided on the sum meanwhile."""
    here = {"administration_id": doer.administration_id}
    total = Payment.objects.filter(**here, account=account, line_key=key).first()
    if total is None or not may(total.state, Cause.DETAILED):
        return total is not None and total.proposal.get("detailed_by") == intake.id
    with transaction.atomic():
        lock_debtors(doer.administration_id, [total.perhaps_id])
        Debtor.objects.filter(**here, perhaps_payments=total).update(step_stale=True)
        changed = Payment.objects.filter(**here, id=total.id, state=total.state).update(
            state=PaymentState.UNDONE.value, perhaps=None, proposal={"detailed_by": intake.id}
        )
    return changed > 0


def _undecided(part: Sequence[Explained]) -> list[Explained]:
    """When others keep taking what was open: they come in all the same, and are looked at again at the end."""
    return [
        (line, Outcome(o.payment, PaymentState.UNEXPLAINED, left_cents=o.payment.cents) if o.parts else o)
        for line, o in part
    ]


def _places(doer: Doer, intake: Intake, record: dict[str, Any]) -> tuple[BankAccount, BankStatement]:
    account = the_account(doer, record["account"], record["statement"]["holder"])
    said = record["statement"]
    with transaction.atomic():
        Intake.objects.select_for_update(no_key=True).get(
            administration_id=doer.administration_id, id=intake.id
        )  # two workers make it once
        statement, _ = BankStatement.objects.get_or_create(
            administration_id=doer.administration_id,
            account=account,
            intake=intake,
            format=said["format"],
            kind=said["kind"],
            number=said["number"],
            opens=said["opens"],
            reaches=said["reaches"],
            opening_cents=said["opening_cents"],
            closing_cents=said["closing_cents"],
            defaults={"before": _known_before(account)},
        )
    return account, statement


def _known_before(account: BankAccount) -> dict[str, Any]:
    return {
        "reaches": account.reaches.isoformat() if account.reaches else None,
        "closing_cents": account.closing_cents,
        "sequence_year": account.sequence_year,
        "sequence": account.sequence,
    }


def the_account(doer: Doer, named: dict[str, str], holder: str = "", *, in_use: bool = True) -> BankAccount:
    """Our account of that number and currency; made when it is new, and then ``in_use`` when customers pay on it."""
    account, _ = BankAccount.objects.get_or_create(
        administration_id=doer.administration_id,
        number=named["number"],
        currency=named["currency"],
        defaults={"holder": holder, "created_at": doer.at, "in_use": in_use},
    )
    return account


def _not_there_yet(administration_id: int, account: BankAccount, read: Sequence[_Read]) -> list[_Read]:
    also = f"r.account_id = {int(account.id)}"
    keys = (line[0] for line, _ in read)
    there = {key for (key,) in rows_among(Payment, administration_id, "line_key", keys, ("line_key",), also)}
    return [pair for pair in read if pair[0][0] not in there]


def _explained(books: Books, read: Sequence[_Read]) -> list[Explained]:
    with transaction.atomic():
        ids = reserve_ids(Payment, len(read))
    payments = [incoming_line(i, line) for i, (line, _) in zip(ids, read, strict=True)]
    pending = {p.id for p, (line, _) in zip(payments, read, strict=True) if line[_PLACE["pending"]]}
    found = outcomes(books, payments, [said for _, said in read], pending=pending)
    lines = {p.id: line for p, (line, _) in zip(payments, read, strict=True)}
    return [(lines[outcome.payment.id], outcome) for outcome in what_goes_back_first(found)]
