"""A reminder, statement or invoice copy as it would leave now; saves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.message_state import MessageState
from beluur.mailroom.compose import ComposedMail, compose_invoice_copy, compose_statement
from beluur.mailroom.facts import RecipientFacts
from beluur.mailroom.texts_file import MailKind, Template, mail_language
from beluur.queries.mail_facts import creditor_facts, papers_of, recipient_facts, template_for
from beluur.queries.reminder_mail import ReminderMails
from beluur.queries.reminders import remindings
from beluur.store.models import Message
from beluur.values.money import Money


@dataclass(frozen=True, slots=True)
class Previewed:
    """The mail and who reads it."""

    mail: ComposedMail
    recipient: RecipientFacts


@dataclass(frozen=True, slots=True)
class Made:
    """A mail that is there already."""

    id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CopyRow:
    """An open invoice of which a copy may go along; ``copy`` is its file name, empty when there is none."""

    id: int
    number: str
    due: date | None
    open: Money
    copy: str


def reminder_preview(
    administration_id: int, debtor_id: int, level: int, *, today: date, caller: str
) -> Previewed | None:
    """None when nothing may be asked of this debtor in writing."""
    found = remindings(administration_id, [debtor_id], today).get(debtor_id)
    if found is None or not found.papers.lines:
        return None
    mailing = ReminderMails(administration_id, caller).mailing(found, level, today)
    return Previewed(mailing.mail, mailing.recipient)


def statement_preview(
    administration_id: int, debtor_id: int, *, today: date, caller: str
) -> Previewed | None:
    """None when nothing is open. Raises Debtor.DoesNotExist."""
    recipient = recipient_facts(administration_id, debtor_id)
    lines = papers_of(administration_id, debtor_id).lines
    if not lines:
        return None
    creditor, _ = creditor_facts(administration_id, caller)
    template = _template(administration_id, MailKind.STATEMENT, recipient)
    return Previewed(compose_statement(creditor, recipient, lines, today=today, template=template), recipient)


def already_made(administration_id: int, debtor_id: int, mail: Previewed, since: datetime) -> Made | None:
    """The very same mail to the same address since then, which went or is to go: who came back with the button back, or pressed
    again, has made it. None when there is none."""
    made = Message.objects.filter(
        administration_id=administration_id,
        debtor_id=debtor_id,
        kind=mail.mail.kind.value,
        to=mail.recipient.email,
        text=mail.mail.text,
        created_at__gte=since,
    ).exclude(state__in=(MessageState.WITHDRAWN, MessageState.FAILED))
    row = made.order_by("-id").values_list("id", "created_at").first()
    return Made(*row) if row else None


def invoice_copy_preview(
    administration_id: int, debtor_id: int, invoice_ids: list[int], *, today: date, caller: str
) -> Previewed | None:
    """None when no invoice is named. Raises Debtor.DoesNotExist."""
    recipient = recipient_facts(administration_id, debtor_id)
    lines = papers_of(administration_id, debtor_id, invoice_ids=invoice_ids).lines
    if not lines:
        return None
    creditor, _ = creditor_facts(administration_id, caller)
    template = _template(administration_id, MailKind.INVOICE_COPY, recipient)
    return Previewed(
        compose_invoice_copy(creditor, recipient, lines, today=today, template=template), recipient
    )


def copy_rows(administration_id: int, debtor_id: int) -> tuple[CopyRow, ...]:
    """The open invoices of a debtor, by due date."""
    papers = papers_of(administration_id, debtor_id)
    return tuple(
        CopyRow(i, line.number, line.due, line.open, line.copy)
        for i, line in zip(papers.ids, papers.lines, strict=True)
        if line.open.cents > 0
    )


def _template(administration_id: int, kind: MailKind, recipient: RecipientFacts) -> Template | None:
    return template_for(administration_id, kind, mail_language(recipient.language))
