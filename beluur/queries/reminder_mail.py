"""A reminder as it leaves: the text that the debtor's ladder chooses for that rung (H4), in his language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from beluur.domain.case import Case, DebtorKind
from beluur.domain.ladder import MESSAGES, Channel
from beluur.domain.ladder_days import LAST_LEVEL
from beluur.domain.ladder_shipped import ladder_for
from beluur.domain.steps import MAILS
from beluur.law.days import next_working_day
from beluur.law.order import free_reminder_ends
from beluur.mailroom.compose import compose_reminder, compose_statement
from beluur.mailroom.facts import CreditorFacts
from beluur.mailroom.texts_file import MailKind, Template, mail_language
from beluur.queries.mail_facts import Mailing, Papers, creditor_facts, papers_of, template_for
from beluur.queries.reminders import STEPS, Reminding
from beluur.store.load import load_policy

PAY_WITHIN_DAYS = {1: 7, 2: 5, LAST_LEVEL: 5}
LETTERS = {1: MailKind.LETTER_1, 2: MailKind.LETTER_2, LAST_LEVEL: MailKind.LETTER_LAST}
_POST_DAYS = 3  # a letter is on its way for a while


def pay_by(case: Case, level: int, today: date, *, by_post: bool = False) -> date:
    """The day a reminder of this level asks for: a working day in the debtor's country, and of a Belgian consumer none before
    the term of the first one has passed."""
    days = PAY_WITHIN_DAYS[level] + (_POST_DAYS if by_post else 0)
    asked = next_working_day(today + timedelta(days=days), case.country)
    if case.country != "BE" or case.kind is not DebtorKind.CONSUMER:
        return asked
    first = [(r.on, r.channel == Channel.LETTER) for r in case.reminders if r.level == 1]
    sent = [(today, by_post)] if level == 1 else first[-1:]
    return max([asked, *(free_reminder_ends(on, by_post=post) for on, post in sent)])


def for_paper(creditor: CreditorFacts) -> CreditorFacts:
    """Who writes a letter: nothing goes along with it, and nobody opens a page of his own from it."""
    return replace(creditor, terms="", page="")


class ReminderMails:
    """Composes for one administration: the creditor, the policy and the texts are asked for once."""

    def __init__(self, administration_id: int, caller: str) -> None:
        self.administration_id = administration_id
        self.creditor: CreditorFacts
        self.creditor, self.terms = creditor_facts(administration_id, caller)
        self.policy = load_policy(administration_id)
        self.templates: dict[tuple[MailKind, str], Template | None] = {}

    def kind_for(self, case: Case, level: int) -> MailKind:
        """Which text: as the ladder of this debtor says, or the usual one when he has no such rung."""
        kind = MAILS[STEPS[level]]
        rung = ladder_for(case, self.policy).rung(kind)
        return MailKind(rung.words if rung else MESSAGES[kind][0])

    def mailing(self, reminding: Reminding, level: int, today: date) -> Mailing:
        """The mail of that level with its reader and its papers."""
        kind, case, recipient = self.kind_for(reminding.case, level), reminding.case, reminding.recipient
        template = self._template(kind, mail_language(recipient.language))
        if kind is MailKind.STATEMENT:
            papers = papers_of(self.administration_id, case.debtor_id)
            mail = compose_statement(self.creditor, recipient, papers.lines, today=today, template=template)
            return self._with(papers, Mailing(mail, recipient, {}))
        mail = compose_reminder(
            kind,
            self.creditor,
            recipient,
            reminding.papers.lines,
            today=today,
            pay_by=pay_by(case, level, today),
            template=template,
        )
        return self._with(reminding.papers, Mailing(mail, recipient, {}))

    def letter(self, reminding: Reminding, level: int, today: date) -> Mailing:
        """The same for paper: nothing goes along, and nobody is asked to answer a mail that he did not get."""
        kind, recipient = LETTERS[level], reminding.recipient
        bare = tuple(replace(line, copy="") for line in reminding.papers.lines)
        mail = compose_reminder(
            kind,
            for_paper(self.creditor),
            recipient,
            bare,
            today=today,
            pay_by=pay_by(reminding.case, level, today, by_post=True),
            template=self._template(kind, mail_language(recipient.language)),
        )
        return Mailing(mail, recipient, {}, tuple(line.number for line in bare))

    def _with(self, papers: Papers, mailing: Mailing) -> Mailing:
        numbers = tuple(line.number for line in papers.lines)
        return Mailing(mailing.mail, mailing.recipient, {**papers.documents, **self.terms}, numbers)

    def _template(self, kind: MailKind, language: str) -> Template | None:
        if (kind, language) not in self.templates:
            self.templates[kind, language] = template_for(self.administration_id, kind, language)
        return self.templates[kind, language]
