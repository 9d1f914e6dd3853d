"""Who looked himself and noted by mistake that money is in, or not in, takes that back (J3): what was booked with it is reversed
by rows, and it is looked for again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.reverse_payment import reverse_row
from beluur.actions.touched import facts_changed, the_debtor
from beluur.domain.case import Verdict
from beluur.store.models import Debtor, Event, Instalment, PaidClaim, Payment, Promise, Ultimatum
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say

Kind = Literal["instalment", "ultimatum", "claim"]
_TAKEN_BACK = "look_taken_back"
_NOTED = {
    "instalment": ("looked",),
    "ultimatum": ("ultimatum_met", "ultimatum_missed"),
    "claim": ("claim_checked",),
}


def take_back_look(doer: Doer, *, kind: Kind, row_id: int) -> int:
    """Gives the debtor's id. Refused when nobody noted it, when that was taken back already, or when the promise was replaced
    since. Raises DoesNotExist of the row."""

    def do() -> dict[str, Any]:
        rows = _rows(doer, kind)
        owner = rows.get(id=row_id)
        debtor = the_debtor(doer, owner.promise.debtor_id if kind == "instalment" else owner.debtor_id)
        row = rows.select_for_update(of=("self",)).get(id=row_id)
        noted = _noted_at(doer, debtor, kind, row)
        if noted is None or not _may_again(row):
            raise Refused(say("look.nothing_to_take_back"))
        currency = row.promise.currency if kind == "instalment" else getattr(row, "currency", debtor.currency)
        was_in = _open_again(doer, row)
        said = say(f"event.look_taken_back_{'in' if was_in else 'not_in'}", amount=Money(row.cents, currency))
        put_on_record(doer, Happening(debtor.id, _TAKEN_BACK, said, facts=_facts(row)))
        for payment in _booked_with(doer, debtor, noted):
            reverse_row(doer, payment, looked=(row.id,) if kind == "instalment" else ())
        facts_changed(doer, [debtor.id])
        return {"debtor": debtor.id}

    return int(once(doer, "take_back_look", do)["debtor"])


def _rows(doer: Doer, kind: Kind) -> Any:
    here = {"administration_id": doer.administration_id}
    if kind == "instalment":
        return Instalment.objects.filter(**here).select_related("promise")
    return (Ultimatum if kind == "ultimatum" else PaidClaim).objects.filter(**here)


def _facts(row: Instalment | Ultimatum | PaidClaim) -> dict[str, Any]:
    """By which the timeline knows it."""
    if isinstance(row, Instalment):
        return {"promise": row.promise_id, "instalment": row.number}
    return {"ultimatum": row.id} if isinstance(row, Ultimatum) else {"claim": row.id}


def _noted_at(
    doer: Doer, debtor: Debtor, kind: Kind, row: Instalment | Ultimatum | PaidClaim
) -> datetime | None:
    """When somebody noted it last; None when nobody did, or it was taken back since."""
    his = Q(debtor=debtor) | Q(debtor__merged_into=debtor)
    kinds = (*_NOTED[kind], _TAKEN_BACK)
    told = Event.objects.filter(
        his, administration_id=doer.administration_id, kind__in=kinds, actor__isnull=False
    )
    wanted = _facts(row)
    for at, what, payload in told.order_by("-at", "-seq").values_list("at", "kind", "payload"):
        facts: Mapping[str, Any] = json.loads(payload or "{}").get("facts", {})
        if all(facts.get(name) == value for name, value in wanted.items()):
            return None if what == _TAKEN_BACK else at
    return None


def _may_again(row: Instalment | Ultimatum | PaidClaim) -> bool:
    if isinstance(row, Instalment):
        return row.looked_by_id is not None and row.promise.ended_because in ("", "kept", "late")
    return row.state in (("met", "missed") if isinstance(row, Ultimatum) else ("found", "not_found"))


def _open_again(doer: Doer, row: Instalment | Ultimatum | PaidClaim) -> bool:
    """It stands as before anybody looked; gives whether it was noted as in."""
    if isinstance(row, Instalment):
        was_in = row.verdict in (Verdict.KEPT, Verdict.LATE)
        row.verdict, row.looked_by = Verdict.OPEN, None
        row.save(update_fields=["verdict", "looked_by"])
        promise = Promise.objects.filter(administration_id=doer.administration_id, id=row.promise_id)
        promise.update(active=True, ended_because="")
        return was_in
    was_in = row.state in ("met", "found")
    row.state = "open"
    if isinstance(row, Ultimatum):
        row.ended_at = None
    row.save()
    return was_in


def _booked_with(doer: Doer, debtor: Debtor, noted: datetime) -> list[Payment]:
    """What was booked in the very act, and was not reversed by hand since."""
    by_hand = Payment.objects.filter(
        administration_id=doer.administration_id,
        debtor=debtor,
        account=None,
        reverses=None,
        reversed_by=None,
        at=noted,
    )
    return list(by_hand.order_by("id"))
