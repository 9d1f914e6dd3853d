"""Whom we could not reach (B9): the mail that says so as it would leave now, and who waits for it."""

from __future__ import annotations

from datetime import date, datetime

from beluur.domain.calling_window import is_person
from beluur.domain.case import Case
from beluur.domain.local_time import local_day
from beluur.domain.message_state import UNFINISHED
from beluur.domain.parts import split
from beluur.domain.unreachable import tried_days
from beluur.mailroom.compose import compose_tried_to_reach
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.mail_facts import Mailing, creditor_facts, papers_of, recipient_facts, template_for
from beluur.store.load import load_case
from beluur.store.models import Message
from beluur.values.sentence import Sentence, say


def tried_mail(administration_id: int, debtor_id: int, *, now: datetime, caller: str) -> Mailing | Sentence:
    """The mail, or why there is none: he is on hold or stopped, was not rung in vain, has no address, or was told already.
    Nothing goes along. Raises Debtor.DoesNotExist."""
    case = load_case(administration_id, debtor_id)
    today = local_day(now, case.time_zone)
    recipient = recipient_facts(administration_id, debtor_id)
    days = tried_days(case)
    if why := _why_not(administration_id, case, days, today, recipient.email):
        return why
    asked = {part.invoice.id for part in split(case, today).callable}
    lines = papers_of(administration_id, debtor_id, invoice_ids=asked).lines
    creditor, _ = creditor_facts(administration_id, caller)
    template = template_for(administration_id, MailKind.TRIED_TO_REACH, mail_language(recipient.language))
    person = is_person(case.kind)
    mail = compose_tried_to_reach(
        creditor, recipient, lines, days, person=person, today=today, template=template
    )
    return Mailing(mail, recipient, {}, () if person else tuple(line.number for line in lines))


def _why_not(
    administration_id: int, case: Case, days: tuple[date, ...], today: date, email: str
) -> Sentence | None:
    if case.stop:
        return say("outbox.stopped")
    if hold := case.hold_on(today):
        return say("outbox.on_hold", reason=hold.reason)
    if not days:
        return say("outbox.not_tried")
    if not email:
        return say("outbox.no_address")
    waiting = Message.objects.filter(
        administration_id=administration_id,
        debtor_id=case.debtor_id,
        kind=MailKind.TRIED_TO_REACH.value,
        state__in=UNFINISHED,
    )
    told = any(r.level == 0 and r.on >= days[-1] for r in case.reminders)
    return say("outbox.told_already") if told or waiting.exists() else None
