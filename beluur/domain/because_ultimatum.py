"""What is said of an ultimatum: on the next step as its reason, and at the gate (D12, J5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beluur.domain.because_books import looked_to
from beluur.domain.case import Case, UltimatumFact
from beluur.domain.standing_ultimatum import still_open
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def because_ultimatum(ultimatum: UltimatumFact, case: Case, today: date) -> Iterator[Sentence]:
    """The day, the amount and the consequence; what of it did come in; and when that is not known, to which day one must look."""
    amount = Money(ultimatum.cents, case.currency)
    params = {
        "amount": amount,
        "until": ultimatum.until,
        "consequence": consequence_name(ultimatum.consequence),
    }
    unknown = not ultimatum.missed and ultimatum.check_on < today
    if ultimatum.missed:
        yield Sentence("ultimatum.missed", params)
    else:
        yield Sentence("ultimatum.unknown" if unknown else "ultimatum.stands", params)
    left = still_open(ultimatum, case)
    if 0 < left < ultimatum.cents:
        yield say("ultimatum.still_open", amount=Money(left, case.currency))
    if unknown:
        yield looked_to(case, {i for i, _, _ in ultimatum.covers}, ultimatum.check_on)


def consequence_name(consequence: str) -> Sentence:
    """What follows, as a name: "een formele aanmaning"."""
    return Sentence(f"ultimatum.next_{consequence}")


def ultimatum_set(amount: Money, on: date, consequence: str) -> Sentence:
    """The ultimatum as it is said, and as the timeline tells it: "vóór die dag, anders volgt een formele aanmaning"."""
    return say("ultimatum.set", amount=amount, on=on, consequence=consequence_name(consequence))


def gate_ultimatum(ultimatum: UltimatumFact, today: date) -> Sentence:
    """Why he is not called about it now: his day has not come, or nobody knows yet whether he paid."""
    if ultimatum.check_on >= today:
        return say("gate.ultimatum", until=ultimatum.until)
    return say("gate.ultimatum_unknown", until=ultimatum.until)
