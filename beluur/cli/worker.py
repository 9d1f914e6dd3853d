"""The worker: mail that is due, intakes that were left half, and once a day what the night is for. The row is the job."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from datetime import datetime

from beluur import clock
from beluur.cli.alone import at_work
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
    from django.conf import settings

    with at_work(settings.DATA) as alone:
        _look_back(clock.now(), alone=alone)
        _rounds(stop, once=once)
    return 0


def _look_back(started: datetime, *, alone: bool) -> None:
    """What stood half-way when nobody was at work was left by one that fell; what another is busy with is not."""
    from beluur.actions.note_delivery import find_uncertain

    find_uncertain(started, started=started if alone else None)


def _rounds(stop: threading.Event, *, once: bool) -> None:
    from django.db import close_old_connections

    while not stop.is_set():
        close_old_connections()
        if not _one_round():
            if once:
                return
            stop.wait(IDLE_SECONDS)


def _one_round() -> bool:
    """Whether anything was done. A fault is logged and the round goes on: one bad row must not stop the others."""
    from beluur.actions.count_figures import count_waiting
    from beluur.actions.intake.publish import publish_waiting
    from beluur.actions.look_in_mailbox import look_in_mailbox
    from beluur.actions.nightly import run_nightly
    from beluur.actions.plan_next_steps import plan_waiting
    from beluur.actions.reckon_forecast import reckon_waiting
    from beluur.actions.send_next_message import handle_one

    done = False
    others = (publish_waiting, plan_waiting, run_nightly, reckon_waiting, count_waiting)
    for job in (handle_one, look_in_mailbox, *others):
        try:
            done = job(clock.now()) or done
        except Exception:
            log.exception("%s", job.__name__)
            time.sleep(IDLE_SECONDS)
    return done


def _wait_for_parent(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()
