"""*Postvak uit*: all mails with what became of them, and one mail as it was or will be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from beluur.domain.message_state import UNDERWAY, Cause, MessageState, may
from beluur.store.models import Document, Message
from beluur.values.sentence import Sentence

PAGE = 40
_S = MessageState
GROUPS: dict[str, tuple[MessageState, ...]] = {
    "todo": (_S.HELD, _S.QUEUED, _S.SENDING, _S.FAILED, _S.UNCERTAIN, _S.NOT_SENT),
    "waiting": (_S.HELD, _S.QUEUED, _S.SENDING),
    "trouble": (_S.FAILED, _S.UNCERTAIN, _S.NOT_SENT),
    "sent": (_S.SENT,),
    "withdrawn": (_S.WITHDRAWN,),
    "all": tuple(_S),
}


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the list. ``problem`` says why it did not leave, or is uncertain."""

    id: int
    debtor_id: int | None
    debtor: str
    to: str
    kind: str
    subject: str
    state: str
    problem: Sentence | None
    tries: int
    send_after: datetime
    created_at: datetime
    sent_at: datetime | None

    @property
    def at(self) -> datetime:
        """When it left, or else when it was made."""
        return self.sent_at or self.created_at

    @property
    def may_withdraw(self) -> bool:
        """Whether it can still be taken back."""
        return may(self.state, Cause.UNDONE)

    @property
    def may_resend(self) -> bool:
        """Whether a person may send it again."""
        return may(self.state, Cause.AGAIN)

    @property
    def may_mark(self) -> bool:
        """Whether a person may say that it went out."""
        return may(self.state, Cause.SEEN)


@dataclass(frozen=True, slots=True)
class Outbox:
    """A page of it; ``counts`` per group of `GROUPS`, ``page`` counts from 1."""

    mails: tuple[Mail, ...]
    counts: dict[str, int]
    group: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Paper:
    """An attachment, under the name that the reader sees."""

    document_id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MailPage:
    """One mail, whole."""

    mail: Mail
    to_name: str
    copy_to: str
    language: str
    text: str
    has_html: bool
    papers: tuple[Paper, ...]
    papers_gone: int
    message_id: str
    by: str
    call_id: int | None
    replaces: int | None
    replaced_by: int | None


def outbox(administration_id: int, group: str = "todo", page: int = 1) -> Outbox:
    """The mails of a group, newest first; an unknown group is *todo*, a page past the end the last one."""
    wanted = group if group in GROUPS else "todo"
    here = Message.objects.filter(administration_id=administration_id)
    per_state = dict(here.values_list("state").annotate(Count("id")).order_by())
    counts = {name: sum(per_state.get(s.value, 0) for s in states) for name, states in GROUPS.items()}
    pages = max(1, -(-counts[wanted] // PAGE))
    shown = min(max(page, 1), pages)
    rows = here.filter(state__in=GROUPS[wanted]).order_by("-created_at", "-id")
    mails = _mails(rows[(shown - 1) * PAGE : shown * PAGE])
    return Outbox(mails, counts, wanted, shown, pages)


def mail_page(administration_id: int, message_id: int) -> MailPage:
    """One mail. Raises Message.DoesNotExist."""
    here = Message.objects.filter(administration_id=administration_id)
    message = here.select_related("debtor", "by").get(id=message_id)
    papers = _papers(message)
    return MailPage(
        mail=_mails(here.filter(id=message_id))[0],
        to_name=str(message.facts.get("to_name", "")),
        copy_to=message.copy_to,
        language=message.language,
        text=message.text,
        has_html=bool(message.html),
        papers=papers,
        papers_gone=len(message.documents) - len(papers),
        message_id=message.message_id,
        by=message.by.name if message.by else "",
        call_id=message.call_id,
        replaces=message.replaces_id,
        # of the same debtor, by whom it is found
        replaced_by=here.filter(replaces_id=message_id, debtor=message.debtor)
        .values_list("id", flat=True)
        .last(),
    )


def mail_html(administration_id: int, message_id: int) -> str:
    """The HTML of a mail with its pictures inside, to be shown in a frame. Raises Message.DoesNotExist."""
    rows = Message.objects.filter(administration_id=administration_id)
    html, inline = rows.values_list("html", "inline").get(id=message_id)
    return with_pictures(html, {i["cid"]: f"data:{i['media_type']};base64,{i['base64']}" for i in inline})


def with_pictures(html: str, pictures: dict[str, str]) -> str:
    """``html`` in which ``cid:`` links are replaced by the data URIs in ``pictures``."""
    for cid, uri in pictures.items():
        html = html.replace(f'"cid:{cid}"', f'"{uri}"')
    return html


_COLUMNS = (
    "id debtor_id debtor__name to kind subject state problem tries send_after created_at sent_at".split()
)


def _mails(rows: QuerySet[Message]) -> tuple[Mail, ...]:
    return tuple(_mail(row) for row in rows.values_list(*_COLUMNS))


def _mail(row: tuple[Any, ...]) -> Mail:
    i, debtor_id, debtor, to, kind, subject, state, problem, *rest = row
    why = Sentence.from_json(problem) if problem else None
    return Mail(i, debtor_id, debtor or "", to, kind, subject, state, why, *rest)


def _papers(message: Message) -> tuple[Paper, ...]:
    rows = Document.objects.filter(administration_id=message.administration_id, id__in=message.documents)
    sizes = {i: (name, size) for i, name, size in rows.values_list("id", "name", "size")}
    names = message.facts.get("names", {})
    return tuple(
        Paper(i, names.get(str(i), sizes[i][0]), sizes[i][1]) for i in message.documents if i in sizes
    )


def mail_leaves(administration_id: int, message_id: int) -> bool:
    """Whether that mail is on its way out or has left; False when it could not leave."""
    rows = Message.objects.filter(administration_id=administration_id, id=message_id)
    return rows.filter(state__in=(*UNDERWAY, _S.SENT)).exists()
