"""The worker: mail that is due, intakes that were left half, and once a day what the night is for. The row is the job."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time

from beluur import clock
from beluur.cli.serving import migrate

IDLE_SECONDS = 1.0
log = logging.getLogger("beluur.worker")


def work(*, once: bool) -> int:
    """Works until it is stopped; with ``once`` until nothing is left to do."""
    stop = threading.Event()
    if os.environ.get("BELUUR_PARENT"):
        import django

        django.setup()
        threading.Thread(target=_wait_for_parent, args=(stop,), daemon=True).start()
    else:
        migrate()
    from django.db import close_old_connections

    from beluur.actions.note_delivery import find_uncertain

    started = clock.now()
    find_uncertain(started, started=started)
    while not stop.is_set():
        close_old_connections()
        if not _one_round():
            if once:
                return 0
            stop.wait(IDLE_SECONDS)
    return 0


def _one_round() -> bool:
    """Whether anything was done. A fault is logged and the round goes on: one bad row must not stop the others."""
    from beluur.actions.intake.publish import publish_waiting
    from beluur.actions.look_in_mailbox import look_in_mailbox
    from beluur.actions.nightly import run_nightly
    from beluur.actions.plan_next_steps import plan_waiting
    from beluur.actions.reckon_forecast import reckon_waiting
    from beluur.actions.send_next_message import handle_one

    done = False
    for job in (handle_one, look_in_mailbox, publish_waiting, plan_waiting, run_nightly, reckon_waiting):
        try:
            done = job(clock.now()) or done
        except Exception:
            log.exception("%s", job.__name__)
            time.sleep(IDLE_SECONDS)
    return done


def _wait_for_parent(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()
