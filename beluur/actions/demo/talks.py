"""Conversations of the demo that did not end in a plain yes: a last day that stands, and a plan that a colleague decides on."""

from __future__ import annotations

from datetime import datetime, time

from beluur.actions.demo.calendar import ZONE
from beluur.actions.demo.scenes import call, remind
from beluur.actions.demo.stage import Stage, Troupe, bill
from beluur.domain.call_report import CallbackSaid, CallReport, PromiseSaid, ReasonSaid, UltimatumSaid
from beluur.domain.case import Outcome
from beluur.domain.ultimatum import Consequence
from beluur.law.days import add_months
from beluur.playbook import ReasonCode
from beluur.values.money import in_parts
from beluur.values.sentence import say
from beluur.words import render


def last_day(troupe: Troupe, stage: Stage) -> None:
    """Would propose nothing: a day was said, and what follows it."""
    bill(troupe, stage, [33, 18])
    remind(troupe, stage)
    remind(troupe, stage, days=12, level=2)
    told = render(say("ultimatum.told_notice"), stage.player.language)
    cents = sum(i.open_cents for i in stage.invoices)
    report = CallReport(
        Outcome.REACHED,
        received="yes",
        refused=True,
        reasons=(ReasonSaid(ReasonCode.CASH_PROBLEM.value, "Er is nu geen geld"),),
        ultimatum=UltimatumSaid(troupe.story.ahead(2), cents, Consequence.NOTICE.value, told),
        discussed="Er is nu geen geld, en een voorstel kwam er niet",
        send=False,
    )
    call(troupe, stage, troupe.story.working(1), report)


def reserved(troupe: Troupe, stage: Stage) -> None:
    """Offered more parts than the caller may grant: noted under reservation, with a call back tomorrow."""
    (one,) = bill(troupe, stage, [26])
    remind(troupe, stage)
    story = troupe.story
    first = story.ahead(3)
    parts = tuple((add_months(first, n), cents) for n, cents in enumerate(in_parts(one.open_cents, 8)))
    words = "Acht maanden lang hetzelfde bedrag"
    promise = PromiseSaid(parts, yes=True, said="received_on", words=words, reserved=True)
    back = CallbackSaid(datetime.combine(story.ahead(1), time(10, 0), ZONE), who=stage.player.contact)
    report = CallReport(
        Outcome.REACHED,
        received="yes",
        promise=promise,
        callback=back,
        reasons=(ReasonSaid(ReasonCode.CASH_PROBLEM.value, words),),
        send=False,
    )
    call(troupe, stage, story.working(1), report)
