"""What becomes of a letter: a person says that he posted it, and from then on it is a reminder; or he takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtors
from beluur.store.models import Letter, Reminder
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say


def post_letters(doer: Doer, letter_ids: Sequence[int], *, on: date, today: date) -> int:
    """How many were posted on ``on``: each on its timeline as evidence, with who said so. What was ended before stays as it is.
    Refused for a day to come, or one before a letter was made."""

    def do() -> dict[str, Any]:
        if on > today:
            raise Refused(say("by_hand.day_to_come", today=today), "on")
        letters = _ready(doer, letter_ids)
        if any(on < letter.made_at.date() for letter in letters):
            raise Refused(say("letters.before_made"), "on")
        for letter in letters:
            _post(doer, letter, on)
        facts_changed(doer, [letter.debtor_id for letter in letters])
        return {"posted": len(letters)}

    return int(once(doer, "post_letters", do)["posted"])


def withdraw_letters(doer: Doer, letter_ids: Sequence[int]) -> int:
    """How many were taken back; nothing of them counts."""

    def do() -> dict[str, Any]:
        letters = _ready(doer, letter_ids)
        for letter in letters:
            _end(doer, letter, "withdrawn")
        return {"withdrawn": len(letters)}

    return int(once(doer, "withdraw_letters", do)["withdrawn"])


def withdraw_of(doer: Doer, debtor_id: int) -> None:
    """In the running transaction: his letter was to the name that goes, about his invoices alone."""
    for letter in Letter.objects.filter(
        administration_id=doer.administration_id, debtor_id=debtor_id, state="ready"
    ):
        _end(doer, letter, "withdrawn")


def _ready(doer: Doer, letter_ids: Sequence[int]) -> list[Letter]:
    """Their debtors are locked first; whoever comes second finds them ended."""
    rows = Letter.objects.filter(administration_id=doer.administration_id, id__in=list(letter_ids))
    the_debtors(doer, set(rows.values_list("debtor_id", flat=True)))
    return list(rows.filter(state="ready").order_by("id"))


def _post(doer: Doer, letter: Letter, on: date) -> None:
    letter.posted_on = on
    letter.reminder = Reminder.objects.create(
        administration_id=doer.administration_id,
        debtor_id=letter.debtor_id,
        level=letter.level,
        on=on,
        channel="letter",
        invoice_numbers=letter.invoice_numbers,
        at=doer.at,
    )
    _end(doer, letter, "posted")
    said = say("event.letter_posted", subject=letter.sheet["subject"], day=on)
    facts = {"letter": letter.id, "to": letter.sheet["to"], "invoices": letter.invoice_numbers}
    put_on_record(doer, Happening(letter.debtor_id, "letter_posted", said, facts=facts))


def _end(doer: Doer, letter: Letter, state: str) -> None:
    letter.state, letter.ended_at, letter.ended_by_id = state, doer.at, doer.user_id
    letter.save(update_fields=["state", "posted_on", "reminder", "ended_at", "ended_by"])
