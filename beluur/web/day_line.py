"""The line of the day over *Vandaag*: golden hours, now, what is done and planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone

from beluur.domain.steps import Step
from beluur.queries.today_rows import Today


@dataclass(frozen=True, slots=True)
class DayLine:
    """The line over the page; hours on the administration's clock. ``day`` is None today, otherwise the day that it shows."""

    day: date | None
    start: time
    end: time
    now: time | None
    golden: tuple[tuple[time, time], ...]
    done: tuple[time, ...]
    planned: tuple[time, ...]


def day_line(view: Today) -> DayLine | None:
    """The day as a line, when the slots are today's."""
    if not view.slots:
        return None
    local = timezone.localtime
    golden: list[tuple[time, time]] = []
    for slot in view.slots:
        start, end = local(slot.start).time(), local(slot.end).time()
        if golden and golden[-1][1] == start:
            golden[-1] = (golden[-1][0], end)
        else:
            golden.append((start, end))
    start, end = time(8), time(18)
    now = local(view.now)
    shown = now.time() if now.date() == view.day and start <= now.time() <= end else None
    appointments = tuple(
        local(c.at).time()
        for g in view.groups
        for c in g.calls
        if c.at and c.at > view.now and c.step == Step.CALL_BACK
    )
    done = tuple(t for at in view.done_at if start <= (t := local(at).time()) <= end)
    today_is_over = now.date() != view.day
    return DayLine(
        day=view.day if today_is_over else None,
        start=start,
        end=end,
        now=shown,
        golden=tuple(golden),
        done=() if today_is_over else done,
        planned=appointments,
    )
