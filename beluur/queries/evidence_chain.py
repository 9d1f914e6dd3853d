"""The chain of events of one dossier, to be handed out: who has it verifies it with a few lines, without the product (J10)."""

from __future__ import annotations

import json

from django.db.models import Q

from beluur.store.chain_hash import moment_text
from beluur.store.models import Debtor, Event

HOW = (
    "payload_hash = sha256(salt + payload), unless payload and salt were erased. "
    "hash = sha256(previous_hash, administration, debtor, seq, at, kind, actor and payload_hash, joined by line feeds). "
    "All is UTF-8, hashes are lower-case hex. previous_hash is the hash of the event before it; that of the first is 64 zeros. "
    "The hash of the last event of each chain stands in the PDF."
)


def evidence_chain(administration_id: int, debtor_id: int) -> str:
    """JSON with ``how`` and ``chains``: his own and those of who went into him, each with its events in order."""
    here = Debtor.objects.filter(
        Q(id=debtor_id) | Q(merged_into=debtor_id), administration_id=administration_id
    )
    names = dict(here.order_by("id").values_list("id", "name"))
    chains: dict[int, list[dict[str, object]]] = {i: [] for i in names}
    rows = Event.objects.filter(administration_id=administration_id, debtor_id__in=names).order_by(
        "debtor_id", "seq"
    )
    for e in rows:
        chains[e.debtor_id].append(
            {
                "seq": e.seq,
                "at": moment_text(e.at),
                "kind": e.kind,
                "actor": e.actor_name,
                "payload": e.payload,
                "salt": e.salt,
                "payload_hash": e.payload_hash,
                "previous_hash": e.previous_hash,
                "hash": e.hash,
            }
        )
    told = [
        {"administration": administration_id, "debtor": i, "name": names[i], "events": events}
        for i, events in chains.items()
        if events
    ]
    return json.dumps({"how": HOW, "chains": told}, ensure_ascii=False, indent=1)
