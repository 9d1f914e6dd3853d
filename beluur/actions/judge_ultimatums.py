"""Judges ultimatums on what came in (D12), as promises are: met, missed, or not known yet. Set-based, repeatable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from beluur.actions.bookings import bookings
from beluur.actions.judgements import BankLine, Change, because
from beluur.actions.lock_debtors import lock_debtors
from beluur.domain.because_ultimatum import consequence_name
from beluur.domain.case import UltimatumFact, Verdict
from beluur.domain.commitment import judge, rests_on
from beluur.domain.local_time import local_day
from beluur.domain.policy import Policy
from beluur.domain.receipts import Booked, Covered, Promised, known_to, receipts, received
from beluur.domain.standing_ultimatum import as_promised
from beluur.store.load import ULTIMATUM, ULTIMATUM_STANDS, bank_reach, load_policy, perhaps_paid, ultimatum_of
from beluur.store.models import Cover, Debtor, Invoice, Ultimatum
from beluur.store.save import Happening, append_many
from beluur.values.money import Money
from beluur.values.sentence import Sentence

SLICE = 1000  # debtors a transaction
BY = "Beluur"
_THIS = 0  # stands for the ultimatum among the promises before it
_MADE_AT, _ZONE = ULTIMATUM.index("made_at") - 1, ULTIMATUM.index("debtor__time_zone") - 1
_STATES = {
    Verdict.KEPT: "met",
    Verdict.LATE: "met",
    Verdict.PARTLY: "missed",
    Verdict.BROKEN: "missed",
}
_TOLD = {
    Verdict.KEPT: "event.ultimatum_met",
    Verdict.LATE: "event.ultimatum_met_late",
    Verdict.PARTLY: "event.ultimatum_missed",
    Verdict.BROKEN: "event.ultimatum_missed",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """An ultimatum as judged; ``earlier`` are the promises that were served before it."""

    debtor_id: int
    currency: str
    time_zone: str
    fact: UltimatumFact
    earlier: tuple[Promised, ...]


@dataclass(frozen=True, slots=True)
class _Books:
    open_now: dict[int, int]
    as_of: dict[int, date | None]
    booked: dict[int, list[Booked]]
    lines: dict[int, BankLine]  # by payment id
    bank: date | None  # the last day that is complete on all accounts in use
    perhaps: frozenset[int]  # debtors of whom a payment waits that may be theirs


@dataclass(frozen=True, slots=True)
class _Found:
    row: _Row
    change: Change

    @property
    def state(self) -> str:
        return _STATES[self.change.verdict]


def judge_ultimatums(administration_id: int, now: datetime) -> set[int]:
    """All that stand; gives the debtors of whom one changed, who are then stale."""
    standing = Ultimatum.objects.filter(administration_id=administration_id, state__in=ULTIMATUM_STANDS)
    ids = list(standing.order_by("debtor_id").values_list("debtor_id", flat=True).distinct())
    changed: set[int] = set()
    for start in range(0, len(ids), SLICE):
        with transaction.atomic():
            changed |= judge_ultimatums_of(administration_id, ids[start : start + SLICE], now)
    return changed


def judge_ultimatums_of(administration_id: int, debtor_ids: Collection[int], now: datetime) -> set[int]:
    """The same of these debtors, in the running transaction."""
    here = Q(administration_id=administration_id)
    standing = Ultimatum.objects.filter(here, debtor_id__in=list(debtor_ids), state__in=ULTIMATUM_STANDS)
    owners = set(standing.values_list("debtor_id", flat=True))
    if not owners or not lock_debtors(administration_id, owners):
        return set()
    rows = _rows(administration_id, standing)
    books, policy = _books(administration_id, rows), load_policy(administration_id)
    found = [f for row in rows for f in _judged(row, books, policy, now)]
    for state in ("met", "missed"):
        ids = [f.row.fact.id for f in found if f.state == state]
        Ultimatum.objects.filter(here, id__in=ids).update(state=state, ended_at=now)
    if found:
        append_many(administration_id, [_happening(f) for f in found], at=now, actor_id=None, actor=BY)
    changed = {f.row.debtor_id for f in found}
    Debtor.objects.filter(here, id__in=changed).update(step_stale=True)
    return changed


def stand_again(administration_id: int, debtor_id: int, since: datetime) -> None:
    """Money that was booked at ``since`` is taken back: what was met on it is to be judged anew."""
    Ultimatum.objects.filter(
        administration_id=administration_id, debtor_id=debtor_id, state="met", ended_at__gte=since
    ).update(state="open", ended_at=None)


def _rows(administration_id: int, standing: QuerySet[Ultimatum]) -> list[_Row]:
    facts = list(standing.order_by("made_at", "id").values_list("currency", *ULTIMATUM))
    promised = _promised(administration_id, {debtor_id for _, debtor_id, *_ in facts})
    rows = []
    for currency, debtor_id, *columns in facts:
        fact = ultimatum_of(*columns)
        made_at, zone = columns[_MADE_AT], columns[_ZONE]
        earlier = tuple(p for at, p in promised[debtor_id] if at < made_at)
        rows.append(_Row(debtor_id, currency, zone, fact, earlier))
    return rows


def _promised(administration_id: int, debtor_ids: set[int]) -> dict[int, list[tuple[datetime, Promised]]]:
    """Debtor id -> his promises that took, or may still take, of what comes in, the oldest first."""
    took = Q(promise__active=True) | Q(promise__ended_because__in=("kept", "late"))
    rows = Cover.objects.filter(took, administration_id=administration_id, promise__debtor_id__in=debtor_ids)
    covers: dict[tuple[int, datetime, int], list[Covered]] = defaultdict(list)
    columns = "promise__debtor_id promise__made_at promise_id invoice_id cents open_then_cents".split()
    for debtor_id, made_at, i, *cover in rows.order_by("promise__made_at", "promise_id", "id").values_list(
        *columns
    ):
        covers[debtor_id, made_at, i].append(Covered(*cover))
    found: dict[int, list[tuple[datetime, Promised]]] = defaultdict(list)
    for (debtor_id, made_at, i), own in covers.items():
        found[debtor_id].append((made_at, Promised(i, made_at.date(), tuple(own), ())))
    return found


def _books(administration_id: int, rows: list[_Row]) -> _Books:
    ids = {invoice_id for row in rows for invoice_id, _, _ in row.fact.covers}
    invoices = Invoice.objects.filter(administration_id=administration_id, id__in=ids)
    found = list(invoices.values_list("id", "open_cents", "as_of"))
    came = bookings(administration_id, ids)
    perhaps = perhaps_paid(administration_id, {row.debtor_id for row in rows})
    return _Books(
        {i: cents for i, cents, _ in found},
        {i: day for i, _, day in found},
        came.booked,
        came.lines,
        bank_reach(administration_id),
        frozenset(perhaps),
    )


def _judged(row: _Row, books: _Books, policy: Policy, now: datetime) -> Iterator[_Found]:
    promised = as_promised(row.fact)
    taken = received([*row.earlier, replace(promised, id=_THIS)], books.open_now)[_THIS]
    came = receipts(promised, taken, [b for c in promised.covers for b in books.booked.get(c.invoice_id, ())])
    unknown = (
        row.debtor_id in books.perhaps or not promised.covers
    )  # nobody is accused of what nobody can see
    known = None if unknown else known_to(promised.covers, books.open_now, books.as_of, bank=books.bank)
    today = local_day(now, row.time_zone)
    (verdict,) = judge(promised.instalments, came, policy, today, known_to=known)
    state = _STATES.get(verdict)
    if state is not None and not (state == "missed" and row.fact.missed):
        (payments,) = rests_on(promised.instalments, came, policy)
        lines = tuple(books.lines[i] for i in payments)
        yield _Found(row, Change(0, promised.instalments[0], verdict, lines, known))


def _happening(found: _Found) -> Happening:
    fact = found.row.fact
    params: dict[str, object] = {"amount": Money(fact.cents, found.row.currency), "on": fact.until}
    if found.state == "missed":
        params["consequence"] = consequence_name(fact.consequence)
    facts = {
        "ultimatum": fact.id,
        "check_on": fact.check_on.isoformat(),
        "payments": [line.payment_id for line in found.change.rests_on],
    }
    said = Sentence(_TOLD[found.change.verdict], params)
    return Happening(
        found.row.debtor_id, f"ultimatum_{found.state}", said, because(found.change), facts=facts
    )
