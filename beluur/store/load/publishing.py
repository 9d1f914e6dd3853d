"""Money on lines that are still being published: whoever one of them names, by account, reference or invoice number, is perhaps
paid (decided 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.signals import signals
from beluur.store.among import rows_among
from beluur.store.load.ready import Ready
from beluur.store.models import Debtor, DebtorKey, Invoice, Payment, StagedRow

COLUMNS = (
    "line_key booked_on amount_cents currency counterparty iban reference text reversal bank_reference end_to_end valued_on code "
    "returned pending batch batch_cents bank_text"
).split()
"""What a staged line is a list of, as JSON."""

_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_ACCOUNT, _REFERENCE, _NUMBER = "a", "r", "n"
Line = Sequence[Any]


def incoming_line(payment_id: int, line: Line) -> Incoming:
    """A staged line as the engine reads it."""

    def said(name: str) -> Any:
        return line[_PLACE[name]]

    return Incoming(
        payment_id,
        said("amount_cents"),
        said("currency"),
        date.fromisoformat(said("booked_on")),
        said("counterparty"),
        said("iban"),
        said("reference"),
        said("text"),
        said("end_to_end"),
        said("reversal") or bool(said("returned")),
    )


def names_of(line: Line) -> list[str]:
    """By what a line that came in names a debtor, each with a sign of what it is; told when it is staged, for it takes time."""
    if line[_PLACE["amount_cents"]] <= 0:
        return []
    said = signals(incoming_line(0, line))
    named = [(_ACCOUNT, said.iban), *((_REFERENCE, r) for r in said.references)]
    named += [(_NUMBER, key) for key in said.number_keys]
    return [f"{kind}{value}" for kind, value in named if value]


_STAGED = Ready(
    lambda mine: StagedRow.objects.filter(
        mine,
        kind__in=("lines", "details"),
        intake__state="publishing",
        id__gt=F("intake__published_to"),
    ).values_list("record")
)


def being_published(administration_id: int, debtor_ids: Collection[int]) -> dict[int, int]:
    """Debtor id -> cents on lines that name him and are not there yet, in his own currency. One query when nothing is being
    published; otherwise a fixed number."""
    records = [record for (record,) in _STAGED.of_house(administration_id)]
    lines = _not_there(administration_id, records) if records else []
    if not lines:
        return {}
    debtors = Debtor.objects.filter(administration_id=administration_id, id__in=list(debtor_ids))
    currencies = dict(debtors.values_list("id", "currency"))
    cents: dict[int, int] = defaultdict(int)
    by_name = _who_is_named(administration_id, {name for _, names in lines for name in names})
    for line, names in lines:
        for debtor_id in set().union(*(by_name[name] for name in names if name in by_name)):
            if currencies.get(debtor_id) == line[_PLACE["currency"]]:
                cents[debtor_id] += line[_PLACE["amount_cents"]]
    return dict(cents)


def named_in(administration_id: int, record: Mapping[str, Any]) -> set[int]:
    """The debtors whom the lines of a staged row name."""
    found = _who_is_named(administration_id, {name for names in record["names"] for name in names})
    return set().union(*found.values())


def _not_there(administration_id: int, records: Sequence[Mapping[str, Any]]) -> list[tuple[Line, list[str]]]:
    """What came in on these rows and has not become a payment, with what it names."""
    lines = {
        (record["account"]["number"], record["account"]["currency"], line[0]): (line, names)
        for record in records
        for line, names in zip(record["lines"], record["names"], strict=True)
        if names
    }
    there = Payment.objects.filter(
        administration_id=administration_id, line_key__in=[key for _, _, key in lines]
    )
    for key in there.values_list("account__number", "account__currency", "line_key"):
        lines.pop(key, None)
    return list(lines.values())


def _who_is_named(administration_id: int, names: Iterable[str]) -> dict[str, set[int]]:
    """Name -> the debtors who have that account, or an open invoice of that reference or number."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_kind[name[0]].append(name[1:])
    found: dict[str, set[int]] = defaultdict(set)
    for kind, model, column, also in (
        (_ACCOUNT, DebtorKey, "value", "r.kind IN ('iban', 'payer') AND r.scope = ''"),
        (_REFERENCE, Invoice, "reference", "NOT r.reference = '' AND NOT r.open_cents = 0"),
        (_NUMBER, Invoice, "number_key", "NOT r.open_cents = 0"),
    ):
        rows = rows_among(model, administration_id, column, by_kind[kind], (column, "debtor_id"), also)
        for value, debtor_id in rows:
            found[f"{kind}{value}"].add(debtor_id)
    return found
