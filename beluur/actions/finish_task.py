"""What we promised is done (D9)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.store.models import Task
from beluur.store.save import Happening
from beluur.values.sentence import say


def finish_task(doer: Doer, *, task_id: int) -> int:
    """Gives the debtor's id; a task that was done before stays so."""

    def do() -> dict[str, Any]:
        task = Task.objects.select_for_update().get(administration_id=doer.administration_id, id=task_id)
        if task.done_at is None:
            task.done_at = doer.at
            task.save(update_fields=["done_at"])
            said = say("event.task_done", what=task.what)
            put_on_record(doer, Happening(task.debtor_id, "task_done", said, facts={"task": task.id}))
            facts_changed(doer, [task.debtor_id])
        return {"debtor": task.debtor_id}

    return int(once(doer, "finish_task", do)["debtor"])
