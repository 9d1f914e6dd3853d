"""Mails what a debtor asks for or should see: the statement of account, and copies of invoices while he is on the line (D7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import AT_ONCE, Outgoing, queue_mail, queue_many
from beluur.actions.send_reminders import Queued, tell_queued
from beluur.actions.touched import the_debtor, the_debtors
from beluur.domain.local_time import local_day
from beluur.domain.message_state import MessageState
from beluur.mailroom.compose import compose_invoice_copy, compose_statement
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.mail_facts import (
    Mailing,
    Papers,
    creditor_facts,
    papers_of,
    papers_of_many,
    recipient_facts,
    recipients_of,
    template_for,
)
from beluur.store.models import Debtor, Message
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def send_statements(doer: Doer, debtor_ids: Sequence[int]) -> Queued:
    """What is open now, to each of these debtors. Left out, with the reason: who owes nothing, is stopped, or has no address."""

    def do() -> dict[str, Any]:
        debtors = the_debtors(doer, debtor_ids)
        ids = [d.id for d in debtors]
        papers = papers_of_many(doer.administration_id, ids)
        recipients = recipients_of(doer.administration_id, ids)
        creditor, _ = creditor_facts(doer.administration_id, doer.name)
        left_out: list[tuple[int, Sentence]] = []
        outgoings = []
        for debtor in debtors:
            mine, recipient = papers.get(debtor.id), recipients[debtor.id]
            if mine is None or debtor.stop or not recipient.email:
                left_out.append((debtor.id, _why_no_statement(debtor, mine)))
                continue
            mail = compose_statement(
                creditor,
                recipient,
                mine.lines,
                today=local_day(doer.at, debtor.time_zone),
                template=template_for(
                    doer.administration_id, MailKind.STATEMENT, mail_language(recipient.language)
                ),
            )
            numbers = tuple(line.number for line in mine.lines)
            outgoings.append(
                Outgoing(Mailing(mail, recipient, mine.documents, numbers), "statement", debtor.id)
            )
        messages = queue_many(doer, outgoings)
        tell_queued(doer, messages)
        return {"messages": [m.id for m in messages], "left_out": [[i, s.to_json()] for i, s in left_out]}

    said = once(doer, "send_statements", do)
    return Queued(tuple(said["messages"]), tuple((i, Sentence.from_json(s)) for i, s in said["left_out"]))


def _why_no_statement(debtor: Debtor, mine: Papers | None) -> Sentence:
    if mine is None:
        return say("outbox.nothing_to_send")
    return say("outbox.stopped") if debtor.stop else say("outbox.no_address")


def send_invoice_copy(
    doer: Doer,
    debtor_id: int,
    invoice_ids: Sequence[int],
    *,
    to: str = "",
    contact_id: int | None = None,
    call_id: int | None = None,
) -> int:
    """ "Never got it": the copies of these invoices leave at once; in one call once to one address, whichever tab asks. Gives the
    message's id. Refused when none has a copy."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        papers = papers_of(doer.administration_id, debtor_id, invoice_ids=list(invoice_ids))
        if not papers.documents:
            raise Refused(say("outbox.no_copy"), "invoice_ids")
        recipient = recipient_facts(doer.administration_id, debtor_id, contact_id=contact_id, to=to)
        creditor, terms = creditor_facts(doer.administration_id, doer.name)
        language = mail_language(recipient.language)
        mail = compose_invoice_copy(
            creditor,
            recipient,
            papers.lines,
            today=local_day(doer.at, debtor.time_zone),
            template=template_for(doer.administration_id, MailKind.INVOICE_COPY, language),
        )
        numbers = tuple(line.number for line in papers.lines)
        if known := _went_in_this_call(doer, call_id, recipient.email, numbers):
            return {"message": known}
        mailing = Mailing(mail, recipient, {**papers.documents, **terms}, numbers)
        message = queue_mail(
            doer, Outgoing(mailing, "invoice_copy", debtor_id, call_id=call_id), hold=AT_ONCE
        )
        tell_queued(doer, [message])
        return {"message": message.id}

    return int(once(doer, "send_invoice_copy", do)["message"])


def _went_in_this_call(doer: Doer, call_id: int | None, to: str, numbers: tuple[str, ...]) -> int | None:
    """The mail with these copies that this call made already; one that was taken back or refused does not count."""
    if call_id is None:
        return None
    made = Message.objects.filter(
        administration_id=doer.administration_id, call_id=call_id, kind="invoice_copy", to=to
    )
    rows = (
        made.exclude(state__in=(MessageState.WITHDRAWN, MessageState.FAILED))
        .order_by("-id")
        .values_list("id", "facts")
    )
    return next((i for i, facts in rows if facts["invoices"] == list(numbers)), None)
