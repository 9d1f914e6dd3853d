"""Writes an ultimatum that was said, and ends those that something else takes the place of; in the running transaction."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from beluur.actions.once import Doer, put_on_record
from beluur.domain.case import Case, UltimatumFact
from beluur.store.load import ULTIMATUM_STANDS
from beluur.store.models import Call, Event, Ultimatum
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def record_ultimatum(doer: Doer, call: Call, case: Case, fact: UltimatumFact) -> Ultimatum:
    """The row, saved; one that stood before it is withdrawn."""
    replace_ultimatums(
        doer, call.debtor_id, say("event.ultimatum_again"), before=call.opened_at, call_id=call.id
    )
    said = asdict(fact)
    return Ultimatum.objects.create(
        administration_id=doer.administration_id,
        debtor_id=call.debtor_id,
        call=call,
        currency=case.currency,
        made_at=doer.at,
        by_id=doer.user_id,
        **{name: said[name] for name in ("until", "cents", "consequence", "check_on", "covers")},
    )


def replace_ultimatums(
    doer: Doer, debtor_id: int, because: Sentence, *, before: datetime, call_id: int | None
) -> None:
    """What was given up to ``before`` and still stands is withdrawn, each with its event: ``because`` says what comes instead."""
    here = Ultimatum.objects.filter(administration_id=doer.administration_id, debtor_id=debtor_id)
    for row in here.filter(state__in=ULTIMATUM_STANDS, made_at__lte=before).order_by("id"):
        end_ultimatum(doer, row, (because,), call_id=call_id)


def end_ultimatum(
    doer: Doer, row: Ultimatum, lines: tuple[Sentence, ...], *, call_id: int | None = None, note: str = ""
) -> None:
    """It is withdrawn, and the timeline says why."""
    facts = {"ultimatum": row.id, "was": row.state}
    row.state, row.ended_at = "withdrawn", doer.at
    row.save(update_fields=["state", "ended_at"])
    said = say("event.ultimatum_withdrawn", amount=Money(row.cents, row.currency), on=row.until)
    put_on_record(
        doer,
        Happening(row.debtor_id, "ultimatum_withdrawn", said, lines, note=note, facts=facts, call_id=call_id),
    )


def undo_ultimatums(doer: Doer, call: Call) -> None:
    """The call was recorded wrongly: what was said in it does not stand, and what it took the place of stands again."""
    here = Ultimatum.objects.filter(administration_id=doer.administration_id, debtor_id=call.debtor_id)
    here.filter(call=call).exclude(state="withdrawn").update(state="withdrawn", ended_at=doer.at)
    events = Event.objects.filter(
        administration_id=doer.administration_id,
        debtor_id=call.debtor_id,
        call_id_ref=call.id,
        kind="ultimatum_withdrawn",
    )
    ids = [json.loads(payload)["facts"]["ultimatum"] for payload in events.values_list("payload", flat=True)]
    here.filter(id__in=ids, state="withdrawn").update(state="open", ended_at=None)
