"""Ladders to test with: the usual one with a rung changed, and any that a person might make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from beluur.domain.ladder import APPROVERS, CHANNELS, ENDS, Ladder, Rung, RungKind
from beluur.domain.ladder_check import check, refusals
from beluur.domain.ladder_shipped import usual
from tests.domain.builders import POLICY

K = RungKind
BUSINESS = usual("nl_business", POLICY)


def edited(kind: RungKind, ladder: Ladder = BUSINESS, **changes: Any) -> Ladder:
    """``ladder`` with one rung otherwise."""
    return replace(
        ladder, rungs=tuple(replace(r, **changes) if r.kind is kind else r for r in ladder.rungs), own=True
    )


def without(*kinds: RungKind, ladder: Ladder = BUSINESS) -> Ladder:
    """``ladder`` without these rungs, and nothing that waits for them."""
    left = (r for r in ladder.rungs if r.kind not in kinds)
    rungs = tuple(replace(r, needs=tuple(k for k in r.needs if k not in kinds)) for r in left)
    return replace(ladder, rungs=rungs, own=True)


@st.composite
def any_ladders(draw: st.DrawFn) -> Ladder:
    """Rungs in any mixture, circles and all."""
    kinds = draw(st.lists(st.sampled_from(RungKind), unique=True, max_size=7))
    return Ladder("nl_business", tuple(draw(rungs(kind, kinds)) for kind in kinds), own=True)


@st.composite
def rungs(draw: st.DrawFn, kind: RungKind, others: list[RungKind], least: int = 0) -> Rung:
    """A rung that waits for at most two of ``others``."""
    needs = draw(st.lists(st.sampled_from(others), unique=True, min_size=least, max_size=2)) if others else []
    return Rung(
        kind,
        draw(st.sampled_from(CHANNELS[kind])),
        draw(st.integers(0, 40)),
        draw(st.integers(0, 20)),
        tuple(needs),
        draw(st.sampled_from(APPROVERS[kind])),
    )


@st.composite
def good_ladders(draw: st.DrawFn) -> Ladder:
    """Only those that a person may save: what is needed comes before, and it ends with the handover."""
    begin = draw(st.permutations([K.REMINDER, K.CALL]))[: draw(st.integers(1, 2))]
    more = {K.CALL_AGAIN: K.CALL, K.OTHER_CHANNEL: K.CALL, K.SECOND_REMINDER: K.REMINDER}
    follow = draw(st.permutations([k for k, base in more.items() if base in begin and draw(st.booleans())]))
    order = [*begin, *follow, *([K.NOTICE] if draw(st.booleans()) else []), K.HANDOVER]
    made: list[Rung] = []
    for kind in order:
        usable = [r.kind for r in made if r.kind is not K.OTHER_CHANNEL]
        rung = draw(rungs(kind, usable, least=int(kind in ENDS)))
        base = more.get(kind)
        needs = tuple(dict.fromkeys((*rung.needs, base))) if base else rung.needs
        if kind is K.HANDOVER and K.NOTICE in order:
            needs = (K.NOTICE,)
        made.append(replace(rung, needs=needs))
    ladder = Ladder("nl_business", tuple(made), own=True)
    assert not refusals(check(ladder)), check(ladder)
    return ladder
