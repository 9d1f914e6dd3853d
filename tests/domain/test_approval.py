"""docs/approval-states.md is what the table says, and a colleague grants no more than he may himself (A2)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.approval import (
    FIRST,
    GRANTED,
    TRANSITIONS,
    Answer,
    ApprovalState,
    Cause,
    Request,
    answer,
    ask,
    at,
    follow,
    may,
    page,
)
from beluur.domain.mandate import SHIPPED, Role, judge
from beluur.domain.plan import Plan, PlannedPart
from beluur.values.sentence import Sentence
from tests.domain.builders import NOW, TODAY, case, days

DOC = Path(__file__).parents[2] / "docs" / "approval-states.md"
_C, _S = Cause, ApprovalState
CALLER, LEAD, OWNER = (SHIPPED[r] for r in (Role.CALLER, Role.LEAD, Role.OWNER))
ME, COLLEAGUE = 1, 2


def monthly(parts, euros=500):
    return Plan(tuple(PlannedPart(TODAY + days(3 + 30 * n), euros * 100) for n in range(parts)))


def asked(plan=monthly(5)):  # noqa: B008 - frozen
    request = ask(plan, CALLER, case(), TODAY, asked_by=ME, expires_at=NOW + days(1))
    assert isinstance(request, Request)
    return request


def answered(given, mandate=LEAD, request=None, now=NOW):
    return answer(request or asked(), given, mandate, case(), now=now, today=TODAY)


def test_the_picture_in_docs_is_the_table():
    assert DOC.read_text("utf-8") == page(), "run: python -m beluur.domain.approval > docs/approval-states.md"


def test_every_state_and_every_cause_is_on_the_map():
    assert {*FIRST, *(t for _, _, t in TRANSITIONS)} == set(ApprovalState)
    assert {c for _, c, _ in TRANSITIONS} == set(Cause)


def test_one_cause_leads_from_a_state_to_one_other():
    assert len({(s, c) for s, c, _ in TRANSITIONS}) == len(TRANSITIONS)


@pytest.mark.parametrize("state", [_S.REFUSED, _S.USED, _S.WITHDRAWN, _S.EXPIRED])
def test_what_is_over_stays_so(state):
    assert not any(may(state, cause) for cause in Cause)


def test_only_what_was_granted_is_agreed_with_the_debtor():
    assert {s for s, c, _ in TRANSITIONS if c is _C.AGREED} == set(GRANTED)


def test_what_he_may_alone_is_not_asked():
    found = ask(monthly(3), CALLER, case(), TODAY, asked_by=ME, expires_at=NOW + days(1))
    assert isinstance(found, Sentence)
    assert found.code == "offer.no_reserve_needed"


@pytest.mark.parametrize(
    ("parts", "who", "may_he"),
    [
        pytest.param(5, CALLER, False, id="five parts: not another caller"),
        pytest.param(5, LEAD, True, id="five parts: the lead"),
        pytest.param(7, LEAD, False, id="seven parts: not the lead"),
        pytest.param(7, OWNER, True, id="seven parts: the owner"),
    ],
)
def test_who_may_grant_it(parts, who, may_he):
    granted = answered(Answer(_C.APPROVES, COLLEAGUE), who, asked(monthly(parts)))
    assert isinstance(granted, Request) is may_he


@pytest.mark.parametrize(
    ("given", "state", "granted"),
    [
        pytest.param(Answer(_C.APPROVES, COLLEAGUE), _S.APPROVED, monthly(5), id="as it was asked"),
        pytest.param(
            Answer(_C.CHANGES, COLLEAGUE, plan=monthly(4)), _S.CHANGED, monthly(4), id="four instead"
        ),
        pytest.param(Answer(_C.REFUSES, COLLEAGUE, "te lang"), _S.REFUSED, None, id="refused, with why"),
    ],
)
def test_a_colleague_answers(given, state, granted):
    found = answered(given)
    assert isinstance(found, Request)
    assert (found.state, found.granted, found.answered_by) == (state, granted, COLLEAGUE)


@pytest.mark.parametrize(
    ("given", "mandate", "now", "codes"),
    [
        pytest.param(
            Answer(_C.REFUSES, COLLEAGUE, " "), LEAD, NOW, ["approval.no_reason"], id="refused without why"
        ),
        pytest.param(Answer(_C.APPROVES, ME), OWNER, NOW, ["approval.own"], id="his own request"),
        pytest.param(
            Answer(_C.APPROVES, COLLEAGUE),
            LEAD,
            NOW + days(1),
            ["approval.expired"],
            id="at the hour it expires",
        ),
        pytest.param(
            Answer(_C.CHANGES, COLLEAGUE), LEAD, NOW, ["approval.which_plan"], id="changed into what"
        ),
        pytest.param(
            Answer(_C.CHANGES, COLLEAGUE, plan=monthly(5)),
            LEAD,
            NOW,
            ["approval.which_plan"],
            id="changed into the same",
        ),
        pytest.param(
            Answer(_C.APPROVES, COLLEAGUE, plan=monthly(4)),
            LEAD,
            NOW,
            ["approval.which_plan"],
            id="approves another",
        ),
        pytest.param(
            Answer(_C.CHANGES, COLLEAGUE, plan=monthly(7)),
            LEAD,
            NOW,
            ["mandate.instalments", "mandate.months"],
            id="more than he may himself: with the sentences",
        ),
        pytest.param(
            Answer(_C.AGREED, COLLEAGUE), LEAD, NOW, ["approval.answered"], id="no answer of a colleague"
        ),
    ],
)
def test_an_answer_that_cannot_be(given, mandate, now, codes):
    found = answered(given, mandate, now=now)
    assert not isinstance(found, Request)
    assert [s.code for s in found] == codes


def test_a_colleague_does_not_agree_for_the_debtor():
    granted = answered(Answer(_C.APPROVES, COLLEAGUE))
    assert isinstance(granted, Request)
    assert not isinstance(answered(Answer(_C.AGREED, COLLEAGUE), request=granted), Request)


def test_the_second_colleague_comes_too_late():
    first = answered(Answer(_C.APPROVES, COLLEAGUE))
    assert isinstance(first, Request)
    assert [s.code for s in answered(Answer(_C.REFUSES, 3, "nee"), request=first)] == ["approval.answered"]


@given(st.integers(4, 14), st.integers(100, 2_000), st.sampled_from([CALLER, LEAD, OWNER]))
def test_nobody_grants_what_he_may_not_agree_to_himself(parts, euros, mandate):
    request = asked(monthly(parts, euros))
    found = answered(Answer(_C.APPROVES, COLLEAGUE), mandate, request)
    assert isinstance(found, Request) is (not judge(request.plan, mandate, case(), TODAY))
    if isinstance(found, Request):
        assert found.granted is not None
        assert judge(found.granted, mandate, case(), TODAY) == ()


@pytest.mark.parametrize(
    ("state", "cause", "after"),
    [
        pytest.param(_S.APPROVED, _C.AGREED, _S.USED, id="the debtor agrees"),
        pytest.param(_S.CHANGED, _C.AGREED, _S.USED, id="the debtor agrees to the change"),
        pytest.param(_S.ASKED, _C.WITHDRAWS, _S.WITHDRAWN, id="the caller takes it back"),
        pytest.param(_S.ASKED, _C.AGREED, None, id="nobody granted it yet"),
        pytest.param(_S.ASKED, _C.APPROVES, None, id="no approval without its colleague"),
    ],
)
def test_what_follows(state, cause, after):
    found = follow(replace(asked(), state=state), cause)
    assert (found.state if isinstance(found, Request) else None) is after


@pytest.mark.parametrize("state", ApprovalState)
def test_after_its_time_only_what_was_still_open_has_expired(state):
    request = replace(asked(), state=state)
    assert at(request, NOW) == request
    open_still = state in (_S.ASKED, *GRANTED)
    assert at(request, NOW + days(1)).state is (_S.EXPIRED if open_still else state)
