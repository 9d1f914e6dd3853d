"""Money that went back, whole or in part: what it had paid is open again, and promises that were kept with it are judged anew
(J3). All returns of a transaction at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Sum

from beluur.actions.bank.give_back import Back, GivenBack, Going, give_back_of
from beluur.actions.judge_commitments import judge_anew, who_agreed
from beluur.actions.once import Doer
from beluur.domain.payment_state import WAITING
from beluur.domain.return_reason import return_reason
from beluur.store.among import rows_among
from beluur.store.models import Debtor, Payment
from beluur.store.save import Happening, append_many, update_many
from beluur.values.money import Money
from beluur.values.sentence import say


class _Return(NamedTuple):
    """``back`` takes back of ``original`` as much as it is; ``whole``: all that remained of it."""

    back: Payment
    original: Payment
    whole: bool


def take_back(doer: Doer, returns: Mapping[int, int]) -> set[int]:
    """``returns``: the payment that went out -> the one that came in before and goes back with it; in the running transaction.
    What of it nobody had explained needs no explanation any more. One that went back already goes back no second time: the
    payment then waits for a person. Gives the debtors concerned."""
    if not returns:
        return set()
    here = doer.administration_id
    originals = _payments(here, set(returns.values()), lock=True)
    backs = _payments(here, returns)
    before = rows_among(Payment, here, "takes_back_id", originals, ("takes_back_id", "id"))
    gone = {original_id: i for original_id, i in before if i not in returns}
    taken = []
    for back_id, original_id in sorted(returns.items()):
        back, original = backs[back_id], originals[original_id]
        if gone.setdefault(original_id, back_id) == back_id:
            taken.append(_Return(back, original, whole=original.amount_cents == -back.amount_cents))
        else:
            Payment.objects.filter(administration_id=here, id=back_id).update(
                takes_back=None, state="unexplained", left_cents=back.amount_cents
            )
    debtors = _take(doer, taken)
    fresh = [i for (i,) in rows_among(Debtor, here, "id", debtors, ("id",), "NOT r.step_stale")]
    if fresh:  # most are stale already, for it is on their timeline
        Debtor.objects.filter(administration_id=here, id__in=fresh).update(step_stale=True)
    return debtors


_LOOKED_AT = (
    "id debtor_id booked_on amount_cents currency left_cents state returned takes_back_id perhaps_id"
).split()


def _payments(administration_id: int, ids: Collection[int], *, lock: bool = False) -> dict[int, Payment]:
    """As far as they are looked at here: each statement takes some back, in many short transactions."""
    rows = rows_among(Payment, administration_id, "id", ids, _LOOKED_AT, lock=lock)
    return {row[0]: Payment.from_db(None, _LOOKED_AT, row) for row in rows}


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
    return _take(doer, [_Return(back, original, whole)])


def _take(doer: Doer, returns: Sequence[_Return]) -> set[int]:
    going = [Going(r.original, Back(r.back.id, r.back.booked_on), -r.back.amount_cents) for r in returns]
    given = give_back_of(doer, going)
    debtors = {i for _, original, _ in returns for i in (original.debtor_id, original.perhaps_id) if i}
    debtors = debtors.union(*(g.invoices for g in given.values()))
    for back, original, whole in returns:
        of_rest = given[original.id].of_rest
        back.debtor_id = original.debtor_id
        back.left_cents, back.state, back.proposal, back.perhaps = -of_rest, "explained", {}, None
        original.left_cents -= of_rest
        _settle(original, whole=whole)
    changed = [payment for back, original, _ in returns for payment in (back, original)]
    update_many(
        Payment,
        doer.administration_id,
        ("debtor_id", "left_cents", "state", "proposal", "perhaps_id"),
        [(p.debtor_id, p.left_cents, p.state, "{}", p.perhaps_id, p.id) for p in changed],
    )
    _tell(doer, returns, given)
    _judge(doer, given.values())
    return debtors


def _settle(original: Payment, *, whole: bool) -> None:
    """What remains of it waits as it did, but nobody proposes any more what all of it would have paid."""
    original.proposal = {}
    if whole or not original.left_cents:
        original.state, original.perhaps = "explained", None
    elif original.state in WAITING:
        original.state = "rest"


def _judge(doer: Doer, given: Iterable[GivenBack]) -> None:
    """What was kept or met with the money, of the few who agreed on anything."""
    taken = [(debtor_id, ids, g.since) for g in given for debtor_id, ids in g.invoices.items()]
    agreed = who_agreed(doer.administration_id, {debtor_id for debtor_id, _, _ in taken})
    for debtor_id, invoices, since in taken:
        if debtor_id in agreed:
            judge_anew(doer.administration_id, debtor_id, invoices, since, doer.at)


def _tell(doer: Doer, returns: Sequence[_Return], given: Mapping[int, GivenBack]) -> None:
    happenings = [
        happening
        for back, original, _ in returns
        for happening in _happenings(back, original, given[original.id].invoices)
    ]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)


def _happenings(back: Payment, original: Payment, debtors: Iterable[int]) -> Iterator[Happening]:
    amount, whole = Money(-back.amount_cents, back.currency), Money(original.amount_cents, original.currency)
    if amount == whole:
        said = say("event.payment_returned", amount=amount, day=back.booked_on)
    else:
        said = say("event.payment_part_returned", amount=amount, whole=whole, day=back.booked_on)
    reason = return_reason(back.returned)
    because = (say("bank_return.because", reason=reason),) if reason else ()
    for debtor_id in debtors:
        yield Happening(debtor_id, "payment_returned", said, because, facts={"payment": back.id})
