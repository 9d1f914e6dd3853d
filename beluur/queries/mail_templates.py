"""The texts of the mails: which are ours and which the user changed, one to edit, and how it would look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from beluur.mailroom.compose import ComposedMail
from beluur.mailroom.examples import compose_example, example_invoices, example_recipient
from beluur.mailroom.texts_file import LANGUAGES, MailKind, Template, default_template
from beluur.queries.mail_facts import creditor_facts, papers_of, recipient_facts
from beluur.store.models import Debtor, MailTemplate

_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class TextRow:
    """A kind of mail; ``languages`` are (code, whether the user changed it)."""

    kind: str
    languages: tuple[tuple[str, bool], ...]


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
    rows = MailTemplate.objects.filter(administration_id=administration_id).values_list("kind", "language")
    changed = set(rows)
    return tuple(TextRow(k.value, tuple((c, (k.value, c) in changed) for c in LANGUAGES)) for k in MailKind)


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


def text_example(
    administration_id: int, text: Text, *, today: date, caller: str, debtor_id: int | None = None
) -> ComposedMail:
    """The mail as ``text`` would make it, for that debtor or an invented one. Raises Debtor.DoesNotExist."""
    creditor, _ = creditor_facts(administration_id, caller)
    recipient, invoices = example_recipient(text.language), example_invoices(today)
    if debtor_id is not None:
        found = recipient_facts(administration_id, debtor_id)
        recipient = replace(found, language=text.language)
        invoices = papers_of(administration_id, debtor_id, late_on=today).lines or invoices
    return compose_example(text.kind, creditor, recipient, invoices, today=today, template=text.template)
