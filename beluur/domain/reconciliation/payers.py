"""Who pays: what a payment's account, name and text say of each debtor."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.names import CUT, SAME, name_likeness, paid_for
from beluur.domain.reconciliation.reasons import Who
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals, passes_on
from beluur.values.invoice_number import LONG, is_year
from beluur.values.names import comparable_name

_LETTERS_IN_TEXT = 7  # a shorter name may be an ordinary word
_KEY_LETTERS = 4


class Seen(NamedTuple):
    """``who`` the payer is for a debtor, and ``likeness`` of the names, where it was looked at."""

    who: Who
    likeness: int = 0


def whose_account(incoming: Incoming, said: Signals, candidates: Candidates) -> Collection[int]:
    """Debtors whose account it is; nobody when it is of who passes on the money of many."""
    owners = candidates.by_iban(said.iban)
    return () if owners and passes_on_money(incoming.name, candidates) else owners


def passes_on_money(name: str, candidates: Candidates) -> bool:
    """Whether who is called so passes on the money of others, and is no debtor himself."""
    return passes_on(name) and not candidates.by_name(name)


class PayerSigns:
    """What one payment says of who pays; each debtor is looked at once."""

    def __init__(self, incoming: Incoming, said: Signals, candidates: Candidates, rules: Rules) -> None:
        self._incoming = incoming
        self._said = said
        self._candidates = candidates
        self._rules = rules
        self._seen: dict[int, Seen] = {}
        self._told: dict[str, Who | None] = {}  # by name: many are called alike
        self._text: str | None = None

    @cached_property
    def owners(self) -> frozenset[int]:
        """As `whose_account`."""
        return frozenset(whose_account(self._incoming, self._said, self._candidates))

    @cached_property
    def passes_on(self) -> bool:
        """Whether the payer passes on the money of others, and is no debtor himself."""
        return passes_on_money(self._incoming.name, self._candidates)

    @cached_property
    def _pays_for_many(self) -> bool:
        """Whether debtors that have nothing to do with each other were paid for from the account: it may as well be another's."""
        if len(self.owners) < 2 or self.owners & self.namesakes:
            return False
        return not self.owners <= self._candidates.group_of(min(self.owners))

    @cached_property
    def namesakes(self) -> frozenset[int]:
        """Debtors of exactly the payer's name."""
        return frozenset(self._candidates.by_name(self._incoming.name))

    @cached_property
    def customers(self) -> dict[int, str]:
        """Debtors whose customer number stands in the text, with it: no number that is an invoice's here, and no year."""
        return {
            debtor_id: key
            for key in self._said.number_keys
            if len(key) >= _KEY_LETTERS and not is_year(key) and not self._candidates.by_number(key)
            for debtor_id in self._candidates.by_customer(key)
        }

    def seen(self, debtor_id: int) -> Seen:
        """What tells that this debtor pays, the strongest sign."""
        if debtor_id not in self._seen:
            self._seen[debtor_id] = self._look(debtor_id)
        return self._seen[debtor_id]

    @cached_property
    def _by_another(self) -> bool:
        """Whether the account is of others than whom only a name speaks for."""
        return bool(self.owners) and not self._pays_for_many

    @cached_property
    def _is_called_so(self) -> bool:
        """Whether whose account it is bears the payer's name."""
        return not self.owners.isdisjoint(self.namesakes)

    def _look(self, debtor_id: int) -> Seen:
        if debtor_id in self.owners:
            alone = len(self.owners) == 1 or self.namesakes == {debtor_id} or debtor_id in self.customers
            return Seen(Who.ACCOUNT if alone else Who.SHARED)
        if self._by_another:
            return Seen(self._of_other_owners(debtor_id))
        if debtor_id in self.namesakes:
            alone = len(self.namesakes) == 1 or debtor_id in self.customers
            return Seen(Who.NAME if alone else Who.SHARED, SAME)
        return self._without_account(debtor_id)

    def _of_other_owners(self, debtor_id: int) -> Who:
        if not self.owners.isdisjoint(self._candidates.group_of(debtor_id)):
            return Who.GROUP
        if self._is_called_so and debtor_id in self.namesakes:
            return Who.SHARED
        return self._by_text(debtor_id, Who.OTHER)

    def _without_account(self, debtor_id: int) -> Seen:
        payer = self._candidates.payer(debtor_id)
        if self.namesakes & self._candidates.group_of(debtor_id):
            return Seen(Who.GROUP)
        if debtor_id in self.customers:
            return Seen(Who.CUSTOMER)
        if any(len(key) >= LONG for key in self.customers.values()):
            return Seen(Who.OTHER)
        if (told := self._by_text(debtor_id, Who.NOBODY)) is not Who.NOBODY:
            return Seen(told)
        likeness = name_likeness(self._incoming.name, payer.name)
        if self.namesakes:
            return Seen(Who.SHARED if likeness == CUT else Who.NAMESAKE, likeness)
        if payer.exact and likeness == CUT and not self._somebody_else(debtor_id, CUT - 1):
            return Seen(Who.ALIKE, likeness)
        if likeness >= (SAME if payer.exact else self._rules.alike):
            return Seen(self._alike(debtor_id, likeness), likeness)
        return Seen(Who.NAMESAKE if self._somebody_else(debtor_id, likeness) else Who.NOBODY, likeness)

    @cached_property
    def _likes(self) -> tuple[tuple[int, int], ...]:
        """(likeness, debtor id) of everybody whose name is like the payer's."""
        return self._candidates.alike(self._incoming.name, min(self._rules.alike, self._rules.elsewhere))

    def _alike(self, debtor_id: int, likeness: int) -> Who:
        """A name that is another debtor's at least as much is nobody's alone; a long one that was only cut off is the name."""
        others = [share for share, other in self._likes if other != debtor_id]
        if likeness == CUT and not any(share >= self._rules.elsewhere for share in others):
            return Who.NAME
        return Who.SHARED if any(share >= likeness for share in others) else Who.ALIKE

    def _somebody_else(self, debtor_id: int, likeness: int) -> bool:
        least = max(self._rules.elsewhere, likeness + 1)
        return any(other != debtor_id and share >= least for share, other in self._likes)

    def names_another_of_group(self, debtor_id: int) -> bool:
        """Whether the text holds the name of another debtor of his payer group."""
        others = self._candidates.group_of(debtor_id) - {debtor_id}
        return any(self._is_named(other) for other in others)

    def _by_text(self, debtor_id: int, otherwise: Who) -> Who:
        name = self._candidates.payer(debtor_id).name
        if name not in self._told:
            self._told[name] = self._what_the_text_tells(name)
        return self._told[name] or otherwise

    def _what_the_text_tells(self, name: str) -> Who | None:
        """Of whoever has that name."""
        if self._names_one(name):
            return Who.NAMED
        likeness = name_likeness(self._paid_for, name) if self._paid_for else 0
        return Who.HINTED if likeness >= self._rules.elsewhere else None

    @cached_property
    def _paid_for(self) -> str:
        return paid_for(self._incoming.text)

    @cached_property
    def hinted(self) -> frozenset[int]:
        """Debtors of a name like that of whom the text says that it pays for."""
        name = self._paid_for
        alike = self._candidates.alike(name, self._rules.elsewhere)
        return frozenset(self._candidates.by_name(name)) | {debtor_id for _, debtor_id in alike}

    @cached_property
    def in_text(self) -> frozenset[int]:
        """Debtors whom the text names, surely or not, whoever pays."""
        return self._named | self.hinted

    @cached_property
    def _named(self) -> frozenset[int]:
        """Debtors whose whole name stands in the text."""
        alike = self._candidates.alike(self._incoming.text, self._rules.alike)
        return frozenset(debtor_id for _, debtor_id in alike if self._is_named(debtor_id))

    def _is_named(self, debtor_id: int) -> bool:
        """Whether the text holds the name, which nobody else has."""
        return self._names_one(self._candidates.payer(debtor_id).name)

    def _names_one(self, name: str) -> bool:
        return self._stands_in_text(name) and len(self._candidates.by_name(name)) == 1

    def _stands_in_text(self, name: str) -> bool:
        key = comparable_name(name)
        if len(key) < _LETTERS_IN_TEXT:
            return False
        if self._text is None:
            self._text = f" {comparable_name(self._incoming.text)} "
        return f" {key} " in self._text

    def debtors(self) -> tuple[int, ...]:
        """Debtors who may be paying, the most likely first: by account, name, customer number, group; by likeness of the name
        only when nothing else finds one. Bounded."""
        return self._debtors

    @cached_property
    def _debtors(self) -> tuple[int, ...]:
        known = {*self.owners, *self.namesakes, *self.customers}
        for debtor_id in tuple(known):
            known.update(self._candidates.group_of(debtor_id))
        if not self.owners:
            known.update(self._named)
        known.update(self.hinted)
        if not known:
            known.update(d for share, d in self._likes if share >= self._rules.alike)
        order = sorted([(seen.who, -seen.likeness, d) for d in known if (seen := self.seen(d))])
        return tuple([debtor_id for _, _, debtor_id in order[: self._rules.most_debtors]])
