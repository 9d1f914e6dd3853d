"""Whom to dial first at each debtor: the contact for payments, else the first contact with a number, else the switchboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from beluur.domain.local_time import local_day
from beluur.domain.options import way_to_try
from beluur.domain.policy import Policy
from beluur.store.load import load_cases
from beluur.store.models import Contact, Debtor
from beluur.values.phone import Phone, dialled_from, parse_phone


@dataclass(frozen=True, slots=True)
class Dialled:
    """``contact`` and ``role`` of whom to ask for (may be empty), the number as one dials it in ``home`` and in E.164 (empty:
    none known)."""

    contact: str = ""
    role: str = ""
    readable: str = ""
    e164: str = ""
    home: str = ""


def phones_of(administration_id: int, debtor_ids: Sequence[int]) -> dict[int, Dialled]:
    """One entry for each debtor asked; two queries."""
    found: dict[int, Dialled] = defaultdict(Dialled)
    contacts = Contact.objects.filter(
        administration_id=administration_id, debtor_id__in=debtor_ids, removed_at=None
    ).order_by("-for_payments", "position", "id")
    people: dict[int, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    columns = ("debtor_id", "name", "role", "phone", "mobile", "phone_invalid")
    for debtor_id, name, role, phone, mobile, invalid in contacts.values_list(*columns):
        people[debtor_id].append((name, role, (mobile,) if invalid else (phone, mobile)))
    boards = Debtor.objects.filter(administration_id=administration_id, id__in=debtor_ids)
    for debtor_id, board, country, home in boards.values_list(
        "id", "phone", "country", "administration__country"
    ):
        own = people[debtor_id]
        name, role, phone = _first(own, country)
        phone = phone or parse_phone(board, country)
        found[debtor_id] = Dialled(
            name, role, dialled_from(phone, home) if phone else "", phone.e164 if phone else "", home
        )
    return found


def _first(people: Sequence[tuple[str, str, tuple[str, ...]]], country: str) -> tuple[str, str, Phone | None]:
    """Name, role and number of the first who has one that can be dialled; else the name and role of the first."""
    for name, role, numbers in people:
        phone = next((phone for text in numbers if text and (phone := parse_phone(text, country))), None)
        if phone:
            return name, role, phone
    return (*people[0][:2], None) if people else ("", "", None)


def other_phones(
    administration_id: int,
    phones: dict[int, Dialled],
    debtor_ids: Sequence[int],
    policy: Policy,
    now: datetime,
) -> None:
    """Puts the other number in ``phones`` of who did not answer often enough on the usual one (B9), as his call dials it."""
    for case in load_cases(administration_id, debtor_ids).values() if debtor_ids else ():
        way = way_to_try(case, policy, local_day(now, case.time_zone))
        phone = parse_phone(way.number, case.country) if way else None
        if way and phone:
            usual = phones[case.debtor_id]
            role = usual.role if way.who == usual.contact else ""
            whose = {"contact": way.who, "role": role} if way.who else {}
            phones[case.debtor_id] = replace(
                usual, readable=dialled_from(phone, usual.home), e164=phone.e164, **whose
            )
