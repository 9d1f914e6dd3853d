"""The invoices and payers that a chunk of bank payments may concern: a fixed number of queries, however large the books are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import timedelta
from typing import Any, NamedTuple

from beluur.domain.case import DebtorKind
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.incoming import Incoming, Payer
from beluur.domain.reconciliation.looked_at import looked_at
from beluur.domain.reconciliation.name_index import NameIndex
from beluur.domain.reconciliation.names import paid_for, speaks_for
from beluur.domain.reconciliation.payers import PayerSigns
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.shapes import Shape, ends_among, full_keys, shapes
from beluur.domain.reconciliation.signals import Signals, passes_on
from beluur.domain.reconciliation.timing import Settled
from beluur.store.among import rows_among
from beluur.store.load.earlier import repeated
from beluur.store.models import Allocation, BankAccount, Debtor, DebtorKey, Invoice

MOST_ALIKE = 5  # debtors whose name a payment may have
MOST_BEARERS = 12  # of one name; eight are looked at
_PERSONS = (DebtorKind.CONSUMER.value, DebtorKind.SOLE_TRADER.value)
_ITEM = "id debtor_id number number_key open_cents amount_cents currency due issued reference as_of".split()
_PAST = "r.amount_cents - r.stated_open_cents"  # paid before the day of the open amount, linked with a payment or not
_DEBTOR, _KEY, _OPEN, _ISSUED, _REFERENCE = (
    _ITEM.index(name) for name in ("debtor_id", "number_key", "open_cents", "issued", "reference")
)
_SETTLED = ("debtor_id", "issued", "due", "closed_on")
_A_YEAR = timedelta(days=365)
_Row = tuple[Any, ...]  # as `Item`
_Ids = Collection[int]
_ACCOUNT = "'iban', 'payer'"  # told by a list or an invoice; seen on a payment
_NUMBER, _NAME = "'number'", "'name'"
_IS_OPEN = "NOT r.open_cents = 0"
_PAYER = ("id", "name", "kind", "payer_group_id", "merged_into_id")
_GROUP, _MERGED = (_PAYER.index(name) for name in ("payer_group_id", "merged_into_id"))


class _Keys(NamedTuple):
    """By debtor: accounts of his, and his number, that payments name."""

    ibans: dict[int, list[str]]
    numbers: dict[int, str]


class Books:
    """The open items of one administration, as payments look into them. The index of names is made when a payment first needs
    it, and kept for as long as this object."""

    def __init__(self, administration_id: int) -> None:
        self.administration_id = administration_id
        self._names: NameIndex | None = None
        self._shapes: tuple[Shape, ...] = ()
        self.numbers: dict[int, str] = {}  # of the invoices that the last look takes
        self._forget()
        own = BankAccount.objects.filter(administration_id=administration_id).values_list("number", flat=True)
        self.rules = Rules(own_ibans=frozenset(own))

    def _forget(self) -> None:
        """What the first look read is at hand at the second, of the same payments, and not a moment longer."""
        self._by_id: dict[int, _Row] = {}
        self._named: dict[int, _Row] = {}
        self._by_key: dict[str, dict[str, list[int]]] = {kind: {} for kind in (_ACCOUNT, _NUMBER, _NAME)}

    def named(self, said: Sequence[Signals]) -> Candidates:
        """Only the invoices that the payments name, and whose they are: enough for a payment that names what it pays, and a
        quarter of the work. What is unique among all that a debtor owes is not to be seen here."""
        self._forget()
        self.numbers = {}
        rows = self._named = self._invoices(said)
        named = {row[_DEBTOR] for row in rows.values()}
        owners = self._known_by(_ACCOUNT, {s.iban for s in said})
        others = list(_not_by_himself(said, rows, owners, named))
        keys = _Keys(_turned(owners, named), self._numbers(others, named))
        payers = self._payers(self._debtors(named | _few(self._bearers(others))), keys)
        return Candidates(self._items(rows), payers, self._names or NameIndex(()), (), self._shapes)

    def debtors_named(self, said: Collection[Signals]) -> set[int]:
        """As `publishing.named_in`, of some of the payments of the last first look, which has read it all."""
        owners = self._by_key[_ACCOUNT]
        names = {name for s in said for name in (*s.references, *s.number_keys) if name}
        rows = (row for row in self._named.values() if row[_REFERENCE] in names or row[_KEY] in names)
        return {row[_DEBTOR] for row in rows if row[_OPEN]} | {
            i for s in said for i in owners.get(s.iban, ())
        }

    def candidates(
        self, payments: Sequence[Incoming], said: Sequence[Signals], opened: _Ids = (), gone: _Ids = ()
    ) -> tuple[Candidates, dict[int, PayerSigns]]:
        """All that these payments look at, and by payment what tells who pays; ``said`` is what each of them says. Who may be
        meant is found before what he owes: a common name has a hundred bearers, of whom few are looked at. ``opened``: invoices
        that are closed as yet, and that money which goes back opens meanwhile; ``gone``: the payments that go back."""
        rows = self._invoices(said)
        payers = self._concerned(payments, said, {row[_DEBTOR] for row in rows.values()})
        again = repeated(self.administration_id, payments, gone)
        found = Candidates(self._items(rows), payers.values(), self._names or NameIndex(()), again)
        signs = {p.id: PayerSigns(p, s, found, self.rules) for p, s in zip(payments, said, strict=True)}
        wanted = {
            debtor
            for p, s in zip(payments, said, strict=True)
            for debtor in looked_at(p, s, found, self.rules, signs[p.id])
        }
        amounts = self._amounts(payers.keys() - wanted, rows)
        rows |= self._rows("debtor_id", wanted, _IS_OPEN)
        rows |= {i: row for i, row in self._rows("id", opened).items() if row[_DEBTOR] in wanted}
        ends = self._ends(said, rows)
        strangers = {row[_DEBTOR] for row in ends.values()} - payers.keys()
        rows |= ends
        further = self._payers(self._debtors(strangers), _Keys({}, {}))
        shapes, settled = self._shapes, self._settled(rows, payments)
        found.add(self._items(rows), further, amounts, shapes=shapes, settled=settled)
        self._forget()
        # whoever has a namesake more by now is looked at anew
        return found, {p.id: signs[p.id] for p in payments if found.by_name(p.name) == signs[p.id].namesakes}

    def _concerned(
        self, payments: Sequence[Incoming], said: Sequence[Signals], named: Collection[int]
    ) -> dict[int, Payer]:
        """Who may pay, or be paid for: whose invoice is ``named``, who is known by account, name or number, whose name is alike,
        and everyone of their groups."""
        owners = self._known_by(_ACCOUNT, {s.iban for s in said})
        keys = _Keys(_turned(owners), self._numbers(said))
        bearers = self._bearers(said)
        told = {*keys.ibans, *keys.numbers, *_few(bearers)}
        alike = set(self._alike(payments, said, bearers.keys() | owners.keys()))
        rows = [
            row
            for row in self._debtors({*named, *told, *alike})
            if not row[_MERGED] or row[0] in named or row[0] in alike
        ]
        groups = {row[_GROUP] for row in rows if row[_GROUP] is not None}
        rows += rows_among(Debtor, self.administration_id, "payer_group_id", groups, _PAYER)
        return {payer.debtor_id: payer for payer in self._payers(rows, keys)}

    def _amounts(self, debtors: Collection[int], besides: Collection[int]) -> list[int]:
        """Of the open items of these debtors, ``besides`` those; nothing else is looked at of them."""
        columns = ("id", "amount_cents")
        rows = rows_among(Invoice, self.administration_id, "debtor_id", debtors, columns, _IS_OPEN)
        return [cents for i, cents in rows if i not in besides]

    def _settled(self, rows: Mapping[int, _Row], payments: Sequence[Incoming]) -> dict[int, list[Settled]]:
        """What those paid in the year before of whom several invoices may be meant: of an amount that came in."""
        came = {p.cents for p in payments}
        owed = Counter((row[_DEBTOR], row[_OPEN]) for row in rows.values() if row[_OPEN] in came)
        several = {debtor for (debtor, _), n in owed.items() if n > 1}
        found: dict[int, list[Settled]] = defaultdict(list)
        if several:
            since = (min(p.booked for p in payments) - _A_YEAR).isoformat()
            also = f"r.closed_because = 'paid' AND r.amount_cents > 0 AND r.closed_on >= '{since}' AND r.due IS NOT NULL"
            told = rows_among(Invoice, self.administration_id, "debtor_id", several, _SETTLED, also)
            for debtor, issued, due, closed in told:
                found[debtor].append(Settled(issued, due, closed))
        return found

    def _ends(self, said: Sequence[Signals], rows: Mapping[int, _Row]) -> dict[int, _Row]:
        """Invoices that end in what a payment writes, by the way in which this house numbers."""
        found = shapes([(row[_KEY], row[_ISSUED]) for row in rows.values()])
        self._shapes = tuple(dict.fromkeys((*found, *self._shapes)))
        whole = {row[_KEY] for row in rows.values()}
        # a number that was paid may be the end of another
        owed = {row[_KEY] for row in rows.values() if row[_OPEN]}
        ends = {key for s in said for key in ends_among(s.number_keys) if key not in owed}
        return self._rows("number_key", {k for end in ends for k in full_keys(end, self._shapes)} - whole)

    def _invoices(self, said: Sequence[Signals]) -> dict[int, _Row]:
        """Those that are named by reference or number, closed ones too."""
        references = {r for s in said for r in (*s.references, *s.mended) if r}
        keys = {key for s in said for key in s.number_keys}
        return self._rows("reference", references, "NOT r.reference = ''") | self._rows("number_key", keys)

    def _rows(self, column: str, values: Collection[Any], also: str = "") -> dict[int, _Row]:
        rows = rows_among(Invoice, self.administration_id, column, values, _ITEM, also, plus=_PAST)
        return {row[0]: row for row in rows}

    def _numbers(self, said: Iterable[Signals], among: Collection[int] | None = None) -> dict[int, str]:
        """Customer numbers that these payments write, by debtor; ``among`` these."""
        found: dict[int, str] = {}
        for number, debtors in self._known_by(_NUMBER, {key for s in said for key in s.number_keys}).items():
            for debtor in debtors:
                if among is None or debtor in among:
                    found.setdefault(debtor, number)
        return found

    def _bearers(self, said: Iterable[Signals]) -> dict[str, list[int]]:
        """By name who bears the very name of a payer."""
        return self._known_by(_NAME, {s.name_key for s in said})

    def _known_by(self, kind: str, values: set[str]) -> dict[str, list[int]]:
        """By each of these ``values`` that is known the debtors who are known by it."""
        found = self._by_key[kind]
        if new := values - found.keys() - {""}:
            for value in new:
                found[value] = []
            also = f"r.kind IN ({kind}) AND r.scope = ''"  # nothing is written with a scope; in the index it comes first
            columns = ("debtor_id", "value")
            for debtor, value in rows_among(DebtorKey, self.administration_id, "value", new, columns, also):
                found[value].append(debtor)
        return {value: debtors for value in values if (debtors := found.get(value))}

    def _alike(
        self, payments: Sequence[Incoming], said: Sequence[Signals], known: Collection[str]
    ) -> Iterator[int]:
        """Debtors whose names are alike, for payments of which neither account nor name is ``known`` to the letter; and whose
        names the text may hold, when the account is not known or is of somebody who pays for others."""
        for payment, says in zip(payments, said, strict=True):
            his = says.iban in known
            if payment.cents <= 0 or (his and not speaks_for(payment.text)):
                continue
            name = "" if his or says.name_key in known else payment.name
            for words in filter(None, {name, payment.text, paid_for(payment.text)}):
                yield from (i for _, i in self.names().find(words, self.rules.alike, MOST_ALIKE))

    def names(self) -> NameIndex:
        """All debtors by name."""
        if self._names is None:
            rows = Debtor.objects.filter(administration_id=self.administration_id, merged_into=None)
            self._names = NameIndex(
                Payer(i, name, exact=kind in _PERSONS)
                for i, name, kind in rows.values_list("id", "name", "kind")
            )
        return self._names

    def _debtors(self, ids: set[int]) -> list[_Row]:
        known = self._by_id
        if new := ids - known.keys():
            known.update(
                (row[0], row) for row in rows_among(Debtor, self.administration_id, "id", new, _PAYER)
            )
        return [known[i] for i in ids if i in known]

    def _items(self, rows: Mapping[int, _Row]) -> Collection[_Row]:
        """With what was paid before the day of the open amount and belongs to no payment yet."""
        linked = self._linked([i for i, row in rows.items() if row[-1]])
        if not linked:
            return rows.values()
        return [(*row[:-1], row[-1] - linked[i]) if i in linked else row for i, row in rows.items()]

    def _linked(self, ids: Sequence[int]) -> Mapping[int, int]:
        """What payments from before its day are linked with each invoice already."""
        found: Counter[int] = Counter()
        linked = rows_among(
            Allocation, self.administration_id, "invoice_id", ids, ("invoice_id", "cents"), "NOT r.lowers"
        )
        for i, cents in linked:
            found[i] += cents
        return found

    def _payers(self, rows: Iterable[_Row], keys: _Keys) -> list[Payer]:
        """With the ``keys`` by which payments name them."""
        return [
            Payer(i, name, tuple(keys.ibans.get(i, ())), group, keys.numbers.get(i, ""), kind in _PERSONS)
            for i, name, kind, group, _ in rows
        ]


def _few(bearers: Mapping[str, Sequence[int]]) -> set[int]:
    """Of many who bear one name the first, for no more are looked at."""
    return {debtor for debtors in bearers.values() for debtor in sorted(debtors)[:MOST_BEARERS]}


def _turned(
    owners: Mapping[str, Iterable[int]], among: Collection[int] | None = None
) -> dict[int, list[str]]:
    """By debtor, ``among`` these, his accounts."""
    found: dict[int, list[str]] = {}
    for iban, debtors in owners.items():
        for debtor in debtors:
            if among is None or debtor in among:
                found.setdefault(debtor, []).append(iban)
    return found


_SEVERAL = -1  # whose number it is, where it is of several


def _not_by_himself(
    said: Iterable[Signals],
    rows: Mapping[int, _Row],
    owners: Mapping[str, Iterable[int]],
    debtors: Set[int],
) -> Iterator[Signals]:
    """Those of the payments that name an invoice of which it tells something how the payer is called: all but those from the
    account of just the one whose invoices they name. ``debtors``: all who are named; an account of others tells nothing here."""
    whose: dict[str, int] = {}
    for row in rows.values():
        debtor = row[_DEBTOR]
        for key in (row[_KEY], row[_REFERENCE]):
            if whose.setdefault(key, debtor) != debtor:
                whose[key] = _SEVERAL
    for s in said:
        named = {whose[key] for key in (*s.references, *s.mended, *s.number_keys) if key in whose}
        if named:
            his = debtors & set(owners.get(s.iban, ()))
            if len(his) != 1 or named != his or passes_on(s.name_key):
                yield s
