"""The calls behind a figure, the last first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from beluur.domain.figures import ANSWERED
from beluur.queries.figures import Asked, one_dialling, parts_of, with_answer
from beluur.store.models import Call
from beluur.values.sentence import Sentence, say

MOST = 100
_Calls = Callable[[Asked, str], Q]


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call; ``result`` is None when nobody was spoken who could decide."""

    id: int
    at: datetime
    debtor_id: int
    debtor: str
    caller: str
    incoming: bool
    outcome: Sentence
    result: Sentence | None


def calls_behind(asked: Asked, what: str) -> tuple[CallLine, ...]:
    """At most MOST and one more, which tells that there are more. ``what`` names one of these figures. One query."""
    kind, _, value = what.partition(".")
    rows = one_dialling(Call.objects.filter(asked.calls()).filter(_BEHIND[kind](asked, value)))
    columns = (
        "id",
        "opened_at",
        "debtor_id",
        "debtor__name",
        "caller__name",
        "incoming",
        "outcome",
        "result",
    )
    return tuple(
        CallLine(
            i,
            at,
            debtor_id,
            name,
            caller or "",
            incoming,
            say(f"outcome.{outcome}"),
            _result(result) if outcome == "reached" else None,
        )
        for i, at, debtor_id, name, caller, incoming, outcome, result in rows.order_by(
            "-opened_at", "-id"
        ).values_list(*columns)[: MOST + 1]
    )


def _result(result: str) -> Sentence:
    return Sentence(f"figures.result.{result or 'nothing'}")


def _ours(*outcomes: str) -> _Calls:
    return lambda _asked, _value: Q(incoming=False, outcome__in=outcomes) if outcomes else Q(incoming=False)


def _ended(_: Asked, value: str) -> Q:
    return Q(outcome="reached", result__in=("", value) if value == "nothing" else (value,))


def _verdict(asked: Asked, value: str) -> Q:
    return Q(id__in=parts_of(asked).filter(told=value).values("promise__call_id"))


def _proposed(asked: Asked, value: str) -> Q:
    return Q(id__in=parts_of(asked).filter(promise__proposed_by=value).values("promise__call_id"))


def _answered(asked: Asked, value: str) -> Q:
    return Q(id__in=with_answer(parts_of(asked)).filter(answered=value).values("promise__call_id"))


def _weekday(_: Asked, value: str) -> Q:
    """Of the active time zone, which is the administration's; the database begins at Sunday, with 1."""
    return Q(incoming=False, opened_at__week_day=(int(value) + 1) % 7 + 1)


def _reason(asked: Asked, value: str) -> Q:
    return Q(outcome="reached", reasons__code=value, reasons__administration_id=asked.administration_id)


def _own(column: str) -> _Calls:
    """Of looking back: nobody is shown another's."""
    return lambda asked, value: Q(**{column: value}) if asked.caller_id is not None else Q(id=None)


_BEHIND: dict[str, _Calls] = {
    "gebeld": _ours(),
    "opgenomen": _ours(*ANSWERED),
    "bereikt": _ours("reached"),
    "eindigde": _ended,
    "oordeel": _verdict,
    "uur": lambda _, value: Q(incoming=False, slot="" if value == "anders" else value),
    "dag": _weekday,
    "soort": lambda _, value: Q(incoming=False, debtor__kind=value),
    "reden": _reason,
    "voorstel": _proposed,
    "antwoord": _answered,
    "doel": lambda _, value: Q(outcome="reached", reached__grade=value),
    "terug": _own("review__went"),
    "anders": _own("review__differently"),
}
