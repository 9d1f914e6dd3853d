"""What a payment can be for by the invoices that it names; and what every search for an explanation needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from beluur.domain.reconciliation.amounts import adding_up
from beluur.domain.reconciliation.candidates import Candidates, Room
from beluur.domain.reconciliation.fitting import Fitting, Payment, fit, whole
from beluur.domain.reconciliation.hits import Hit, almost, hits, names_another, unaccounted
from beluur.domain.reconciliation.incoming import Incoming, Item
from beluur.domain.reconciliation.payers import PayerSigns, Seen
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals, means_part
from beluur.values.invoice_number import speaks_of_range

STRONG = frozenset((Which.REFERENCE, Which.NUMBER, Which.FAIR))
_STRANGERS = frozenset((Who.HINTED, Who.NOBODY, Who.NAMESAKE))
_LATEST = 10_000_000  # after any day, as a number
_LAST = 100_001 * _LATEST
PAYS = (frozenset(Who) - _STRANGERS - {Who.OTHER}) | {Who.HINTED}


class Proposal(NamedTuple):
    """One way to explain a payment. ``doubt`` is the number of an invoice that it could also be, or that it names besides;
    ``turn``: of those that are as strong otherwise, the smaller comes first."""

    debtor_id: int
    which: Which
    fitting: Fitting
    seen: Seen
    hits: tuple[Hit, ...] = ()
    doubt: str = ""
    turn: int = 0

    @property
    def firm(self) -> bool:
        """Nothing speaks against it: it may be certain by the table."""
        return self.fitting.firm and not self.doubt and not self.fitting.asks


class Proposer:
    """All that is needed to propose, for one payment."""

    def __init__(
        self,
        incoming: Incoming,
        said: Signals,
        candidates: Candidates,
        rules: Rules,
        payment: Payment,
        signs: PayerSigns | None = None,
    ) -> None:
        self.incoming = incoming
        self.said = said
        self.candidates = candidates
        self.rules = rules
        self.payment = payment
        self.signs = signs or PayerSigns(incoming, said, candidates, rules)
        self.hits = hits(incoming, said, candidates)
        self._rooms: dict[int, list[Room]] = {}

    def is_himself(self, debtor_id: int, seen: Seen) -> bool:
        """Whether the payer is he himself: then an amount that many others owe too still says which of his own invoices it is.
        People are called alike, so that a person's name is not enough."""
        if seen.who is Who.NAME:
            return not self.candidates.payer(debtor_id).exact
        return seen.who is Who.ACCOUNT

    def rooms(self, debtor_id: int) -> list[Room]:
        """What this payment can take of each of the debtor's invoices, the oldest first."""
        if debtor_id not in self._rooms:
            payment = self.incoming
            self._rooms[debtor_id] = self.candidates.rooms(debtor_id, payment.currency, payment.booked)
        return self._rooms[debtor_id]

    def has_it(self, debtor_id: int) -> bool:
        """Whether just what came in can be paid on one of the debtor's invoices. Most namesakes are told at sight."""
        cents = self.payment.cents
        seen = self.candidates.may_have(debtor_id, cents)
        return seen and any(r.cents == cents for r in self.rooms(debtor_id))

    def room(self, item: Item) -> Room:
        """What this payment can take of an invoice."""
        return self.candidates.room(item, self.incoming.booked)

    def turn(self, room: Room) -> int:
        """Which of several invoices of one amount comes first: the smaller. What he pays on such a day, the older of two; of
        credit notes the oldest."""
        due = room.item.due
        if due is None:
            return _LAST
        if room.cents < 0:  # what is due says nothing of when a credit note is set off
            return _LAST + due.toordinal()
        odds = self.candidates.habit(room.item.debtor_id).odds(due, self.incoming.booked)
        return _LAST - odds * _LATEST + due.toordinal()

    def by_name_of_invoice(self) -> Iterator[Proposal]:
        """From the invoices that are named: for each debtor, and for several together."""
        for debtor_id in list(self.hits)[: self.rules.most_debtors]:
            yield self._named(debtor_id, self.hits[debtor_id])
        if len(self.hits) > 1:
            yield from self._together()

    def _named(self, debtor_id: int, found: Sequence[Hit]) -> Proposal:
        seen = self.signs.seen(debtor_id)
        there = {h.item.invoice_id: self.room(h.item) for h in found}
        payable = [h for h in found if there[h.item.invoice_id].cents]
        named = [h for h in payable if h.which in STRONG] or payable
        rooms = [there[h.item.invoice_id] for h in named]
        if named and sum(r.cents for r in rooms) == self.payment.cents:
            return self._proposed(debtor_id, self._all_of(rooms), seen, named)
        others = self._others(debtor_id, named)
        fitting = fit(rooms, others, self.payment)
        if fitting is not None and fitting.fit is Fit.CREDITED and means_part(self.incoming):
            fitting = fit(rooms, [r for r in others if r.cents > 0], self.payment)
        if fitting is not None and fitting.fit is Fit.OVER and len(payable) > len(named):
            named = payable
            fitting = fit(
                [there[h.item.invoice_id] for h in named], self._others(debtor_id, named), self.payment
            )
        if fitting is None:
            closed = Fitting(Fit.CLOSED, (), ())
            return Proposal(
                debtor_id, found[0].which, closed, seen, tuple(found[:1]), doubt=found[0].item.number
            )
        if fitting.fit not in (Fit.EXACT, Fit.CREDITED):
            more = [*payable, *self.near(debtor_id, others)]
            all_of_them = fit([self.room(h.item) for h in _once(more)], (), self.payment)
            if between := self._between(payable, debtor_id) or self._between(_once(more), debtor_id):
                fitting, named = self._all_of([self.room(h.item) for h in between]), between
            elif all_of_them is not None and all_of_them.fit is Fit.EXACT and all_of_them.firm:
                fitting, named = all_of_them, _once(more)
            elif len(named) > 1 and speaks_of_range(self.incoming.text):
                fitting = fitting._replace(firm=False)  # what is between the two is paid too
        return self._proposed(debtor_id, fitting, seen, named, others)

    def _all_of(self, rooms: Sequence[Room]) -> Fitting:
        """All that is named; of a range an invoice and its credit note may be meant, or be left as they are."""
        return whole(rooms, firm=not (any_cancel(rooms) and speaks_of_range(self.incoming.text)))

    def _between(self, ends: Sequence[Hit], debtor_id: int) -> list[Hit]:
        """All of the debtor's invoices from the first that is named to the last, when they are written as a range and are the
        amount; the credit notes among them with the invoices, or left out."""
        if len(ends) < 2 or not speaks_of_range(self.incoming.text):
            return []
        first, *_, last = sorted(_place(h.item) for h in ends)
        rooms = [r for r in self.rooms(debtor_id) if first <= _place(r.item) <= last]
        for chosen in (rooms, [r for r in rooms if r.cents > 0]):
            if sum(r.cents for r in chosen) == self.payment.cents:
                known = {h.item.invoice_id: h for h in ends}
                which = _weakest(ends)
                return [known.get(r.item.invoice_id, Hit(r.item, which, ends[0].written)) for r in chosen]
        return []

    def _proposed(
        self, debtor_id: int, fitting: Fitting, seen: Seen, named: Sequence[Hit], others: Sequence[Room] = ()
    ) -> Proposal:
        taken = {r.item.invoice_id for r in fitting.rooms}
        used = tuple(h for h in named if h.item.invoice_id in taken)
        which = _weakest(used)
        doubt = self._could_be(fitting, others, [h.item for h in used], debtor_id)
        stranger = seen.who in _STRANGERS and which is not Which.REFERENCE
        completed = fitting.fit is Fit.COMPLETED and self.shares_amounts(fitting.rooms[len(used) :])
        # Who passes on money has the number from the invoice itself; a stranger may have mistyped it.
        stranger = stranger and not self.signs.passes_on
        if (stranger and self.is_common(self.payment.cents)) or completed:
            fitting = fitting._replace(firm=False)
        return Proposal(debtor_id, which, fitting, seen, used, doubt)

    def unaccounted(self, chosen: Sequence[Item], debtor_id: int) -> str:
        """A number that the payment holds besides the ``chosen``; "" when all is told."""
        own = self.candidates.by_debtor(debtor_id)
        customer = self.signs.customers.get(debtor_id, "")
        return unaccounted(self.said, chosen, own, customer)

    def is_common(self, cents: int) -> bool:
        """Whether so many invoices are of that amount that it tells little."""
        return self.candidates.is_common(cents, self.rules.one_chance_in)

    def shares_amounts(self, rooms: Sequence[Room]) -> bool:
        """Whether another invoice, which is not here yet, could as well be in the place of one of them."""
        return any(self.is_common(r.cents) for r in rooms)

    def near(self, debtor_id: int, rooms: Sequence[Room]) -> tuple[Hit, ...]:
        """Those of ``rooms`` that are almost named."""
        return almost(self.said.number_keys, [r.item for r in rooms], self.candidates.by_debtor(debtor_id))

    def _others(self, debtor_id: int, named: Sequence[Hit]) -> list[Room]:
        """What else is open of the debtor; where some of it is paid with what is named, first what mostly is on such a day."""
        ids = {h.item.invoice_id for h in named}
        others = [r for r in self.rooms(debtor_id) if r.item.invoice_id not in ids]
        more = self.payment.cents > sum(self.room(h.item).cents for h in named)
        return sorted(others, key=self.turn) if more else others

    def _could_be(
        self, fitting: Fitting, others: Sequence[Room], used: Sequence[Item], debtor_id: int
    ) -> str:
        """Where the named is not paid to the cent: another invoice of the debtor that is, or another number in the text."""
        if fitting.fit in (Fit.EXACT, Fit.CREDITED):
            return ""
        if fitting.fit in (Fit.COMPLETED, Fit.OVER):
            chosen = [*used, *(r.item for r in fitting.rooms)]
            if other := self.unaccounted(chosen, debtor_id):
                return other
        elif other := names_another(self.said, used, self.candidates.by_debtor(debtor_id), self.candidates):
            return other
        return next((r.item.number for r in others if r.cents == self.payment.cents), "")

    def _together(self) -> Iterator[Proposal]:
        """Invoices of several debtors, all named, that are the amount together: a desk pays for them. By long numbers where those
        are the amount; else by what else is written, or some of it, for a number with its year may be read in two ways."""
        named = [h for d in sorted(self.hits) for h in self.hits[d]]
        payable = [h for h in named if self.room(h.item).cents > 0]
        strong = [h for h in named if h.which in STRONG]
        once = len({h.written for h in strong}) == len(strong)
        if once and self._is_whole_list(by_long := [h for h in payable if h.which in STRONG]):
            yield self._of_a_desk(by_long, sure=True)
        elif self._is_whole_list(payable):
            yield self._of_a_desk(payable, sure=False)
        elif len(payable) > 2:
            amounts = [self.room(h.item).cents for h in payable]
            found = adding_up(amounts, self.payment.cents, self.payment.effort, self.rules.largest_search)
            some = [payable[n] for n in found.places] if found and found.unique else []
            if self._is_whole_list(some):
                yield self._of_a_desk(some, sure=False)

    def _is_whole_list(self, listed: Sequence[Hit]) -> bool:
        """Whether they are of several debtors, each by a word of its own, and the amount together."""
        debtors, words = {h.item.debtor_id for h in listed}, {h.written for h in listed}
        several = len(debtors) > 1 and len(words) == len(listed)
        return several and sum(self.room(h.item).cents for h in listed) == self.payment.cents

    def _of_a_desk(self, listed: Sequence[Hit], *, sure: bool) -> Proposal:
        rooms = [self.room(h.item) for h in listed]
        debtors = sorted({r.item.debtor_id for r in rooms})
        seen = min((self.signs.seen(d) for d in debtors), key=lambda s: s.who)
        all_long = all(h.which in (Which.REFERENCE, Which.NUMBER) for h in listed)
        firm = sure and (all_long or seen.who in PAYS or self.lists_only(listed, rooms))
        which = max(h.which for h in listed)
        return Proposal(
            debtors[0], which, whole(rooms, firm=firm), seen, tuple(listed), turn=1
        )  # his own alone come first

    def lists_only(self, listed: Sequence[Hit], rooms: Sequence[Room]) -> bool:
        """Whether all that the payment says are these numbers, and one mistyped would have spoilt the sum."""
        written = {h.written for h in listed}
        told = all(any(key in w for w in written) for key in self.said.number_keys)
        return told and not self.shares_amounts(rooms)


def _place(item: Item) -> tuple[int, int, str]:
    """Where an invoice stands among the others by its number; one that begins with its year, among those of the year: 2026.14
    comes after 2025.1953, though it is shorter."""
    key, year = item.number_key, item.issued.year if item.issued else 0
    head = int(key[:4]) if key[:4].isdigit() else 0
    return head if year and abs(head - year) <= 1 else 0, len(key), key


def any_cancel(rooms: Sequence[Room]) -> bool:
    """Whether an invoice and a credit note of the same amount are among them: they make no difference to the sum, and may as well
    stay as they are."""
    owed = {r.cents for r in rooms}
    return any(-cents in owed for cents in owed)


def _once(found: Sequence[Hit]) -> list[Hit]:
    return list({h.item.invoice_id: h for h in reversed(found)}.values())[::-1]


def _weakest(used: Sequence[Hit]) -> Which:
    """What the named rest on; ends of numbers beside one in full ("20260118 en 119") rest on that one."""
    strong = any(h.which in STRONG for h in used)
    return max(h.which for h in used if h.which is not Which.NEAR or not strong)
