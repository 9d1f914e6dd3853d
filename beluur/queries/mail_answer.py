"""A mail that came in, to be answered: what he wrote, who reads the answer, how it may begin, and how it would leave."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from beluur.domain.local_time import local_day
from beluur.domain.reason import offered, ranking
from beluur.mailroom.compose_answer import compose_reply
from beluur.mailroom.facts import RecipientFacts, ReplyFacts
from beluur.mailroom.texts_file import MailKind, first_sentences, mail_language
from beluur.mailroom.voice import voice_of
from beluur.queries.mail_facts import Mailing, creditor_facts, recipient_facts, template_for
from beluur.store.models import Contact, Debtor, MailIn
from beluur.store.models.mail_in import BY_MACHINE
from beluur.values.sentence import Sentence

_GAP = re.compile(r"\{date\}")


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """One mail of a person. ``known``: its address is on file at this debtor. ``begins`` is what an answer may begin with and
    ``more`` what may follow, in his language."""

    id: int
    debtor_id: int
    debtor: str
    sender: str
    sender_name: str
    subject: str
    text: str
    because: Sentence
    at: datetime
    state: str
    language: str
    known: bool
    begins: str
    more: tuple[str, ...]
    handled_at: datetime | None
    handled_by: str

    @property
    def who(self) -> str:
        """His name as he gives it, else his address."""
        return self.sender_name or self.sender


def mail_to_answer(administration_id: int, mail_in_id: int) -> ToAnswer:
    """Raises MailIn.DoesNotExist, also of what a machine wrote: that is never answered."""
    mail = answerable(administration_id).select_related("debtor", "handled_by").get(id=mail_in_id)
    reader = reader_of_answer(mail)
    begins, more = _openings(mail, reader)
    return ToAnswer(
        mail.id,
        mail.debtor_id,
        mail.debtor.name,
        mail.sender,
        mail.sender_name,
        mail.subject,
        mail.text,
        Sentence.from_json(mail.because),
        mail.at,
        mail.state,
        mail_language(reader.language),
        is_known_at(administration_id, mail.debtor_id, mail.sender),
        begins,
        more,
        mail.handled_at,
        mail.handled_by.name if mail.handled_by else "",
    )


def answerable(administration_id: int) -> QuerySet[MailIn]:
    """Mails that people wrote."""
    rows = MailIn.objects.filter(administration_id=administration_id)
    return rows.exclude(kind__in=BY_MACHINE).exclude(sender="")


def reader_of_answer(mail: MailIn) -> RecipientFacts:
    """Who wrote, and nobody else; greeted by his name on file, else as he gave it."""
    facts = recipient_facts(mail.administration_id, mail.debtor_id, to=mail.sender)
    here = Contact.objects.filter(administration_id=mail.administration_id, debtor_id=mail.debtor_id)
    named = here.filter(removed_at=None, email__iexact=mail.sender).exclude(name="")
    on_file = named.values_list("name", flat=True).first() or ""
    return replace(facts, email=mail.sender, contact=on_file or mail.sender_name)


def is_known_at(administration_id: int, debtor_id: int, address: str) -> bool:
    """Whether that address is on file at this debtor."""
    here = Debtor.objects.filter(administration_id=administration_id, id=debtor_id)
    at_contact = Q(contacts__removed_at=None, contacts__email__iexact=address)
    return here.filter(Q(email__iexact=address) | at_contact).exists()


def answer_to_mail(mail: MailIn, words: str, now: datetime, *, caller: str) -> Mailing:
    """The answer as it would leave."""
    reader = reader_of_answer(mail)
    zone = mail.debtor.time_zone
    about = mail.subject or (mail.message.subject if mail.message else "")
    who = mail.sender_name or mail.sender
    reply = ReplyFacts(words, who, local_day(mail.sent_at or mail.at, zone), about, mail.text)
    creditor, _ = creditor_facts(mail.administration_id, caller)
    template = template_for(mail.administration_id, MailKind.REPLY, mail_language(reader.language))
    composed = compose_reply(creditor, reader, reply, today=local_day(now, zone), template=template)
    return Mailing(composed, reader, {})


def _openings(mail: MailIn, reader: RecipientFacts) -> tuple[str, tuple[str, ...]]:
    """How it may begin by what his mail is, and what may follow by the reasons that stand in it."""
    known = first_sentences(reader.language, reader.formality)
    days = {date.fromisoformat(day) for day, _ in mail.proposed}
    reasons = [r.code for r in offered(ranking(mail.text, reader.language))] if mail.text.strip() else []
    more = tuple(known["reasons"][code] for code in reasons if code in known["reasons"])
    kind = "proposes_day" if mail.kind == "proposes" and len(days) == 1 else mail.kind
    begins = known["kinds"].get(kind, known["kinds"]["other"])
    if kind == "proposes_day":
        begins = _GAP.sub(voice_of(reader).long_day(days.pop()), begins)
    return begins, more
