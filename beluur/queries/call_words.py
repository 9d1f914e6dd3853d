"""The report of an ended call: what was written for the caller, what he typed, and what he made of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from beluur.domain.written_note import note_text
from beluur.store.models import Event
from beluur.values.sentence import Sentence

_TOLD = ("call_ended", "call_corrected")
_REWRITTEN = "note_rewritten"


@dataclass(frozen=True, slots=True)
class CallWords:
    """``said`` and ``details`` as on the timeline; ``account`` is what was written, ``typed`` what the caller typed while he
    called, ``kept`` the report as it stands; ``confirmed``: the caller rewrote it himself."""

    said: Sentence | None
    details: tuple[Sentence, ...]
    account: tuple[Sentence, ...]
    typed: str
    kept: str
    confirmed: bool

    @property
    def own(self) -> str:
        """Only what he wrote himself: what is put before him again when he corrects the call."""
        return self.kept if self.confirmed else self.typed

    def report(self, language: str) -> str:
        """The report as it is put before him: as he wrote it, or else what was written for him with what he typed under it."""
        if self.confirmed or not self.account:
            return self.kept
        return note_text(self.account, language, typed=self.typed)


def call_words(administration_id: int, debtor_id: int, call_id: int, kept: str) -> CallWords:
    """One query. ``kept`` is the call's note as it stands."""
    rows = Event.objects.filter(
        administration_id=administration_id,
        debtor_id=debtor_id,
        call_id_ref=call_id,
        kind__in=(*_TOLD, _REWRITTEN),
    )
    told, confirmed = None, False
    for kind, payload in rows.order_by("seq").values_list("kind", "payload"):
        if kind == _REWRITTEN:
            confirmed = True
        elif payload:
            told = json.loads(payload)
    if told is None:
        return CallWords(None, (), (), "", kept, confirmed)
    written = told.get("facts", {}).get("written", ())
    return CallWords(
        Sentence.from_json(told["said"]),
        tuple(Sentence.from_json(line) for line in told.get("details", ())),
        tuple(Sentence.from_json(line) for line in written),
        str(told.get("note", "")),
        kept,
        confirmed,
    )
