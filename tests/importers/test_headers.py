"""Headers of real exports and interfaces to roles."""

import pytest

from beluur.importers.headers import ROLES, assign, known_as, shape, unique


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        pytest.param(
            "Factuurnr.|Naam|Deb.nr.|Vervalt|Factuur|Saldo|Vervaldagen|Aut. bet./inc.",
            "number debtor customer_number due amount open days_late direct_debit",
            id="a Dutch list where Factuur is an amount",
        ),
        pytest.param(
            "Factuur|Datum|Vervaldag|Saldo|Klant", "number issued due open debtor", id="Factuur as the number"
        ),
        pytest.param(
            "AccountCode|AccountName|InvoiceNumber|InvoiceDate|DueDate|AmountDC|OutstandingDC",
            "customer_number debtor number issued due amount open",
            id="Exact, amount and outstanding",
        ),
        pytest.param(
            "AccountName|AmountDC|TransactionAmountDC|DueDate",
            "debtor open amount due",
            id="Exact, two amounts",
        ),
        pytest.param(
            "invoice_id|contact|invoice_date|due_date|total_price_incl_tax|total_unpaid|payment_reference",
            "number debtor issued due amount open reference",
            id="Moneybird",
        ),
        pytest.param(
            "factuurnummer|factuurDatum|vervalDatum|factuurBedrag|openstaandSaldo|relatie",
            "number issued due amount open debtor",
            id="SnelStart",
        ),
        pytest.param(
            "Date|Pièce|Partenaire|Réf - Libellé|Date d'échéance|Original|Résiduel",
            "issued number debtor description due amount open",
            id="Odoo in French",
        ),
        pytest.param(
            "fin.trs.line.invnumber|fin.trs.line.dim2|fin.trs.line.dim2name|fin.trs.line.datedue|fin.trs.line.openbasevaluesigned",
            "number customer_number debtor due open",
            id="Twinfield codes",
        ),
        pytest.param("Contact|Reference|OpenAmount|DueDate", "debtor number open due", id="Yuki"),
        pytest.param(
            "Klant|Contact|Telefoon|GSM", "debtor contact phone mobile", id="a debtor list with a contact"
        ),
        pytest.param("Bedrijfsnaam|Naam|E-mail", "debtor contact email", id="a company and a name"),
        pytest.param(
            "Bedrag (EUR)|Openstaand in EUR|Vervaldatum", "amount open due", id="currency in the header"
        ),
    ],
)
def test_known(headers: str, roles: str) -> None:
    assert assign(headers.split("|")) == roles.split()


def test_the_user_goes_before_all() -> None:
    assert assign(["Vervaldatum", "Bedrag", "X"], {"X": "due", "Bedrag": ""}) == ["", "", "due"]
    assert assign(["Bedrag"], {"Bedrag": "no such role"}) == ["amount"]


def test_unknown_headers_have_no_role() -> None:
    assert assign(["Blub", ""]) == ["", ""]
    assert known_as("Vervaldatum (dd-mm-jj)") == "vervaldatum"


def test_same_header_twice_can_be_pointed_at() -> None:
    assert unique(["Bedrag", "Bedrag"]) == ("Bedrag", "Bedrag (2)")


def test_shape_forgets_case_and_signs() -> None:
    assert shape(["Factuur-nr.", "Saldo"]) == shape(["factuur nr", "SALDO"]) != shape(["Saldo", "factuurnr"])


def test_every_role_has_a_name_of_its_own() -> None:
    assert len(set(ROLES)) == len(ROLES)
