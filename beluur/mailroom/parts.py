"""From facts to the pieces of a mail: the agreement as a table, the invoices, what is contested, the signature."""

from __future__ import annotations

import re
from datetime import date

from beluur.mailroom.blocks import Block, Bullets, Cell, Panel, Paragraph, Quotation, Signature, Table
from beluur.mailroom.clean import lines_of, one_line
from beluur.mailroom.facts import (
    AgreementFacts,
    AgreementKind,
    CreditorFacts,
    DisputeLine,
    InvoiceLine,
    OwnPromise,
    ReplyFacts,
)
from beluur.mailroom.voice import Voice, sums
from beluur.values.sentence import say
from beluur.words import render

_MOST_NAMED_COPIES = 4
_LONGEST_QUOTED = 8000
_WAYS = ("transfer", "card", "direct_debit", "cash", "link")


def agreement_piece(agreement: AgreementFacts, voice: Voice) -> tuple[Block, ...]:
    """What was agreed, by the kind of agreement; nothing for those that hold no day or amount."""
    if agreement.instalments:
        return _instalments(agreement, voice)
    if agreement.kind is AgreementKind.CALLBACK and agreement.callback_on:
        pair = (voice.word("callback"), callback_text(agreement, voice))
        return (Panel(voice.word("agreed"), (pair,)),)
    if agreement.kind is AgreementKind.ALREADY_PAID and (agreement.paid or agreement.paid_on):
        return (Panel(voice.word("claimed"), _claimed(agreement, voice)),)
    return ()


def _instalments(agreement: AgreementFacts, voice: Voice) -> tuple[Block, ...]:
    several = len(agreement.instalments) > 1
    rows = tuple(
        (
            Cell(voice.long_day(part.on), voice.word("instalment", n=str(n)) if several else ""),
            Cell(voice.money(part.amount)),
        )
        for n, part in enumerate(agreement.instalments, start=1)
    )
    together = sums(part.amount for part in agreement.instalments)
    totals = tuple((voice.word("together"), voice.money(sum_)) for sum_ in together) if several else ()
    columns = (voice.word(agreement.said.value), voice.word("pay_amount"))
    table = Table(voice.word("agreed"), columns, rows, promised_lines(agreement, voice), totals)
    way = (voice.word("way", way=_way(agreement.way, voice)),) if agreement.way else ()
    return (table, *(Paragraph((line,)) for line in (*way, *_reserved(agreement, voice))))


def _reserved(agreement: AgreementFacts, voice: Voice) -> tuple[str, ...]:
    """A2: nobody may take for agreed what a colleague has still to grant."""
    if not agreement.reserved:
        return ()
    if agreement.callback_on is None:
        return (voice.word("reserved"),)
    return (voice.word("reserved_until", date=voice.long_day(agreement.callback_on)),)


def _way(way: str, voice: Voice) -> str:
    return voice.word(f"way_{way}") if way in _WAYS else one_line(way)


def promised_lines(agreement: AgreementFacts, voice: Voice) -> tuple[str, ...]:
    """Each instalment as a line of text."""
    label = f"{agreement.said.value}_text"
    return tuple(
        voice.word(label, amount=voice.money(part.amount), date=voice.long_day(part.on))
        for part in agreement.instalments
    )


def callback_text(agreement: AgreementFacts, voice: Voice) -> str:
    """``op maandag 30 november 2026 om 16:00``; empty without a day."""
    if agreement.callback_on is None:
        return ""
    day = voice.long_day(agreement.callback_on)
    if agreement.callback_at is None:
        return voice.word("callback_on", date=day)
    return voice.word("callback_at", date=day, time=f"{agreement.callback_at:%H:%M}")


def _claimed(agreement: AgreementFacts, voice: Voice) -> tuple[tuple[str, str], ...]:
    pairs = []
    if agreement.paid:
        pairs.append((voice.word("pay_amount"), voice.money(agreement.paid)))
    if agreement.paid_on:
        pairs.append((voice.word("date"), voice.long_day(agreement.paid_on)))
    return tuple(pairs)


def invoices_piece(invoices: tuple[InvoiceLine, ...], voice: Voice) -> tuple[Block, ...]:
    """The invoices as a table with a total per currency."""
    if not invoices:
        return ()
    columns = (voice.word("invoice"), voice.word("due"), voice.word("open"))
    rows = tuple(_invoice_row(invoice, voice) for invoice in invoices)
    totals = tuple((voice.word("total"), voice.money(s)) for s in sums(i.open for i in invoices))
    text = tuple(_invoice_text(invoice, voice) for invoice in invoices)
    title = voice.word("invoices")
    return (Table(title, columns, rows, text, totals if len(invoices) > 1 else ()),)


def _invoice_row(invoice: InvoiceLine, voice: Voice) -> tuple[Cell, ...]:
    issued = voice.word("issued", date=voice.short_day(invoice.issued)) if invoice.issued else ""
    partly = invoice.amount != invoice.open and abs(invoice.amount.cents) > abs(invoice.open.cents)
    return (
        Cell(one_line(invoice.number), issued),
        Cell(voice.short_day(invoice.due) if invoice.due else ""),
        Cell(
            voice.money(invoice.open), voice.word("of", amount=voice.money(invoice.amount)) if partly else ""
        ),
    )


