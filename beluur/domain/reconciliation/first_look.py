"""The first look at a payment: what it names in so many words and pays to the cent. Says what `explain` would, of the cases it
takes, at a third of the work; `tests/domain/reconciliation` compares the two."""

from __future__ import annotations

from beluur.domain.reconciliation.candidates import Candidates, Room
from beluur.domain.reconciliation.certainty import is_certain
from beluur.domain.reconciliation.explain import explain
from beluur.domain.reconciliation.fitting import whole
from beluur.domain.reconciliation.hits import Hit, hits
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming, Part
from beluur.domain.reconciliation.payers import PayerSigns, Seen, whose_account
from beluur.domain.reconciliation.proposals import Proposal
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.rules import USUAL, Rules
from beluur.domain.reconciliation.sentences import because
from beluur.domain.reconciliation.signals import Signals, collective_payer

_TELLS = frozenset((Which.REFERENCE, Which.NUMBER))
_HIS = Seen(Who.ACCOUNT)
_STRANGERS = frozenset((Who.HINTED, Who.NOBODY, Who.NAMESAKE))


def first_look(
    incoming: Incoming, said: Signals, candidates: Candidates, rules: Rules = USUAL
) -> Explanation | None:
    """What the payment is for, when that is certain, all of it is used, and each invoice is named and paid in full; None leaves
    it to the second look. ``candidates`` need no more than the invoices that are named, and their debtors. Takes nothing."""
    if incoming.cents <= 0 or incoming.returned:
        return None
    found = hits(incoming, said, candidates)
    if not found:
        return None
    first, *others = found.values()
    signs = PayerSigns(incoming, said, candidates, rules)
    if not others and len(first) == 1:
        hit = first[0]
        room = candidates.room(hit.item, incoming.booked)
        if room.cents != incoming.cents:
            return None
        if (explained := _one(incoming, said, candidates, rules, room, hit, signs)) is not None:
            return explained
        if signs.seen(hit.item.debtor_id).who is Who.NAMESAKE:
            return None  # nobody else is named, and of him nothing is settled here
    return _settled(incoming, said, candidates, rules, signs)


def _one(
    incoming: Incoming,
    said: Signals,
    candidates: Candidates,
    rules: Rules,
    room: Room,
    hit: Hit,
    signs: PayerSigns,
) -> Explanation | None:
    """The one invoice that is named, by a sign that says which; None when it takes the whole engine to say."""
    debtor_id = hit.item.debtor_id
    if hit.which not in _TELLS or not room.lowers or room.ask or collective_payer(incoming, rules):
        return None
    his_alone = {debtor_id} == whose_account(incoming, said, candidates)
    seen = _HIS if his_alone else signs.seen(debtor_id)
    if not is_certain(hit.which, Fit.EXACT, seen.who) or seen.who is Who.NAMESAKE:
        return None
    stranger = seen.who in _STRANGERS and hit.which is not Which.REFERENCE
    if stranger and candidates.is_common(incoming.cents, rules.one_chance_in):
        return None
    by = because(Proposal(debtor_id, hit.which, whole((room,)), seen, (hit,)), incoming, candidates)
    part = Part(hit.item.invoice_id, debtor_id, room.cents)
    return Explanation(Certainty.CERTAIN, (part,), 0, debtor_id, by)


def _settled(
    incoming: Incoming, said: Signals, candidates: Candidates, rules: Rules, signs: PayerSigns
) -> Explanation | None:
    explanation = explain(incoming, candidates, rules, said, signs)
    if explanation.certainty is not Certainty.CERTAIN or explanation.left_cents or not explanation.parts:
        return None
    if any(signs.seen(part.debtor_id).who is Who.NAMESAKE for part in explanation.parts):
        return (
            None  # who is called as another debtor may have mistyped a number of his own: those are not here
        )
    if len({part.debtor_id for part in explanation.parts}) > 1:
        return None  # the end of a number ("2026.339 / 381") may be another's here, and of the payer's own last year
    return explanation if candidates.named_in_full(explanation, said, incoming.booked) else None
