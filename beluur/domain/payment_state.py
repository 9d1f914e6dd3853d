"""The states of a booking on our account, and which leads to which: the one table that the actions and docs/payment-states.md
follow. What a payment pays are its allocations; the state says whether anybody still has to look at it."""

from __future__ import annotations

from enum import StrEnum

from beluur.domain.state_page import state_page


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
    NO_CUSTOMER = "the engine sees that no customer paid it"
    BEFORE = "the open items turn out to hold it already"
    ASSIGNED = "a person assigns all of it"
    IN_PART = "a person, or the engine, assigns a part"
    SET_ASIDE = "a person says that it is none of ours"
    TAKEN_BACK = "a person takes the assignment back"
    REST_AGAIN = "a person takes back that the rest was set aside"
    RETURNED = "the money goes back"
    PART_RETURNED = "a part of the money goes back"
    BOOKED = "the bank books it, or lets it go"
    DETAILED = "the bank tells the payments in it"
    UNDONE = "the intake is undone"


_S, _C = PaymentState, Cause

WAITING = (_S.REST, _S.PROPOSED, _S.UNEXPLAINED)
"""The states in which somebody has to look at it."""

_UNDECIDED = (_S.PROPOSED, _S.UNEXPLAINED)

TRANSITIONS: tuple[tuple[PaymentState, Cause, PaymentState], ...] = (
    *((s, _C.CERTAIN, _S.EXPLAINED) for s in _UNDECIDED),
    *((s, _C.IN_PART, _S.REST) for s in (*WAITING, _S.NOT_OURS, _S.EARLIER)),
    (_S.UNEXPLAINED, _C.LIKELY, _S.PROPOSED),
    (_S.PROPOSED, _C.UNKNOWN, _S.UNEXPLAINED),
    *((s, _C.NO_CUSTOMER, _S.NOT_OURS) for s in _UNDECIDED),
    *((s, _C.BEFORE, _S.EARLIER) for s in _UNDECIDED),
    *((s, _C.ASSIGNED, _S.EXPLAINED) for s in (*WAITING, _S.NOT_OURS, _S.EARLIER)),
    *((s, _C.SET_ASIDE, _S.NOT_OURS) for s in WAITING),
    *((s, _C.TAKEN_BACK, _S.UNEXPLAINED) for s in (_S.EXPLAINED, _S.REST, _S.NOT_OURS)),
    *((s, _C.RETURNED, _S.EXPLAINED) for s in (*WAITING, _S.NOT_OURS, _S.EARLIER)),
    *((s, _C.PART_RETURNED, _S.REST) for s in WAITING),
    *((s, _C.PART_RETURNED, s) for s in (_S.EXPLAINED, _S.NOT_OURS, _S.EARLIER)),
    (_S.PENDING, _C.BOOKED, _S.UNDONE),
    *((s, _C.DETAILED, _S.UNDONE) for s in (_S.UNEXPLAINED, _S.PROPOSED, _S.NOT_OURS, _S.EARLIER)),
    (_S.NOT_OURS, _C.REST_AGAIN, _S.REST),
    *((s, _C.UNDONE, _S.UNDONE) for s in _S if s is not _S.UNDONE),
)
FIRST = (_S.EXPLAINED, _S.REST, _S.PROPOSED, _S.UNEXPLAINED, _S.NOT_OURS, _S.EARLIER, _S.PENDING)


def may(state: str, cause: Cause) -> bool:
    """Whether ``cause`` leads anywhere from ``state``."""
    return any(source == state and by is cause for source, by, _ in TRANSITIONS)


def page() -> str:
    """The whole of docs/payment-states.md."""
    return state_page("The states of a booking on the account", "payment_state", FIRST, TRANSITIONS)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what this is for
