"""How a debtor may be reached: whether by phone and by mail, and for who does not answer, on which numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from beluur.domain.case import AttemptFact, Outcome, Way
from beluur.values.phone import may_be_phone, parse_phone

_MISSED = 2  # reading a number takes long: only of who was missed so often since he was spoken


class Person(NamedTuple):
    """The columns of a contact by which he is reached, and his place among them."""

    phone: str
    mobile: str
    email: str
    phone_invalid: bool
    for_payments: bool
    name: str
    position: int
    id: int
    email_bad_at: datetime | None = None


def reach(row: Mapping[str, Any], people: Sequence[Person], tries: Sequence[AttemptFact]) -> dict[str, Any]:
    """What a case tells of it: ``has_phone``, ``has_email``, ``has_contact``, ``ways``. ``row`` is the debtor's own."""
    return {
        "has_phone": may_be_phone(row["phone"])
        or any((not p.phone_invalid and may_be_phone(p.phone)) or may_be_phone(p.mobile) for p in people),
        "has_email": (bool(row["email"]) and not row["email_bad_at"])
        or any(p.email and not p.email_bad_at for p in people),
        "has_contact": any(p.for_payments and p.name for p in people),
        "ways": ways(row["phone"], people, row["country"]) if _often_missed(tries) else (),
    }


def _often_missed(tries: Sequence[AttemptFact]) -> bool:
    latest = tries[-_MISSED:]
    return len(latest) == _MISSED and all(t.outcome is not Outcome.REACHED for t in latest)


def ways(switchboard: str, people: Sequence[Person], country: str) -> tuple[Way, ...]:
    """Each number once, in the order in which to try: direct, mobile, switchboard; those known to be wrong are left out."""
    wrong = {phone.e164 for p in people if p.phone_invalid and (phone := parse_phone(p.phone, country))}
    found: dict[str, Way] = {}
    for text, contact_id, who in _written(switchboard, people):
        phone = parse_phone(text, country) if text else None
        if phone is not None and phone.e164 not in wrong:
            found.setdefault(phone.e164, Way(phone.e164, contact_id, who))
    return tuple(found.values())


def _written(switchboard: str, people: Sequence[Person]) -> Iterator[tuple[str, int | None, str]]:
    for p in sorted(people, key=lambda p: (not p.for_payments, p.position, p.id)):
        yield "" if p.phone_invalid else p.phone, p.id, p.name
        yield p.mobile, p.id, p.name
    yield switchboard, None, ""
