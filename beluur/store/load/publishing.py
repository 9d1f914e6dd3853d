"""Money on lines that are still being published: whoever one of them names, by account, reference or invoice number, is perhaps
paid (decided 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.signals import Signals, signals
from beluur.store.models import Debtor, DebtorKey, Invoice, Payment, StagedRow

COLUMNS = (
    "line_key booked_on amount_cents currency counterparty iban reference text reversal bank_reference end_to_end valued_on code "
    "returned pending batch batch_cents bank_text"
).split()
"""What a staged line is a list of, as JSON."""

_PLACE = {name: place for place, name in enumerate(COLUMNS)}
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


def being_published(administration_id: int, debtor_ids: Collection[int]) -> dict[int, int]:
    """Debtor id -> cents on lines that name him and are not there yet, in his own currency. One query when nothing is being
    published; otherwise a fixed number."""
    rows = StagedRow.objects.filter(
        administration_id=administration_id,
        kind="lines",
        intake__state="publishing",
        id__gt=F("intake__published_to"),
    )
    records = list(rows.values_list("record", flat=True))
    lines = _not_there(administration_id, records) if records else []
    if not lines:
        return {}
    currencies = dict(
        Debtor.objects.filter(administration_id=administration_id, id__in=list(debtor_ids)).values_list(
            "id", "currency"
        )
    )
    cents: dict[int, int] = defaultdict(int)
    for line, named in zip(lines, _named(administration_id, lines), strict=True):
        for debtor_id in named:
            if currencies.get(debtor_id) == line[_PLACE["currency"]]:
                cents[debtor_id] += line[_PLACE["amount_cents"]]
    return dict(cents)


def named_by(administration_id: int, lines: Iterable[Line]) -> set[int]:
    """The debtors whom money that came in on these lines names."""
    came = [line for line in lines if line[_PLACE["amount_cents"]] > 0]
    return set().union(*_named(administration_id, came)) if came else set()


def _not_there(administration_id: int, records: Sequence[Mapping[str, Any]]) -> list[Line]:
    """What came in on these rows and has not become a payment."""
    lines = {
        (record["account"]["number"], record["account"]["currency"], line[0]): line
        for record in records
        for line in record["lines"]
        if line[_PLACE["amount_cents"]] > 0
    }
    there = Payment.objects.filter(
        administration_id=administration_id, line_key__in=[key for _, _, key in lines]
    )
    for key in there.values_list("account__number", "account__currency", "line_key"):
        lines.pop(key, None)
    return list(lines.values())


def _named(administration_id: int, lines: Sequence[Line]) -> list[set[int]]:
    """For each line the debtors whom it names."""
    said = [signals(incoming_line(0, line)) for line in lines]
    here = {"administration_id": administration_id}
    accounts = DebtorKey.objects.filter(**here, kind__in=("iban", "payer"), value__in=_all(said, "iban"))
    still = Invoice.objects.filter(**here).exclude(open_cents=0)
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for what, rows in (
        ("iban", accounts.values_list("value", "debtor_id")),
        (
            "references",
            still.filter(reference__in=_all(said, "references")).values_list("reference", "debtor_id"),
        ),
        (
            "number_keys",
            still.filter(number_key__in=_all(said, "number_keys")).values_list("number_key", "debtor_id"),
        ),
    ):
        for value, debtor_id in rows:
            found[what, value].add(debtor_id)
    return [set().union(*(found.get(key, ()) for key in _keys(s))) for s in said]


def _keys(said: Signals) -> list[tuple[str, str]]:
    pairs = [("references", r) for r in said.references] + [("number_keys", k) for k in said.number_keys]
    return [("iban", said.iban), *pairs]


def _all(said: Sequence[Signals], what: str) -> set[str]:
    return {value for s in said for name, value in _keys(s) if name == what and value}
