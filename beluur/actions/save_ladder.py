"""Makes a ladder of the administration's own for one kind of debtor, or lets ours hold again (H4)."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.domain.ladder import Ladder
from beluur.domain.ladder_check import check, refusals
from beluur.domain.ladder_shipped import rules_of, shipped, usual
from beluur.queries.ladders import on_ladder_of
from beluur.store.load import load_policy
from beluur.store.models import Administration, Debtor, LadderRung
from beluur.store.models import Ladder as Row
from beluur.values.problem import Refused
from beluur.values.sentence import say


def save_ladder(doer: Doer, ladder: Ladder) -> None:
    """Refused with what is wrong with it, at ``<rung>.<column>``. What is equal to ours is not kept: ours follows the law. The
    one before is ended and stays on record; every debtor on it is looked at again."""

    def do() -> dict[str, Any]:
        _check_code(ladder.whom)
        for problem in refusals(check(ladder, rules_of(ladder.whom))):
            raise Refused(problem.sentence, problem.field)
        _end(doer, ladder.whom)
        if ladder.rungs != usual(ladder.whom, load_policy(doer.administration_id)).rungs:
            _write(doer, ladder)
        return {}

    once(doer, "save_ladder", do)


def reset_ladder(doer: Doer, whom: str) -> None:
    """The ladder that comes with the product holds again."""

    def do() -> dict[str, Any]:
        _check_code(whom)
        _end(doer, whom)
        return {}

    once(doer, "reset_ladder", do)


def _check_code(whom: str) -> None:
    if whom not in {one.ladder.whom for one in shipped()}:
        raise Refused(say("by_hand.choose"), "whom")


def _end(doer: Doer, whom: str) -> None:
    """Two that save at once wait for each other at the administration."""
    here = doer.administration_id
    Administration.objects.select_for_update().get(id=here)
    Row.objects.filter(administration_id=here, whom=whom, ended_at=None).update(
        ended_at=doer.at, ended_by_id=doer.user_id
    )
    Debtor.objects.filter(on_ladder_of(here, whom), administration_id=here).update(step_stale=True)


def _write(doer: Doer, ladder: Ladder) -> None:
    row = Row.objects.create(
        administration_id=doer.administration_id, whom=ladder.whom, at=doer.at, by_id=doer.user_id
    )
    LadderRung.objects.bulk_create(
        LadderRung(
            administration_id=doer.administration_id,
            ladder=row,
            position=position,
            kind=rung.kind.value,
            channel=rung.channel.value,
            after_days=rung.after_days,
            rest_days=rung.rest_days,
            needs=[kind.value for kind in rung.needs],
            approver=rung.approver.value,
            message=rung.message,
        )
        for position, rung in enumerate(ladder.rungs)
    )
