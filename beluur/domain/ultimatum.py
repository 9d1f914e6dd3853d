"""When he agrees to nothing: a day and a consequence, said, mailed, and put in the books as the next step (D12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beluur.domain.bargain import Cue, Table
from beluur.domain.because_ultimatum import ultimatum_set
from beluur.domain.commitment import Objection
from beluur.law.days import add_bank_days, previous_bank_day
from beluur.values.sentence import Sentence, say


class Consequence(StrEnum):
    """The next rung of escalation (H1, H2)."""

    NOTICE = "notice"  # a formal notice, by the rules of the country and of the kind of debtor
    SPECIALIST = "specialist"  # agency, bailiff or lawyer


@dataclass(frozen=True, slots=True)
class Ultimatum:
    """``cents`` are on the account on ``on``, or ``consequence`` follows. ``sentence`` says it to the caller, ``cue`` to him.
    Until when the money may come in, and when the consequence is carried out, `standing_ultimatum` tells."""

    cents: int
    on: date
    consequence: Consequence
    sentence: Sentence
    cue: Cue


def ultimatum(
    table: Table, *, on: date | None = None, noticed: bool = False
) -> Ultimatum | tuple[Objection, ...]:
    """The ultimatum for what the goal asks; field of an objection: "ultimatum_on".

    ``on`` is the day that the caller chose, at the latest the limit date, which is not moved; None takes the limit date, or the
    usual delay when that ends sooner. ``noticed``: a formal notice was sent before, so that the specialist is next.
    """
    wrong = _wrong(table, on)
    if wrong is not None:
        return (Objection("ultimatum_on", wrong),)
    day = on or _day(table)
    consequence = Consequence.SPECIALIST if noticed else Consequence.NOTICE
    amount = table.money(table.goal.ask_cents)
    told = Sentence(f"ultimatum.told_{consequence}")
    return Ultimatum(
        table.goal.ask_cents,
        day,
        consequence,
        ultimatum_set(amount, day, consequence),
        Cue("negotiate.ultimatum", {"amount": amount, "day": day, "consequence": told}),
    )


def _wrong(table: Table, on: date | None) -> Sentence | None:
    if table.goal.ask_cents <= 0:
        return say("goal_result.nothing_asked")
    if on is not None and on < table.today:
        return say("commitment.date_past", on=on)
    if on is not None and on > max(table.goal.limit_date, _day(table)):
        return say("goal.too_late", on=on, limit=table.goal.limit_date)
    return None


def _day(table: Table) -> date:
    """A limit date that has come is no ultimatum: then it is as many bank days as paying at once takes."""
    usual = table.today + timedelta(days=table.policy.goal_days)
    day = previous_bank_day(min(table.goal.limit_date, usual))
    if day > table.today:
        return day
    return add_bank_days(table.today, max(table.policy.at_once_bank_days, 1))
