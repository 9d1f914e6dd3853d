"""Composes the mails to a debtor: confirmation, reminders, statement of account, invoice copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from beluur.mailroom import parts
from beluur.mailroom.blocks import Block
from beluur.mailroom.clean import file_name, one_line
from beluur.mailroom.epc import grouped_iban
from beluur.mailroom.facts import AgreementFacts, CreditorFacts, InstalmentLine, InvoiceLine, RecipientFacts
from beluur.mailroom.page_address import link_piece, with_link
from beluur.mailroom.paint import html_of, text_of
from beluur.mailroom.payment import InlineImage, PaymentPart, common_reference, payment_part
from beluur.mailroom.template import render_body, render_subject
from beluur.mailroom.texts_file import MailKind, Template, default_template
from beluur.mailroom.voice import Voice, after_dear, sums, voice_of
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import date_text

_MOST_DAYS = 3


@dataclass(frozen=True, slots=True)
class ComposedMail:
    """A mail without an envelope. ``attachments`` are file names, in order, for which the sender brings the bytes;
    ``problems`` are for whoever previews it, and do not stop it; ``page`` is the reader's own page when the mail leads to it;
    ``blocks`` are what it was laid out from, for paper."""

    kind: MailKind
    subject: str
    text: str
    html: str
    language: str
    images: tuple[InlineImage, ...] = ()
    attachments: tuple[str, ...] = ()
    problems: tuple[Sentence, ...] = ()
    page: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What every mail needs: who, to whom, about what, how much to ask (None: that is not one amount; nothing: no payment)."""

    kind: MailKind
    creditor: CreditorFacts
    recipient: RecipientFacts
    invoices: tuple[InvoiceLine, ...]
    voice: Voice
    payable: Money | None
    reference: str = ""
    payable_label: str = ""


def compose_confirmation(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    agreement: AgreementFacts,
    template: Template | None = None,
) -> ComposedMail:
    """The mail after a call, with an agreement or without one (E2, E3)."""
    voice = voice_of(recipient)
    kind = MailKind(f"confirm_{agreement.kind.value}")
    label, reference = _payable_label(agreement, voice), agreement.reference
    draft = Draft(kind, creditor, recipient, agreement.invoices, voice, _payable(agreement), reference, label)
    pieces = {
        "agreement": parts.agreement_piece(agreement, voice),
        "disputes": parts.disputes_piece(agreement.disputes, voice),
        "own_promises": parts.ours_piece(agreement.ours, voice),
        "correction": parts.correction_piece(agreement.corrects, voice),
        "discussed": parts.discussed_piece(agreement.discussed),
    }
    return composed(draft, agreement_values(draft, agreement), pieces, template)


def compose_reminder(
    kind: MailKind,
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    *,
    today: date,
    pay_by: date,
    template: Template | None = None,
) -> ComposedMail:
    """The first or second reminder, or the one before the notice: friendly, then firm; no costs, no threat."""
    draft = Draft(kind, creditor, recipient, invoices, voice_of(recipient), _single_sum(invoices))
    values = {**today_values(draft, today), "pay_by": draft.voice.long_day(pay_by)}
    return composed(draft, values, {}, template)


def compose_statement(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    *,
    today: date,
    template: Template | None = None,
) -> ComposedMail:
    """The statement of account: what is open on ``today``."""
    return _of_invoices(MailKind.STATEMENT, creditor, recipient, invoices, today, template)


def compose_invoice_copy(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    *,
    today: date,
    template: Template | None = None,
) -> ComposedMail:
    """For who never got it: the copies, while the debtor is still on the line (D7)."""
    return _of_invoices(MailKind.INVOICE_COPY, creditor, recipient, invoices, today, template)


def _of_invoices(
    kind: MailKind,
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    today: date,
    template: Template | None,
) -> ComposedMail:
    draft = Draft(kind, creditor, recipient, invoices, voice_of(recipient), _single_sum(invoices))
    return composed(draft, today_values(draft, today), {}, template)


def compose_tried_to_reach(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    tried_on: tuple[date, ...],
    *,
    person: bool,
    today: date,
    template: Template | None = None,
) -> ComposedMail:
    """We rang on those days: please ring us (B9). No amount, whoever reads it; to a ``person`` no invoice either."""
    bare, voice = replace(creditor, iban="", bic="", terms=""), voice_of(recipient)
    draft = Draft(MailKind.TRIED_TO_REACH, bare, recipient, (), voice, None)
    days = voice.listing(voice.short_day(day) for day in tried_on[-_MOST_DAYS:])
    numbers = "" if person else voice.invoice_names(invoices)
    values = {**today_values(draft, today), "tried_on": days, "invoice_numbers": numbers}
    return composed(draft, values, {}, template)


def _payable(agreement: AgreementFacts) -> Money | None:
    first = _first(agreement)
    return first.amount if first else _undisputed(agreement)


def _payable_label(agreement: AgreementFacts, voice: Voice) -> str:
    first = _first(agreement)
    if first is None or len(agreement.instalments) == 1:
        return ""
    return voice.word("pay_first", date=voice.long_day(first.on))


def _first(agreement: AgreementFacts) -> InstalmentLine | None:
    return min(agreement.instalments, key=lambda part: part.on, default=None)


def _undisputed(agreement: AgreementFacts) -> Money | None:
    left = sums([*(i.open for i in agreement.invoices), *(-d.amount for d in agreement.disputes)])
    return left[0] if len(left) == 1 else None


def _single_sum(invoices: tuple[InvoiceLine, ...]) -> Money | None:
    per_currency = sums(i.open for i in invoices)
    return per_currency[0] if len(per_currency) == 1 else None


