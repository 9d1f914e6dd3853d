"""What holds of the next step for every case, whatever its facts."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.domain.bar import bar
from beluur.domain.case import Case
from beluur.domain.gate import gate
from beluur.domain.local_time import local_day
from beluur.domain.next_step import next_step
from beluur.domain.parts import Why, split
from beluur.domain.steps import CALLS, STAGE_OF, TRANSITIONS, By, NextStep, Tier
from beluur.domain.view import look
from beluur.words import render
from tests.domain.builders import POLICY, TODAY, at, days
from tests.domain.strategies import cases
from tests.examples import examples

AHEAD = 30


def decide(case: Case, today: date = TODAY) -> NextStep:
    return next_step(case, POLICY, today)


@given(cases())
def test_there_is_always_an_answer_and_it_has_a_reason(case):
    answer = decide(case)
    assert answer.because
    assert (answer.tier is Tier.NOT_CALLED) == (answer.step not in CALLS)


@given(cases())
def test_what_is_asked_is_one_part_of_each_invoice_the_oldest_due_date_first(case):
    asked = look(case, POLICY, TODAY).asked
    dues = [part.invoice.due for part in asked]
    assert None not in dues
    assert dues == sorted(dues)
    assert len({part.invoice.id for part in asked}) == len(asked)


@given(cases())
def test_the_same_facts_give_the_same_answer(case):
    assert decide(case) == decide(replace(case))


@given(cases())
def test_every_reason_can_be_said_in_every_language(case):
    for sentence in decide(case).because:
        for language in ("nl", "en", "fr"):
            assert "[" not in render(sentence, language)


@given(cases())
def test_the_answer_does_not_change_before_the_day_it_names(case):
    answer = decide(case)
    assert answer.valid_until is None or answer.valid_until > TODAY
    last = answer.valid_until or TODAY + days(AHEAD)
    day = TODAY + days(1)
    while day < last and day <= TODAY + days(AHEAD):
        assert decide(case, day)._replace(valid_until=None) == answer._replace(valid_until=None), day
        day += days(1)


@given(cases())
def test_a_day_that_nobody_looked_changes_nothing_afterwards(case):
    """J4: the answer on a day depends on the facts and that day, so a nightly run that was missed costs nothing."""
    answer = decide(case)
    if answer.is_call and answer.is_due(TODAY):
        later = decide(case, TODAY + days(3))
        assert later.is_due(TODAY + days(3)), (
            "what was due is still due, or something that comes before it is"
        )


@given(cases())
@settings(max_examples=examples(200))
def test_time_alone_takes_no_road_that_is_not_on_the_map(case):
    allowed = {(source, target) for source, target, by in TRANSITIONS if by is By.DAY}
    before = decide(case)
    for n in range(1, AHEAD):
        after = decide(case, TODAY + days(n))
        stages = STAGE_OF[before.step], STAGE_OF[after.step]
        assert stages[0] is stages[1] or stages in allowed, f"{before.step} -> {after.step}"
        before = after


@given(cases())
def test_the_parts_of_what_is_open_add_up(case):
    parts = split(case, TODAY)
    open_cents = sum(i.open_cents for i in case.invoices if i.open_cents > 0)
    assert sum(p.cents for p in parts.parts) == parts.open_cents == open_cents
    assert all(p.cents > 0 for p in parts.parts)


@given(cases(), st.integers(0, 1_000_000))
def test_the_bar_adds_up(case, proposed):
    b = bar(case, TODAY, proposed_cents=proposed)
    pieces = (b.promised_cents, b.disputed_cents, b.exempt_cents, b.credit_cents, b.uncovered_cents)
    assert sum(pieces) == b.open_cents
    assert min(pieces) >= 0


@given(cases(), st.integers(0, 23), st.booleans())
def test_the_gate_never_asks_for_more_than_is_open(case, hour, incoming):
    result = gate(case, POLICY, at(hour), incoming=incoming)
    open_cents = {i.id: i.open_cents for i in case.invoices}
    assert all(0 < cents <= open_cents[i] for i, cents in result.callable)
    assert result.callable_cents == sum(cents for _, cents in result.callable)
    assert result.callable_cents + sum(part.cents for part in result.taken_out) == sum(
        c for c in open_cents.values() if c > 0
    )


@given(cases(), st.integers(0, 23))
def test_every_reason_of_the_gate_can_be_said(case, hour):
    result = gate(case, POLICY, at(hour))
    for sentence in (*result.why_not, *(left.sentence for left in result.taken_out)):
        assert "[" not in render(sentence, "nl")


@given(cases())
def test_who_is_to_be_called_today_comes_through_the_gate(case):
    answer = decide(case)
    now = at(14, 0, zone=case.time_zone)
    too_early = answer.at is not None and answer.at > now
    if answer.is_call and answer.is_due(TODAY) and not too_early:
        result = gate(case, POLICY, now)
        assert result.may_call, result.blocks
        assert result.callable_cents == split(case, TODAY).cents(Why.CALLABLE)


@given(cases())
def test_who_is_not_to_be_called_has_a_reason_at_the_gate_or_a_step_of_its_own(case):
    result = gate(case, POLICY, at(14, 0, zone=case.time_zone))
    assert local_day(at(14, 0, zone=case.time_zone), case.time_zone) == TODAY
    if not result.may_call:
        assert result.why_not
