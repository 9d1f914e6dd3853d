"""The steps of the road, what a next step looks like, and from which stage one comes to which.

`TRANSITIONS` is the one table: docs/states.md is drawn from it and the tests hold it against what `next_step` does.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from beluur.domain.ladder import RungKind
from beluur.values.sentence import Sentence


class Step(StrEnum):
    """What happens next with one debtor."""

    NONE = "none"  # nothing that we do
    WAIT = "wait"  # not late yet
    REMIND_FIRST = "remind_first"
    REMIND_SECOND = "remind_second"
    REMIND_LAST = "remind_last"  # one before the formal notice
    CALL_FIRST = "call_first"
    CALL_AGAIN = "call_again"
    CALL_BACK = "call_back"  # at an agreed moment
    CALL_BROKEN = "call_broken"  # after a promise that was not kept
    CHECK_PAYMENT = "check_payment"
    ANSWER_DISPUTE = "answer_dispute"
    FIX_CONTACT = "fix_contact"
    OTHER_CHANNEL = "other_channel"
    DECIDE = "decide"  # a person decides how it goes on
    WAIT_PROMISE = "wait_promise"
    HOLD = "hold"
    STOPPED = "stopped"


CALLS = frozenset((Step.CALL_FIRST, Step.CALL_AGAIN, Step.CALL_BACK, Step.CALL_BROKEN))
MAILS: dict[Step, RungKind] = {
    Step.REMIND_FIRST: RungKind.REMINDER,
    Step.REMIND_SECOND: RungKind.SECOND_REMINDER,
    Step.REMIND_LAST: RungKind.LAST_REMINDER,
    Step.OTHER_CHANNEL: RungKind.OTHER_CHANNEL,
}
"""The steps that are a mail, each with its rung."""
REMINDING = (Step.REMIND_FIRST, Step.REMIND_SECOND, Step.REMIND_LAST)


class Tier(IntEnum):
    """Rank in the call list, first to last; `NOT_CALLED` is not in it."""

    CALL_BACK = 0
    BROKEN = 1
    WEEK = 2
    AMOUNT = 3
    NOT_CALLED = 9


class NextStep(NamedTuple):
    """What happens next, when, and because of what.

    ``on`` is the day of the step (a day that has passed means: since then), None when no day brings it; ``at`` a moment in UTC
    before which it is too early. ``base_cents`` may be asked for, of ``open_cents``. ``valid_until`` is the first day on
    which the answer may change by time alone, None when no day does. ``week_ends`` is the last day of the week rule (B1).
    ``about`` is ("callback", "promise", "claim", "dispute" or "ultimatum", its id). Slots are indexes of the day's half
    golden hours: where he was reached before, and where he was missed too often to try again.
    """

    step: Step
    on: date | None
    because: tuple[Sentence, ...]
    tier: Tier = Tier.NOT_CALLED
    base_cents: int = 0
    open_cents: int = 0
    oldest_due: date | None = None
    week_ends: date | None = None
    valid_until: date | None = None
    at: datetime | None = None
    about: tuple[str, int] | None = None
    reached_slots: tuple[int, ...] = ()
    avoid_slots: tuple[int, ...] = ()
    rung: RungKind | None = None  # what a person decides about (H1, H2)

    @property
    def is_call(self) -> bool:
        """Whether the step is a call, on whatever day."""
        return self.step in CALLS

    def is_due(self, today: date) -> bool:
        """Whether the step is to be done on ``today``; what was due before and not done still is (J4)."""
        return self.on is not None and self.on <= today


class By(StrEnum):
    """What brings a debtor from one stage to another."""

    DAY = "a day is reached"
    BOOKS = "payment or new books"
    REMINDER = "reminder sent"
    CALL = "call ended"
    CONTACT = "contact data changed"
    PERSON = "a person decides"


class Stage(StrEnum):
    """Steps of one nature; within a stage one comes from each step to each other."""

    REST = "rest"
    REMIND = "remind"
    CALL = "call"
    UNREACHED = "unreached"
    DESK = "desk"
    HALTED = "halted"


STAGES: dict[Stage, tuple[Step, ...]] = {
    Stage.REST: (Step.NONE, Step.WAIT),
    Stage.REMIND: (Step.REMIND_FIRST, Step.REMIND_SECOND, Step.REMIND_LAST),
    Stage.CALL: (Step.CALL_FIRST, Step.CALL_AGAIN, Step.CALL_BACK, Step.CALL_BROKEN),
    Stage.UNREACHED: (Step.FIX_CONTACT, Step.OTHER_CHANNEL, Step.DECIDE),
    Stage.DESK: (Step.WAIT_PROMISE, Step.CHECK_PAYMENT, Step.ANSWER_DISPUTE),
    Stage.HALTED: (Step.HOLD, Step.STOPPED),
}
STAGE_OF = {step: stage for stage, steps in STAGES.items() for step in steps}

TRANSITIONS: tuple[tuple[Stage, Stage, By], ...] = (
    (Stage.REST, Stage.REMIND, By.DAY),
    (Stage.REST, Stage.CALL, By.DAY),
    (Stage.REST, Stage.UNREACHED, By.DAY),
    (Stage.REST, Stage.DESK, By.DAY),
    (Stage.REST, Stage.DESK, By.BOOKS),
    (Stage.REST, Stage.HALTED, By.PERSON),
    (Stage.REMIND, Stage.CALL, By.DAY),
    (Stage.REMIND, Stage.CALL, By.REMINDER),
    (Stage.REMIND, Stage.UNREACHED, By.DAY),
    (Stage.REMIND, Stage.DESK, By.DAY),
    (Stage.REMIND, Stage.DESK, By.CALL),
    (Stage.REMIND, Stage.REST, By.BOOKS),
    (Stage.REMIND, Stage.HALTED, By.PERSON),
    (Stage.CALL, Stage.DESK, By.CALL),
    (Stage.CALL, Stage.UNREACHED, By.CALL),
    (Stage.CALL, Stage.UNREACHED, By.DAY),
    (Stage.CALL, Stage.REMIND, By.CALL),
    (Stage.CALL, Stage.REST, By.BOOKS),
    (Stage.CALL, Stage.HALTED, By.PERSON),
    (Stage.UNREACHED, Stage.CALL, By.CONTACT),
    (Stage.UNREACHED, Stage.CALL, By.DAY),
    (Stage.UNREACHED, Stage.DESK, By.CALL),
    (Stage.UNREACHED, Stage.DESK, By.DAY),
    (Stage.UNREACHED, Stage.REST, By.BOOKS),
    (Stage.UNREACHED, Stage.HALTED, By.PERSON),
    (Stage.DESK, Stage.CALL, By.DAY),
    (Stage.DESK, Stage.CALL, By.BOOKS),
    (Stage.DESK, Stage.REMIND, By.DAY),
    (Stage.DESK, Stage.UNREACHED, By.DAY),
    (Stage.DESK, Stage.REST, By.BOOKS),
    (Stage.DESK, Stage.HALTED, By.PERSON),
    (Stage.HALTED, Stage.REST, By.DAY),
    (Stage.HALTED, Stage.REMIND, By.DAY),
    (Stage.HALTED, Stage.CALL, By.DAY),
    (Stage.HALTED, Stage.UNREACHED, By.DAY),
    (Stage.HALTED, Stage.DESK, By.DAY),
)
