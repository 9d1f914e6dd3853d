"""Judges promises on what came in (F2, J3): the verdict per instalment, and the end of what was kept. Set-based, repeatable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from beluur.actions.lock_debtors import lock_debtors
from beluur.domain.case import InstalmentFact, Verdict
from beluur.domain.commitment import judge
from beluur.domain.local_time import local_day
from beluur.domain.policy import Policy
from beluur.domain.receipts import Booked, Covered, Promised, known_to, receipts, received
from beluur.store.load import bank_reach, load_policy, perhaps_paid
from beluur.store.models import Allocation, Cover, Debtor, Instalment, Invoice, Promise
from beluur.store.save import Happening, append_many, update_many
from beluur.values.money import Money
from beluur.values.sentence import Sentence

SLICE = 1000  # debtors a transaction
BY = "Beluur"
_DONE = (Verdict.KEPT, Verdict.LATE)
_TOLD = {
    Verdict.KEPT: "event.promise_kept",
    Verdict.LATE: "event.promise_late",
    Verdict.PARTLY: "event.promise_partly",
    Verdict.BROKEN: "event.promise_broken",
}


def judge_commitments(administration_id: int, now: datetime) -> int:
    """All running promises of the administration; gives for how many debtors something changed, who are then stale."""
    running = Promise.objects.filter(administration_id=administration_id, active=True)
    ids = list(running.order_by("debtor_id").values_list("debtor_id", flat=True).distinct())
    changed = 0
    for start in range(0, len(ids), SLICE):
        with transaction.atomic():
            changed += len(judge_debtors(administration_id, ids[start : start + SLICE], now))
    return changed


def judge_debtors(administration_id: int, debtor_ids: Collection[int], now: datetime) -> set[int]:
    """The promises of these debtors, in the running transaction; gives the debtors for whom a verdict changed."""
    promises = Promise.objects.filter(
        administration_id=administration_id, debtor_id__in=list(debtor_ids), active=True
    )
    if not lock_debtors(administration_id, set(promises.values_list("debtor_id", flat=True))):
        return set()
    books = _books(administration_id, promises)
    policy = load_policy(administration_id)
    findings = [finding for group in books.by_debtor() for finding in _judged(group, books, policy, now)]
    _save(administration_id, findings, now)
    changed = {f.debtor_id for f in findings if f.changes}
    Debtor.objects.filter(administration_id=administration_id, id__in=changed).update(step_stale=True)
    return changed


def judge_anew(
    administration_id: int, debtor_id: int, invoice_ids: Collection[int], since: datetime, now: datetime
) -> None:
    """Money that was booked at ``since`` is taken back: what was judged kept on it stands again, and is judged anew."""
    done = Q(administration_id=administration_id, judged_at__gte=since, verdict__in=[v.value for v in _DONE])
    ids = set(
        Instalment.objects.filter(
            done, promise__debtor_id=debtor_id, promise__covers__invoice_id__in=list(invoice_ids)
        )
        .filter(Q(promise__active=True) | Q(promise__ended_because__in=("kept", "late")))
        .values_list("promise_id", flat=True)
    )
    Instalment.objects.filter(done, promise_id__in=ids).update(verdict=Verdict.OPEN.value, looked_by=None)
    Promise.objects.filter(administration_id=administration_id, id__in=ids).update(
        active=True, ended_because=""
    )
    judge_debtors(administration_id, [debtor_id], now)


@dataclass(frozen=True, slots=True)
class _Row:
    """A promise as judged, with the ids of its instalments; ``looked`` are those on which a person has spoken."""

    debtor_id: int
    time_zone: str
    currency: str
    promised: Promised
    instalment_ids: tuple[int, ...]
    looked: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Books:
    rows: list[_Row]
    open_now: dict[int, int]
    as_of: dict[int, date | None]
    booked: dict[int, list[Booked]]
    bank: date | None  # the last day that is complete on all accounts in use
    perhaps: frozenset[int]  # debtors of whom a payment waits that may be theirs

    def by_debtor(self) -> Iterator[list[_Row]]:
        groups: dict[int, list[_Row]] = defaultdict(list)
        for row in self.rows:
            groups[row.debtor_id].append(row)
        yield from groups.values()


@dataclass(frozen=True, slots=True)
class _Finding:
    """``changes`` are (instalment id, instalment, verdict)."""

    debtor_id: int
    currency: str
    promise_id: int
    changes: tuple[tuple[int, InstalmentFact, Verdict], ...]
    ended: str


def _books(administration_id: int, promises: QuerySet[Promise]) -> _Books:
    heads = list(
        promises.order_by("made_at", "id").values_list(
            "id", "debtor_id", "made_at", "currency", "debtor__time_zone"
        )
    )
    mine = Q(administration_id=administration_id, promise_id__in=[h[0] for h in heads])
    parts: dict[int, list[tuple[int, InstalmentFact, bool]]] = defaultdict(list)
    columns = "promise_id id due cents control verdict looked_by_id".split()
    for promise_id, i, due, cents, control, verdict, looked in (
        Instalment.objects.filter(mine).order_by("number").values_list(*columns)
    ):
        parts[promise_id].append(
            (i, InstalmentFact(due, cents, control, Verdict(verdict)), looked is not None)
        )
    covers: dict[int, list[Covered]] = defaultdict(list)
    for promise_id, *cover in (
        Cover.objects.filter(mine)
        .order_by("id")
        .values_list("promise_id", "invoice_id", "cents", "open_then_cents")
    ):
        covers[promise_id].append(Covered(*cover))
    rows = []
    for promise_id, debtor_id, made_at, currency, zone in heads:
        ids, facts, looked = zip(*parts[promise_id], strict=True) if parts[promise_id] else ((), (), ())
        promised = Promised(promise_id, local_day(made_at, zone), tuple(covers[promise_id]), tuple(facts))
        rows.append(_Row(debtor_id, zone, currency, promised, tuple(ids), tuple(looked)))
    return _with_invoices(administration_id, rows)


def _with_invoices(administration_id: int, rows: list[_Row]) -> _Books:
    ids = {c.invoice_id for row in rows for c in row.promised.covers}
    here = Q(administration_id=administration_id)
    invoices = Invoice.objects.filter(here, id__in=ids).values_list("id", "open_cents", "as_of")
    found = list(invoices)
    booked = _booked(administration_id, ids)
    debtors = {row.debtor_id for row in rows}
    return _Books(
        rows,
        {i: cents for i, cents, _ in found},
        {i: day for i, _, day in found},
        booked,
        bank_reach(administration_id),
        frozenset(perhaps_paid(administration_id, debtors)),
    )


def _booked(administration_id: int, invoice_ids: Collection[int]) -> dict[int, list[Booked]]:
    """What each payment still pays, on its own day; what went back, or was taken off, did not come."""
    rows = Allocation.objects.filter(administration_id=administration_id, invoice_id__in=invoice_ids)
    columns = (
        "invoice_id cents payment_id payment__takes_back_id payment__reverses_id payment__booked_on".split()
    )
    net: dict[tuple[int, int], int] = defaultdict(int)
    days: dict[int, date] = {}
    for invoice_id, cents, payment_id, takes_back, reverses, on in rows.values_list(*columns):
        days[payment_id] = on
        net[invoice_id, takes_back or reverses or payment_id] += cents
    booked: dict[int, list[Booked]] = defaultdict(list)
    for (invoice_id, payment_id), cents in net.items():
        if cents > 0 and payment_id in days:
            booked[invoice_id].append(Booked(invoice_id, cents, days[payment_id]))
    return booked


def _judged(group: list[_Row], books: _Books, policy: Policy, now: datetime) -> Iterator[_Finding]:
    taken = received([row.promised for row in group], books.open_now)
    for row in group:
        promised = row.promised
        bookings = [b for c in promised.covers for b in books.booked.get(c.invoice_id, ())]
        verdicts = judge(
            promised.instalments,
            receipts(promised, taken[promised.id], bookings),
            policy,
            local_day(now, row.time_zone),
            known_to=None
            if row.debtor_id in books.perhaps  # nobody is accused while his money may be there
            else known_to(promised.covers, books.open_now, books.as_of, bank=books.bank),
        )
        yield _finding(row, verdicts)


def _finding(row: _Row, verdicts: Iterable[Verdict]) -> _Finding:
    final = tuple(
        _weighed(part, verdict, looked=looked)
        for part, verdict, looked in zip(row.promised.instalments, verdicts, row.looked, strict=True)
    )
    changes = tuple(
        (i, part, verdict)
        for i, part, verdict in zip(row.instalment_ids, row.promised.instalments, final, strict=True)
        if verdict is not part.verdict
    )
    ended = ""
    if final and all(v in _DONE for v in final):
        ended = "kept" if all(v is Verdict.KEPT for v in final) else "late"
    return _Finding(row.debtor_id, row.currency, row.promised.id, changes, ended)


def _weighed(part: InstalmentFact, verdict: Verdict, *, looked: bool) -> Verdict:
    """Who looked himself is believed, until the books show the money after all."""
    if part.verdict in _DONE:
        return part.verdict
    if looked and verdict not in _DONE:
        return part.verdict
    return Verdict.LATE if looked and part.verdict is Verdict.BROKEN else verdict


def _save(administration_id: int, findings: list[_Finding], now: datetime) -> None:
    at = connection.ops.adapt_datetimefield_value(now)
    changes = [(v.value, at, i) for f in findings for i, _, v in f.changes]
    if changes:
        update_many(Instalment, administration_id, ("verdict", "judged_at"), changes)
    for reason in ("kept", "late"):
        ended = [f.promise_id for f in findings if f.ended == reason]
        if ended:
            Promise.objects.filter(administration_id=administration_id, id__in=ended).update(
                active=False, ended_because=reason
            )
    happenings = [_happening(f, part, v) for f in findings for _, part, v in f.changes if v in _TOLD]
    if happenings:
        append_many(administration_id, happenings, at=now, actor_id=None, actor=BY)


def _happening(finding: _Finding, part: InstalmentFact, verdict: Verdict) -> Happening:
    said = Sentence(_TOLD[verdict], {"amount": Money(part.cents, finding.currency), "on": part.due})
    facts = {"promise": finding.promise_id, "control": part.control.isoformat(), "verdict": verdict.value}
    return Happening(finding.debtor_id, "promise_judged", said, facts=facts)
