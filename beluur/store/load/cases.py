"""Rows to Cases, set-based: a fixed number of queries, however many debtors are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

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
from beluur.store.load.bank import perhaps_paid
from beluur.store.models import (
    Administration,
    Call,
    Callback,
    Contact,
    Cover,
    Debtor,
    Dispute,
    Hold,
    Instalment,
    Invoice,
    PaidClaim,
    Promise,
    Reminder,
)

CHUNK = 2000  # debtors a query: bounds memory and the length of the statement
RUN = 50
REMEMBERED_DAYS = 400  # attempts further back do not weigh in any decision

Grouped = dict[int, list[Any]]


def load_case(administration_id: int, debtor_id: int) -> Case:
    """One debtor; raises Debtor.DoesNotExist when he is not in this administration."""
    found = load_cases(administration_id, [debtor_id])
    if debtor_id not in found:
        raise Debtor.DoesNotExist(f"debtor {debtor_id}")
    return found[debtor_id]


def load_cases(administration_id: int, debtor_ids: Iterable[int]) -> dict[int, Case]:
    """Cases by debtor id, in the order asked; ids of other administrations are silently absent."""
    ids = list(debtor_ids)
    agency = (
        Administration.objects.values_list("kind", flat=True).get(id=administration_id)
        == Administration.Kind.AGENCY
    )
    cases: dict[int, Case] = {}
    for start in range(0, len(ids), CHUNK):
        cases.update(_chunk(administration_id, ids[start : start + CHUNK], agency=agency))
    return cases


def _chunk(administration_id: int, ids: Sequence[int], *, agency: bool) -> dict[int, Case]:
    here = Q(administration_id=administration_id)
    rows = {r["id"]: r for r in Debtor.objects.filter(here, id__in=ids, merged_into=None).values(*_DEBTOR)}
    of_debtors = here & _of(ids)
    promises = _promises(administration_id, of_debtors)
    covered = [invoice_id for own in promises.values() for p in own for invoice_id, _ in p.covers]
    invoices = _invoices(of_debtors, {i: row["currency"] for i, row in rows.items()}, covered)
    callbacks = _grouped(Callback.objects.filter(of_debtors, state="open"), _CALLBACK, CallbackFact, "at")
    disputes = _grouped(Dispute.objects.filter(of_debtors, state="open"), _DISPUTE, DisputeFact, "id")
    claims = _grouped(PaidClaim.objects.filter(of_debtors, state="open"), _CLAIM, PaidClaimFact, "id")
    attempts = _attempts(of_debtors)
    reminders = _grouped(
        Reminder.objects.filter(of_debtors, withdrawn_at=None), ("level", "on", "channel"), ReminderFact, "on"
    )
    holds = _grouped(Hold.objects.filter(of_debtors, lifted_at=None), ("until", "reason"), HoldFact, "at")
    phones, mails, named = _ways(of_debtors)
    perhaps = perhaps_paid(administration_id, ids)
    rows = Debtor.objects.filter(here, id__in=ids, merged_into=None).values(*_DEBTOR)
    cases = {}
    for row in rows:
        i = row["id"]
        cases[i] = Case(
            **_identity(row),
            agency=agency,
            invoices=tuple(invoices[i]),
            promises=tuple(promises[i]),
            callbacks=tuple(callbacks[i]),
            disputes=tuple(disputes[i]),
            claims=tuple(claims[i]),
            attempts=tuple(attempts[i]),
            reminders=tuple(reminders[i]),
            hold=holds[i][-1] if holds[i] else None,
            perhaps_paid_cents=perhaps.get(i, 0),
            has_phone=bool(row["phone"]) or i in phones,
            has_email=bool(row["email"]) or i in mails,
            has_contact=i in named,
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


def _of(ids: Sequence[int]) -> Q:
    """These debtors; a dense run of ids as a range, for a list of thousands costs more to write than to answer. What
    comes along too many is not looked at."""
    if len(ids) > RUN and max(ids) - min(ids) < 3 * len(ids):
        return Q(debtor_id__gte=min(ids), debtor_id__lte=max(ids))
    return Q(debtor_id__in=ids)


_DEBTOR = (
    "id name kind country language time_zone currency stop phone email payer_group_id assigned_to_id".split()
)
_INVOICE = (
    "id number issued due amount_cents open_cents kind exemption exempt_cents as_of description copy_id "
    "delivery_note"
).split()
_CALLBACK = ("id", "at", "who")
_DISPUTE = ("id", "invoice_id", "cents", "code", "answer_by", "owner")
_CLAIM = ("id", "paid_on", "cents", "check_on")


def _grouped(rows: QuerySet[Any], columns: Sequence[str], fact: Callable[..., Any], order: str) -> Grouped:
    """debtor id -> facts, each made from ``columns`` by name."""
    found: Grouped = defaultdict(list)
    for debtor_id, *values in rows.order_by(order, "id").values_list("debtor_id", *columns):
        found[debtor_id].append(fact(**dict(zip(columns, values, strict=True))))
    return found


def _invoices(of_debtors: Q, currencies: Mapping[int, str], covered: Sequence[int]) -> Grouped:
    """Open ones, and those that a running promise covers: a kept promise is recognised by what is no longer open. Only in
    the debtor's currency: amounts in another are never added to it."""
    found: Grouped = defaultdict(list)
    wanted = Invoice.objects.filter(of_debtors, ~Q(open_cents=0) | Q(id__in=covered))
    for debtor_id, currency, *columns in wanted.order_by("due", "id").values_list(
        "debtor_id", "currency", *_INVOICE
    ):
        if currencies.get(debtor_id) == currency:
            found[debtor_id].append(_invoice(*columns))
    return found


