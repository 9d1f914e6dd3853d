"""*Agenda*: everything that is due, by day and by whose it is: promises on their control date, call-backs, what we promised
ourselves, disputes to answer, last days, and holds that end. A fixed number of queries, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from beluur.domain.because_ultimatum import consequence_name
from beluur.domain.local_time import local_day, moment_at
from beluur.queries.absences import watch_of
from beluur.queries.entry import Block
from beluur.store.models import Callback, CallBlock, Dispute, Hold, Instalment, Task, Ultimatum
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

SHOWN = 400  # of each kind, the last days first
DAY = timedelta(days=1)
Owners = tuple[int, ...] | None  # None: everyone


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing that is due. ``kind`` is promise, callback, own_promise, delivery, dispute, ultimatum or hold; ``on`` its day at
    the administration, ``at`` its moment (UTC) when it has one. ``who`` is whose it is, empty when nobody's in particular;
    ``owner`` his id when he works here, ``for_whom`` who is away, for whom he stands in who looks. ``said`` is the day that the
    debtor named, of a promise or a last day; ``follows`` what was announced for after it."""

    kind: str
    id: int
    debtor_id: int
    name: str
    on: date
    at: datetime | None = None
    who: str = ""
    what: str = ""
    amount: Money | None = None
    said: date | None = None
    follows: Sentence | None = None
    owner: int | None = None
    for_whom: str = ""

    @property
    def kind_said(self) -> Sentence:
        """What it is, in a few words."""
        return say(f"calendar.{self.kind}")


