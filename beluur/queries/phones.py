"""Whom to dial first at each debtor: the contact for payments, else the first contact with a number, else the switchboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from beluur.store.models import Contact, Debtor
from beluur.values.phone import parse_phone


@dataclass(frozen=True, slots=True)
class Dialled:
    """``contact`` and ``role`` of whom to ask for (may be empty), the number as read and in E.164 (empty: none known)."""

    contact: str = ""
    role: str = ""
    readable: str = ""
    e164: str = ""


def phones_of(administration_id: int, debtor_ids: Sequence[int]) -> dict[int, Dialled]:
    """One entry for each debtor asked; two queries."""
    found: dict[int, Dialled] = defaultdict(Dialled)
    contacts = Contact.objects.filter(
        administration_id=administration_id, debtor_id__in=debtor_ids, removed_at=None
    ).order_by("-for_payments", "position", "id")
    people: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    columns = ("debtor_id", "name", "role", "phone", "mobile", "phone_invalid")
    for debtor_id, name, role, phone, mobile, invalid in contacts.values_list(*columns):
        people[debtor_id].append((name, role, (phone if not invalid else "") or mobile))
    boards = Debtor.objects.filter(administration_id=administration_id, id__in=debtor_ids)
    for debtor_id, board, country in boards.values_list("id", "phone", "country"):
        own = people[debtor_id]
        name, role, number = next((p for p in own if p[2]), own[0] if own else ("", "", ""))
        phone = parse_phone(number or board, country)
        found[debtor_id] = Dialled(name, role, phone.national if phone else "", phone.e164 if phone else "")
    return found
