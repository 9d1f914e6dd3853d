"""The way to the reader's own page: its address, how a mail tells it, and the token that takes its place when the mail leaves.

A mail is kept with ``/k/persoonlijk/`` in it, so that who reads it in the outbox opens nobody's page; the token is put in
by whoever sends it.
"""

from __future__ import annotations

from beluur.mailroom.blocks import Block, PageLink, Signature
from beluur.mailroom.texts_file import MailKind
from beluur.mailroom.voice import Voice

PLACE = "/k/persoonlijk/"


def page_address(public_address: str) -> str:
    """Where the page will be, with the place of the token; empty without a public address."""
    return f"{public_address}{PLACE}" if public_address else ""


def link_piece(kind: MailKind, page: str, voice: Voice) -> tuple[Block, ...]:
    """What a mail with invoices says of the page; nothing without one, and in mails that have none."""
    if not page or not (
        kind.value.startswith("confirm_") or kind in (MailKind.ASK_CONFIRM, MailKind.INVOICE_COPY)
    ):
        return ()
    name = "page_invoices" if kind is MailKind.INVOICE_COPY else "page_agreement"
    return (PageLink(voice.word(name), voice.word("page_button"), page),)


def with_link(blocks: tuple[Block, ...], link: tuple[Block, ...]) -> tuple[Block, ...]:
    """The mail with the way to the page: where its text puts it, or else before the signature: a text that a user wrote before
    there were pages has no place for it."""
    if not link or link[0] in blocks:
        return blocks
    at = next((n for n, block in enumerate(blocks) if isinstance(block, Signature)), len(blocks))
    return (*blocks[:at], *link, *blocks[at:])


def with_token(text: str, token: str) -> str:
    """``text`` with the token where its place was kept."""
    return text.replace(PLACE, f"/k/{token}/")
