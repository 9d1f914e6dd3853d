"""The invoices and payers that a chunk of bank payments may concern: a fixed number of queries, however large the books are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Q, Sum

from beluur.domain.case import DebtorKind
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.incoming import Incoming, Item, Payer
from beluur.domain.reconciliation.names import NameIndex
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals
from beluur.store.models import Allocation, BankAccount, Debtor, DebtorKey, Invoice

T = TypeVar("T")
CHUNK = 4000  # values in one IN; SQLite takes 250,000
MOST_ALIKE = 5  # debtors whose name a payment may have
_PERSONS = (DebtorKind.CONSUMER.value, DebtorKind.SOLE_TRADER.value)
_ITEM = "id debtor_id number number_key open_cents amount_cents currency due issued reference as_of stated_open_cents".split()
_ACCOUNT_KEYS = ("iban", "payer")  # told by a list or an invoice; seen on a payment


class Books:
    """The open items of one administration, as payments look into them. The index of names is made when a payment first needs
    it, and kept for as long as this object."""

    def __init__(self, administration_id: int) -> None:
        self.administration_id = administration_id
        self._names: NameIndex | None = None
        self.numbers: dict[int, str] = {}  # of the invoices of the last look
        own = BankAccount.objects.filter(administration_id=administration_id).values_list("number", flat=True)
        self.rules = Rules(own_ibans=frozenset(own))

    def named(self, said: Sequence[Signals]) -> Candidates:
        """Only the invoices that the payments name, and whose they are: enough for a payment that names what it pays, and a
        quarter of the work. What is unique among all that a debtor owes is not to be seen here."""
        named = self._invoices(said)
        return self._made(self._items(named, ()), set(named.values()))

    def candidates(self, payments: Sequence[Incoming], said: Sequence[Signals]) -> Candidates:
        """All that these payments may concern; ``said`` is what each of them says."""
        named = self._invoices(said)
        debtors = set(named.values()) | self._payers(said)
        self._add_by_name(payments, said, debtors)
        debtors |= self._groups(debtors)
        return self._made(self._items(named, debtors), debtors)

    def _made(self, items: Iterable[Item], debtors: Collection[int]) -> Candidates:
        found = list(items)
        self.numbers.update((item.invoice_id, item.number) for item in found)
        return Candidates(found, self._known(debtors), self._names or NameIndex(()))

    def _invoices(self, said: Iterable[Signals]) -> dict[int, int]:
        """invoice id -> debtor id of those that are named by reference or number, closed ones too."""
        references = {r for s in said for r in (*s.references, *s.mended) if r}
        keys = {key for s in said for key in s.number_keys}
        here = Invoice.objects.filter(administration_id=self.administration_id)
        found: dict[int, int] = {}
        for name, values in (("reference__in", references), ("number_key__in", keys)):
            for part in _parts(values):
                found.update(here.filter(**{name: part}).values_list("id", "debtor_id"))
        return found

    def _payers(self, said: Iterable[Signals]) -> set[int]:
        here = DebtorKey.objects.filter(administration_id=self.administration_id, debtor__merged_into=None)
        wanted = (
            (_ACCOUNT_KEYS, {s.iban for s in said if s.iban}),
            (("name",), {s.name_key for s in said if s.name_key}),
            (("number",), {key for s in said for key in s.number_keys}),
        )
        found: set[int] = set()
        for kinds, values in wanted:
            for part in _parts(values):
                found.update(here.filter(kind__in=kinds, value__in=part).values_list("debtor_id", flat=True))
        return found

    def _add_by_name(self, payments: Sequence[Incoming], said: Sequence[Signals], found: set[int]) -> None:
        """Debtors whose names are alike, for payments of which neither account nor name is known to the letter."""
        known = self._known_keys(said)
        for payment, says in zip(payments, said, strict=True):
            if payment.name and payment.cents > 0 and says.iban not in known and says.name_key not in known:
                found.update(i for _, i in self.names().find(payment.name, self.rules.alike, MOST_ALIKE))

    def _known_keys(self, said: Iterable[Signals]) -> set[str]:
        values = {v for s in said for v in (s.iban, s.name_key) if v}
        here = DebtorKey.objects.filter(
            administration_id=self.administration_id, kind__in=(*_ACCOUNT_KEYS, "name")
        )
        return {
            v for part in _parts(values) for v in here.filter(value__in=part).values_list("value", flat=True)
        }

    def names(self) -> NameIndex:
        """All debtors by name."""
        if self._names is None:
            rows = Debtor.objects.filter(administration_id=self.administration_id, merged_into=None)
            self._names = NameIndex(
                Payer(i, name, exact=kind in _PERSONS)
                for i, name, kind in rows.values_list("id", "name", "kind")
            )
        return self._names

    def _groups(self, debtors: Collection[int]) -> set[int]:
        """Everyone in the payer groups of these debtors."""
        here = Debtor.objects.filter(administration_id=self.administration_id, payer_group__isnull=False)
        groups = {
            g
            for part in _parts(debtors)
            for g in here.filter(id__in=part).values_list("payer_group_id", flat=True)
        }
        return set(here.filter(payer_group_id__in=groups).values_list("id", flat=True)) if groups else set()

    def _items(self, named: Mapping[int, int], debtors: Collection[int]) -> Iterator[Item]:
        here = Invoice.objects.filter(administration_id=self.administration_id)
        rows: dict[int, tuple[Any, ...]] = {}
        for part in _parts(debtors):
            for row in here.filter(~Q(open_cents=0), debtor_id__in=part).values_list(*_ITEM):
                rows[row[0]] = row
        for part in _parts(named.keys() - rows.keys()):
            for row in here.filter(id__in=part).values_list(*_ITEM):
                rows[row[0]] = row
        linked = self._linked([i for i, row in rows.items() if row[5] != row[11]])
        for i, row in rows.items():
            yield Item._make((*row[:11], row[5] - row[11] - linked.get(i, 0)))

    def _linked(self, ids: Sequence[int]) -> dict[int, int]:
        """What payments from before its day are linked with each invoice already."""
        found: dict[int, int] = {}
        for part in _parts(ids):
            rows = Allocation.objects.filter(
                administration_id=self.administration_id, invoice_id__in=part, lowers=False
            )
            found.update(rows.order_by().values_list("invoice_id").annotate(linked=Sum("cents")))
        return found

    def _known(self, debtors: Collection[int]) -> Iterator[Payer]:
        keys: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for part in _parts(debtors):
            own_keys = DebtorKey.objects.filter(
                administration_id=self.administration_id,
                debtor_id__in=part,
                kind__in=(*_ACCOUNT_KEYS, "number"),
            )
            for i, kind, value in own_keys.values_list("debtor_id", "kind", "value"):
                keys[i]["number" if kind == "number" else "iban"].append(value)
        for part in _parts(debtors):
            rows = Debtor.objects.filter(administration_id=self.administration_id, id__in=part)
            for i, name, kind, group in rows.values_list("id", "name", "kind", "payer_group_id"):
                own = keys[i]
                number = own["number"][0] if own["number"] else ""
                yield Payer(i, name, tuple(own["iban"]), group, number, kind in _PERSONS)


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    every = sorted(values)  # type: ignore[type-var]
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]
