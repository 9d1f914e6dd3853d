"""The texts of the mails: which are ours and which the user changed, and one to edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.mailroom.template import check_template
from beluur.mailroom.texts_file import LANGUAGES, MailKind, Template, default_template
from beluur.store.models import Debtor, MailTemplate

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class TextRow:
    """A kind of mail; ``languages`` are (code, whether the user changed it, whether his text can no longer be used)."""

    kind: str
    languages: tuple[tuple[str, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text to edit. ``changed_at`` and ``by`` when the user made it his own."""

    kind: MailKind
    language: str
    template: Template
    changed_at: datetime | None = None
    by: str = ""


def texts(administration_id: int) -> tuple[TextRow, ...]:
    """Every kind of mail, with its languages."""
    rows = MailTemplate.objects.filter(administration_id=administration_id, kind__in=list(MailKind))
    broken = {
        (kind, code): bool(check_template(Template(subject, body), MailKind(kind)))
        for kind, code, subject, body in rows.values_list("kind", "language", "subject", "body")
    }
    return tuple(
        TextRow(
            k.value, tuple((c, (k.value, c) in broken, broken.get((k.value, c), False)) for c in LANGUAGES)
        )
        for k in MailKind
    )


def text_of(administration_id: int, kind: str, language: str) -> Text | None:
    """The text that holds; None when there is no such kind or language."""
    if kind not in set(MailKind) or language not in LANGUAGES:
        return None
    rows = MailTemplate.objects.filter(administration_id=administration_id, kind=kind, language=language)
    row = rows.values_list("subject", "body", "at", "by__name").first()
    if row is None:
        return Text(MailKind(kind), language, default_template(MailKind(kind), language))
    return Text(MailKind(kind), language, Template(row[0], row[1]), row[2], row[3] or "")


def example_debtors(administration_id: int) -> tuple[tuple[int, str], ...]:
    """Debtors to show a text with: those with the most overdue."""
    late = Debtor.objects.filter(administration_id=administration_id, merged_into=None, overdue_cents__gt=0)
    return tuple(late.order_by("-overdue_cents").values_list("id", "name")[:_EXAMPLES])


def named(administration_id: int, debtor_id: int) -> tuple[int, str] | None:
    """That debtor with his name; None when he is not of this administration."""
    rows = Debtor.objects.filter(administration_id=administration_id, id=debtor_id, merged_into=None)
    return rows.values_list("id", "name").first()