def composed(
    draft: Draft,
    values: Mapping[str, str],
    pieces: Mapping[str, tuple[Block, ...]],
    template: Template | None,
) -> ComposedMail:
    """The mail of ``draft``: the names of its template filled in with ``values``, and ``pieces`` where they stand."""
    voice = draft.voice
    used = template or default_template(draft.kind, voice.language, voice.formality)
    payment = payment_part(
        draft.creditor, draft.invoices, draft.payable, voice, draft.reference, draft.payable_label
    )
    every = {
        **pieces,
        "invoices_table": parts.invoices_piece(draft.invoices, voice),
        "payment": payment.blocks,
        "link": link_piece(draft.kind, draft.creditor.page, voice),
        "attachments": parts.attachments_piece(draft.invoices, draft.creditor.terms, voice),
        "signature": parts.signature_piece(draft.creditor, voice),
    }
    known = {**_common_values(draft), **values}
    subject = render_subject(used, known)
    blocks = with_link(render_body(used, known, every), every["link"])
    has_panel = any(block in blocks for block in payment.blocks)
    return ComposedMail(
        kind=draft.kind,
        subject=subject,
        text=text_of(blocks, voice.language),
        html=html_of(
            blocks, subject=subject, language=voice.language, creditor=one_line(draft.creditor.name)
        ),
        language=voice.language,
        images=payment.images if has_panel else (),
        attachments=attachment_names(draft.invoices, draft.creditor.terms),
        problems=_problems(draft, payment if has_panel else PaymentPart()),
        page=draft.creditor.page if every["link"] else "",
        blocks=blocks,
    )


def attachment_names(invoices: tuple[InvoiceLine, ...], terms: str = "") -> tuple[str, ...]:
    """The file names that go along: the copies, then the general terms; each once."""
    names = [file_name(name) for name in (*(i.copy for i in invoices), terms) if name]
    return tuple(dict.fromkeys(names))


def _problems(draft: Draft, payment: PaymentPart) -> tuple[Sentence, ...]:
    found = list(payment.problems)
    if not draft.recipient.email.strip():
        found.append(say("mail.recipient.missing"))
    with_copies = draft.kind.value.startswith("confirm_") or draft.kind is MailKind.INVOICE_COPY
    missing = tuple(i.number for i in draft.invoices if not i.copy and i.open.cents > 0)
    if with_copies and missing:
        found.append(say("mail.copy.missing", numbers=missing))
    return tuple(found)


def _common_values(draft: Draft) -> dict[str, str]:
    creditor, recipient, voice = draft.creditor, draft.recipient, draft.voice
    contact = one_line(recipient.contact)
    greeting = voice.word("greeting_to", contact=after_dear(contact)) if contact else voice.word("greeting")
    return {
        "greeting": greeting,
        "contact": contact or one_line(recipient.debtor),
        "debtor": one_line(recipient.debtor),
        "creditor": one_line(creditor.acts_for or creditor.name),
        "caller": one_line(creditor.caller),
        "phone": one_line(creditor.phone).replace(" ", "\u00a0"),
        "email": one_line(creditor.email),
        "iban": grouped_iban(creditor.iban),
        "bic": one_line(creditor.bic),
        "reference": common_reference(draft.invoices, draft.reference).text if draft.invoices else "",
        "invoice_numbers": voice.invoice_names(draft.invoices),
        "total": voice.monies(i.open for i in draft.invoices),
        "amount": voice.money(draft.payable) if draft.payable else "",
    }


def today_values(draft: Draft, today: date) -> dict[str, str]:
    """The names that hang on the day: today, and how late the oldest invoice is."""
    due = parts.oldest_due(draft.invoices)
    late = (today - due).days if due else 0
    word = "day" if late == 1 else "days"
    return {
        "today": draft.voice.long_day(today),
        "today_short": draft.voice.short_day(today),
        "days_late": draft.voice.word(word, n=str(late)) if late > 0 else "",
    }


def agreement_values(draft: Draft, agreement: AgreementFacts) -> dict[str, str]:
    """The names that hang on what was agreed."""
    voice = draft.voice
    first = _first(agreement)
    undisputed = _undisputed(agreement)
    numbers = dict.fromkeys(voice.word("invoice_number", number=d.number) for d in agreement.disputes)
    return {
        "conversation": _conversation(draft, agreement),
        "spoken_on": voice.long_day(agreement.spoken_on),
        "spoken_short": voice.short_day(agreement.spoken_on),
        "date": date_text(first.on, voice.language) if first else "",
        "agreed_total": voice.monies(part.amount for part in agreement.instalments),
        "instalment_count": str(len(agreement.instalments) or ""),
        "callback": parts.callback_text(agreement, voice),
        "disputed_numbers": voice.listing(numbers),
        "undisputed": voice.money(undisputed) if undisputed and undisputed.cents > 0 else "",
        "passed_to": one_line(agreement.passed_to),
        "deadline": voice.long_day(agreement.deadline) if agreement.deadline else "",
        "consequence": one_line(agreement.consequence).rstrip("."),
        "follow_up": voice.long_day(agreement.follow_up) if agreement.follow_up else "",
    }


def _conversation(draft: Draft, agreement: AgreementFacts) -> str:
    day, caller = draft.voice.long_day(agreement.spoken_on), draft.creditor.caller
    person = one_line(agreement.spoken_with)
    if person and person != one_line(draft.recipient.contact):
        return draft.voice.word("spoke_other", date=day, caller=caller, person=person)
    return draft.voice.word("spoke_you", date=day, caller=caller)
