"""What the administration already knows, as far as the dropped records touch it; a fixed number of queries a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from beluur.importers.records import DebtorRecord
from beluur.store.models import DebtorKey, Invoice
from beluur.values.names import comparable_name

T = TypeVar("T")
CHUNK = 5000
STRONG = ("number", "vat", "company", "iban", "email")  # in the order in which they are believed

Key = tuple[str, str]


def keys_of(record: DebtorRecord) -> list[Key]:
    """(kind, value) by which this debtor may be known, strongest first."""
    pairs = (
        ("number", record.customer_number.strip()),
        ("vat", record.vat_number),
        ("company", record.company_number),
        ("iban", record.iban),
        ("email", record.email.strip().lower()),
        ("name", comparable_name(record.name)),
    )
    return [(kind, value[:200]) for kind, value in pairs if value]


@dataclass(slots=True)
class KnownDebtors:
    """Finds debtors by key, and remembers those that this intake makes, by a token of its own (negative)."""

    by_key: dict[Key, set[int]] = field(default_factory=dict)
    keys_by_debtor: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    made: int = 0

    def remember(self, debtor_id: int, keys: Iterable[Key]) -> None:
        """These keys belong to this debtor."""
        own = self.keys_by_debtor.setdefault(debtor_id, {})
        for kind, value in keys:
            self.by_key.setdefault((kind, value), set()).add(debtor_id)
            own.setdefault(kind, set()).add(value)

    def find(self, keys: Sequence[Key]) -> int | None:
        """The one debtor with the strongest matching key; a name alone matches only if no stronger key contradicts."""
        for key in keys:
            found = self.by_key.get(key, set())
            if key[0] in ("name", "email"):
                found = {i for i in found if not self._contradicts(i, keys)}
            if len(found) == 1:
                return next(iter(found))
        return None

    def new(self, keys: Sequence[Key]) -> int:
        """A token for a debtor that does not exist yet."""
        self.made += 1
        self.remember(-self.made, keys)
        return -self.made

    def _contradicts(self, debtor_id: int, keys: Sequence[Key]) -> bool:
        own = self.keys_by_debtor[debtor_id]
        return any(
            kind in own and value not in own[kind]
            for kind, value in keys
            if kind in ("number", "vat", "company")
        )


def load_known_debtors(administration_id: int, records: Iterable[DebtorRecord]) -> KnownDebtors:
    """The debtors that share a key with the records, with all of their keys."""
    values: dict[str, set[str]] = {}
    for record in records:
        for kind, value in keys_of(record):
            values.setdefault(kind, set()).add(value)
    known = KnownDebtors()
    here = DebtorKey.objects.filter(administration_id=administration_id, debtor__merged_into=None)
    if not here.exists():
        return known
    ids: set[int] = set()
    for kind, wanted in values.items():
        for part in chunks(sorted(wanted)):
            ids.update(here.filter(kind=kind, value__in=part).values_list("debtor_id", flat=True))
    for some in chunks(sorted(ids)):
        for debtor_id, kind, value in here.filter(debtor_id__in=some).values_list(
            "debtor_id", "kind", "value"
        ):
            known.remember(debtor_id, [(kind, value)])
    return known


@dataclass(frozen=True, slots=True)
class KnownInvoice:
    """An invoice as it stands."""

    id: int
    debtor_id: int
    number: str
    issued: date | None
    due: date | None
    amount_cents: int
    stated_open_cents: int
    open_cents: int
    booked_cents: int
    as_of: date | None
    source_id: int | None
    copy_id: int | None
    description: str
    reference: str
    currency: str
    kind: str


_COLUMNS = (
    "id debtor_id number issued due amount_cents stated_open_cents open_cents booked_cents as_of source_id copy_id "
    "description reference currency kind"
).split()


def load_known_invoices(administration_id: int, numbers: Iterable[str]) -> dict[str, list[KnownInvoice]]:
    """Invoices by number, for the numbers that the files name."""
    found: dict[str, list[KnownInvoice]] = {}
    here = Invoice.objects.filter(administration_id=administration_id)
    if not here.exists():  # a first export: asking for its numbers takes longer than staging them
        return found
    for part in chunks(sorted(set(numbers))):
        for row in here.filter(number__in=part).values_list(*_COLUMNS):
            found.setdefault(row[2], []).append(KnownInvoice(*row))
    return found


def load_open_of_source(administration_id: int, source_id: int) -> list[KnownInvoice]:
    """Every invoice of a source that is still open: what a full export should still name."""
    rows = Invoice.objects.filter(administration_id=administration_id, source_id=source_id).exclude(
        open_cents=0
    )
    return [KnownInvoice(*row) for row in rows.values_list(*_COLUMNS)]


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Parts of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
