"""Statements of a drop as rows that wait to be published: only lines that are new, in chunks, and last how far each account
reaches then (decided 2 and 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from beluur.actions.bank.details import Batch, Sum, batches_told, with_details
from beluur.actions.bank.dropped import Dropped, DroppedAccount, StagedLines, by_account
from beluur.actions.bank.follow import Follow
from beluur.actions.bank.line_rows import line_of, line_record, said_of
from beluur.domain.bank_lines import Line, line_keys, new_lines
from beluur.domain.payment_state import Cause, may
from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.signals import signals
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.store.load.publishing import passing_rows
from beluur.store.models import BankAccount, Payment
from beluur.values.problem import Problem, Severity

LINES = 1000  # in one staged row
_KNOWN = (
    "booked_on amount_cents currency bank_reference iban statement__format statement__number batch batch_cents reference text "
    "line_key pending state"
).split()
_Pairs = list[tuple[TransactionRecord, Line]]


def stage_statements(administration_id: int, files: Sequence[FileContents]) -> StagedLines:
    """Compares what the files say with what the accounts hold; a fixed number of queries an account."""
    staged = StagedLines()
    accounts = list(BankAccount.objects.filter(administration_id=administration_id).order_by("id"))
    for account in by_account(accounts, files):
        _Stager(administration_id, account, staged).stage()
    return staged


class _Stager:
    """One account of one drop."""

    def __init__(self, administration_id: int, account: DroppedAccount, staged: StagedLines) -> None:
        self.administration_id, self.account, self.staged = administration_id, account, staged
        self.known: list[Line] = []
        self.announced: list[Line] = []
        self.keys: list[str] = []
        self.totals: dict[Sum, list[tuple[str, Line]]] = defaultdict(list)  # waiting, and perhaps of several

    def stage(self) -> None:
        self._load()
        batches = self._replace_totals(batches_told(self.account.dropped))
        follow = Follow(self.account.known)
        for dropped in [with_details(dropped, batches) for dropped in self.account.dropped]:
            for sentence in follow.add(dropped):
                self._warn(dropped, Problem(sentence, Severity.WARNING, dropped.file))
            self._lines(dropped)
        self.staged.add("reach", {"account": self.account.named, **follow.record()})

    def _warn(self, dropped: Dropped, problem: Problem) -> None:
        self.staged.problems[dropped.file].append(problem)

    def _load(self) -> None:
        days = [t.booked for d in self.account.dropped for t in d.lines]
        if not days or not self.account.known:
            return
        rows = Payment.objects.filter(
            administration_id=self.administration_id,
            account=self.account.known,
            line_key__isnull=False,
            booked_on__range=(min(days), max(days)),
        )
        for *line, reference, text, key, pending, state in rows.values_list(*_KNOWN):
            line[5:7] = (line[5] or "", line[6] or "")
            self.keys.append(key)
            if state != "undone":  # a total whose payments were told: these stand for it
                known = self.announced if pending else self.known
                known.append(Line._make([*line, said_of(reference, text)]))
                if may(state, Cause.DETAILED) and not (known[-1].iban or known[-1].batch):
                    self.totals[known[-1].booked, known[-1].cents].append((key, known[-1]))

    def _replace_totals(self, batches: list[Batch]) -> list[Batch]:
        """Sums that came in before and wait: their payments are known now. Gives the batches for which there is none."""
        left = []
        for batch in batches:
            if not (waiting := self.totals[batch.sum]):
                left.append(batch)
                continue
            key, total = waiting.pop()
            self.known.remove(total)
            pairs = _new(batch.notice, batch.lines)
            self.known += [line for _, line in pairs]
            self._add_rows(batch.notice, self._records(pairs), total=key)
            self.staged.counts["lines_detailed"] += len(pairs)
        return left

    def _lines(self, dropped: Dropped) -> None:
        """A notice books nothing: it tells what stands in a statement, in more detail."""
        said = dropped.statement
        if said.kind == "notice":
            self.staged.counts["lines_noted"] += len(dropped.lines)
        lines = dropped.lines if said.kind != "notice" else ()
        booked = [t for t in lines if not t.pending and said.kind != "interim"]
        pending = [t for t in lines if t.pending or said.kind == "interim"]
        announced = _new(dropped, pending, self.announced, self.known)
        fresh = _new(dropped, booked, self.known)
        fresh.sort(
            key=lambda pair: (pair[0].booked, pair[0].amount_cents < 0)
        )  # what came, before it goes back
        self.known += [line for _, line in fresh]
        self.announced += [line for _, line in announced]
        self._add_rows(dropped, chain(self._records(fresh), self._records(announced, before="pending|")))
        self._count(dropped, booked, [t for t, _ in fresh], len(announced))

    def _records(self, pairs: _Pairs, *, before: str = "") -> Iterator[tuple[list[Any], Incoming]]:
        """As staged lines with keys of their own, ``before`` which stands what sets announcements apart."""
        known = [key.removeprefix(before) for key in self.keys if key.startswith(before)]
        keys = [f"{before}{key}" for key in line_keys(known, [line for _, line in pairs])]
        self.keys += keys
        for (t, _), key in zip(pairs, keys, strict=True):
            yield line_record(t, key, pending=bool(before))

    def _add_rows(
        self, dropped: Dropped, records: Iterable[tuple[list[Any], Incoming]], *, total: str = ""
    ) -> None:
        """``total``: the key of the line in whose place they come. One row at least: it tells of the statement."""
        kind = "details" if total else "lines"
        head = {"account": self.account.named, "statement": dropped.described(), "total": total}
        waiting = iter(records)
        part = list(islice(waiting, LINES))
        while True:
            lines, said = [line for line, _ in part], [signals(incoming) for _, incoming in part]
            self.staged.add(kind, {**head, "lines": lines, "said": said})
            for name, rows in passing_rows(lines, said).items():
                self.staged.passing[self.account.number, self.account.currency, name] += rows
            if not (part := list(islice(waiting, LINES))):
                return

    def _count(
        self,
        dropped: Dropped,
        booked: Sequence[TransactionRecord],
        fresh: Sequence[TransactionRecord],
        pending: int,
    ) -> None:
        self.staged.counts["lines_new"] += len(fresh)
        self.staged.counts["lines_known"] += len(booked) - len(fresh)
        self.staged.counts["lines_pending"] += pending
        said = dropped.statement
        self.staged.seen.append(
            {
                "file": dropped.file,
                "account": said.account,
                "ours": self.account.number,  # as it is, or will be, known
                "holder": said.holder[:140],
                "kind": said.kind,
                "known": self.account.known is not None,
                "number": said.number,
                "currency": said.currency,
                "opens": said.opens.isoformat() if said.opens else None,
                "reaches": said.reaches.isoformat() if said.reaches else None,
                "new": len(fresh),
                "old": len(booked) - len(fresh),
                "came_cents": sum(t.amount_cents for t in fresh if t.amount_cents > 0),
                "went_cents": -sum(t.amount_cents for t in fresh if t.amount_cents < 0),
                "off_cents": _off(said, booked),
            }
        )


def _new(dropped: Dropped, records: Sequence[TransactionRecord], *known: Sequence[Line]) -> _Pairs:
    """Those that stand in none of ``known``, with what they are compared by."""
    pairs = [(t, line_of(t, dropped.format, dropped.statement.number)) for t in records]
    for lines in filter(None, known):
        new = new_lines(lines, [line for _, line in pairs])
        pairs = [pair for pair, is_new in zip(pairs, new, strict=True) if is_new]
    return pairs


def _off(said: StatementRecord, booked: Sequence[TransactionRecord]) -> int:
    """By how many cents the statement does not add up (``bank.balance``); 0 when it does, or names no balances."""
    if said.kind not in ("statement", "list") or said.opening_cents is None or said.closing_cents is None:
        return 0
    return said.closing_cents - said.opening_cents - sum(t.amount_cents for t in booked)
