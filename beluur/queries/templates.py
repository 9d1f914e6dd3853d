"""The texts of the mails as they stand: shipped, or as the user wrote them."""

from __future__ import annotations

from dataclasses import dataclass

from beluur.mailroom.texts_file import LANGUAGES, MailKind, default_template
from beluur.store.models import MailTemplate


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One mail in one language; ``own``: the user changed it."""

    kind: str
    language: str
    subject: str
    body: str
    own: bool


def templates(administration_id: int, formality: str = "u") -> tuple[TemplateRow, ...]:
    """Every mail in every language, in a fixed order."""
    rows = MailTemplate.objects.filter(administration_id=administration_id)
    own = {(r.kind, r.language): r for r in rows}
    found = []
    for kind in MailKind:
        for language in LANGUAGES:
            row, shipped = own.get((kind.value, language)), default_template(kind, language, formality)
            subject, body = (row.subject, row.body) if row else (shipped.subject, shipped.body)
            found.append(TemplateRow(kind.value, language, subject, body, own=row is not None))
    return tuple(found)
