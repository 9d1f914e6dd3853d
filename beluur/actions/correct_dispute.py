"""A dispute that was noted wrongly, or that another answers: the new one takes its place, and both stay on file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from beluur.actions.corrected_mail import queue_corrected, take_back
from beluur.actions.dispute_row import DisputeFacts, new_dispute
from beluur.actions.end_call import ReportRefused
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.call_check import check_dispute, dispute_items
from beluur.domain.call_report import DisputeSaid
from beluur.domain.case import Case
from beluur.domain.local_time import local_day
from beluur.mailroom.facts import DisputeLine
from beluur.queries.agreement_facts import agreement_of_dispute
from beluur.queries.mail_facts import papers_of
from beluur.store.load import load_case
from beluur.store.models import Dispute
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.words import render


def correct_dispute(doer: Doer, dispute_id: int, facts: DisputeFacts, *, why: str, send: bool = True) -> int:
    """Gives the new dispute's id. Refused at its field as in `end_call`."""

    def do() -> dict[str, Any]:
        old = open_dispute(doer, dispute_id)
        if not why.strip():
            raise Refused(say("call.why_needed"), "why")
        full = load_case(doer.administration_id, old.debtor_id)
        case = replace(full, disputes=tuple(d for d in full.disputes if d.id != dispute_id))
        said = facts.said(old.invoice_id)
        if objections := tuple(check_dispute(said, case, local_day(doer.at, case.time_zone))):
            raise ReportRefused(objections)
        new = _replace(doer, old, said, case)
        was = say("event.dispute_was", amount=Money(old.cents, case.currency), why=say(f"dispute.{old.code}"))
        now = say(
            "event.disputed",
            amount=Money(new.cents, case.currency),
            number=old.invoice.number,
            why=say(f"dispute.{new.code}"),
        )
        lines = (say("event.corrected", why=why.strip()), was, now, *_mail(doer, old, new, case, send=send))
        told = say("event.dispute_changed", number=old.invoice.number)
        tell_dispute(doer, old, "dispute_corrected", told, lines, note="")
        facts_changed(doer, [old.debtor_id])
        return {"dispute": new.id}

    return int(once(doer, "correct_dispute", do)["dispute"])


def open_dispute(doer: Doer, dispute_id: int) -> Dispute:
    """This dispute, locked after its debtor; raises Dispute.DoesNotExist, and Refused when it was ended."""
    disputes = Dispute.objects.filter(administration_id=doer.administration_id)
    the_debtor(doer, disputes.get(id=dispute_id).debtor_id)
    old = disputes.select_for_update().get(id=dispute_id)
    if old.state != "open":
        raise Refused(say("call.not_open_any_more"))
    return old


def _replace(doer: Doer, old: Dispute, said: DisputeSaid, case: Case) -> Dispute:
    ((_, cents),) = dispute_items(said, case)
    old.state, old.ended_at = "corrected", doer.at
    old.save(update_fields=["state", "ended_at"])
    new = new_dispute(
        doer, said, debtor_id=old.debtor_id, invoice_id=old.invoice_id, cents=cents, call_id=old.call_id
    )
    new.save(force_insert=True)
    return new


def _mail(doer: Doer, old: Dispute, new: Dispute, case: Case, *, send: bool) -> tuple[Sentence, ...]:
    earlier = take_back(doer, old.call_id)
    if earlier is None:
        return ()
    if not send:
        return (say("event.mail_stood"),) if earlier.out else ()
    papers = papers_of(doer.administration_id, case.debtor_id, invoice_ids=[old.invoice_id])
    spoken_on, language = local_day(old.made_at, case.time_zone), earlier.message.language
    _, line = queue_corrected(
        doer,
        case.debtor_id,
        agreement_of_dispute(_line(new, case, language), papers, spoken_on=spoken_on),
        papers,
        agreement_of_dispute(_line(old, case, language), papers, spoken_on=spoken_on),
        earlier=earlier,
        call_id=old.call_id,
    )
    return (line,)


def _line(dispute: Dispute, case: Case, language: str) -> DisputeLine:
    reason = dispute.what.strip() or render(say(f"dispute.{dispute.code}"), language)
    amount = Money(dispute.cents, case.currency)
    return DisputeLine(dispute.invoice.number, amount, reason, dispute.owner, dispute.answer_by)


def tell_dispute(
    doer: Doer, dispute: Dispute, kind: str, said: Sentence, lines: tuple[Sentence, ...], *, note: str
) -> None:
    """One event about this dispute on the timeline."""
    facts = {"dispute": dispute.id}
    put_on_record(
        doer, Happening(dispute.debtor_id, kind, said, lines, note=note, facts=facts, call_id=dispute.call_id)
    )
