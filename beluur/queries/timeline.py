"""Everything that happened with a debtor, newest first, a page at a time; who was merged into him told along."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from beluur.queries.mail_answer import answerable
from beluur.store.models import Debtor, Event, Merge
from beluur.store.written import written
from beluur.values.sentence import Sentence, say

PAGE = 40


def _newest(administration_id: Any, debtor_ids: Any) -> QuerySet[Event, Any]:
    columns = ("id", "at", "kind", "payload", "actor_name", "call_id_ref", "debtor_id")
    rows = Event.objects.filter(administration_id=administration_id, debtor_id__in=debtor_ids)
    return rows.order_by("-at", "-id").values_list(*columns)


_FIRST = written(lambda administration_id, debtor_ids: _newest(administration_id, debtor_ids)[: PAGE + 1])
_HERE = written(
    lambda administration_id, debtor_id: Debtor.objects.filter(
        administration_id=administration_id, id=debtor_id
    ).values_list("id")
)
_GONE = written(
    lambda administration_id, kept_ids: Merge.objects.filter(
        administration_id=administration_id, kept_id__in=kept_ids, undone_at=None
    ).values_list("gone_id", "gone__name")
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: its line, more lines, what was typed. ``of`` is the name of the merged debtor it was with, else empty;
    ``mail_in`` the mail that it tells of, when that may still be answered."""

    id: int
    at: datetime
    kind: str
    said: Sentence
    details: tuple[Sentence, ...]
    note: str
    who: str
    call_id: int | None
    of: str
    mail_in: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page; ``older`` is what to ask for the next one with, empty when there is no more."""

    events: tuple[Happened, ...]
    older: str


def timeline(administration_id: int, debtor_id: int, *, before: str = "", page: int = PAGE) -> Timeline:
    """The newest events before ``before`` (as a page gave it); raises Debtor.DoesNotExist when he is not of this
    administration."""
    if not _HERE(administration_id, debtor_id):
        raise Debtor.DoesNotExist
    merged = _merged(administration_id, debtor_id)
    whose = (debtor_id, *merged)
    cursor = _cursor(before)
    if cursor is None and page == PAGE:
        found = _FIRST(administration_id, whose)
    else:
        rows = _newest(administration_id, whose)
        if cursor is not None:
            at, last = cursor
            rows = rows.filter(Q(at__lt=at) | Q(at=at, id__lt=last))
        found = list(rows[: page + 1])
    events = tuple(
        _event(i, at, kind, payload, who, call, merged.get(debtor, ""))
        for i, at, kind, payload, who, call, debtor in found[:page]
    )
    events = _answerable(administration_id, events)
    older = f"{events[-1].at.isoformat()}_{events[-1].id}" if len(found) > page else ""
    return Timeline(events, older)


def _answerable(administration_id: int, events: tuple[Happened, ...]) -> tuple[Happened, ...]:
    """The events, without the mails among them that a machine wrote or that were answered."""
    named = {event.mail_in for event in events if event.mail_in is not None}
    if not named:
        return events
    rows = answerable(administration_id).exclude(state="answered").filter(id__in=named)
    left = set(rows.values_list("id", flat=True))
    return tuple(replace(e, mail_in=e.mail_in if e.mail_in in left else None) for e in events)


def _merged(administration_id: int, debtor_id: int) -> dict[int, str]:
    """Who went into him, and who into those, with their names."""
    merged: dict[int, str] = {}
    wanted = [debtor_id]
    while wanted:
        rows = _GONE(administration_id, tuple(wanted))
        found = {i: name for i, name in rows if i not in merged}
        merged |= found
        wanted = list(found)
    return merged


def _cursor(before: str) -> tuple[datetime, int] | None:
    at, _, last = before.partition("_")
    try:
        return datetime.fromisoformat(at), int(last)
    except ValueError:
        return None


def _event(i: int, at: datetime, kind: str, payload: str, who: str, call: int | None, of: str) -> Happened:
    if not payload:
        return Happened(i, at, kind, say("event.erased"), (), "", who, call, of)
    said = json.loads(payload)
    return Happened(
        i,
        at,
        kind,
        Sentence.from_json(said["said"]),
        tuple(Sentence.from_json(line) for line in said.get("details", ())),
        said.get("note", ""),
        who,
        call,
        of,
        said.get("facts", {}).get("mail_in") if kind == "mail_in" else None,
    )
