"""`beluur read FILE`: what an importer makes of a file, changing nothing."""

from __future__ import annotations

import json
from pathlib import Path

from beluur import clock
from beluur.cli.files import complain, contents_of, put
from beluur.importers.read import read
from beluur.importers.records import FileContents
from beluur.importers.shape import as_json, reachable
from beluur.values.money import Money
from beluur.values.problem import Problem, Refused, Severity
from beluur.values.sentence import Sentence
from beluur.words import date_text, money_text, render


def read_file(path: Path, language: str, *, as_json: bool) -> int:
    """Prints what the file yields; 1 when it was refused, or all that it holds was left out."""
    try:
        contents = read(path.name, contents_of(path), None, clock.now().date())
    except Refused as refused:
        if not as_json:
            complain(refused.sentence, language)
            return 1
        problem = Problem(refused.sentence, Severity.REFUSED, path.name)
        contents = FileContents(path.name, "unknown", problems=(problem,))
    if as_json:
        _print_json(contents, language)
    else:
        _print_text(contents, language)
    return 1 if contents.unusable else 0


def _print_json(contents: FileContents, language: str) -> None:
    def told(sentence: Sentence) -> str:
        return render(sentence, language)

    print(json.dumps(as_json(contents, told), ensure_ascii=False, indent=2))


def _print_text(contents: FileContents, language: str) -> None:
    put(f"{contents.name}: {contents.format}")
    for invoice in contents.invoices:
        still = invoice.open_cents if invoice.open_cents is not None else invoice.amount_cents
        due = date_text(invoice.due, language) if invoice.due else "-"
        amount = money_text(Money(still or 0, invoice.currency or "EUR"), language)
        put(f"  {invoice.number:<20} {invoice.debtor.name[:34]:<34} {due:<16} {amount:>16}")
    for contact in reachable(contents):
        put(f"  {contact.debtor.name[:34]:<34} {contact.name[:24]:<24} {contact.phone or contact.mobile}")
    for row in contents.transactions:
        amount = money_text(Money(row.amount_cents, row.currency), language)
        said = row.reference or row.text or row.bank_text
        mark = "*" if row.pending else " "
        put(
            f" {mark}{date_text(row.booked, language):<16} {row.counterparty[:34]:<34} {said[:40]:<40} {amount:>16}"
        )
    for problem in contents.problems:
        put(f"  {problem.where}: {render(problem.sentence, language)}")
