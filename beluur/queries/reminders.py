"""Who is due for a written reminder, and what a reminder asks for: what nothing was said or agreed about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from beluur.domain.case import Case
from beluur.domain.ladder_days import LAST_LEVEL, LEVEL_OF
from beluur.domain.message_state import UNFINISHED
from beluur.domain.parts import split
from beluur.domain.steps import REMINDING, Step
from beluur.mailroom.facts import RecipientFacts
from beluur.queries.mail_facts import Papers, papers_of_many, recipients_of
from beluur.store.load import load_cases, load_policy
from beluur.store.models import Contact, Debtor, Message, Reminder
from beluur.values.money import Money

STEPS = {LEVEL_OF[step]: step for step in REMINDING}
KINDS = {1: "reminder_1", 2: "reminder_2", LAST_LEVEL: "reminder_last"}  # of the outbox, by level
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """One debtor whose next step is a reminder; ``email`` empty when none is known; ``waiting``: one is in the outbox."""

    debtor_id: int
    name: str
    level: int
    amount: Money
    invoices: int
    on: date
    email: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Reminding:
    """What a reminder to one debtor is made of. ``papers`` hold what is asked for, invoice by invoice."""

    case: Case
    papers: Papers
    recipient: RecipientFacts


def reminders_due(administration_id: int, today: date) -> tuple[ReminderDue, ...]:
    """Debtors whose stored next step is a reminder that is due on ``today``, the largest amount first."""
    levels = {step.value: level for level, step in STEPS.items()}
    rows = list(
        Debtor.objects.filter(
            administration_id=administration_id, step__in=levels, step_on__lte=today, merged_into=None
        )
        .order_by("-step_cents", "id")
        .values_list("id", "name", "step", "step_cents", "currency", "step_invoices", "step_on")
    )
    ids = [row[0] for row in rows]
    recipients = recipients_of(administration_id, ids)
    waiting = reminders_waiting(administration_id, ids)
    return tuple(
        ReminderDue(
            i,
            name,
            levels[step],
            Money(cents, currency),
            invoices,
            on or today,
            recipients[i].email,
            waiting=(i, levels[step]) in waiting,
        )
        for i, name, step, cents, currency, invoices, on in rows
    )


def without_address(administration_id: int, today: date) -> tuple[ReminderDue, ...]:
    """Debtors who would be due for a first reminder if an e-mail address were known, the largest amount first."""
    late_enough = today - timedelta(days=load_policy(administration_id).reminder_after_days)
    here = {"administration_id": administration_id}
    reached = Contact.objects.filter(**here, removed_at=None).exclude(email="").values("debtor_id")
    reminded = Reminder.objects.filter(**here, withdrawn_at=None).values("debtor_id")
    rows = (
        Debtor.objects.filter(
            **here, merged_into=None, overdue_cents__gt=0, email="", oldest_due__lte=late_enough
        )
        .exclude(step__in=(Step.HOLD, Step.STOPPED, Step.NONE, Step.WAIT_PROMISE))
        .exclude(id__in=reached)
        .exclude(id__in=reminded)
        .order_by("-overdue_cents", "id")
        .values_list("id", "name", "overdue_cents", "currency", "step_invoices", "oldest_due")
    )
    return tuple(
        ReminderDue(i, name, 1, Money(cents, currency), invoices, due or today)
        for i, name, cents, currency, invoices, due in rows[:MOST_SHOWN]
    )


def reminders_waiting(administration_id: int, debtor_ids: Collection[int]) -> set[tuple[int, int]]:
    """(debtor id, level) of reminders in the outbox that have not left."""
    kinds = {kind: level for level, kind in KINDS.items()}
    rows = Message.objects.filter(
        administration_id=administration_id, debtor_id__in=debtor_ids, kind__in=kinds, state__in=UNFINISHED
    )
    return {(i, kinds[kind]) for i, kind in rows.values_list("debtor_id", "kind") if i is not None}


def remindings(administration_id: int, debtor_ids: Collection[int], today: date) -> dict[int, Reminding]:
    """What may be asked of each debtor in writing; those of whom nothing may be asked are absent."""
    cases = load_cases(administration_id, debtor_ids)
    asked = {i: _asked(case, today) for i, case in cases.items()}
    ids = {invoice_id for cents in asked.values() for invoice_id in cents}
    papers = papers_of_many(administration_id, list(cases), invoice_ids=ids)
    recipients = recipients_of(administration_id, list(cases))
    return {
        i: Reminding(case, _asking(papers[i], asked[i], case.currency), recipients[i])
        for i, case in cases.items()
        if i in papers
    }


def _asked(case: Case, today: date) -> dict[int, int]:
    cents: dict[int, int] = {}
    for part in split(case, today).callable:
        cents[part.invoice.id] = cents.get(part.invoice.id, 0) + part.cents
    return cents


def _asking(papers: Papers, cents: dict[int, int], currency: str) -> Papers:
    lines = tuple(
        replace(line, open=Money(cents[i], currency))
        for i, line in zip(papers.ids, papers.lines, strict=True)
    )
    return Papers(lines, papers.documents, papers.ids)
