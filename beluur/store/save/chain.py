"""Appends to the chain of events of a dossier; there is no other way to write it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from beluur.store.among import rows_among
from beluur.store.chain_hash import START, link_hash, moment_text, payload_hash
from beluur.store.models import Debtor, Event
from beluur.store.save.many import db_moment, insert_many, update_many
from beluur.store.save.payload import payload_text
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


def append(
    administration_id: int, happening: Happening, *, at: datetime, actor_id: int | None, actor: str
) -> None:
    """One event; inside the caller's transaction."""
    append_many(administration_id, [happening], at=at, actor_id=actor_id, actor=actor)


class Sealed(NamedTuple):
    """A happening of which all is written but its place in the chain: made before anything is locked."""

    debtor_id: int
    kind: str
    call_id: int | None
    payload: str
    salt: str
    payload_hash: str


def seal(happening: Happening) -> Sealed:
    """The happening with its payload as text, salted and hashed."""
    payload = payload_text(happening.said, happening.details, happening.note, happening.facts)
    return seal_payload(happening.debtor_id, happening.kind, payload, happening.call_id)


def seal_payload(debtor_id: int, kind: str, payload: str, call_id: int | None = None) -> Sealed:
    """The same of a payload that is written already (`payload_of`)."""
    salt = secrets.token_hex(16)
    return Sealed(debtor_id, kind, call_id, payload, salt, payload_hash(salt, payload))


Heads = dict[int, tuple[int, str]]
"""Debtor id -> the number and the hash of his last event."""


def lock_heads(administration_id: int, debtor_ids: Iterable[int]) -> Heads:
    """The ends of these debtors' chains, who are locked in the order of their ids, as everywhere."""
    rows = rows_among(
        Debtor, administration_id, "id", debtor_ids, ("id", "event_seq", "event_hash"), lock=True
    )
    return {i: (seq, head or START) for i, seq, head in rows}


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
    heads = lock_heads(administration_id, {h.debtor_id for h in happenings})
    writer = Writer(administration_id, at, actor_id, actor)
    append_sealed(writer, map(seal, happenings), heads, stale=stale)


def append_sealed(writer: Writer, events: Iterable[Sealed], heads: Heads, *, stale: bool = False) -> None:
    """As `append_many`, onto ``heads`` that `lock_heads` gave in this transaction."""
    rows = []
    changed: Heads = {}
    for event in events:
        seq, previous = changed.get(event.debtor_id) or heads[event.debtor_id]
        row, head = writer.row(event, seq + 1, previous)
        changed[event.debtor_id] = (seq + 1, head)
        rows.append(row)
    if not rows:
        return
    insert_many(Event, EVENT_COLUMNS, rows)
    here = writer.administration_id
    if stale:
        marked = ((seq, head, True, debtor_id) for debtor_id, (seq, head) in sorted(changed.items()))
        update_many(Debtor, here, ("event_seq", "event_hash", "step_stale"), marked)
        return
    moved = ((seq, head, debtor_id) for debtor_id, (seq, head) in sorted(changed.items()))
    update_many(Debtor, here, ("event_seq", "event_hash"), moved)


EVENT_COLUMNS = (
    "administration_id debtor_id seq at kind actor_id actor_name call_id_ref payload salt payload_hash previous_hash hash"
).split()


class Writer:
    """Makes rows of `EVENT_COLUMNS` in plain database values: model instances would take three times as long."""

    def __init__(self, administration_id: int, at: datetime, actor_id: int | None, actor: str) -> None:
        self.administration_id = administration_id
        self.moment, self.at_value = moment_text(at), db_moment(at)
        self.actor_id, self.actor = actor_id, actor

    def first(self, happening: Happening) -> tuple[tuple[object, ...], str]:
        """The row and the hash of the first event of a debtor who is inserted with it: nobody else can have written to his
        chain."""
        return self.row(seal(happening), 1, START)

    def row(self, event: Sealed, seq: int, previous: str) -> tuple[tuple[object, ...], str]:
        """The event as the ``seq``-th of its debtor, and its hash."""
        who, kind, call_id, payload, salt, hashed = event
        here = self.administration_id
        head = link_hash(previous, here, who, seq, self.moment, kind, self.actor, hashed)
        told = (here, who, seq, self.at_value, kind, self.actor_id, self.actor, call_id)
        return (*told, payload, salt, hashed, previous, head), head
