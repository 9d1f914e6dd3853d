"""*Cijfers*: what is counted of the calls of a period, everyone's or one caller's; seven queries, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from beluur.domain.figures import (
    CallCount,
    Counted,
    Figures,
    FirstCount,
    GoalCount,
    PartCount,
    ReasonCount,
    ReasonPart,
    ReviewCount,
    figures,
)
from beluur.domain.local_time import moment_at
from beluur.domain.period import Period
from beluur.queries.days_in_sql import DaysBetween, DaysLater
from beluur.store.models import Call, CallReason, Instalment, Invoice, Message, WrittenAnswer

DAY, WEEK = timedelta(days=1), timedelta(days=7)
_A_MONDAY = date(1970, 1, 5)
_LEFT_OUT = ("corrected", "withdrawn", "changed")


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which calls: those of ``caller_id``, or of everyone (None), in the period; its days are of ``time_zone``."""

    administration_id: int
    period: Period
    time_zone: str
    caller_id: int | None = None

    @property
    def since(self) -> datetime:
        """The first moment."""
        return self._starts(self.period.first)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return self._starts(self.period.last + DAY)

    def calls(self, prefix: str = "") -> Q:
        """That count: they ended, and were not told anew; ``prefix`` leads to the call."""
        wanted = {"opened_at__gte": self.since, "opened_at__lt": self.until, "state": "ended"}
        wanted |= {"administration_id": self.administration_id, "corrected_by": None}
        if self.caller_id is not None:
            wanted["caller_id"] = self.caller_id
        return Q(**{prefix + name: value for name, value in wanted.items()}) & ~Q(**{f"{prefix}outcome": ""})

    def _starts(self, day: date) -> datetime:
        return moment_at(day, datetime.min.time(), self.time_zone)


def figures_of(asked: Asked, today: date) -> Figures:
    """As the books are now."""
    return figures(
        Counted(
            calls=list(_calls(asked)),
            parts=[PartCount(*row) for row in _parts(asked)],
            reasons=[ReasonCount(*row) for row in _reasons(asked)],
            reason_parts=[ReasonPart(*row) for row in _reason_parts(asked)],
            goals=[GoalCount(*row) for row in _goals(asked)],
            reviews=[ReviewCount(*row) for row in _reviews(asked)],
            firsts=list(_firsts(asked, today)),
        )
    )


