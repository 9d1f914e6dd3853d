"""Composes the formal notice (H1). What the law wants in it is two pieces, that are set here and cannot be edited: the term to
pay in, and what follows without payment, with the exact costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beluur.domain.notice import NoticeKind, law_costs, notice_days
from beluur.mailroom.blocks import Block, Paragraph
from beluur.mailroom.compose import ComposedMail, Draft, composed, today_values
from beluur.mailroom.facts import CreditorFacts, InvoiceLine, RecipientFacts
from beluur.mailroom.texts_file import MailKind, Template
from beluur.mailroom.voice import Voice, sums, voice_of
from beluur.values.money import Money

NOTICES = tuple(MailKind(kind.value) for kind in NoticeKind)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """``sent``: the day on which it is reckoned to leave; ``received``: on which it is taken to arrive (None: the law does not
    ask); ``pay_by``: the last day to pay in time; ``costs``: what follows by law, computed over ``asked``."""

    kind: NoticeKind
    sent: date
    received: date | None
    pay_by: date
    asked: Money
    costs: Money
    by_post: bool


def notice_facts(
    kind: NoticeKind, invoices: tuple[InvoiceLine, ...], sent: date, *, by_post: bool
) -> NoticeFacts | None:
    """Reckoned by law; None when what is asked is not one amount in euro, over which no costs can be reckoned."""
    asked = sums(line.open for line in invoices)
    if len(asked) != 1 or asked[0].currency != "EUR" or asked[0].cents <= 0:
        return None
    term = notice_days(kind, sent, by_post=by_post)
    costs = Money(law_costs(kind, asked[0].cents).cents)
    return NoticeFacts(kind, sent, term.received, term.safe_last, asked[0], costs, by_post)


def compose_notice(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    invoices: tuple[InvoiceLine, ...],
    notice: NoticeFacts,
    template: Template | None = None,
) -> ComposedMail:
    """The notice, for mail or for paper."""
    voice = voice_of(recipient)
    draft = Draft(MailKind(notice.kind.value), creditor, recipient, invoices, voice, notice.asked)
    gaps = _gaps(notice, voice)
    values = {**today_values(draft, notice.sent), "pay_by": gaps["pay_by"], "costs": gaps["costs"]}
    return composed(draft, values, _pieces(notice, voice, gaps), template)


def _gaps(notice: NoticeFacts, voice: Voice) -> dict[str, str]:
    return {
        "total": voice.money(notice.asked),
        "costs": voice.money(notice.costs),
        "pay_by": voice.long_day(notice.pay_by),
        "received": voice.long_day(notice.received or notice.sent),
        "sent": voice.long_day(notice.sent),
        "from": voice.word("notice_from_post" if notice.by_post else "notice_from_mail"),
    }


def _pieces(notice: NoticeFacts, voice: Voice, gaps: dict[str, str]) -> dict[str, tuple[Block, ...]]:
    which = notice.kind.value.removeprefix("notice_")
    return {
        piece: (Paragraph((voice.word(f"{piece}_{which}", **gaps),)),)
        for piece in ("notice_term", "notice_costs")
    }
