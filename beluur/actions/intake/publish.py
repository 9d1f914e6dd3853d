"""Second stage of an intake: published in short slices, each whole or not at all, so that callers keep working
and a crash resumes where it was."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple

from django.db import transaction

from beluur.actions.assign_by_rule import assign_new_of
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.bank.publish_lines import publish_lines, the_account
from beluur.actions.bank.publish_reach import publish_reach
from beluur.actions.bank.same_amount import propose_by_amount
from beluur.actions.collector import collector_resting
from beluur.actions.intake.follow_merges import follow_merges
from beluur.actions.intake.fresh import Fresh, prepare_fresh, write_fresh
from beluur.actions.intake.passing import drop_passing
from beluur.actions.intake.slice import add_copies, publish_known
from beluur.actions.intake.stage_files import outdated, stage_again, staged_intake
from beluur.actions.intake.told_reminders import add_told_reminders
from beluur.actions.intake.waiting import BANK, Waiting, next_waiting
from beluur.actions.judge_commitments import judge_all
from beluur.actions.judgements import as_told
from beluur.actions.once import Doer, once
from beluur.actions.pace import Pace
from beluur.actions.plan_next_steps import mark_stale, plan_next_steps
from beluur.store.among import rows_among
from beluur.store.load.candidates import Books
from beluur.store.models import Administration, Debtor, Intake, Source, StagedRow
from beluur.store.save import refresh_statistics
from beluur.store.sparing import sparing_memory
from beluur.values.problem import Refused
from beluur.values.sentence import say

FIRST_SLICE, LARGEST_SLICE = 20, 400  # staged rows read at once; how many are written at once is for the pace
LEAST_NEW = 30  # new debtors written at once: of fewer, the transaction itself takes longer than their rows


class Going(NamedTuple):
    """What the slices of one publication share: the books in which bank lines are looked up, and how many lines, and how many
    debtors, go in one transaction."""

    books: Books
    lines: Pace
    debtors: Pace


class _Raced(Exception):  # noqa: N818 - a signal to look again
    """Another process published these rows."""


def publish_intake(
    doer: Doer,
    intake_id: int,
    *,
    close_gone: bool | None = None,
    remember_gone: bool = False,
    balance_seen: bool = False,
    not_for_customers: Collection[str] = (),
) -> None:
    """The user says yes: from now on it cannot be cancelled, only undone. ``close_gone`` closes what the export no longer
    names; ``remember_gone`` trusts this source from now on; ``not_for_customers`` are new accounts on which customers do not
    pay. `publish_all` does the work.

    Refused when another intake was taken over or undone since this one was compared: it is compared anew, and the user looks
    again; and while another is published, for until then nobody can tell what of this one is new. Refused at ``balance_seen``
    when a statement does not add up and the user has not said that he saw it."""
    waits = Intake.objects.filter(administration_id=doer.administration_id, state="publishing").exists()
    if not waits and outdated(doer.administration_id, intake_id):
        stage_again(doer, intake_id)
        raise Refused(say("intake.compared_again"))

    def do() -> dict[str, Any]:
        _one_at_a_time(doer)
        intake = staged_intake(doer.administration_id, intake_id)
        if outdated(doer.administration_id, intake_id):
            raise Refused(say("intake.compared_again"))
        statements = intake.summary.get("statements", ())
        if not balance_seen and any(one.get("off_cents") for one in statements):
            raise Refused(say("intake.balance_unseen"), "balance_seen")
        _set_apart(doer, statements, not_for_customers)
        if close_gone is not None:
            intake.close_gone = close_gone
        intake.state = "publishing"
        intake.save(update_fields=["state", "close_gone"])
        for file in intake.files.exclude(source=None):
            changes: dict[str, Any] = {"mapping": file.mapping, "as_of": file.as_of}
            if remember_gone:
                changes["gone_rule"] = "trust"
            Source.objects.filter(administration_id=doer.administration_id, id=file.source_id or 0).update(
                **changes
            )
        return {}

    once(doer, "publish_intake", do)


def _one_at_a_time(doer: Doer) -> None:
    """Of two who say yes at the same moment the second waits here for the first, and sees him."""
    Administration.objects.select_for_update(no_key=True).get(id=doer.administration_id)
    if Intake.objects.filter(administration_id=doer.administration_id, state="publishing").exists():
        raise Refused(say("intake.another_first"))


def _set_apart(doer: Doer, statements: Sequence[dict[str, Any]], numbers: Collection[str]) -> None:
    """New accounts on which customers do not pay: no promise waits for their statements."""
    for one in statements:
        if not one["known"] and one.get("ours") in numbers:
            the_account(
                doer, {"number": one["ours"], "currency": one["currency"]}, one["holder"], in_use=False
            )


def publish_all(doer: Doer, intake_id: int, *, seconds: float = 3600.0) -> bool:
    """Publishes slice after slice for at most ``seconds``; True when it is all done."""
    refresh_statistics()
    size, started = FIRST_SLICE, time.monotonic()
    going = _going(doer)
    with sparing_memory() if _brings_statements(doer, intake_id) else nullcontext():
        while time.monotonic() - started < seconds:
            left, size = publish_slice(doer, intake_id, size, going)
            if not left:
                return True
    return False


def _brings_statements(doer: Doer, intake_id: int) -> bool:
    here = Intake.objects.filter(administration_id=doer.administration_id, id=intake_id)
    return any(summary.get("statements") for summary in here.values_list("summary", flat=True))


def _going(doer: Doer) -> Going:
    return Going(Books(doer.administration_id), Pace(), Pace())


def publish_slice(
    doer: Doer, intake_id: int, size: int = FIRST_SLICE, going: Going | None = None
) -> tuple[bool, int]:
    """Publishes the next ``size`` staged rows of debtors, or one of bank lines. Gives whether there may be more (False: it is
    published), and how many rows are best read the next time."""
    with collector_resting():
        return _publish_slice(doer, intake_id, size, going or _going(doer))


def _publish_slice(doer: Doer, intake_id: int, size: int, going: Going) -> tuple[bool, int]:
    intake = Intake.objects.get(administration_id=doer.administration_id, id=intake_id)
    if intake.state != "publishing":
        return False, 0
    rows = next_waiting(doer.administration_id, intake_id, intake.published_to, size)
    if not rows:
        _finish(doer, intake, going)
        return False, 0
    if rows[0].kind in BANK:
        _publish_bank(doer, intake, rows[0], going)
        return True, 1
    try:
        _publish(doer, intake, list(takewhile(lambda r: r.kind not in BANK, rows)), going.debtors)
    except _Raced:
        return True, size
    return True, min(LARGEST_SLICE, 2 * size)


def _publish_bank(doer: Doer, intake: Intake, row: Waiting, going: Going) -> None:
    """Its lines know themselves again, so that it may be done twice."""
    if row.kind != "reach":
        staged = StagedRow(id=row.id, kind=row.kind, record=row.record)
        named = publish_lines(doer, intake, staged, going.books, going.lines)
        with transaction.atomic():
            _mark_named(doer.administration_id, named)
    else:
        publish_reach(doer, intake, row.record)
    Intake.objects.filter(
        administration_id=doer.administration_id, id=intake.id, published_to=intake.published_to
    ).update(published_to=row.id)


def _mark_named(administration_id: int, named: Collection[int]) -> None:
    """Most whom the lines name were booked on just now, and are stale already: a row is only written when it changes."""
    # in the order of their ids, as everywhere: an UPDATE of many locks in none
    fresh = rows_among(Debtor, administration_id, "id", named, ("id",), "NOT r.step_stale", lock=True)
    mark_stale(administration_id, [i for (i,) in fresh])


def _publish(doer: Doer, intake: Intake, rows: Sequence[Waiting], pace: Pace) -> None:
    """Part after part: prepared without holding anybody up, then written in a transaction at the pace of who else writes."""
    house = Administration.objects.get(id=doer.administration_id)
    done = 0
    while done < len(rows):
        part = rows[done : done + (pace.size if rows[done].debtor_id else max(pace.size, LEAST_NEW))]
        fresh = prepare_fresh(doer, house, intake.id, [row for row in part if row.change == "new"])
        with pace.turn(), transaction.atomic():
            _write(doer, intake, part, fresh)
        intake.published_to = part[-1].id
        done += len(part)


def _write(doer: Doer, intake: Intake, part: Sequence[Waiting], fresh: Fresh) -> None:
    here = Intake.objects.filter(administration_id=doer.administration_id, id=intake.id)
    if not here.filter(published_to=intake.published_to).update(published_to=part[-1].id):
        raise _Raced
    write_fresh(fresh)
    add_copies(doer, [row for row in part if row.change == "new"])
    add_told_reminders(doer, intake.id, part)
    known = [row for row in part if row.change != "new"]
    if known:
        follow_merges(doer.administration_id, known)
        publish_known(doer, intake, known)


def _finish(doer: Doer, intake: Intake, going: Going) -> None:
    refresh_statistics()
    explain_waiting(
        doer, going.books, besides=None if going.lines.raced else intake.id
    )  # what came earlier may be for what is new
    propose_by_amount(doer)
    findings = judge_all(doer.administration_id, doer.at)  # the books may reach a control date now
    with transaction.atomic():  # another process may be here too; the one that judged tells of it
        done = Intake.objects.select_for_update(of=("self",)).get(
            administration_id=doer.administration_id, id=intake.id
        )
        told = [*done.summary.get("verdicts", ()), *as_told(findings)]
        done.summary = {**done.summary, "verdicts": told}
        if done.state == "publishing":
            assign_new_of(doer, done.id)
            done.state, done.published_at = "published", doer.at
        done.save(update_fields=["state", "published_at", "summary"])
    drop_passing(doer.administration_id, intake.id)


def publish_waiting(now: datetime) -> bool:
    """The worker's turn: a slice of an intake that was left half; False when there is none."""
    waiting = Intake.objects.filter(state="publishing").order_by("id")
    for administration_id, intake_id, name in waiting.values_list("administration_id", "id", "by__name")[:1]:
        doer = Doer(administration_id=administration_id, at=now, name=name or "")
        if publish_all(doer, intake_id, seconds=1.0):
            plan_next_steps(administration_id, now)
        return True
    return False
