"""What somebody has to look for on the account himself (J3): agreements and last days that are due, and payments that debtors say
they made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from beluur.domain.local_time import local_day
from beluur.store.models import Instalment, PaidClaim, Ultimatum
from beluur.values.money import Money

SHOWN = 100
_WAITING = ("open", "unknown")


@dataclass(frozen=True, slots=True)
class LookRow:
    """One amount to look for. ``kind`` is instalment, ultimatum or claim; ``due`` is the day that was said, or on which he paid;
    ``control`` is the last day on which it may come in: "not in" can be said from ``deniable`` on."""

    kind: str
    id: int
    debtor_id: int
    name: str
    amount: Money
    due: date | None
    control: date
    said_on: date
    words: str
    deniable: bool


def to_look_at(administration_id: int, today: date) -> tuple[LookRow, ...]:
    """What should be seen by now, the longest ago first; three queries."""
    rows = [
        *_instalments(administration_id, today),
        *_ultimatums(administration_id, today),
        *_claims(administration_id, today),
    ]
    return tuple(sorted(rows, key=lambda r: (r.control, r.name, r.id))[:SHOWN])


def count_to_look_at(administration_id: int, today: date) -> int:
    """How many of them can be decided on: their control date is over; three queries."""
    due = _due(administration_id, today).filter(control__lt=today)
    last = _last_days(administration_id, today).filter(check_on__lt=today)
    claims = _open_claims(administration_id).filter(check_on__lte=today)
    return due.count() + last.count() + claims.count()


def _due(administration_id: int, today: date) -> QuerySet[Instalment]:
    return Instalment.objects.filter(
        administration_id=administration_id, promise__active=True, verdict__in=_WAITING, due__lte=today
    )


def _last_days(administration_id: int, today: date) -> QuerySet[Ultimatum]:
    return Ultimatum.objects.filter(
        administration_id=administration_id, state="open", until__lte=today, check_on__isnull=False
    )


def _open_claims(administration_id: int) -> QuerySet[PaidClaim]:
    return PaidClaim.objects.filter(administration_id=administration_id, state="open")


def _instalments(administration_id: int, today: date) -> list[LookRow]:
    columns = (
        "id cents due control promise__debtor_id promise__debtor__name promise__currency promise__made_at promise__words "
        "promise__debtor__time_zone"
    ).split()
    rows = _due(administration_id, today).order_by("control", "id")
    return [
        LookRow(
            "instalment",
            i,
            debtor_id,
            name,
            Money(cents, currency),
            due,
            control,
            local_day(made, zone),
            words,
            control < today,
        )
        for i, cents, due, control, debtor_id, name, currency, made, words, zone in rows.values_list(
            *columns
        )[:SHOWN]
    ]


def _ultimatums(administration_id: int, today: date) -> list[LookRow]:
    columns = "id cents until check_on debtor_id debtor__name currency made_at debtor__time_zone".split()
    rows = _last_days(administration_id, today).order_by("check_on", "id")
    return [
        LookRow(
            "ultimatum",
            i,
            debtor_id,
            name,
            Money(cents, currency),
            until,
            check,
            local_day(made, zone),
            "",
            check < today,
        )
        for i, cents, until, check, debtor_id, name, currency, made, zone in rows.values_list(*columns)[
            :SHOWN
        ]
    ]


def _claims(administration_id: int, today: date) -> list[LookRow]:
    columns = (
        "id cents paid_on check_on debtor_id debtor__name debtor__currency made_at debtor__time_zone".split()
    )
    rows = _open_claims(administration_id).order_by(F("check_on"), "id")
    return [
        LookRow(
            "claim",
            i,
            debtor_id,
            name,
            Money(cents, currency),
            paid,
            check,
            local_day(made, zone),
            "",
            check <= today,
        )
        for i, cents, paid, check, debtor_id, name, currency, made, zone in rows.values_list(*columns)[:SHOWN]
    ]
