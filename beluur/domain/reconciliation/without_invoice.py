"""Whose money it may be when no invoice fits: who is asked for what he has paid already, in dollars or for something that is not
in the books, is insulted all the same."""

from __future__ import annotations

from collections import defaultdict

from beluur.domain.reconciliation.hits import named_items
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming, Item
from beluur.domain.reconciliation.proposals import Proposer
from beluur.domain.reconciliation.reasons import Who
from beluur.values.money import Money
from beluur.values.sentence import say

_MOST_DEBTORS = 4


def in_other_currency(incoming: Incoming, proposer: Proposer) -> Explanation | None:
    """Proposed to who owes the invoices that it names, in another currency; nothing is lowered, for only the books know what it
    is worth there. Of a number at several debtors who owes it comes first, then who pays. None when none is named."""
    named: dict[int, dict[int, Item]] = defaultdict(dict)
    for item in named_items(proposer.said, proposer.candidates):
        if item.currency != incoming.currency:
            named[item.debtor_id][item.invoice_id] = item
    owed = sorted(named, key=lambda debtor: (_is_closed(named[debtor]), proposer.signs.seen(debtor).who))
    found = [_foreign(incoming, debtor, named[debtor]) for debtor in owed[:_MOST_DEBTORS]]
    return found[0]._replace(alternatives=tuple(found[1:])) if found else None


def _is_closed(items: dict[int, Item]) -> bool:
    return not any(item.open_cents for item in items.values())


def _foreign(incoming: Incoming, debtor_id: int, items: dict[int, Item]) -> Explanation:
    first = min(items.values(), key=lambda i: (not i.open_cents, i.invoice_id))
    by = say(
        "explain.other_currency",
        number=first.number,
        amount=Money(first.amount_cents, first.currency),
        paid=Money(incoming.cents, incoming.currency),
    )
    return Explanation(Certainty.LIKELY, (), incoming.cents, debtor_id, (by,), holds=tuple(items))


def by_payer_alone(incoming: Incoming, proposer: Proposer) -> Explanation | None:
    """For a person to find, but whose it is tells his account, or the very name of a firm: as long as he owes anything he is not
    called as if nothing came in. None when that is not one debtor."""
    signs, candidates = proposer.signs, proposer.candidates
    payers = [d for d in signs.owners | signs.namesakes if proposer.is_himself(d, signs.seen(d))]
    if len(payers) != 1:
        return None
    owed = [item for item in candidates.by_debtor(payers[0]) if item.open_cents > 0]
    if not owed:
        return None
    who = "explain.account" if signs.seen(payers[0]).who is Who.ACCOUNT else "explain.name_same"
    by = (say(who, name=candidates.payer(payers[0]).name), say("explain.no_invoice_fits"))
    foreign = () if any(i.currency == incoming.currency for i in owed) else tuple(i.invoice_id for i in owed)
    return Explanation(Certainty.NONE, (), incoming.cents, payers[0], by, holds=foreign)
