"""Rows to Cases, set-based: a fixed number of queries, however many debtors are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from beluur.domain.case import (
    AttemptFact,
    CallbackFact,
    Case,
    DebtorKind,
    DisputeFact,
    Exemption,
    HoldFact,
    InstalmentFact,
    InvoiceFact,
    Outcome,
    PaidClaimFact,
    PromiseFact,
    ReminderFact,
    Result,
    Stop,
    Verdict,
)
from beluur.store.load.bank import bank_reach, perhaps_paid
from beluur.store.load.case_rows import (
    CALLBACKS,
    CALLS,
    CLAIMS,
    CONTACTS,
    DEBTOR,
    DEBTORS,
    DISPUTES,
    HOLDS,
    INVOICES,
    PROMISES,
    REMINDERS,
    ULTIMATUMS,
    with_covered,
)
from beluur.store.load.policies import is_agency
from beluur.store.load.ready import Ready
from beluur.store.load.ultimatums import ultimatum_of
from beluur.store.load.ways import Person, reach
from beluur.store.models import Cover, Debtor, Instalment

CHUNK = 2000  # debtors a query: bounds memory and the length of the statement
REMEMBERED_DAYS = 400  # attempts further back do not weigh in any decision

Grouped = dict[int, list[Any]]
_EXEMPTIONS = {exemption.value: exemption for exemption in Exemption}


def load_case(administration_id: int, debtor_id: int) -> Case:
    """One debtor; raises Debtor.DoesNotExist when he is not in this administration."""
    found = load_cases(administration_id, [debtor_id])
    if debtor_id not in found:
        raise Debtor.DoesNotExist(f"debtor {debtor_id}")
    return found[debtor_id]


def load_cases(administration_id: int, debtor_ids: Iterable[int]) -> dict[int, Case]:
    """Cases by debtor id, in the order asked; ids of other administrations are silently absent."""
    ids = list(debtor_ids)
    agency, bank = is_agency(administration_id), bank_reach(administration_id)
    cases: dict[int, Case] = {}
    for start in range(0, len(ids), CHUNK):
        cases.update(_chunk(administration_id, ids[start : start + CHUNK], agency=agency, bank=bank))
    return cases


def _chunk(administration_id: int, ids: Sequence[int], *, agency: bool, bank: date | None) -> dict[int, Case]:
    rows = {row[0]: dict(zip(DEBTOR, row, strict=True)) for row in DEBTORS.of(administration_id, ids)}
    currencies = {i: row["currency"] for i, row in rows.items()}
    promises = _promises(administration_id, ids)
    covered = [invoice_id for own in promises.values() for p in own for invoice_id, _ in p.covers]
    invoices = _invoices(administration_id, ids, currencies, covered)
    callbacks, disputes, claims, reminders, holds = (
        _grouped(ready.of(administration_id, ids), fact) for ready, fact in _FACTS
    )
    attempts = _attempts(administration_id, ids)
    given = {
        i: ultimatum_of(*said) for i, *said in ULTIMATUMS.of(administration_id, ids)
    }  # the last one stands
    people = _grouped(CONTACTS.of(administration_id, ids), Person)
    perhaps = perhaps_paid(administration_id, ids)
    cases = {}
    for i in (i for i in ids if i in rows):
        row = rows[i]
        cases[i] = Case(
            **_identity(row),
            agency=agency,
            invoices=tuple(invoices.get(i, ())),
            promises=tuple(promises.get(i, ())),
            callbacks=tuple(callbacks.get(i, ())),
            disputes=tuple(disputes.get(i, ())),
            claims=tuple(claims.get(i, ())),
            ultimatum=given.get(i),
            attempts=tuple(attempts[i]),
            reminders=tuple(reminders.get(i, ())),
            hold=holds[i][-1] if i in holds else None,
            bank_to=bank,
            perhaps_paid_cents=perhaps.get(i, 0),
            **reach(row, people[i], attempts[i]),
        )
    return cases


def _identity(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "debtor_id": row["id"],
        "name": row["name"],
        "kind": DebtorKind(row["kind"]),
        "country": row["country"],
        "language": row["language"],
        "time_zone": row["time_zone"],
        "currency": row["currency"],
        "stop": Stop(row["stop"]) if row["stop"] else None,
        "payer_group_id": row["payer_group_id"],
        "assigned_to": row["assigned_to_id"],
    }


_FACTS: tuple[tuple[Ready, Callable[..., Any]], ...] = (
    (CALLBACKS, lambda i, at, who: CallbackFact(i, at, who=who)),
    (
        DISPUTES,
        lambda i, invoice, cents, code, by, owner: DisputeFact(i, invoice, cents, code, by, owner=owner),
    ),
    (CLAIMS, PaidClaimFact),
    (REMINDERS, ReminderFact),
    (HOLDS, HoldFact),
)


def _grouped(rows: Iterable[Sequence[Any]], fact: Callable[..., Any]) -> Grouped:
    """debtor id -> facts, each made from what follows the debtor's id in a row."""
    found: Grouped = defaultdict(list)
    for debtor_id, *values in rows:
        found[debtor_id].append(fact(*values))
    return found


