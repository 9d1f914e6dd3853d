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
from beluur.store.save.many import db_moment, insert_many, update_many
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
) -> None:
    """One event; inside the caller's transaction."""
    append_many(administration_id, [happening], at=at, actor_id=actor_id, actor=actor)


def append_many(
    administration_id: int,
    happenings: Sequence[Happening],
    *,
    at: datetime,
    actor_id: int | None,
    actor: str,
    stale: bool = False,
) -> None:
    """Events for many debtors, in order; each debtor's head is locked, so that no number is given twice. ``stale``: their facts
    changed, so that their next step is to be planned anew."""
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
    writer = EventWriter(administration_id, at, actor_id, actor)
    events = []
    for happening in happenings:
        seq, previous = heads[happening.debtor_id]
        row, head = writer.row(happening, seq + 1, previous)
        heads[happening.debtor_id] = (seq + 1, head)
        events.append(row)
    insert_many(Event, EVENT_COLUMNS, events)
    if stale:
        marked = ((seq, head, True, debtor_id) for debtor_id, (seq, head) in heads.items())
        update_many(Debtor, administration_id, ("event_seq", "event_hash", "step_stale"), marked)
        return
    changed = ((seq, head, debtor_id) for debtor_id, (seq, head) in heads.items())
    update_many(Debtor, administration_id, ("event_seq", "event_hash"), changed)


EVENT_COLUMNS = (
    "administration_id debtor_id seq at kind actor_id actor_name call_id_ref payload salt payload_hash previous_hash hash"
).split()


class EventWriter:
    """Makes rows of `EVENT_COLUMNS` in plain database values: model instances would take three times as long."""

    def __init__(self, administration_id: int, at: datetime, actor_id: int | None, actor: str) -> None:
        self.administration_id = administration_id
        self.at, self.at_value = at, db_moment(at)
        self.actor_id, self.actor = actor_id, actor

    def first(self, happening: Happening) -> tuple[tuple[object, ...], str]:
        """The row and the hash of the first event of a debtor who is inserted with it: nobody else can have written to his
        chain."""
        return self.row(happening, 1, START)

    def row(self, happening: Happening, seq: int, previous: str) -> tuple[tuple[object, ...], str]:
        """The row and the hash of event ``seq``, which follows the one with hash ``previous``."""
        payload, salt = canonical(happening.payload()), secrets.token_hex(16)
        hashed = payload_hash(salt, payload)
        here, who = self.administration_id, happening.debtor_id
        head = event_hash(previous, here, who, seq, self.at, happening.kind, self.actor, hashed)
        event = (here, who, seq, self.at_value, happening.kind, self.actor_id, self.actor, happening.call_id)
        return (*event, payload, salt, hashed, previous, head), head
