"""Who is due for a written reminder, and what a reminder asks for: what nothing was said or agreed about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

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


@dataclass(frozen=True, slots=True)
class RemindersDue:
    """Who is due for a reminder by mail: the largest amounts, how many there are with them, and in what they sum up to when that
    is one currency; ``waiting``: those whose reminder is in the outbox; ``no_longer``: those whose address went since they were
    planned."""

    ready: tuple[ReminderDue, ...]
    count: int
    total: Money | None
    waiting: tuple[ReminderDue, ...]
    no_longer: tuple[ReminderDue, ...]


def reminders_by_mail(administration_id: int, today: date, most: int) -> RemindersDue:
    """For the page: at most ``most`` of each kind, and sums of all."""
    due = _due(administration_id, today)
    queued = Exists(_unfinished(administration_id).filter(debtor_id=OuterRef("id")))
    planned = due.filter(~queued, without_email=False)
    ready = planned.filter(_has_address(administration_id))
    sums = list(ready.order_by().values_list("currency").annotate(n=Count("id"), cents=Sum("step_cents")))
    return RemindersDue(
        _rows(administration_id, ready[:most], today),
        sum(n for _, n, _ in sums),
        Money(sums[0][2], sums[0][0]) if len(sums) == 1 else None,
        _rows(administration_id, due.filter(queued)[:most], today),
        _rows(administration_id, planned.exclude(_has_address(administration_id))[:most], today),
    )


def _has_address(administration_id: int) -> Q:
    """Whether there is one to mail to now, as `recipients_of` finds it: what was stored with the plan may be of before."""
    people = Contact.objects.filter(
        administration_id=administration_id, debtor_id=OuterRef("id"), removed_at=None, email_bad_at=None
    )
    return (~Q(email="") & Q(email_bad_at=None)) | Q(Exists(people.exclude(email="")))


def reminders_due(
    administration_id: int, today: date, debtor_ids: Collection[int] | None = None
) -> tuple[ReminderDue, ...]:
    """Debtors whose stored next step is a reminder that is due on ``today``, the largest amount first; only ``debtor_ids`` of
    them when these are given."""
    due = _due(administration_id, today)
    return _rows(administration_id, due if debtor_ids is None else due.filter(id__in=debtor_ids), today)


def letters_due(administration_id: int, today: date) -> tuple[ReminderDue, ...]:
    """Those of them that can only be written on paper."""
    due = _due(administration_id, today).exclude(_has_address(administration_id))
    return _rows(administration_id, due, today)


def _due(administration_id: int, today: date) -> QuerySet[Debtor]:
    steps = [step.value for step in REMINDING]
    here = Debtor.objects.filter(administration_id=administration_id, merged_into=None)
    return here.filter(step__in=steps, step_on__lte=today).order_by("-step_cents", "id")


def _rows(administration_id: int, debtors: QuerySet[Debtor], today: date) -> tuple[ReminderDue, ...]:
    levels = {step.value: level for level, step in STEPS.items()}
    rows = list(
        debtors.values_list("id", "name", "step", "step_cents", "currency", "step_invoices", "step_on")
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
    reminded = Reminder.objects.filter(**here, withdrawn_at=None, debtor_id=OuterRef("id"))
    rows = (
        Debtor.objects.filter(
            **here, merged_into=None, without_email=True, overdue_cents__gt=0, oldest_due__lte=late_enough
        )
        .exclude(step__in=(Step.HOLD, Step.STOPPED, Step.NONE, Step.WAIT_PROMISE))
        .exclude(Exists(reminded))
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
    rows = _unfinished(administration_id).filter(debtor_id__in=debtor_ids)
    return {(i, kinds[kind]) for i, kind in rows.values_list("debtor_id", "kind") if i is not None}


def _unfinished(administration_id: int) -> QuerySet[Message]:
    return Message.objects.filter(
        administration_id=administration_id, kind__in=list(KINDS.values()), state__in=UNFINISHED
    )


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
