"""The reasons that the ladder gives (H4): what has gone before a rung, and what the law wants to be written first."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.domain.ladder import RungKind, rung_name
from beluur.domain.ladder_days import first_writing, gone, notice_ended_on
from beluur.domain.view import View
from beluur.values.sentence import Sentence, say


def because_rung(view: View, kind: RungKind) -> Iterator[Sentence]:
    """Why a person decides about this rung now, and who."""
    rung, since = view.ladder.rung(kind), view.since
    if rung is None or since is None:
        return
    done = gone(view, since)
    yield say("ladder.next_is", rung=rung_name(kind), who=say(f"ladder.approver.{rung.approver}"))
    for needed in view.ladder.needed(rung):
        yield say("ladder.has_gone", rung=rung_name(needed), on=done[needed])
    if RungKind.NOTICE in view.ladder.needed(rung) and (last := notice_ended_on(view)):
        yield say("ladder.notice_until", on=last)


def because_first_writing(view: View) -> Iterator[Sentence]:
    """That a call waits for this reminder, by law; and that there is no address for it."""
    rule = first_writing(view.case)
    if rule is not None:
        yield say("ladder.write_first", days=rule.days)
    if not view.case.has_email:
        yield say("ladder.no_address")
