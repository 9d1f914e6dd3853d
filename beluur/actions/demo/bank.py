"""The bank in the demo: debtors of whom only the statement tells what came in, and that statement, as MT940."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F

from beluur.actions.demo.scenes import call, remind, said_yes
from beluur.actions.demo.stage import Stage, Troupe, bill
from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.store.models import Invoice

EXPORTED = 7  # working days ago: the export that these debtors are known from
OPENING = 12_345_67
ACCOUNTS = (  # those that examples use
    "NL20INGB0001234567",
    "NL44RABO0123456789",
    "NL18RABO0123459876",
    "NL02ABNA0123456789",
    "NL69INGB0123456789",
    "BE68539007547034",
)
NOBODY = "BE71096123456769"


class Line(NamedTuple):
    """One booking; negative cents went out. ``reversed``: the bank takes back what it booked before."""

    day: date
    cents: int
    payer: str
    text: str
    iban: str = ""
    reversed: bool = False


def paid(troupe: Troupe, stage: Stage) -> Iterator[Line]:
    """Late and reminded; he pays and names his invoice."""
    one, *_ = bill(troupe, stage, [troupe.story.chance.randint(14, 19), -9])
    remind(troupe, stage)
    day = troupe.story.working(troupe.story.chance.randint(1, 4))
    yield Line(day, one.open_cents, stage.debtor.name, f"factuur {one.number}")


def kept(troupe: Troupe, stage: Stage) -> Iterator[Line]:
    """Promised, and it stands on the account on the day."""
    (one,) = bill(troupe, stage, [21])
    _promise(troupe, stage, "Dat staat die dag op uw rekening")
    yield Line(troupe.story.working(3), one.open_cents, stage.debtor.name, f"uw factuur {one.number}")


def broken(troupe: Troupe, stage: Stage) -> Iterator[Line]:
    """Promised, and nothing came: the account is known past the control date."""
    bill(troupe, stage, [23, -5])
    _promise(troupe, stage, "Ik geef de betaling vanmiddag vrij")
    yield from ()


def alike(troupe: Troupe, stage: Stage) -> Iterator[Line]:
    """Just what he owes, from a name that is nearly his and without a number: a person decides."""
    (one,) = bill(troupe, stage, [16])
    remind(troupe, stage)
    yield Line(troupe.story.working(2), one.open_cents, f"Betalingen {stage.debtor.name}", "betaling")


def returned(troupe: Troupe, stage: Stage) -> Iterator[Line]:
    """Two equal months, both paid, and one of them went back: which, the bank does not say."""
    first, second = bill(troupe, stage, [18, 17])
    equal = dict.fromkeys(("amount_cents", "stated_open_cents", "open_cents"), first.open_cents)
    Invoice.objects.filter(administration_id=troupe.administration_id, id=second.id).update(**equal)
    remind(troupe, stage)
    for invoice in (first, second):
        text = f"incasso {invoice.number}"
        yield Line(troupe.story.working(4), first.open_cents, stage.debtor.name, text)
    yield Line(troupe.story.working(1), -first.open_cents, stage.debtor.name, "storno", reversed=True)


PLAYED: tuple[Callable[[Troupe, Stage], Iterator[Line]], ...] = (
    paid,
    paid,
    kept,
    broken,
    alike,
    returned,
)


def play_bank(troupe: Troupe, stages: Sequence[Stage]) -> list[Line]:
    """Plays the scenes, one debtor each; gives the lines of the statement, with two that are no debtor's."""
    lines = [
        line._replace(iban=iban)
        for scene, stage, iban in zip(PLAYED, stages, ACCOUNTS, strict=True)
        for line in scene(troupe, stage)
    ]
    lines.append(Line(troupe.story.working(2), 1_287_37, "Stichting Proefgeld", "met dank", NOBODY))
    lines.append(Line(troupe.story.working(1), -12_50, "", "kosten zakelijk pakket"))
    return sorted(lines, key=lambda line: line.day)


def known_from_before(troupe: Troupe, stages: Sequence[Stage]) -> None:
    """What these debtors owe was stated before the days of the statement, so that it counts."""
    here = Invoice.objects.filter(administration_id=troupe.administration_id)
    here.filter(debtor__in=[stage.debtor for stage in stages]).update(
        as_of=troupe.story.working(EXPORTED), stated_open_cents=F("open_cents"), booked_cents=0
    )


def take_in(troupe: Troupe, lines: Sequence[Line], account: str) -> None:
    """This morning the statement was dropped and taken over, as a user does."""
    doer = troupe.doer(troupe.story.today, 9)
    name = f"afschrift-{troupe.story.today:%Y%m%d}.sta"
    content = mt940(
        lines, account, opens=troupe.story.working(5), closes=troupe.story.today - timedelta(days=1)
    )
    intake_id = stage_files(doer, [(name, content)], today=troupe.story.today)
    publish_intake(doer, intake_id)
    publish_all(doer, intake_id)


def mt940(lines: Sequence[Line], account: str, *, opens: date, closes: date) -> bytes:
    """The statement, complete to the end of ``closes``."""
    closing = OPENING + sum(line.cents for line in lines)
    booked = [text for n, line in enumerate(lines, 1) for text in _booking(n, line)]
    rows = (
        ":20:VOORBEELD",
        f":25:{account}",
        ":28C:1",
        f":60F:C{opens:%y%m%d}EUR{_euros(OPENING)}",
        *booked,
        f":62F:C{closes:%y%m%d}EUR{_euros(closing)}",
        "-",
    )
    return "\n".join(rows).encode()


def _booking(n: int, line: Line) -> tuple[str, str]:
    mark = "C" if line.cents > 0 else "RC" if line.reversed else "D"
    party = f"/CNTP/{line.iban}//{line.payer}//" if line.iban else ""
    return (
        f":61:{line.day:%y%m%d%m%d}{mark}{_euros(abs(line.cents))}NTRFNONREF//{line.day:%y%m%d}{n:08}",
        f":86:{party}/REMI/USTD//{line.text}/",
    )


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def _promise(troupe: Troupe, stage: Stage, words: str) -> None:
    """Of all that the first invoice is, for the third working day before today; controlled the day after."""
    remind(troupe, stage)
    cents = stage.invoices[0].open_cents
    said = said_yes(troupe.story.working(3), cents, words)
    call(troupe, stage, troupe.story.working(6), said)
