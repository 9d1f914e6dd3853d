"""How far the bank is known, and which statement is missing for an agreement that cannot be judged yet (J3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from beluur.store.models import BankAccount, Instalment
from beluur.values.numbers import IBAN
from beluur.values.sentence import Sentence, say

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BankKnown:
    """``accounts`` are (number as people write it, the last day that is complete) of those on which customers pay; ``needed`` is
    the latest control date of an agreement that is not known yet, None when all are."""

    accounts: tuple[tuple[str, date | None], ...]
    needed: date | None

    @property
    def reach(self) -> date | None:
        """The last day that is complete on all of them; None when one has no statement yet."""
        days = [day for _, day in self.accounts]
        return min(day for day in days if day) if None not in days else None

    def missing(self, needed: date | None) -> tuple[Sentence, ...]:
        """Which statements are missing to know what came in to ``needed``."""
        if needed is None:
            return ()
        found = []
        for number, day in self.accounts:
            if day is None:
                found.append(say("bank.no_statement", account=number))
            elif day < needed:
                found.append(say("bank.statement_missing", account=number, day=day + _DAY))
        return tuple(found)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """To which day, and what is missing for agreements that wait."""
        known = () if self.reach is None else (say("bank.known_to", day=self.reach),)
        return (*known, *self.missing(self.needed))


def bank_known(administration_id: int) -> BankKnown | None:
    """Two queries; None for who brings no statements."""
    accounts = BankAccount.objects.filter(administration_id=administration_id, in_use=True)
    rows = list(accounts.order_by("id").values_list("number", "reaches"))
    if not rows:
        return None
    waiting = Instalment.objects.filter(
        administration_id=administration_id, verdict="unknown", promise__active=True
    )
    needed = waiting.aggregate(needed=Max("control"))["needed"]
    shown = tuple((IBAN.format(n) if IBAN.valid(n) else n, day) for n, day in rows)
    return BankKnown(shown, needed)
