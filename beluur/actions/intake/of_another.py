"""Whether a file may be of another administration: its customers are called otherwise, or nothing in it was known."""

from __future__ import annotations

from collections.abc import Iterable

from beluur.actions.intake.known import KnownDebtors
from beluur.importers.records import DebtorRecord
from beluur.store.models import Debtor
from beluur.values.names import comparable_name
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import say

FEW = 3  # open invoices that are all gone in one week prove nothing yet


def called_otherwise(
    administration_id: int, known: KnownDebtors, records: Iterable[DebtorRecord]
) -> Problem | None:
    """One remark on the customer numbers under which the file names others than we know; ``known`` as it was before the file."""
    others: dict[str, tuple[int, str]] = {}
    for record in records:
        number, name = record.customer_number.strip(), comparable_name(record.name)
        found = known.by_key.get(("number", number[:200]), ())
        if not number or not name or record.name == number or len(found) != 1:
            continue
        (debtor_id,) = found
        names = known.keys_by_debtor[debtor_id].get("name", ())
        if names and name[:200] not in names:
            others.setdefault(number, (debtor_id, record.name))
    if not others:
        return None
    number, (debtor_id, theirs) = next(iter(others.items()))
    ours = Debtor.objects.values_list("name", flat=True).get(
        administration_id=administration_id, id=debtor_id
    )
    sentence = say("intake.called_otherwise", count=len(others), number=number, theirs=theirs, ours=ours)
    return Problem(sentence, Severity.WARNING)


def nothing_known(gone: int, left: int) -> Problem | None:
    """A remark when of all that was open the list names nothing: ``gone`` invoices are no longer in it, ``left`` are."""
    if left or gone < FEW:
        return None
    return Problem(say("intake.nothing_known", count=gone), Severity.WARNING)
