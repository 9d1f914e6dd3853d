"""`beluur today FILE...`: the files into a database in memory, by the same road as the pages, and today's list out of it.

As JSON, in the shape that programs may rely on: ``at``; ``calls``, in order [debtor, phone (E.164), amount_cents, invoices (how
many), slot_start, because [{code, text}]]; ``not_called`` [debtor, amount_cents, because]; ``problems`` [where, code, what].
Moments are ISO 8601 in Dutch time. Exit code 0; 1 when a file could not be opened or none could be used; 2 for a bad ``--at``.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from beluur import clock
from beluur.cli.files import complain, contents_of
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.words import date_text, money_text, render, time_text

if TYPE_CHECKING:
    from beluur.queries.today_rows import Today

ZONE = ZoneInfo("Europe/Amsterdam")
EVERYONE = 1_000_000


def today(paths: Sequence[Path], at: str, language: str, *, as_json: bool) -> int:
    """Prints the list; 1 when no file could be used, 2 when ``at`` is no moment."""
    moment = _moment(at)
    if moment is None:
        complain(say("cli.no_moment", text=at), language)
        return 2
    files, unread = _contents(paths)
    if unread and as_json:
        print(json.dumps(_as_json(None, unread, moment, language), ensure_ascii=False, indent=2))
    elif unread:
        complain(unread[0]["sentence"], language)
    if unread:
        return 1
    with tempfile.TemporaryDirectory() as folder:
        _open_memory(folder)
        view, problems, refused_all = _road(files, moment)
        result = _as_json(view, problems, moment, language)
        if as_json:
            print(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            _print_text(view, result, language)
    return 1 if refused_all else 0


def _contents(paths: Sequence[Path]) -> tuple[list[tuple[str, bytes]], list[dict[str, Any]]]:
    """The files, and the first that cannot be read: with a part of the files the list would say too little."""
    files = []
    for path in paths:
        try:
            files.append((path.name, contents_of(path)))
        except Refused as refused:
            return files, [{"where": path.name, "sentence": refused.sentence}]
    return files, []


def _moment(at: str) -> datetime | None:
    if not at:
        return clock.now()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def _open_memory(folder: str) -> None:
    """A database in memory, and a folder for the bytes that goes when the command ends."""
    import django
    from django.core.management import call_command

    os.environ.update(BELUUR_DATABASE_URL=":memory:", BELUUR_DATA=folder)
    django.setup()
    call_command("migrate", verbosity=0)


def _road(files: list[tuple[str, bytes]], moment: datetime) -> tuple[Today, list[dict[str, Any]], bool]:
    from beluur.actions.intake.publish import publish_all, publish_intake
    from beluur.actions.intake.stage_files import stage_files
    from beluur.actions.once import Doer
    from beluur.actions.plan_next_steps import plan_next_steps
    from beluur.actions.start_administration import start_administration
    from beluur.queries.intakes import intake_view
    from beluur.queries.today import today as ask_today
    from beluur.queries.today_rows import Filter

    started = start_administration(
        now=moment,
        name="Beluur",
        country="NL",
        iban="",
        person="Beluur",
        email="cli@beluur.example",
        password=None,
    )
    doer = Doer(started.administration_id, moment, started.user_id, "Beluur")
    intake_id = stage_files(doer, files, today=moment.astimezone(ZONE).date())
    view = intake_view(started.administration_id, intake_id)
    publish_intake(doer, intake_id)
    publish_all(doer, intake_id)
    plan_next_steps(started.administration_id, moment)
    problems = [{"where": p.where or f.name, "sentence": p.sentence} for f in view.files for p in f.problems]
    wanted = Filter(shown=EVERYONE, shown_not=EVERYONE)
    refused = bool(view.files) and all(f.refused for f in view.files)
    return ask_today(started.administration_id, moment, wanted), problems, refused


def _as_json(
    view: Today | None, problems: list[dict[str, Any]], moment: datetime, language: str
) -> dict[str, Any]:
    """``at``, ``calls``, ``not_called``, ``problems``; without a view nothing could be read."""

    def told(sentences: Sequence[Sentence]) -> list[dict[str, str]]:
        return [{"code": s.code, "text": render(s, language)} for s in sentences]

    def at(when: datetime | None) -> str | None:
        return when.astimezone(ZONE).isoformat(timespec="minutes") if when else None

    calls = (
        sorted((c for g in view.groups for c in g.calls), key=lambda c: c is not view.first) if view else []
    )
    return {
        "at": at(moment),
        "calls": [
            {
                "debtor": c.name,
                "phone": c.tel,
                "amount_cents": c.amount.cents,
                "invoices": c.invoices,
                "slot_start": at(c.start),
                "because": told((*c.why, *c.rank)),
            }
            for c in calls
        ],
        "not_called": [
            {"debtor": n.name, "amount_cents": n.amount.cents, "because": told(n.why)}
            for n in (view.not_called if view else ())
        ],
        "problems": [
            {"where": p["where"], "code": p["sentence"].code, "what": render(p["sentence"], language)}
            for p in problems
        ],
    }


def _print_text(view: Today, result: dict[str, Any], language: str) -> None:
    print(f"{date_text(view.day, language)}  {render(view.why_now, language)}")
    print(
        f"{money_text(view.late_total, language)} / {view.calls} / {money_text(view.calls_total, language)}"
    )
    for group in view.groups:
        print(f"\n{time_text(group.slot.start.astimezone(ZONE)) if group.slot else '...'}")
        for call in group.calls:
            print(f"  {call.name[:36]:<36} {call.phone or '-':<18} {money_text(call.amount, language):>16}")
            for reason in (*call.why, *call.rank):
                print(f"      {render(reason, language)}")
    if result["not_called"]:
        print()
    for row in view.not_called:
        print(f"- {row.name[:36]:<36} {'':<18} {money_text(row.amount, language):>16}")
        for reason in row.why:
            print(f"      {render(reason, language)}")
    for problem in result["problems"]:
        print(f"! {problem['where']}: {problem['what']}")
