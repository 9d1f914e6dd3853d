"""Answers a dispute: what settles it is entered, the debtor is told, and what is still open is asked for again (J6)."""

from __future__ import annotations

from typing import Any

from beluur.actions.add_invoice import enter_invoice
from beluur.actions.correct_dispute import open_dispute, tell_dispute
from beluur.actions.end_call import ReportRefused
from beluur.actions.invoice_facts import InvoiceFacts
from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import Outgoing, queue_mail, queued_line
from beluur.actions.touched import facts_changed
from beluur.domain.dispute_answer import Answer, How, taken_off
from beluur.domain.local_time import local_day
from beluur.queries.dispute_answers import answer_mailing, answer_objections
from beluur.store.models import Dispute, Message
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def answer_dispute(doer: Doer, dispute_id: int, answer: Answer, *, to: str = "", send: bool = True) -> int:
    """Gives the message's id; 0 when none was asked for. The mail tells the invoice as the answer leaves it, and waits half a
    minute; when it cannot leave it stays with its reason, and the answer stands. Raises ReportRefused with what is wrong at each
    field, Refused at ``number`` when the credit note is known already."""

    def do() -> dict[str, Any]:
        dispute = open_dispute(doer, dispute_id)
        if objections := answer_objections(doer.administration_id, dispute_id, answer):
            raise ReportRefused(objections)
        mailing = answer_mailing(doer.administration_id, dispute_id, answer, doer.at, caller=doer.name, to=to)
        lines = list(_settle(doer, dispute, answer))
        message: Message | None = None
        if send:
            outgoing = Outgoing(mailing, "dispute_answer", dispute.debtor_id, call_id=dispute.call_id)
            message = queue_mail(doer, outgoing)
            lines.append(queued_line(message))
        dispute.state = "rejected" if answer.how is How.REJECTED else "solved"
        dispute.answer, dispute.ended_at = answer.words.strip(), doer.at
        dispute.save(update_fields=["state", "answer", "ended_at"])
        number = dispute.invoice.number
        told = (
            say("event.dispute_rejected", number=number)
            if dispute.state == "rejected"
            else say("event.dispute_solved", number=number)
        )
        tell_dispute(doer, dispute, "dispute_ended", told, tuple(lines), note=dispute.answer)
        facts_changed(doer, [dispute.debtor_id], searchable=answer.how is How.CREDIT)
        return {"message": message.id if message else 0}

    return int(once(doer, "answer_dispute", do)["message"])


def _settle(doer: Doer, dispute: Dispute, answer: Answer) -> tuple[Sentence, ...]:
    """Enters the credit note or corrects the invoice; gives what the timeline says of it."""
    invoice, currency = dispute.invoice, dispute.invoice.currency
    today = local_day(doer.at, dispute.debtor.time_zone)
    if answer.how is How.CREDIT and answer.cents:
        facts = InvoiceFacts(answer.number, answer.cents, kind="credit_note", issued=today)
        credit = enter_invoice(doer, dispute.debtor, facts, as_of=today, currency=currency)
        amount = Money(answer.cents, currency)
        return (say("event.dispute_credit", number=credit.number, amount=amount),)
    if answer.how is How.CORRECTED and answer.cents:
        was, less = Money(invoice.amount_cents, currency), taken_off(answer, invoice.amount_cents)
        invoice.amount_cents -= less
        invoice.open_cents -= less
        invoice.stated_open_cents, invoice.booked_cents, invoice.as_of = invoice.open_cents, 0, today
        if not invoice.open_cents:
            invoice.closed_on, invoice.closed_because = today, "credited"
        invoice.save()
        now = Money(invoice.amount_cents, currency)
        return (say("event.dispute_corrected_to", was=was, now=now),)
    return ()
