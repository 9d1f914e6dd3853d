"""The creditor's own data, and how he wants to work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Any

from beluur.actions.debtor_facts import ZONES, check_email, check_phone, check_vat
from beluur.actions.once import Doer, once
from beluur.actions.start_administration import INVENTED, check_iban, kind_of
from beluur.domain.policy import Policy, SecondBroken
from beluur.store.models import Administration, Debtor
from beluur.values.numbers import IBAN, VAT, compact_company_number
from beluur.values.problem import Refused, check_all
from beluur.values.sentence import say

MOST_NUMBER = 100_000_000
"""What no number of the method passes; of an amount: cents."""


@dataclass(frozen=True, slots=True)
class CreditorData:
    """What stands under a letter, and where is paid."""

    name: str
    country: str = "NL"
    language: str = "nl"
    iban: str = ""
    bic: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    vat_number: str = ""
    company_number: str = ""
    acts_for: str = ""


def change_settings(doer: Doer, *, data: CreditorData) -> None:
    """Takes over the whole form; refused at each field that is not right.

    When another law holds from now on, every debtor is looked at again."""

    def do() -> dict[str, Any]:
        if not data.name.strip():
            raise Refused(say("general.required"), "name")
        check_creditor(data)
        columns = asdict(data) | {
            "iban": IBAN.read(data.iban),
            "vat_number": VAT.read(data.vat_number),
            "company_number": compact_company_number(data.company_number, data.country),
            "time_zone": ZONES.get(data.country, "Europe/Amsterdam"),
        }
        house = Administration.objects.select_for_update().get(id=doer.administration_id)
        kind = house.kind if house.kind in INVENTED else kind_of(data.acts_for)
        if (kind, data.country) != (house.kind, house.country):
            Debtor.objects.filter(administration_id=house.id).update(step_stale=True)
        Administration.objects.filter(id=house.id).update(**columns, kind=kind)
        return {}

    once(doer, "change_settings", do)


def check_creditor(data: CreditorData) -> None:
    """Refuses at each field that holds what cannot be; empty may be."""
    check_all(
        partial(check_iban, data.iban),
        partial(check_vat, data.vat_number),
        partial(check_phone, data.phone, data.country, "phone"),
        partial(check_email, data.email, "email"),
    )


def change_policy(doer: Doer, *, numbers: Mapping[str, int]) -> None:
    """What differs from the method's own numbers; every debtor is looked at again."""

    def do() -> dict[str, Any]:
        defaults = {f.name: f.default for f in fields(Policy) if isinstance(f.default, int)}
        check_all(*(partial(_check_number, name, number, defaults) for name, number in numbers.items()))
        rows = Administration.objects.select_for_update().filter(id=doer.administration_id)
        administration = rows.get()
        administration.policy = {
            n: v for n, v in (administration.policy | dict(numbers)).items() if defaults.get(n) != v
        }
        administration.save(update_fields=["policy"])
        Debtor.objects.filter(administration_id=doer.administration_id).update(step_stale=True)
        return {}

    once(doer, "change_policy", do)


def _check_number(name: str, number: int, known: Collection[str]) -> None:
    if name not in known or (name == "second_broken" and number not in set(SecondBroken)):
        raise Refused(say("by_hand.choose"), name)
    if not 0 <= number <= MOST_NUMBER:
        raise Refused(say("house.number_out_of_range"), name)
