"""How a text would look, with a dossier of the administration or with an invented one; saves nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from beluur.domain.calling_window import is_person
from beluur.domain.case import Case
from beluur.domain.ladder_days import LAST_LEVEL
from beluur.domain.unreachable import tried_days
from beluur.mailroom.compose import (
    ComposedMail,
    compose_confirmation,
    compose_reminder,
    compose_tried_to_reach,
)
from beluur.mailroom.compose_notice import NOTICES
from beluur.mailroom.compose_promise import compose_ask_confirm, compose_instalment_note
from beluur.mailroom.examples import compose_example, example_invoices, example_recipient
from beluur.mailroom.facts import CreditorFacts, RecipientFacts
from beluur.mailroom.letter_sheet import letter_sheet
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.agreement_facts import agreement_of_promise
from beluur.queries.letters import address_lines
from beluur.queries.mail_facts import Papers, creditor_facts, papers_of, recipient_facts
from beluur.queries.mail_templates import Text
from beluur.queries.reminder_mail import LETTERS, for_paper, pay_by
from beluur.queries.reminders import remindings
from beluur.store.load import load_case
from beluur.store.models import Administration
from beluur.values.sentence import Sentence, say

_LEVELS = {
    MailKind.REMINDER_1: 1,
    MailKind.REMINDER_2: 2,
    MailKind.BEFORE_NOTICE: LAST_LEVEL,
    **{kind: level for level, kind in LETTERS.items()},
}
_INSTALMENTS = {MailKind.CONFIRM_PROMISE: 1, MailKind.CONFIRM_PLAN: 2}  # 2: or more
_ANY = (MailKind.ASK_CONFIRM, MailKind.INSTALMENT_NOTE)
ON_PAPER = frozenset((*LETTERS.values(), *NOTICES))
_INVENTED_ADDRESS = ("Fictielaan 12", "1000 AA  VOORBEELDSTAD")


@dataclass(frozen=True, slots=True)
class TextExample:
    """The mail; ``documents`` by file name; of a letter the ``sheet`` on which it is printed. ``notes`` say what of it is
    invented, and what else is not as it would be."""

    mail: ComposedMail
    documents: dict[str, int] = field(default_factory=dict)
    sheet: dict[str, Any] | None = None
    notes: tuple[Sentence, ...] = ()


def text_example(
    administration_id: int, text: Text, *, today: date, caller: str, debtor_id: int | None = None
) -> TextExample:
    """The mail as ``text`` would make it. Raises Debtor.DoesNotExist."""
    creditor, _ = creditor_facts(administration_id, caller)
    if debtor_id is None:
        recipient, invoices = example_recipient(text.language), example_invoices(today)
        if text.kind in ON_PAPER:
            creditor, invoices = for_paper(creditor), tuple(replace(i, copy="") for i in invoices)
        mail = compose_example(text.kind, creditor, recipient, invoices, today=today, template=text.template)
        to = (recipient.debtor, *_INVENTED_ADDRESS)
        sheet = _sheet(administration_id, text, mail, creditor, to, today)
        return TextExample(mail, sheet=sheet)
    return _Real(administration_id, text, creditor, today).example(debtor_id)


def _sheet(
    administration_id: int,
    text: Text,
    mail: ComposedMail,
    creditor: CreditorFacts,
    to: tuple[str, ...],
    today: date,
) -> dict[str, Any] | None:
    """As it would be printed today; None for what goes by mail."""
    if text.kind not in ON_PAPER:
        return None
    country = Administration.objects.values_list("country", flat=True).get(id=administration_id)
    return letter_sheet(mail, creditor, to, country=country, on=today)


class _Real:
    """The example with one dossier: what it knows is used, the rest is invented and said to be."""

    def __init__(self, administration_id: int, text: Text, creditor: CreditorFacts, today: date) -> None:
        self.administration_id, self.text, self.creditor, self.today = (
            administration_id,
            text,
            creditor,
            today,
        )
        self.notes: list[Sentence] = []

    def example(self, debtor_id: int) -> TextExample:
        own = recipient_facts(self.administration_id, debtor_id)
        recipient = replace(own, language=self.text.language)
        usual = mail_language(own.language)
        if usual != self.text.language:
            spoken = say(f"texts.in.{usual.lower().replace('-', '_')}")
            self.notes.append(say("texts.other_language", language=spoken))
        case = load_case(self.administration_id, debtor_id)
        papers = self._papers(case)
        if self.text.kind in ON_PAPER:
            self.creditor = for_paper(self.creditor)
            papers = Papers(tuple(replace(line, copy="") for line in papers.lines), {}, papers.ids)
        mail = self._mail(case, recipient, papers)
        sheet = _sheet(
            self.administration_id,
            self.text,
            mail,
            self.creditor,
            self._to(debtor_id, own.debtor),
            self.today,
        )
        return TextExample(mail, papers.documents, sheet, tuple(self.notes))

    def _to(self, debtor_id: int, name: str) -> tuple[str, ...]:
        """The lines of his address; that it is not known is said."""
        if self.text.kind not in ON_PAPER:
            return ()
        known = address_lines(self.administration_id, [debtor_id]).get(debtor_id)
        if known is None:
            self.notes.append(say("texts.no_postal_address"))
        return known or (name,)

    def _papers(self, case: Case) -> Papers:
        """What may be asked of him in writing for a reminder; else what is late, or open."""
        if self.text.kind in _LEVELS or self.text.kind in NOTICES:
            found = remindings(self.administration_id, [case.debtor_id], self.today).get(case.debtor_id)
            if found is not None:
                return found.papers
            self.notes.append(say("texts.nothing_to_ask"))
        late = Papers((), {})
        if self.text.kind is not MailKind.STATEMENT:
            late = papers_of(self.administration_id, case.debtor_id, late_on=self.today)
        papers = late if late.lines else papers_of(self.administration_id, case.debtor_id)
        if papers.lines:
            return papers
        self.notes.append(say("texts.invented_invoices"))
        return Papers(example_invoices(self.today), {})

    def _mail(self, case: Case, recipient: RecipientFacts, papers: Papers) -> ComposedMail:
        kind, template = self.text.kind, self.text.template
        if level := _LEVELS.get(kind):
            by = pay_by(case, level, self.today, by_post=kind in ON_PAPER)
            return compose_reminder(
                kind, self.creditor, recipient, papers.lines, today=self.today, pay_by=by, template=template
            )
        if kind is MailKind.TRIED_TO_REACH and (days := tried_days(case)):
            person = is_person(case.kind)
            return compose_tried_to_reach(
                self.creditor,
                recipient,
                papers.lines,
                days,
                person=person,
                today=self.today,
                template=template,
            )
        if promised := self._promised(case, recipient):
            return promised
        if kind not in (MailKind.STATEMENT, MailKind.INVOICE_COPY, *NOTICES):
            self.notes.append(say("texts.invented_agreement"))
        return compose_example(
            kind, self.creditor, recipient, papers.lines, today=self.today, template=template
        )

    def _promised(self, case: Case, recipient: RecipientFacts) -> ComposedMail | None:
        """The confirmation of what he promised, when that is what the text is for."""
        kind, template = self.text.kind, self.text.template
        parts = _INSTALMENTS.get(kind)
        for promise in reversed(case.promises):
            if kind not in _ANY and min(len(promise.instalments), 2) != parts:
                continue
            covered = [invoice_id for invoice_id, _ in promise.covers]
            papers = papers_of(self.administration_id, case.debtor_id, invoice_ids=covered)
            agreement = agreement_of_promise(case, promise, papers)
            if kind is MailKind.ASK_CONFIRM:
                return compose_ask_confirm(self.creditor, recipient, agreement, template)
            if kind is MailKind.INSTALMENT_NOTE:
                part = agreement.instalments[0]
                return compose_instalment_note(self.creditor, recipient, agreement, part, template)
            return compose_confirmation(self.creditor, recipient, agreement, template)
        return None
