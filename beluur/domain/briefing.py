"""What the caller must know before dialling that the case does not show by itself: what is missing (C13), what to ask (C12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from beluur.domain.case import Case, DebtorKind
from beluur.domain.goal import Goal
from beluur.domain.parts import Why, promises_off_schedule, split
from beluur.domain.steps import NextStep, Step
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a good call needs; ``what`` names what can be filled in: phone, contact, email, due, copy, delivery,
    reminder, terms."""

    what: str
    sentence: Sentence
    invoice_ids: tuple[int, ...] = ()


def missing(case: Case, today: date) -> tuple[Missing, ...]:
    """What is not there yet, the most needed first."""
    return tuple(_missing(case, today))


def _missing(case: Case, today: date) -> Iterator[Missing]:
    if not case.has_phone:
        yield Missing("phone", say("gate.no_phone"))
    if not case.has_contact and case.kind is not DebtorKind.CONSUMER:
        yield Missing("contact", say("briefing.no_contact"))
    if not case.has_email:
        yield Missing("email", say("briefing.no_email"))
    without_due = tuple(i.id for i in case.invoices if i.open_cents > 0 and i.due is None)
    if without_due:
        yield Missing("due", say("briefing.no_due", invoices=len(without_due)), without_due)
    asked = [p.invoice for p in split(case, today).callable]
    without_copy = tuple(i.id for i in asked if not i.has_copy)
    if without_copy:
        yield Missing("copy", say("briefing.no_copy", invoices=len(without_copy)), without_copy)
    unknown = tuple(i.id for i in asked if not i.delivery)
    if unknown:
        yield Missing("delivery", say("briefing.no_delivery", invoices=len(unknown)), unknown)
    if asked and not any(r.level >= 1 for r in case.reminders):
        yield Missing("reminder", say("step.not_reminded"))
    if case.terms_given is False:
        yield Missing("terms", say("briefing.no_terms"))


def how_to_get(gap: Missing) -> Sentence:
    """Where what is missing can be found."""
    return Sentence(f"briefing.how_{gap.what}")


def with_own_questions(
    questions: tuple[Sentence, ...], gaps: tuple[Missing, ...], reason: Sentence | None
) -> tuple[Sentence, ...]:
    """The ``questions``, of which there is one at least, with those that only this case asks: whom to speak when nobody is known,
    what came of the ``reason`` that was given most, and where to write."""
    lacking = {gap.what for gap in gaps}
    first, *others = questions
    return (
        say("briefing.who_pays") if "contact" in lacking else first,
        *((say("briefing.reason_over", reason=reason),) if reason else ()),
        *others[:-1],
        *((say("briefing.which_email"),) if "email" in lacking else ()),
        *others[-1:],
    )


def key_questions(case: Case, step: NextStep, goal: Goal, today: date) -> tuple[Sentence, ...]:
    """The questions of this call, in the order in which they are asked (D4, D5, D13)."""
    return tuple(_questions(case, step, goal, today))


def _questions(case: Case, step: NextStep, goal: Goal, today: date) -> Iterator[Sentence]:
    yield say("briefing.right_person")
    broken = next(promises_off_schedule(case), None) if step.step is Step.CALL_BROKEN else None
    parts = split(case, today)
    if broken is not None:
        _, failed = broken
        yield say("briefing.about_promise", amount=Money(failed.cents, case.currency), on=failed.due)
    else:
        yield say("briefing.received")
    if parts.cents(Why.DISPUTED):
        yield say("briefing.undisputed_part", amount=Money(parts.callable_cents, case.currency))
    yield say("briefing.which_day", limit=goal.limit_date)
    yield say("briefing.which_account")
    wider = goal.fallback or goal
    if wider.instalments > 1:
        yield say("briefing.in_parts", most=wider.instalments, limit=wider.limit_date)
    yield say("briefing.say_yes")
