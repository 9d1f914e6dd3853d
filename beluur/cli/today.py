"""`beluur today FILE...`: the files into a database in memory, by the same road as the pages, and today's list out of it.

As JSON, in the shape that programs may rely on: ``at``; ``calls``, in order [debtor, phone (E.164), amount_cents, invoices (how
many), slot_start, because [{code, text}]]; ``not_called`` [debtor, amount_cents, because]; ``problems`` [where, code, what]; and
of bank statements ``explained`` and ``proposed`` [transaction (the bank's reference, or a number within its file), reference,
debtor, invoice, amount_cents, by [{code, text}]], one for each invoice, and ``unexplained`` [transaction, reference, booked,
amount_cents, counterparty, text, state].
Moments are ISO 8601 in Dutch time. Exit code 0; 1 when a file could not be opened or none could be used (it was refused, or each
of its rows left out); 2 for a bad ``--at`` or ``--as-of``.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from beluur import clock
from beluur.cli.files import complain, contents_of, put
from beluur.domain.payment_state import WAITING
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.words import date_text, money_text, render, time_text

if TYPE_CHECKING:
    from beluur.queries.bank_report import Bank, BankPart
    from beluur.queries.today_rows import Today

ZONE = ZoneInfo("Europe/Amsterdam")
EVERYONE = 1_000_000


def today(paths: Sequence[Path], at: str, language: str, *, as_of: str = "", as_json: bool) -> int:
    """Prints the list; 1 when no file could be used, 2 when ``at`` is no moment. ``as_of``: the day to which the open items are
    known, that of ``at`` when it is not given."""
    moment = _moment(at)
    if moment is None:
        complain(say("cli.no_moment", text=at), language)
        return 2
    known = _day(as_of)
    if as_of and known is None:
        complain(say("cli.no_day", text=as_of), language)
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
        view, problems, bank, unusable = _road(files, moment, known)
        result = _as_json(view, problems, moment, language, bank)
        if as_json:
            print(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            _print_text(view, bank, result, language)
    return 1 if unusable else 0


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


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _open_memory(folder: str) -> None:
    """A database in memory, and a folder for the bytes that goes when the command ends."""
    import django

    os.environ.update(BELUUR_DATABASE_URL=":memory:", BELUUR_DATA=folder)
    django.setup()
    from beluur.actions.make_tables import make_tables

    make_tables()


def _road(
    files: list[tuple[str, bytes]], moment: datetime, known: date | None
) -> tuple[Today, list[dict[str, Any]], Bank, bool]:
    from beluur.actions.intake.publish import publish_all, publish_intake
    from beluur.actions.intake.stage_files import stage_files
    from beluur.actions.once import Doer
    from beluur.actions.plan_next_steps import plan_next_steps
    from beluur.actions.start_administration import start_administration
    from beluur.queries.bank_report import bank_report
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
    intake_id = stage_files(doer, files, today=known or moment.astimezone(ZONE).date())
    view = intake_view(started.administration_id, intake_id)
    publish_intake(
        doer, intake_id, balance_seen=True
    )  # nobody is there to tick a box; the problem is printed
    publish_all(doer, intake_id)
    plan_next_steps(started.administration_id, moment)
    problems = [{"where": p.where or f.name, "sentence": p.sentence} for f in view.files for p in f.problems]
    wanted = Filter(shown=EVERYONE, shown_not=EVERYONE)
    unusable = bool(view.files) and all(f.unusable for f in view.files)
    bank = bank_report(started.administration_id)
    return ask_today(started.administration_id, moment, wanted), problems, bank, unusable


def _as_json(
    view: Today | None,
    problems: list[dict[str, Any]],
    moment: datetime,
    language: str,
    bank: Bank | None = None,
) -> dict[str, Any]:
    """The shape above; without a view nothing could be read."""

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
        **_bank_json(bank, told),
    }


def _bank_json(bank: Bank | None, told: Callable[[Sequence[Sentence]], Any]) -> dict[str, Any]:
    def parts(rows: Sequence[BankPart]) -> list[dict[str, Any]]:
        return [
            {
                "transaction": row.transaction,
                "reference": row.reference,
                "debtor": row.debtor,
                "invoice": row.invoice,
                "amount_cents": row.cents,
                "by": told(row.by),
            }
            for row in rows
        ]

    return {
        "explained": parts(bank.explained if bank else ()),
        "proposed": parts(bank.proposed if bank else ()),
        "unexplained": [
            {
                "transaction": row.transaction,
                "reference": row.reference,
                "booked": row.booked.isoformat(),
                "amount_cents": row.cents,
                "counterparty": row.counterparty,
                "text": row.text,
                "state": row.state,
            }
            for row in (bank.unexplained if bank else ())
        ],
    }


def _print_text(view: Today, bank: Bank, result: dict[str, Any], language: str) -> None:
    put(f"{date_text(view.day, language)}  {render(view.why_now, language)}")
    sums = say("cli.today_sums", late=view.late_total, calls=view.calls, asked=view.calls_total)
    put(render(sums, language))
    for group in view.groups:
        put("")
        put(f"{time_text(group.slot.start.astimezone(ZONE)) if group.slot else '...'}")
        for call in group.calls:
            put(f"  {call.name[:36]:<36} {call.phone or '-':<18} {money_text(call.amount, language):>16}")
            for reason in (*call.why, *call.rank):
                put(f"      {render(reason, language)}")
    if result["not_called"]:
        put("")
    for row in view.not_called:
        put(f"- {row.name[:36]:<36} {'':<18} {money_text(row.amount, language):>16}")
        for reason in row.why:
            put(f"      {render(reason, language)}")
    _print_bank(bank, language)
    for problem in result["problems"]:
        put(f"! {problem['where']}: {problem['what']}")


def _print_bank(bank: Bank, language: str) -> None:
    """What is booked, what is proposed, and what waits without a proposal; what is not ours or came before stands in the JSON."""
    for sign, parts in (("=", bank.explained), ("?", bank.proposed)):
        for part in parts:
            put(_bank_text(sign, part.debtor, part.invoice, part.cents, part.currency, language))
    waiting = [line for line in bank.unexplained if line.state in WAITING]
    if waiting:
        put(render(say("cli.today_unexplained", count=len(waiting)), language))
    for line in waiting:
        said = line.reference or line.text
        put(_bank_text("*", line.counterparty, said, line.cents, line.currency, language))


def _bank_text(sign: str, who: str, what: str, cents: int, currency: str, language: str) -> str:
    amount = money_text(Money(cents, currency), language)
    return f"{sign} {who[:36] or '-':<36} {what[:18] or '-':<18} {amount:>16}"
