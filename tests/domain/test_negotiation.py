"""An offer judged while he is on the line (D10, D11), what to propose instead, under reservation, and at last (D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.bargain import Fit, Offer, ProposedBy, Table
from beluur.domain.behaviour import Behaviour
from beluur.domain.call_report import UltimatumSaid
from beluur.domain.case import DebtorKind
from beluur.domain.counter_offers import asks_no_more
from beluur.domain.goal import Fallback, Goal, as_fallback, weigh
from beluur.domain.mandate import SHIPPED, Mandate, Role, judge
from beluur.domain.negotiation import Reservation, assess, first_question, reserve
from beluur.domain.plan import Plan, PlannedPart, Wanted, build
from beluur.domain.standing_ultimatum import consequence_on, ultimatum_fact
from beluur.domain.ultimatum import Consequence, Ultimatum, ultimatum
from beluur.law.days import is_bank_day
from beluur.words.render import render
from tests.domain.builders import NOW, POLICY, TODAY, case, days

MIDDLE = Goal(1_000_00, TODAY + days(14), 1, (), Fallback(TODAY + days(28), 2))
LARGE = Goal(3_000_00, TODAY + days(92), 3, ())
SELDOM, ALWAYS = Behaviour(kept=1, made=4), Behaviour(kept=3, made=3)


def table(goal=MIDDLE, mandate=SHIPPED[Role.CALLER], known=Behaviour(), **facts):  # noqa: B008 - frozen
    return Table(case(**facts), goal, mandate, POLICY, TODAY, known)


def pays(*parts):
    return Offer(Plan(tuple(PlannedPart(TODAY + days(n), euros * 100) for n, euros in parts)))


def monthly(goal, euros):
    plan = build(Wanted(goal.ask_cents, TODAY + days(4), each_cents=euros * 100), TODAY)
    assert isinstance(plan, Plan)
    return Offer(plan)


def shown(counter):
    return [((p.due - TODAY).days, p.cents // 100) for p in counter.plan.parts]


@pytest.mark.parametrize(
    ("goal", "offer", "fit", "counters"),
    [
        pytest.param(MIDDLE, pays((14, 1_000)), Fit.GOAL, [], id="all of it on the limit date: agree"),
        pytest.param(
            MIDDLE,
            pays((21, 1_000)),
            Fit.FALLBACK,
            [[(14, 1_000)], [(7, 250), (21, 750)]],
            id="a week late: the limit date, or a quarter now",
        ),
        pytest.param(
            MIDDLE,
            pays((31, 1_000)),
            Fit.MANDATE,
            [[(14, 1_000)], [(7, 250), (28, 750)]],
            id="a month late: the limit date, or a quarter now",
        ),
        pytest.param(
            MIDDLE,
            pays((40, 1_000)),
            Fit.BEYOND,
            [[(14, 1_000)], [(7, 250), (28, 750)]],
            id="later than he may: the same two",
        ),
        pytest.param(
            MIDDLE,
            pays((3, 600)),
            Fit.MANDATE,
            [[(3, 1_000)], [(3, 600), (28, 400)]],
            id="a part: all on his own day, or the rest within the fallback",
        ),
        pytest.param(
            LARGE,
            monthly(LARGE, 100),
            Fit.BEYOND,
            [[(4, 1_000), (35, 1_000), (65, 1_000)], [(4, 750), (92, 2_250)]],
            id="thirty months: three parts, or a quarter now and the rest by the limit",
        ),
    ],
)
def test_what_an_offer_is_worth(goal, offer, fit, counters):
    found = assess(table(goal), offer)
    assert found.fit is fit
    assert [shown(c) for c in found.counters] == counters


def test_it_tells_first_what_both_agree_on():
    found = assess(table(), pays((3, 600), (100, 400)))
    assert (found.common.cents, found.common.on) == (600_00, TODAY + days(3))
    assert [c.moment for c in found.cues] == [
        "negotiate.refuse_mandate",
        "negotiate.both",
        "negotiate.counter_date",
    ]


def test_where_no_day_is_agreed_the_amount_is():
    common = assess(table(), pays((21, 1_000))).common
    assert (common.cents, common.on, common.sentence.code) == (1_000_00, None, "offer.agreed_amount")


def test_an_offer_that_fits_is_accepted():
    found = assess(table(), pays((3, 1_000)))
    assert [c.moment for c in found.cues] == ["negotiate.accept"]
    assert found.acceptable


def test_where_nothing_better_can_be_proposed_one_insists():
    bound = Goal(1_000_00, TODAY, 1, ())
    found = assess(table(replace(bound, limit_date=TODAY - days(1))), pays((3, 600)))
    assert found.counters == ()
    assert found.cues[-1].moment == "negotiate.insist"


def remarks(offer, goal=MIDDLE, **known):
    return [s.code for s in assess(table(goal, **known), offer).remarks]


@pytest.mark.parametrize(
    ("offer", "facts", "codes"),
    [
        pytest.param(pays((3, 1_000)), {}, [], id="at once and known for nothing: no word about it"),
        pytest.param(pays((3, 500), (35, 500)), {}, ["plan.takes_monthly"], id="in parts: how long it takes"),
        pytest.param(pays((3, 200), (35, 800)), {}, [], id="two unlike parts are no pace"),
        pytest.param(pays((3, 1_000)), {"known": SELDOM}, ["offer.seldom_kept"], id="seldom kept his word"),
        pytest.param(pays((3, 1_000)), {"known": ALWAYS}, ["offer.always_kept"], id="always kept his word"),
        pytest.param(pays((5, 1_000)), {}, ["commitment.weekend"], id="on a Saturday no bank books"),
    ],
)
def test_what_is_remarked(offer, facts, codes):
    assert remarks(offer, **facts) == codes


def test_ten_a_month_on_six_hundred_is_said_to_take_five_years():
    goal = replace(MIDDLE, ask_cents=600_00)
    found = assess(table(goal), pays((3, 10), (35, 10)))
    assert render(found.remarks[0]).endswith("dat duurt 5 jaar")


def test_a_larger_first_part_is_no_pace():
    found = assess(table(), pays((3, 300), (35, 100), (65, 100)))
    assert render(found.remarks[0]).endswith("op €\u00a0700,00: dat duurt 7 maanden")


def test_who_seldom_kept_his_word_is_asked_for_a_part_first():
    first = {
        k: assess(table(LARGE, known=k), monthly(LARGE, 500)).counters[0].cue for k in (Behaviour(), SELDOM)
    }
    assert first[Behaviour()].moment == "negotiate.counter_parts"
    assert first[SELDOM].moment == "negotiate.counter_share"


offers = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 400_000)), min_size=1, max_size=6, unique_by=lambda p: p[0]
).map(lambda parts: Offer(Plan(tuple(PlannedPart(TODAY + days(n), cents) for n, cents in sorted(parts)))))
goals = st.builds(
    lambda ask, limit, n, extra, more: Goal(
        ask, TODAY + days(limit), n, (), Fallback(TODAY + days(limit + extra), n + more) if extra else None
    ),
    st.integers(1, 400_000),
    st.integers(-2, 120),
    st.integers(1, 6),
    st.integers(0, 40),
    st.integers(0, 3),
)
mandates = st.sampled_from(list(SHIPPED.values())) | st.builds(
    Mandate,
    delay_days=st.integers(0, 100),
    instalments=st.integers(0, 12),
    months=st.integers(0, 12),
    smallest_business_cents=st.integers(0, 30_000),
    first_basis_points=st.integers(0, 10_000),
    first_days=st.integers(0, 30),
    largest_cents=st.sampled_from([0, 50_000, 1_000_000]),
)
tables = st.builds(
    lambda goal, mandate, kind, known: table(goal, mandate, known, kind=kind),
    goals,
    mandates,
    st.sampled_from(DebtorKind),
    st.sampled_from([Behaviour(), SELDOM, ALWAYS]),
)


@given(tables, offers)
def test_a_counter_offer_is_always_acceptable_and_more_than_he_offers(on_table, offer):
    found = assess(on_table, offer)
    assert len(found.counters) <= 2
    for counter in found.counters:
        plan = counter.plan
        bound = on_table.goal if counter.fit is Fit.GOAL else as_fallback(on_table.goal)
        assert judge(plan, on_table.mandate, on_table.case, TODAY) == ()
        assert bound is not None
        assert weigh(plan.as_proposal(), bound) == ()
        assert plan.cents == on_table.goal.ask_cents
        assert all(p.cents > 0 and p.due >= TODAY and is_bank_day(p.due) for p in plan.parts)
        assert not asks_no_more(plan, offer.plan)
        assert len({p.due for p in plan.parts}) == len(plan.parts)
    assert len({c.plan for c in found.counters}) == len(found.counters)


@given(tables, offers)
def test_a_verdict_never_contradicts_itself(on_table, offer):
    found = assess(on_table, offer)
    assert (found.fit is Fit.BEYOND) == bool(found.refusals)
    assert not (found.fit is Fit.GOAL and (found.short or found.counters))
    assert 0 < found.common.cents <= offer.plan.cents
    assert all(
        render(s) and "[" not in render(s) for s in (found.sentence, found.common.sentence, *found.remarks)
    )


@given(st.integers(15, 400), st.integers(1, 400_000))
def test_who_pays_too_late_always_hears_a_day_that_would_do(in_days, cents):
    goal = replace(MIDDLE, ask_cents=cents)
    counters = assess(table(goal), Offer(Plan((PlannedPart(TODAY + days(in_days), cents),)))).counters
    assert counters[0].cue.moment == "negotiate.counter_date"
    assert counters[0].fit is Fit.GOAL


def test_the_judgement_keeps_who_proposed():
    ours = replace(pays((3, 600)), by=ProposedBy.US)
    assert assess(table(), ours).by is ProposedBy.US
    assert assess(table(), pays((3, 600))).by is ProposedBy.DEBTOR
    assert first_question(table()).moment == "negotiate.first"


@pytest.mark.parametrize(
    ("offer", "at", "code"),
    [
        pytest.param(pays((40, 1_000)), None, "call.no_moment", id="no call-back"),
        pytest.param(pays((40, 1_000)), NOW, "call.moment_past", id="a call-back at this very moment"),
        pytest.param(pays((40, 1_000)), NOW + days(400), "call.day_out_of_reach", id="a call-back next year"),
        pytest.param(
            pays((3, 1_000)), NOW + days(1), "offer.no_reserve_needed", id="what he may agree to alone"
        ),
    ],
)
def test_a_reservation_that_is_none(offer, at, code):
    found = reserve(table(), offer, at, NOW)
    assert not isinstance(found, Reservation)
    assert [o.sentence.code for o in found] == [code]


def test_under_reservation_he_hears_on_a_day():
    found = reserve(table(), pays((40, 1_000)), NOW + days(1), NOW)
    assert isinstance(found, Reservation)
    assert [r.rule.value for r in found.refusals] == ["delay"]
    assert found.cue.facts == {"day": TODAY + timedelta(days=1)}


@pytest.mark.parametrize(
    ("goal", "in_days"),
    [
        pytest.param(MIDDLE, 14, id="the limit date, that is not moved"),
        pytest.param(LARGE, 14, id="not three months"),
        pytest.param(replace(MIDDLE, limit_date=TODAY), 3, id="a limit that has come: three bank days"),
        pytest.param(replace(MIDDLE, limit_date=TODAY + days(6)), 4, id="a limit on a Sunday: the Friday"),
    ],
)
def test_an_ultimatum_has_its_day_and_the_next_step_is_set(goal, in_days):
    found = ultimatum(table(goal))
    assert isinstance(found, Ultimatum)
    assert found.on == TODAY + days(in_days)
    said = UltimatumSaid(found.on, found.cents, found.consequence)
    fact = ultimatum_fact(said, table(goal).case, table(goal).policy, TODAY)
    assert found.on < fact.check_on < consequence_on(fact, table(goal).case.country)
    assert found.consequence is Consequence.NOTICE


@pytest.mark.parametrize("in_days", [0, 1, 14], ids=["today", "tomorrow", "the limit date itself"])
def test_the_caller_may_choose_a_day_for_the_ultimatum(in_days):
    found = ultimatum(table(MIDDLE), on=TODAY + days(in_days))
    assert isinstance(found, Ultimatum)
    assert found.on == TODAY + days(in_days)


def test_after_a_formal_notice_comes_the_specialist():
    found = ultimatum(table(), noticed=True)
    assert isinstance(found, Ultimatum)
    assert render(found.sentence).endswith("anders volgt overdracht aan een specialist")
    assert render(found.cue.facts["consequence"]) == "geven wij het dossier uit handen"


@pytest.mark.parametrize(
    ("goal", "on", "code"),
    [
        pytest.param(MIDDLE, TODAY - days(1), "commitment.date_past", id="yesterday"),
        pytest.param(MIDDLE, TODAY + days(15), "goal.too_late", id="after the limit date"),
        pytest.param(replace(MIDDLE, ask_cents=0), None, "goal_result.nothing_asked", id="nothing to ask"),
    ],
)
def test_an_ultimatum_that_cannot_be(goal, on, code):
    found = ultimatum(table(goal), on=on)
    assert not isinstance(found, Ultimatum)
    assert [(o.field, o.sentence.code) for o in found] == [("ultimatum_on", code)]
