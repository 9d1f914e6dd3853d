"""The dossier: what happened with this debtor, and what is next? A fixed number of queries, whatever there is of him."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import inf
from typing import Any

from beluur.domain.ageing import ageing
from beluur.domain.bar import bar
from beluur.domain.case import Case
from beluur.domain.gate import GateResult, gate
from beluur.domain.ladder_shipped import ladder_for
from beluur.domain.ladder_stand import stand
from beluur.domain.local_time import local_day
from beluur.domain.parts import Why, split
from beluur.domain.policy import Policy
from beluur.domain.simulation import simulate
from beluur.queries import dossier_parts as parts
from beluur.queries.bank_known import bank_known
from beluur.queries.dossier_payments import payments_of
from beluur.queries.dossier_rows import BarRow, Dossier, Head, InvoiceRow, StepRow
from beluur.queries.explain import explain_invoice, explain_sum
from beluur.queries.terms_given import terms_given
from beluur.store.load import load_case, load_policy
from beluur.store.models import Debtor, Invoice
from beluur.store.written import written
from beluur.values.money import Money, total
from beluur.values.numbers import format_reference
from beluur.values.sentence import Sentence, say

CLOSED_SHOWN = 20
SHOWN = 100  # open invoices, and files, on the page at first: a large customer has thousands
WEEKS_AHEAD = 10
_HEAD = (
    "id administration_id name kind kind_known country language formality time_zone currency street postcode city phone "
    "email vat_number "
    "company_number agreements_note delivery_note responsible stop assigned_to_id assigned_to__name payer_group_id "
    "payer_group__name merged_into_id step step_on step_at step_because"
).split()
_INVOICE = (
    "id number kind issued due currency amount_cents stated_open_cents booked_cents open_cents as_of description reference "
    "your_reference term_days term_agreed exemption exempt_cents delivery_note responsible copy_id closed_on "
    "closed_because source__name"
).split()


_ROW = written(
    lambda administration_id, debtor_id: Debtor.objects.filter(
        administration_id=administration_id, id=debtor_id
    ).values_list(*_HEAD)
)
_RUNNING = parts.of_debtor(
    lambda of: Invoice.objects.filter(of).exclude(open_cents=0).order_by("due", "id").values_list(*_INVOICE)
)
_CLOSED = parts.of_debtor(
    lambda of: (
        Invoice.objects.filter(of, open_cents=0)
        .order_by("-closed_on", "-id")
        .values_list(*_INVOICE)[:CLOSED_SHOWN]
    )
)


@dataclass(frozen=True, slots=True)
class Moved:
    """He was merged into another debtor."""

    into: int


def dossier(administration_id: int, debtor_id: int, now: datetime, *, whole: bool = False) -> Dossier | Moved:
    """Everything but the timeline; raises Debtor.DoesNotExist when he is not of this administration. Of invoices beyond the first
    `SHOWN` is told where their amount comes from only when ``whole`` is asked."""
    rows = _ROW(administration_id, debtor_id)
    if not rows:
        raise Debtor.DoesNotExist
    row = dict(zip(_HEAD, rows[0], strict=True))
    if row["merged_into_id"] is not None:
        return Moved(row["merged_into_id"])
    return _dossier((administration_id, debtor_id), row, now, inf if whole else SHOWN)


def _dossier(whose: parts.Of, row: dict[str, Any], now: datetime, explained: float) -> Dossier:
    administration_id, debtor_id = whose
    case = load_case(administration_id, debtor_id)
    today, currency = local_day(now, case.time_zone), case.currency
    policy = load_policy(administration_id)
    running = _running_invoices(whose, case, today, explained)
    closed, closed_count = _closed(whose, today)
    merges, came = parts.merges(whose)
    added, overdue = _added(running, currency)
    return Dossier(
        head=_head(row, parts.number(whose, came)),
        step=StepRow(row["step"], row["step_on"], row["step_at"], _sentences(row["step_because"])),
        today=today,
        open=total((i.open for i in added), currency),
        overdue=_least((i.open for i in overdue), (i.open for i in added), currency),
        open_because=explain_sum(added, currency),
        overdue_because=explain_sum(overdue, currency),
        invoices=running,
        closed=closed,
        closed_count=closed_count,
        ageing=ageing(((i.due, i.open.cents) for i in added), today),
        contacts=parts.contacts(whose, row["country"]),
        promises=parts.promises(administration_id, whose, bank_known(administration_id)),
        callbacks=parts.callbacks(whose),
        disputes=parts.disputes(whose, currency),
        claims=parts.claims(whose, currency),
        tasks=parts.tasks(whose),
        ultimatums=parts.ultimatums(whose),
        hold=_running(parts.hold(whose), today),
        reminders=parts.reminders(whose),
        payments=payments_of(administration_id, debtor_id),
        documents=parts.documents(whose),
        terms=terms_given(administration_id, debtor_id),
        messages=parts.messages(whose),
        group=parts.group_members(administration_id, row["payer_group_id"], debtor_id),
        merges=merges,
        bar=_bar(case, today),
        **_whether_to_call(gate(case, policy, now)),
        **_road(case, policy, today),
    )


def _whether_to_call(said: GateResult) -> dict[str, Any]:
    return {"why_not": tuple(said.why_not), "may_call": said.may_call, "may_overrule": said.may_overrule}


def _road(case: Case, policy: Policy, today: date) -> dict[str, Any]:
    ladder = ladder_for(case, policy)
    return {
        "stand": stand(case, ladder, policy, today),
        "ahead": simulate(case, ladder, policy, today, WEEKS_AHEAD),
    }


def _added(running: Sequence[InvoiceRow], currency: str) -> tuple[list[InvoiceRow], list[InvoiceRow]]:
    """Those in the debtor's currency, and of them those that are late; the others are shown and never added to them."""
    added = [i for i in running if i.open.currency == currency]
    return added, [i for i in added if i.days_late > 0 and i.open.cents > 0]


