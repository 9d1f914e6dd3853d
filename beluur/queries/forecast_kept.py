"""A forecast that was reckoned before, as JSON: of a large administration it takes a second, and its page is asked often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beluur.domain.forecast import Claim, Forecast, Habit, Part, Week
from beluur.store.models import KeptForecast


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A forecast by currency; ``at`` is when it was reckoned if it was kept, None when it is of the books as they are."""

    found: tuple[Forecast, ...]
    at: datetime | None = None


def kept_forecast(administration_id: int, since: date) -> Reckoned | None:
    """The one that is kept, unless it is of a day before ``since``; one query."""
    rows = KeptForecast.objects.filter(administration_id=administration_id, day__gte=since)
    kept = rows.values_list("found", "made_at").first()
    return Reckoned(tuple(map(_forecast, kept[0])), kept[1]) if kept else None


def forecast_to_json(found: Forecast) -> dict[str, Any]:
    """Days as ISO text, amounts in cents."""
    return {
        "currency": found.currency,
        "weeks": [
            {
                "monday": week.monday.isoformat(),
                "cents": [week.expected_cents, week.low_cents, week.high_cents, week.promised_cents],
                "parts": [_part_to_json(part) for part in week.parts],
            }
            for week in found.weeks
        ],
        "later": found.later_cents,
        "total": found.total_cents,
    }


def _part_to_json(part: Part) -> dict[str, Any]:
    claim, habit = part.claim, part.habit
    return {
        "claim": [claim.debtor_id, claim.kind, claim.cents, claim.on.isoformat(), claim.promised],
        "cents": part.expected_cents,
        "habit": [habit.kept, habit.made, habit.days],
    }


def _forecast(data: dict[str, Any]) -> Forecast:
    currency = data["currency"]
    weeks = tuple(_week(week, currency) for week in data["weeks"])
    return Forecast(currency, weeks, data["later"], data["total"])


def _week(data: dict[str, Any], currency: str) -> Week:
    expected, low, high, promised = data["cents"]
    parts = tuple(_part(part, currency) for part in data["parts"])
    return Week(date.fromisoformat(data["monday"]), expected, low, high, promised, parts)


def _part(data: dict[str, Any], currency: str) -> Part:
    debtor_id, kind, cents, on, promised = data["claim"]
    kept, made, days = data["habit"]
    claim = Claim(debtor_id, kind, cents, date.fromisoformat(on), promised, currency)
    return Part(claim, data["cents"], Habit(kept, made, tuple(days)))
