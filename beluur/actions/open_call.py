"""Opens a call: the books are read again (J2), the debtor is claimed, and nobody else calls him meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from beluur.actions.judge_commitments import judge_debtors
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.touched import the_debtor
from beluur.domain.calling_window import half_slots, slot_index
from beluur.domain.case import Case, Way
from beluur.domain.gate import GateResult, gate
from beluur.domain.goal import propose_goal
from beluur.domain.kept_goal import kept_goal
from beluur.domain.local_time import local
from beluur.domain.options import way_to_try
from beluur.domain.policy import Policy
from beluur.queries.behaviour import behaviour_of
from beluur.store.load import load_mandate, load_policy
from beluur.store.models import Administration, Call, Contact, Debtor
from beluur.store.save import Happening
from beluur.values.phone import parse_phone
from beluur.values.sentence import Sentence, say

LEASE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """The call is his. ``draft`` and ``version`` are what was typed before; ``resumed``: it was open already; ``cautions`` would
    have kept us from calling, but he rings us, or a person overruled them."""

    call_id: int
    version: int = 0
    draft: Mapping[str, Any] = field(default_factory=dict)
    resumed: bool = False
    cautions: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Why not. ``may_overrule``: a person may call all the same, with a reason. ``busy``: a colleague is calling him."""

    sentences: tuple[Sentence, ...]
    may_overrule: bool = False
    busy: bool = False


def open_call(
    doer: Doer, debtor_id: int, *, incoming: bool = False, overrule: str = ""
) -> Opened | NotOpened:
    """Claims the debtor for half an hour. What came in since the list was made counts: a payment removes the call and says so.

    ``overrule`` is the reason to call although a soft block stands; it goes on the timeline. Hard ones stand. An incoming call
    always opens, unless a colleague has him on the line. Raises Debtor.DoesNotExist."""
    try:
        said = once(doer, "open_call", lambda: _open(doer, debtor_id, incoming, overrule.strip()))
    except IntegrityError:  # another was quicker; now his call is to be seen
        said = once(doer, "open_call", lambda: _open(doer, debtor_id, incoming, overrule.strip()))
    return _answer(doer, said)


def _answer(doer: Doer, said: dict[str, Any]) -> Opened | NotOpened:
    sentences = tuple(Sentence.from_json(s) for s in said["sentences"])
    if not said["call"]:
        return NotOpened(sentences, said["may_overrule"], said["busy"])
    call = Call.objects.get(administration_id=doer.administration_id, id=said["call"])
    return Opened(call.id, call.draft_version, call.draft, said["resumed"], sentences)


def _said(call: Call | None, sentences: tuple[Sentence, ...] = (), **more: bool) -> dict[str, Any]:
    known = {"may_overrule": False, "busy": False, "resumed": False, **more}
    return {"call": call.id if call else 0, "sentences": [s.to_json() for s in sentences], **known}


def _open(doer: Doer, debtor_id: int, incoming: bool, overrule: str) -> dict[str, Any]:  # noqa: FBT001 - inner half
    debtor = the_debtor(doer, debtor_id)
    there = Call.objects.select_for_update().filter(
        administration_id=doer.administration_id, debtor_id=debtor_id, state="open"
    )
    current = there.first()
    if current and current.caller_id == doer.user_id:
        current.lease_until = doer.at + LEASE
        current.save(update_fields=["lease_until"])
        return _said(current, resumed=True)
    if current and current.lease_until > doer.at:
        return _said(None, (_busy(doer, current),), busy=True)
    judge_debtors(doer.administration_id, [debtor_id], doer.at)
    case = plan_debtors(doer.administration_id, [debtor_id], doer.at)[debtor_id]
    policy = load_policy(doer.administration_id)
    allowed = gate(case, policy, doer.at, incoming=incoming)
    if not incoming and not allowed.may_call and not (overrule and allowed.may_overrule):
        return _said(None, tuple(b.sentence for b in allowed.blocks), may_overrule=allowed.may_overrule)
    if current:
        Call.objects.filter(administration_id=doer.administration_id, id=current.id).update(
            state="left", ended_at=doer.at
        )
    overruled = overrule if allowed.blocks and not incoming else ""
    left = current or _left_before(doer, debtor_id)
    call = claim(doer, debtor, case, policy, incoming=incoming, overrule=overruled, left=left)
    put_on_record(doer, _happening(call, allowed, current))
    return _said(call, tuple(b.sentence for b in allowed.blocks))


