"""Run by test_crash in a process of its own: forks children that do real work on a real database file, and kills them (-9).

python -m tests.actions.crash save FOLDER
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

DONE = 0


def prepare(folder: str) -> Path:
    """The database file that lies in ``folder``, its settings in force."""
    os.environ.update(
        BELUUR_DATA=folder,
        BELUUR_SECRET_KEY="only-for-tests",
        DJANGO_SETTINGS_MODULE="beluur.wiring.settings",
    )
    os.environ.pop("BELUUR_DATABASE_URL", None)
    import django

    django.setup()
    return Path(folder) / "beluur.sqlite3"


def in_child(work: Callable[[], None], *, kill_after: float | None = None) -> int:
    """Runs ``work`` in a forked child with connections of its own; gives its exit code, -9 when it was killed."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            connections.close_all()
            os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# -- saving -----------------------------------------------------------------------------------------------------------


def save(folder: str) -> list[dict[str, Any]]:
    """Ends the same call again and again, killed one statement later each time; what the database then holds."""
    file = prepare(folder)
    from django.db import connections

    call_id = _open_call()
    connections.close_all()
    kept = Path(folder) / "kept"
    shutil.copy(file, kept)
    found: list[dict[str, Any]] = []
    statement = 0
    while True:
        for leftover in Path(folder).glob("beluur.sqlite3*"):
            leftover.unlink()
        shutil.copy(kept, file)
        code = in_child(partial(_end_call, call_id, statement))
        found.append({"statement": statement, "code": code, **_state(call_id)})
        if code == DONE:
            return found
        statement += 3


def _open_call() -> int:
    from tests.actions.calls import opened
    from tests.world import make_world

    world = make_world()
    debtor = world.debtor(phone="+31 20 123 45 00", email="k@kruimel.example")
    world.invoice(debtor, "2026-1", 100_00)
    return opened(world.doer, debtor)


def _end_call(call_id: int, statement: int) -> None:
    from django.db import connection

    from beluur.actions.end_call import end_call
    from beluur.actions.once import Doer
    from beluur.store.models import Call
    from tests.actions.calls import promise
    from tests.world import NOW

    call = Call.objects.select_related("caller").get(id=call_id)
    seen = 0

    def kill(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        result = execute(sql, params, many, context)
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        return result

    with connection.execute_wrapper(kill):
        end_call(
            Doer(call.administration_id, NOW, call.caller_id, "Eva Eigenaar", "sleutel"), call_id, promise()
        )


def _state(call_id: int) -> dict[str, Any]:
    from beluur.store.models import Call, Cover, Debtor, Event, Instalment, Message, Promise, Receipt

    return {
        "call": Call.objects.get(id=call_id).state,
        "rows": [m.objects.count() for m in (Promise, Instalment, Cover, Message)],
        "ended": Event.objects.filter(kind="call_ended").count(),
        "receipts": Receipt.objects.filter(key="sleutel").count(),
        "step": Debtor.objects.get().step,
    }


if __name__ == "__main__":
    job, *arguments = sys.argv[1:]
    sys.stdout.write(json.dumps({"save": save}[job](*arguments)))
