"""The rows that an action by hand works on, and what follows when their facts changed."""

from __future__ import annotations

from collections.abc import Iterable

from beluur.actions.judge_commitments import judge_debtors
from beluur.actions.once import Doer
from beluur.actions.plan_next_steps import plan_debtors
from beluur.store.models import Contact, Debtor, Invoice
from beluur.store.save import save_search_text
from beluur.values.problem import Refused
from beluur.values.sentence import say


def the_debtor(doer: Doer, debtor_id: int) -> Debtor:
    """This debtor, locked; raises Debtor.DoesNotExist, and Refused when he was merged into another."""
    debtor = Debtor.objects.select_for_update().get(administration_id=doer.administration_id, id=debtor_id)
    if debtor.merged_into_id is not None:
        raise Refused(say("by_hand.merged", name=debtor.name))
    return debtor


def the_debtors(doer: Doer, debtor_ids: Iterable[int]) -> list[Debtor]:
    """Those of these debtors that are in this administration and were not merged, locked in a fixed order."""
    rows = Debtor.objects.select_for_update().filter(
        administration_id=doer.administration_id, id__in=list(debtor_ids), merged_into=None
    )
    return list(rows.order_by("id"))


def the_invoice(doer: Doer, invoice_id: int) -> Invoice:
    """This invoice, locked; raises Invoice.DoesNotExist."""
    return Invoice.objects.select_for_update().get(administration_id=doer.administration_id, id=invoice_id)


def the_contact(doer: Doer, contact_id: int) -> Contact:
    """This contact, locked; raises Contact.DoesNotExist, also when it was removed."""
    return Contact.objects.select_for_update().get(
        administration_id=doer.administration_id, id=contact_id, removed_at=None
    )


def facts_changed(doer: Doer, debtor_ids: Iterable[int], *, searchable: bool = False) -> None:
    """Judges their promises and plans their next step again, and with ``searchable`` their search document too."""
    ids = list(debtor_ids)
    judge_debtors(doer.administration_id, ids, doer.at)
    plan_debtors(doer.administration_id, ids, doer.at)
    if searchable:
        save_search_text(doer.administration_id, ids)
