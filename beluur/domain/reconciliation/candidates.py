"""The invoices and payers that a chunk of payments may concern, and what is still open of them while the chunk is explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from beluur.domain.reconciliation.incoming import Explanation, Item, Part, Payer
from beluur.domain.reconciliation.name_index import NameIndex
from beluur.domain.reconciliation.names import holders, same_key
from beluur.domain.reconciliation.shapes import Shape
from beluur.domain.reconciliation.signals import Signals
from beluur.domain.reconciliation.timing import USUALLY, Habit, Settled
from beluur.values.invoice_number import number_key

_SEVERAL = 4
_DEBTOR, _WRITTEN, _NUMBER, _OPEN, _AMOUNT, _REFERENCE, _PAST = map(
    Item._fields.index,
    "debtor_id number number_key open_cents amount_cents reference past_cents".split(),
)
Row = Item | tuple[Any, ...]
"""An item, or a row of the same values in the same order: of a thousand that may matter a payment looks at a few."""
_Key = TypeVar("_Key")
_LOWERS, _ASKS_NOT = True, False


class Room(NamedTuple):
    """What a payment of a given day can take of an invoice: ``cents`` (negative for a credit note; 0: nothing), ``lowers`` as in
    `Part`, ``ask``: a person must say first whether the open amount already holds the payment."""

    item: Item
    cents: int
    lowers: bool
    ask: bool


class Candidates:
    """Built once for a chunk of payments from all items and payers that their `signals` found; of a debtor at whom one of them
    looks, all open items are to be given, for what is unique among them is booked. They may be given as rows.

    ``names`` is the index of all debtors' names; without it one is made of ``payers`` when it is first needed. The order of
    items and payers makes no difference. `take` notes what an explanation uses, so that no euro is used twice in a chunk.
    ``repeated``: ids of payments that the same account made in the same words shortly before; ``shapes`` of the
    house's numbers, of which payers write the end; ``settled``: by debtor, what he paid before.
    """

    def __init__(
        self,
        items: Iterable[Row],
        payers: Iterable[Payer],
        names: NameIndex | None = None,
        repeated: Collection[int] = (),
        shapes: Sequence[Shape] = (),
        settled: Mapping[int, Sequence[Settled]] | None = None,
    ) -> None:
        self.repeated = frozenset(repeated)
        self.shapes = tuple(shapes)
        self._rows = {row[0]: row for row in items}
        self._elsewhere: Counter[int] = Counter()
        self._all = len(self._rows)
        self._group_rows()
        self._payers = _Payers(payers)
        self._names = names or NameIndex(self._payers.by_id.values())
        self._settled = settled or {}
        self._habits: dict[int, Habit] = {}
        self._taken: dict[int, int] = {}
        self._taken_past: dict[int, int] = {}
        self._touched: set[int] = set()  # debtors of whose invoices something was taken, or given back

    def _group_rows(self) -> None:
        self._by_reference: _Grouped[str] = _Grouped(self._rows.values(), _REFERENCE)
        self._by_number: _Grouped[str] = _Grouped(self._rows.values(), _NUMBER)
        self._by_debtor: _Grouped[int] = _Grouped(self._rows.values(), _DEBTOR)

    def add(
        self,
        items: Iterable[Row],
        payers: Iterable[Payer],
        amounts: Iterable[int] = (),
        *,
        shapes: Sequence[Shape] = (),
        settled: Mapping[int, Sequence[Settled]] | None = None,
    ) -> None:
        """What is only loaded once it is known at whom the payments look: before any of them is explained. ``amounts`` of the
        items of those at whom none looks tell what many owe."""
        self._rows.update((row[0], row) for row in items)
        self._elsewhere = Counter(amounts)
        self._all = len(self._rows) + self._elsewhere.total()
        self._group_rows()
        self._payers.add(payers)
        self.shapes, self._settled = tuple(shapes), settled or {}

    def by_reference(self, reference: str) -> Sequence[Item]:
        """Items whose own compact reference it is, the oldest first."""
        return self._by_reference.of(reference)

    def by_number(self, key: str) -> Sequence[Item]:
        """Items with that number key, the oldest first."""
        return self._by_number.of(key)

    def by_debtor(self, debtor_id: int) -> Sequence[Item]:
        """The debtor's items, the oldest due date first, those without a date last."""
        return self._by_debtor.of(debtor_id)

    def by_iban(self, iban: str) -> Collection[int]:
        """Debtors for whom the account was confirmed."""
        return self._payers.by_iban.get(iban, ()) if iban else ()

    def by_name(self, name: str) -> Collection[int]:
        """Debtors of exactly that name, but for signs, legal form, titles and the order of words; each of an account of two."""
        if not name:
            return ()
        known = self._payers.by_name
        found = known.get(same_key(name))
        return found or {d for holder in holders(name) for d in known.get(same_key(holder), ())}

    def by_customer(self, key: str) -> Collection[int]:
        """Debtors with that customer number."""
        return self._payers.by_customer.get(key, ())

    def group_of(self, debtor_id: int) -> frozenset[int]:
        """The debtors of one payer group, himself included."""
        group = self._payers.group.get(debtor_id)
        return frozenset((debtor_id,)) if group is None else self._payers.by_group[group]

    def payer(self, debtor_id: int) -> Payer:
        """What is known of a debtor; a nameless one when nothing is."""
        return self._payers.by_id.get(debtor_id) or Payer(debtor_id, "")

    def habit(self, debtor_id: int) -> Habit:
        """When he pays; what is usual as long as nothing is known of him."""
        if debtor_id not in self._settled:
            return USUALLY
        if debtor_id not in self._habits:
            self._habits[debtor_id] = Habit(self._settled[debtor_id])
        return self._habits[debtor_id]

    def alike(self, name: str, floor: int) -> tuple[tuple[int, int], ...]:
        """(likeness, debtor id) of names that are at least ``floor`` alike."""
        return self._names.find(name, floor) if name else ()

    def room(self, item: Item, booked: date) -> Room:
        """What a payment booked on that day can still take of the item. Before the day of its open amount: only history."""
        invoice_id, as_of, open_cents = item.invoice_id, item.as_of, item.open_cents
        if invoice_id in self._taken:
            open_cents -= self._taken[invoice_id]
        if as_of is not None and booked > as_of:  # most are
            return Room(item, open_cents, _LOWERS, _ASKS_NOT)
        past_cents = max(0, item.past_cents - self._taken_past.get(invoice_id, 0))
        if as_of is not None and booked < as_of:
            return Room(item, past_cents, lowers=False, ask=False)
        return Room(item, open_cents or past_cents, lowers=open_cents != 0, ask=True)

    def may_have(self, debtor_id: int, cents: int) -> bool:
        """Whether a room of the debtor's may be of just so many ``cents``; False when none is. Told from the rows, for a payment
        looks at many debtors and at what few of them owe."""
        if debtor_id in self._touched:
            return True
        for row in self._by_debtor.rows(debtor_id):  # noqa: SIM110 - of `any` half of it is the generator
            if cents == row[_OPEN] or cents == row[_PAST]:
                return True
        return False

    def rooms(self, debtor_id: int, currency: str, booked: date) -> list[Room]:
        """What a payment in that currency, booked on that day, can take of each of a debtor's invoices, the oldest first."""
        room = self.room
        rooms = [room(item, booked) for item in self.by_debtor(debtor_id) if item.currency == currency]
        return [room for room in rooms if room.cents]

    def named_in_full(self, explanation: Explanation, said: Signals, booked: date) -> bool:
        """Whether the payment names each invoice that it pays, in so many words, and pays all that is open of it: then what else
        its debtor owes, or has to get back, makes no difference."""
        return all(
            _is_named(item := Item._make(self._rows[part.invoice_id]), said)
            and part.lowers
            and part.cents == self.room(item, booked).cents
            for part in explanation.parts
        )

    def is_common(self, cents: int, one_in: int) -> bool:
        """Whether several invoices, more than one in ``one_in``, are of that amount (subscriptions): it alone tells little."""
        count = self._amounts[cents] + self._elsewhere[cents]
        return count >= _SEVERAL and count * one_in > self._all

    @cached_property
    def _amounts(self) -> Counter[int]:
        return Counter(map(itemgetter(_AMOUNT), self._rows.values()))

    def numbers(self, parts: Iterable[Part]) -> Iterator[tuple[int, str]]:
        """Of the invoices of these parts, by id, as people write them."""
        for part in parts:
            yield part.invoice_id, self._rows[part.invoice_id][_WRITTEN]

    def take(self, explanation: Explanation) -> None:
        """Notes what a booked explanation uses; what follows in the chunk finds so much less open."""
        self.take_parts(explanation.parts)

    def take_parts(self, parts: Iterable[Part]) -> None:
        """As `take`."""
        for part in parts:
            self._touched.add(part.debtor_id)
            ledger = self._taken if part.lowers else self._taken_past
            ledger[part.invoice_id] = ledger.get(part.invoice_id, 0) + part.cents

    def put_back(self, parts: Iterable[Part]) -> None:
        """As if these had not been taken."""
        self.take_parts(part._replace(cents=-part.cents) for part in parts)

    def has_room(self, invoice_id: int, cents: int, booked: date) -> bool:
        """Whether a payment booked on that day can still take so many ``cents`` of an invoice that was among the items."""
        left = self.room(Item._make(self._rows[invoice_id]), booked).cents
        return left * cents > 0 and abs(left) >= abs(cents)

    def give_back(self, opened: Collection[tuple[int, int]]) -> None:
        """Notes that a payment went back which had lowered invoices (id, cents): from now on so much more is open of each."""
        for invoice_id, cents in opened:
            self._taken[invoice_id] = self._taken.get(invoice_id, 0) - cents
        self._touched |= self.whose(invoice_id for invoice_id, _ in opened)

    def whose(self, invoice_ids: Iterable[int]) -> set[int]:
        """The debtors of those of the invoices that are among the items."""
        return {self._rows[i][_DEBTOR] for i in invoice_ids if i in self._rows}


