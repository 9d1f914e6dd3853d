"""What a person says of a payment: it pays these, it is none of ours, or it was put in the wrong place. Each choice teaches:
whose account it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from beluur.actions.bank.book import Entry, Raced, book, give_back, settle_states
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.judge_commitments import judge_anew
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed
from beluur.domain.payment_state import Cause, may
from beluur.domain.reconciliation.incoming import Part
from beluur.store.models import DebtorKey, Invoice, Payment
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say


class Wanted(NamedTuple):
    """So much of the payment on this invoice; negative uses so much of a credit note."""

    invoice_id: int
    cents: int


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
        payment = _locked(doer, payment_id)
        if not may(payment.state, Cause.ASSIGNED):
            raise Refused(say("payments.not_waiting"))
        chosen = _checked(doer, payment, parts, counted=counted)
        owners = {part.debtor_id for part in chosen}
        owner = debtor_id or (next(iter(owners)) if len(owners) == 1 else None)
        if not chosen and owner is None:
            raise Refused(say("payments.choose_invoice"), "parts")
        _book(doer, payment, chosen, learn=learn)
        if learn and payment.iban:
            _remember(doer, owners or {owner or 0}, payment.iban)
        _settle(doer, payment, owner)
        if not chosen and owner:
            amount = Money(payment.amount_cents, payment.currency)
            said = say("event.payment_kept", amount=amount, day=payment.booked_on)
            put_on_record(doer, Happening(owner, "payment", said, facts={"payment": payment.id}))
        facts_changed(doer, owners | ({owner} if owner else set()))
        return {"payment": payment.id, "explained": _others(doer, payment) if learn else 0}

    return once(doer, "assign_payment", do)


def accept_proposal(
    doer: Doer, *, payment_id: int, choice: int = 0, counted: bool | None = None
) -> dict[str, Any]:
    """Takes the engine's proposal number ``choice`` (0 is the first) as a person's word."""
    payment = Payment.objects.get(administration_id=doer.administration_id, id=payment_id)
    choices = payment.proposal.get("choices", [])
    returns = payment.proposal.get("returns", [])
    if payment.amount_cents < 0 and choice < len(returns):
        return accept_return(doer, payment_id=payment_id, of=returns[choice]["payment"])
    if choice >= len(choices):
        raise Refused(say("payments.no_proposal"))
    chosen = choices[choice]
    parts = [Wanted(invoice_id, cents) for invoice_id, _, cents in chosen["parts"]]
    return assign_payment(
        doer, payment_id=payment_id, parts=parts, debtor_id=chosen["debtor"], counted=counted
    )


def accept_return(doer: Doer, *, payment_id: int, of: int) -> dict[str, Any]:
    """The payment that went out takes back ``of``, which came in before: its invoices are open again."""

    def do() -> dict[str, Any]:
        back, original = _locked(doer, payment_id), _locked(doer, of)
        if back.amount_cents >= 0 or not may(back.state, Cause.ASSIGNED) or _is_taken_back(doer, original):
            raise Refused(say("payments.not_waiting"))
        if original.amount_cents != -back.amount_cents:
            raise Refused(say("payments.return_differs"))
        given = give_back(doer, [original.id], {original.id: back.id})
        back.takes_back, back.debtor_id = original, original.debtor_id
        back.left_cents, back.state, back.proposal = 0, "explained", {}
        back.save(update_fields=["takes_back", "debtor", "left_cents", "state", "proposal"])
        amount = Money(original.amount_cents, original.currency)
        for debtor_id, invoices in given.invoices.items():
            said = say("event.payment_returned", amount=amount, day=back.booked_on)
            put_on_record(doer, Happening(debtor_id, "payment_returned", said, facts={"payment": back.id}))
            judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
        facts_changed(doer, given.invoices)
        return {"payment": back.id, "explained": 0}

    return once(doer, "accept_return", do)


def set_aside(doer: Doer, *, payment_id: int) -> int:
    """No customer paid an invoice with it. Gives the payment's id."""

    def do() -> dict[str, Any]:
        payment = _locked(doer, payment_id)
        if not may(payment.state, Cause.SET_ASIDE):
            raise Refused(say("payments.not_waiting"))
        debtor = payment.perhaps_id
        payment.state, payment.perhaps = "not_ours", None
        payment.save(update_fields=["state", "perhaps"])
        facts_changed(doer, [debtor] if debtor else [])
        return {"payment": payment.id}

    return int(once(doer, "set_aside", do)["payment"])


