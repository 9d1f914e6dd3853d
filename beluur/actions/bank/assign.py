"""What a person says of a payment: it pays these, it is none of ours, or it was put in the wrong place. Each choice teaches:
whose account it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from beluur.actions.bank.book import Entry, Raced, book, settle_states
from beluur.actions.bank.check_parts import Wanted, checked_parts
from beluur.actions.bank.explain_waiting import explain_behind, explain_waiting, propose_again
from beluur.actions.bank.give_back import forget_payers, give_back
from beluur.actions.bank.same_amount import propose_by_amount
from beluur.actions.bank.take_back import take_of, what_remains
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.payment_state import Cause, may
from beluur.domain.reconciliation.incoming import Part
from beluur.store.load import also_his
from beluur.store.models import Allocation, Debtor, DebtorKey, Invoice, Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say

__all__ = [
    "Wanted",
    "accept_proposal",
    "accept_return",
    "assign_payment",
    "set_aside",
    "take_back_assignment",
]


def assign_payment(
    doer: Doer,
    *,
    payment_id: int,
    parts: Sequence[Wanted],
    debtor_id: int | None = None,
    learn: bool = True,
    counted: bool | None = None,
) -> dict[str, Any]:
    """Puts a payment on invoices. What is left over stays with ``debtor_id`` (or the one debtor of the parts) as paid too much.

    ``learn``: from now on this account is known as that debtor's. ``counted`` answers whether the open amounts of that same day
    already hold it; without an answer it is asked: Refused at the field ``counted``. Gives the payment's id and how many others
    it explained.
    Raises Payment.DoesNotExist; Refused when more is assigned than came in, or than is open."""

    def do() -> dict[str, Any]:
        payment = _locked(doer, payment_id, debtor_id, invoices=[part.invoice_id for part in parts])
        if debtor_id is not None:
            the_debtor(doer, debtor_id)
        if not may(payment.state, Cause.ASSIGNED):
            raise Refused(say("payments.not_waiting"))
        chosen = checked_parts(doer, payment, parts, counted=counted)
        owners = {part.debtor_id for part in chosen}
        owner = debtor_id or (next(iter(owners)) if len(owners) == 1 else None)
        if not chosen and owner is None:
            raise Refused(say("payments.choose_invoice"), "parts")
        before = _may_be_of(payment)
        _book(doer, payment, chosen, learn=learn)
        if learn and payment.iban and payment.amount_cents > 0:
            _remember(doer, owners or {owner or 0}, payment.iban)
        _settle(doer, payment, owner)
        if not chosen and owner:
            amount = Money(payment.left_cents, payment.currency)
            said = say("event.payment_kept", amount=amount, day=payment.booked_on)
            put_on_record(doer, Happening(owner, "payment", said, facts={"payment": payment.id}))
        facts_changed(doer, owners | before | ({owner} if owner else set()))
        facts_changed(doer, explain_behind(doer, [payment.id]))
        return {"payment": payment.id, "explained": _others(doer, payment) if learn else 0}

    return once(doer, "assign_payment", do)


def accept_proposal(
    doer: Doer, *, payment_id: int, choice: int = 0, counted: bool | None = None
) -> dict[str, Any]:
    """Takes the engine's proposal number ``choice`` (0 is the first) as a person's word."""
    unkeyed = replace(
        doer, key=""
    )  # the key is this action's: said twice, the proposal is gone, and the answer the same

    def do() -> dict[str, Any]:
        payment = _locked(doer, payment_id)
        choices = payment.proposal.get("choices", [])
        returns = payment.proposal.get("returns", [])
        if payment.amount_cents < 0 and 0 <= choice < len(returns):
            return accept_return(unkeyed, payment_id=payment_id, of=returns[choice]["payment"])
        if not 0 <= choice < len(choices):
            raise Refused(say("payments.no_proposal"))
        chosen = choices[choice]
        parts = [Wanted(invoice_id, cents) for invoice_id, _, cents in chosen["parts"]]
        owner = _who_stands_for(doer, chosen["debtor"])
        return assign_payment(unkeyed, payment_id=payment_id, parts=parts, debtor_id=owner, counted=counted)

    return once(doer, "accept_proposal", do)


def accept_return(doer: Doer, *, payment_id: int, of: int) -> dict[str, Any]:
    """The payment that went out takes back ``of``, which came in before, or as much of it: its invoices are open again.

    Raises Payment.DoesNotExist; Refused when the two do not belong together, or when less of it remains."""

    def do() -> dict[str, Any]:
        _lock(doer, [payment_id, of])
        back, original = _locked(doer, payment_id), _locked(doer, of)
        if back.amount_cents >= 0 or not may(back.state, Cause.ASSIGNED):
            raise Refused(say("payments.not_waiting"))
        if original.amount_cents <= 0 or original.account_id is None or original.currency != back.currency:
            raise Refused(say("payments.return_differs"))
        if not may(original.state, Cause.PART_RETURNED):
            raise Refused(say("payments.return_differs"))
        remains = what_remains(doer, original, back)
        if remains <= 0:
            raise Refused(say("payments.returned_already"))
        if remains < -back.amount_cents:
            raise Refused(say("payments.return_more", remains=Money(remains, original.currency)))
        debtors = take_of(doer, back, original)
        facts_changed(doer, debtors)
        return {"payment": back.id, "explained": 0}

    return once(doer, "accept_return", do)


def set_aside(doer: Doer, *, payment_id: int) -> int:
    """No customer paid an invoice with it. Gives the payment's id."""

    def do() -> dict[str, Any]:
        payment = _locked(doer, payment_id)
        if not may(payment.state, Cause.SET_ASIDE):
            raise Refused(say("payments.not_waiting"))
        before = _may_be_of(payment)
        payment.state, payment.perhaps, payment.proposal = "not_ours", None, {}
        payment.save(update_fields=["state", "perhaps", "proposal"])
        facts_changed(doer, {*explain_behind(doer, [payment.id]), *before})
        return {"payment": payment.id}

    return int(once(doer, "set_aside", do)["payment"])