def open_invoices(administration_id: int, debtor_id: int, now: datetime) -> tuple[InvoiceRow, ...]:
    """What is open of him; raises Debtor.DoesNotExist."""
    case = load_case(administration_id, debtor_id)
    return _running_invoices((administration_id, debtor_id), case, local_day(now, case.time_zone))


def _running(hold: Any, today: date) -> Any:
    return hold if hold and (hold.until is None or hold.until >= today) else None


def _sentences(data: Sequence[dict[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence.from_json(one) for one in data)


def _head(row: dict[str, Any], number: str) -> Head:
    phone, tel = parts.readable(row["phone"], row["country"])
    same = {name: row[name] for name in Head.__slots__ if name in row}
    return Head(
        **same | {"phone": phone},
        tel=tel,
        number=number,
        assigned_id=row["assigned_to_id"],
        assigned=row["assigned_to__name"] or "",
        group_id=row["payer_group_id"],
        group=row["payer_group__name"] or "",
        merged_into=None,
    )


def _least(late: Iterable[Money], all_open: Iterable[Money], currency: str) -> Money:
    """What is late, but no more than is open: a credit note lowers what he owes, whatever its day."""
    return min(total(late, currency), total(all_open, currency), key=lambda money: money.cents)


def _running_invoices(
    of: parts.Of, case: Case, today: date, explained: float = inf
) -> tuple[InvoiceRow, ...]:
    """Open ones, oldest due first; of so many is told where the amount comes from."""
    pieces: dict[int, list[Sentence]] = defaultdict(list)
    for part in split(case, today).parts:
        if part.why is not Why.CALLABLE:
            pieces[part.invoice.id].append(_piece(part.why, Money(part.cents, case.currency), part.until))
    rows = enumerate(_RUNNING(*of))
    return tuple(_invoice(row, today, tuple(pieces[row[0]]), explained=n < explained) for n, row in rows)


def _closed(of: parts.Of, today: date) -> tuple[tuple[InvoiceRow, ...], int]:
    """The last closed ones, and how many of those there are."""
    last = tuple(_invoice(row, today, ()) for row in _CLOSED(*of))
    if len(last) < CLOSED_SHOWN:
        return last, len(last)
    administration_id, debtor_id = of
    whose = Invoice.objects.filter(administration_id=administration_id, debtor_id=debtor_id)
    return last, whose.filter(open_cents=0).count()


def _piece(why: Why, amount: Money, until: date | None) -> Sentence:
    if until is not None and why in (Why.PROMISED, Why.PLAN, Why.DISPUTED, Why.CLAIMED):
        return say(f"part.{why}_until", amount=amount, until=until)
    return say(f"part.{why}", amount=amount)


def _invoice(
    values: tuple[Any, ...], today: date, pieces: tuple[Sentence, ...], *, explained: bool = True
) -> InvoiceRow:
    row = dict(zip(_INVOICE, values, strict=True))
    currency, due = row["currency"], row["due"]
    amount, still = Money(row["amount_cents"], currency), Money(row["open_cents"], currency)
    stated, booked = Money(row["stated_open_cents"], currency), Money(row["booked_cents"], currency)
    same = {name: row[name] for name in InvoiceRow.__slots__ if name in row}
    return InvoiceRow(
        **same | {"reference": format_reference(row["reference"]) if row["reference"] else ""},
        days_late=max((today - due).days, 0) if due and still.cents > 0 else 0,
        amount=amount,
        open=still,
        exempt=Money(row["exempt_cents"], currency),
        parts=pieces,
        because=explain_invoice(amount, stated, booked, row["as_of"], row["source__name"] or "")
        if explained
        else (),
    )


def _bar(case: Case, today: date) -> BarRow:
    cents = bar(case, today)

    def money(n: int) -> Money:
        return Money(n, case.currency)

    return BarRow(
        money(cents.open_cents),
        money(cents.promised_cents),
        money(cents.disputed_cents),
        money(cents.exempt_cents),
        money(cents.credit_cents),
        money(cents.uncovered_cents),
        money(cents.promised_cents + cents.disputed_cents),
    )