def _invoices(
    administration_id: int, ids: Sequence[int], currencies: Mapping[int, str], covered: Sequence[int]
) -> Grouped:
    """Open ones, and those that a running promise covers: a kept promise is recognised by what is no longer open. Only in
    the debtor's currency: amounts in another are never added to it."""
    found: Grouped = defaultdict(list)
    rows = (
        with_covered(covered).of(administration_id, ids) if covered else INVOICES.of(administration_id, ids)
    )
    for (  # by place, with no function in between: a hundred thousand of them are read at a time
        debtor_id,
        currency,
        i,
        number,
        issued,
        due,
        amount,
        still,
        kind,
        exemption,
        exempt,
        as_of,
        text,
        copy,
        note,
    ) in rows:
        if currencies.get(debtor_id) == currency:
            credit = kind == "credit_note" or amount < 0
            why = _EXEMPTIONS[exemption]
            had = copy is not None
            found[debtor_id].append(
                InvoiceFact(
                    i, number, issued, due, amount, still, credit, why, exempt, as_of, text, had, note
                )
            )
    return found


def _promises(administration_id: int, ids: Sequence[int]) -> Grouped:
    rows = list(PROMISES.of(administration_id, ids))
    made = [row[1] for row in rows]
    parts: Grouped = defaultdict(list)
    covers: Grouped = defaultdict(list)
    if made:
        of_promises = Q(administration_id=administration_id, promise_id__in=made)
        for promise_id, due, cents, control, verdict in (
            Instalment.objects.filter(of_promises)
            .order_by("number")
            .values_list("promise_id", "due", "cents", "control", "verdict")
        ):
            parts[promise_id].append(InstalmentFact(due, cents, control, Verdict(verdict)))
        for promise_id, invoice_id, cents in (
            Cover.objects.filter(of_promises).order_by("id").values_list("promise_id", "invoice_id", "cents")
        ):
            covers[promise_id].append((invoice_id, cents))
    found: Grouped = defaultdict(list)
    for debtor_id, i, made_at, *said in rows:
        found[debtor_id].append(PromiseFact(i, made_at, tuple(parts[i]), tuple(covers[i]), *said))
    return found


def _attempts(administration_id: int, ids: Sequence[int]) -> Grouped:
    found: Grouped = defaultdict(list)
    rows = [row for row in CALLS.of(administration_id, ids) if row[1] is not None]
    latest: list[datetime] = [row[1] for row in rows]
    since = max(latest) - timedelta(days=REMEMBERED_DAYS) if latest else None
    for debtor_id, ended, at, outcome, incoming, number, result in rows:
        if since is None or ended >= since:
            found[debtor_id].append(AttemptFact(at, Outcome(outcome), incoming, number, Result(result)))
    return found
