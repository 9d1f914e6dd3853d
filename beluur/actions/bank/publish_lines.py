"""Publishes staged lines of a statement: explained outside any transaction, then written and booked in short ones. A crash or a
second worker finds the lines by their keys, so that nothing is booked twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from beluur.actions.bank.book import Entry, Raced, book
from beluur.actions.bank.line_rows import COLUMNS
from beluur.actions.bank.outcomes import Outcome, outcomes
from beluur.actions.bank.take_back import take_back
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer
from beluur.domain.payment_state import Cause, PaymentState, may
from beluur.store.load.candidates import Books
from beluur.store.load.publishing import incoming_line
from beluur.store.models import (
    BankAccount,
    BankStatement,
    Debtor,
    Intake,
    Payment,
    StagedRow,
)
from beluur.store.save import db_day, db_moment, insert_many, reserve_ids

FIRST, LEAST, MOST = 30, 12, 400  # lines in one transaction
SLICE_SECONDS = 0.020  # what one writer may hold up another
PAUSE_SECONDS = 0.004
TRIES = 3
_Explained = tuple[list[Any], Outcome]
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_PAYMENT = (
    "id administration_id debtor_id at left_cents state account_id statement_id takes_back_id proposal perhaps_id way"
).split()


class Pace:
    """How many lines go in one transaction: as many as hold the database for about `SLICE_SECONDS`."""

    def __init__(self) -> None:
        self.size = FIRST
        self.raced = False  # some came in undecided, and are to be looked at again

    def took(self, seconds: float) -> None:
        """Learns from the last one."""
        self.size = max(LEAST, min(MOST, int(self.size * min(2.0, SLICE_SECONDS / max(seconds, 0.001)))))


def publish_lines(doer: Doer, intake: Intake, row: StagedRow, books: Books, pace: Pace) -> None:
    """Publishes one staged row of lines."""
    account, statement = _places(doer, intake, row.record)
    if row.record["total"] and not _replace_total(doer, intake, account, row.record["total"]):
        return
    for tries_left in reversed(range(TRIES + 1)):
        lines = _not_there_yet(doer.administration_id, account, row.record["lines"])
        if not lines:
            return
        try:
            found = _explained(books, lines)
            while found:
                size, begun = pace.size, time.monotonic()
                with transaction.atomic():
                    part = found[:size] if tries_left else _undecided(found[:size])
                    pace.raced = pace.raced or not tries_left
                    write_lines(doer, account, statement, part, books.numbers)
                pace.took(time.monotonic() - begun)
                found = found[size:]
                time.sleep(PAUSE_SECONDS)
        except Raced:
            continue


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


def _undecided(part: Sequence[_Explained]) -> list[_Explained]:
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


def _not_there_yet(
    administration_id: int, account: BankAccount, lines: Sequence[list[Any]]
) -> list[list[Any]]:
    keys = [line[0] for line in lines]
    there = set(
        Payment.objects.filter(
            administration_id=administration_id, account=account, line_key__in=keys
        ).values_list("line_key", flat=True)
    )
    return [line for line in lines if line[0] not in there]


def _explained(books: Books, lines: Sequence[list[Any]]) -> list[_Explained]:
    with transaction.atomic():
        ids = reserve_ids(Payment, len(lines))
    payments = [incoming_line(i, line) for i, line in zip(ids, lines, strict=True)]
    pending = [p.id for p, line in zip(payments, lines, strict=True) if line[_PLACE["pending"]]]
    found = outcomes(books, payments, pending=pending)
    return list(zip(lines, found, strict=True))


def write_lines(
    doer: Doer,
    account: BankAccount,
    statement: BankStatement,
    part: Sequence[_Explained],
    numbers: Mapping[int, str] | None = None,
) -> None:
    """Lines (`COLUMNS`) with their outcomes, in the running transaction; those that are there already stay as they are."""
    lock_debtors(doer.administration_id, concerned(doer, [o for _, o in part]))
    at = db_moment(doer.at)
    rows = [
        (
            o.payment.id,
            doer.administration_id,
            o.debtor_id,
            at,
            o.left_cents,
            o.state.value,
            account.id,
            statement.id,
            o.takes_back,
            json.dumps(dict(o.proposal)),
            o.perhaps,
            "transfer",
            *_columns(line),
        )
        for line, o in sorted(part, key=lambda pair: str(pair[0][0]))  # all lock in one order
    ]
    inserted = insert_many(Payment, (*_PAYMENT, *COLUMNS), rows, ignore_doubles=True)
    mine = [o for _, o in part]
    if inserted != len(rows):  # somebody else brought some of them in meanwhile
        here = Payment.objects.filter(administration_id=doer.administration_id)
        there = set(here.filter(id__in=[o.payment.id for o in mine]).values_list("id", flat=True))
        mine = [o for o in mine if o.payment.id in there]
    book(doer, [entry_of(o) for o in mine if o.parts], numbers)
    take_back(doer, {o.payment.id: o.takes_back for o in mine if o.takes_back})
    perhaps = {o.perhaps for o in mine if o.perhaps}
    if perhaps:
        Debtor.objects.filter(administration_id=doer.administration_id, id__in=perhaps).update(
            step_stale=True
        )


def concerned(doer: Doer, found: Sequence[Outcome]) -> set[int]:
    """The debtors whom these outcomes touch; to be locked before anything is written."""
    told = {part.debtor_id for o in found for part in o.parts}
    told |= {i for o in found for i in (o.debtor_id, o.perhaps) if i}
    if back := [o.takes_back for o in found if o.takes_back]:
        originals = Payment.objects.filter(administration_id=doer.administration_id, id__in=back)
        columns = ("debtor_id", "perhaps_id", "allocations__invoice__debtor_id")
        told |= {i for row in originals.values_list(*columns) for i in row if i}
    return told


def _columns(line: Sequence[Any]) -> Iterator[Any]:
    for name, value in zip(COLUMNS, line, strict=True):
        yield db_day(value) if name in ("booked_on", "valued_on") else value


def entry_of(outcome: Outcome) -> Entry:
    """What is booked of a certain outcome."""
    p = outcome.payment
    return Entry(p.id, p.booked, p.cents, p.currency, outcome.parts, outcome.by, p.iban, p.text[:300])
