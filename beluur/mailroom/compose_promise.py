"""Composes what is written about a promise that stands: the question whether it is right, and the note before an instalment."""

from __future__ import annotations

from dataclasses import replace

from beluur.mailroom import parts
from beluur.mailroom.compose import ComposedMail, Draft, agreement_values, composed
from beluur.mailroom.facts import AgreementFacts, CreditorFacts, InstalmentLine, RecipientFacts
from beluur.mailroom.texts_file import MailKind, Template
from beluur.mailroom.voice import voice_of


def compose_ask_confirm(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    agreement: AgreementFacts,
    template: Template | None = None,
) -> ComposedMail:
    """He did not answer the confirmation: is this right (E3)? Nothing goes along."""
    first = min(agreement.instalments, key=lambda part: part.on)
    draft = _draft(MailKind.ASK_CONFIRM, creditor, recipient, agreement, first)
    pieces = {"agreement": parts.agreement_piece(agreement, draft.voice)}
    return composed(draft, agreement_values(draft, agreement), pieces, template)


def compose_instalment_note(
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    agreement: AgreementFacts,
    part: InstalmentLine,
    template: Template | None = None,
) -> ComposedMail:
    """Before ``part`` is due: a friendly word, with all that is needed to pay."""
    draft = _draft(MailKind.INSTALMENT_NOTE, creditor, recipient, agreement, part)
    values = agreement_values(draft, agreement) | {
        "date": draft.voice.short_day(part.on),
        "pay_by": draft.voice.long_day(part.on),
    }
    return composed(draft, values, {}, template)


def _draft(
    kind: MailKind,
    creditor: CreditorFacts,
    recipient: RecipientFacts,
    agreement: AgreementFacts,
    part: InstalmentLine,
) -> Draft:
    bare = tuple(replace(line, copy="") for line in agreement.invoices)
    plain = replace(creditor, terms="")
    return Draft(kind, plain, recipient, bare, voice_of(recipient), part.amount, agreement.reference)
