"""What was recorded, as the form that corrects it shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.local_time import local
from beluur.queries.call_words import call_words
from beluur.store.models import Call, Callback, Instalment, MailIn, Promise
from beluur.values.typed import typed_number


@dataclass(frozen=True, slots=True)
class PromiseNow:
    """A promise that stands; ``parts`` are (day, cents)."""

    debtor_id: int
    parts: tuple[tuple[date, int], ...]
    said: str
    way: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What ``who`` proposed by mail at ``at``: (day, cents), None for an amount that he did not name."""

    mail_in_id: int
    who: str
    at: datetime
    parts: tuple[tuple[date, int | None], ...]


@dataclass(frozen=True, slots=True)
class CallbackNow:
    """An agreed call-back, ``at`` on the debtor's clock."""

    debtor_id: int
    at: datetime
    who: str
    number: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class CallNow:
    """A call that ended, with the one promise or call-back that came of it, when there is one."""

    debtor_id: int
    time_zone: str
    country: str
    outcome: str
    result: str
    received: str
    note: str
    number: str
    contact_id: int | None
    spoken_with: str
    promise: PromiseNow | None
    callback: CallbackNow | None


def promise_to_change(administration_id: int, promise_id: int) -> PromiseNow:
    """Raises Promise.DoesNotExist."""
    promises = Promise.objects.filter(administration_id=administration_id)
    debtor_id, said, way = promises.values_list("debtor_id", "said", "way").get(id=promise_id)
    parts = Instalment.objects.filter(administration_id=administration_id, promise_id=promise_id)
    return PromiseNow(debtor_id, tuple(parts.order_by("number").values_list("due", "cents")), said, way)


def proposed_by_mail(administration_id: int, promise_id: int, mail_in_id: str) -> Proposed | None:
    """What he proposed instead of this promise in that mail; None when it is not about it, or proposes nothing. One day without
    an amount is for all of it; of several the amounts that he did not name stay open."""
    rows = MailIn.objects.filter(administration_id=administration_id, promise_id=promise_id)
    row = (
        rows.filter(id=typed_number(mail_in_id) or 0)
        .values_list("id", "sender_name", "sender", "at", "proposed")
        .first()
    )
    if row is None or not row[-1]:
        return None
    i, name, sender, at, proposed = row
    parts = [(date.fromisoformat(day), cents) for day, cents in proposed]
    if len(parts) == 1 and parts[0][1] is None:
        promised = Promise.objects.filter(administration_id=administration_id)
        parts = [(parts[0][0], promised.values_list("cents", flat=True).get(id=promise_id))]
    return Proposed(i, name or sender, at, tuple(parts))


def callback_to_change(administration_id: int, callback_id: int) -> CallbackNow:
    """Raises Callback.DoesNotExist."""
    rows = Callback.objects.filter(administration_id=administration_id)
    debtor_id, at, who, number, zone = rows.values_list(
        "debtor_id", "at", "who", "number", "debtor__time_zone"
    ).get(id=callback_id)
    return CallbackNow(debtor_id, local(at, zone), who, number, zone)


def call_to_correct(administration_id: int, call_id: int) -> CallNow:
    """Raises Call.DoesNotExist."""
    call = Call.objects.select_related("debtor", "contact").get(
        administration_id=administration_id, id=call_id
    )
    mine = {"administration_id": administration_id, "call_id": call_id}
    promise = Promise.objects.filter(**mine, active=True).values_list("id", flat=True).first()
    callback = Callback.objects.filter(**mine, state="open").values_list("id", flat=True).first()
    return CallNow(
        call.debtor_id,
        call.debtor.time_zone,
        call.debtor.country,
        call.outcome,
        call.result,
        call.received,
        call_words(administration_id, call.debtor_id, call_id, call.note).own,
        call.number,
        call.contact_id,
        call.contact.name if call.contact else "",
        promise_to_change(administration_id, promise) if promise else None,
        callback_to_change(administration_id, callback) if callback else None,
    )
