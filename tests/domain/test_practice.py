"""The right approach leads to an agreement, the wrong one does not; every talk ends and nobody tells more than he is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.case import Outcome
from beluur.domain.conversation import Stage
from beluur.domain.practice import HIS_REASONS, TURNS, hear, ready
from beluur.domain.practice_talk import HANGS_UP, Desk, Limits, Talk, begin, talk_from_json, variant
from beluur.domain.scorecard import WEIGHTS, Item, fails, scorecard
from beluur.playbook import ReasonCode
from beluur.playbook.practice_texts import Character, Cue, practice_line

TODAY = date(2026, 11, 23)
LIMITS = Limits(TODAY, day=TODAY + timedelta(days=7), left_cents=300_000, most_cents=120_000)
REACHED = Desk(Stage.OPENING, outcome=Outcome.REACHED)
RECEIVED = replace(REACHED, stage=Stage.RECEIVED)
WHEN = replace(REACHED, stage=Stage.WHEN, received="yes")
AGREE = replace(WHEN, stage=Stage.AGREE, promise=True, pressed="pick:promise")
AGAIN = replace(AGREE, pressed="again")
ALL = ((TODAY + timedelta(days=7), 300_000),)
IN_THREE = tuple((TODAY + timedelta(days=7 + 30 * n), 100_000) for n in range(3))
OFFER = replace(AGREE, pressed="propose", parts=ALL)


def because(code: str, desk: Desk = WHEN) -> Desk:
    return replace(desk, stage=Stage.REASON, reason=code)


def closing(desk: Desk) -> tuple[Desk, Desk]:
    """Sums up what is on the desk, and records it."""
    return replace(desk, stage=Stage.RECAP, yes=True), replace(desk, stage=Stage.SAVE, yes=True)


def talked(who: Character, *desks: Desk, limits: Limits = LIMITS) -> Talk:
    talk = begin(who, 7)
    for desk in desks:
        talk = hear(talk, desk, limits)
    return talk


_RIGHT = {
    "forgetful: the invoice is mailed first": (
        Character.FORGETFUL,
        [
            because("not_received"),
            replace(because("not_received"), mailed=True),
            replace(AGREE, reason="not_received", mailed=True),
            replace(OFFER, reason="not_received", mailed=True),
        ],
    ),
    "evasive: asked for a day until there is one": (
        Character.EVASIVE,
        [
            because("vague_promise"),
            replace(AGREE, reason="vague_promise"),
            replace(AGAIN, reason="vague_promise"),
            replace(OFFER, reason="vague_promise"),
        ],
    ),
    "short of cash: asked what he can, and three parts": (
        Character.SHORT_OF_CASH,
        [
            because("cash_problem"),
            replace(AGREE, stage=Stage.NEGOTIATE, reason="cash_problem", pressed="act"),
            replace(OFFER, stage=Stage.NEGOTIATE, reason="cash_problem", parts=IN_THREE),
        ],
    ),
    "angry: the complaint is noted first": (
        Character.ANGRY,
        [
            replace(because("dispute_quality"), received="no"),
            replace(AGREE, received="no", reason="dispute_quality", disputed=True),
            replace(AGREE, received="no", reason="dispute_quality", disputed=True),
            replace(OFFER, received="no", reason="dispute_quality", disputed=True),
        ],
    ),
}


@pytest.mark.parametrize(("who", "way"), _RIGHT.values(), ids=_RIGHT.keys())
def test_the_right_approach_leads_to_an_agreement_and_all_the_points(who, way):
    asked = replace(WHEN, received=way[0].received)
    last = way[-1]
    talk = talked(who, REACHED, RECEIVED, asked, *way, *closing(last))
    assert (talk.agreed, talk.recap, talk.closed, talk.ended) == (True, True, True, False)
    card = scorecard(talk)
    assert (card.score, [s.better for s in card.items if s.better], card.failed) == (100, [], ())


@pytest.mark.parametrize(
    ("who", "desks", "says"),
    [
        pytest.param(Character.FORGETFUL, [OFFER], Cue.NOT_YET, id="forgetful wants the invoice first"),
        pytest.param(Character.EVASIVE, [AGREE], Cue.NOT_YET, id="evasive names no day when asked once"),
        pytest.param(Character.EVASIVE, [AGREE, AGAIN], Cue.DAY, id="evasive names a day when asked twice"),
        pytest.param(
            Character.EVASIVE,
            [AGREE, AGAIN, replace(OFFER, parts=((TODAY, 300_000),))],
            Cue.TOO_MUCH,
            id="evasive pays no sooner than he said",
        ),
        pytest.param(Character.SHORT_OF_CASH, [OFFER], Cue.TOO_MUCH, id="short of cash cannot do it at once"),
        pytest.param(
            Character.SHORT_OF_CASH,
            [replace(OFFER, parts=tuple((TODAY + timedelta(days=n), 100_000) for n in (7, 14, 21)))],
            Cue.TOO_MUCH,
            id="short of cash counts a month, not a part",
        ),
        pytest.param(Character.ANGRY, [AGREE], Cue.NOT_YET, id="angry wants the complaint noted first"),
        pytest.param(
            Character.ANGRY,
            [replace(OFFER, disputed=True), replace(OFFER, disputed=True, parts=((TODAY, 300_001),))],
            Cue.TOO_MUCH,
            id="angry does not pay what he contests",
        ),
        pytest.param(Character.STRANGER, [AGREE, AGAIN, AGAIN], Cue.NOT_YET, id="a stranger tells nothing"),
        pytest.param(
            Character.FORGETFUL, [because("refuses")], Cue.REASON_WRONG, id="another reason is not his"
        ),
        pytest.param(
            Character.EVASIVE, [replace(AGREE, vague="zsm")], Cue.VAGUE_TAKEN, id="who is vague likes vague"
        ),
        pytest.param(
            Character.FORGETFUL,
            [replace(WHEN, stage=Stage.RECAP)],
            Cue.RECAP_NO,
            id="a recap of nothing agreed",
        ),
    ],
)
def test_what_he_says(who, desks, says):
    assert talked(who, REACHED, WHEN, *desks).cue is says


def test_a_stranger_who_is_asked_only_when_the_other_is_there_gives_all_the_points():
    off = Desk(Stage.SAVE, outcome=Outcome.WRONG_PERSON, way_out=True)
    talk = talked(Character.STRANGER, off)
    assert talk.cue is Cue.PUT_OFF
    assert scorecard(talk).score == 100


_FAILS = {
    "a stranger hears of the debt": (Character.STRANGER, [REACHED, WHEN], "practice.fail.told"),
    "a plan beyond the mandate": (
        Character.SHORT_OF_CASH,
        [REACHED, WHEN, replace(OFFER, parts=IN_THREE, beyond=True, yes=True)],
        "practice.fail.beyond",
    ),
    "a complaint that is not noted": (
        Character.ANGRY,
        [REACHED, RECEIVED, WHEN, OFFER],
        "practice.fail.dispute_ignored",
    ),
    "money after a death was told": (
        Character.BEREAVED,
        [REACHED, RECEIVED, WHEN],
        "practice.fail.vulnerable_ignored",
    ),
    "an offer after a death was told": (
        Character.BEREAVED,
        [REACHED, WHEN, OFFER],
        "practice.fail.vulnerable_ignored",
    ),
    "money again after the stop was taken back": (
        Character.BEREAVED,
        [REACHED, RECEIVED, replace(WHEN, stage=Stage.STOP, reason="sick_or_deceased"), WHEN],
        "practice.fail.vulnerable_ignored",
    ),
}


@pytest.mark.parametrize(("who", "desks", "code"), _FAILS.values(), ids=_FAILS.keys())
def test_what_fails_a_call_whatever_the_points(who, desks, code):
    card = scorecard(talked(who, *desks))
    assert card.score == 0
    assert [s.code for s in card.failed] == [code]


STOPS = replace(WHEN, stage=Stage.STOP, reason="sick_or_deceased")


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(RECEIVED, id="told at the first question"),
        pytest.param(WHEN, id="told when asked for a day"),
    ],
)
def test_who_stops_as_soon_as_a_death_is_told_has_all_the_points(asked):
    talk = talked(Character.BEREAVED, REACHED, asked, STOPS)
    assert (talk.cue, talk.confided, talk.stopped, talk.pressed_on) == (Cue.STOPPED, True, True, False)
    card = scorecard(talk)
    assert (card.score, card.failed) == (100, ())


def test_who_puts_the_receiver_down_without_a_stop_hears_what_was_better():
    card = scorecard(talked(Character.BEREAVED, REACHED, RECEIVED))
    assert 0 < card.score < 100
    assert {s.better.code for s in card.items if s.better} == {"practice.better.stopping"}


def test_a_plan_beyond_the_mandate_that_was_only_put_forward_fails_nothing():
    talk = talked(Character.SHORT_OF_CASH, REACHED, WHEN, replace(OFFER, parts=IN_THREE, beyond=True))
    assert fails(talk) == ()


def test_a_hundred_points():
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(Item)


@pytest.mark.parametrize(
    ("seconds", "points"),
    [
        pytest.param(0, 0, id="dialled at once"),
        pytest.param(10, 5, id="half of it read"),
        pytest.param(600, 10, id="read in peace"),
    ],
)
def test_preparation_is_time_to_read(seconds, points):
    card = scorecard(begin(Character.EVASIVE, 1), prepared_seconds=seconds)
    assert next(s.points for s in card.items if s.item is Item.PREPARATION) == points


def test_three_wrong_reasons_and_the_angry_one_hangs_up():
    talk = talked(Character.ANGRY, REACHED, *(because(c) for c in ("refuses", "busy_now", "other")))
    assert (talk.cue, talk.ended) == (Cue.HANGS_UP, True)
    assert next(s.points for s in scorecard(talk).items if s.item is Item.TONE) == 0


# -- when an offer is an offer ----------------------------------------------------------------------------------------

_SHORT = (REACHED, RECEIVED, WHEN, because("cash_problem"))
_BARGAIN = replace(AGREE, stage=Stage.NEGOTIATE, reason="cash_problem", pressed="act")
_MADE = replace(_BARGAIN, parts=IN_THREE, pressed="split:3")
_PUT = replace(_MADE, pressed="propose")


@pytest.mark.parametrize(
    "pressed",
    [
        pytest.param("split:3", id="while they are divided"),
        pytest.param("row:2", id="while one goes"),
        pytest.param(HANGS_UP, id="when the receiver is put down"),
    ],
)
def test_rows_that_are_only_made_are_not_heard(pressed):
    before = talked(Character.SHORT_OF_CASH, *_SHORT, _BARGAIN)
    after = hear(before, replace(_MADE, pressed=pressed), LIMITS)
    assert (after.cue, after.offer, after.agreed) == (before.cue, "", False)


def test_the_same_rows_are_heard_again_once_what_stood_in_the_way_is_done():
    says_why = because("not_received")
    talk = talked(Character.FORGETFUL, REACHED, RECEIVED, WHEN, OFFER)
    assert talk.cue is Cue.NOT_YET
    for desk in (
        says_why,
        replace(says_why, mailed=True),
        replace(OFFER, mailed=True, reason="not_received"),
    ):
        talk = hear(talk, desk, LIMITS)
    assert (talk.cue, talk.agreed) == (Cue.OFFER_YES, True)


def test_an_amount_without_a_day_is_a_question_for_it():
    talk = talked(Character.SHORT_OF_CASH, *_SHORT, replace(_BARGAIN, pressed="propose"))
    assert (talk.cue, talk.offer) == (Cue.DAY, "")


def test_who_said_yes_does_not_name_his_day_again_at_the_agreement():
    noting = replace(_PUT, stage=Stage.AGREE, pressed="pick:promise")
    assert talked(Character.SHORT_OF_CASH, *_SHORT, _BARGAIN, _PUT, noting).cue is Cue.OFFER_YES


def test_rows_that_are_summed_up_at_once_are_put_to_him_and_summed_up():
    sums_up = replace(_MADE, stage=Stage.RECAP, pressed="stage:recap", yes=True)
    talk = talked(Character.SHORT_OF_CASH, *_SHORT, _BARGAIN, sums_up, replace(sums_up, stage=Stage.SAVE))
    assert (talk.agreed, talk.recap, talk.closed) == (True, True, True)
    assert scorecard(talk).score == 100


def test_rows_that_he_cannot_keep_are_not_summed_up():
    sums_up = replace(_MADE, stage=Stage.RECAP, pressed="stage:recap", parts=ALL, yes=True)
    talk = talked(Character.SHORT_OF_CASH, *_SHORT, _BARGAIN, sums_up)
    assert (talk.cue, talk.agreed, talk.recap) == (Cue.TOO_MUCH, False, False)


# -- whatever the caller does -----------------------------------------------------------------------------------------

_parts = st.lists(
    st.tuples(st.dates(TODAY, TODAY + timedelta(days=120)), st.integers(1, 400_000)), max_size=4
).map(tuple)
_desks = st.builds(
    Desk,
    stage=st.sampled_from(Stage),
    pressed=st.sampled_from(
        ("", "next", "again", "propose", "pick:promise", "act", "row:add", "split:3", HANGS_UP)
    ),
    outcome=st.sampled_from(
        (None, Outcome.REACHED, Outcome.REACHED, Outcome.WRONG_PERSON, Outcome.GATEKEEPER)
    ),
    received=st.sampled_from(("", "yes", "no")),
    reason=st.sampled_from(("", *ReasonCode)),
    mailed=st.booleans(),
    disputed=st.booleans(),
    promise=st.booleans(),
    parts=_parts,
    vague=st.sampled_from(("", "", "zsm")),
    last_word=st.booleans(),
    beyond=st.booleans(),
    ours=st.booleans(),
    yes=st.booleans(),
    way_out=st.booleans(),
)
_talks = st.lists(_desks, max_size=45)
_who = st.sampled_from(Character)


@given(_who, _talks)
def test_every_path_ends(who, desks):
    talk = talked(who, *desks)
    assert talk.turn <= TURNS
    if talk.turn == TURNS or talk.patience <= 0:
        assert talk.ended
    if talk.ended or talk.closed:
        assert all(hear(talk, desk, LIMITS) == talk for desk in desks)


@given(_who, _talks)
def test_he_names_a_day_only_when_he_was_asked_and_ready(who, desks):
    talk = begin(who, 3)
    for desk in desks:
        before, talk = talk, hear(talk, desk, LIMITS)
        if talk.cue is Cue.DAY and talk.turn > before.turn:
            assert talk.day_asks + talk.asked_when > before.day_asks
            assert ready(talk)
        if who is Character.STRANGER:
            assert not talk.revealed
            assert not talk.agreed


@given(_who, _talks, st.integers(0, 10_000))
def test_the_same_seed_is_the_same_talk(who, desks, seed):
    def said() -> list[str]:
        talk, lines = begin(who, seed), []
        for desk in desks:
            talk = hear(talk, desk, LIMITS)
            lines.append(practice_line(who, talk.cue, "nl", variant(talk)))
        return lines

    assert said() == said()


@given(_who, _talks)
def test_a_talk_survives_being_kept_and_its_score_is_a_score(who, desks):
    talk = talked(who, *desks)
    assert talk_from_json(talk.to_json()) == talk
    card = scorecard(talk)
    assert 0 <= card.score <= 100
    assert all(0 <= s.points <= s.most and bool(s.better) == (s.points < s.most) for s in card.items)
    assert not (card.failed and card.score)


@given(_who, _talks)
def test_an_agreement_was_earned(who, desks):
    talk = talked(who, *desks)
    if talk.agreed:
        assert talk.offer
        assert {
            Character.FORGETFUL: talk.mailed,
            Character.EVASIVE: talk.day_asks >= 2,
            Character.SHORT_OF_CASH: True,
            Character.ANGRY: talk.disputed,
            Character.STRANGER: False,
            Character.BEREAVED: False,
        }[who]


@pytest.mark.parametrize("kept", [None, "x", {}, {"character": "nobody"}, 3], ids=str)
def test_what_is_no_talk_is_none(kept):
    assert talk_from_json(kept) is None


def test_every_character_has_a_reason():
    assert HIS_REASONS.keys() == set(Character)
