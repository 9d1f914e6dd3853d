"""A dispute that came in outside a call: by mail, by letter (D8)."""

from __future__ import annotations

from typing import Any

from beluur.actions.dispute_row import DisputeFacts, new_dispute
from beluur.actions.end_call import ReportRefused
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.call_check import check_dispute, dispute_items
from beluur.domain.local_time import local_day
from beluur.store.load import load_case
from beluur.store.models import Dispute
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def add_dispute(doer: Doer, *, debtor_id: int, invoice_id: int, facts: DisputeFacts) -> int:
    """Gives the dispute's id. Raises ReportRefused with the sentence of each field that is not right, and Refused at
    ``dispute_owner`` for a colleague who is none."""

    def do() -> dict[str, Any]:
        the_debtor(doer, debtor_id)
        case = load_case(doer.administration_id, debtor_id)
        said = facts.said(invoice_id)
        if objections := tuple(check_dispute(said, case, local_day(doer.at, case.time_zone))):
            raise ReportRefused(objections)
        ((_, cents),) = dispute_items(said, case)
        dispute = new_dispute(
            doer, said, debtor_id=debtor_id, invoice_id=invoice_id, cents=cents, call_id=None
        )
        dispute.save(force_insert=True)
        told = say(
            "event.disputed",
            amount=Money(cents, case.currency),
            number=dispute.invoice.number,
            why=say(f"dispute.{dispute.code}"),
        )
        record = {"dispute": dispute.id}
        lines = (_who_answers(dispute),)
        put_on_record(
            doer, Happening(debtor_id, "dispute_added", told, lines, note=facts.what.strip(), facts=record)
        )
        facts_changed(doer, [debtor_id])
        return {"dispute": dispute.id}

    return int(once(doer, "add_dispute", do)["dispute"])


def _who_answers(dispute: Dispute) -> Sentence:
    if dispute.owner:
        return say("event.dispute_answer_who", who=dispute.owner, by=dispute.answer_by)
    return say("event.dispute_answer", by=dispute.answer_by)
