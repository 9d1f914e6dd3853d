"""Says by what a payment is known, in sentences short enough for a row of a table."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.domain.reconciliation.candidates import Candidates
from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.proposals import Proposal
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.values.money import Money
from beluur.values.numbers import format_reference
from beluur.values.sentence import Sentence, say

_MOST_NUMBERS = 4


def because(
    proposal: Proposal, incoming: Incoming, candidates: Candidates, *, rival: bool = False
) -> tuple[Sentence, ...]:
    """The reasons of a proposal, what is strongest first, what speaks against it last. ``rival``: another explanation is as
    good."""
    told = [
        sentence
        for sentence in (
            _which(proposal),
            _fit(proposal, incoming),
            _who(proposal, candidates),
            _days(proposal),
        )
        if sentence is not None
    ]
    if rival or proposal.doubt or not proposal.fitting.firm:
        told += _against(proposal, rival=rival)
    return tuple(told)


def _which(proposal: Proposal) -> Sentence | None:
    if proposal.fitting.fit is Fit.CLOSED:
        return None
    count = len(proposal.fitting.rooms)
    match proposal.which:
        case Which.REFERENCE:
            return say("explain.reference", reference=format_reference(proposal.hits[-1].written))
        case Which.NUMBER | Which.FAIR | Which.SHORT if len(proposal.hits) == 1:
            return say("explain.number", number=proposal.hits[0].item.number)
        case Which.NUMBER | Which.FAIR | Which.SHORT:
            numbers = tuple(h.item.number for h in proposal.hits[:_MOST_NUMBERS])
            return say("explain.numbers", count=len(proposal.hits), numbers=numbers)
        case Which.MENDED:
            return say("explain.reference_mended", number=proposal.hits[0].item.number)
        case Which.NEAR:
            near = next(h for h in proposal.hits if h.which is Which.NEAR)
            return say("explain.number_near", number=near.item.number, written=near.written)
        case Which.ALL:
            return say("explain.everything", count=count)
        case Which.SUBSET:
            return say("explain.sum", count=count)
        case Which.OLDEST:
            return say("explain.oldest")
        case Which.AMOUNT:
            return say("explain.only_amount", number=proposal.fitting.rooms[0].item.number)


def _fit(proposal: Proposal, incoming: Incoming) -> Sentence:
    fitting = proposal.fitting
    paid = Money(sum(fitting.cents), incoming.currency)
    if fitting.fit is Fit.EXACT:  # most are
        return say("explain.amount", amount=paid)
    difference = Money(fitting.difference_cents, incoming.currency)
    match fitting.fit:
        case Fit.CREDITED:
            return say("explain.credit", amount=difference)
        case Fit.COMPLETED:
            return say("explain.completed", count=len(fitting.rooms) - len(proposal.hits))
        case Fit.DISCOUNT:
            return say("explain.discount", percent=fitting.percent, amount=difference)
        case Fit.FEE:
            return say("explain.fee", amount=difference)
        case Fit.PART | Fit.SPREAD:
            return say("explain.part", amount=paid, difference=difference)
        case Fit.OVER:
            return say("explain.over", amount=difference)
        case Fit.SLIP:
            return say("explain.slip", amount=Money(incoming.cents, incoming.currency))
    return _closed(proposal, incoming)


def is_unseen(proposal: Proposal, incoming: Incoming) -> bool:
    """As `Explanation.unseen`: the books are behind the bank, or it went back; nobody is to be called about it before a look."""
    if proposal.fitting.fit is not Fit.CLOSED or proposal.which not in (Which.REFERENCE, Which.NUMBER):
        return False
    item = proposal.hits[0].item
    return item.as_of is not None and incoming.booked < item.as_of and item.open_cents == incoming.cents


def _closed(proposal: Proposal, incoming: Incoming) -> Sentence:
    item = proposal.hits[0].item
    if is_unseen(proposal, incoming) and item.as_of is not None:
        return say("explain.unseen", number=item.number, on=item.as_of)
    if item.as_of is not None and incoming.booked < item.as_of:
        return say("explain.before_export", number=item.number, on=item.as_of)
    return say("explain.paid_twice", number=item.number)


def _who(proposal: Proposal, candidates: Candidates) -> Sentence | None:
    payer = candidates.payer(proposal.debtor_id)
    match proposal.seen.who:
        case Who.ACCOUNT:
            return say("explain.account", name=payer.name)
        case Who.NAME:
            return say("explain.name_same", name=payer.name)
        case Who.GROUP:
            return say("explain.group", name=payer.name)
        case Who.SHARED:
            return say("explain.shared", name=payer.name)
        case Who.CUSTOMER:
            return say("explain.customer", number=payer.customer_number)
        case Who.NAMED | Who.HINTED:
            return say("explain.named", name=payer.name)
        case Who.ALIKE:
            return say("explain.name_alike", name=payer.name, share=proposal.seen.likeness)
        case Who.NAMESAKE:
            return say("explain.namesake")
        case Who.OTHER:
            return say("explain.other_payer")
        case Who.NOBODY:
            return None


def _days(proposal: Proposal) -> Sentence | None:
    past = None
    for room in proposal.fitting.rooms:
        if room.ask:
            day = room.item.as_of
            return say("explain.same_day", on=day) if day else say("explain.day_unknown")
        past = past or (None if room.lowers else room.item.as_of)
    return say("explain.history", on=past) if past is not None else None


def _against(proposal: Proposal, *, rival: bool) -> Iterator[Sentence]:
    if proposal.doubt and proposal.fitting.fit is not Fit.CLOSED:
        yield say("explain.could_be", number=proposal.doubt)
    if not proposal.fitting.firm and proposal.fitting.fit in (Fit.EXACT, Fit.CREDITED, Fit.COMPLETED):
        yield say("explain.other_ways")
    if rival:
        yield say("explain.rival")
