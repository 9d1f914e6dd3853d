"""Who cannot be reached (B9): tries at different hours, then another number, another person, a letter, and the escalation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.case import Outcome
from beluur.domain.next_step import next_step
from beluur.domain.steps import Step
from beluur.domain.unreachable import Rule, Rung, Way, rule_of, tried_days, unreached
from beluur.words.render import render
from tests.domain.builders import POLICY, TODAY, attempt, case, days, invoice, reminder, spoken
from tests.domain.strategies import attempts, cases

DESK, MOBILE, BOOKS = Way("+31201234567"), Way("+31612345678"), Way("+31207654321", 4, "boekhouding")
HOURS = (9, 14, 10, 15, 9)


def misses(n, way=DESK, *, hours=HOURS, until=1, outcome=Outcome.NO_ANSWER):
    """``n`` misses on consecutive days, the last one ``until`` days ago."""
    return tuple(
        attempt(until + n - 1 - k, outcome, hours[k % len(hours)], 45, number=way.number) for k in range(n)
    )


def rung(*tries, ways=(DESK, MOBILE, BOOKS), rule=Rule(), **facts):  # noqa: B008 - frozen
    found = unreached(case(attempts=tries, **facts), POLICY, ways, rule)
    return found and (found.rung, found.way)


WRITE_FIRST = Rule(rungs=(Rung.WRITE, Rung.OTHER_NUMBER, Rung.ESCALATE))


@pytest.mark.parametrize(
    ("tries", "facts", "expected"),
    [
        pytest.param((), {}, None, id="never tried"),
        pytest.param((*misses(5, until=3), spoken(1)), {}, None, id="he was spoken since"),
        pytest.param(misses(1), {}, (Rung.TRY_AGAIN, DESK), id="one miss"),
        pytest.param(
            misses(2), {}, (Rung.TRY_AGAIN, DESK), id="two misses, in the morning and in the afternoon"
        ),
        pytest.param(misses(4), {}, (Rung.TRY_AGAIN, DESK), id="four misses at different hours"),
        pytest.param(misses(3, hours=(9,)), {}, (Rung.OTHER_HOUR, DESK), id="each time at the same hour"),
        pytest.param(misses(5), {}, (Rung.OTHER_NUMBER, MOBILE), id="five misses: his mobile"),
        pytest.param(
            misses(5, hours=(9,)), {}, (Rung.OTHER_HOUR, DESK), id="five at the same hour are not enough"
        ),
        pytest.param(misses(10, hours=(9,)), {}, (Rung.OTHER_NUMBER, MOBILE), id="but ten are"),
        pytest.param(
            (*misses(5, until=2), *misses(1, MOBILE)), {}, (Rung.TRY_AGAIN, MOBILE), id="once on his mobile"
        ),
        pytest.param(
            (*misses(5, until=3), *misses(2, MOBILE)),
            {},
            (Rung.OTHER_CONTACT, BOOKS),
            id="twice on his mobile: somebody else",
        ),
        pytest.param(
            (*misses(5, until=5), *misses(2, MOBILE, until=3), *misses(2, BOOKS)),
            {},
            (Rung.WRITE, None),
            id="nobody anywhere: we write",
        ),
        pytest.param(
            misses(1), {"ways": (MOBILE,)}, (Rung.OTHER_NUMBER, MOBILE), id="the number is no longer known"
        ),
        pytest.param(misses(1), {"ways": ()}, (Rung.WRITE, None), id="no number is left: we write"),
        pytest.param(misses(5), {"ways": (DESK,)}, (Rung.WRITE, None), id="no other number: we write"),
        pytest.param(
            misses(4),
            {"ways": (DESK,), "reminders": (reminder(9, level=0),)},
            (Rung.TRY_AGAIN, DESK),
            id="after our letter he is called again",
        ),
        pytest.param(
            misses(5),
            {"ways": (DESK,), "reminders": (reminder(9, level=0),)},
            (Rung.ESCALATE, None),
            id="and then it is decided",
        ),
        pytest.param(
            misses(1, outcome=Outcome.NUMBER_INVALID),
            {},
            (Rung.OTHER_NUMBER, MOBILE),
            id="a wrong number is not dialled twice",
        ),
        pytest.param(misses(5), {"rule": WRITE_FIRST}, (Rung.WRITE, None), id="a house that writes first"),
        pytest.param(
            misses(5),
            {"rule": WRITE_FIRST, "reminders": (reminder(9, level=0),)},
            (Rung.OTHER_NUMBER, MOBILE),
            id="and dials another number after that",
        ),
        pytest.param(
            misses(3), {"rule": Rule(tries=3)}, (Rung.OTHER_NUMBER, MOBILE), id="a house of three tries"
        ),
        pytest.param(
            misses(5), {"rule": Rule(rungs=())}, (Rung.ESCALATE, None), id="no rungs at all: a person decides"
        ),
    ],
)
def test_the_rungs(tries, facts, expected):
    assert rung(*tries, **facts) == expected


def test_it_says_why():
    found = unreached(case(attempts=(*misses(5, until=3), *misses(2, MOBILE))), POLICY, (DESK, MOBILE, BOOKS))
    assert found is not None
    assert [render(s) for s in found.because] == [
        "2 pogingen zonder gehoor op dit nummer, op 2 verschillende uren",
        "Bel een andere contactpersoon: boekhouding",
    ]


def test_the_number_of_the_company_has_no_name_to_tell():
    known = (BOOKS, DESK)
    found = unreached(case(attempts=misses(5, BOOKS)), POLICY, known)
    assert found is not None
    assert (found.way, render(found.because[-1])) == (DESK, "Bel een ander nummer van hem")


@pytest.mark.parametrize("n", range(1, 8), ids="{} misses".format)
@pytest.mark.parametrize("wrote", [False, True], ids=["without a letter", "after a letter"])
def test_with_one_number_it_is_what_the_next_step_says(n, wrote):
    letters = (reminder(12, level=0),) if wrote else ()
    debtor = case(invoice(late=30), attempts=misses(n), reminders=(reminder(25), reminder(20, 2), *letters))
    found = unreached(debtor, POLICY, (DESK,))
    assert found is not None
    step = next_step(debtor, POLICY, TODAY).step
    assert (found.rung is Rung.WRITE) == (step is Step.OTHER_CHANNEL)
    assert (found.rung is Rung.ESCALATE) == (step is Step.DECIDE)


@pytest.mark.parametrize(
    ("tries", "known", "letter", "step", "said"),
    [
        pytest.param(misses(5), (), False, Step.OTHER_CHANNEL, "", id="nobody knows the numbers: as it was, we write"),
        pytest.param(misses(5), (DESK,), False, Step.OTHER_CHANNEL, "", id="one number, five misses: we write"),
        pytest.param(
            misses(4), (DESK, MOBILE), False, Step.CALL_AGAIN, "", id="four misses: called again, nothing to tell"
        ),
        pytest.param(
            misses(5),
            (DESK, MOBILE),
            False,
            Step.CALL_AGAIN,
            "Bel een ander nummer van hem",
            id="five misses and a mobile: called there before we write",
        ),
        pytest.param(
            (*misses(5, until=3), *misses(2, MOBILE)),
            (DESK, MOBILE, BOOKS),
            False,
            Step.CALL_AGAIN,
            "Bel een andere contactpersoon: boekhouding",
            id="nor there: somebody else is called",
        ),
        pytest.param(
            (*misses(5, until=5), *misses(2, MOBILE, until=3), *misses(2, BOOKS)),
            (DESK, MOBILE, BOOKS),
            False,
            Step.OTHER_CHANNEL,
            "",
            id="nobody anywhere: we write",
        ),
        pytest.param(
            misses(5, hours=(9,)),
            (DESK,),
            False,
            Step.CALL_AGAIN,
            "Bel op een ander uur",
            id="five times at one hour: another hour before we write",
        ),
        pytest.param(misses(5), (DESK,), True, Step.DECIDE, "", id="after our letter a person decides"),
    ],
)  # fmt: skip
def test_the_next_step_tries_what_is_left_before_we_write(tries, known, letter, step, said):
    letters = (reminder(12, level=0),) if letter else ()
    sent = (reminder(25), reminder(20, 2), *letters)
    debtor = case(invoice(late=30), attempts=tries, reminders=sent, ways=known)
    answer = next_step(debtor, POLICY, TODAY)
    told = [render(s) for s in answer.because]
    assert answer.step is step
    assert [line for line in told if line.startswith("Bel ")] == ([said] if said else [])


ways = st.lists(st.sampled_from([DESK, MOBILE, BOOKS]), unique=True, max_size=3)


@given(cases(), attempts, ways, st.permutations(list(Rung)))
def test_there_is_always_a_rung_and_it_never_dials_what_is_wrong(debtor, tries, known, order):
    tries = tuple(replace(a, number=(DESK, MOBILE)[n % 2].number) for n, a in enumerate(tries))
    found = unreached(replace(debtor, attempts=tries), POLICY, known, Rule(rungs=tuple(order)))
    if found is None:
        return
    assert found.because
    assert (found.way is None) == (found.rung in (Rung.WRITE, Rung.ESCALATE))
    spoken_at = max((n for n, a in enumerate(tries) if a.outcome is Outcome.REACHED), default=-1)
    wrong = {
        a.number for a in tries[spoken_at + 1 :] if a.outcome is Outcome.NUMBER_INVALID and not a.incoming
    }
    assert found.way is None or (found.way in known and found.way.number not in wrong)


def test_the_rule_is_as_the_administration_set_it():
    own = replace(POLICY, tries_before_other_channel=3, tries_on_other_number=1, write_when_unreached=False)
    found = rule_of(own)
    assert (found.tries, found.tries_other) == (3, 1)
    assert Rung.WRITE not in found.rungs
    assert Rung.WRITE in rule_of(POLICY).rungs


def test_the_days_of_our_tries_are_those_since_he_was_spoken():
    tries = (*misses(2, until=6), spoken(5), *misses(2, until=2), attempt(2, hour=15))
    assert tried_days(case(attempts=tries)) == (TODAY - days(3), TODAY - days(2))
