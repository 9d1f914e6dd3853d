"""Says that several debtors are paid for by one desk (B6): one call for all."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.models import Debtor, PayerGroup
from beluur.store.save import Happening
from beluur.values.sentence import say


def set_payer_group(doer: Doer, *, debtor_id: int, name: str) -> int | None:
    """Puts the debtor in the group called ``name``, made when it is new; "" takes him out. Gives the group's id."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        before = debtor.payer_group
        group = _group(doer, name.strip())
        if group == before:
            return {"group": group.id if group else None}
        debtor.payer_group = group
        debtor.save(update_fields=["payer_group"])
        said = say("event.group_left", name=before.name if before else "")
        if group:
            said = say("event.group_joined", name=group.name)
        put_on_record(doer, Happening(debtor.id, "payer_group", said))
        groups = {g.id for g in (group, before) if g}
        members = Debtor.objects.filter(administration_id=doer.administration_id, payer_group_id__in=groups)
        facts_changed(doer, {debtor.id, *members.values_list("id", flat=True)})
        return {"group": group.id if group else None}

    found = once(doer, "set_payer_group", do)["group"]
    return None if found is None else int(found)


def _group(doer: Doer, name: str) -> PayerGroup | None:
    if not name:
        return None
    here = PayerGroup.objects.filter(administration_id=doer.administration_id, name__iexact=name)
    return here.first() or PayerGroup.objects.create(
        administration_id=doer.administration_id, name=name[:160]
    )
