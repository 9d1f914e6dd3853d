"""Once a day: promises judged, next steps planned for whom a day was reached, sums checked, a backup. Missed nights are made
good at the next start: what was due is due (J4)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from beluur.actions.audit_open import audit_open
from beluur.actions.backup import make_backup
from beluur.actions.count_figures import keep_figures
from beluur.actions.fold_tallies import fold_all
from beluur.actions.judge_commitments import judge_due
from beluur.actions.keep_forecast import keep_forecast
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.write_by_itself import write_by_itself
from beluur.store.models import Administration, JobRun
from beluur.store.save import refresh_statistics
from beluur.values.problem import Refused

BROKEN_OFF_AFTER = timedelta(hours=1)  # longer than any job takes
log = logging.getLogger("beluur.nightly")


def run_nightly(now: datetime) -> bool:
    """Runs the first job that has not run today; whether there was one. What was broken off is done again: each job may be."""
    day = timezone.localtime(now).date()
    ran = set(JobRun.objects.filter(_done_or_busy(now), day=day).values_list("job", flat=True))
    for name, job in JOBS.items():
        if name not in ran and _claim(name, day, now):
            result = job(now)
            JobRun.objects.filter(job=name, day=day, started_at=now).update(ended_at=now, result=result[:500])
            return True
    return False


def _done_or_busy(now: datetime) -> Q:
    return Q(ended_at__isnull=False) | Q(started_at__gt=now - BROKEN_OFF_AFTER)


def _claim(name: str, day: date, now: datetime) -> bool:
    try:
        with transaction.atomic():
            JobRun.objects.create(job=name, day=day, started_at=now)
    except IntegrityError:
        broken_off = JobRun.objects.filter(job=name, day=day).exclude(_done_or_busy(now))
        return broken_off.update(started_at=now) == 1
    return True


def _plan(now: datetime) -> str:
    planned = 0
    for administration_id in Administration.objects.values_list("id", flat=True):
        judge_due(administration_id, now)
        planned += plan_next_steps(administration_id, now)
    return str(planned)


def _write(now: datetime) -> str:
    written = 0
    for administration_id in Administration.objects.values_list("id", flat=True):
        written += write_by_itself(administration_id, now)
    return str(written)


def _backup(now: datetime) -> str:
    if connection.vendor != "sqlite":
        return "postgresql"
    try:
        made = make_backup(now)
    except Refused as refused:
        return refused.sentence.code
    Administration.objects.update(last_backup_at=now)
    return made.name


def _look(_: datetime) -> str:
    refresh_statistics()
    return ""


def _forecast(now: datetime) -> str:
    houses = Administration.objects.exclude(kind=Administration.Kind.PRACTICE).values_list("id", flat=True)
    return str(sum(keep_forecast(administration_id, now) for administration_id in houses))


def _figures(now: datetime) -> str:
    houses = Administration.objects.values_list("id", flat=True)
    return str(sum(keep_figures(administration_id, now) for administration_id in houses))


def _fold(_: datetime) -> str:
    return str(fold_all())


def _audit(now: datetime) -> str:
    houses = Administration.objects.values_list("id", flat=True)
    return str(sum(audit_open(administration_id, now) for administration_id in houses))


JOBS: dict[str, Callable[[datetime], str]] = {
    "statistics": _look,
    "plan": _plan,
    "mails": _write,
    "forecast": _forecast,
    "figures": _figures,
    "audit": _audit,
    "tallies": _fold,
    "backup": _backup,
}
