"""What happened before this call, as the caller needs it: calls, promises with what became of them, reminders, what was
written or said, and how this customer pays (C4, C6, C7, C9)."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from beluur.domain.behaviour import Behaviour
from beluur.domain.case import Case, Outcome, Verdict
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import rung_of
from beluur.domain.local_time import local_day
from beluur.queries.behaviour import behaviour_of
from beluur.store.models import Call, Event, Instalment, Promise
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

CALLS, PROMISES, NOTES = 12, 8, 6
_PROMISE = ("id", "made_at", "said", "way", "words", "by__name", "active", "ended_because", "replaced_by_id")
_WRITTEN = {"note": say("earlier.note"), "mail_in": say("earlier.mail_in")}
_SENT = {
    RungKind.REMINDER: "earlier.reminder_first",
    RungKind.SECOND_REMINDER: "earlier.reminder_second",
    RungKind.LAST_REMINDER: "earlier.reminder_last",
    RungKind.NOTICE: "earlier.notice",
    RungKind.OTHER_CHANNEL: "earlier.reminder_reach",
}
_OLD = ("corrected", "withdrawn")
_NOT_IN = (Verdict.BROKEN, Verdict.PARTLY)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One thing that happened. ``kind`` is call, promise, reminder or note; ``weighty``: what a call opens with; ``words`` are
    somebody's own."""

    on: date
    kind: str
    said: Sentence
    words: str = ""
    who: str = ""
    weighty: bool = False


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise and its state; ``parts`` are (day, amount, verdict)."""

    id: int
    made_on: date
    parts: tuple[tuple[date, Money, Verdict], ...]
    said: str
    way: str
    words: str
    by: str
    active: bool
    replaced: bool

    @property
    def broken(self) -> bool:
        """Whether a part of it did not come in."""
        return any(verdict in _NOT_IN for _, _, verdict in self.parts)


@dataclass(frozen=True, slots=True)
class History:
    """``earlier`` is the latest first."""

    earlier: tuple[Earlier, ...]
    promises: tuple[PromiseRow, ...]
    behaviour: Behaviour

    @property
    def top(self) -> tuple[Earlier, ...]:
        """What somebody who rings us is reminded of: the last call, and a promise that was not kept."""
        last = next((e for e in self.earlier if e.kind == "call"), None)
        return tuple(e for e in self.earlier if e is last or e.weighty)[:3]


def call_history(administration_id: int, case: Case, today: date) -> History:
    """Six queries, however much happened."""
    promises = _promises(administration_id, case)
    earlier = [*_calls(administration_id, case), *_notes(administration_id, case)]
    earlier += [_promise_line(promise) for promise in promises]
    earlier += [Earlier(r.on, "reminder", _reminder(r.level, r.channel)) for r in case.reminders]
    earlier.sort(key=lambda e: (e.on, e.weighty), reverse=True)
    return History(tuple(earlier), promises, behaviour_of(administration_id, case.debtor_id, today))


def _promises(administration_id: int, case: Case) -> tuple[PromiseRow, ...]:
    made = Promise.objects.filter(administration_id=administration_id, debtor_id=case.debtor_id)
    rows: list[dict[str, Any]] = [
        dict(row) for row in made.order_by("-made_at", "-id").values(*_PROMISE)[:PROMISES]
    ]
    parts: dict[int, list[tuple[date, Money, Verdict]]] = defaultdict(list)
    of_promises = Instalment.objects.filter(
        administration_id=administration_id, promise_id__in=[r["id"] for r in rows]
    )
    for i, due, cents, verdict in of_promises.order_by("number").values_list(
        "promise_id", "due", "cents", "verdict"
    ):
        parts[i].append((due, Money(cents, case.currency), Verdict(verdict)))
    return tuple(
        PromiseRow(
            row["id"],
            local_day(row["made_at"], case.time_zone),
            tuple(parts[row["id"]]),
            row["said"],
            row["way"],
            row["words"],
            row["by__name"] or "",
            row["active"],
            row["replaced_by_id"] is not None or row["ended_because"] in _OLD,
        )
        for row in rows
    )


def _promise_line(promise: PromiseRow) -> Earlier:
    due, _, verdict = promise.parts[0] if promise.parts else (promise.made_on, None, Verdict.OPEN)
    amounts = [amount for _, amount, _ in promise.parts]
    total = Money(sum(a.cents for a in amounts), amounts[0].currency if amounts else "EUR")
    bad = next((v for _, _, v in promise.parts if v in _NOT_IN), verdict)
    what = say("verdict.replaced") if promise.replaced else say(f"verdict.{bad.value}")
    code = "earlier.plan" if len(promise.parts) > 1 else "earlier.promise"
    params = {"amount": total, "on": due, "verdict": what}
    if len(promise.parts) > 1:
        params["parts"] = len(promise.parts)
    weighty = promise.broken and promise.active
    return Earlier(
        promise.made_on, "promise", Sentence(code, params), promise.words, promise.by, weighty=weighty
    )


def _calls(administration_id: int, case: Case) -> list[Earlier]:
    rows = (
        Call.objects.filter(
            administration_id=administration_id, debtor_id=case.debtor_id, state="ended", corrected_by=None
        )
        .exclude(outcome="")
        .order_by("-opened_at")
        .values_list("opened_at", "outcome", "incoming", "contact__name", "caller__name", "note")[:CALLS]
    )
    return [
        Earlier(
            local_day(at, case.time_zone), "call", _call(outcome, incoming, contact or ""), note, caller or ""
        )
        for at, outcome, incoming, contact, caller, note in rows
    ]


def _call(outcome: str, incoming: bool, contact: str) -> Sentence:  # noqa: FBT001 - a column
    if incoming:
        return say("earlier.rang", who=contact) if contact else say("earlier.rang_somebody")
    if outcome == Outcome.REACHED and contact:
        return say("earlier.spoke", who=contact)
    return say(f"earlier.{outcome}")


def _reminder(level: int, channel: str) -> Sentence:
    return Sentence(
        _SENT[rung_of(level)],
        {
            "channel": say(
                f"channel.{channel if channel in ('mail', 'letter', 'phone', 'export') else 'other'}"
            )
        },
    )


def _notes(administration_id: int, case: Case) -> list[Earlier]:
    rows = Event.objects.filter(
        administration_id=administration_id, debtor_id=case.debtor_id, kind__in=list(_WRITTEN)
    )
    found = []
    for kind, at, payload, actor in rows.order_by("-seq").values_list("kind", "at", "payload", "actor_name")[
        :NOTES
    ]:
        text = json.loads(payload).get("note", "") if payload else ""
        if text:
            found.append(Earlier(local_day(at, case.time_zone), "note", _WRITTEN[kind], text, actor))
    return found


def last_broken(promises: tuple[PromiseRow, ...]) -> PromiseRow | None:
    """The latest promise that runs and was not kept: what the call opens with."""
    return next((p for p in promises if p.active and p.broken), None)
