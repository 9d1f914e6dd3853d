"""Writes once about a promise that stands: is it right (E3), or a note before an instalment."""

from __future__ import annotations

from typing import Any

from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import Outgoing, queue_mail
from beluur.actions.send_reminders import tell_queued
from beluur.domain.calling_window import may_write_from
from beluur.domain.case import Case, PromiseFact
from beluur.domain.local_time import local_day
from beluur.domain.promise_mail import PromiseMail, stands
from beluur.mailroom.compose_promise import compose_ask_confirm, compose_instalment_note
from beluur.mailroom.facts import InstalmentLine
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.agreement_facts import agreement_of_promise
from beluur.queries.mail_facts import Mailing, creditor_facts, papers_of, recipient_facts, template_for
from beluur.queries.promise_mails import to_ask, to_note
from beluur.store.load import load_case, load_policy
from beluur.store.models import Administration, Message, Promise
from beluur.values.money import Money


def write_about_promise(doer: Doer, mail: PromiseMail) -> bool:
    """Whether it was put in the outbox; not when it was answered, corrected, paid, judged, asked or halted meanwhile. The debtor
    is locked, so that two that look at once write one mail."""

    def do() -> dict[str, Any]:
        lock_debtors(doer.administration_id, [mail.debtor_id])
        if mail not in _due(doer, mail):
            return {"made": 0}
        case = load_case(doer.administration_id, mail.debtor_id)
        promise = next((p for p in case.promises if p.id == mail.promise_id), None)
        today = local_day(doer.at, case.time_zone)
        if promise is None or case.halted(today) or not _stands(promise, case, mail):
            return {"made": 0}
        outgoing = _outgoing(doer, case, promise, mail)
        if outgoing is None:
            return {"made": 0}
        message = queue_mail(doer, outgoing)
        tell_queued(doer, [message])
        return {"made": 1}

    return bool(once(doer, "write_about_promise", do)["made"])


def _due(doer: Doer, mail: PromiseMail) -> tuple[PromiseMail, ...]:
    """Asked again, now that nobody else can write to him."""
    here, zone = doer.administration_id, _zone(doer)
    if not mail.number:
        return to_ask(here, doer.at, zone, debtor_ids=[mail.debtor_id])
    days = load_policy(here).note_before_days
    return to_note(here, local_day(doer.at, zone), days, zone, debtor_ids=[mail.debtor_id])


def _zone(doer: Doer) -> str:
    rows = Administration.objects.filter(id=doer.administration_id)
    return str(rows.values_list("time_zone", flat=True).get())


def _stands(promise: PromiseFact, case: Case, mail: PromiseMail) -> bool:
    if mail.number:  # of a plan an earlier part may have been judged: kept, or it would not be on schedule
        left = {invoice.id: invoice.open_cents for invoice in case.invoices}
        return any(left.get(invoice_id, 0) > 0 for invoice_id, _ in promise.covers)
    return stands(promise, case)


def _outgoing(doer: Doer, case: Case, promise: PromiseFact, mail: PromiseMail) -> Outgoing | None:
    here = doer.administration_id
    row = Promise.objects.filter(administration_id=here, id=promise.id).values("call_id", "currency").get()
    told = Message.objects.filter(
        administration_id=here, kind="confirmation", call_id=row["call_id"] or 0, debtor_id=case.debtor_id
    )
    before = told.order_by("-id").values("to", "language").first() or {"to": "", "language": ""}
    recipient = recipient_facts(here, case.debtor_id, to=before["to"], language=before["language"])
    if not recipient.email:
        return None
    papers = papers_of(here, case.debtor_id, invoice_ids=[i for i, _ in promise.covers])
    agreement = agreement_of_promise(case, promise, papers)
    creditor, _ = creditor_facts(here, doer.name)
    kind = MailKind.INSTALMENT_NOTE if mail.number else MailKind.ASK_CONFIRM
    template = template_for(here, kind, mail_language(recipient.language))
    if mail.number:
        due = promise.instalments[mail.number - 1]
        part = InstalmentLine(due.due, Money(due.cents, row["currency"]))
        composed = compose_instalment_note(creditor, recipient, agreement, part, template)
    else:
        composed = compose_ask_confirm(creditor, recipient, agreement, template)
    return Outgoing(
        Mailing(composed, recipient, {}, tuple(line.number for line in papers.lines)),
        kind.value,
        case.debtor_id,
        call_id=row["call_id"],
        not_before=may_write_from(case, doer.at, by_itself=True),
        facts={"promise": promise.id, "instalment": mail.number},
    )
