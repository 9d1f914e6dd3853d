"""The files that a newcomer has: open items, a debtor list, an e-invoice; and the open items of a week later. All invented."""

from __future__ import annotations

HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand;Herinneringen"
BOUW = "1001;Voorbeeld Bouw BV;2026-0118;13-10-2026;12-11-2026;12.340,50;12.340,50;1"
TRANSPORT = "1002;Fictief Transport NV;2026-0119;17-10-2026;16-11-2026;2.000,00;1.500,00;1"
SCHILDERS = "1003;Proef Schilders VOF;2026-0121;20-10-2026;19-11-2026;480,00;480,00;1"
LATER = "1001;Voorbeeld Bouw BV;2026-0130;16-11-2026;16-12-2026;900,00;900,00;0"

PEOPLE_HEAD = "Debiteurnr;Naam;Contactpersoon;Functie;Telefoon;E-mail;Plaats;Land"
PEOPLE = (
    "1001;Voorbeeld Bouw BV;Vera Voorbeeld;crediteuren;020 123 45 01;vera@bouw.example;Utrecht;NL",
    "1002;Fictief Transport NV;Frans Fictief;boekhouding;02 123 45 02;frans@transport.example;Gent;BE",
    "1003;Proef Schilders VOF;Piet Proef;eigenaar;020 123 45 03;piet@schilders.example;Breda;NL",
)


def open_items(*rows: str) -> bytes:
    """An export of open items as Dutch bookkeeping makes it: semicolons, decimal comma, Windows characters."""
    return "\r\n".join((HEAD, *rows)).encode("cp1252")


def people(*rows: str) -> bytes:
    """A debtor list with telephone numbers."""
    return "\n".join((PEOPLE_HEAD, *(rows or PEOPLE))).encode()


def e_invoice(number: str = "2026-0140", due: str = "2026-11-17", cents: int = 60_500) -> bytes:
    """A UBL invoice to a debtor who stands in no list."""
    namespace = "urn:oasis:names:specification:ubl:schema:xsd"
    amount = f"{cents // 100}.{cents % 100:02}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="{namespace}:Invoice-2" xmlns:cac="{namespace}:CommonAggregateComponents-2"
 xmlns:cbc="{namespace}:CommonBasicComponents-2"><cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-10-18</cbc:IssueDate>
<cbc:DueDate>{due}</cbc:DueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Ons Bedrijf BV</cbc:Name></cac:PartyName></cac:Party>
</cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party>
<cac:PartyName><cbc:Name>Denkbeeldig Advies BV</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:CityName>Zwolle</cbc:CityName><cac:Country><cbc:IdentificationCode>NL</cbc:IdentificationCode>
</cac:Country></cac:PostalAddress>
<cac:Contact><cbc:Name>Dirk Denkbeeld</cbc:Name><cbc:Telephone>020 123 45 04</cbc:Telephone>
<cbc:ElectronicMail>dirk@advies.example</cbc:ElectronicMail></cac:Contact></cac:Party></cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">{amount}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cac:Item><cbc:Name>Advies oktober</cbc:Name></cac:Item></cac:InvoiceLine></Invoice>""".encode()
