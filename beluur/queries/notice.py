"""The formal notice to one debtor (H1), as it would leave now: by mail or on paper, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from beluur.domain.case import Case
from beluur.domain.ladder import Channel, RungKind
from beluur.domain.ladder_shipped import ladder_for
from beluur.domain.message_state import UNFINISHED
from beluur.domain.next_step import next_step
from beluur.domain.notice import NoticeKind, notice_kind
from beluur.mailroom.compose_notice import NoticeFacts, compose_notice, notice_facts
from beluur.mailroom.facts import CreditorFacts
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.letters import address_lines
from beluur.queries.mail_facts import Mailing, creditor_facts, template_for
from beluur.queries.reminder_mail import for_paper
from beluur.queries.reminders import Reminding, remindings
from beluur.store.load import load_case, load_policy
from beluur.store.models import Letter, Message
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say

MESSAGE = "notice"  # its kind in the outbox


@dataclass(frozen=True, slots=True)
class Notice:
    """What would leave: ``to`` are the lines of the address when it is on paper."""

    case: Case
    mailing: Mailing
    facts: NoticeFacts
    creditor: CreditorFacts
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeWays:
    """How it can go: by post, by mail; ``usual_by_post`` is what the ladder says. ``letter_id`` and ``message_id``: what was made
    and has not left. ``why_not`` when it cannot be made at all."""

    by_post: bool
    by_mail: bool
    usual_by_post: bool
    letter_id: int | None = None
    message_id: int | None = None
    why_not: Sentence | None = None

    @property
    def first_by_post(self) -> bool:
        """As the ladder says, or the other way when only that one can be gone."""
        return self.by_post if self.usual_by_post or not self.by_mail else False


def notice_ways(administration_id: int, debtor_id: int, today: date) -> NoticeWays:
    """How the notice can go to this debtor on ``today``."""
    case = load_case(administration_id, debtor_id)
    found = remindings(administration_id, [debtor_id], today).get(debtor_id)
    rung = ladder_for(case, load_policy(administration_id)).rung(RungKind.NOTICE)
    here = {"administration_id": administration_id, "debtor_id": debtor_id}
    return NoticeWays(
        bool(address_lines(administration_id, [debtor_id])),
        bool(found and found.recipient.email),
        rung is None or rung.channel is Channel.LETTER,
        Letter.objects.filter(**here, state="ready").values_list("id", flat=True).first(),
        Message.objects.filter(**here, kind=MESSAGE, state__in=UNFINISHED)
        .values_list("id", flat=True)
        .first(),
        _why_not(administration_id, case, found, today),
    )


def notice(
    administration_id: int, debtor_id: int, caller: str, *, sent: date, today: date, by_post: bool
) -> Notice:
    """As it leaves on ``sent``. Refused with the reason when it cannot: nothing is asked, another step is next, there is no text
    or no address."""
    case = load_case(administration_id, debtor_id)
    found = remindings(administration_id, [debtor_id], today).get(debtor_id)
    if why := _why_not(administration_id, case, found, today):
        raise Refused(why)
    kind = notice_kind(case)
    assert found is not None
    assert kind is not None
    to = address_lines(administration_id, [debtor_id]).get(debtor_id, ()) if by_post else ()
    if not (to if by_post else found.recipient.email):
        raise Refused(say("notice.no_post_address" if by_post else "outbox.no_address"))
    return _composed(administration_id, found, kind, caller, sent, to)


def _composed(
    administration_id: int,
    found: Reminding,
    kind: NoticeKind,
    caller: str,
    sent: date,
    to: tuple[str, ...],
) -> Notice:
    creditor, terms = creditor_facts(administration_id, caller)
    lines, documents = found.papers.lines, {**found.papers.documents, **terms}
    if to:
        creditor, documents = for_paper(creditor), {}
        lines = tuple(replace(line, copy="") for line in lines)
    facts = notice_facts(kind, lines, sent, by_post=bool(to))
    assert facts is not None
    language = mail_language(found.recipient.language)
    template = template_for(administration_id, MailKind(kind.value), language)
    mail = compose_notice(creditor, found.recipient, lines, facts, template)
    numbers = tuple(line.number for line in lines)
    return Notice(found.case, Mailing(mail, found.recipient, documents, numbers), facts, creditor, to)


def _why_not(administration_id: int, case: Case, found: Reminding | None, today: date) -> Sentence | None:
    """The books and the ladder as they are now: who paid, promised or disputes since the yes gets no notice."""
    if found is None or not found.papers.lines or case.halted(today):
        return say("notice.nothing_asked")
    step = next_step(case, load_policy(administration_id), today)
    if step.rung is not RungKind.NOTICE or not step.is_due(today):
        return say("notice.not_next")
    kind = notice_kind(case)
    if kind is None:
        return say("notice.no_text")
    facts = notice_facts(kind, found.papers.lines, today, by_post=True)
    return say("notice.no_costs") if facts is None else None
