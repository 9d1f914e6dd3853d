"""*Brieven*: who is due for a reminder and has no address for mail, and the letters that wait to be printed and posted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beluur.queries.reminders import ReminderDue, Reminding, letters_due, remindings, without_address
from beluur.store.models import Debtor, Letter
from beluur.values.sentence import say
from beluur.words import render

_NAMED = frozenset(
    "NL BE DE FR LU GB IE PT ES IT AT DK PL CW AW SX BQ".split()
)  # of another the code stands there


@dataclass(frozen=True, slots=True)
class ToWrite:
    """Who is due; ``to`` are the lines of his address, empty when it is not known: then no letter can be made."""

    due: ReminderDue
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter that was made. ``needed``: it may still be asked for today; otherwise he paid, promised or is on hold since."""

    id: int
    debtor_id: int
    name: str
    level: int
    subject: str
    made_at: datetime
    needed: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter as it is or was printed; ``state`` is ready, posted or withdrawn; ``needed`` as of a `ReadyLetter`."""

    id: int
    debtor_id: int
    name: str
    sheet: dict[str, Any]
    state: str
    made_at: datetime
    posted_on: date | None
    needed: bool


def letters_to_write(administration_id: int, today: date) -> tuple[ToWrite, ...]:
    """The largest amount first; who has a letter ready is not among them."""
    due = {row.debtor_id: row for row in without_address(administration_id, today)}
    due |= {row.debtor_id: row for row in letters_due(administration_id, today)}
    ready = set(_ready(administration_id).values_list("debtor_id", flat=True))
    rows = [row for i, row in due.items() if i not in ready]
    to = address_lines(administration_id, [row.debtor_id for row in rows])
    return tuple(
        ToWrite(row, to.get(row.debtor_id, ())) for row in sorted(rows, key=lambda r: -r.amount.cents)
    )


def address_lines(administration_id: int, debtor_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Name, street, postcode and city, and abroad the country; whose street or city is not known is absent."""
    rows = Debtor.objects.filter(
        administration_id=administration_id, id__in=list(debtor_ids), merged_into=None
    )
    home = rows.values_list("administration__country", flat=True).first() or ""
    found = {}
    for row in rows:
        if not (row.street.strip() and row.city.strip()):
            continue
        city = row.city.strip()
        if row.country == "NL":
            city = f" {city.upper()}"  # as PostNL reads it
        place = f"{row.postcode.strip()} {city}".strip()
        abroad = _country(row.country).upper() if row.country != home else ""
        found[row.id] = tuple(line for line in (row.name, row.street.strip(), place, abroad) if line)
    return found


def _country(code: str) -> str:
    return render(say(f"country.{code.lower()}")) if code in _NAMED else code


def letters_ready(administration_id: int, today: date) -> tuple[ReadyLetter, ...]:
    """Those that wait to be posted, in the order in which they were made."""
    rows = list(_ready(administration_id).select_related("debtor").order_by("id"))
    needed = remindings(administration_id, {row.debtor_id for row in rows}, today) if rows else {}
    return tuple(
        ReadyLetter(
            row.id,
            row.debtor_id,
            row.debtor.name,
            row.level,
            row.sheet["subject"],
            row.made_at,
            still_needed(needed.get(row.debtor_id), today),
        )
        for row in rows
    )


def letter_of(administration_id: int, letter_id: int, today: date) -> LetterPage:
    """One letter, whatever became of it. Raises Letter.DoesNotExist."""
    row = Letter.objects.select_related("debtor").get(administration_id=administration_id, id=letter_id)
    ready = row.state == "ready"
    found = remindings(administration_id, {row.debtor_id}, today).get(row.debtor_id) if ready else None
    return LetterPage(
        row.id,
        row.debtor_id,
        row.debtor.name,
        row.sheet,
        row.state,
        row.made_at,
        row.posted_on,
        needed=still_needed(found, today),
    )


def sheets_ready(administration_id: int, today: date) -> list[dict[str, Any]]:
    """What is printed: the letters that are still needed."""
    ids = [letter.id for letter in letters_ready(administration_id, today) if letter.needed]
    rows = Letter.objects.filter(administration_id=administration_id, id__in=ids).order_by("id")
    return list(rows.values_list("sheet", flat=True))


def still_needed(found: Reminding | None, today: date) -> bool:
    """Whether a letter may ask him for something on ``today``."""
    return found is not None and bool(found.papers.lines) and not found.case.halted(today)


def _ready(administration_id: int) -> Any:
    return Letter.objects.filter(administration_id=administration_id, state="ready")
