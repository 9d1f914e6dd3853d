"""What an ended call came to: its line on the timeline, its mail, what happens next; and whom to call after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.message_state import MessageState
from beluur.queries.today import today
from beluur.queries.today_rows import CallRow
from beluur.store.models import Call, Debtor, Event, Message
from beluur.values.money import Money
from beluur.values.sentence import Sentence

_OF_THE_MAIL = ("event.mail_queued", "event.mail_not_sent")  # the mail itself says it, as it is now


@dataclass(frozen=True, slots=True)
class MailRow:
    """The confirmation; ``undo_until`` while it is held."""

    id: int
    to: str
    state: str
    problem: Sentence | None
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class CallResult:
    """``said`` and ``details`` as on the timeline; ``step`` with its day or moment and reasons is what happens next."""

    call_id: int
    debtor_id: int
    state: str
    said: Sentence | None
    details: tuple[Sentence, ...]
    note: str
    mail: MailRow | None
    step: str
    step_on: date | None
    step_at: datetime | None
    because: tuple[Sentence, ...]
    open: Money


def call_result(administration_id: int, call_id: int) -> CallResult:
    """Four queries. Raises Call.DoesNotExist."""
    calls = Call.objects.filter(administration_id=administration_id)
    debtor_id, state, note = calls.values_list("debtor_id", "state", "note").get(id=call_id)
    debtor = Debtor.objects.filter(administration_id=administration_id).values(
        "step", "step_on", "step_at", "step_because", "open_cents", "currency"
    )
    row = debtor.get(id=debtor_id)
    said, details = _told(administration_id, debtor_id, call_id)
    mail = _mail(administration_id, debtor_id, call_id)
    if mail is not None:
        details = tuple(line for line in details if line.code not in _OF_THE_MAIL)
    return CallResult(
        call_id,
        debtor_id,
        state,
        said,
        details,
        note,
        mail,
        row["step"],
        row["step_on"],
        row["step_at"],
        tuple(Sentence.from_json(s) for s in row["step_because"]),
        Money(row["open_cents"], row["currency"]),
    )


def next_to_call(administration_id: int, now: datetime, *, beside: int) -> CallRow | None:
    """The first call of the round that is not with ``beside``."""
    round_ = today(administration_id, now)
    every = [round_.first, *(call for group in round_.groups for call in group.calls)]
    return next((call for call in every if call is not None and call.id != beside), None)


def _told(
    administration_id: int, debtor_id: int, call_id: int
) -> tuple[Sentence | None, tuple[Sentence, ...]]:
    rows = Event.objects.filter(
        administration_id=administration_id, debtor_id=debtor_id, call_id_ref=call_id, kind="call_ended"
    )
    payload = rows.order_by("-seq").values_list("payload", flat=True).first()
    if not payload:
        return None, ()
    told = json.loads(payload)
    return Sentence.from_json(told["said"]), tuple(
        Sentence.from_json(line) for line in told.get("details", ())
    )


def _mail(administration_id: int, debtor_id: int, call_id: int) -> MailRow | None:
    rows = Message.objects.filter(
        administration_id=administration_id, debtor_id=debtor_id, call_id=call_id, kind="confirmation"
    )
    found = rows.order_by("-id").values_list("id", "to", "state", "problem", "send_after").first()
    if found is None:
        return None
    i, to, state, problem, send_after = found
    until = send_after if state == MessageState.HELD else None
    return MailRow(i, to, state, Sentence.from_json(problem) if problem else None, until)
