"""*Vandaag*: whom to call now and why, in the slots of the golden hours; and who is not called, with the reason.

Reads the stored next steps in the order that the database keeps; only the rows that are shown become objects.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from beluur.domain.calling_window import Slot
from beluur.domain.local_time import local_day
from beluur.domain.policy import Policy
from beluur.domain.priority import Call as Planned
from beluur.domain.priority import Entry, plan_day
from beluur.domain.steps import Tier
from beluur.law.calling_hours import hours
from beluur.queries.absences import Desk, desk_of
from beluur.queries.bank_known import bank_known
from beluur.queries.open_calls import on_the_line
from beluur.queries.phones import Dialled, other_phones, phones_of
from beluur.queries.tallies import counted, reminders_due
from beluur.queries.to_look_at import count_to_look_at
from beluur.queries.today_hours import calling_day, minutes_left, why_now
from beluur.queries.today_left import left_out, not_called
from beluur.queries.today_rows import (
    APPOINTMENT_MINUTES,
    CallRow,
    Filter,
    NotCalledRow,
    SlotGroup,
    Today,
)
from beluur.store.load import policy_from
from beluur.store.models import Administration, Call, Debtor, Membership, Promise
from beluur.values.money import Money
from beluur.values.sentence import Sentence

EVERYTHING = Filter()


def today(administration_id: int, now: datetime, wanted: Filter = EVERYTHING) -> Today:
    """The page at ``now`` (aware). A fixed number of queries, whatever the number of debtors."""
    house = Administration.objects.get(id=administration_id)
    policy = policy_from(house.policy)
    day, of_day = calling_day(now, house.country, house.time_zone, policy)
    debtors = Debtor.objects.filter(administration_id=administration_id, merged_into=None)
    desk = desk_of(administration_id, wanted.assigned, day) if wanted.assigned is not None else None
    due = _narrowed(debtors.filter(step_place__gt="", step_on__lte=day), wanted, desk)
    counts = counted(administration_id, day, house.currency)
    if wanted.narrows:
        counts = counts.narrowed(due, debtors.filter(left_out(day, wanted)), house.currency)
    rows = _rows(due, wanted.shown)
    rows, forbidden = _lawful(rows, house, of_day[0].start if of_day else now, now)
    forbidden_cents = sum(r.amount.cents for r in forbidden if r.amount.currency == house.currency)
    calls = _call_rows(administration_id, rows, policy, now, local_day(now, house.time_zone))
    not_rows = (*forbidden, *not_called(debtors, wanted, day, counts.later))
    done_at, promised = _done(administration_id, now, house.time_zone, house.currency)
    running = next((s for s in of_day if s.holds(now)), None)
    return Today(
        now=now,
        day=day,
        first=_first([call for call in calls if not call.talks_with], now),
        groups=_groups(calls, of_day, running, house.currency),
        not_called=not_rows[: wanted.shown_not],
        calls=counts.calls - len(forbidden),
        calls_total=Money(counts.asked_cents - forbidden_cents, house.currency),
        not_calls=counts.not_calls + len(forbidden),
        not_calls_total=Money(counts.left_cents + forbidden_cents, house.currency),
        late_total=Money(counts.late_cents, house.currency),
        done=len(done_at),
        done_at=done_at,
        promised=Money(promised, house.currency),
        minutes=(counts.calls - len(forbidden)) * policy.minutes_per_call,
        minutes_left=minutes_left(of_day, now),
        slots=of_day,
        reminders_due=reminders_due(administration_id, local_day(now, house.time_zone)),
        why_now=why_now(day, of_day, running, now, house.time_zone),
        to_look_at=count_to_look_at(administration_id, local_day(now, house.time_zone)),
        bank=bank_known(administration_id),
    )


def _narrowed(debtors: QuerySet[Debtor], wanted: Filter, desk: Desk | None) -> QuerySet[Debtor]:
    if wanted.text:
        debtors = debtors.filter(name__icontains=wanted.text)
    if wanted.minimum_cents:
        debtors = debtors.filter(Q(step_cents__gte=wanted.minimum_cents) | Q(step_tier__lte=Tier.BROKEN))
    if desk is not None:
        his = Q(assigned_to_id__in=[*desk.owners, *desk.unattended])
        debtors = debtors.filter(his | Q(assigned_to=None))
    return debtors


_COLUMNS = (
    "id name kind country language time_zone currency step step_tier step_on step_at step_cents step_invoices step_week_ends "
    "step_because oldest_due reached_slots avoid_slots payer_group_id assigned_to_id "
    "assigned_to__name"
).split()


_ELSEWHERE = {"unreached.other_number", "unreached.other_contact"}


def _rows(due: QuerySet[Debtor], shown: int) -> list[dict[str, Any]]:
    """The first of the order: call-backs by their hour, broken promises, the week rule by its last day, then the amount."""
    return list(due.order_by("step_place", "id").values(*_COLUMNS)[:shown])


def _lawful(
    rows: list[dict[str, Any]], house: Administration, begins: datetime, now: datetime
) -> tuple[list[dict[str, Any]], list[NotCalledRow]]:
    """Whom the law forbids to call at the moment of the round is not in it, and why."""
    at = max(begins, now)
    kept, forbidden = [], []
    for row in rows:
        day = local_day(at, row["time_zone"])
        person = row["kind"] in ("consumer", "sole_trader")
        allowed = hours(row["country"], person=person, agency=house.kind == "agency", day=day)
        if allowed.opens is None and allowed.binding:
            forbidden.append(
                NotCalledRow(
                    row["id"],
                    row["name"],
                    row["step"],
                    Money(row["step_cents"], row["currency"]),
                    (allowed.because,),
                    None,
                    hard=True,
                )
            )
        else:
            kept.append(row)
    return kept, forbidden


def _call_rows(
    administration_id: int, rows: list[dict[str, Any]], policy: Policy, now: datetime, here: date
) -> list[CallRow]:
    """The rows planned over the day, one call for several debtors that one desk pays for (B6)."""
    ids = [row["id"] for row in rows]
    phones, taken = phones_of(administration_id, ids), on_the_line(administration_id, ids, now)
    elsewhere = [row["id"] for row in rows if _ELSEWHERE & {s["code"] for s in row["step_because"]}]
    other_phones(administration_id, phones, elsewhere, policy, now)
    by_id = {row["id"]: row for row in rows}
    return [
        replace(_call_row(call, by_id, phones[i], here), talks_with=taken.get(i, ""))
        for call in plan_day(map(_entry, rows), policy, now)
        for i in (call.entry.debtor_id,)
    ]


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        debtor_id=row["id"],
        tier=Tier(row["step_tier"]),
        base_cents=row["step_cents"],
        at=row["step_at"],
        week_ends=row["step_week_ends"],
        oldest_due=row["oldest_due"],
        reached_slots=tuple(row["reached_slots"]),
        avoid_slots=tuple(row["avoid_slots"]),
        country=row["country"],
        time_zone=row["time_zone"],
        currency=row["currency"],
        payer_group_id=row["payer_group_id"],
    )


def _call_row(planned: Planned, by_id: dict[int, dict[str, Any]], phone: Dialled, here: date) -> CallRow:
    row = by_id[planned.entry.debtor_id]
    others = [by_id[e.debtor_id] for e in planned.together if e.currency == planned.entry.currency]
    cents = row["step_cents"] + sum(o["step_cents"] for o in others)
    return CallRow(
        id=row["id"],
        name=row["name"],
        step=row["step"],
        tier=row["step_tier"],
        amount=Money(cents, row["currency"]),
        invoices=row["step_invoices"] + sum(o["step_invoices"] for o in others),
        days_late=max(0, (here - row["oldest_due"]).days) if row["oldest_due"] else 0,
        why=tuple(Sentence.from_json(s) for s in row["step_because"]),
        rank=planned.because,
        contact=phone.contact,
        role=phone.role,
        phone=phone.readable,
        tel=phone.e164,
        at=row["step_at"],
        week_ends=row["step_week_ends"],
        assigned=row["assigned_to__name"] or "",
        slot=planned.slot,
        language=row["language"],
        person=row["kind"] in ("consumer", "sole_trader"),
        start=planned.start,
        group=tuple(by_id[e.debtor_id]["name"] for e in planned.together),
        assigned_id=row["assigned_to_id"],
    )


def _first(calls: list[CallRow], now: datetime) -> CallRow | None:
    """Whom to call now: an appointment whose hour has come, else the first that has no hour of its own."""
    soon = now + timedelta(minutes=APPOINTMENT_MINUTES)
    due = (c for c in calls if c.at and c.at <= soon and c.tier == Tier.CALL_BACK)
    return (
        next(due, None)
        or next((c for c in calls if not c.at or c.at <= soon), None)
        or next(iter(calls), None)
    )


def _groups(
    calls: list[CallRow], of_day: tuple[Slot, ...], running: Slot | None, currency: str
) -> tuple[SlotGroup, ...]:
    groups = []
    for slot in (*of_day, None):
        own = tuple(c for c in calls if _among(c, of_day) == slot)
        if own:
            groups.append(SlotGroup(slot, own, slot is not None and slot == running, currency))
    return tuple(groups)


def _among(call: CallRow, of_day: tuple[Slot, ...]) -> Slot | None:
    """Which slot on our clock holds the call: the half past nine of a debtor overseas may be our afternoon."""
    return next((s for s in of_day if call.slot and s.holds(call.slot.start)), None)


def _done(
    administration_id: int, now: datetime, time_zone: str, currency: str
) -> tuple[tuple[datetime, ...], int]:
    """When today's calls were ended, and what was promised in them (cents). A try for several whom one desk pays for was one
    call, and so is a call that was corrected since."""
    here = local_day(now, time_zone)
    callers = Membership.objects.filter(administration_id=administration_id).values("user_id")
    ended = Call.objects.filter(
        administration_id=administration_id,
        caller__in=callers,  # by their index: otherwise every call that was ever made here is looked at
        state="ended",
        ended_at__gte=now - timedelta(hours=24),
    ).exclude(outcome="")
    rows = ended.order_by("ended_at").values_list("caller_id", "opened_at", "ended_at")
    calls = {(caller, opened): at for caller, opened, at in rows if local_day(opened, time_zone) == here}
    at = tuple(sorted(filter(None, calls.values())))
    made = Promise.objects.filter(
        administration_id=administration_id,
        active=True,
        currency=currency,
        made_at__gte=now - timedelta(hours=24),
    ).values_list("made_at", "cents")
    return at, sum(cents for made_at, cents in made if local_day(made_at, time_zone) == here)
