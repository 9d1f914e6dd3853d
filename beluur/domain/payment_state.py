"""The states of a booking on our account, and which leads to which: the one table that the actions and docs/payment-states.md
follow. What a payment pays are its allocations; the state says whether anybody still has to look at it."""

from __future__ import annotations

from enum import StrEnum


class PaymentState(StrEnum):
    """Where a booking stands."""

    EXPLAINED = "explained"  # all of it is on invoices, or goes back
    REST = "rest"  # a part is on invoices, the rest waits
    PROPOSED = "proposed"  # the engine has a proposal, a person decides
    UNEXPLAINED = "unexplained"  # nobody knows yet
    NOT_OURS = "not_ours"  # a person says, or it is plain, that no customer paid an invoice with it
    EARLIER = "earlier"  # from before the day to which the open items are known: they hold it already
    PENDING = "pending"  # announced by the bank, not booked
    UNDONE = "undone"  # its intake was undone


class Cause(StrEnum):
    """What brings a booking from one state to the next."""

    CERTAIN = "the engine is certain"
    LIKELY = "the engine proposes"
    UNKNOWN = "the engine finds nothing"
    ASSIGNED = "a person assigns all of it"
    IN_PART = "a person, or the engine, assigns a part"
    SET_ASIDE = "a person says that it is none of ours"
    TAKEN_BACK = "a person takes the assignment back, or it is returned"
    BOOKED = "the bank books it"
    UNDONE = "the intake is undone"


_S, _C = PaymentState, Cause

WAITING = (_S.REST, _S.PROPOSED, _S.UNEXPLAINED)
"""The states in which somebody has to look at it."""

TRANSITIONS: tuple[tuple[PaymentState, Cause, PaymentState], ...] = (
    *((s, _C.CERTAIN, _S.EXPLAINED) for s in (_S.PROPOSED, _S.UNEXPLAINED)),
    *((s, _C.LIKELY, _S.PROPOSED) for s in (_S.UNEXPLAINED,)),
    *((s, _C.UNKNOWN, _S.UNEXPLAINED) for s in (_S.PROPOSED,)),
    *((s, _C.ASSIGNED, _S.EXPLAINED) for s in (*WAITING, _S.NOT_OURS, _S.EARLIER)),
    *((s, _C.IN_PART, _S.REST) for s in (*WAITING, _S.NOT_OURS, _S.EARLIER)),
    *((s, _C.SET_ASIDE, _S.NOT_OURS) for s in WAITING),
    *((s, _C.TAKEN_BACK, _S.UNEXPLAINED) for s in (_S.EXPLAINED, _S.REST, _S.NOT_OURS)),
    *((s, _C.UNDONE, _S.UNDONE) for s in _S if s is not _S.UNDONE),
)
FIRST = (_S.EXPLAINED, _S.REST, _S.PROPOSED, _S.UNEXPLAINED, _S.NOT_OURS, _S.EARLIER, _S.PENDING)


def may(state: str, cause: Cause) -> bool:
    """Whether ``cause`` leads anywhere from ``state``."""
    return any(source == state and by is cause for source, by, _ in TRANSITIONS)


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {state.value}" for state in FIRST)]
    lines += [
        f"    {source.value} --> {target.value}: {cause.value}" for source, cause, target in TRANSITIONS
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(f"# The states of a booking on the account\n\n```mermaid\n{diagram()}\n```")  # noqa: T201 - printing is what this is for
