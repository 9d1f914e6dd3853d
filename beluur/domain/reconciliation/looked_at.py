"""At whom a payment looks: whose open items have to be there before it is explained. Of the many who bear a common name it looks
at the first few only, and a name is found long before what its bearers owe."""

from __future__ import annotations

from collections.abc import Collection

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.hits import hits
from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.payers import PayerSigns
from beluur.domain.reconciliation.proposals import PAYS
from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import Signals, collective_payer, no_customer
from beluur.domain.reconciliation.together import circles


def looked_at(
    incoming: Incoming, said: Signals, candidates: Candidates, rules: Rules, signs: PayerSigns
) -> Collection[int]:
    """The debtors whose open items `explain` asks for. ``candidates`` need no more than the invoices that are named, and all
    payers; ``signs`` are of the same payment."""
    if incoming.returned or incoming.cents <= 0:
        return ()
    named = list(hits(incoming, said, candidates))[: rules.most_debtors]
    if collective_payer(incoming, rules) or (not named and no_customer(incoming, rules)):
        return named
    found = {*named, *(d for d in signs.debtors() if signs.seen(d).who in PAYS)}
    # whose account it is, is asked first: his text is searched for names only when nothing else holds
    in_text = signs.hinted if signs.owners else signs.in_text
    for circle, _ in circles(signs, candidates, rules, in_text):
        found.update(circle)
    return found
