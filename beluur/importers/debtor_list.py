"""A list of debtors: their addresses, numbers and people. No amounts."""

from __future__ import annotations

from dataclasses import replace

from beluur.importers.debtors import contact_rows, debtor_rows
from beluur.importers.headers import CONTACT_ROLES, DEBTOR_ROLES
from beluur.importers.layout import Layout
from beluur.importers.problem_list import ProblemList, refused
from beluur.importers.records import FileContents
from beluur.values.numbers import IBAN
from beluur.values.sentence import say

_SAYS_SOMETHING = {*DEBTOR_ROLES, *CONTACT_ROLES} - {"debtor", "customer_number"}
_OF_INVOICES = ("due", "issued", "debit", "paid")
_REACHED_BY = ("phone", "mobile", "email", "contact_phone", "contact_email")


def is_debtor_list(layout: Layout) -> bool:
    """Whether the table names debtors and something about them, and no invoices."""
    named = layout.has("debtor") or layout.has("customer_number")
    if not named or any(map(layout.has, _OF_INVOICES)):
        return False
    if layout.has("open"):  # a balance beside how they are reached
        return not layout.has("number") and any(map(layout.has, _REACHED_BY))
    return bool(_SAYS_SOMETHING & set(layout.places))


def read_debtor_list(name: str, layout: Layout) -> FileContents:
    """The debtors and contacts of the list. A row without name and number is left out; a phone number stays as written."""
    base = layout.contents(name, "debtors")
    filled = [
        (row, at)
        for row, at in zip(layout.rows, layout.lines, strict=True)
        if any(cell != "" for cell in row)
    ]
    rows, lines = [row for row, _ in filled], [at for _, at in filled]
    problems = ProblemList(name)
    debtors = debtor_rows(layout, rows)
    for debtor, at in zip(debtors, lines, strict=True):
        if not debtor.name:
            problems.skip("debtor.no-name", at)
        elif debtor.iban and not IBAN.valid(debtor.iban):
            problems.warn("item.iban", at, layout.header("iban"), iban=debtor.iban)
    kept = tuple(dict.fromkeys(debtor for debtor in debtors if debtor.name))
    if not kept:
        return refused(base, say("table.no-rows"), layout.header_line)
    contacts = [c for c in contact_rows(layout, rows, lines, debtors) if c.debtor.name]
    return replace(base, debtors=kept, contacts=tuple(contacts), problems=problems.all())
