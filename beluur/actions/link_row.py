"""The row of a personal link that an action works on, and who acts through it."""

from __future__ import annotations

from datetime import datetime

from beluur.actions.once import Doer
from beluur.actions.touched import the_debtor
from beluur.queries.personal_link import is_open
from beluur.store.models import Debtor, PersonalLink
from beluur.values.problem import Refused
from beluur.values.sentence import say


class LinkGone(Refused):
    """It opens no more: it was withdrawn, its time is over, or the demand was stopped."""

    def __init__(self) -> None:
        super().__init__(say("link.gone"))


def the_link(doer: Doer, link_id: int) -> tuple[PersonalLink, Debtor]:
    """The link and its debtor, both locked, the debtor first. Raises LinkGone, and PersonalLink.DoesNotExist when it is of
    another administration."""
    links = PersonalLink.objects.filter(administration_id=doer.administration_id)
    debtor = the_debtor(doer, links.get(id=link_id).debtor_id)
    link = links.select_for_update().get(id=link_id)
    if not is_open(link, debtor, link.message, doer.at):
        raise LinkGone
    return link, debtor


def close_link(link: PersonalLink, at: datetime) -> None:
    """From ``at`` on it opens nothing, and its token is forgotten."""
    link.revoked_at, link.sealed = at, ""
    link.save(update_fields=["revoked_at", "sealed"])
