"""Whether a dossier's chain of events still holds (J10): what was changed, put in or taken away since breaks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from beluur.store.chain_hash import START, event_hash, payload_hash
from beluur.store.models import Event

_COLUMNS = ("seq", "at", "kind", "actor_name", "salt", "payload", "payload_hash", "previous_hash", "hash")


def broken_chains(administration_id: int, ends: Mapping[int, tuple[int, str]]) -> dict[int, int]:
    """By debtor the number of the first event that does not follow from those before it; whose chain holds is absent. ``ends``
    gives by debtor the number and the hash that his dossier keeps of its end. Of what was erased the hash stays."""
    rows = Event.objects.filter(administration_id=administration_id, debtor_id__in=ends).order_by(
        "debtor_id", "seq"
    )
    told = rows.values_list("debtor_id", *_COLUMNS)
    events = {debtor: list(own) for debtor, own in groupby(told, key=itemgetter(0))}
    found = {i: _first_broken(administration_id, events.get(i, ()), end) for i, end in ends.items()}
    return {i: seq for i, seq in found.items() if seq is not None}


def _first_broken(administration_id: int, events: Iterable[Any], end: tuple[int, str]) -> int | None:
    previous, n = START, 0
    for n, (debtor_id, seq, at, kind, actor, salt, payload, kept, before, own) in enumerate(events, 1):
        hashed = payload_hash(salt, payload) if salt else kept
        follows = event_hash(previous, administration_id, debtor_id, seq, at, kind, actor, hashed)
        if (seq, before, kept, own) != (n, previous, hashed, follows):
            return n
        previous = own
    return None if (n, previous) == end else n + 1
