"""The mails that nothing kept but that nobody was signed in at the provider, and what happened around them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max, QuerySet

from beluur.domain.case import Case
from beluur.domain.local_time import local_day
from beluur.domain.mail_sign_in import FOR_A_PERSON
from beluur.domain.message_state import MessageState
from beluur.domain.waited_mail import AGREED, IN_PLACE, WaitedMail
from beluur.store.load import load_cases
from beluur.store.models import Callback, Event, Instalment, Message, Task

_MAIL_ONLY = (
    "mail_queued", "mail_sent", "mail_not_sent", "mail_failed", "mail_uncertain", "mail_again", "mail_withdrawn",
    "assigned",
)  # fmt: skip


def waited_for_sign_in(administration_id: int) -> QuerySet[Message]:
    """Those mails, the oldest first."""
    return Message.objects.filter(
        administration_id=administration_id,
        state=MessageState.NOT_SENT,
        problem__code__in=sorted(FOR_A_PERSON),
    ).order_by("id")


def count_waited(administration_id: int) -> int:
    """How many they are."""
    return waited_for_sign_in(administration_id).count()


def waited_facts(
    administration_id: int, messages: Sequence[Message], now: datetime
) -> dict[int, tuple[WaitedMail, Case]]:
    """By message id, with the case of its debtor; a mail to oneself is absent. A fixed number of queries."""
    ids = {m.debtor_id for m in messages if m.debtor_id is not None}
    cases = load_cases(administration_id, sorted(ids))
    since = _last_happened(administration_id, ids)
    later = _last_of_kind(administration_id, ids)
    passed = _passed(administration_id, messages, now)
    found = {}
    for m in messages:
        if (case := cases.get(m.debtor_id or 0)) is None:
            continue
        today = local_day(now, case.time_zone)
        facts = WaitedMail(
            kind=m.kind,
            written_on=local_day(m.created_at, case.time_zone),
            happened=since.get(case.debtor_id, m.created_at) > m.created_at,
            followed=m.kind in IN_PLACE and later[case.debtor_id, m.kind] > m.id,
            passed=m.id in passed,
            halted=case.halted(today),
            perhaps_paid=case.perhaps_paid_cents > 0,
        )
        found[m.id] = (facts, case)
    return found


def _last_happened(administration_id: int, debtor_ids: set[int]) -> dict[int, datetime]:
    events = Event.objects.filter(administration_id=administration_id, debtor_id__in=debtor_ids)
    rows = events.exclude(kind__in=_MAIL_ONLY).values("debtor_id").annotate(last=Max("at")).order_by()
    return dict(rows.values_list("debtor_id", "last"))


def _last_of_kind(administration_id: int, debtor_ids: set[int]) -> dict[tuple[int, str], int]:
    mails = Message.objects.filter(administration_id=administration_id, debtor_id__in=debtor_ids)
    rows = mails.exclude(state=MessageState.WITHDRAWN).values("debtor_id", "kind").annotate(last=Max("id"))
    return {
        (i or 0, kind): last for i, kind, last in rows.order_by().values_list("debtor_id", "kind", "last")
    }


def _passed(administration_id: int, messages: Sequence[Message], now: datetime) -> set[int]:
    """Those that speak of an instalment, a call-back or a promise of ours whose day or hour is over. A note before an instalment
    and the question whether a promise is right (``facts``) are too late on the day itself."""
    here = {"administration_id": administration_id}
    calls = {m.call_id for m in messages if m.call_id is not None}
    parts = Instalment.objects.filter(**here, promise__call_id__in=calls, promise__active=True)
    columns = ("promise__call_id", "number", "due", "promise__debtor__time_zone")
    left = defaultdict[int, dict[int, int]](dict)  # by call and number: days until it is due
    for call, number, due, zone in parts.values_list(*columns):
        left[call][number] = (due - local_day(now, zone)).days
    hours = {"call_id__in": calls, "at__lte": now}
    talks = set(Callback.objects.filter(**here, **hours, state="open").values_list("call_id", flat=True))
    own = set(Task.objects.filter(**here, **hours, done_at=None).values_list("call_id", flat=True))
    return {
        m.id for m in messages if m.call_id and (m.call_id in talks | own or _is_over(m, left[m.call_id]))
    }


def _is_over(message: Message, left: Mapping[int, int]) -> bool:
    if message.kind not in AGREED or not left:
        return False
    number = int(message.facts.get("instalment", 0)) or min(left)
    return left.get(number, 0) < (0 if message.kind == "confirmation" else 1)