def _invoice(  # the columns of _INVOICE, by place: a hundred thousand of them are read at a time
    i: int,
    number: str,
    issued: date | None,
    due: date | None,
    amount: int,
    still: int,
    kind: str,
    exemption: str,
    exempt: int,
    as_of: date | None,
    text: str,
    copy: int | None,
    note: str,
) -> InvoiceFact:
    return InvoiceFact(
        id=i,
        number=number,
        issued=issued,
        due=due,
        amount_cents=amount,
        open_cents=still,
        is_credit_note=kind == "credit_note" or amount < 0,
        exemption=Exemption(exemption),
        exempt_cents=exempt,
        known_to=as_of,
        description=text,
        has_copy=copy is not None,
        delivery=note,
    )


def _promises(administration_id: int, of_debtors: Q) -> Grouped:
    rows = list(
        Promise.objects.filter(of_debtors, active=True)
        .order_by("made_at", "id")
        .values_list("debtor_id", "id", "made_at", "said", "way", "words")
    )
    ids = [row[1] for row in rows]
    parts: Grouped = defaultdict(list)
    covers: Grouped = defaultdict(list)
    if ids:
        of_promises = Q(administration_id=administration_id, promise_id__in=ids)
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
    for debtor_id, i, made_at, said, way, text in rows:
        found[debtor_id].append(
            PromiseFact(i, made_at, tuple(parts[i]), tuple(covers[i]), said=said, way=way, words=text)
        )
    return found


def _attempts(of_debtors: Q) -> Grouped:
    found: Grouped = defaultdict(list)
    rows = Call.objects.filter(of_debtors, state="ended", corrected_by=None).exclude(outcome="")
    latest = rows.order_by("-ended_at").values_list("ended_at", flat=True).first()
    if latest is not None:
        rows = rows.filter(ended_at__gte=latest - timedelta(days=REMEMBERED_DAYS))
    for debtor_id, at, outcome, incoming, number, result in rows.order_by("opened_at").values_list(
        "debtor_id", "opened_at", "outcome", "incoming", "number", "result"
    ):
        found[debtor_id].append(AttemptFact(at, Outcome(outcome), incoming, number, Result(result)))
    return found


def _ways(of_debtors: Q) -> tuple[set[int], set[int], set[int]]:
    """Debtor ids with a contact who can be phoned, with one who can be mailed, and with one for payments who has a name."""
    phones, mails, named = set(), set(), set()
    columns = "debtor_id phone mobile email phone_invalid for_payments name".split()
    for debtor_id, phone, mobile, email, invalid, for_payments, name in Contact.objects.filter(
        of_debtors, removed_at=None
    ).values_list(*columns):
        if (phone and not invalid) or mobile:
            phones.add(debtor_id)
        if email:
            mails.add(debtor_id)
        if for_payments and name:
            named.add(debtor_id)
    return phones, mails, named
