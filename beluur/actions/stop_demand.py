"""What goes with the end of a demand: mails and letters that would still go out are taken back, and somebody is asked to look
(J11)."""

from __future__ import annotations

from django.db.models import QuerySet

from beluur.actions.change_message import withdraw_waiting
from beluur.actions.end_letters import withdraw_of
from beluur.actions.once import Doer
from beluur.domain.case import Stop
from beluur.store.models import Administration, Debtor, Task
from beluur.values.sentence import say
from beluur.words import render

_LOOK = (Stop.VULNERABLE, Stop.INSOLVENT)
_KIND = "human_first"


def stop_demand(doer: Doer, debtor_id: int, stop: Stop, *, call_id: int | None = None) -> None:
    """In the running transaction; what goes on the timeline of the stop itself is the caller's."""
    Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id).update(stop=stop)
    withdraw_waiting(doer, debtor_id)
    withdraw_of(doer, debtor_id)
    if stop in _LOOK:
        _ask_to_look(doer, debtor_id, stop, call_id)


def looked_at(doer: Doer, debtor_id: int) -> None:
    """In the running transaction: a person said how it goes on, so that nobody is asked any more."""
    _asked(doer, debtor_id).update(done_at=doer.at)


def _ask_to_look(doer: Doer, debtor_id: int, stop: Stop, call_id: int | None) -> None:
    here = Administration.objects.filter(id=doer.administration_id)
    language = here.values_list("language", flat=True).get()
    what = render(say(f"task.{stop.value}"), language)
    if _asked(doer, debtor_id).filter(what=what).exists():
        return
    Task.objects.create(
        administration_id=doer.administration_id,
        debtor_id=debtor_id,
        call_id=call_id,
        kind=_KIND,
        what=what,
        at=doer.at,
        made_at=doer.at,
    )


def _asked(doer: Doer, debtor_id: int) -> QuerySet[Task]:
    return Task.objects.filter(
        administration_id=doer.administration_id, debtor_id=debtor_id, kind=_KIND, done_at=None
    )
