"""Judges promises on what came in (F2, J3): the verdict per instalment, and the end of what was kept; and what else was agreed
to come in by a day, ultimatums. Set-based, repeatable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from beluur.actions.bookings import Bookings, bookings
from beluur.actions.judge_ultimatums import judge_ultimatums, judge_ultimatums_of, stand_again
from beluur.actions.judgements import BankLine, Change, Finding, WentBack, happenings
from beluur.actions.lock_debtors import lock_debtors
from beluur.domain.case import InstalmentFact, Verdict
from beluur.domain.commitment import judge, may_matter, rests_on
from beluur.domain.local_time import local_day
from beluur.domain.policy import Policy
from beluur.domain.receipts import Covered, Promised, known_to, receipts, received
from beluur.store.among import rows_among
from beluur.store.load import bank_reach, load_policy, perhaps_paid
from beluur.store.models import Cover, Debtor, Instalment, Invoice, Promise, Ultimatum
from beluur.store.save import append_many, update_many

SLICE = 1000  # debtors a transaction
BY = "Beluur"
_DONE = (Verdict.KEPT, Verdict.LATE)
_AGREED = (Promise, Ultimatum)


def judge_commitments(administration_id: int, now: datetime) -> int:
    """All running promises and ultimatums of the administration; gives for how many debtors something changed, who are then
    stale."""
    promises = {f.debtor_id for f in _judge_promises(administration_id, now)}
    return len(promises | judge_ultimatums(administration_id, now))


def judge_due(administration_id: int, now: datetime) -> int:
    """The same of those promises only to which a day brings a verdict: of which a control date has passed. What else can change
    one, money or how far the bank is known, is judged where it is saved. For the night: it costs what is due, not what runs."""
    passed = Instalment.objects.filter(
        administration_id=administration_id,
        verdict__in=(Verdict.OPEN, Verdict.UNKNOWN),
        control__lte=now.astimezone(UTC).date(),  # it has passed where the day begins first
        promise__active=True,
    )
    ids = list(passed.order_by("promise__debtor_id").values_list("promise__debtor_id", flat=True).distinct())
    promises = {f.debtor_id for f in _judge_slices(administration_id, ids, now)}
    return len(promises | judge_ultimatums(administration_id, now))


def judge_all(administration_id: int, now: datetime) -> list[Finding]:
    """The same; gives what changed of promises."""
    found = _judge_promises(administration_id, now)
    judge_ultimatums(administration_id, now)
    return found


def _judge_promises(administration_id: int, now: datetime) -> list[Finding]:
    running = Promise.objects.filter(administration_id=administration_id, active=True)
    ids = list(running.order_by("debtor_id").values_list("debtor_id", flat=True).distinct())
    return _judge_slices(administration_id, ids, now)


def _judge_slices(administration_id: int, ids: list[int], now: datetime) -> list[Finding]:
    found: list[Finding] = []
    for start in range(0, len(ids), SLICE):
        with transaction.atomic():
            found += _judge(administration_id, ids[start : start + SLICE], now)
    return found


def judge_debtors(administration_id: int, debtor_ids: Collection[int], now: datetime) -> set[int]:
    """The promises and ultimatums of these debtors, in the running transaction; gives those for whom something changed."""
    promises = {f.debtor_id for f in _judge(administration_id, debtor_ids, now)}
    return promises | judge_ultimatums_of(administration_id, debtor_ids, now)


def _judge(administration_id: int, debtor_ids: Collection[int], now: datetime) -> list[Finding]:
    promises = Promise.objects.filter(
        administration_id=administration_id, debtor_id__in=list(debtor_ids), active=True
    )
    if not lock_debtors(administration_id, set(promises.values_list("debtor_id", flat=True))):
        return []
    books = _books(administration_id, promises)
    policy = load_policy(administration_id)
    findings = [finding for group in books.by_debtor() for finding in _judged(group, books, policy, now)]
    _save(administration_id, findings, now)
    changed = [f for f in findings if f.changes]
    Debtor.objects.filter(administration_id=administration_id, id__in={f.debtor_id for f in changed}).update(
        step_stale=True
    )
    return changed


def judge_anew(
    administration_id: int,
    debtor_id: int,
    invoice_ids: Collection[int],
    since: datetime,
    now: datetime,
    *,
    looked: Collection[int] | None = None,
) -> None:
    """Money that was booked at ``since`` is taken back: what was judged kept on it stands again, and is judged anew. ``looked``:
    of the instalments that somebody looked for himself only these; None: all."""
    done = Q(administration_id=administration_id, judged_at__gte=since, verdict__in=[v.value for v in _DONE])
    if looked is not None:
        done &= Q(looked_by=None) | Q(id__in=list(looked))
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
    stand_again(administration_id, debtor_id, since)
    judge_debtors(administration_id, [debtor_id], now)


def who_agreed(administration_id: int, debtor_ids: Collection[int]) -> set[int]:
    """Those of the debtors of whom there is a promise or an ultimatum, of whatever time. Two queries."""
    told = (rows_among(m, administration_id, "debtor_id", debtor_ids, ("debtor_id",)) for m in _AGREED)
    return {debtor_id for rows in told for (debtor_id,) in rows}


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
    came: Bookings
    bank: date | None  # the last day that is complete on all accounts in use
    perhaps: dict[int, int]  # by debtor, the cents that wait and may be his

    def by_debtor(self) -> Iterator[list[_Row]]:
        groups: dict[int, list[_Row]] = defaultdict(list)
        for row in self.rows:
            groups[row.debtor_id].append(row)
        yield from groups.values()


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
    debtors = {row.debtor_id for row in rows}
    return _Books(
        rows,
        {i: cents for i, cents, _ in found},
        {i: day for i, _, day in found},
        bookings(administration_id, ids),
        bank_reach(administration_id),
        perhaps_paid(administration_id, debtors),
    )


def _judged(group: list[_Row], books: _Books, policy: Policy, now: datetime) -> Iterator[Finding]:
    taken = received([row.promised for row in group], books.open_now)
    for row in group:
        promised = row.promised
        booked = [b for c in promised.covers for b in books.came.booked.get(c.invoice_id, ())]
        came = receipts(promised, taken[promised.id], booked)
        known = (
            None
            if may_matter(promised.instalments, books.perhaps.get(row.debtor_id, 0), policy)
            # nobody is accused while his money may be there
            else known_to(promised.covers, books.open_now, books.as_of, bank=books.bank)
        )
        verdicts = judge(promised.instalments, came, policy, local_day(now, row.time_zone), known_to=known)
        lines = [
            tuple(books.came.lines[i] for i in payments)
            for payments in rests_on(promised.instalments, came, policy)
        ]
        gone = [g for c in promised.covers for g in books.came.gone.get(c.invoice_id, ())]
        since = tuple(dict.fromkeys(g for g in gone if g.came.booked_on >= promised.made_on))
        yield _finding(row, verdicts, lines, known, since)


def _finding(
    row: _Row,
    verdicts: Iterable[Verdict],
    lines: Iterable[tuple[BankLine, ...]],
    known: date | None,
    gone: tuple[WentBack, ...],
) -> Finding:
    parts = row.promised.instalments
    final = tuple(
        _weighed(part, verdict, looked=looked)
        for part, verdict, looked in zip(parts, verdicts, row.looked, strict=True)
    )
    changes = tuple(
        Change(i, part, verdict, rests, known, gone)
        for i, part, verdict, rests in zip(row.instalment_ids, parts, final, lines, strict=True)
        if verdict is not part.verdict
    )
    ended = ""
    if final and all(v in _DONE for v in final):
        ended = "kept" if all(v is Verdict.KEPT for v in final) else "late"
    return Finding(row.debtor_id, row.currency, row.promised.id, changes, ended)


def _weighed(part: InstalmentFact, verdict: Verdict, *, looked: bool) -> Verdict:
    """Who looked himself is believed, until the books show the money after all."""
    if part.verdict in _DONE:
        return part.verdict
    if looked and verdict not in _DONE:
        return part.verdict
    return Verdict.LATE if looked and part.verdict is Verdict.BROKEN else verdict


def _save(administration_id: int, findings: list[Finding], now: datetime) -> None:
    at = connection.ops.adapt_datetimefield_value(now)
    changes = [(c.verdict.value, at, c.instalment_id) for f in findings for c in f.changes]
    if changes:
        update_many(Instalment, administration_id, ("verdict", "judged_at"), changes)
    for reason in ("kept", "late"):
        ended = [f.promise_id for f in findings if f.ended == reason]
        if ended:
            Promise.objects.filter(administration_id=administration_id, id__in=ended).update(
                active=False, ended_because=reason
            )
    told = happenings(findings)
    if told:
        append_many(administration_id, told, at=now, actor_id=None, actor=BY)
