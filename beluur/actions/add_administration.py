"""One more administration for an owner: another company of his, or another creditor for whom an agency collects."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.start_administration import INVENTED, open_administration
from beluur.store.models import Administration, Membership
from beluur.values.problem import Refused
from beluur.values.sentence import say


def add_administration(doer: Doer, *, name: str, country: str, iban: str, acts_for: str) -> str:
    """Gives its address (slug). It is closed to all but its owner, also to his colleagues here.

    Refused from the demo and from practice, and when he has one called so already."""

    def do() -> dict[str, Any]:
        if Administration.objects.filter(id=doer.administration_id, kind__in=INVENTED).exists():
            raise Refused(say("house.invented"))
        assert doer.user_id is not None
        called = {"administration__name": name.strip(), "administration__acts_for": acts_for.strip()}
        if Membership.objects.filter(user_id=doer.user_id, **called).exists():
            raise Refused(say("house.administration_known"), "acts_for" if acts_for.strip() else "name")
        made = open_administration(
            now=doer.at, owner_id=doer.user_id, name=name, country=country, iban=iban, acts_for=acts_for
        )
        return {"slug": made.slug}

    return str(once(doer, "add_administration", do)["slug"])
