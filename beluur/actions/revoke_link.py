"""Takes a personal link back: from now on it opens nothing (J9)."""

from __future__ import annotations

from typing import Any

from beluur.actions.link_row import close_link
from beluur.actions.lock_debtors import lock_debtors
from beluur.actions.once import Doer, once
from beluur.actions.open_link import tell_link
from beluur.store.models import PersonalLink
from beluur.values.sentence import say


def revoke_link(doer: Doer, message_id: int) -> None:
    """The link of that mail; one that was taken back before stays so. Raises PersonalLink.DoesNotExist when it has none."""

    def do() -> dict[str, Any]:
        links = PersonalLink.objects.filter(administration_id=doer.administration_id, message_id=message_id)
        lock_debtors(doer.administration_id, links.values_list("debtor_id", flat=True))
        link = links.select_for_update().get()
        if link.revoked_at is None:
            close_link(link, doer.at)
            kind = say(f"outbox.kind.{link.message.kind}")
            tell_link(doer, link, "link_revoked", say("event.link_revoked", kind=kind))
        return {}

    once(doer, "revoke_link", do)
