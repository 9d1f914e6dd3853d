"""Where a company can be looked up (I2): the trade register, and in Belgium its annual accounts. Only who clicks goes there."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beluur.values.numbers import KBO, KVK


class Register(NamedTuple):
    """A public register, at this company's page."""

    name: str | Promise
    url: str


def registers(country: str, company_number: str, vat_number: str) -> tuple[Register, ...]:
    """Those that know a company by its number; a Belgian VAT number holds it too."""
    if country == "BE":
        numbers = (company_number, vat_number.removeprefix("BE"))
        number = next((KBO.compact(text) for text in numbers if KBO.valid(text)), "")
        if not number:
            return ()
        kbo = f"https://kbopub.economie.fgov.be/kbopub/toonondernemingps.html?ondernemingsnummer={number}"
        return (
            Register(_("Ondernemingsregister (KBO)"), kbo),
            Register(_("Jaarrekeningen (NBB)"), f"https://consult.cbso.nbb.be/consult-enterprise/{number}"),
        )
    if country == "NL" and KVK.valid(company_number):
        kvk = f"https://www.kvk.nl/zoeken/?source=all&q={KVK.compact(company_number)}"
        return (Register(_("Handelsregister (KvK)"), kvk),)
    return ()
