"""The reasons on the call screen: which were given, for what was heard, what a button does with one, and a stop (D7, J11)."""

from __future__ import annotations

from beluur.domain.call_report import CallReport, ReasonSaid
from beluur.domain.case import Outcome, Stop
from beluur.domain.conversation import Stage
from beluur.domain.reason_actions import CONSEQUENCES, Action
from beluur.playbook import ReasonCode
from beluur.web.forms.call_draft import Draft

Changes = dict[str, str]
MOST = 8  # reasons in one conversation
STOPS = {Action.STOP_INSOLVENCY: Stop.INSOLVENT, Action.HAND_TO_HUMAN: Stop.VULNERABLE}


def reason_of(draft: Draft) -> ReasonCode | None:
    """The reason that is being answered now."""
    kept = draft.text("reason")
    return ReasonCode(kept) if kept in set(ReasonCode) else None


def reasons_of(draft: Draft) -> tuple[ReasonSaid, ...]:
    """What was picked, in the order in which it was said, with what was heard then."""
    codes = dict.fromkeys(c for c in draft.text("reasons").split(",") if c in set(ReasonCode))
    return tuple(
        ReasonSaid(code, draft.text(f"h_{code}"), tuple(draft.text(f"o_{code}").split(","))) for code in codes
    )


def stop_of(draft: Draft) -> Stop | None:
    """Why the demand ends with this call."""
    kept = draft.text("stop")
    return Stop(kept) if kept in set(Stop) else None


def stopped_report(draft: Draft, *, number: str, contact_id: int | None) -> CallReport:
    """The report of a call that was stopped. Of a vulnerable person nothing is kept that was typed: it may be about health."""
    stop = stop_of(draft)
    quiet = stop is Stop.VULNERABLE
    outcome = draft.outcome or Outcome.REACHED
    return CallReport(
        outcome=outcome,
        contact_id=contact_id if outcome is Outcome.REACHED else None,
        spoken_with=draft.text("spoken_with"),
        number=number,
        note="" if quiet else draft.text("note"),
        reasons=() if quiet else (*reasons_of(draft), ReasonSaid(ReasonCode.INSOLVENCY)),
        send=False,
        stop=stop,
    )


def given(draft: Draft, code: ReasonCode, *, heard: str = "", offered: tuple[str, ...] = ()) -> Changes:
    """He gives this reason: it is answered now. ``heard`` is the line of the note that it was picked for, ``offered`` what was
    offered for it."""
    stop = STOPS.get(CONSEQUENCES[code].action)
    if stop is not None:
        return {"reason": code.value, "stop": stop.value, "stage": Stage.STOP.value, "checked": ""}
    before = [r.code for r in reasons_of(draft) if r.code != code]
    return {
        "reason": code.value,
        "reasons": ",".join((*before[-MOST + 1 :], code.value)),
        f"h_{code.value}": heard[:300],
        f"o_{code.value}": ",".join(offered),
        "mailed": "",
        "stage": Stage.REASON.value,
        "checked": "",
    }


def taken_back(draft: Draft) -> Changes:
    """It was not that, after all: the reason that is being answered is none."""
    code = reason_of(draft)
    left = [r.code for r in reasons_of(draft) if r.code != code]
    stage = Stage.WHEN if draft.outcome is Outcome.REACHED else Stage.WHO
    return {"reason": "", "reasons": ",".join(left), "stop": "", "mailed": "", "stage": stage.value}
