"""Explains a payment: all proposals, the table of certainty, and a choice that is certain only when nothing rivals it."""

from __future__ import annotations

from beluur.domain.reconciliation.amounts import Effort
from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.certainty import LEAST, RIVALS, is_certain, weight
from beluur.domain.reconciliation.ends import by_ends
from beluur.domain.reconciliation.fitting import Payment
from beluur.domain.reconciliation.incoming import Certainty, Explanation, Incoming, Part
from beluur.domain.reconciliation.names import names_others
from beluur.domain.reconciliation.payers import PayerSigns
from beluur.domain.reconciliation.paying import by_payer
from beluur.domain.reconciliation.proposals import Proposal, Proposer
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.rules import USUAL, Rules
from beluur.domain.reconciliation.sentences import because, is_unseen
from beluur.domain.reconciliation.signals import (
    Signals,
    collective_payer,
    collective_text,
    means_refund,
    no_customer,
    signals,
)
from beluur.domain.reconciliation.together import by_several
from beluur.domain.reconciliation.without_invoice import by_payer_alone, in_other_currency
from beluur.values.sentence import Sentence, say

_MOST_ALTERNATIVES = 3
_MOST_NAMED = 3
_IN_FULL = frozenset((Fit.EXACT, Fit.CREDITED))
_NO_SIGN = frozenset((Who.NOBODY, Who.NAMESAKE, Who.OTHER))
_HARDLY = _NO_SIGN | {Who.HINTED}


def explain(
    incoming: Incoming,
    candidates: Candidates,
    rules: Rules = USUAL,
    said: Signals | None = None,
    signs: PayerSigns | None = None,
) -> Explanation:
    """What ``incoming`` is for. CERTAIN when a combination of the table holds, on one set of invoices, and nothing speaks
    against it. Takes nothing: the caller books it and calls `Candidates.take`. ``said``: its signals, and ``signs`` of
    who pays, when they are at hand. Never raises for any text; a payment of nothing, or outgoing, is explained by nothing."""
    if incoming.returned:
        return nothing(incoming, say("explain.returned"))
    if incoming.cents <= 0:
        return nothing(incoming)
    said = said or signals(incoming)
    payment = Payment(incoming.cents, incoming.booked, rules, Effort(), means_refund(incoming))
    proposer = Proposer(incoming, said, candidates, rules, payment, signs)
    if collective_payer(incoming, rules) or (not proposer.hits and no_customer(incoming, rules)):
        return _collective(incoming, proposer)
    named = list(proposer.by_name_of_invoice())
    if len(named) == 1 and _settles(named[0]):
        return _explained(named[0], Certainty.CERTAIN, incoming, because(named[0], incoming, candidates))
    found = [*named, *by_payer(proposer, decisive=True)]
    ranked = _ranked(found)
    if ranked and _holds(ranked[0]) and not _has_rival(ranked):
        return _choose(ranked, incoming, candidates)
    found += by_payer(proposer, decisive=False)
    ranked = _ranked(found)
    if not ranked or not _holds(ranked[0]):
        ranked = _ranked([*found, *by_ends(proposer), *by_several(proposer)])
    if ranked:
        return _choose(ranked, incoming, candidates)
    if foreign := in_other_currency(incoming, proposer):
        return foreign
    found_none = by_payer_alone(incoming, proposer) or nothing(incoming)
    return found_none._replace(named=_named_with_others(incoming, proposer))


def _named_with_others(incoming: Incoming, proposer: Proposer) -> tuple[int, ...]:
    """Whom the text names as one of several, when it says who: the invoice of another may be all that is missing."""
    if not names_others(incoming.text):
        return ()
    named = sorted(proposer.signs.in_text)
    return tuple(named) if len(named) <= _MOST_NAMED else ()


def nothing(incoming: Incoming, *by: Sentence) -> Explanation:
    """No explanation: all of it stays on the payment."""
    return Explanation(Certainty.NONE, (), incoming.cents, None, by)


def _settles(proposal: Proposal) -> bool:
    """Named and paid in full by someone who may: who else might pay need not be looked into."""
    return proposal.fitting.fit in _IN_FULL and _holds(proposal) and not _may_be_his_own(proposal)


def _may_be_his_own(proposal: Proposal) -> bool:
    """Whether the payer is called as another debtor, so that what he named may be his own invoice with a digit wrong."""
    return proposal.seen.who is Who.NAMESAKE and proposal.which is not Which.REFERENCE


