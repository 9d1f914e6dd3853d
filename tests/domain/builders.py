"""Small facts to put cases together with. Monday 23 November 2026, 09:35 in Amsterdam, unless said otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from beluur.domain.case import (
    AttemptFact,
    CallbackFact,
    Case,
    DebtorKind,
    DisputeFact,
    InstalmentFact,
    InvoiceFact,
    Outcome,
    PaidClaimFact,
    PromiseFact,
    ReminderFact,
    Result,
    UltimatumFact,
    Verdict,
)
from beluur.domain.local_time import moment_at
from beluur.domain.policy import Policy

TODAY = date(2026, 11, 23)
POLICY = Policy()
AMSTERDAM = "Europe/Amsterdam"


def at(hour: int, minute: int = 0, day: date = TODAY, zone: str = AMSTERDAM) -> datetime:
    return moment_at(day, time(hour, minute), zone)


NOW = at(9, 35)


def days(n: int) -> timedelta:
    return timedelta(days=n)


def invoice(n: int = 1, *, late: int | None = 20, euros: int = 500, **over: Any) -> InvoiceFact:
    """An open invoice that is ``late`` days late (negative: not due yet; None: no due date)."""
    due = None if late is None else TODAY - days(late)
    cents = euros * 100
    facts: dict[str, Any] = {"known_to": TODAY - days(1), **over}
    return InvoiceFact(n, f"2026-{n:03}", TODAY - days(60), due, cents, cents, **facts)


def case(*invoices: InvoiceFact, **over: Any) -> Case:
    """A Dutch business that can be called and mailed, with one invoice that is 20 days late unless others are given."""
    facts: dict[str, Any] = {
        "kind": DebtorKind.BUSINESS,
        "country": "NL",
        "time_zone": AMSTERDAM,
        "has_phone": True,
        "has_email": True,
        **over,
    }
    return Case(1, "Voorbeeld bv", language="nl", invoices=invoices or (invoice(),), **facts)


def attempt(
    days_ago: int = 0, outcome: Outcome = Outcome.NO_ANSWER, hour: int = 9, minute: int = 0, **over: Any
) -> AttemptFact:
    return AttemptFact(at(hour, minute, TODAY - days(days_ago)), outcome, **over)


def spoken(days_ago: int, result: Result = Result.NOTHING, **over: Any) -> AttemptFact:
    return attempt(days_ago, Outcome.REACHED, 10, result=result, **over)


def promise(
    control_in: int, verdict: Verdict = Verdict.OPEN, *, euros: int = 500, invoice_id: int = 1, **over: Any
) -> PromiseFact:
    """A promise made ten days ago, whose control date is ``control_in`` days from today."""
    control = TODAY + days(control_in)
    one = InstalmentFact(control - days(2), euros * 100, control, verdict)
    return PromiseFact(7, at(10, day=TODAY - days(10)), (one,), ((invoice_id, euros * 100),), **over)


def callback(when: datetime, **over: Any) -> CallbackFact:
    return CallbackFact(3, when, **over)


def dispute(euros: int, invoice_id: int = 1, **over: Any) -> DisputeFact:
    return DisputeFact(5, invoice_id, euros * 100, "quality", **over)


def claim(check_in: int, euros: int = 500) -> PaidClaimFact:
    return PaidClaimFact(9, TODAY - days(1), euros * 100, TODAY + days(check_in))


def ultimatum(check_in: int, *, euros: int = 500, missed: bool = False, **over: Any) -> UltimatumFact:
    """A last day given ten days ago; the money must be on the account ``check_in`` days from today."""
    check_on = TODAY + days(check_in)
    facts: dict[str, Any] = {"covers": ((1, euros * 100, euros * 100),), "consequence": "notice", **over}
    return UltimatumFact(
        8,
        check_on - days(1),
        euros * 100,
        check_on=check_on,
        made_on=TODAY - days(10),
        missed=missed,
        **facts,
    )


def reminder(days_ago: int, level: int = 1) -> ReminderFact:
    return ReminderFact(level, TODAY - days(days_ago))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)