def one_dialling(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Without those that share the try of another of their payer group (B6): one desk was rung once."""
    same = {name: OuterRef(name) for name in ("administration_id", "opened_at", "caller_id", "outcome")}
    group = {
        "debtor__payer_group_id": OuterRef("debtor__payer_group_id"),
        "state": "ended",
        "corrected_by": None,
    }
    earlier = Call.objects.filter(**same, **group, id__lt=OuterRef("id"))
    return calls.exclude(Q(debtor__payer_group__isnull=False) & Exists(earlier))


def _calls(asked: Asked) -> Iterator[CallCount]:
    rows = one_dialling(Call.objects.filter(asked.calls())).order_by()
    columns = ("day", "incoming", "outcome", "result", "slot", "debtor__kind")
    sums: Counter[tuple[int, bool, str, str, str, str]] = Counter()
    since_monday = DaysBetween("opened_at", Value(_A_MONDAY))
    for day, *alike, n in rows.annotate(day=since_monday).values_list(*columns).annotate(n=Count("id")):
        sums[day % 7, *alike] += n
    return (CallCount(*key, n) for key, n in sums.items())


def renegotiated() -> Q:
    """We called him about it before its day, and agreed anew: not kept. Of an instalment."""
    return Q(
        promise__ended_because="replaced",
        promise__replaced_by__call__incoming=False,
        verdict__in=("open", "unknown"),
    )


def parts_of(asked: Asked) -> QuerySet[Any, Any]:
    """The promised payments of these calls, with ``told``, their verdict; without what was noted wrongly, and what he called
    about himself before its day."""
    rows = Instalment.objects.filter(
        asked.calls("promise__call__"), administration_id=asked.administration_id
    ).exclude(promise__ended_because__in=_LEFT_OUT)
    gone = Q(promise__ended_because="replaced", verdict__in=("open", "unknown")) & ~renegotiated()
    told = Case(When(renegotiated(), then=Value("broken")), default=F("verdict"), output_field=CharField())
    parts: QuerySet[Any, Any] = rows.exclude(gone).annotate(told=told).order_by()
    return parts


def with_answer(parts: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """With ``answered``: yes or no, whether he confirmed before the control date what was mailed to him; empty when nothing
    was."""
    mail = Message.objects.filter(
        administration_id=OuterRef("administration_id"),
        debtor_id=OuterRef("promise__debtor_id"),
        call_id=OuterRef("promise__call_id"),
        kind="confirmation",
        state="sent",
    )
    agreed = WrittenAnswer.objects.filter(
        administration_id=OuterRef("administration_id"),
        promise_id=OuterRef("promise_id"),
        kind="agree",
        at__lt=OuterRef("control"),
    )
    told: QuerySet[Any, Any] = parts.annotate(
        answered=Case(
            When(~Exists(mail), then=Value("")), When(Exists(agreed), then=Value("yes")), default=Value("no"),
            output_field=CharField(),
        )
    )  # fmt: skip
    return told


def _parts(asked: Asked) -> QuerySet[Any, Any]:
    columns = ("promise__debtor__kind", "promise__currency", "promise__proposed_by", "answered", "told")
    rows = with_answer(parts_of(asked)).values_list(*columns)
    parts: QuerySet[Any, Any] = rows.annotate(n=Count("id"), sum=Sum("cents"))
    return parts


def _reasons(asked: Asked) -> QuerySet[CallReason, Any]:
    rows = CallReason.objects.filter(asked.calls("call__"), administration_id=asked.administration_id)
    return (
        rows.filter(call__outcome="reached")
        .order_by()
        .values_list("code", "call__result")
        .annotate(n=Count("call_id", distinct=True))
    )


def _reason_parts(asked: Asked) -> QuerySet[Any, Any]:
    rows = parts_of(asked).filter(promise__call__reasons__isnull=False)
    columns = rows.values_list("promise__call__reasons__code", "told")
    parts: QuerySet[Any, Any] = columns.annotate(n=Count("id", distinct=True))
    return parts


def _goals(asked: Asked) -> QuerySet[Call, Any]:
    rows = Call.objects.filter(asked.calls(), outcome="reached", reached__has_key="grade")
    rows = rows.annotate(
        grade=KT("reached__grade"),
        ask=Cast(KT("reached__ask_cents"), BigIntegerField()),
        agreed=Cast(KT("reached__agreed_cents"), BigIntegerField()),
    )
    return (
        rows.order_by()
        .values_list("grade", "debtor__currency")
        .annotate(n=Count("id"), asked=Sum("ask"), got=Sum("agreed"))
    )


def _reviews(asked: Asked) -> QuerySet[Call, Any]:
    rows = Call.objects.filter(asked.calls(), review__has_key="went").order_by()
    rows = rows.annotate(went=KT("review__went"), differently=KT("review__differently"))
    return rows.values_list("went", "differently").annotate(n=Count("id"))


def week_passed(asked: Asked, today: date) -> QuerySet[Invoice]:
    """The invoices of which the first week after the due date ended in the period, and that were still open then; one caller's
    are those of the debtors that are his."""
    since, until = asked.period.first - WEEK, min(asked.period.last, today) - WEEK
    rows = Invoice.objects.filter(
        administration_id=asked.administration_id,
        kind="invoice",
        exemption="",
        amount_cents__gt=0,
        due__gte=since,
        due__lte=until,
    ).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=DaysLater("due", days=7)))
    return rows if asked.caller_id is None else rows.filter(debtor__assigned_to_id=asked.caller_id)


def _firsts(asked: Asked, today: date) -> Iterator[FirstCount]:
    calls = Call.objects.filter(
        administration_id=asked.administration_id,
        debtor_id=OuterRef("debtor_id"),
        opened_at__gte=DaysLater(OuterRef("due"), days=1),
        state="ended",
        corrected_by=None,
    ).exclude(outcome="")
    first = calls.order_by().values("administration_id").annotate(at=Min("opened_at")).values("at")
    rows = week_passed(asked, today).annotate(after=DaysBetween(Subquery(first), F("due"))).order_by()
    return starmap(FirstCount, rows.values_list("after").annotate(n=Count("id")))
