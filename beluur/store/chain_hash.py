"""How an event's hash is made; the evidence can be verified with these few lines, without the product.

``payload_hash = sha256(salt + payload)`` and
``hash = sha256(previous_hash LF administration LF debtor LF seq LF at LF kind LF actor LF payload_hash)``, UTF-8, hex.
``payload`` is canonical JSON (sorted keys, no spaces); ``at`` is ISO 8601 in UTC with microseconds.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

START = "0" * 64
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(payload: dict[str, Any]) -> str:
    """The payload as text, always the same for the same content."""
    return _CANONICAL.encode(payload)


def payload_hash(salt: str, payload: str) -> str:
    """The salted hash: an erased payload cannot be guessed back from it."""
    return sha256((salt + payload).encode()).hexdigest()


def event_hash(
    previous: str,
    administration: int,
    debtor: int,
    seq: int,
    at: datetime,
    kind: str,
    actor: str,
    payload: str,
) -> str:
    """The hash that the next event builds on; ``payload`` is the payload's hash."""
    return link_hash(previous, administration, debtor, seq, moment_text(at), kind, actor, payload)


def moment_text(at: datetime) -> str:
    """The moment as it stands in the envelope."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link_hash(
    previous: str,
    administration: int,
    debtor: int,
    seq: int,
    moment: str,
    kind: str,
    actor: str,
    payload: str,
) -> str:
    """As `event_hash`, of a moment that is written down already: that of many events is one."""
    envelope = "\n".join((previous, str(administration), str(debtor), str(seq), moment, kind, actor, payload))
    return sha256(envelope.encode()).hexdigest()
