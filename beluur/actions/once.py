"""Who does it, when, and only once: what every action is given, and the receipt it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from beluur.store.models import Receipt
from beluur.store.save import Happening, append


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts, in which administration, at which moment (UTC). ``key`` is the idempotency key that the form minted;
    empty for jobs, which guard themselves."""

    administration_id: int
    at: datetime
    user_id: int | None = None
    name: str = ""
    key: str = ""


def once(doer: Doer, action: str, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Runs ``do`` in one transaction and leaves a receipt; a repeated key answers with the first result and does nothing.

    Two requests with the same key at the same moment: the second waits for the first, or is rolled back by the
    unique key and answers with the first one's result."""
    if not doer.key:
        with transaction.atomic():
            return do()
    try:
        with transaction.atomic():
            if (earlier := _earlier(doer)) is not None:
                return earlier
            receipt = Receipt(
                administration_id=doer.administration_id, key=doer.key, action=action, at=doer.at
            )
            receipt.save(force_insert=True)
            result = do()
            receipt.result = result
            receipt.save(update_fields=["result"])
            return result
    except IntegrityError:
        if (earlier := _earlier(doer)) is not None:
            return earlier
        raise


def _earlier(doer: Doer) -> dict[str, Any] | None:
    rows = Receipt.objects.filter(administration_id=doer.administration_id, key=doer.key)
    return rows.values_list("result", flat=True).first()


def put_on_record(doer: Doer, happening: Happening) -> None:
    """One event on the timeline, in the running transaction."""
    append(doer.administration_id, happening, at=doer.at, actor_id=doer.user_id, actor=doer.name)
