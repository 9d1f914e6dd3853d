"""Answers by mail: those that a person must read, and how the mailbox is (E3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from beluur.domain.mail_sign_in import asks_to_sign_in
from beluur.queries.absences import of_owners
from beluur.store.models import Mailbox, MailIn
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

SHOWN = 100
_COLUMNS = (
    "id kind sender sender_name subject text because at proposed debtor_id debtor__name debtor__currency "
    "promise_id promise__active message__call_id vouched"
).split()


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """An answer before a person. ``proposed`` is as he wrote it; ``promise_id`` None: no agreement that it may confirm."""

    id: int
    kind: str
    sender: str
    subject: str
    text: str
    because: Sentence
    at: datetime
    proposed: tuple[Sentence, ...]
    debtor_id: int
    name: str
    promise_id: int | None
    call_id: int | None
    vouched: Sentence


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """What is set, without the secret; ``trouble`` None: the last look worked."""

    host: str = ""
    port: int = 993
    security: str = "tls"
    sign_in: str = "password"
    username: str = ""
    folder: str = "INBOX"
    plus: bool = False
    vouched_by: str = ""
    authorities: str = ""
    has_secret: bool = False
    looked_at: datetime | None = None
    trouble: Sentence | None = None
    trouble_at: datetime | None = None
    next_look_at: datetime | None = None
    by_sign_in: bool = False  # at the provider of the mailbox

    @property
    def signed_out(self) -> bool:
        """Whether somebody has to sign in there before it is read again."""
        return asks_to_sign_in(self.trouble)


def open_replies(administration_id: int, debtor_id: int | None = None) -> tuple[ReplyRow, ...]:
    """The oldest first, of everyone or of one debtor; one query."""
    waiting = waiting_replies(administration_id)
    of = waiting.filter(debtor_id=debtor_id) if debtor_id is not None else waiting
    rows = of.order_by("at", "id").values_list(*_COLUMNS)[:SHOWN]
    return tuple(
        ReplyRow(
            i, kind, f"{name} <{sender}>" if name else sender, subject, text, Sentence.from_json(because), at,
            tuple(_proposed(date.fromisoformat(day), cents, currency) for day, cents in proposed),
            debtor_id, debtor, promise if active else None, call, vouched_line(vouched, sender),
        )
        for i, kind, sender, name, subject, text, because, at, proposed, debtor_id, debtor, currency, promise, active, call,
        vouched in rows
    )  # fmt: skip


def vouched_line(vouched: str, sender: str) -> Sentence:
    """What the mailbox's own server says of who wrote it; without its word the address is only what he typed."""
    code = {"yes": "mail_in.vouched", "no": "mail_in.not_from_there"}.get(vouched, "mail_in.not_vouched")
    domain = sender.rpartition("@")[2]
    return Sentence(code, {} if code == "mail_in.not_vouched" else {"domain": domain})


def waiting_replies(administration_id: int, owners: Any = None) -> QuerySet[MailIn]:
    """Those that wait for a person; with ``owners``, ids, of their debtors and of those that are nobody's."""
    rows = MailIn.objects.filter(administration_id=administration_id, state="open")
    return rows.filter(of_owners("debtor__assigned_to", owners)) if owners else rows


def mailbox_row(administration_id: int) -> MailboxRow:
    """What is set; the defaults when nothing is."""
    box = Mailbox.objects.filter(administration_id=administration_id).first()
    if box is None:
        return MailboxRow()
    return MailboxRow(
        box.host, box.port, box.security, box.sign_in, box.username, box.folder, box.plus, box.vouched_by, box.authorities,
        bool(box.secret), box.looked_at, Sentence.from_json(box.trouble) if box.trouble else None,
        box.trouble_at, box.next_look_at, box.sign_in == "xoauth2" and not box.secret,
    )  # fmt: skip


def _proposed(day: date, cents: int | None, currency: str) -> Sentence:
    if cents is None:
        return say("said.all_on", on=day)
    return say("said.amount_on", amount=Money(cents, currency), on=day)
