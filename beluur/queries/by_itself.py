"""Which mails leave by themselves tonight (H4): those whose rung asks for nobody's approval, the oldest duty first (J4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from beluur.domain.case import DebtorKind
from beluur.domain.ladder import Approver
from beluur.domain.ladder_shipped import ladder_of
from beluur.domain.message_state import UNDERWAY, MessageState
from beluur.domain.steps import MAILS, Step
from beluur.mailroom.texts_file import MailKind
from beluur.queries.reminders import KINDS
from beluur.store.load import load_policy
from beluur.store.models import Administration, Debtor, Message, Reminder

_KINDS = (
    *KINDS.values(),
    MailKind.TRIED_TO_REACH.value,
    MailKind.ASK_CONFIRM.value,
    MailKind.INSTALMENT_NOTE.value,
)


@dataclass(frozen=True, slots=True)
class ByItself:
    """One mail that may leave without anybody looking, due since ``on``."""

    debtor_id: int
    step: Step
    on: date


def by_itself(administration_id: int, today: date, since: datetime) -> tuple[ByItself, ...]:
    """All of them, the oldest duty first. Left out is who has something underway, or was written to since ``since`` (the
    beginning of today): nobody gets two messages on a day."""
    wanted = _wanted(administration_id)
    if wanted is None:
        return ()
    rows = may_be_written_to(administration_id, today, since).filter(wanted, step_on__lte=today)
    rows = rows.order_by("step_on", "id")
    found = rows.values_list("id", "step", "step_on")
    return tuple(ByItself(i, Step(step), on) for i, step, on in found if on is not None)


def may_be_written_to(administration_id: int, today: date, since: datetime) -> QuerySet[Debtor]:
    """Who has nothing underway and was not written to since ``since``."""
    here = Q(administration_id=administration_id)
    written = Message.objects.filter(
        here & (Q(state__in=UNDERWAY) | (Q(created_at__gte=since) & ~Q(state=MessageState.WITHDRAWN)))
    )
    return (
        Debtor.objects.filter(here, merged_into=None)
        .exclude(id__in=written.exclude(debtor=None).values("debtor_id"))
        .exclude(id__in=Reminder.objects.filter(here, on=today, withdrawn_at=None).values("debtor_id"))
    )


def _wanted(administration_id: int) -> Q | None:
    """Which debtors stand before a rung that asks for nobody; None when no ladder here has one."""
    policy = load_policy(administration_id)
    kind = Administration.objects.values_list("kind", flat=True).get(id=administration_id)
    agency = kind == Administration.Kind.AGENCY
    waiting = Debtor.objects.filter(administration_id=administration_id, step__in=tuple(MAILS)).order_by()
    wanted = None
    for country, sort, step in waiting.values_list("country", "kind", "step").distinct():
        rung = ladder_of(country, DebtorKind(sort), policy, agency=agency).rung(MAILS[Step(step)])
        if rung is not None and rung.approver is Approver.NOBODY:
            these = Q(country=country, kind=sort, step=step)
            wanted = these if wanted is None else wanted | these
    return wanted


def left_by_itself(administration_id: int, since: datetime) -> int:
    """How many mails nobody made since then: a night that was broken off goes on where it was."""
    made = Message.objects.filter(
        administration_id=administration_id, by=None, kind__in=_KINDS, created_at__gte=since
    )
    return made.count()