class _Payers:
    """The payers, by what a payment may say of them; what is empty is nothing in common."""

    def __init__(self, payers: Iterable[Payer]) -> None:
        self.by_id: dict[int, Payer] = {}
        self.by_iban: dict[str, set[int]] = defaultdict(set)
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.by_customer: dict[str, set[int]] = defaultdict(set)
        self.group: dict[int, int] = {}
        self.by_group: dict[int, frozenset[int]] = defaultdict(frozenset)
        self.add(payers)

    def add(self, payers: Iterable[Payer]) -> None:
        """These too."""
        for payer in payers:
            debtor_id, name, ibans, group, number, _ = payer
            self.by_id[debtor_id] = payer
            if key := same_key(name):
                self.by_name[key].add(debtor_id)
            for iban in filter(None, ibans):
                self.by_iban[iban].add(debtor_id)
            if number and (key := number_key(number)):
                self.by_customer[key].add(debtor_id)
            if group is not None:
                self.group[debtor_id] = group
                self.by_group[group] |= {debtor_id}


def _is_named(item: Item, said: Signals) -> bool:
    return item.number_key in said.number_keys or (bool(item.reference) and item.reference in said.references)


_item: Callable[[Row], Item] = partial(tuple.__new__, Item)  # as `Item._make`, in a third of the time


def _oldest_first(item: Item) -> tuple[date, int]:
    return item.due or date.max, item.invoice_id


class _Grouped(Generic[_Key]):
    """Rows by one of their values. What is asked for is made into items, once, the oldest first."""

    __slots__ = ("_items", "_rows")

    def __init__(self, rows: Iterable[Row], place: int) -> None:
        self._items: dict[_Key, tuple[Item, ...]] = {}
        self._rows: dict[_Key, list[Row]] = {}
        found = self._rows
        for row in rows:
            key: Any = row[place]
            if key in found:
                found[key].append(row)
            elif key:
                found[key] = [row]

    def rows(self, key: _Key) -> Sequence[Row]:
        """The rows of that value, in no order."""
        return self._rows.get(key, ())

    def of(self, key: _Key) -> tuple[Item, ...]:
        """The items of that value."""
        if key not in self._rows:
            return ()
        if key not in self._items:
            items = list(map(_item, self._rows[key]))
            if len(items) > 1:
                items.sort(key=_oldest_first)
            self._items[key] = tuple(items)
        return self._items[key]
