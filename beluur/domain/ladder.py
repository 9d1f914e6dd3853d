"""The ladder (H4): the steps that are taken with one kind of debtor, and what must have gone before each.

A rung waits for its days since the due date and for its days since what it needs; whichever is later. What was done is told by
the facts of the case, never by the ladder: an edited ladder takes no step twice. Where a dossier stands is `domain.ladder_stand`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from beluur.law.order import OrderRule
from beluur.values.sentence import Sentence, say

MOST_DAYS = 365


class RungKind(StrEnum):
    """What a rung is; each stands in a ladder once at most."""

    REMINDER = "reminder"
    CALL = "call"
    CALL_AGAIN = "call_again"
    OTHER_CHANNEL = "other_channel"  # only for who cannot be reached (B9)
    SECOND_REMINDER = "second_reminder"
    LAST_REMINDER = "last_reminder"  # one before the notice: friendly, no claim by law
    NOTICE = "notice"  # the formal notice (H1): a person decides
    HANDOVER = "handover"  # the specialist (H2): a person decides


class Channel(StrEnum):
    """How a rung reaches the debtor."""

    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    DESK = "desk"  # it does not: somebody here decides


class Approver(StrEnum):
    """Who lets a rung go out; ``NOBODY``: it goes by itself, at night."""

    NOBODY = "nobody"
    CALLER = "caller"
    LEAD = "lead"
    OWNER = "owner"


CHANNELS: dict[RungKind, tuple[Channel, ...]] = {
    RungKind.REMINDER: (Channel.MAIL,),
    RungKind.CALL: (Channel.PHONE,),
    RungKind.CALL_AGAIN: (Channel.PHONE,),
    RungKind.OTHER_CHANNEL: (Channel.MAIL,),
    RungKind.SECOND_REMINDER: (Channel.MAIL,),
    RungKind.LAST_REMINDER: (Channel.MAIL,),
    RungKind.NOTICE: (Channel.LETTER, Channel.MAIL),
    RungKind.HANDOVER: (Channel.DESK,),
}
APPROVERS: dict[RungKind, tuple[Approver, ...]] = {
    **dict.fromkeys(RungKind, (Approver.CALLER,)),
    **dict.fromkeys(
        (RungKind.REMINDER, RungKind.OTHER_CHANNEL, RungKind.SECOND_REMINDER, RungKind.LAST_REMINDER),
        (Approver.CALLER, Approver.NOBODY),
    ),
    **dict.fromkeys((RungKind.NOTICE, RungKind.HANDOVER), (Approver.LEAD, Approver.OWNER, Approver.CALLER)),
}
MESSAGES: dict[RungKind, tuple[str, ...]] = {
    RungKind.REMINDER: ("reminder_1", "statement"),
    RungKind.OTHER_CHANNEL: ("tried_to_reach",),
    RungKind.SECOND_REMINDER: ("reminder_2", "reminder_1", "statement"),
    RungKind.LAST_REMINDER: ("before_notice", "reminder_2", "statement"),
}
"""The texts that a rung which is a mail may take, the usual one first."""
ENDS = (RungKind.NOTICE, RungKind.HANDOVER)  # from here on a person decides


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: ``after_days`` calendar days after the due date at the earliest, and ``rest_days`` after the last of what it
    ``needs``. The rungs of calls move on to a working day."""

    kind: RungKind
    channel: Channel
    after_days: int = 0
    rest_days: int = 0
    needs: tuple[RungKind, ...] = ()
    approver: Approver = Approver.CALLER
    message: str = ""  # one of `MESSAGES`; empty for the usual one

    @property
    def words(self) -> str:
        """Which text it sends; empty for a rung that is no mail."""
        return self.message or next(iter(MESSAGES.get(self.kind, ())), "")

    def obeys(self, rule: OrderRule) -> bool:
        """Whether it waits for what the law wants before it, and long enough."""
        return rule.after in self.needs and self.rest_days >= rule.days


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs for ``whom`` (a code of `domain/ladders.toml`), in the order in which they are shown. ``source`` says on what
    they rest; ``own``: the administration made it."""

    whom: str
    rungs: tuple[Rung, ...]
    source: str = ""
    own: bool = False
    _by_kind: dict[RungKind, Rung] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_kind", {rung.kind: rung for rung in reversed(self.rungs)})

    def __hash__(self) -> int:
        return hash((self.whom, len(self.rungs), self.own))  # asked of every debtor: equality tells the rest

    def rung(self, kind: RungKind) -> Rung | None:
        """The rung of that kind, when the ladder has one."""
        return self._by_kind.get(kind)

    def needed(self, rung: Rung) -> tuple[RungKind, ...]:
        """What must have gone before ``rung``, of what there is in this ladder."""
        return tuple([kind for kind in rung.needs if kind in self._by_kind])


def rung_name(kind: RungKind) -> Sentence:
    """What the rung is called."""
    return say(f"ladder.rung.{kind}")


def circle(ladder: Ladder) -> tuple[RungKind, ...]:
    """Rungs that wait for each other, so that none of them ever comes; empty when there are none."""
    waiting = {rung.kind: set(ladder.needed(rung)) for rung in ladder.rungs}
    while free := [kind for kind, needs in waiting.items() if not needs]:
        for kind in free:
            del waiting[kind]
        for needs in waiting.values():
            needs.difference_update(free)
    return tuple(waiting)


def in_circle(ladder: Ladder) -> tuple[RungKind, ...]:
    """Those of `circle` for which others of them wait: without who only waits behind the circle."""
    kinds = circle(ladder)
    while True:
        needed = {need for kind in kinds if (rung := ladder.rung(kind)) for need in ladder.needed(rung)}
        kept = tuple(kind for kind in kinds if kind in needed)
        if kept == kinds:
            return kept
        kinds = kept


def earliest(ladder: Ladder) -> dict[RungKind, int]:
    """Days after the due date on which each rung can come at the earliest, when each is done on its day; those that wait for each
    other are absent."""
    found: dict[RungKind, int] = {}
    for rung in _in_order(ladder):
        gone = [found[kind] for kind in ladder.needed(rung)]
        found[rung.kind] = max(rung.after_days, max(gone, default=0) + (rung.rest_days if gone else 0))
    return found


def _in_order(ladder: Ladder) -> Iterator[Rung]:
    """Each rung after what it needs."""
    stuck = set(circle(ladder))
    left = [rung for rung in ladder.rungs if rung.kind not in stuck]
    gone: set[RungKind] = set()
    while left:
        rung = next(r for r in left if gone.issuperset(ladder.needed(r)))
        left.remove(rung)
        gone.add(rung.kind)
        yield rung
