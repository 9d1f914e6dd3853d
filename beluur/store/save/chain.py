"""Appends to the chain of events of a dossier; there is no other way to write it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from beluur.store.chain_hash import START, canonical, event_hash, payload_hash
from beluur.store.models import Debtor, Event
from beluur.store.save.many import db_moment, update_many
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be put on record: ``said`` is the line on the timeline, ``details`` more lines, ``note`` what was typed,
    ``facts`` plain JSON for programs and evidence."""

    debtor_id: int
    kind: str
    said: Sentence
    details: tuple[Sentence, ...] = ()
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    call_id: int | None = None

    def payload(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "said": self.said.to_json(),
            "details": [line.to_json() for line in self.details],
            "note": self.note,
            "facts": self.facts,
        }


def append(
    administration_id: int, happening: Happening, *, at: datetime, actor_id: int | None, actor: str
) -> Event:
    """One event; inside the caller's transaction."""
    return append_many(administration_id, [happening], at=at, actor_id=actor_id, actor=actor)[0]


def append_many(
    administration_id: int, happenings: Sequence[Happening], *, at: datetime, actor_id: int | None, actor: str
) -> list[Event]:
    """Events for many debtors, in order; each debtor's head is locked, so that no number is given twice."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event belongs in the transaction of what it records")
    ids = sorted({h.debtor_id for h in happenings})
    heads: dict[int, tuple[int, str]] = {}
    for start in range(0, len(ids), 5000):
        rows = Debtor.objects.select_for_update().filter(
            administration_id=administration_id, id__in=ids[start : start + 5000]
        )
        heads.update(
            (i, (seq, head or START)) for i, seq, head in rows.values_list("id", "event_seq", "event_hash")
        )
    events = []
    for happening in happenings:
        seq, previous = heads[happening.debtor_id]
        event = _event(administration_id, happening, seq + 1, previous, at, actor_id, actor)
        heads[happening.debtor_id] = (event.seq, event.hash)
        events.append(event)
    Event.objects.bulk_create(events, batch_size=2000)
    changed = ((seq, head, debtor_id) for debtor_id, (seq, head) in heads.items())
    update_many(Debtor, administration_id, ("event_seq", "event_hash"), changed)
    return events


EVENT_COLUMNS = (
    "administration_id debtor_id seq at kind actor_id actor_name call_id_ref payload salt payload_hash previous_hash hash"
).split()


def first_event(
    administration_id: int, happening: Happening, *, at: datetime, actor_id: int | None, actor: str
) -> tuple[tuple[object, ...], str]:
    """The row (`EVENT_COLUMNS`) and the hash of the first event of a debtor who is inserted with it: nobody else can have
    written to his chain."""
    event = _event(administration_id, happening, 1, START, at, actor_id, actor)
    values = (getattr(event, name) for name in EVENT_COLUMNS)
    return tuple(db_moment(v) if isinstance(v, datetime) else v for v in values), event.hash


def _event(
    administration_id: int,
    happening: Happening,
    seq: int,
    previous: str,
    at: datetime,
    actor_id: int | None,
    actor: str,
) -> Event:
    payload, salt = canonical(happening.payload()), secrets.token_hex(16)
    hashed = payload_hash(salt, payload)
    return Event(
        administration_id=administration_id,
        debtor_id=happening.debtor_id,
        seq=seq,
        at=at,
        kind=happening.kind,
        actor_id=actor_id,
        actor_name=actor,
        call_id_ref=happening.call_id,
        payload=payload,
        salt=salt,
        payload_hash=hashed,
        previous_hash=previous,
        hash=event_hash(
            previous, administration_id, happening.debtor_id, seq, at, happening.kind, actor, hashed
        ),
    )