def take_back_assignment(doer: Doer, *, payment_id: int) -> int:
    """It was put in the wrong place, or set aside by mistake: what it paid is open again, and it waits with what the engine
    proposes for it; only a person books it again. Gives its id."""

    def do() -> dict[str, Any]:
        payment = _locked(doer, payment_id)
        if payment.account_id is None or not may(payment.state, Cause.TAKEN_BACK) or payment.takes_back_id:
            raise Refused(say("payments.cannot_take_back"))
        if _is_taken_back(doer, payment):
            raise Refused(say("payments.returned_already"))
        if payment.state == "not_ours" and payment.left_cents != payment.amount_cents:
            return _wait_for_the_rest(doer, payment)
        given = give_back(doer, [payment.id])
        was = {i for i in (payment.debtor_id, payment.perhaps_id) if i}
        payment.debtor, payment.perhaps = None, None
        payment.save(update_fields=["debtor", "perhaps"])
        forget_payers(doer.administration_id, [payment.iban], set(given.invoices) | was)
        propose_again(doer, payment, set(given.invoices) | was)
        amount = Money(payment.amount_cents, payment.currency)
        for debtor_id, invoices in given.invoices.items():
            said = say("event.payment_taken_off", amount=amount, day=payment.booked_on)
            put_on_record(
                doer, Happening(debtor_id, "payment_taken_off", said, facts={"payment": payment.id})
            )
            judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
        facts_changed(doer, set(given.invoices) | was | _may_be_of(payment))
        return {"payment": payment.id}

    return int(once(doer, "take_back_assignment", do)["payment"])


