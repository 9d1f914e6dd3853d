"""A small MT940 statement of our own account, and taking it in. Names and texts are invented, accounts are for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.once import Doer

OURS = "NL91ABNA0417164300"
IBANS = (
    "NL20INGB0001234567",
    "NL44RABO0123456789",
    "NL39RABO0300065264",
    "NL02ABNA0123456789",
    "BE68539007547034",
    "NL69INGB0123456789",
)


class Line(NamedTuple):
    """One booking; ``cents`` < 0 went out. ``returned``: the bank's reason, for what came back."""

    cents: int
    name: str = ""
    text: str = ""
    iban: str = ""
    day: date = date(2026, 11, 20)
    returned: str = ""


def mt940(
    lines: Sequence[Line], *, account: str = OURS, reaches: date = date(2026, 11, 22), number: int = 1
) -> str:
    """A statement that adds up, in the dialect of ING."""
    opening = 1_000_00
    body = "".join(_booking(line, n) for n, line in enumerate(lines, number * 1000))
    first = min((line.day for line in lines), default=reaches) - timedelta(days=1)
    closing = opening + sum(line.cents for line in lines)
    return (
        f":20:X\n:25:{account}\n:28C:{number}\n:60F:{_balance(opening, first)}\n{body}"
        f":62F:{_balance(closing, reaches)}\n-\n"
    )


def _booking(line: Line, n: int) -> str:
    sign, kind = ("C", "NTRF") if line.cents > 0 else ("D", "NRTI" if line.returned else "NTRF")
    told = f"/RTRN/{line.returned}/" if line.returned else ""
    told += f"/CNTP/{line.iban}/XXXXNL2A/{line.name}///REMI/USTD//{line.text}/"
    pieces = [told[at : at + 65] for at in range(0, len(told), 65)]
    return (
        f":61:{line.day:%y%m%d}{line.day:%m%d}{sign}{_amount(line.cents)}{kind}EREF//{n:014d}\n:86:"
        + "\n".join(pieces)
        + "\n"
    )


def _balance(cents: int, day: date) -> str:
    return f"{'C' if cents >= 0 else 'D'}{day:%y%m%d}EUR{_amount(cents)}"


def _amount(cents: int) -> str:
    return f"{abs(cents) // 100},{abs(cents) % 100:02d}"


def take_in(doer: Doer, today: date, *lines: Line, **statement: Any) -> int:
    """The statement dropped, looked at and taken over; gives the intake."""
    doer = replace(doer, key="")
    intake = stage_files(doer, [("afschrift.sta", mt940(lines, **statement).encode())], today=today)
    publish_intake(doer, intake)
    assert publish_all(doer, intake)
    return intake
