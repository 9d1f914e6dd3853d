from __future__ import annotations

import pytest

from beluur.domain.ladder import Approver, RungKind, rung_name
from beluur.domain.rung_approval import Asked, asked_in, asks, may_approve
from beluur.values.sentence import Sentence, say
from tests.domain.ladders import BUSINESS, edited

NOTICE, HANDOVER = RungKind.NOTICE, RungKind.HANDOVER


@pytest.mark.parametrize(
    ("approver", "may"),
    [
        pytest.param(Approver.LEAD, {"lead", "owner"}, id="the lead's rung: lead and owner"),
        pytest.param(Approver.OWNER, {"owner"}, id="the owner's rung: he alone"),
        pytest.param(Approver.CALLER, set(), id="a caller's rung asks nobody"),
        pytest.param(Approver.NOBODY, set(), id="what goes by itself asks nobody"),
    ],
)
def test_who_may_say_yes(approver, may):
    assert {role for role in ("caller", "lead", "owner", "") if may_approve(approver, role)} == may


def test_only_a_rung_of_the_lead_or_the_owner_asks():
    assert asks(BUSINESS, NOTICE) == Asked(NOTICE, Approver.LEAD)
    assert asks(BUSINESS, HANDOVER) == Asked(HANDOVER, Approver.OWNER)
    assert asks(BUSINESS, RungKind.REMINDER) is None
    assert asks(edited(NOTICE, approver=Approver.CALLER), NOTICE) is None


@pytest.mark.parametrize("kind", [NOTICE, HANDOVER])
@pytest.mark.parametrize("approver", list(Approver))
def test_the_stored_reasons_tell_it_as_they_were_given(kind, approver):
    given = say("ladder.next_is", rung=rung_name(kind), who=say(f"ladder.approver.{approver}"))
    gone = say("ladder.has_gone", rung=rung_name(NOTICE), on="x")
    kept = [Sentence.from_json(s.to_json()) for s in (gone, given)]
    asking = approver in (Approver.LEAD, Approver.OWNER)
    assert asked_in(kept) == (Asked(kind, approver) if asking else None)


def test_other_reasons_ask_nobody():
    assert asked_in([say("gate.hold")]) is None
