"""What is known of a debtor as entered by hand: checked, made compact, and the keys he is known by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from beluur.actions.once import Doer
from beluur.domain.case import DebtorKind
from beluur.domain.where import assumed_language
from beluur.store.models import Debtor, DebtorKey
from beluur.values.names import comparable_name
from beluur.values.numbers import VAT, compact_company_number
from beluur.values.phone import parse_phone
from beluur.values.problem import Refused, check_all
from beluur.values.sentence import say

ZONES = {"PT": "Europe/Lisbon", "GB": "Europe/London", "IE": "Europe/Dublin", "CW": "America/Curacao"}
ZONES |= {"BE": "Europe/Brussels", "LU": "Europe/Luxembourg", "DE": "Europe/Berlin", "FR": "Europe/Paris"}
ZONES |= {"AW": "America/Aruba", "BQ": "America/Kralendijk", "SX": "America/Lower_Princes"}


@dataclass(frozen=True, slots=True)
class DebtorFacts:
    """The form of a debtor. ``number`` is his customer number; ``language`` empty: what name and address tell."""

    name: str
    kind: str = "business"
    kind_known: bool = True
    country: str = "NL"
    language: str = ""
    formality: str = "u"
    number: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    vat_number: str = ""
    company_number: str = ""
    agreements_note: str = ""
    delivery_note: str = ""
    responsible: str = ""


def checked(facts: DebtorFacts, house_language: str = "nl") -> DebtorFacts:
    """The facts with numbers compact; raises Refused at each field that is not right."""
    country = facts.country.upper()
    if not facts.name.strip():
        raise Refused(say("general.required"), "name")
    if facts.kind not in set(DebtorKind):
        raise Refused(say("by_hand.kind_unknown"), "kind")
    check_all(
        partial(check_phone, facts.phone, country, "phone"),
        partial(check_email, facts.email, "email"),
        partial(check_vat, facts.vat_number),
    )
    return replace(
        facts,
        name=facts.name.strip(),
        country=country,
        language=facts.language or assumed_language(country, facts.postcode, facts.name, house_language),
        number=facts.number.strip(),
        email=facts.email.strip().lower(),
        vat_number=VAT.read(facts.vat_number),
        company_number=compact_company_number(facts.company_number, country) if facts.company_number else "",
    )


def check_phone(phone: str, country: str, field: str) -> None:
    """Refuses what cannot be dialled."""
    if phone and parse_phone(phone, country) is None:
        raise Refused(say("by_hand.phone_wrong", phone=phone), field)


def check_email(email: str, field: str) -> None:
    """Refuses what cannot be an address; whether it exists only a mail can tell."""
    name, at, host = email.strip().partition("@")
    if email and not (name and at and "." in host.strip(".") and not set(" ,;<>\r\n") & set(email.strip())):
        raise Refused(say("by_hand.email_wrong", email=email), field)


def check_vat(number: str) -> None:
    """Refuses a number that is none; empty is none yet."""
    if number and not VAT.valid(number):
        raise Refused(say("by_hand.vat_wrong", number=number), "vat_number")


def put(debtor: Debtor, facts: DebtorFacts) -> list[str]:
    """Sets the columns; gives the names of those that changed."""
    changed = []
    for name in DebtorFacts.__slots__:
        if name != "number" and getattr(debtor, name) != getattr(facts, name):
            setattr(debtor, name, getattr(facts, name))
            changed.append(name)
    if "email" in changed:
        debtor.email_bad_at = None
    debtor.time_zone = ZONES.get(facts.country, "Europe/Amsterdam")
    return changed


def save_keys(doer: Doer, debtor: Debtor, facts: DebtorFacts, before: DebtorFacts | None = None) -> bool:
    """The keys he is known by; a number that was corrected is no longer his. Gives whether one changed."""
    wanted, earlier = _keys(facts), _keys(before) if before else set()
    here = DebtorKey.objects.filter(administration_id=doer.administration_id, debtor=debtor)
    for kind, value in earlier - wanted:
        if kind != "name":
            here.filter(kind=kind, value=value).delete()
    present = set(here.values_list("kind", "value"))
    DebtorKey.objects.bulk_create(
        DebtorKey(administration_id=doer.administration_id, debtor=debtor, kind=kind, value=value)
        for kind, value in sorted(wanted - present)
    )
    return bool(earlier - wanted or wanted - present)


def _keys(facts: DebtorFacts) -> set[tuple[str, str]]:
    pairs = {
        ("number", facts.number),
        ("vat", facts.vat_number),
        ("company", facts.company_number),
        ("email", facts.email),
        ("name", comparable_name(facts.name)),
    }
    return {(kind, value[:200]) for kind, value in pairs if value}


def facts_of(doer: Doer, debtor: Debtor) -> DebtorFacts:
    """What is known now, as the form shows it."""
    number = (
        DebtorKey.objects.filter(administration_id=doer.administration_id, debtor=debtor, kind="number")
        .order_by("id")
        .values_list("value", flat=True)
        .first()
    )
    columns = {name: getattr(debtor, name) for name in DebtorFacts.__slots__ if name != "number"}
    return DebtorFacts(**columns, number=number or "")
