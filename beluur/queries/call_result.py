"""What an ended call came to: its line on the timeline, its mail, what happens next; and whom to call after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beluur.domain.kept_goal import said_of
from beluur.domain.message_state import MessageState
from beluur.queries.call_words import CallWords, call_words
from beluur.queries.today import today
from beluur.queries.today_rows import CallRow, Filter
from beluur.store.models import Call, Debtor, Message
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
    """``said`` and ``details`` as on the timeline; ``words`` are the report, ``aimed`` what was reached of the goal, ``review``
    how the caller looks back on it; ``step`` with its day or moment and reasons is what happens next."""

    call_id: int
    debtor_id: int
    state: str
    said: Sentence | None
    details: tuple[Sentence, ...]
    words: CallWords
    aimed: tuple[Sentence, ...]
    review: Mapping[str, Any]
    caller_id: int | None
    outcome: str
    result: str
    mail: MailRow | None
    step: str
    step_on: date | None
    step_at: datetime | None
    because: tuple[Sentence, ...]
    open: Money


def call_result(administration_id: int, call_id: int) -> CallResult:
    """Four queries. Raises Call.DoesNotExist."""
    calls = Call.objects.filter(administration_id=administration_id)
    call = calls.values(
        "debtor_id", "state", "note", "reached", "review", "caller_id", "outcome", "result"
    ).get(id=call_id)
    debtor_id: int = call["debtor_id"]
    debtor = Debtor.objects.filter(administration_id=administration_id).values(
        "step", "step_on", "step_at", "step_because", "open_cents", "currency"
    )
    row = debtor.get(id=debtor_id)
    words = call_words(administration_id, debtor_id, call_id, call["note"])
    mail = _mail(administration_id, debtor_id, call_id)
    left_out = (*(_OF_THE_MAIL if mail else ()), *(s.code for s in said_of(call["reached"])[:1]))
    details = tuple(line for line in words.details if line.code not in left_out)
    return CallResult(
        call_id,
        debtor_id,
        call["state"],
        words.said,
        details,
        words,
        said_of(call["reached"]),
        call["review"],
        call["caller_id"],
        call["outcome"],
        call["result"],
        mail,
        row["step"],
        row["step_on"],
        row["step_at"],
        tuple(Sentence.from_json(s) for s in row["step_because"]),
        Money(row["open_cents"], row["currency"]),
    )


@dataclass(frozen=True, slots=True)
class Following:
    """Whom to call after this one; ``minutes`` are left of the golden hours that run now, 0 outside; ``why_now`` says so, or when
    the next begin. ``same_payer``: the same desk pays for him too (B6)."""

    call: CallRow | None
    minutes: int
    why_now: Sentence
    same_payer: bool = False


def following(administration_id: int, now: datetime, *, beside: int, own: int | None = None) -> Following:
    """The first call of the round that is not with ``beside``; before all others that with whom the same desk pays for. With
    ``own``, a user's id, of what is his or nobody's."""
    round_ = today(administration_id, now, Filter(assigned=own))
    every = [round_.first, *(call for group in round_.groups for call in group.calls)]
    free = [call for call in every if call is not None and call.id != beside and not call.talks_with]
    payers = _same_payer(administration_id, beside)
    call = next((call for call in free if call.id in payers), next(iter(free), None))
    return Following(call, round_.minutes_left, round_.why_now, call is not None and call.id in payers)


def _same_payer(administration_id: int, debtor_id: int) -> frozenset[int]:
    """Whom the desk that pays for this debtor pays for too; himself with them."""
    debtors = Debtor.objects.filter(administration_id=administration_id)
    own = debtors.filter(id=debtor_id, payer_group__isnull=False).values("payer_group_id")
    return frozenset(debtors.filter(payer_group_id__in=own).values_list("id", flat=True))


def next_to_call(
    administration_id: int, now: datetime, *, beside: int, own: int | None = None
) -> CallRow | None:
    """As `following`, without the hours."""
    return following(administration_id, now, beside=beside, own=own).call


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
