"""What becomes of a letter: a person says that he posted it, and from then on it is a reminder; or he takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from beluur.actions.notice_said import notice_facts, notice_said
from beluur.actions.once import Doer, once
from beluur.actions.touched import facts_changed, the_debtors
from beluur.domain.local_time import local_day
from beluur.store.models import Administration, Letter, Reminder
from beluur.store.save import Happening, append_many
from beluur.values.problem import Refused
from beluur.values.sentence import say


def post_letters(doer: Doer, letter_ids: Sequence[int], *, on: date, today: date) -> int:
    """How many were posted on ``on``: each on its timeline as evidence, with who said so. What was ended before stays as it is.
    Refused for a day to come, or one before a letter was made."""

    def do() -> dict[str, Any]:
        if on > today:
            raise Refused(say("by_hand.day_to_come", today=today), "on")
        letters = _ready(doer, letter_ids)
        zone = Administration.objects.values_list("time_zone", flat=True).get(id=doer.administration_id)
        if any(on < local_day(letter.made_at, zone) for letter in letters):
            raise Refused(say("letters.before_made"), "on")
        _post(doer, letters, on)
        facts_changed(doer, [letter.debtor_id for letter in letters])
        return {"posted": len(letters)}

    return int(once(doer, "post_letters", do)["posted"])


def withdraw_letters(doer: Doer, letter_ids: Sequence[int]) -> int:
    """How many were taken back; nothing of them counts."""

    def do() -> dict[str, Any]:
        letters = _ready(doer, letter_ids)
        _end(doer, letters, "withdrawn")
        return {"withdrawn": len(letters)}

    return int(once(doer, "withdraw_letters", do)["withdrawn"])


def withdraw_of(doer: Doer, debtor_id: int) -> None:
    """In the running transaction: his letter was to the name that goes, about his invoices alone."""
    rows = Letter.objects.filter(administration_id=doer.administration_id, debtor_id=debtor_id, state="ready")
    _end(doer, list(rows), "withdrawn")


def _ready(doer: Doer, letter_ids: Sequence[int]) -> list[Letter]:
    """Their debtors are locked first; whoever comes second finds them ended."""
    rows = Letter.objects.filter(administration_id=doer.administration_id, id__in=list(letter_ids))
    the_debtors(doer, set(rows.values_list("debtor_id", flat=True)))
    return list(rows.filter(state="ready").order_by("id"))


def _post(doer: Doer, letters: Sequence[Letter], on: date) -> None:
    reminders = Reminder.objects.bulk_create(
        Reminder(
            administration_id=doer.administration_id,
            debtor_id=letter.debtor_id,
            level=letter.level,
            on=on,
            channel="letter",
            invoice_numbers=letter.invoice_numbers,
            at=doer.at,
        )
        for letter in letters
    )
    for letter, reminder in zip(letters, reminders, strict=True):
        letter.posted_on, letter.reminder = on, reminder
    _end(doer, letters, "posted")
    happenings = [_happening(doer, letter, on) for letter in letters]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)


def _happening(doer: Doer, letter: Letter, on: date) -> Happening:
    reckoned = letter.sheet.get("notice", {})
    facts = {"letter": letter.id, "to": letter.sheet["to"], "invoices": letter.invoice_numbers}
    return Happening(
        letter.debtor_id,
        "letter_posted",
        say("event.letter_posted", subject=letter.sheet["subject"], day=on),
        notice_said(doer, letter.debtor_id, reckoned, by_post=True, on=on) if reckoned else (),
        facts={**facts, **notice_facts(reckoned)},
    )


def _end(doer: Doer, letters: Sequence[Letter], state: str) -> None:
    for letter in letters:
        letter.state, letter.ended_at, letter.ended_by_id = state, doer.at, doer.user_id
    Letter.objects.bulk_update(letters, ["state", "posted_on", "reminder", "ended_at", "ended_by"])
