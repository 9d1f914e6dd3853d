"""What a debtor is shown of an agreement on his page, in the pieces that the mail is laid out from."""

from __future__ import annotations

from beluur.domain.because_ultimatum import consequence_name
from beluur.domain.local_time import local
from beluur.domain.shown_agreement import ShownAgreement
from beluur.mailroom import parts
from beluur.mailroom.blocks import Block, Bullets, Paragraph
from beluur.mailroom.facts import (
    AgreementFacts,
    AgreementKind,
    DisputeLine,
    InstalmentLine,
    OwnPromise,
    Said,
)
from beluur.mailroom.voice import Voice
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import catalogue, render


def agreement_pieces(shown: ShownAgreement, voice: Voice, zone: str) -> tuple[Block, ...]:
    """The agreement as tables and sentences; empty when nothing stands."""
    facts = _facts(shown, voice, zone)
    return (
        *parts.agreement_piece(facts, voice),
        *parts.disputes_piece(facts.disputes, voice),
        *parts.ours_piece(facts.ours, voice),
        *_deadline(shown, voice),
    )


def agreement_lines(shown: ShownAgreement, voice: Voice, zone: str) -> tuple[Block, ...]:
    """The same in a few lines: what an earlier mail said."""
    facts = _facts(shown, voice, zone)
    lines = list(parts.promised_lines(facts, voice))
    if callback := parts.callback_text(facts, voice):
        lines.append(f"{voice.word('callback')} {callback}")
    lines += [f"{line.reason}{voice.colon} {voice.money(line.amount)}" for line in facts.disputes]
    if facts.paid:
        lines.append(f"{voice.word('claimed')}{voice.colon} {voice.money(facts.paid)}")
    lines += [line for block in _deadline(shown, voice) for line in block.lines]
    return (Bullets(tuple(lines)),) if lines else ()


def _deadline(shown: ShownAgreement, voice: Voice) -> tuple[Paragraph, ...]:
    if shown.deadline is None:
        return ()
    until, cents, consequence = shown.deadline
    follows = render(consequence_name(consequence), voice.language).rstrip(".")
    amount = voice.money(Money(cents, shown.currency))
    return (
        Paragraph((voice.page("deadline", amount=amount, date=voice.long_day(until), consequence=follows),)),
    )


def _facts(shown: ShownAgreement, voice: Voice, zone: str) -> AgreementFacts:
    callback = local(shown.callback, zone) if shown.callback else None
    kind = _kind(shown)
    ours: tuple[OwnPromise, ...] = ()
    if callback and kind is not AgreementKind.CALLBACK:
        we_call = render(say("confirm.we_call"), voice.language)
        ours = (OwnPromise(we_call, callback.date(), callback.time()),)
    return AgreementFacts(
        kind=kind,
        spoken_on=shown.spoken_on,
        invoices=(),
        instalments=tuple(InstalmentLine(on, Money(cents, shown.currency)) for on, cents in shown.parts),
        said=Said(shown.said),
        way=shown.way,
        disputes=tuple(_dispute(one, shown.currency, voice) for one in shown.disputes),
        ours=ours,
        callback_on=callback.date() if callback else None,
        callback_at=callback.time() if callback else None,
        paid_on=shown.claim[0] if shown.claim else None,
        paid=Money(shown.claim[1], shown.currency) if shown.claim else None,
        reserved=shown.reserved,
    )


def _dispute(one: tuple[str, int, str], currency: str, voice: Voice) -> DisputeLine:
    number, cents, why = one
    reason = render(Sentence(why), voice.language) if why in catalogue() else why
    return DisputeLine(number, Money(cents, currency), reason)


def _kind(shown: ShownAgreement) -> AgreementKind:
    if shown.parts:
        return AgreementKind.PLAN if len(shown.parts) > 1 else AgreementKind.PROMISE
    found = (
        (shown.disputes, AgreementKind.DISPUTE),
        (shown.claim, AgreementKind.ALREADY_PAID),
        (shown.callback, AgreementKind.CALLBACK),
    )
    return next((kind for stands, kind in found if stands), AgreementKind.NOTHING_AGREED)
