"""A dossier on paper, for somebody outside (A4): all that is known as it stands, in his language, with its proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from beluur.mailroom.clean import one_line
from beluur.mailroom.letter import page_words, paper_word, set_pdf
from beluur.values.money import Money
from beluur.values.sentence import Sentence
from beluur.words import date_text, exact_text, money_text, render

Cell = str | int | date | Money | Fraction | Sentence | None


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is the word of its heading, ``columns`` those of its columns, ``numbers`` which of them stand to the right. The
    last row is the sum when ``summed``."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...] = ()
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline; ``at`` is its moment at the debtor."""

    at: Sentence
    said: Sentence
    who: str
    details: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierPaper:
    """What is printed. ``facts`` are (word, what); ``proof`` says the number and the hash of the last event of each chain;
    ``remarks`` what was left out; ``chain`` hangs on the PDF as a file, by which the proof is verified."""

    language: str
    printed_on: date
    creditor: str
    debtor: str
    handed: Sentence
    facts: tuple[tuple[str, Cell], ...]
    tables: tuple[Table, ...]
    events: tuple[Event, ...]
    proof: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...] = ()
    chain: str = ""


def dossier_pdf(paper: DossierPaper) -> bytes:
    """The dossier as PDF, as many pages as it takes."""
    language = paper.language
    title = paper_word("dossier", language)
    data: dict[str, Any] = {
        "title": f"{title}: {one_line(paper.debtor)}",
        "language": language[:2],
        "creditor": one_line(paper.creditor),
        "footer": one_line(f"{paper.creditor} · {title} {paper.debtor}"),
        "page": page_words(language),
        "kind": title,
        "debtor": one_line(paper.debtor),
        "handed": render(paper.handed, language),
        "facts": [[paper_word(name, language), _text(what, language)] for name, what in paper.facts],
        "tables": [_table(table, language) for table in paper.tables if table.rows],
        "events": [_event(event, language) for event in paper.events],
        "proof": _lines(paper.proof, language),
        "remarks": _lines(paper.remarks, language),
        "chain": paper.chain,
        "words": {name: paper_word(name, language) for name in ("timeline", "proof", "remarks")},
    }
    return set_pdf("dossier.typ", data, paper.printed_on)


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "title": paper_word(table.name, language),
        "columns": [paper_word(f"column_{name}", language) for name in table.columns],
        "rows": [[_text(cell, language) for cell in row] for row in table.rows],
        "numbers": list(table.numbers),
        "summed": table.summed,
    }


def _event(event: Event, language: str) -> dict[str, Any]:
    return {
        "at": render(event.at, language),
        "said": render(event.said, language),
        "who": one_line(event.who),
        "details": _lines(event.details, language),
    }


def _lines(lines: Iterable[Cell], language: str) -> list[str]:
    return [_text(line, language) for line in lines]


def _text(cell: Cell, language: str) -> str:
    match cell:
        case None:
            return ""
        case Sentence():
            return render(cell, language)
        case Money():
            return money_text(cell, language)
        case Fraction():
            return exact_text(cell, language)
        case date():
            return date_text(cell, language)
    return one_line(str(cell))