def _left_before(doer: Doer, debtor_id: int) -> Call | None:
    """The last call, when it was left without an end: what was typed goes on in this one."""
    calls = Call.objects.filter(administration_id=doer.administration_id, debtor_id=debtor_id)
    last = calls.order_by("-opened_at", "-id").first()
    return last if last and last.state == "left" else None


def _busy(doer: Doer, call: Call) -> Sentence:
    zone = Administration.objects.values_list("time_zone", flat=True).get(id=doer.administration_id)
    since = call.opened_at.astimezone(ZoneInfo(zone)).time()
    return say("call.busy", who=call.caller.name if call.caller else "?", since=since)


def claim(
    doer: Doer,
    debtor: Debtor,
    case: Case,
    policy: Policy,
    *,
    incoming: bool,
    overrule: str,
    left: Call | None,
) -> Call:
    """The call's row, open: with its goal, whom to dial, and what was typed in the one that was ``left``. Raises IntegrityError
    when the debtor has an open call already."""
    here = local(doer.at, case.time_zone)
    mandate = load_mandate(doer.administration_id, doer.user_id)
    known = behaviour_of(doer.administration_id, debtor.id, here.date())
    goal = propose_goal(case, policy, mandate, here.date(), known)
    way = None if incoming else way_to_try(case, policy, here.date())
    contact, number = whom_to_dial(doer.administration_id, debtor, way)
    return Call.objects.create(
        administration_id=doer.administration_id,
        debtor=debtor,
        caller_id=doer.user_id,
        incoming=incoming,
        opened_at=doer.at,
        lease_until=doer.at + LEASE,
        contact=contact,
        number=number,
        goal=kept_goal(goal),
        draft=left.draft if left else {},
        draft_version=left.draft_version if left else 0,
        overruled=overrule[:300],
        slot=_slot(here, policy),
    )


def whom_to_dial(
    administration_id: int, debtor: Debtor, way: Way | None = None
) -> tuple[Contact | None, str]:
    """The person for payments, or else the first with a number, and the number in E.164; then the switchboard. ``way`` is the
    number to try after vain tries on that one (B9)."""
    people = Contact.objects.filter(administration_id=administration_id, debtor=debtor, removed_at=None)
    ordered = list(people.order_by("-for_payments", "position", "id"))
    if way is not None:
        usual = ordered[0] if ordered and ordered[0].for_payments else None
        return next((p for p in ordered if p.id == way.contact_id), usual), way.number
    for person in ordered:
        number = (person.phone if not person.phone_invalid else "") or person.mobile
        if number:
            return person, _e164(number, debtor.country)
    first = ordered[0] if ordered and ordered[0].for_payments else None
    return first, _e164(debtor.phone, debtor.country)


def _e164(number: str, country: str) -> str:
    phone = parse_phone(number, country) if number else None
    return phone.e164 if phone else number[:40]


def _slot(here: datetime, policy: Policy) -> str:
    index = slot_index(here.time(), policy)
    return "" if index is None else f"{half_slots(policy.golden_hours)[index][0]:%H%M}"


def _happening(call: Call, allowed: GateResult, left: Call | None) -> Happening:
    details = [b.sentence for b in allowed.blocks]
    if call.overruled:
        details.append(say("event.overruled", why=call.overruled))
    if left:
        details.append(say("event.call_left", who=left.caller.name if left.caller else "?"))
    said = say("event.call_in_opened") if call.incoming else say("event.call_opened")
    return Happening(
        call.debtor_id, "call_opened", said, tuple(details), facts={"number": call.number}, call_id=call.id
    )
