"""A party of a UBL invoice to the debtor and his contact. Identifiers by their scheme: 0106 KvK, 0190 OIN, 0208 KBO, 9925 and
9944 VAT of BE and NL, EM e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.importers.debtors import first_email
from beluur.importers.records import ContactRecord, DebtorRecord
from beluur.importers.xml_tree import Element, each, first, text
from beluur.values.numbers import VAT, compact_company_number

_KVK, _OIN, _KBO = "0106", "0190", "0208"
_VAT = ("9925", "9944", "BE:VAT", "NL:VAT")
_COMPANY = (_KVK, _KBO, "NL:KVK", "BE:CBE")
_GOVERNMENT = (_OIN, "NL:OIN")
_NUMBERS = (*_VAT, *_COMPANY, *_GOVERNMENT, "0007", "0088", "0060", "9938", "EM", "GLN", "DUNS", "ZZZ")


def party_name(party: Element | None) -> str:
    """The name as the party trades, otherwise as it is registered, otherwise the person's."""
    person = first(party, "Person")
    return (
        text(party, "PartyName/Name")
        or text(party, "PartyLegalEntity/RegistrationName")
        or " ".join(filter(None, (text(person, "FirstName"), text(person, "FamilyName"))))
        or text(party, "Contact/Name")
    )


def debtor(customer: Element | None) -> DebtorRecord:
    """``customer`` is the AccountingCustomerParty."""
    party = first(customer, "Party")
    address = first(party, "PostalAddress")
    country = text(address, "Country/IdentificationCode").upper()
    ids = list(_identifiers(party))
    street = text(address, "StreetName") or text(address, "AddressLine/Line")
    return DebtorRecord(
        name=party_name(party)[:200],
        customer_number=_customer_number(customer, party),
        vat_number=_vat(party, ids),
        company_number=_company_number(party, ids, country),
        email=first_email(text(party, "Contact/ElectronicMail"))
        or next((i for s, i in ids if s == "EM"), ""),
        phone=text(party, "Contact/Telephone"),
        street=f"{street} {text(address, 'BuildingNumber')}".strip(),
        postcode=text(address, "PostalZone"),
        city=text(address, "CityName"),
        country=country if len(country) == 2 else "",
        kind="government" if any(scheme in _GOVERNMENT for scheme, _ in ids) else "",
    )


def contact(customer: Element | None, who: DebtorRecord) -> ContactRecord | None:
    """The person in the party's contact block, None when it names nobody and nothing."""
    block = first(customer, "Party/Contact")
    name, phone, email = (
        text(block, "Name"),
        text(block, "Telephone"),
        first_email(text(block, "ElectronicMail")),
    )
    return ContactRecord(debtor=who, name=name, phone=phone, email=email) if name or phone or email else None


def seller_vat(party: Element | None) -> str:
    """The seller's VAT number, compact."""
    return _vat(party, list(_identifiers(party)))


def _identifiers(party: Element | None) -> Iterator[tuple[str, str]]:
    for path in ("EndpointID", "PartyIdentification/ID", "PartyLegalEntity/CompanyID"):
        for node in each(party, path):
            if text(node):
                yield (node.get("schemeID") or "").upper(), text(node)


def _customer_number(customer: Element | None, party: Element | None) -> str:
    """The seller's own number for the buyer: an identifier that belongs to no public scheme."""
    given = text(customer, "SupplierAssignedAccountID") or text(customer, "CustomerAssignedAccountID")
    own = (
        text(n)
        for n in each(party, "PartyIdentification/ID")
        if (n.get("schemeID") or "").upper() not in _NUMBERS
    )
    return given or next(own, "")


def _vat(party: Element | None, ids: list[tuple[str, str]]) -> str:
    schemes = [
        text(tax, "CompanyID")
        for tax in each(party, "PartyTaxScheme")
        if text(tax, "TaxScheme/ID") in ("VAT", "")
    ]
    return VAT.compact(next(filter(None, schemes), "") or next((i for s, i in ids if s in _VAT), ""))


def _company_number(party: Element | None, ids: list[tuple[str, str]], country: str) -> str:
    known = next((i for s, i in ids if s in _COMPANY), "")
    return compact_company_number(known or text(party, "PartyLegalEntity/CompanyID"), country)
