"""Lists of debtors: addresses, numbers, people."""

import pytest

from beluur.importers.read import read


def test_addresses_and_people() -> None:
    contents = read(
        "debiteuren.csv",
        (
            b"Debiteurnr;DebiteurNaam;Telefoon;FactuurEmailadres;FactuurAdres;FactuurHuisnummer;FactuurPostcode;FactuurPlaats;"
            b"ContactNaam;Contacttelefoonnr;ContactEmail;BankReknr;Land;Taal;KvK\n"
            b"10023;Jansen BV;020 123 45 00;post@example.com;Dorpsstraat;1;1000 AA;Voorbeeldstad;Iemand Anders;020 123 45 01;"
            b"iemand@example.com;NL91ABNA0417164300;Nederland;N;12345678\n"
        ),
    )
    assert contents.format == "debtors-csv"
    (debtor,) = contents.debtors
    assert (debtor.name, debtor.customer_number, debtor.phone) == ("Jansen BV", "10023", "020 123 45 00")
    assert (debtor.street, debtor.postcode, debtor.city) == ("Dorpsstraat 1", "1000 AA", "Voorbeeldstad")
    assert (debtor.country, debtor.language, debtor.company_number) == ("NL", "nl", "12345678")
    (contact,) = contents.contacts
    assert (contact.name, contact.phone, contact.email) == (
        "Iemand Anders",
        "020 123 45 01",
        "iemand@example.com",
    )
    assert not contents.complete


def test_several_people_at_one_debtor() -> None:
    contents = read(
        "k.csv", b"Klant;Voornaam;Achternaam;Functie;GSM\nJansen;An;Een;inkoop;\nJansen;Bo;Twee;directie;\n"
    )
    assert len(contents.debtors) == 1
    assert [(c.name, c.role) for c in contents.contacts] == [("An Een", "inkoop"), ("Bo Twee", "directie")]


def test_a_row_without_name_is_left_out() -> None:
    contents = read("k.csv", b"Klant;Telefoon\n;020 123 45 00\nJansen;020 123 45 01\n")
    assert [d.name for d in contents.debtors] == ["Jansen"]
    assert [p.code for p in contents.problems] == ["debtor.no-name"]


def test_a_wrong_account_is_a_remark() -> None:
    contents = read("k.csv", b"Klant;IBAN\nJansen;NL92ABNA0417164300\n")
    assert len(contents.debtors) == 1
    assert [p.code for p in contents.problems] == ["item.iban"]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param("Référence;Nom;Téléphone;Contact", id="WinBooks"),
        pytest.param("Code;Naam;Telefoon;Contact", id="in Dutch"),
        pytest.param("Code;Display Name;Phone;Contact", id="Odoo"),
    ],
)
def test_the_name_owes_and_the_contact_is_spoken_to(headers: str) -> None:
    contents = read("k.csv", f"{headers}\nC1;Jansen BV;020 123 45 00;Iemand Anders\n".encode())
    assert [(d.name, d.phone) for d in contents.debtors] == [("Jansen BV", "020 123 45 00")]
    assert [c.name for c in contents.contacts] == ["Iemand Anders"]


def test_a_balance_beside_a_telephone_number_makes_no_list_of_invoices() -> None:
    contents = read("k.csv", b"Code;Naam;Telefoon;Saldo\nC1;Jansen BV;020 123 45 00;60,00\n")
    assert [d.phone for d in contents.debtors] == ["020 123 45 00"]
    assert not contents.invoices
