"""The order of the calls, with its reasons (J5), and the slot of the day in which each is made.

First the agreed call-backs by their hour, then broken promises, then the first calls whose week is nearly over (B1), then the
largest amount that may be asked for. An order is a key; the screen explains it with the sentences that belong to the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from beluur.domain.calling_window import Slot, best_slots, slots
from beluur.domain.local_time import local, local_day
from beluur.domain.policy import Policy
from beluur.domain.steps import Tier
from beluur.law.days import next_working_day
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One debtor to be called, as far as the order needs it; the fields are those of the stored `NextStep`."""

    debtor_id: int
    tier: Tier
    base_cents: int
    at: datetime | None = None
    week_ends: date | None = None
    oldest_due: date | None = None
    reached_slots: tuple[int, ...] = ()
    avoid_slots: tuple[int, ...] = ()
    country: str = "NL"
    time_zone: str = "Europe/Amsterdam"
    currency: str = "EUR"
    payer_group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of today. ``start`` is when it is made: its slot's start, its agreed moment, or None when today has no room.
    ``because`` says why here and why then; ``together`` are debtors of the same payer, for whom it is made too (B6)."""

    entry: Entry
    start: datetime | None
    slot: Slot | None
    because: tuple[Sentence, ...]
    together: tuple[Entry, ...] = ()


def key(entry: Entry) -> tuple[int, datetime, date, int, int]:
    """What the order sorts by: tier, then hour, end of the week, amount, by tier."""
    at = entry.at if entry.tier is Tier.CALL_BACK and entry.at else _NEVER
    week = entry.week_ends if entry.tier is Tier.WEEK and entry.week_ends else date.max
    return entry.tier, at, week, -entry.base_cents, entry.debtor_id


def order(entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` from first to last."""
    return sorted(entries, key=key)


def because_of_rank(entry: Entry, today: date) -> Sentence:
    """Why the entry stands where it stands; ``today`` is the debtor's."""
    match entry.tier:
        case Tier.CALL_BACK if entry.at is not None:
            return say("priority.call_back", at=local(entry.at, entry.time_zone).time())
        case Tier.BROKEN:
            return say("priority.broken")
        case Tier.WEEK if entry.week_ends is not None:
            if entry.week_ends == today:
                return say("priority.week_last_day", on=entry.week_ends)
            return say("priority.week", on=entry.week_ends)
    return say("priority.amount", amount=Money(entry.base_cents, entry.currency))


def one_per_payer(ordered: Sequence[Entry]) -> list[tuple[Entry, tuple[Entry, ...]]]:
    """The order with one entry per payer group, the first of it, and the others that go along."""
    groups: dict[tuple[str, int], list[Entry]] = {}
    for entry in ordered:
        is_grouped = entry.payer_group_id is not None
        group = ("payer", entry.payer_group_id or 0) if is_grouped else ("debtor", entry.debtor_id)
        groups.setdefault(group, []).append(entry)
    return [(first, tuple(rest)) for first, *rest in groups.values()]


def plan_day(entries: Iterable[Entry], policy: Policy, now: datetime) -> tuple[Call, ...]:
    """The calls in the order in which they are made: each in the best slot that is left for it, as many to a slot as its
    minutes allow; what does not fit today comes last, without a slot. After the last slot the next working day is planned."""
    room: dict[datetime, int] = {}
    calls = [_place(entry, rest, policy, now, room) for entry, rest in one_per_payer(order(entries))]
    return tuple(sorted(calls, key=lambda c: c.start or _NEVER))


def _place(
    entry: Entry, together: tuple[Entry, ...], policy: Policy, now: datetime, room: dict[datetime, int]
) -> Call:
    why = because_of_rank(entry, local_day(now, entry.time_zone))
    ahead = slots_ahead(now, entry.country, entry.time_zone, policy)
    if entry.tier is Tier.CALL_BACK and entry.at is not None:
        start = max(entry.at, now)
        slot = next((s for s in ahead if s.holds(start)), None)
        if slot is not None:
            room[slot.start] = _room(slot, policy, now, room) - 1
        return Call(entry, start, slot, (why,), together)
    needed = timedelta(minutes=policy.minutes_per_call)
    fitting = [s for s in ahead if entry.at is None or s.end - needed >= entry.at]
    # after a broken promise a fast reaction weighs more than the hour at which he was reached before (F4)
    reached = () if entry.tier is Tier.BROKEN else entry.reached_slots
    for slot in best_slots(fitting, reached, entry.avoid_slots):
        left = _room(slot, policy, now, room)
        if left > 0:
            room[slot.start] = left - 1
            reasons = (why, *_because_of_slot(entry, slot))
            return Call(entry, slot.start, slot, reasons, together)
    return Call(entry, None, None, (why, say("priority.day_full")), together)


def _room(slot: Slot, policy: Policy, now: datetime, room: dict[datetime, int]) -> int:
    minutes = slot.minutes_left(max(now, slot.start))
    return room.get(slot.start, minutes // max(policy.minutes_per_call, 1))


def _because_of_slot(entry: Entry, slot: Slot) -> tuple[Sentence, ...]:
    at = local(slot.start, entry.time_zone).time()
    if slot.index in entry.reached_slots:
        return (say("priority.reached_slot", at=at),)
    if entry.avoid_slots and slot.index not in entry.avoid_slots:
        return (say("priority.other_slot", at=at),)
    return ()


def slots_ahead(now: datetime, country: str, time_zone: str, policy: Policy) -> tuple[Slot, ...]:
    """The slots of today that are not over; when none is left, those of the next working day."""
    today = local_day(now, time_zone)
    left = tuple(s for s in slots(today, country, time_zone, policy) if s.end > now)
    if left:
        return left
    return slots(next_working_day(today + timedelta(days=1), country), country, time_zone, policy)
