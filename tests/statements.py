"""Bank statements in miniature, as MT940: invented payers on accounts that exist for nobody."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.once import Doer
from beluur.actions.plan_next_steps import plan_next_steps

OURS = "NL91ABNA0417164300"
OTHER = "NL02ABNA0123456789"
PAYER = "NL20INGB0001234567"


class Came(NamedTuple):
    """One booking; negative cents went out."""

    cents: int
    name: str = "Klant Een BV"
    text: str = ""
    iban: str = PAYER


def mt940(
    *bookings: Came, day: date, opens: date | None = None, account: str = OURS, number: int = 1, off: int = 0
) -> bytes:
    """A statement to ``day``, on which everything was booked; it does not add up by ``off`` cents."""
    lines = []
    for n, came in enumerate(bookings, 1):
        mark = "C" if came.cents > 0 else "D"
        lines += [
            f":61:{day:%y%m%d%m%d}{mark}{amount(abs(came.cents))}NTRFNONREF//{day:%y%m%d}{number:03}{n:05}",
            f":86:/CNTP/{came.iban}/INGBNL2A/{came.name}///REMI/USTD//{came.text}/",
        ]
    closing = 1_000_00 + sum(came.cents for came in bookings) + off
    first = opens or day
    return "\n".join(
        (
            ":20:PROEF",
            f":25:{account}",
            f":28C:{number}",
            f":60F:C{first:%y%m%d}EUR1000,00",
            *lines,
            f":62F:C{day:%y%m%d}EUR{amount(closing)}",
            "-",
        )
    ).encode()


def amount(cents: int) -> str:
    """As banks write it."""
    return f"{cents // 100},{cents % 100:02}"


def stage(doer: Doer, *contents: bytes, **files: bytes) -> int:
    """Drops the statements, and other files by name; gives the intake's id."""
    named = [(f"afschrift-{n}.sta", content) for n, content in enumerate(contents, 1)]
    named += [(name.replace("__", "."), content) for name, content in files.items()]
    return stage_files(doer, named, today=doer.at.date())


def take_in(doer: Doer, *contents: bytes, **files: bytes) -> int:
    """Drops and takes over, and plans what follows; gives the intake's id."""
    intake_id = stage(doer, *contents, **files)
    publish_intake(doer, intake_id)
    assert publish_all(doer, intake_id)
    plan_next_steps(doer.administration_id, doer.at)
    return intake_id
