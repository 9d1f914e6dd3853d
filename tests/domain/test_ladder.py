"""What a ladder is, and what is wrong with one (H4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from beluur.domain.case import DebtorKind
from beluur.domain.ladder import Approver, Channel, Ladder, Rung, RungKind, circle, earliest, in_circle
from beluur.domain.ladder_check import check, refusals
from beluur.domain.ladder_shipped import ladder_for, lawful, rules_of, shipped, usual, whom
from beluur.domain.policy import Policy
from beluur.law.order import order
from beluur.values.problem import Severity
from beluur.words import render
from tests.domain.builders import POLICY, case
from tests.domain.ladders import BUSINESS, any_ladders, edited, without

K = RungKind
COLLECTED = usual("be_consumer_agency", POLICY)
CODES = [one.ladder.whom for one in shipped()]


def found(ladder: Ladder, rules=()) -> list[tuple[str, str]]:
    return [(p.field, p.sentence.code) for p in check(ladder, rules)]


@pytest.mark.parametrize("code", CODES)
def test_a_ladder_that_comes_with_the_product_is_right(code):
    ladder = usual(code, POLICY)
    assert check(ladder, rules_of(code)) == ()
    assert ladder.source
    assert not ladder.own


@pytest.mark.parametrize("code", CODES)
def test_the_number_in_the_file_is_the_method_s_own(code):
    """A rung that follows the policy says the same number as the policy does."""
    as_it_comes = next(one.ladder for one in shipped() if one.ladder.whom == code)
    assert usual(code, Policy()) == as_it_comes


@pytest.mark.parametrize(
    ("ladder", "expected"),
    [
        pytest.param(Ladder("nl_business", ()), [("", "ladder.empty")], id="no rungs at all"),
        pytest.param(without(K.HANDOVER), [("", "ladder.no_end")], id="a notice is no end: what then"),
        pytest.param(without(K.HANDOVER, K.NOTICE), [("", "ladder.no_end")], id="calls without an end"),
        pytest.param(
            edited(K.CALL, needs=(K.CALL_AGAIN,)),
            [("call.needs", "ladder.circle")],
            id="the call waits for the second call, and that for the call",
        ),
        pytest.param(edited(K.CALL, needs=(K.CALL,)), [("call.needs", "ladder.circle")], id="waits for itself"),
        pytest.param(
            edited(K.REMINDER, needs=(K.NOTICE,)),
            [("reminder.needs", "ladder.after_end")],
            id="a reminder after the notice",
        ),
        pytest.param(
            edited(K.NOTICE, needs=(K.OTHER_CHANNEL,)),
            [("notice.needs", "ladder.not_for_all")],
            id="a notice that waits for what most never get",
        ),
        pytest.param(
            edited(K.NOTICE, needs=()), [("notice.needs", "ladder.end_at_once")], id="a notice out of the blue"
        ),
        pytest.param(
            edited(K.REMINDER, message="before_notice"),
            [("reminder.message", "ladder.message")],
            id="a first reminder with the words of the last",
        ),
        pytest.param(
            edited(K.SECOND_REMINDER, needs=()),
            [("second_reminder.needs", "ladder.always")],
            id="a second reminder without a first before it",
        ),
        pytest.param(
            replace(BUSINESS, rungs=tuple(r for r in BUSINESS.rungs if r.kind is not K.CALL_AGAIN)),
            [("last_reminder.needs", "ladder.missing"), ("notice.needs", "ladder.missing"),
             ("notice.needs", "ladder.end_at_once")],
            id="a notice that waits for what is not there",
        ),
        pytest.param(
            replace(BUSINESS, rungs=(BUSINESS.rungs[0], *BUSINESS.rungs)),
            [("reminder.kind", "ladder.twice")],
            id="two first reminders",
        ),
        pytest.param(
            edited(K.CALL, after_days=-1), [("call.after_days", "ladder.days")], id="a call before the due date"
        ),
        pytest.param(
            edited(K.NOTICE, rest_days=366), [("notice.rest_days", "ladder.days"), ("", "ladder.too_long")],
            id="more than a year",
        ),
        pytest.param(
            edited(K.NOTICE, after_days=360), [("", "ladder.too_long")], id="all together more than a year"
        ),
        pytest.param(
            edited(K.HANDOVER, needs=(K.NOTICE, K.CALL_AGAIN)),
            [("handover.needs", "ladder.after_notice_only")],
            id="after the notice nobody calls: what waits for a call would not come",
        ),
        pytest.param(
            edited(K.CALL, approver=Approver.NOBODY), [("call.approver", "ladder.approver")], id="calls by itself"
        ),
        pytest.param(
            edited(K.HANDOVER, approver=Approver.NOBODY),
            [("handover.approver", "ladder.approver")],
            id="handed over by itself",
        ),
        pytest.param(
            edited(K.REMINDER, channel=Channel.PHONE), [("reminder.channel", "ladder.channel")], id="a reminder by phone"
        ),
        pytest.param(edited(K.REMINDER, approver=Approver.NOBODY), [], id="a reminder that goes by itself is fine"),
        pytest.param(without(K.CALL, K.CALL_AGAIN, K.OTHER_CHANNEL, ladder=edited(K.NOTICE, needs=(K.REMINDER,))), [],
                     id="only writing is a ladder too"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_ladder(ladder, expected):
    assert found(ladder) == expected


@pytest.mark.parametrize(
    ("code", "ladder", "expected", "severity"),
    [
        pytest.param(
            "be_consumer_agency", edited(K.CALL, COLLECTED, needs=(), rest_days=0),
            [("call.rest_days", "ladder.law_forbids")], Severity.REFUSED,
            id="a collector calls a Belgian consumer without writing first",
        ),
        pytest.param(
            "be_consumer_agency", edited(K.CALL, COLLECTED, rest_days=7),
            [("call.rest_days", "ladder.law_forbids")], Severity.REFUSED, id="or a week after",
        ),
        pytest.param(
            "nl_consumer", edited(K.HANDOVER, usual("nl_consumer", POLICY), rest_days=7),
            [("handover.rest_days", "ladder.law_costs")], Severity.WARNING,
            id="a Dutch consumer handed over within fourteen days: no costs are owed, and it may be saved",
        ),
    ],
)  # fmt: skip
def test_the_law_stands_over_it(code, ladder, expected, severity):
    problems = check(ladder, rules_of(code))
    assert found(ladder, rules_of(code)) == expected
    assert [p.severity for p in problems] == [severity]


def test_what_the_law_forbids_is_put_right_when_it_is_used():
    """Rows that were written before the law, or past the check: the call waits all the same."""
    bare = without(K.REMINDER, ladder=edited(K.CALL, COLLECTED, needs=(), rest_days=0))
    rules = order("BE", consumer=True, agency=True)
    right = lawful(bare, rules)
    call = right.rung(K.CALL)
    assert right.rung(K.REMINDER)
    assert (call.needs, call.rest_days) == ((K.REMINDER,), 15)
    assert lawful(COLLECTED, rules) == COLLECTED


@pytest.mark.parametrize(
    ("country", "kind", "agency", "code"),
    [
        pytest.param("NL", DebtorKind.BUSINESS, False, "nl_business", id="a Dutch company"),
        pytest.param("NL", DebtorKind.SOLE_TRADER, True, "nl_business", id="a Dutch sole trader: a business for costs"),
        pytest.param("NL", DebtorKind.CONSUMER, False, "nl_consumer", id="a Dutch consumer"),
        pytest.param("BE", DebtorKind.GOVERNMENT, False, "be_business", id="a Belgian town"),
        pytest.param("BE", DebtorKind.CONSUMER, False, "be_consumer", id="our own Belgian consumer"),
        pytest.param("BE", DebtorKind.CONSUMER, True, "be_consumer_agency", id="another's Belgian consumer"),
        pytest.param("PT", DebtorKind.CONSUMER, True, "elsewhere", id="a consumer elsewhere"),
    ],
)  # fmt: skip
def test_whose_ladder_it_is(country, kind, agency, code):
    assert whom(country, kind, agency=agency) == code
    assert ladder_for(case(country=country, kind=kind, agency=agency), POLICY).whom == code


def test_the_administration_s_own_ladder_holds():
    own = edited(K.CALL, after_days=9)
    assert ladder_for(case(), replace(POLICY, ladders=(own,))) == own
    assert ladder_for(case(country="BE"), replace(POLICY, ladders=(own,))).whom == "be_business"


def test_the_numbers_of_the_house_hold_until_it_has_a_ladder_of_its_own():
    policy = replace(POLICY, call_from_days=6, write_when_unreached=False)
    ladder = ladder_for(case(), policy)
    assert ladder.rung(K.CALL).after_days == 6
    assert ladder.rung(K.OTHER_CHANNEL) is None
    own = edited(K.CALL, after_days=9)
    assert ladder_for(case(), replace(policy, ladders=(own,))).rung(K.CALL).after_days == 9


def test_the_earliest_days_follow_what_is_needed():
    assert earliest(BUSINESS) == {
        K.REMINDER: 2, K.CALL: 4, K.CALL_AGAIN: 4, K.OTHER_CHANNEL: 4, K.SECOND_REMINDER: 14, K.LAST_REMINDER: 21,
        K.NOTICE: 30, K.HANDOVER: 45,
    }  # fmt: skip


@given(any_ladders())
def test_whatever_one_makes_of_it_there_is_an_answer_in_every_language(ladder):
    for problem in check(ladder):
        for language in ("nl", "en", "fr"):
            assert "[" not in render(problem.sentence, language)
    stuck = circle(ladder)
    assert set(earliest(ladder)) == {r.kind for r in ladder.rungs} - set(stuck)
    if stuck:
        assert refusals(check(ladder))


def test_who_only_waits_behind_a_circle_is_not_told_as_part_of_it():
    ladder = edited(K.CALL, needs=(K.CALL_AGAIN,))
    assert K.HANDOVER in circle(ladder), "it never comes either"
    assert in_circle(ladder) == (K.CALL, K.CALL_AGAIN)


def test_a_circle_is_told_by_its_rungs():
    a = Rung(K.NOTICE, Channel.LETTER, needs=(K.HANDOVER,))
    b = Rung(K.HANDOVER, Channel.DESK, needs=(K.NOTICE,))
    assert set(circle(Ladder("nl_business", (a, b)))) == {K.NOTICE, K.HANDOVER}