@dataclass(frozen=True, slots=True)
class Due:
    """``late`` is what should have been done, whatever the days that are looked at; ``rows`` what falls on those days and is not
    late, by day and hour. ``more``: not all of it is shown."""

    late: tuple[DueRow, ...] = ()
    rows: tuple[DueRow, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``, both included, as one looks at them at ``now`` in ``time_zone``."""

    first: date
    last: date
    now: datetime
    time_zone: str

    @property
    def today(self) -> date:
        """The day at the administration."""
        return local_day(self.now, self.time_zone)

    def days(self, name: str) -> Q:
        """The column ``name``, a day, is in it or has passed."""
        return Q(**{f"{name}__lt": self.today}) | Q(**{f"{name}__gte": self.first, f"{name}__lte": self.last})

    def moments(self, name: str) -> Q:
        """The same of a moment."""
        begins = moment_at(self.first, time(), self.time_zone)
        ends = moment_at(self.last + DAY, time(), self.time_zone)
        return Q(**{f"{name}__lt": self.now}) | Q(**{f"{name}__gte": begins, f"{name}__lt": ends})


def due(administration_id: int, span: Span, *, user_id: int | None = None) -> Due:
    """What is due of ``user_id``, or of everyone; seven queries. What is nobody's in particular is on everyone's list; what is
    a colleague's on a day that he is away, on that of who stands in for him (what is late: who does so today)."""
    here = Q(administration_id=administration_id)
    watch = None if user_id is None else watch_of(administration_id, user_id, min(span.today, span.first))
    owners = watch.owners(min(span.today, span.first), span.last) if watch else None
    found = [list(ask(here, span, owners)) for ask in _KINDS]
    rows = sorted((row for of_kind in found for row in of_kind), key=lambda r: _order(r, span))
    if watch:
        rows = [
            replace(row, for_whom=watch.for_whom(row.owner))
            for row in rows
            if watch.takes(row.owner, max(row.on, span.today))
        ]
    late = tuple(r for r in rows if _is_late(r, span))
    return Due(
        late,
        tuple(r for r in rows if not _is_late(r, span) and span.first <= r.on <= span.last),
        more=any(len(of_kind) >= SHOWN for of_kind in found),
    )


def blocks_of(administration_id: int, user_id: int) -> tuple[Block, ...]:
    """His call blocks (A3), by day and hour; one query."""
    rows = CallBlock.objects.filter(administration_id=administration_id, user_id=user_id)
    columns = ("weekday", "starts", "ends")
    return tuple(Block(*row) for row in rows.order_by("weekday", "starts").values_list(*columns))


def _order(row: DueRow, span: Span) -> tuple[date, datetime, str, str, int]:
    return (row.on, row.at or moment_at(row.on, time(), span.time_zone), row.name, row.kind, row.id)


def _is_late(row: DueRow, span: Span) -> bool:
    if row.kind == "hold":
        return False
    return row.at < span.now if row.at else row.on < span.today


def _his(owners: Owners, owner: str = "", debtor: str = "debtor") -> Q:
    """Whose debtor it is, when nobody is named in ``owner``; a debtor of nobody's is everyone's."""
    if owners is None:
        return Q()
    debtors = Q(**{f"{debtor}__assigned_to__in": owners}) | Q(**{f"{debtor}__assigned_to": None})
    return Q(**{f"{owner}__in": owners}) | (Q(**{owner: None}) & debtors) if owner else debtors


def _promises(here: Q, span: Span, owners: Owners) -> Iterator[DueRow]:
    """On the last day on which the money may come in; open ones only, for the others are judged."""
    of = _his(owners, debtor="promise__debtor")
    rows: Any = Instalment.objects.filter(
        here, span.days("control"), of, verdict__in=("open", "unknown"), promise__active=True
    )
    columns = (
        "id promise__debtor_id promise__debtor__name control promise__debtor__assigned_to__name promise__words cents "
        "promise__currency due promise__debtor__assigned_to"
    ).split()
    for i, debtor, name, on, who, words, cents, currency, said, mine in (
        rows.order_by("-control", "-id").values_list(*columns)[:SHOWN]
    ):  # fmt: skip
        amount = Money(cents, currency)
        yield DueRow("promise", i, debtor, name, on, None, who or "", words, amount, said, owner=mine)


def _callbacks(here: Q, span: Span, owners: Owners) -> Iterator[DueRow]:
    """Of whose debtor it is, else of who made the appointment."""
    of = Q()
    if owners is not None:
        made = Q(debtor__assigned_to=None) & (Q(by__in=owners) | Q(by=None))
        of = Q(debtor__assigned_to__in=owners) | made
    rows: Any = Callback.objects.filter(here, span.moments("at"), of, state="open")
    columns = (
        "id debtor_id debtor__name at debtor__assigned_to__name by__name who debtor__assigned_to by".split()
    )
    for i, debtor, name, at, assigned, by, whom, mine, made_by in (
        rows.order_by("-at", "-id").values_list(*columns)[:SHOWN]
    ):  # fmt: skip
        on = local_day(at, span.time_zone)
        yield DueRow("callback", i, debtor, name, on, at, assigned or by or "", whom, owner=mine or made_by)


def _tasks(here: Q, span: Span, owners: Owners) -> Iterator[DueRow]:
    rows: Any = Task.objects.filter(here, span.moments("at"), _his(owners, "owner"), done_at=None)
    columns = (
        "id kind debtor_id debtor__name at owner__name debtor__assigned_to__name what owner debtor__assigned_to"
    ).split()
    for i, kind, debtor, name, at, owner, assigned, what, owes, mine in (
        rows.order_by("-at", "-id").values_list(*columns)[:SHOWN]
    ):  # fmt: skip
        on = local_day(at, span.time_zone)
        yield DueRow(kind, i, debtor, name, on, at, owner or assigned or "", what, owner=owes or mine)


def _disputes(here: Q, span: Span, owners: Owners) -> Iterator[DueRow]:
    rows: Any = Dispute.objects.filter(here, span.days("answer_by"), _his(owners, "owner_user"), state="open")
    columns = (
        "id debtor_id debtor__name answer_by owner_user__name owner debtor__assigned_to__name what cents invoice__currency "
        "owner_user debtor__assigned_to"
    ).split()
    for i, debtor, name, on, user, owner, assigned, what, cents, currency, owes, mine in (
        rows.order_by("-answer_by", "-id").values_list(*columns)[:SHOWN]
    ):  # fmt: skip
        who = user or owner or assigned or ""
        amount = Money(cents, currency)
        yield DueRow("dispute", i, debtor, name, on, None, who, what, amount, owner=owes or mine)


def _ultimatums(here: Q, span: Span, owners: Owners) -> Iterator[DueRow]:
    """On the last day on which the money may come in."""
    rows: Any = Ultimatum.objects.filter(here, span.days("check_on"), _his(owners), state="open")
    columns = (
        "id debtor_id debtor__name check_on debtor__assigned_to__name consequence cents currency until debtor__assigned_to"
    ).split()
    for i, debtor, name, on, who, what, cents, currency, until, mine in (
        rows.order_by("-check_on", "-id").values_list(*columns)[:SHOWN]
    ):  # fmt: skip
        follows, amount = consequence_name(what), Money(cents, currency)
        yield DueRow("ultimatum", i, debtor, name, on, None, who or "", "", amount, until, follows, mine)


def _holds(here: Q, span: Span, owners: Owners) -> Iterator[DueRow]:
    """On the first day on which he may be chased again."""
    ends = Q(until__gte=span.first - DAY, until__lte=span.last - DAY)
    rows: Any = Hold.objects.filter(here, ends, _his(owners), lifted_at=None)
    columns = "id debtor_id debtor__name until debtor__assigned_to__name reason debtor__assigned_to".split()
    for i, debtor, name, until, who, reason, mine in (
        rows.order_by("-until", "-id").values_list(*columns)[:SHOWN]
    ):  # fmt: skip
        yield DueRow("hold", i, debtor, name, until + DAY, None, who or "", reason, owner=mine)


_KINDS: tuple[Callable[[Q, Span, Owners], Iterator[DueRow]], ...] = (
    _promises, _callbacks, _tasks, _disputes, _ultimatums, _holds,
)  # fmt: skip
