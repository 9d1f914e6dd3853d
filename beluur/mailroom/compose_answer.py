"""Composes what is written between calls: the answer to a dispute or to a mail, and the question to a colleague how a delivery
went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beluur.mailroom import parts
from beluur.mailroom.clean import bare_subject
from beluur.mailroom.compose import ComposedMail, Draft, composed, today_values
from beluur.mailroom.facts import AnswerFacts, CreditorFacts, InvoiceLine, RecipientFacts, ReplyFacts
from beluur.mailroom.texts_file import MailKind, Template
from beluur.mailroom.voice import voice_of
from beluur.values.money import Money


def compose_dispute_answer(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    answer: AnswerFacts,
    *,
    today: date,
    template: Template | None = None,
) -> ComposedMail:
    """What came of what he contested (J6), and what of it is asked for now."""
    voice = voice_of(recipient)
    currency = answer.invoices[0].open.currency if answer.invoices else "EUR"
    payable = answer.left or Money(0, currency)
    draft = Draft(MailKind.DISPUTE_ANSWER, creditor, recipient, answer.invoices, voice, payable)
    credit = answer.credit
    values = {
        **today_values(draft, today),
        "disputed_numbers": voice.word("invoice_number", number=answer.number),
        "credit_note": voice.word("credit_note", number=credit.number) if credit else "",
        "credit_amount": voice.money(-credit.amount) if credit else "",
        "corrected_amount": voice.money(answer.corrected) if answer.corrected else "",
        "upheld": voice.money(answer.upheld) if answer.upheld else "",
        "left": voice.money(answer.left) if answer.left else "",
        "pay_by": voice.long_day(answer.pay_by) if answer.left and answer.pay_by else "",
    }
    return composed(draft, values, {"answer": parts.discussed_piece(answer.words)}, template)


def compose_reply(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    reply: ReplyFacts,
    *,
    today: date,
    template: Template | None = None,
) -> ComposedMail:
    """The answer to a mail, which stands under it. No invoices, no payment, no terms: what is said, the user says."""
    voice = voice_of(recipient)
    draft = Draft(MailKind.REPLY, replace(creditor, terms=""), recipient, (), voice, None)
    values = {**today_values(draft, today), "his_subject": bare_subject(reply.subject)}
    pieces = {
        "answer": parts.answer_piece(reply.words),
        "quoted": parts.quoted_piece(reply, voice),
    }
    return composed(draft, values, pieces, template)


def compose_delivery_question(
    creditor: CreditorFacts,
    colleague: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    *,
    question: str,
    answer_by: date,
    today: date,
    template: Template | None = None,
) -> ComposedMail:
    """How did the delivery go (C3)? ``colleague`` is who knows; its ``debtor`` is whom it is about. Our terms do not go along."""
    voice = voice_of(colleague)
    draft = Draft(MailKind.DELIVERY_QUESTION, replace(creditor, terms=""), colleague, invoices, voice, None)
    values = {**today_values(draft, today), "answer_by": voice.long_day(answer_by)}
    return composed(draft, values, {"question": parts.discussed_piece(question)}, template)
