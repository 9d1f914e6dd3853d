"""Whether a debtor was given the general terms, and which of our own texts there are (I1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.store.models import Document, TermsGiven
from beluur.store.written import written
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class TermsRow:
    """Once that he was given them; ``how`` is a sentence."""

    id: int
    on: date
    how: Sentence
    document_id: int | None
    document: str
    by: str

    @property
    def sentence(self) -> Sentence:
        """All of it in a line."""
        return say("terms_given.on", day=self.on, how=self.how, name=self.document or "?")


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """A text of our general terms, and since when it was ours."""

    id: int
    name: str
    since: datetime


_GIVEN = written(
    lambda administration_id, debtor_id: (
        TermsGiven.objects.filter(administration_id=administration_id, debtor_id=debtor_id, withdrawn_at=None)
        .order_by("-on", "-id")
        .values_list("id", "on", "how", "document_id", "document__name", "by__name")
    )
)


def terms_given(administration_id: int, debtor_id: int) -> tuple[TermsRow, ...]:
    """Each time, the last first; one query."""
    return tuple(
        TermsRow(i, on, say(f"terms_how.{how}"), document, name or "", by or "")
        for i, on, how, document, name, by in _GIVEN(administration_id, debtor_id)
    )


def own_terms(administration_id: int) -> tuple[OwnTerms, ...]:
    """Our texts, the newest first; one query."""
    rows = Document.objects.filter(administration_id=administration_id, kind="terms", debtor=None)
    return tuple(
        OwnTerms(*row) for row in rows.order_by("-created_at", "-id").values_list("id", "name", "created_at")
    )
