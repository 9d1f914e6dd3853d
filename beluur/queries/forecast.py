"""*Verwacht*: what may come in, from promises and due dates; and how earlier forecasts turned out. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from beluur.domain.behaviour import WINDOW
from beluur.domain.forecast import Claim, Forecast, Habit, Known, forecasts
from beluur.store.load import bank_reach
from beluur.store.load.ready import Ready
from beluur.store.models import Allocation, Cover, Debtor, Dispute, Instalment, Invoice
from beluur.store.models import Forecast as ForecastRow
from beluur.values.money import Money

SUNDAY = timedelta(days=6)
LOOKED_BACK = 12  # weeks
_JUDGED = ("kept", "late", "partly", "broken")
_NO_PROMISE = ("corrected", "withdrawn")
_DUE = Ready(  # once written and its days read once each: a large administration has a hundred thousand
    lambda mine: Invoice.objects.filter(
        mine, open_cents__gt=0, due__isnull=False, debtor__stop=""
    ).values_list("id", "debtor_id", "debtor__kind", "open_cents", "due", "currency")
)
_CLOSED = Ready(
    lambda mine: Invoice.objects.filter(
        mine, open_cents=0, amount_cents__gt=0, due__isnull=False, closed_on__isnull=False, closed_because__in=("paid", "gone")
    ).values_list("debtor_id", "debtor__kind", "due", "closed_on")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TurnedOut:
    """A week that was forecast, and what ``came`` in it; None as long as the bank is not known to its Sunday."""

    week: date
    expected: Money
    low: Money
    high: Money
    came: Money | None

    @property
    def off(self) -> Money | None:
        """How much more came than was expected; negative is less."""
        return None if self.came is None else self.came - self.expected

    @property
    def within(self) -> bool:
        """Whether it fell in the band."""
        return self.came is not None and self.low.cents <= self.came.cents <= self.high.cents


def forecast(administration_id: int, today: date) -> tuple[Forecast, ...]:
    """Of ``today``, by currency; six queries."""
    return forecast_of(administration_id, today)[0]


def forecast_of(administration_id: int, today: date) -> tuple[tuple[Forecast, ...], int]:
    """Of ``today``, by currency, and of how many claims, open and closed, it was reckoned; six queries."""
    claims = list(_claims(administration_id))
    closed = list(_CLOSED.of_house(administration_id))
    known = _known(administration_id, closed, today)
    return forecasts(claims, known, today, seed=str(administration_id)), len(claims) + len(closed)


def turned_out(administration_id: int, today: date) -> tuple[TurnedOut, ...]:
    """The weeks that were forecast and are over, the last first; one query."""
    rows = ForecastRow.objects.filter(administration_id=administration_id, week__lte=today - SUNDAY)
    columns = ("week", "currency", "expected_cents", "low_cents", "high_cents", "came_cents")
    return tuple(
        TurnedOut(
            week,
            Money(expected, currency),
            Money(low, currency),
            Money(high, currency),
            None if came is None else Money(came, currency),
        )
        for week, currency, expected, low, high, came in rows.order_by("-week", "currency").values_list(
            *columns
        )[:LOOKED_BACK]
    )


def names_of(administration_id: int, found: tuple[Forecast, ...]) -> dict[int, str]:
    """Who is behind the largest parts; one query."""
    ids = {part.claim.debtor_id for f in found for week in f.weeks for part in week.parts}
    rows = Debtor.objects.filter(administration_id=administration_id, id__in=ids)
    return dict(rows.values_list("id", "name"))


def came_in_week(administration_id: int, week: date) -> dict[str, int] | None:
    """Cents by currency that were booked from that Monday to Sunday on invoices, less what went back; None as long as the bank
    is not known so far. Two queries."""
    reach = bank_reach(administration_id)
    if reach is None or reach < week + SUNDAY:
        return None
    rows = Allocation.objects.filter(
        administration_id=administration_id, payment__booked_on__range=(week, week + SUNDAY)
    )
    return dict(rows.order_by().values_list("payment__currency").annotate(sum=Sum("cents")))


def _claims(administration_id: int) -> Iterator[Claim]:
    """What was promised, and of what is open the rest: without what is promised or disputed; nobody who must be left alone."""
    here = Q(administration_id=administration_id)
    promised = Instalment.objects.filter(
        here, verdict__in=("open", "unknown"), promise__active=True, promise__debtor__stop=""
    )
    columns = ("promise__debtor_id", "promise__debtor__kind", "cents", "control", "promise__currency")
    for debtor_id, kind, cents, on, currency in promised.order_by("id").values_list(*columns):
        yield Claim(debtor_id, kind, cents, on, promised=True, currency=currency)
    taken: dict[int, int] = defaultdict(int)
    covers = Cover.objects.filter(here, promise__active=True).order_by()
    disputes = Dispute.objects.filter(here, state="open").order_by()
    for rows in (covers, disputes):
        for invoice_id, cents in rows.values_list("invoice_id").annotate(sum=Sum("cents")):
            taken[invoice_id] += cents
    for i, debtor_id, kind, cents, on, currency in _DUE.of_house(administration_id):
        yield Claim(debtor_id, kind, cents - taken.get(i, 0), on, currency=currency)


def _known(administration_id: int, closed: list[tuple[Any, ...]], today: date) -> Known:
    """Of the last twelve months, by debtor and by kind."""
    here = Q(administration_id=administration_id)
    own: dict[int, Habit] = defaultdict(Habit)
    kinds: dict[str, Habit] = defaultdict(Habit)
    judged = Instalment.objects.filter(here, verdict__in=_JUDGED, promise__replaced_by=None)
    counted = (
        judged.exclude(promise__ended_because__in=_NO_PROMISE)
        .order_by()
        .values_list("promise__debtor_id", "promise__debtor__kind")
        .annotate(kept=Count("id", filter=Q(verdict="kept")), made=Count("id"))
    )
    for debtor_id, kind, kept, made in counted:
        own[debtor_id] += Habit(kept, made)
        kinds[kind] += Habit(kept, made)
    paid: dict[tuple[int, str], list[int]] = defaultdict(list)
    for debtor_id, kind, due, on in closed:
        if on >= today - WINDOW:
            paid[debtor_id, kind].append((on - due).days)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for (debtor_id, kind), late in paid.items():
        own[debtor_id] += Habit(days=tuple(late))
        by_kind[kind] += late
    for kind, late in by_kind.items():
        kinds[kind] += Habit(days=tuple(late))
    return Known(own, kinds)
