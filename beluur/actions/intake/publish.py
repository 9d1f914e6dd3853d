"""Second stage of an intake: published in short slices, each whole or not at all, so that callers keep working
and a crash resumes where it was."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.db import transaction

from beluur.actions.intake.slice import publish_rows
from beluur.actions.intake.stage_files import staged_intake
from beluur.actions.once import Doer, once
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.store.models import Intake, Source, StagedRow

SLICE_SECONDS = 0.020  # what one writer may hold up another
PAUSE_SECONDS = 0.002
FIRST_SLICE, LARGEST_SLICE = 20, 400  # staged debtors


def publish_intake(
    doer: Doer, intake_id: int, *, close_gone: bool | None = None, remember_gone: bool = False
) -> None:
    """The user says yes: from now on it cannot be cancelled, only undone. ``close_gone`` closes what the export no longer
    names; ``remember_gone`` trusts this source from now on. `publish_next_slice` does the work."""

    def do() -> dict[str, Any]:
        intake = staged_intake(doer.administration_id, intake_id)
        if close_gone is not None:
            intake.close_gone = close_gone
        intake.state = "publishing"
        intake.save(update_fields=["state", "close_gone"])
        for file in intake.files.exclude(source=None):
            changes: dict[str, Any] = {"mapping": file.mapping, "as_of": file.as_of}
            if remember_gone:
                changes["gone_rule"] = "trust"
            Source.objects.filter(administration_id=doer.administration_id, id=file.source_id).update(
                **changes
            )
        return {}

    once(doer, "publish_intake", do)


def publish_all(doer: Doer, intake_id: int, *, seconds: float = 3600.0) -> bool:
    """Publishes slice after slice for at most ``seconds``; True when it is all done. Slices grow and shrink so that each
    holds the database for about `SLICE_SECONDS`."""
    size, started = FIRST_SLICE, time.monotonic()
    while time.monotonic() - started < seconds:
        begun = time.monotonic()
        if not publish_next_slice(doer, intake_id, size):
            return True
        took = time.monotonic() - begun
        size = max(1, min(LARGEST_SLICE, int(size * min(2.0, SLICE_SECONDS / max(took, 0.001)))))
        time.sleep(PAUSE_SECONDS)
    return False


def publish_next_slice(doer: Doer, intake_id: int, size: int = FIRST_SLICE) -> bool:
    """Publishes up to ``size`` staged debtors in one transaction; False when nothing was left and it is published."""
    here = {"administration_id": doer.administration_id, "intake_id": intake_id}
    with transaction.atomic():
        intake = Intake.objects.select_for_update().get(
            administration_id=doer.administration_id, id=intake_id
        )
        if intake.state != "publishing":
            return False
        rows = list(StagedRow.objects.filter(**here, state="staged").order_by("id")[:size])
        if rows:
            publish_rows(doer, intake, rows)
            return True
        intake.state, intake.published_at = "published", doer.at
        intake.save(update_fields=["state", "published_at"])
    return False


def publish_waiting(now: datetime) -> bool:
    """The worker's turn: one slice of an intake that was left half; False when there is none."""
    waiting = (
        Intake.objects.filter(state="publishing")
        .order_by("id")
        .values_list("administration_id", "id", "by__name")
    )
    for administration_id, intake_id, name in waiting[:1]:
        doer = Doer(administration_id=administration_id, at=now, name=name or "")
        if not publish_next_slice(doer, intake_id, 50):
            plan_next_steps(administration_id, now)
        return True
    return False
