"""Money that went back, whole or in part: what it had paid is open again, and promises that were kept with it are judged anew
(J3)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Sum

from beluur.actions.bank.give_back import Back, GivenBack, give_back_of
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.once import Doer
from beluur.domain.payment_state import WAITING
from beluur.domain.return_reason import return_reason
from beluur.store.models import Debtor, Payment
from beluur.store.save import Happening, append_many
from beluur.values.money import Money
from beluur.values.sentence import say


def take_back(doer: Doer, returns: Mapping[int, int]) -> set[int]:
    """``returns``: the payment that went out -> the one that came in before and goes back with it; in the running transaction.
    What of it nobody had explained needs no explanation any more. One that went back already goes back no second time: the
    payment then waits for a person. Gives the debtors concerned."""
    if not returns:
        return set()
    here = Payment.objects.filter(administration_id=doer.administration_id)
    originals = {p.id: p for p in here.select_for_update(of=("self",)).filter(id__in=set(returns.values()))}
    backs = {p.id: p for p in here.filter(id__in=list(returns))}
    before = here.filter(takes_back__in=originals).exclude(id__in=list(returns))
    gone = dict(before.values_list("takes_back_id", "id"))
    debtors: set[int] = set()
    for back_id, original_id in sorted(returns.items()):
        if gone.setdefault(original_id, back_id) == back_id:
            debtors |= take_of(doer, backs[back_id], originals[original_id])
        else:
            here.filter(id=back_id).update(
                takes_back=None, state="unexplained", left_cents=backs[back_id].amount_cents
            )
    Debtor.objects.filter(administration_id=doer.administration_id, id__in=debtors).update(step_stale=True)
    return debtors


def what_remains(doer: Doer, original: Payment, back: Payment) -> int:
    """Cents of a payment that did not go back before ``back``."""
    gone = Payment.objects.filter(administration_id=doer.administration_id, takes_back_id=original.id)
    cents = gone.exclude(id=back.id).aggregate(sum=Sum("amount_cents"))["sum"]
    return original.amount_cents + (cents or 0)


def take_of(doer: Doer, back: Payment, original: Payment) -> set[int]:
    """``back`` takes as much of ``original`` back as it is, which is no more than remains of it; in the running transaction.
    Gives the debtors concerned."""
    whole = what_remains(doer, original, back) == -back.amount_cents
    back.takes_back = original
    back.save(
        update_fields=["takes_back"]
    )  # before what is open is counted anew: its rows are of the original
    given = give_back_of(doer, original, Back(back.id, back.booked_on), -back.amount_cents)
    back.debtor_id = original.debtor_id
    back.left_cents, back.state, back.proposal, back.perhaps = -given.of_rest, "explained", {}, None
    back.save(update_fields=["debtor", "left_cents", "state", "proposal", "perhaps"])
    debtors = set(given.invoices) | {i for i in (original.debtor_id, original.perhaps_id) if i}
    original.left_cents -= given.of_rest
    _settle(original, whole=whole)
    _tell(doer, back, original, given)
    for debtor_id, invoices in given.invoices.items():
        judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
    return debtors


def _settle(original: Payment, *, whole: bool) -> None:
    """What remains of it waits as it did, but nobody proposes any more what all of it would have paid."""
    original.proposal = {}
    if whole or not original.left_cents:
        original.state, original.perhaps = "explained", None
    elif original.state in WAITING:
        original.state = "rest"
    original.save(update_fields=["left_cents", "state", "proposal", "perhaps"])


def _tell(doer: Doer, back: Payment, original: Payment, given: GivenBack) -> None:
    amount, whole = Money(-back.amount_cents, back.currency), Money(original.amount_cents, original.currency)
    if amount == whole:
        said = say("event.payment_returned", amount=amount, day=back.booked_on)
    else:
        said = say("event.payment_part_returned", amount=amount, whole=whole, day=back.booked_on)
    reason = return_reason(back.returned)
    because = (say("bank_return.because", reason=reason),) if reason else ()
    happenings = [
        Happening(debtor_id, "payment_returned", said, because, facts={"payment": back.id})
        for debtor_id in given.invoices
    ]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
