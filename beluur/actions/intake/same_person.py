"""Whether two contacts of one debtor are the same person or desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from beluur.actions.intake.known import chunks
from beluur.store.models import Contact


def same_person(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """The same mail address; or the same name with no other number; or the same number without another name."""
    if a["email"] and a["email"].lower() == b["email"].lower():
        return True
    if a["name"] and b["name"]:
        same = a["name"].casefold() == b["name"].casefold()
        return same and (not a["phone"] or not b["phone"] or a["phone"] == b["phone"])
    return bool(a["phone"]) and a["phone"] == b["phone"]


def known_people(administration_id: int, debtor_ids: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    """The contacts of these debtors, as far as `same_person` looks at them."""
    known: dict[int, list[dict[str, str]]] = defaultdict(list)
    names = ("name", "phone", "mobile", "email")
    for ids in chunks(sorted(debtor_ids)):
        here = Contact.objects.filter(administration_id=administration_id, debtor_id__in=ids)
        for debtor_id, *values in here.order_by("id").values_list("debtor_id", *names):
            known[debtor_id].append(dict(zip(names, values, strict=True)))
    return known
