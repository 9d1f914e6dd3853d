"""The answer of the colleague who was asked: from now on it stands with the delivery (C3)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.models import Debtor, Invoice, Task
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

LONGEST = 2000


def answer_delivery(doer: Doer, *, task_id: int, note: str) -> int:
    """``note`` becomes how the delivery went, of the invoice that was asked about or else of the debtor; gives the debtor's id.
    Refused at ``note``, and when it was answered already."""

    def do() -> dict[str, Any]:
        tasks = Task.objects.filter(administration_id=doer.administration_id, kind="delivery")
        debtor = the_debtor(doer, tasks.get(id=task_id).debtor_id)
        task = tasks.select_for_update().get(id=task_id)
        if task.done_at is not None:
            raise Refused(say("call.not_open_any_more"))
        if not note.strip():
            raise Refused(say("general.required"), "note")
        if len(note) > LONGEST:
            raise Refused(say("by_hand.too_long", most=LONGEST), "note")
        _keep(task.invoice or debtor, note.strip(), task.asked)
        task.done_at = doer.at
        task.save(update_fields=["done_at"])
        told = say("event.delivery_answered", who=task.asked)
        record = {"task": task.id}
        put_on_record(
            doer,
            Happening(
                debtor.id, "delivery_answered", told, note=note.strip(), facts=record, call_id=task.call_id
            ),
        )
        facts_changed(doer, [debtor.id])
        return {"debtor": debtor.id}

    return int(once(doer, "answer_delivery", do)["debtor"])


def _keep(where: Invoice | Debtor, note: str, who: str) -> None:
    """With it who knows, where nobody was named yet."""
    where.delivery_note = note
    where.responsible = where.responsible or who
    where.save(update_fields=["delivery_note", "responsible"])
