"""Whether customers pay on one of our accounts: promises are judged to the earliest day of those on which they do (J3)."""

from __future__ import annotations

from typing import Any

from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.once import Doer, once
from beluur.store.models import BankAccount


def change_account(doer: Doer, *, account_id: int, in_use: bool) -> bool:
    """Gives whether that changed something; then all running promises are judged anew, for the books may reach further now.

    Raises BankAccount.DoesNotExist."""

    def do() -> dict[str, Any]:
        account = BankAccount.objects.select_for_update().get(
            administration_id=doer.administration_id, id=account_id
        )
        changed = account.in_use != in_use
        account.in_use = in_use
        account.save(update_fields=["in_use"])
        return {"changed": changed}

    changed = bool(once(doer, "change_account", do)["changed"])
    if changed:
        judge_commitments(doer.administration_id, doer.at)
    return changed
