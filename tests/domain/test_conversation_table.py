"""docs/conversation.md is what the table says; nobody gets stuck in a conversation, and nobody hears too much."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from beluur.domain.conversation import NOBODY_YET, Stage
from beluur.domain.conversation_table import (
    BACK,
    TALKING,
    TRANSITIONS,
    Event,
    Topic,
    leads_to,
    may_be_said,
    page,
    topics_at,
)
from beluur.words import render

DOC = Path(__file__).parents[2] / "docs" / "conversation.md"


def reachable(start: Stage) -> set[Stage]:
    """The stages that one can get to from ``start`` by what happens and by going back."""
    roads: dict[Stage, set[Stage]] = defaultdict(set)
    for source, _, target in TRANSITIONS:
        roads[source].add(target)
    for source, target in BACK.items():
        roads[source].add(target)
    found, waiting = {start}, [start]
    while waiting:
        for stage in roads[waiting.pop()] - found:
            found.add(stage)
            waiting.append(stage)
    return found


def test_the_picture_in_docs_is_the_table():
    assert DOC.read_text("utf-8") == page(), (
        "run: python -m beluur.domain.conversation_table > docs/conversation.md"
    )


def test_every_stage_and_every_event_is_on_the_map():
    assert {s for s, _, _ in TRANSITIONS} | {t for _, _, t in TRANSITIONS} == set(Stage)
    assert {e for _, e, _ in TRANSITIONS} == set(Event)


def test_one_event_leads_from_a_stage_to_one_other():
    assert len({(s, e) for s, e, _ in TRANSITIONS}) == len(TRANSITIONS)


@pytest.mark.parametrize("stage", Stage)
def test_from_every_stage_one_gets_to_every_other(stage: Stage):
    assert reachable(stage) == set(Stage)


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.DIAL])
def test_one_can_always_go_back(stage: Stage):
    assert BACK[stage] is not stage


@pytest.mark.parametrize("stage", TALKING)
@pytest.mark.parametrize(
    ("event", "to"),
    [
        pytest.param(Event.CUT_OFF, Stage.SAVE, id="he hangs up"),
        pytest.param(Event.VULNERABLE, Stage.STOP, id="he tells that he is ill"),
        pytest.param(Event.INSOLVENT, Stage.STOP, id="he is bankrupt"),
    ],
)
def test_from_every_talk_there_is_a_way_out_when(stage, event, to):
    assert leads_to(stage, event) is to


@pytest.mark.parametrize("stage", TALKING)
def test_what_he_asks_for_does_not_end_the_talk(stage: Stage):
    assert leads_to(stage, Event.ASKS) is stage


OUT = {
    "a voicemail is only recorded": (Stage.DIAL, Event.VOICEMAIL, Stage.SAVE),
    "a gatekeeper tells how to reach him": (Stage.WHO, Event.SOMEBODY_ELSE, Stage.SAVE),
    "a problem is listened to": (Stage.RECEIVED, Event.PROBLEM, Stage.LISTEN),
    "a stopped demand is only recorded": (Stage.STOP, Event.CLOSED, Stage.SAVE),
    "a bad moment becomes an hour": (Stage.OPENING, Event.NOT_NOW, Stage.AGREE),
    "nobody says yes while it rings": (Stage.DIAL, Event.SAYS_YES, None),
    "a stopped demand is not negotiated": (Stage.STOP, Event.ACCEPTABLE, None),
}


@pytest.mark.parametrize(("stage", "event", "to"), OUT.values(), ids=OUT)
def test_where_it_leads(stage, event, to):
    assert leads_to(stage, event) is to


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("broken", [True, False])
def test_of_a_person_nobody_hears_anything_before_it_is_sure_who_listens(stage, broken):
    assert topics_at(stage, known=False, person=True, broken=broken) == (Topic.OURSELVES,)
    assert not may_be_said(stage, known=False, person=True, broken=broken).money


@pytest.mark.parametrize("stage", Stage)
def test_at_a_company_nobody_hears_of_money_before_it_is_sure_who_listens(stage: Stage):
    assert not may_be_said(stage, known=False, person=False).money


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("known", [True, False])
def test_what_may_not_be_said_yet_stands_there_with_until_when(stage, known):
    sayable = may_be_said(stage, known=known, person=False)
    assert len(sayable.now) + len(sayable.not_yet) == len(Topic)
    assert all(render(s, "nl") for s in (*sayable.now, *sayable.not_yet))


TOPICS = {
    "before dialling: who we are": (Stage.DIAL, {}, {Topic.OURSELVES}),
    "the opening is about what was delivered": (Stage.OPENING, {}, {Topic.OURSELVES, Topic.SUBJECT}),
    "a broken promise names its amount": (
        Stage.OPENING,
        {"broken": True},
        {Topic.OURSELVES, Topic.SUBJECT, Topic.MONEY},
    ),
    "what we would accept comes after what he proposes": (
        Stage.LISTEN,
        {},
        {Topic.OURSELVES, Topic.SUBJECT, Topic.MONEY},
    ),
    "where the demand stops nobody speaks of money": (Stage.STOP, {}, {Topic.OURSELVES, Topic.SUBJECT}),
}


@pytest.mark.parametrize(("stage", "how", "topics"), TOPICS.values(), ids=TOPICS)
def test_what_may_be_said(stage, how, topics):
    assert set(topics_at(stage, known=True, person=True, **how)) == topics


def test_a_stage_in_which_nobody_is_known_yet_tells_so():
    assert all(s.params["until"].code == "topic.until_identity" for s in _not_yet(NOBODY_YET))
    assert all(s.params["until"].code == "topic.until_colleague" for s in _not_yet((Stage.STOP,)))


def _not_yet(stages):
    return [s for stage in stages for s in may_be_said(stage, known=True, person=False).not_yet]