def take_back_assignment(doer: Doer, *, payment_id: int) -> int:
    """It was put in the wrong place, or set aside by mistake: what it paid is open again, and it waits. Gives its id."""

    def do() -> dict[str, Any]:
        payment = _locked(doer, payment_id)
        if payment.account_id is None or not may(payment.state, Cause.TAKEN_BACK) or payment.takes_back_id:
            raise Refused(say("payments.cannot_take_back"))
        if _is_taken_back(doer, payment):
            raise Refused(say("payments.returned_already"))
        given = give_back(doer, [payment.id])
        DebtorKey.objects.filter(
            administration_id=doer.administration_id,
            debtor_id__in=list(given.invoices),
            kind="payer",
            value=payment.iban,
        ).delete()
        was = payment.debtor_id
        payment.debtor, payment.perhaps, payment.proposal = None, None, {}
        payment.left_cents, payment.state = payment.amount_cents, "unexplained"
        payment.save(update_fields=["debtor", "perhaps", "proposal", "left_cents", "state"])
        amount = Money(payment.amount_cents, payment.currency)
        for debtor_id, invoices in given.invoices.items():
            said = say("event.payment_taken_off", amount=amount, day=payment.booked_on)
            put_on_record(
                doer, Happening(debtor_id, "payment_taken_off", said, facts={"payment": payment.id})
            )
            judge_anew(doer.administration_id, debtor_id, invoices, given.since, doer.at)
        facts_changed(doer, set(given.invoices) | ({was} if was else set()))
        return {"payment": payment.id}

    return int(once(doer, "take_back_assignment", do)["payment"])


def _locked(doer: Doer, payment_id: int) -> Payment:
    return Payment.objects.select_for_update(of=("self",)).get(
        administration_id=doer.administration_id, id=payment_id
    )


def _is_taken_back(doer: Doer, payment: Payment) -> bool:
    return Payment.objects.filter(administration_id=doer.administration_id, takes_back_id=payment.id).exists()


def _checked(
    doer: Doer, payment: Payment, parts: Sequence[Wanted], *, counted: bool | None
) -> tuple[Part, ...]:
    """The parts with their debtors: never more than came in, than is open, or in another currency."""
    wanted = [part for part in parts if part.cents]
    rows = {
        row.id: row
        for row in Invoice.objects.select_for_update(of=("self",))
        .filter(administration_id=doer.administration_id, id__in=[p.invoice_id for p in wanted])
        .order_by("id")
    }
    total, chosen = 0, []
    for invoice_id, cents in wanted:
        row = rows.get(invoice_id)
        if row is None or row.currency != payment.currency:
            raise Refused(say("payments.other_invoice"), "parts")
        lowers = _lowers(payment, row, counted)
        room = row.open_cents if lowers else row.amount_cents - row.stated_open_cents
        if cents * room <= 0 or abs(cents) > abs(room):
            still = Money(row.open_cents, row.currency)
            raise Refused(say("payments.more_than_open", number=row.number, open=still), "parts")
        total += cents
        chosen.append(Part(invoice_id, row.debtor_id, cents, lowers))
    if total > payment.left_cents:
        left = Money(payment.left_cents, payment.currency)
        raise Refused(say("payments.more_than_came", left=left), "parts")
    return tuple(chosen)


def _lowers(payment: Payment, invoice: Invoice, counted: bool | None) -> bool:  # noqa: FBT001 - an answer, not a switch
    """Whether it comes off the open amount, or is in it already (ADR 0002)."""
    if invoice.as_of is not None and invoice.as_of != payment.booked_on:
        return payment.booked_on > invoice.as_of
    if counted is None:
        raise Refused(say("by_hand.already_counted", day=payment.booked_on), "counted")
    return not counted


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
    facts_changed(doer, debtors)
    done = Payment.objects.filter(administration_id=doer.administration_id, id__in=ids)
    return done.filter(state__in=("explained", "rest")).count()
