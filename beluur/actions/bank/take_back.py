"""Money that went back: what it had paid is open again, and promises that were kept with it are judged anew (J3)."""

from __future__ import annotations

from collections.abc import Mapping

from beluur.actions.bank.give_back import Back, give_back
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.once import Doer
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
    gone = dict(here.filter(takes_back__in=originals).values_list("takes_back_id", "id"))
    debtors: set[int] = set()
    for back_id, original_id in sorted(returns.items()):
        if gone.setdefault(original_id, back_id) == back_id:
            debtors |= _take_back(doer, backs[back_id], originals[original_id])
        else:
            here.filter(id=back_id).update(
                takes_back=None, state="unexplained", left_cents=backs[back_id].amount_cents
            )
    Debtor.objects.filter(administration_id=doer.administration_id, id__in=debtors).update(step_stale=True)
    return debtors


def _take_back(doer: Doer, back: Payment, original: Payment) -> set[int]:
    back.takes_back, back.debtor_id = original, original.debtor_id
    back.left_cents, back.state, back.proposal, back.perhaps = -original.left_cents, "explained", {}, None
    back.save(update_fields=["takes_back", "debtor", "left_cents", "state", "proposal", "perhaps"])
    given = give_back(doer, [original.id], {original.id: Back(back.id, back.booked_on)})
    debtors = set(given.invoices) | {i for i in (original.debtor_id, original.perhaps_id) if i}
    original.state, original.proposal, original.perhaps = "explained", {}, None
    original.save(update_fields=["state", "proposal", "perhaps"])
    said = say(
        "event.payment_returned", amount=Money(original.amount_cents, original.currency), day=back.booked_on
    )
    happenings = [
        Happening(debtor_id, "payment_returned", said, facts={"payment": back.id})
        for debtor_id in given.invoices
    ]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
    for debtor_id, invoices in given.invoices.items():
        judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
    return debtors
