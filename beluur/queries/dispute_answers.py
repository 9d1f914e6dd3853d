"""The answer to a dispute as it would leave now; saves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from beluur.domain.commitment import Objection
from beluur.domain.dispute_answer import Answer, How, asked_after, check_answer, taken_off
from beluur.domain.local_time import local_day
from beluur.law.days import next_working_day
from beluur.mailroom.compose_answer import compose_dispute_answer
from beluur.mailroom.facts import AnswerFacts, InvoiceLine, RecipientFacts
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.mail_facts import Mailing, creditor_facts, papers_of, recipient_facts, template_for
from beluur.store.load import load_case
from beluur.store.models import Dispute
from beluur.values.money import Money

PAY_WITHIN_DAYS = 7


def answer_objections(administration_id: int, dispute_id: int, answer: Answer) -> tuple[Objection, ...]:
    """Why this is no answer yet. Raises Dispute.DoesNotExist."""
    invoice = (
        Dispute.objects.select_related("invoice")
        .get(administration_id=administration_id, id=dispute_id)
        .invoice
    )
    amount, still = (Money(c, invoice.currency) for c in (invoice.amount_cents, invoice.open_cents))
    return tuple(check_answer(answer, amount, still))


def recipient_of_answer(administration_id: int, dispute_id: int, to: str = "") -> RecipientFacts:
    """Who reads the answer: who spoke of it in the call, or else who is for payments. Raises Dispute.DoesNotExist."""
    rows = Dispute.objects.filter(administration_id=administration_id)
    debtor_id, contact_id = rows.values_list("debtor_id", "call__contact_id").get(id=dispute_id)
    return recipient_facts(administration_id, debtor_id, contact_id=contact_id, to=to)


def answer_mailing(
    administration_id: int, dispute_id: int, answer: Answer, now: datetime, *, caller: str, to: str = ""
) -> Mailing:
    """The mail to the debtor; ``answer`` was checked. Raises Dispute.DoesNotExist."""
    dispute = Dispute.objects.select_related("debtor").get(administration_id=administration_id, id=dispute_id)
    recipient = recipient_of_answer(administration_id, dispute_id, to)
    papers = papers_of(administration_id, dispute.debtor_id, invoice_ids=[dispute.invoice_id])
    today = local_day(now, dispute.debtor.time_zone)
    case = load_case(administration_id, dispute.debtor_id)
    asked = asked_after(answer, case, dispute_id, today)
    facts = _facts(answer, papers.lines[0], today)
    if answer.how is How.REJECTED:
        facts = replace(facts, upheld=Money(dispute.cents, facts.invoices[0].open.currency))
    if asked:
        left = Money(asked, facts.invoices[0].open.currency)
        pay_by = next_working_day(today + timedelta(days=PAY_WITHIN_DAYS), dispute.debtor.country)
        facts = replace(facts, left=left, pay_by=pay_by)
    creditor, terms = creditor_facts(administration_id, caller)
    template = template_for(administration_id, MailKind.DISPUTE_ANSWER, mail_language(recipient.language))
    mail = compose_dispute_answer(creditor, recipient, facts, today=today, template=template)
    numbers = tuple(line.number for line in facts.invoices)
    return Mailing(mail, recipient, {**papers.documents, **terms}, numbers)


def _facts(answer: Answer, line: InvoiceLine, today: date) -> AnswerFacts:
    """The invoice as the answer leaves it, and its credit note."""
    currency, words = line.amount.currency, answer.words.strip()
    less = Money(taken_off(answer, line.amount.cents), currency)
    if answer.how is How.CREDIT:
        credit = InvoiceLine(answer.number.strip(), today, None, -less, -less)
        return AnswerFacts(line.number, (line, credit), words, credit)
    if answer.how is How.CORRECTED:
        now = replace(line, amount=line.amount - less, open=line.open - less, copy="")
        return AnswerFacts(line.number, (now,), words, corrected=now.amount)
    return AnswerFacts(line.number, (line,), words)