def _wait_for_the_rest(doer: Doer, payment: Payment) -> dict[str, Any]:
    """Only what was left had been set aside: what is on invoices stays there."""
    payment.state, payment.perhaps_id = "rest", payment.debtor_id
    payment.save(update_fields=["state", "perhaps"])
    facts_changed(doer, [payment.debtor_id] if payment.debtor_id else [])
    return {"payment": payment.id}


def _may_be_of(payment: Payment) -> set[int]:
    return {i for i in (payment.debtor_id, payment.perhaps_id, *also_his(payment.proposal)) if i}


def _lock(doer: Doer, payment_ids: Sequence[int], *debtors: int | None, invoices: Sequence[int] = ()) -> None:
    """The debtors first, as everywhere: those of these payments, of what they pay, and of these invoices."""
    here = {"administration_id": doer.administration_id}
    owners: set[int | None] = set(debtors)
    owners.update(Invoice.objects.filter(**here, id__in=invoices).values_list("debtor_id", flat=True))
    paid = Allocation.objects.filter(**here, payment_id__in=payment_ids)
    owners.update(paid.values_list("invoice__debtor_id", flat=True))
    for *row, proposal in Payment.objects.filter(**here, id__in=payment_ids).values_list(
        "debtor_id", "perhaps_id", "proposal"
    ):
        owners.update((*row, *also_his(proposal)))
    lock_debtors(doer.administration_id, owners)


def _locked(doer: Doer, payment_id: int, *debtors: int | None, invoices: Sequence[int] = ()) -> Payment:
    _lock(doer, [payment_id], *debtors, invoices=invoices)
    return Payment.objects.select_for_update(of=("self",)).get(
        administration_id=doer.administration_id, id=payment_id
    )


def _who_stands_for(doer: Doer, debtor_id: int) -> int:
    """The debtor, or the one into whom he was merged since it was proposed."""
    rows = Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id)
    return rows.values_list("merged_into_id", flat=True).first() or debtor_id


def _is_taken_back(doer: Doer, payment: Payment) -> bool:
    return Payment.objects.filter(administration_id=doer.administration_id, takes_back_id=payment.id).exists()


def _book(doer: Doer, payment: Payment, parts: tuple[Part, ...], *, learn: bool) -> None:
    entry = Entry(
        payment.id,
        payment.booked_on,
        payment.amount_cents,
        payment.currency,
        parts,
        (say("explain.by_hand", who=doer.name),),
        payment.iban if learn else "",
        payment.text[:300],
    )
    try:
        book(doer, [entry])
    except Raced:
        raise Refused(say("by_hand.open_changed"), "parts") from None


def _remember(doer: Doer, debtors: set[int], iban: str) -> None:
    """The account pays for each of these: one of them, or a group."""
    for debtor_id in sorted(debtors):
        DebtorKey.objects.get_or_create(
            administration_id=doer.administration_id, debtor_id=debtor_id, kind="payer", scope="", value=iban
        )


def _settle(doer: Doer, payment: Payment, owner: int | None) -> None:
    settle_states(doer.administration_id, [payment.id])
    payment.refresh_from_db()
    payment.debtor_id, payment.proposal = owner, {}
    payment.perhaps_id = None
    if payment.left_cents and owner:  # paid too much: it is his, and nobody has to look for whose it is
        payment.state, payment.perhaps_id = "explained", owner
    payment.save(update_fields=["debtor", "proposal", "perhaps", "state"])


def _others(doer: Doer, payment: Payment) -> int:
    """Payments from the same account that wait, looked at with what was just learnt."""
    if not payment.iban:
        return 0
    same = Payment.objects.filter(
        administration_id=doer.administration_id, iban=payment.iban, state__in=("proposed", "unexplained")
    )
    ids = list(same.values_list("id", flat=True)[:200])
    debtors = explain_waiting(doer, only=ids) if ids else set()
    debtors |= propose_by_amount(doer, only=ids)
    facts_changed(doer, debtors)
    done = Payment.objects.filter(administration_id=doer.administration_id, id__in=ids)
    return done.filter(state__in=("explained", "rest")).count()
