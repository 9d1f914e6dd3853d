"""Who lets a rung go out (H4): a rung that asks for the lead or the owner is not done before one of those said yes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from beluur.domain.ladder import Approver, Ladder, RungKind
from beluur.values.sentence import Sentence

_RANKS: dict[Approver, frozenset[str]] = {
    Approver.LEAD: frozenset(("lead", "owner")),
    Approver.OWNER: frozenset(("owner",)),
}


class Asked(NamedTuple):
    """A rung that waits for somebody's yes."""

    rung: RungKind
    approver: Approver


def asks(ladder: Ladder, kind: RungKind) -> Asked | None:
    """Whom that rung asks; None when the ladder has none such, or whoever calls decides himself."""
    rung = ladder.rung(kind)
    return Asked(kind, rung.approver) if rung is not None and rung.approver in _RANKS else None


def may_approve(approver: Approver, role: str) -> bool:
    """Whether who has that ``role`` (owner, lead, caller) may say yes; nobody who is not known may."""
    return role in _RANKS.get(approver, ())


def asked_in(because: Iterable[Sentence]) -> Asked | None:
    """The rung that a stored next step is about, by the reasons that `because_rung` gave, when it waits for a yes."""
    for sentence in because:
        if sentence.code == "ladder.next_is":
            rung, who = sentence.params["rung"], sentence.params["who"]
            assert isinstance(rung, Sentence)
            assert isinstance(who, Sentence)
            approver = Approver(who.code.rpartition(".")[2])
            return Asked(RungKind(rung.code.rpartition(".")[2]), approver) if approver in _RANKS else None
    return None
