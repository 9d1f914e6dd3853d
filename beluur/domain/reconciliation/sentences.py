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
    return (
        *_which(proposal),
        *_fit(proposal, incoming),
        *_who(proposal, candidates),
        *_days(proposal),
        *_against(proposal, rival=rival),
    )


def _which(proposal: Proposal) -> Iterator[Sentence]:
    if proposal.fitting.fit is Fit.CLOSED:
        return
    count = len(proposal.fitting.rooms)
    match proposal.which:
        case Which.REFERENCE:
            yield say("explain.reference", reference=format_reference(proposal.hits[-1].written))
        case Which.NUMBER | Which.FAIR | Which.SHORT if len(proposal.hits) == 1:
            yield say("explain.number", number=proposal.hits[0].item.number)
        case Which.NUMBER | Which.FAIR | Which.SHORT:
            numbers = tuple(h.item.number for h in proposal.hits[:_MOST_NUMBERS])
            yield say("explain.numbers", count=len(proposal.hits), numbers=numbers)
        case Which.MENDED:
            yield say("explain.reference_mended", number=proposal.hits[0].item.number)
        case Which.NEAR:
            near = next(h for h in proposal.hits if h.which is Which.NEAR)
            yield say("explain.number_near", number=near.item.number, written=near.written)
        case Which.ALL:
            yield say("explain.everything", count=count)
        case Which.SUBSET:
            yield say("explain.sum", count=count)
        case Which.OLDEST:
            yield say("explain.oldest")
        case Which.AMOUNT:
            yield say("explain.only_amount", number=proposal.fitting.rooms[0].item.number)


def _fit(proposal: Proposal, incoming: Incoming) -> Iterator[Sentence]:
    fitting = proposal.fitting
    paid = Money(sum(fitting.cents), incoming.currency)
    if fitting.fit is Fit.EXACT:  # most are
        yield say("explain.amount", amount=paid)
        return
    difference = Money(fitting.difference_cents, incoming.currency)
    match fitting.fit:
        case Fit.CREDITED:
            yield say("explain.credit", amount=difference)
        case Fit.COMPLETED:
            yield say("explain.completed", count=len(fitting.rooms) - len(proposal.hits))
        case Fit.DISCOUNT:
            yield say("explain.discount", percent=fitting.percent, amount=difference)
        case Fit.FEE:
            yield say("explain.fee", amount=difference)
        case Fit.PART | Fit.SPREAD:
            yield say("explain.part", amount=paid, difference=difference)
        case Fit.OVER:
            yield say("explain.over", amount=difference)
        case Fit.SLIP:
            yield say("explain.slip", amount=Money(incoming.cents, incoming.currency))
        case Fit.CLOSED:
            yield _closed(proposal, incoming)


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


def _who(proposal: Proposal, candidates: Candidates) -> Iterator[Sentence]:
    payer = candidates.payer(proposal.debtor_id)
    match proposal.seen.who:
        case Who.ACCOUNT:
            yield say("explain.account", name=payer.name)
        case Who.NAME:
            yield say("explain.name_same", name=payer.name)
        case Who.GROUP:
            yield say("explain.group", name=payer.name)
        case Who.SHARED:
            yield say("explain.shared", name=payer.name)
        case Who.CUSTOMER:
            yield say("explain.customer", number=payer.customer_number)
        case Who.NAMED | Who.HINTED:
            yield say("explain.named", name=payer.name)
        case Who.ALIKE:
            yield say("explain.name_alike", name=payer.name, share=proposal.seen.likeness)
        case Who.NAMESAKE:
            yield say("explain.namesake")
        case Who.OTHER:
            yield say("explain.other_payer")
        case Who.NOBODY:
            return


def _days(proposal: Proposal) -> Iterator[Sentence]:
    past = None
    for room in proposal.fitting.rooms:
        day = room.item.as_of
        if room.ask:
            yield say("explain.same_day", on=day) if day else say("explain.day_unknown")
            return
        past = past or (None if room.lowers else day)
    if past is not None:
        yield say("explain.history", on=past)


def _against(proposal: Proposal, *, rival: bool) -> Iterator[Sentence]:
    if proposal.doubt and proposal.fitting.fit is not Fit.CLOSED:
        yield say("explain.could_be", number=proposal.doubt)
    if not proposal.fitting.firm and proposal.fitting.fit in (Fit.EXACT, Fit.CREDITED, Fit.COMPLETED):
        yield say("explain.other_ways")
    if rival:
        yield say("explain.rival")
