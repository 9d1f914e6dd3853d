"""Invented facts to show a text with: a customer, three invoices, and an agreement of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, NamedTuple, TypeVar

from beluur.domain.notice import NoticeKind
from beluur.law.days import next_working_day
from beluur.mailroom.compose import (
    ComposedMail,
    compose_confirmation,
    compose_invoice_copy,
    compose_reminder,
    compose_statement,
    compose_tried_to_reach,
)
from beluur.mailroom.compose_answer import compose_delivery_question, compose_dispute_answer, compose_reply
from beluur.mailroom.compose_notice import NOTICES, compose_notice, notice_facts
from beluur.mailroom.compose_promise import compose_ask_confirm, compose_instalment_note
from beluur.mailroom.facts import (
    AgreementFacts,
    AgreementKind,
    AnswerFacts,
    CreditorFacts,
    DisputeLine,
    InstalmentLine,
    InvoiceLine,
    RecipientFacts,
    ReplyFacts,
)
from beluur.mailroom.texts_file import MailKind, Template
from beluur.values.money import Money

PAY_WITHIN_DAYS = 7
T = TypeVar("T")
WRITTEN = (
    *(MailKind.REMINDER_1, MailKind.REMINDER_2, MailKind.BEFORE_NOTICE),
    *(MailKind.LETTER_1, MailKind.LETTER_2, MailKind.LETTER_LAST),
)
_REASON = {"fr": "Deux pièces manquent", "en": "Two pieces are missing"}
_DESK = {"fr": "la comptabilité", "en": "accounts payable"}
_NEXT = {"fr": "une mise en demeure", "en": "a formal notice"}
_ANSWER = {
    "nl": "Op de getekende bon staan achttien stuks; gefactureerd zijn er twintig.",
    "fr": "Le bon signé mentionne dix-huit pièces ; vingt ont été facturées.",
    "en": "The signed note says eighteen pieces; twenty were invoiced.",
}
_REPLY = {
    "nl": ("Dank voor uw bericht. Ik stuur u de kopie.", "Wij missen factuur 1014.", "Afspraak"),
    "fr": (
        "Merci pour votre message. Je vous envoie la copie.",
        "Il nous manque la facture 1014.",
        "Notre accord",
    ),
    "en": ("Thank you for your message. I will send you the copy.", "We miss invoice 1014.", "Our agreement"),
}
_QUESTION = {
    "nl": "De klant zegt dat er twee stuks te weinig zijn geleverd. Klopt dat?",
    "fr": "Le client dit qu’il manque deux pièces. Est-ce exact ?",
    "en": "The customer says that two pieces are missing. Is that right?",
}


def example_recipient(language: str) -> RecipientFacts:
    """A customer that does not exist."""
    return RecipientFacts("Klant & Zonen", "Els Klant", "els@klant.example", language)


def example_invoices(today: date) -> tuple[InvoiceLine, ...]:
    """Three invoices that are late on ``today``; the last is paid in part."""
    rows = (("1001", 34, 640_00, 640_00), ("1014", 21, 2_000_00, 2_000_00), ("1022", 12, 1_210_00, 500_00))
    return tuple(
        InvoiceLine(
            number,
            today - timedelta(days=late + 30),
            today - timedelta(days=late),
            Money(amount),
            Money(still),
            copy=f"{number}.pdf",
        )
        for number, late, amount, still in rows
    )


def compose_example(
    kind: MailKind,
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    *,
    today: date,
    template: Template | None,
) -> ComposedMail:
    """A mail of ``kind``; what was agreed in a confirmation is invented, the rest is what is given."""
    about = _About(creditor, recipient, invoices, today, template)
    match kind:
        case _ if kind in WRITTEN:
            due = _deadline(today)
            return compose_reminder(
                kind, creditor, recipient, invoices, today=today, pay_by=due, template=template
            )
        case _ if kind in NOTICES:
            return _notice(kind, about)
        case MailKind.TRIED_TO_REACH:
            tried = tuple(today - timedelta(days=ago) for ago in (6, 4, 3))
            return compose_tried_to_reach(
                creditor, recipient, invoices, tried, person=False, today=today, template=template
            )
        case MailKind.STATEMENT:
            return compose_statement(creditor, recipient, invoices, today=today, template=template)
        case MailKind.INVOICE_COPY:
            return compose_invoice_copy(creditor, recipient, invoices, today=today, template=template)
        case MailKind.DISPUTE_ANSWER | MailKind.REPLY | MailKind.DELIVERY_QUESTION:
            return _between_calls(kind, about)
    return _agreed(kind, about)


class _About(NamedTuple):
    creditor: CreditorFacts
    recipient: RecipientFacts
    invoices: tuple[InvoiceLine, ...]
    today: date
    template: Template | None


def _notice(kind: MailKind, about: _About) -> ComposedMail:
    """As it would be posted today; over what no costs can be reckoned, the invented invoices."""
    which, lines = NoticeKind(kind.value), about.invoices
    facts = notice_facts(which, lines, about.today, by_post=True)
    if facts is None:
        lines = tuple(replace(line, copy="") for line in example_invoices(about.today))
        facts = notice_facts(which, lines, about.today, by_post=True)
    assert facts is not None
    return compose_notice(about.creditor, about.recipient, lines, facts, about.template)


def _between_calls(kind: MailKind, about: _About) -> ComposedMail:
    creditor, recipient, invoices, today, template = about
    match kind:
        case MailKind.REPLY:
            reply = _reply(recipient, today)
            return compose_reply(creditor, recipient, reply, today=today, template=template)
        case MailKind.DISPUTE_ANSWER:
            said = _answer(recipient.language, invoices, today)
            return compose_dispute_answer(creditor, recipient, said, today=today, template=template)
        case _:
            return compose_delivery_question(
                creditor,
                replace(recipient, contact="Kees Klaar", email="kees@example.org", formality="je"),
                invoices[:1],
                question=_in(_QUESTION, recipient.language),
                answer_by=next_working_day(today + timedelta(days=2), "NL"),
                today=today,
                template=template,
            )


def _agreed(kind: MailKind, about: _About) -> ComposedMail:
    """What is written about an agreement, which is invented."""
    creditor, recipient, invoices, today, template = about
    if kind is MailKind.ASK_CONFIRM:
        agreement = _agreement(AgreementKind.PROMISE, recipient, invoices, today)
        return compose_ask_confirm(creditor, recipient, agreement, template)
    if kind is MailKind.INSTALMENT_NOTE:
        agreement = _agreement(AgreementKind.PLAN, recipient, invoices, today)
        return compose_instalment_note(creditor, recipient, agreement, agreement.instalments[0], template)
    agreement = _agreement(AgreementKind(kind.value.removeprefix("confirm_")), recipient, invoices, today)
    return compose_confirmation(creditor, recipient, agreement, template)


def _in(words: Mapping[str, T], language: str) -> T:
    return words.get(language[:2], words["nl"])


def _answer(language: str, invoices: tuple[InvoiceLine, ...], today: date) -> AnswerFacts:
    """A tenth of the first invoice is credited."""
    first = invoices[0]
    part = Money(first.amount.cents // 10, first.amount.currency)
    credit = InvoiceLine("C-7", today, None, -part, -part)
    left = first.open - part
    words = _in(_ANSWER, language)
    return AnswerFacts(first.number, (first, credit), words, credit, left=left, pay_by=_deadline(today))


def _reply(recipient: RecipientFacts, today: date) -> ReplyFacts:
    words, wrote, subject = _in(_REPLY, recipient.language)
    return ReplyFacts(words, recipient.contact or recipient.debtor, today, f"Re: {subject}", wrote)


def _deadline(today: date) -> date:
    return next_working_day(today + timedelta(days=PAY_WITHIN_DAYS), "NL")


def _agreement(
    kind: AgreementKind, recipient: RecipientFacts, invoices: tuple[InvoiceLine, ...], today: date
) -> AgreementFacts:
    plain = AgreementFacts(kind, today, invoices, recipient.contact, follow_up=today + timedelta(days=8))
    return replace(plain, **_extra(kind, recipient.language, invoices, today))


def _extra(
    kind: AgreementKind, language: str, invoices: tuple[InvoiceLine, ...], today: date
) -> dict[str, Any]:
    total = Money(sum(i.open.cents for i in invoices), invoices[0].open.currency if invoices else "EUR")
    half = Money(total.cents // 2, total.currency)
    days = [next_working_day(today + timedelta(days=n), "NL") for n in (4, 35)]
    first, short = invoices[0] if invoices else None, language[:2]
    disputed = (
        DisputeLine(first.number, first.open, _REASON.get(short, "Er ontbreken twee stuks"))
        if first
        else None
    )
    extras: dict[AgreementKind, dict[str, Any]] = {
        AgreementKind.PROMISE: {"instalments": (InstalmentLine(days[0], total),)},
        AgreementKind.PLAN: {
            "instalments": (InstalmentLine(days[0], half), InstalmentLine(days[1], total - half))
        },
        AgreementKind.CALLBACK: {"callback_on": days[0], "callback_at": time(10, 30)},
        AgreementKind.DISPUTE: {"disputes": (disputed,) if disputed else ()},
        AgreementKind.ALREADY_PAID: {"paid": total, "paid_on": today - timedelta(days=2)},
        AgreementKind.PASSES_ON: {"passed_to": _DESK.get(short, "de boekhouding")},
        AgreementKind.REFUSED: {
            "deadline": _deadline(today),
            "consequence": _NEXT.get(short, "een aanmaning"),
        },
        AgreementKind.NOTHING_AGREED: {"deadline": _deadline(today)},
    }
    return extras[kind]
