"""What a person may agree to alone (A2): each bound on its own, and the sentence that goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.case import DebtorKind, InstalmentFact, PromiseFact, Verdict
from beluur.domain.mandate import SHIPPED, Mandate, Role, judge, mandate_for, share_at_once, under
from beluur.domain.plan import Plan, PlannedPart, Rhythm, Wanted, build
from beluur.domain.policy import SecondBroken as S
from tests.domain.builders import NOW, POLICY, TODAY, case, days, promise

CALLER, LEAD, OWNER = (SHIPPED[r] for r in (Role.CALLER, Role.LEAD, Role.OWNER))


def pays(*parts):
    return Plan(tuple(PlannedPart(TODAY + days(n), euros * 100) for n, euros in parts))


def broken_plan():
    missed = InstalmentFact(TODAY - days(9), 100, TODAY - days(7), Verdict.BROKEN)
    return PromiseFact(7, NOW - days(30), (missed, replace(missed, due=TODAY, verdict=Verdict.OPEN)), ())


def rules(plan, mandate=CALLER, **facts):
    return [r.rule.value for r in judge(plan, mandate, case(**facts), TODAY)]


THREE = pays((4, 400), (32, 400), (60, 400))


@pytest.mark.parametrize(
    ("plan", "mandate", "passed"),
    [
        pytest.param(pays((31, 1_000)), CALLER, [], id="a month later: his own to grant"),
        pytest.param(pays((32, 1_000)), CALLER, ["delay"], id="a day more than a month"),
        pytest.param(pays((32, 1_000)), LEAD, [], id="the lead may grant two months"),
        pytest.param(THREE, CALLER, [], id="three parts, the first within a week"),
        pytest.param(THREE, replace(CALLER, instalments=2), ["instalments"], id="three where two may be"),
        pytest.param(pays((4, 400), (93, 400)), CALLER, ["months"], id="the last after three months"),
        pytest.param(pays((4, 400), (92, 400)), CALLER, [], id="the last on the day of the third month"),
        pytest.param(pays((4, 400), (32, 150)), CALLER, [], id="just the smallest"),
        pytest.param(pays((4, 400), (32, 149)), CALLER, ["smallest"], id="a euro below the smallest"),
        pytest.param(
            pays((4, 1_500), (32, 1_400), (60, 300)), CALLER, ["smallest"], id="less than a tenth of it"
        ),
        pytest.param(pays((8, 400), (32, 400)), CALLER, ["first"], id="nothing within a week"),
        pytest.param(pays((4, 249), (32, 751)), CALLER, ["first"], id="not yet a quarter within a week"),
        pytest.param(pays((4, 250), (32, 750)), CALLER, [], id="just a quarter within a week"),
        pytest.param(pays((31, 10_001)), CALLER, ["largest"], id="more than he may put off"),
        pytest.param(pays((7, 10_001)), CALLER, [], id="paying within a week asks nobody's leave"),
        pytest.param(
            pays((8, 50), (40, 20_000), (70, 50), (100, 50)),
            CALLER,
            ["largest", "instalments", "months", "smallest", "first"],
            id="wrong in every way: every way is told",
        ),
    ],
)
def test_each_bound_is_its_own(plan, mandate, passed):
    assert rules(plan, mandate) == passed


def test_a_consumer_may_pay_smaller_parts():
    small = pays((4, 60), (32, 60))
    assert rules(small) == ["smallest"]
    assert rules(small, kind=DebtorKind.CONSUMER) == []
    assert rules(pays((4, 60), (32, 49)), kind=DebtorKind.CONSUMER) == ["smallest"]


@pytest.mark.parametrize(
    ("mandate", "passed"),
    [(CALLER, ["second_plan"]), (LEAD, ["second_plan"]), (OWNER, [])],
    ids=["not a caller", "not a lead", "the owner may"],
)
def test_who_grants_a_second_plan_after_a_broken_one(mandate, passed):
    assert rules(THREE, mandate, promises=(broken_plan(),)) == passed


def test_a_broken_single_promise_is_no_broken_plan():
    assert rules(THREE, promises=(promise(-3, Verdict.BROKEN),)) == []


@pytest.mark.parametrize("role", Role)
def test_a_role_may_all_the_equal_parts_it_is_given(role):
    mandate = SHIPPED[role]
    plan = build(Wanted(9_000_00, TODAY + days(2), parts=mandate.instalments), TODAY)
    assert isinstance(plan, Plan)
    assert rules(plan, mandate) == []


plans = st.builds(
    lambda total, n, in_days, rhythm: build(
        Wanted(total, TODAY + days(in_days), parts=n, rhythm=rhythm), TODAY
    ),
    st.integers(100, 10_000_000),
    st.integers(1, 14),
    st.integers(0, 100),
    st.sampled_from([Rhythm.WEEKLY, Rhythm.TWO_WEEKLY, Rhythm.MONTHLY]),
)


@given(plans, st.sampled_from(DebtorKind))
def test_who_is_above_may_what_who_is_below_may(plan, kind):
    debtor = case(kind=kind)
    counts = [len(judge(plan, m, debtor, TODAY)) for m in (OWNER, LEAD, CALLER)]
    assert counts == sorted(counts)


@given(st.integers(1, 10_000_000), st.integers(1, 12))
def test_the_share_at_once_never_asks_more_than_an_equal_part(cents, parts):
    assert 0 <= share_at_once(cents, parts, CALLER) <= cents // parts


@pytest.mark.parametrize(
    ("role", "house", "person", "expected"),
    [
        pytest.param("caller", {}, {}, CALLER, id="as shipped"),
        pytest.param("caller", {"months": 2}, {}, replace(CALLER, months=2), id="the house says less"),
        pytest.param(
            "caller",
            {"months": 2},
            {"months": 6},
            replace(CALLER, months=6),
            id="his own goes before the house",
        ),
        pytest.param(
            "lead", {"after_broken_plan": True}, {}, replace(LEAD, after_broken_plan=True), id="a yes or no"
        ),
        pytest.param("stranger", {}, {}, CALLER, id="an unknown role may what a caller may"),
        pytest.param(
            "caller", {"months": -1, "wings": 2}, {"months": "6"}, CALLER, id="nonsense is left out"
        ),
        pytest.param("caller", {"months": 1000}, {"instalments": True}, CALLER, id="beyond all reason"),
    ],
)
def test_a_mandate_is_of_the_role_then_the_house_then_the_person(role, house, person, expected):
    assert mandate_for(role, house, person) == expected


def test_a_caller_without_instalments_is_told_so():
    found = judge(THREE, Mandate(instalments=1), case(), TODAY)
    assert found[0].sentence.code == "mandate.no_instalments"


def owed_twice(*verdicts):
    return tuple(replace(promise(-4, v), id=n) for n, v in enumerate(verdicts))


TWICE = owed_twice(Verdict.BROKEN, Verdict.PARTLY)
ONCE = owed_twice(Verdict.BROKEN, Verdict.LATE)


@pytest.mark.parametrize(
    ("answer", "promises", "plan", "mandate", "passed"),
    [
        pytest.param(S.SHORTER, ONCE, pays((31, 900)), CALLER, [], id="one broken: as always"),
        pytest.param(S.SHORTER, TWICE, pays((14, 900)), CALLER, [], id="shorter: two weeks are his to grant"),
        pytest.param(S.SHORTER, TWICE, pays((15, 900)), CALLER, ["delay"], id="shorter: a day more is not"),
        pytest.param(S.SHORTER, TWICE, pays((15, 900)), LEAD, ["delay"], id="shorter: nor the lead's"),
        pytest.param(S.ASK, ONCE, pays((31, 900)), CALLER, [], id="ask: one broken is no reason"),
        pytest.param(S.ASK, TWICE, pays((7, 900)), CALLER, [], id="ask: paying now is always his to grant"),
        pytest.param(S.ASK, TWICE, pays((8, 900)), CALLER, ["delay"], id="ask: any delay is a colleague's"),
        pytest.param(S.DECIDE, TWICE, pays((8, 900)), CALLER, ["delay"], id="decide: no softer than ask"),
        pytest.param(S.ASK, TWICE, pays((200, 900)), OWNER, [], id="whom an owner would ask there is nobody"),
        pytest.param(
            S.ASK, TWICE, pays((3, 450), (9, 450)), CALLER, ["instalments", "months"], id="ask: no plan"
        ),
    ],
)
def test_a_second_broken_promise(answer, promises, plan, mandate, passed):
    house = under(mandate, replace(POLICY, second_broken=answer))
    assert rules(plan, house, promises=promises) == passed


def test_the_house_decides_how_much_shorter():
    house = under(CALLER, replace(POLICY, second_broken_days=5))
    assert rules(pays((6, 900)), house, promises=TWICE) == []  # within the days of paying at once
    house = under(replace(CALLER, first_days=2), replace(POLICY, second_broken_days=5))
    assert rules(pays((6, 900)), house, promises=TWICE) == ["delay"]


def test_no_mandate_has_the_policy_of_the_house_as_its_own():
    assert mandate_for("caller", {"second_broken": 2}) == CALLER
