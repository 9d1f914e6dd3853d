"""The lead or the owner lets a rung go out, or not yet (H4); and what is not let go out is not done."""

from __future__ import annotations

from datetime import date
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import the_debtor
from beluur.domain.case import DebtorKind
from beluur.domain.ladder import RungKind, rung_name
from beluur.domain.ladder_shipped import ladder_of
from beluur.domain.local_time import local_day
from beluur.domain.rung_approval import Asked, asks, may_approve
from beluur.store.load import load_policy
from beluur.store.load.rung_decisions import decisions
from beluur.store.models import Administration, Debtor, Membership, RungDecision
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say

_MOST_WORDS = 500


def decide_rung(
    doer: Doer, debtor_id: int, kind: RungKind, *, granted: bool, words: str = "", until: date | None = None
) -> None:
    """A no says why, and may say from which day it is asked again. Refused when nobody is asked, or another than he; at ``words``
    and ``until``. Raises Debtor.DoesNotExist."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        asked = _asked(doer, debtor, kind)
        if asked is None:
            raise Refused(say("rung.nobody_asked", rung=rung_name(kind)))
        if not may_approve(asked.approver, _role(doer)):
            raise _refusal(asked)
        _check(debtor, doer, granted=granted, words=words, until=until)
        RungDecision.objects.create(
            administration_id=doer.administration_id,
            debtor=debtor,
            rung=kind.value,
            since=debtor.oldest_due,
            granted=granted,
            until=None if granted else until,
            words=words.strip()[:_MOST_WORDS],
            by_id=doer.user_id,
            at=doer.at,
        )
        _tell(doer, debtor, kind, granted=granted, words=words, until=until)
        return {}

    once(doer, "decide_rung", do)


def let_out(doer: Doer, debtor: Debtor, kind: RungKind) -> tuple[Sentence, ...]:
    """Whose yes the rung goes out with, for the timeline; empty when it asks nobody. Refused when nobody gave it yet."""
    asked = _asked(doer, debtor, kind)
    if asked is None:
        return ()
    found = decisions(doer.administration_id, [debtor.id]).get((debtor.id, kind))
    if found is not None and found.granted:
        return (say("rung.with_yes", who=found.by, on=local_day(found.at, debtor.time_zone)),)
    if may_approve(asked.approver, _role(doer)):
        return (say("rung.own_yes", who=doer.name),)
    raise _refusal(asked)


def _asked(doer: Doer, debtor: Debtor, kind: RungKind) -> Asked | None:
    house = Administration.objects.values_list("kind", flat=True).get(id=doer.administration_id)
    agency = house == Administration.Kind.AGENCY
    policy = load_policy(doer.administration_id)
    return asks(ladder_of(debtor.country, DebtorKind(debtor.kind), policy, agency=agency), kind)


def _role(doer: Doer) -> str:
    here = Membership.objects.filter(administration_id=doer.administration_id, user_id=doer.user_id or 0)
    return here.values_list("role", flat=True).first() or ""


def _refusal(asked: Asked) -> Refused:
    return Refused(
        say("rung.not_let_out", rung=rung_name(asked.rung), who=say(f"ladder.approver.{asked.approver}"))
    )


def _check(debtor: Debtor, doer: Doer, *, granted: bool, words: str, until: date | None) -> None:
    if granted:
        return
    if not words.strip():
        raise Refused(say("rung.why_not"), "words")
    today = local_day(doer.at, debtor.time_zone)
    if until is not None and until <= today:
        raise Refused(say("rung.day_gone", today=today), "until")


def _tell(
    doer: Doer, debtor: Debtor, kind: RungKind, *, granted: bool, words: str, until: date | None
) -> None:
    rung = rung_name(kind)
    said = say("event.rung_granted", rung=rung) if granted else say("event.rung_refused", rung=rung)
    again = (say("event.rung_again", on=until),) if until and not granted else ()
    facts = {"rung": kind.value, "granted": granted}
    put_on_record(
        doer, Happening(debtor.id, "rung_decided", said, again, note=words.strip()[:_MOST_WORDS], facts=facts)
    )