def _holds(proposal: Proposal) -> bool:
    return proposal.firm and is_certain(proposal.which, proposal.fitting.fit, proposal.seen.who)


def _weight(proposal: Proposal) -> int:
    doubted = bool(proposal.doubt) and proposal.fitting.fit is not Fit.CLOSED
    return weight(proposal.which, proposal.fitting.fit, proposal.seen.who, doubted=doubted)


def _ranked(proposals: list[Proposal]) -> list[Proposal]:
    """Each set of parts once, by its strongest proposal; the best first. What is no help is left out."""
    if len(proposals) == 1:
        return [p for p in proposals if _holds(p) or _weight(p) >= LEAST]
    best: dict[tuple[int, tuple[Part, ...]], Proposal] = {}
    for proposal in sorted(proposals, key=_order):
        parts = tuple(sorted(proposal.fitting.parts))
        best.setdefault((proposal.debtor_id if not parts else 0, parts), proposal)
    return [p for p in best.values() if _holds(p) or _weight(p) >= LEAST]


def _order(proposal: Proposal) -> tuple[bool, int, int, int, tuple[Part, ...]]:
    return (
        not _holds(proposal),
        -_weight(proposal),
        proposal.turn,
        proposal.debtor_id,
        proposal.fitting.parts,
    )


def _choose(ranked: list[Proposal], incoming: Incoming, candidates: Candidates) -> Explanation:
    first = ranked[0]
    rival = _has_rival(ranked)
    certainty = Certainty.CERTAIN if _holds(first) and not rival else Certainty.LIKELY
    by = because(first, incoming, candidates, rival=rival)
    if certainty is Certainty.CERTAIN:
        return _explained(first, certainty, incoming, by)
    others = tuple(
        _explained(p, Certainty.LIKELY, incoming, because(p, incoming, candidates))
        for p in ranked[1 : 1 + _MOST_ALTERNATIVES]
    )
    return _explained(first, certainty, incoming, by, others)


def _has_rival(ranked: list[Proposal]) -> bool:
    first = ranked[0]
    return any(_rivals(other, first) for other in ranked[1:])


def _rivals(other: Proposal, first: Proposal) -> bool:
    """Whether the payment could just as well be the other: it is certain too, or names an invoice that has the amount."""
    in_full = first.fitting.fit in _IN_FULL
    if _holds(other) and (other.fitting.fit in _IN_FULL or not in_full):
        return not _decided_by_payer(first, other)
    kind = (other.which, other.fitting.fit)
    if first.fitting.fit is Fit.PART and kind == (Which.AMOUNT, Fit.EXACT):
        return other.seen.who < first.seen.who  # a part of another's, by who owes just that himself
    return kind in RIVALS and not _decided_by_payer(first, other)


def _decided_by_payer(first: Proposal, other: Proposal) -> bool:
    """The same number at two debtors, of whom one pays."""
    named = (first.which, first.fitting.fit) in RIVALS
    return named and first.seen.who not in _HARDLY and other.seen.who in _NO_SIGN


def _explained(
    proposal: Proposal,
    certainty: Certainty,
    incoming: Incoming,
    by: tuple[Sentence, ...],
    alternatives: tuple[Explanation, ...] = (),
) -> Explanation:
    parts = proposal.fitting.parts
    left = incoming.cents - sum(p.cents for p in parts)
    return Explanation(
        certainty, parts, left, proposal.debtor_id, by, alternatives, is_unseen(proposal, incoming)
    )


def _collective(incoming: Incoming, proposer: Proposer) -> Explanation:
    """Pay, tax, card settlements: proposed only where an invoice is named and has the amount. Certain when somebody passes on one
    customer's payment: the one invoice named, by a number that says which, with just that amount open."""
    strong = (Which.REFERENCE, Which.NUMBER)
    named = [p for p in proposer.by_name_of_invoice() if p.which in strong and p.fitting.fit is Fit.EXACT]
    if not named:
        return nothing(incoming, say("explain.collective"))
    first = min(named, key=_order)
    by = (*because(first, incoming, proposer.candidates), say("explain.collective"))
    one = len(named) == 1 and first.firm and len(first.fitting.parts) == 1 and not collective_text(incoming)
    return _explained(first, Certainty.CERTAIN if one else Certainty.LIKELY, incoming, by)
