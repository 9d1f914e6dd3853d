"""The reasons that a promise gives: what was promised, what is not known of it, and that it was not kept."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.domain.because_books import looked_to
from beluur.domain.case import PromiseFact, Verdict
from beluur.domain.commitment import may_matter
from beluur.domain.local_time import local_day
from beluur.domain.options import standing
from beluur.domain.view import View
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def money(view: View, cents: int) -> Money:
    """``cents`` in his currency."""
    return Money(cents, view.case.currency)


def promise_to_come(view: View, promise: PromiseFact) -> Iterator[Sentence]:
    """What was promised, and when it must be seen."""
    instalment = standing(promise)
    if instalment is not None:
        code = "step.promise_received_on" if promise.said == "received_on" else "step.promise_pays_on"
        amount = money(view, instalment.cents)
        yield Sentence(code, {"amount": amount, "on": instalment.due, "control": instalment.control})
    yield from to_be_granted(view)


def to_be_granted(view: View) -> Iterator[Sentence]:
    """A2: what he is called back about."""
    for promise in view.case.promises:
        if promise.reserved and promise.instalments:
            amount = money(view, sum(part.cents for part in promise.instalments))
            yield say("step.reserved", amount=amount, on=promise.instalments[0].due)


def promise_unknown(view: View, promise: PromiseFact) -> Iterator[Sentence]:
    """That nobody knows whether it was kept, and what was looked at."""
    instalment = standing(promise)
    if instalment is None:
        return
    yield say("step.promise_unknown", amount=money(view, instalment.cents), control=instalment.control)
    if may_matter(promise.instalments, view.case.perhaps_paid_cents, view.policy):
        yield say("step.promise_perhaps", amount=money(view, view.case.perhaps_paid_cents))
        return
    covered = {invoice_id for invoice_id, _ in promise.covers}
    yield looked_to(view.case, covered, instalment.control)


def promise_broken(view: View, promise: PromiseFact) -> Iterator[Sentence]:
    """What was promised and is not there, with what he said."""
    for instalment in promise.instalments:
        if instalment.verdict in (Verdict.BROKEN, Verdict.PARTLY):
            amount = money(view, instalment.cents)
            said_on = local_day(promise.made_at, view.case.time_zone)
            code = "step.promise_partly" if instalment.verdict is Verdict.PARTLY else "step.promise_broken"
            yield Sentence(code, {"amount": amount, "on": instalment.due, "said_on": said_on})
            break
    if promise.words:
        yield say("step.said", words=promise.words)