def _invoice_text(invoice: InvoiceLine, voice: Voice) -> str:
    name = voice.invoice_name(invoice)
    if invoice.issued:
        name += f" {voice.word('issued', date=voice.short_day(invoice.issued))}"
    if invoice.due:
        name += f", {voice.word('due_text', date=voice.short_day(invoice.due))}"
    return f"{name}{voice.colon} {voice.money(invoice.open)}"


def disputes_piece(disputes: tuple[DisputeLine, ...], voice: Voice) -> tuple[Block, ...]:
    """What is contested, why, and by when we answer."""
    if not disputes:
        return ()
    rows = tuple(
        (Cell(one_line(d.reason), _dispute_under(d, voice)), Cell(voice.money(d.amount))) for d in disputes
    )
    text = tuple(
        f"{one_line(d.reason)} ({_dispute_under(d, voice)}){voice.colon} {voice.money(d.amount)}"
        for d in disputes
    )
    columns = (voice.word("disputed_reason"), voice.word("disputed_amount"))
    return (Table(voice.word("disputes"), columns, rows, text),)


def _dispute_under(dispute: DisputeLine, voice: Voice) -> str:
    name = voice.word("invoice_number", number=dispute.number)
    if dispute.answer_by is None:
        return _capital(name)
    day = voice.long_day(dispute.answer_by)
    if dispute.who:
        return f"{_capital(name)}. {voice.word('disputed_answer_who', who=dispute.who, date=day)}"
    return f"{_capital(name)}. {voice.word('disputed_answer', date=day)}"


def ours_piece(ours: tuple[OwnPromise, ...], voice: Voice) -> tuple[Block, ...]:
    """What we said that we would do."""
    items = tuple(_our_text(promise, voice) for promise in ours)
    return (Bullets(items, voice.word("ours")),) if items else ()


def _our_text(promise: OwnPromise, voice: Voice) -> str:
    what = one_line(promise.what).rstrip(".")
    if promise.on is None:
        return what
    day = voice.long_day(promise.on)
    if promise.at is None:
        return voice.word("our_on", what=what, date=day)
    return voice.word("our_at", what=what, date=day, time=f"{promise.at:%H:%M}")


def correction_piece(earlier: AgreementFacts | None, voice: Voice) -> tuple[Block, ...]:
    """That this mail takes the place of an earlier one, and what it said."""
    if earlier is None:
        return ()
    said = promised_lines(earlier, voice)
    callback = callback_text(earlier, voice) if earlier.kind is AgreementKind.CALLBACK else ""
    was = (*said, f"{voice.word('callback')} {callback}") if callback else said
    first = Paragraph((voice.word("corrects", date=voice.long_day(earlier.spoken_on)),))
    return (first, Bullets(was, voice.word("corrects_was"))) if was else (first,)


def attachments_piece(invoices: tuple[InvoiceLine, ...], terms: str, voice: Voice) -> tuple[Block, ...]:
    """Which papers come with the mail."""
    copies = [invoice.number for invoice in invoices if invoice.copy]
    if len(copies) > _MOST_NAMED_COPIES:
        named = [voice.word("attached_copies", n=str(len(copies)))]
    else:
        named = [voice.word("attached_copy", number=number) for number in copies]
    if terms:
        named.append(voice.word("attached_terms"))
    return (Paragraph((f"{voice.word('attached')}{voice.colon} {voice.listing(named)}.",)),) if named else ()


def discussed_piece(discussed: str) -> tuple[Block, ...]:
    """The caller's own words."""
    lines = lines_of(discussed)
    return (Paragraph(lines),) if lines else ()


def answer_piece(words: str) -> tuple[Block, ...]:
    """The user's own words: an empty line begins a new paragraph."""
    paragraphs = (lines_of(paragraph) for paragraph in re.split(r"\n\s*\n", words.replace("\r\n", "\n")))
    return tuple(Paragraph(lines) for lines in paragraphs if lines)


def quoted_piece(reply: ReplyFacts, voice: Voice) -> tuple[Block, ...]:
    """The mail that is answered: who wrote when, and his own words."""
    lines = tuple(one_line(line) for line in reply.wrote.strip()[:_LONGEST_QUOTED].splitlines())
    if not any(lines):
        return ()
    said = voice.word("wrote", date=voice.long_day(reply.on), who=reply.who)
    return (Quotation(f"{said}{voice.colon}", lines),)


def signature_piece(creditor: CreditorFacts, voice: Voice) -> tuple[Block, ...]:
    """Who writes, and how he is reached."""
    phone = voice.word("phone", phone=creditor.phone) if creditor.phone else ""
    signed = one_line(signed_as(creditor, voice.language))
    lines = (
        *creditor.signature,
        signed if signed != one_line(creditor.caller) else "",
        *creditor.address,
        phone,
        creditor.email,
        creditor.registration,
    )
    kept = tuple(clean for line in lines if (clean := one_line(line)))
    return (Signature(voice.word("closing"), one_line(creditor.caller), kept),)


def signed_as(creditor: CreditorFacts, language: str) -> str:
    """The company under a letter; an agency says for whom it writes."""
    if not creditor.acts_for:
        return creditor.name
    return render(say("house.on_behalf", name=creditor.name, acts_for=creditor.acts_for), language)


def oldest_due(invoices: tuple[InvoiceLine, ...]) -> date | None:
    """The first due date among the invoices."""
    return min((i.due for i in invoices if i.due and i.open.cents > 0), default=None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
