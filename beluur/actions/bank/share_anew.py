"""Payments that are proposed for several debtors, when invoices become another's: each is held for what is his."""

from __future__ import annotations

import json
from collections.abc import Collection

from django.db.models import Q

from beluur.actions.bank.proposal_json import also_json
from beluur.domain.reconciliation.incoming import Part
from beluur.store.among import rows_among
from beluur.store.load import also_his
from beluur.store.load.bank import IN_INDEX, is_shared
from beluur.store.models import Invoice, Payment
from beluur.store.save import update_many


def share_anew(administration_id: int, debtors: Collection[int]) -> None:
    """Of what is proposed first for one of these ``debtors``, or for others with him: whose invoices they are now. In the
    running transaction; the debtors are to be locked before."""
    here = {"administration_id": administration_id}
    proposed = Payment.objects.filter(**here, state="proposed")
    rows = {
        i: (perhaps, proposal)
        for some in (proposed.filter(is_shared()), proposed.filter(IN_INDEX, Q(perhaps_id__in=debtors)))
        for i, perhaps, proposal in some.values_list("id", "perhaps_id", "proposal")
        if proposal.get("choices") and {perhaps, *also_his(proposal)} & set(debtors)
    }
    wanted = {invoice for _, told in rows.values() for invoice, _, _ in told["choices"][0]["parts"]}
    owner = dict(rows_among(Invoice, administration_id, "id", wanted, ("id", "debtor_id")))
    changed = []
    for i, (perhaps, told) in sorted(rows.items()):
        parts = [Part(inv, owner.get(inv, was), cents) for inv, was, cents in told["choices"][0]["parts"]]
        also = also_json(parts, perhaps)
        if also.get("also") != told.get("also"):
            kept = {name: value for name, value in told.items() if name != "also"}
            changed.append((json.dumps({**kept, **also}), i))
    update_many(Payment, administration_id, ("proposal",), changed)
