"""Which promises are written about tonight: the confirmation that was not answered (E3), and the instalment that comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Q

from beluur.domain.local_time import local_day
from beluur.domain.message_state import MessageState
from beluur.domain.promise_mail import PromiseMail, ask_on, note_on
from beluur.law.days import add_bank_days
from beluur.store.models import Instalment, MailIn, Message, Promise, WrittenAnswer
from beluur.store.models.mail_in import BY_MACHINE

_LOOK_BACK = timedelta(days=30)  # a machine that was off for longer asks no more
_TO_CONTROL = timedelta(days=14)  # from an instalment's day to its control date, at most


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """The confirmation of a call that holds: it left at ``sent_at`` and did not come back."""

    message_id: int
    debtor_id: int
    call_id: int
    sent_at: datetime


def to_ask(
    administration_id: int, now: datetime, zone: str, *, debtor_ids: Collection[int] | None = None
) -> tuple[PromiseMail, ...]:
    """Promises whose confirmation was not answered in a banking day, and about which nobody asked yet; the first in front."""
    today = local_day(now, zone)
    found = {
        c.call_id: c
        for c in _confirmed(administration_id, now, debtor_ids)
        if ask_on(local_day(c.sent_at, zone)) <= today
    }
    promises = Promise.objects.filter(
        administration_id=administration_id, call_id__in=list(found), active=True, reserved=False
    )
    rows = promises.annotate(first=Min("instalments__due")).filter(first__gt=today).order_by("id")
    asked = [(i, found[call]) for i, call in rows.values_list("id", "call_id") if call is not None]
    done = _answered(administration_id, asked) | _written(administration_id, "ask_confirm", asked)
    mails = (
        PromiseMail(c.debtor_id, i, ask_on(local_day(c.sent_at, zone)))
        for i, c in asked
        if (i, 0) not in done
    )
    return tuple(sorted(mails, key=lambda mail: (mail.on, mail.promise_id)))


def _confirmed(administration_id: int, now: datetime, debtor_ids: Collection[int] | None) -> list[_Confirmed]:
    """A correction takes the place of the confirmation before it, also while it waits."""
    rows = Message.objects.filter(
        administration_id=administration_id, kind="confirmation", created_at__gte=now - _LOOK_BACK
    ).exclude(Q(state=MessageState.WITHDRAWN) | Q(call=None) | Q(debtor=None))
    if debtor_ids is not None:
        rows = rows.filter(debtor_id__in=debtor_ids)
    columns = rows.order_by("id").values_list("call_id", "id", "debtor_id", "state", "sent_at")
    last = {call: (i, debtor, state, sent) for call, i, debtor, state, sent in columns}
    return [
        _Confirmed(i, debtor or 0, call or 0, sent)
        for call, (i, debtor, state, sent) in last.items()
        if state == MessageState.SENT and sent is not None
    ]


def _answered(administration_id: int, asked: list[tuple[int, _Confirmed]]) -> set[tuple[int, int]]:
    """Whatever he said since, on his page or by mail, also what a person has still to read."""
    here = {"administration_id": administration_id}
    messages = [c.message_id for _, c in asked]
    by_promise = WrittenAnswer.objects.filter(**here, promise_id__in=[i for i, _ in asked])
    on_page = WrittenAnswer.objects.filter(**here, link__message_id__in=messages)
    promises = set(by_promise.values_list("promise_id", flat=True))
    pages = set(on_page.values_list("link__message_id", flat=True))
    mails = MailIn.objects.filter(**here, debtor_id__in=[c.debtor_id for _, c in asked])
    wrote: dict[int, datetime] = dict(
        mails.exclude(kind__in=BY_MACHINE).order_by("at").values_list("debtor_id", "at")
    )
    return {
        (i, 0)
        for i, c in asked
        if i in promises or c.message_id in pages or wrote.get(c.debtor_id, c.sent_at) > c.sent_at
    }


def _written(
    administration_id: int, kind: str, asked: list[tuple[int, _Confirmed]] | list[tuple[int, PromiseMail]]
) -> set[tuple[int, int]]:
    """(promise, instalment) about which such a mail was made already, whatever became of it."""
    rows = Message.objects.filter(
        administration_id=administration_id, kind=kind, debtor_id__in=[one.debtor_id for _, one in asked]
    )
    return {
        (facts.get("promise", 0), facts.get("instalment", 0))
        for facts in rows.values_list("facts", flat=True)
    }


def to_note(
    administration_id: int, today: date, days: int, zone: str, *, debtor_ids: Collection[int] | None = None
) -> tuple[PromiseMail, ...]:
    """Instalments that are due in ``days`` banking days or fewer and were not noted yet; none when ``days`` is 0. What was
    promised within those days needs no note."""
    if not days:
        return ()
    last = add_bank_days(today, days) + timedelta(days=1)
    rows = Instalment.objects.filter(
        administration_id=administration_id,
        verdict="open",
        control__range=(today, last + _TO_CONTROL),
        due__gt=today,
        promise__active=True,
        promise__reserved=False,
    ).exclude(promise__way="direct_debit")
    if debtor_ids is not None:
        rows = rows.filter(promise__debtor_id__in=debtor_ids)
    columns = ("promise_id", "number", "due", "promise__debtor_id", "promise__made_at")
    coming = [
        (i, PromiseMail(debtor, i, note_on(due, days), number))
        for i, number, due, debtor, made in rows.values_list(*columns)
        if local_day(made, zone) < note_on(due, days) <= today
    ]
    done = _written(administration_id, "instalment_note", coming)
    mails = (mail for i, mail in coming if (i, mail.number) not in done)
    return tuple(sorted(mails, key=lambda mail: (mail.on, mail.promise_id, mail.number)))
