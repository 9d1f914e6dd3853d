"""Lists as packages write them when they do not write what one hopes for: what a careful reader makes of each."""

import io
from datetime import date

import openpyxl
import pytest

from beluur.importers.read import read
from beluur.importers.records import FileContents


def csv(text: str) -> FileContents:
    return read("lijst.csv", text.encode())


def opens(contents: FileContents) -> list[tuple[str, str, int | None]]:
    """Number, debtor and what is open of each invoice."""
    return [(i.number, i.debtor.name, i.open_cents) for i in contents.invoices]


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


HEAD = "Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;"


@pytest.mark.parametrize(
    ("columns", "invoice", "against", "left"),
    [
        pytest.param("Openstaand", "100,00", "-40,00", 6000, id="a negative line is open itself"),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;100,00;Factuur",
            "-40,00;-40,00;Betaling",
            6000,
            id="nothing is taken off the invoice yet",
        ),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;60,00;Factuur",
            "-40,00;0,00;Betaling",
            6000,
            id="it is taken off, and the payment is used up",
        ),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;60,00;Factuur",
            "-40,00;-40,00;Betaling",
            6000,
            id="it is taken off, and the payment keeps its amount",
        ),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;60,00;Factuur",
            "-20,00;-20,00;Creditnota",
            4000,
            id="a credit note that is open itself",
        ),
    ],
)
def test_what_stands_against_an_invoice(columns: str, invoice: str, against: str, left: int) -> None:
    contents = csv(
        f"{HEAD}{columns}\nJansen;F1;01-10-2026;31-10-2026;{invoice}\nJansen;F1;10-11-2026;10-11-2026;{against}\n"
    )
    assert opens(contents) == [("F1", "Jansen", left)]
    assert set(codes(contents)) <= {"item.netted", "item.payment-counted"}
    assert contents.complete


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Soll/Haben", "H"),
        ("Soort", "Klant creditnota"),
        ("Type", "Customer Credit Note"),
        ("Document Type", "Credit Memo"),
        ("Type", "Facture d'avoir"),
    ],
)
def test_a_credit_without_a_sign(column: str, cell: str) -> None:
    contents = csv(f"{HEAD}Bedrag;{column}\nJansen;F1;01-10-2026;31-10-2026;20,00;{cell}\n")
    assert opens(contents) == [("F1", "Jansen", -2000)]


@pytest.mark.parametrize(
    ("term", "due"),
    [
        ("30", "2026-10-31"),
        ("30 dagen", "2026-10-31"),
        ("Net 30", "2026-10-31"),
        ("30 dagen netto", "2026-10-31"),
        ("Betaling binnen 14 dagen", "2026-10-15"),
        ("à 30 jours", "2026-10-31"),
        ("2% 10 dgn, netto 30 dagen", "2026-10-31"),
        ("2/10 net 30", "2026-10-31"),
        ("30 dagen einde maand", None),
        ("30 jours fin de mois", None),
        ("30 days EOM", None),
        ("Code 07", None),
        ("B2B", None),
        ("2% 10 dagen, 30 dagen", None),
    ],
)
def test_a_term_is_days_or_nothing(term: str, due: str | None) -> None:
    contents = csv(
        f'Klant;Factuurnummer;Factuurdatum;Betalingsconditie;Saldo\nJansen;F1;01-10-2026;"{term}";1,00\n'
    )
    (invoice,) = contents.invoices
    assert (invoice.due.isoformat() if invoice.due else None) == due


def owners(contents: FileContents) -> list[tuple[str, str]]:
    """Customer number and name of each invoice's debtor."""
    return [(i.debtor.customer_number, i.debtor.name) for i in contents.invoices]


@pytest.mark.parametrize("word", ["Debiteur", "Relatie", "Klant", "Tiers"])
def test_codes_and_names_in_two_columns(word: str) -> None:
    contents = csv(
        f"{word};Naam;Factuurnr;Vervaldatum;Saldo\n10023;Jansen BV;F1;31-10-2026;1,00\n"
        "10024;De Vries;F2;31-10-2026;2,00\nTotaal;;;;3,00\n"
    )
    assert owners(contents) == [("10023", "Jansen BV"), ("10024", "De Vries")]
    assert contents.contacts == ()


@pytest.mark.parametrize("code", ["", "10099"], ids=["a total without a code", "a total with one"])
def test_codes_and_names_above_a_total(code: str) -> None:
    contents = csv(
        "Debiteur;Naam;Factuurnr;Vervaldatum;Saldo\n10023;Jansen BV;F1;31-10-2026;1,00\n"
        f"10024;De Vries;F2;31-10-2026;2,00\n{code};Totaal;;;3,00\n"
    )
    assert owners(contents) == [("10023", "Jansen BV"), ("10024", "De Vries")]


def test_a_person_beside_a_company_is_a_contact() -> None:
    contents = csv("Klant;Naam;Factuurnr;Vervaldatum;Saldo\nJansen BV;Iemand;F1;31-10-2026;1,00\n")
    assert owners(contents) == [("", "Jansen BV")]
    assert [c.name for c in contents.contacts] == ["Iemand"]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (
            ("10023 - Jansen BV", "10024 - Bakkerij 24"),
            [("10023", "Jansen BV"), ("10024", "Bakkerij 24")],
        ),
        (("Jansen BV (10023)", "De Vries (10024)"), [("10023", "Jansen BV"), ("10024", "De Vries")]),
        (("24-Uursservice", "Jansen BV"), [("", "24-Uursservice"), ("", "Jansen BV")]),
        (("10023 - Jansen BV", "10023 - De Vries"), [("", "10023 - Jansen BV"), ("", "10023 - De Vries")]),
        (("1001 - Nacht BV",), [("", "1001 - Nacht BV")]),
    ],
)
def test_a_code_and_a_name_in_one_cell(cells: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    rows = "".join(f"{cell};F{n};31-10-2026;1,00\n" for n, cell in enumerate(cells))
    assert owners(csv(f"Debiteur;Factuurnr;Vervaldatum;Saldo\n{rows}")) == found


def test_a_balance_that_runs_on_is_not_what_is_open() -> None:
    contents = csv(
        "Naam;Factuurnr;Vervaldatum;Debet;Credit;Saldo\nJansen;F1;31-10-2026;60,00;;60,00\n"
        "Jansen;F2;02-11-2026;30,00;;90,00\nJansen;C3;02-11-2026;;10,00;80,00\nVries;F4;01-11-2026;50,00;;50,00\n"
    )
    assert [i.open_cents for i in contents.invoices] == [6000, 3000, -1000, 5000]
    assert codes(contents) == ["table.runs-on"]


def test_a_balance_of_each_invoice_is_what_is_open() -> None:
    contents = csv(
        "Naam;Factuurnr;Vervaldatum;Debet;Credit;Saldo\nJansen;F1;31-10-2026;60,00;;40,00\n"
        "Jansen;F2;02-11-2026;30,00;;30,00\nVries;F4;01-11-2026;50,00;;50,00\n"
    )
    assert [i.open_cents for i in contents.invoices] == [4000, 3000, 5000]
    assert codes(contents) == []


@pytest.mark.parametrize(
    ("columns", "cells", "left"),
    [
        pytest.param("AmountDC;AmountFC;Currency", "46.00;50.00;USD", (4600, "EUR"), id="Exact"),
        pytest.param(
            "Residual;Cur.;Cur. Residual", "46.00;USD;50.00", (4600, "EUR"), id="Odoo, where Residual is ours"
        ),
        pytest.param("Resterend;Huidig.;Huidig. Rest", "46,00;USD;50,00", (4600, "EUR"), id="Odoo in Dutch"),
        pytest.param("Openstaand (EUR);Openstaand (VV);Valuta", "46,00;50,00;USD", (4600, "EUR"), id="ours first"),
        pytest.param("Openstaand (VV);Openstaand (EUR);Valuta", "50,00;46,00;USD", (5000, "USD"), id="theirs first"),
        pytest.param("Restbedrag (LV);Valutacode", "46,00;USD", (4600, "EUR"), id="local currency"),
        pytest.param("Betrag in Hauswährung;Hauswährung", "46,00;CHF", (4600, "CHF"), id="ours is named"),
        pytest.param("Openstaand (USD)", "50,00", (5000, "USD"), id="the header names it"),
        pytest.param("Saldo GBP", "50,00", (5000, "GBP"), id="the header names it without brackets"),
        pytest.param("Saldo;Valuta", "50,00;USD", (5000, "USD"), id="one amount and its currency"),
    ],
)  # fmt: skip
def test_whose_currency_an_amount_is_in(columns: str, cells: str, left: tuple[int, str]) -> None:
    contents = csv(f"{HEAD}{columns}\nJansen;F1;01-10-2026;31-10-2026;{cells}\n")
    assert [(i.open_cents, i.currency) for i in contents.invoices] == [left]


def test_an_amount_in_theirs_beside_an_open_one_in_ours() -> None:
    contents = csv(f"{HEAD}Valuta;Bedrag;Restbedrag (LV)\nJansen;F1;01-10-2026;31-10-2026;USD;50,00;46,00\n")
    (invoice,) = contents.invoices
    assert (invoice.amount_cents, invoice.open_cents, invoice.currency) == (4600, 4600, "EUR")


def test_what_is_open_by_age() -> None:
    contents = csv(
        f"{HEAD}Niet vervallen;1-30;31-60;>60\nJansen;F1;01-10-2026;31-10-2026;;60,00;;\n"
        "Jansen;F2;02-11-2026;02-12-2026;70,00;;;\nVries;F3;01-05-2026;31-05-2026;;;;1.050,00\nTotaal;;;;70,00;60,00;;1.050,00\n"
    )
    assert opens(contents) == [("F1", "Jansen", 6000), ("F2", "Jansen", 7000), ("F3", "Vries", 105000)]
    assert codes(contents) == []


def test_a_doubtful_age_is_named() -> None:
    contents = csv(f"{HEAD}0-30;31-60\nA;F1;01-10-2026;31-10-2026;;1x\nA;F2;01-10-2026;31-10-2026;1,00;\n")
    assert opens(contents) == [("F2", "A", 100)]
    assert [(p.code, p.field, p.line) for p in contents.problems] == [("amount.unreadable", "31-60", 2)]


def test_dates_are_no_ages() -> None:
    contents = csv("13000;Debiteuren;01-10-2026;60,00;F1;31-10-2026;Jansen\n")
    assert codes(contents) == ["table.no-number"]


@pytest.mark.parametrize(
    ("columns", "cells", "left", "said"),
    [
        pytest.param("Totaal incl.;Betaald", "60,00;Nee", 6000, [], id="not paid"),
        pytest.param("Totaal incl.;Betaald", "60,00;Ja", 0, [], id="paid"),
        pytest.param("Totaal;Status", "60,00;Betaald", 0, [], id="paid by its status"),
        pytest.param("Totaal;Status", "60,00;Verlopen", 6000, [], id="late by its status"),
        pytest.param("Totaal;Status", "60,00;Vervallen", 6000, [], id="due by its status"),
        pytest.param("Totaal;Status", "60,00;Deels betaald", None, ["item.partly-paid"], id="partly paid"),
        pytest.param("Totaal;Saldo;Status", "60,00;20,00;Deels betaald", 2000, [], id="partly, and how much"),
        pytest.param("Totaal;Status", "60,00;Concept", None, ["item.not-sent"], id="never sent"),
        pytest.param("Total;State", "60,00;cancelled", None, ["item.not-sent"], id="taken back"),
        pytest.param("Amount;Open", "60.00;Yes", 6000, [], id="open says yes"),
        pytest.param("Amount;Open", "60.00;No", 0, [], id="open says no"),
        pytest.param("Totaal;Betaald", "60,00;0", 6000, [], id="nothing paid, in figures"),
        pytest.param("Totaal;Te betalen;Betaald", "60,00;20,00;Nee", 2000, [], id="what is to be paid"),
    ],
)
def test_what_is_paid_already(columns: str, cells: str, left: int | None, said: list[str]) -> None:
    contents = csv(f"{HEAD}{columns}\nJansen;F1;01-10-2026;31-10-2026;{cells}\n")
    assert [i.open_cents for i in contents.invoices] == ([] if left is None else [left])
    assert [code for code in codes(contents) if code != "table.amount-is-open"] == said


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        pytest.param("Bedrag;Btw;Totaal", "49,59;10,41;60,00", id="and a total"),
        pytest.param("Bedrag;Bedrag incl. btw", "49,59;60,00", id="and one with tax"),
        pytest.param("Montant;TVA;Montant TTC", "49,59;10,41;60,00", id="in French"),
        pytest.param("Amount;Tax;Total", "49.59;10.41;60.00", id="in English"),
    ],
)
def test_what_is_asked_is_with_tax(columns: str, cells: str) -> None:
    assert opens(csv(f"{HEAD}{columns}\nJansen;F1;01-10-2026;31-10-2026;{cells}\n")) == [
        ("F1", "Jansen", 6000)
    ]


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        pytest.param(
            "Date;Transaction type;Num;Customer;Due date;Amount;Open balance",
            "01/10/2026;Invoice;F1;Jansen;31/10/2026;100.00;60.00",
            id="QuickBooks",
        ),
        pytest.param(
            "Code client;Nom;N° document;Date doc.;Date éch.;Débit;Crédit;Solde",
            "C1;Jansen;F1;01/10/2026;31/10/2026;60,00;0,00;60,00",
            id="WinBooks",
        ),
        pytest.param(
            "Dagboek;Doc.nr.;Relatie;Naam;Datum;Vervaldatum;Bedrag;Openstaand",
            "V1;F1;17;Jansen;01/10/2026;31/10/2026;100,00;60,00",
            id="Octopus",
        ),
        pytest.param(
            "Klant;Naam;Dagb.;Doc.;Datum;Vervaldag;Bedrag;Saldo",
            "17;Jansen;VF;F1;01/10/2026;31/10/2026;100,00;60,00",
            id="BOB",
        ),
        pytest.param(
            "Rekening;Naam 1;Documentnummer;Documentsoort;Documentdatum;Netto vervaldatum;Bedrag in eigen valuta;Eigen valuta",
            "17;Jansen;F1;RV;01.10.2026;31.10.2026;60,00;EUR",
            id="SAP in Dutch",
        ),
        pytest.param(
            "Code tiers;Intitulé;N° pièce;Date;Échéance;Libellé;Débit;Crédit",
            "17;Jansen;F1;01/10/26;31/10/26;Facture;60,00;",
            id="Sage",
        ),
        pytest.param(
            "Nummer;Weergavenaam factuurpartner;Factuurdatum;Vervaldatum;Belastingvrij bedrag;Totaal;Verschuldigd bedrag",
            "F1;Jansen;2026-10-01;2026-10-31;82.64;100.00;60.00",
            id="Odoo",
        ),
        pytest.param(
            "Number;Invoice Partner Display Name;Invoice/Bill Date;Due Date;Untaxed Amount Signed;Total Signed;Amount Due Signed",
            "F1;Jansen;2026-10-01;2026-10-31;82.64;100.00;60.00",
            id="Odoo, with signed amounts",
        ),
        pytest.param(
            "Nom;Contact;N° document;Date doc.;Date éch.;Solde",
            "Jansen;Piet;F1;01/10/2026;31/10/2026;60,00",
            id="a name beside who is spoken to there",
        ),
    ],
)
def test_headers_of_packages(headers: str, row: str) -> None:
    (invoice,) = csv(f"{headers}\n{row}\n").invoices
    assert (invoice.number, invoice.debtor.name, invoice.open_cents) == ("F1", "Jansen", 6000)
    assert invoice.due is not None
    assert (invoice.due.isoformat(), invoice.issued and invoice.issued.isoformat()) == (
        "2026-10-31",
        "2026-10-01",
    )


GROUPED = "Factuurnr;Omschrijving;Vervaldatum;Openstaand\n"


def test_what_a_page_repeats_names_nobody() -> None:
    page = "Demo BV;;;\nOpenstaande posten per 23-11-2026;;;\nPagina {} van 2;;;\n" + GROUPED
    contents = csv(
        page.format(1)
        + "10023 - Jansen BV;;;\nF1;x;31-10-2026;60,00\nAfgedrukt op 23-11-2026;;;\n"
        + page.format(2)
        + "F2;x;31-10-2026;30,00\nBlad 3;;;\nF3;x;31-10-2026;10,00\n"
    )
    assert opens(contents) == [
        (f"F{n}", "Jansen BV", cents) for n, cents in ((1, 6000), (2, 3000), (3, 1000))
    ]


@pytest.mark.parametrize(
    "address",
    [
        ("Dorpsstraat 1", "1234 AB Verzinstad", "Tel. 020-1234500"),
        ("Hof van Eden 12", "1234 AB Verzinstad"),
        ("Hof van Eden 12 bus 3", "9000 Gent"),
        ("rue du Moulin 3", "info@jansen.example"),
        ("T.a.v. de administratie", "Postbus 12"),
        ("020 123 45 00",),
    ],
)
def test_an_address_below_a_name(address: tuple[str, ...]) -> None:
    below = "".join(f"{line};;;\n" for line in address)
    contents = csv(
        f"{GROUPED}Jansen BV;;;\n{below}F1;x;31-10-2026;60,00\nTotaal;;;60,00\nStudio 54;;;\nF2;x;31-10-2026;1,00\n"
    )
    assert opens(contents) == [("F1", "Jansen BV", 6000), ("F2", "Studio 54", 100)]
    assert contents.invoices[0].debtor.phone == (
        "" if "020" not in address[-1] else address[-1].removeprefix("Tel. ")
    )


@pytest.mark.parametrize("name", ["Bakkerij 24", "Phone Verzonnen BV", "Mobilia Demo", "Tel Voorbeeld NV"])
def test_a_name_without_invoices_before_another(name: str) -> None:
    contents = csv(f"{GROUPED}Jansen BV;;;\n{name};;;\nF1;x;31-10-2026;60,00\n")
    assert opens(contents) == [("F1", name, 6000)]


def test_the_first_name_stands_above_the_headers() -> None:
    contents = csv(
        f"Debiteur: 10023 Jansen BV;;;\n{GROUPED}F1;x;31-10-2026;60,00\n"
        f"Debiteur: 10024 De Vries;;;\n{GROUPED}F2;x;31-10-2026;1,00\n"
    )
    assert opens(contents) == [("F1", "Jansen BV", 6000), ("F2", "De Vries", 100)]


def test_a_total_below_the_dates() -> None:
    contents = csv(
        "Datum;Vervaldatum;Nummer;Saldo\nJansen BV;;;\n01-10-2026;31-10-2026;F1;60,00\n"
        "Totaal Jansen BV;;;60,00\nTotaal;;;60,00\n"
    )
    assert opens(contents) == [("F1", "Jansen BV", 6000)]
    assert (codes(contents), contents.complete) == ([], True)


SHEET = ("Klant", "Factuurnummer", "Vervaldatum", "Openstaand")


def workbook(*sheets: tuple[str, list[tuple[object, ...]]]) -> FileContents:
    """A workbook of these sheets, each a name and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return read("lijst.xlsx", out.getvalue())


def test_a_second_list_is_not_passed_over_in_silence() -> None:
    rows: list[tuple[object, ...]] = [SHEET, ("Jansen", "F1", date(2026, 10, 31), 60)]
    contents = workbook(("Nederland", rows), ("België", [SHEET, ("Vries", "F2", date(2026, 10, 31), 50)]))
    assert opens(contents) == [("F1", "Jansen", 6000)]
    (problem,) = contents.problems
    assert (problem.code, problem.sentence.params) == ("table.other-sheets", {"sheets": ("België",)})
    assert not contents.complete


def test_a_sheet_of_another_kind_does_not_make_it_less_complete() -> None:
    rows: list[tuple[object, ...]] = [SHEET, ("Jansen", "F1", date(2026, 10, 31), 60)]
    contents = workbook(
        ("Posten", rows),
        ("Uitleg", [("Over deze lijst",)]),
        ("Klanten", [("Klant", "Telefoon", "E-mail"), ("J", "1", "")]),
    )
    assert codes(contents) == []
    assert contents.complete


@pytest.mark.parametrize("number", ["2,02610E+11", "2.0261E+11", "2E+07"])
def test_a_number_that_a_spreadsheet_cut(number: str) -> None:
    contents = csv(f"{HEAD}Saldo\nJansen;{number};01-10-2026;31-10-2026;60,00\n")
    assert codes(contents) == ["item.number-cut"]
    assert contents.invoices == ()


def test_a_name_with_its_sum_above_in_the_columns_for_names() -> None:
    contents = csv(
        "Debiteur;Naam;Factuurnummer;Vervaldatum;Saldo\n10023;Jansen BV;;;60,00\n;;F1;31-10-2026;60,00\n"
        "10024;De Vries;;;50,00\n;;F2;01-11-2026;50,00\nTotaal;;;;110,00\n"
    )
    assert [(*owner, i.open_cents) for owner, i in zip(owners(contents), contents.invoices, strict=True)] == [
        ("10023", "Jansen BV", 6000),
        ("10024", "De Vries", 5000),
    ]
    assert codes(contents) == []


def test_a_credit_side_beside_an_amount_without_sign() -> None:
    contents = csv(
        f"{HEAD}Bedrag;Debet;Credit\nA;F1;01-10-2026;31-10-2026;60,00;60,00;\nA;C2;01-10-2026;31-10-2026;50,00;;50,00\n"
    )
    assert opens(contents) == [("F1", "A", 6000), ("C2", "A", -5000)]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-10-30T23:00:00Z", "2026-10-31"),
        ("2026-09-30T22:00:00.000Z", "2026-10-01"),
        ("2026-10-31T00:00:00Z", "2026-10-31"),
        ("2026-10-31T23:59:59Z", "2026-10-31"),
        ("31-10-'26", "2026-10-31"),
    ],
)
def test_a_day_as_it_is_here(written: str, due: str) -> None:
    (invoice,) = csv(f"{HEAD}Saldo\nA;F1;01-09-2026;{written};1,00\n").invoices
    assert invoice.due is not None
    assert invoice.due.isoformat() == due


@pytest.mark.parametrize("cells", ["A,F1,31-10-2026,1050,25", "A,F1,31-10-2026,100,00,60,00"])
def test_cents_in_a_cell_of_their_own(cells: str) -> None:
    contents = csv(f'Klant,Factuurnummer,Vervaldatum,Saldo\nB,F2,31-10-2026,"1,50"\n{cells}\n')
    assert opens(contents) == [("F2", "B", 150)]
    assert codes(contents) == ["item.too-long"]


@pytest.mark.parametrize("header", ["Betaald", "Betaald op", "Datum betaald"])
def test_a_day_of_payment_says_paid(header: str) -> None:
    contents = csv(
        f"{HEAD}Bedrag;{header}\nA;F1;01-10-2026;31-10-2026;60,00;\nA;F2;01-10-2026;31-10-2026;50,00;15-11-2026\n"
    )
    assert opens(contents) == [("F1", "A", 6000), ("F2", "A", 0)]


@pytest.mark.parametrize(
    "head",
    [
        "Crediteur;Factuurnummer;Vervaldatum;Saldo\n",
        "Leverancier;Factuurnummer;Vervaldatum;Saldo\n",
        "Openstaande posten crediteuren;;;\nNaam;Factuurnummer;Vervaldatum;Saldo\n",
        "Aged Payables Detail;;;\nContact;Invoice Number;Due Date;Total\n",
    ],
)
def test_whom_we_owe_ourselves_is_not_called(head: str) -> None:
    assert codes(csv(f"{head}Leverancier BV;F1;31-10-2026;1,00\n")) == ["table.creditors"]


def test_a_customer_list_may_speak_of_suppliers() -> None:
    contents = csv("Klant;Leverancier;Factuurnummer;Vervaldatum;Saldo\nA;Wij zelf;F1;31-10-2026;1,00\n")
    assert opens(contents) == [("F1", "A", 100)]


@pytest.mark.parametrize(
    "name", ["Print Service BV", "Blad & Bloem", "Page Publishing", "1002 Be Fit", "Afdrukkerij Proef"]
)
def test_a_name_that_looks_like_what_a_page_repeats(name: str) -> None:
    contents = csv(f"{GROUPED}Jansen BV;;;\nF1;x;31-10-2026;60,00\n{name};;;\nF2;x;31-10-2026;1,00\n")
    assert [debtor for _, debtor, _ in opens(contents)] == ["Jansen BV", name.removeprefix("1002 ")]


def test_a_year_above_the_table_hides_no_code() -> None:
    contents = csv(f"2026;;;\n{GROUPED}10023;;;\nF1;x;31-10-2026;60,00\n10024;;;\nF2;x;31-10-2026;1,00\n")
    assert opens(contents) == [("F1", "10023", 6000), ("F2", "10024", 100)]


def test_a_subtotal_names_nobody_who_comes_after_it() -> None:
    contents = csv(
        "Klant;Factuurnummer;Vervaldatum;Saldo\nJansen;F1;31-10-2026;1,00\n;F2;31-10-2026;2,00\nSubtotaal Jansen;;;3,00\n"
        "De Vries;F3;31-10-2026;3,00\n;F4;31-10-2026;4,00\n"
    )
    assert [debtor for _, debtor, _ in opens(contents)] == ["Jansen", "Jansen", "De Vries", "De Vries"]


def test_a_separator_too_many_in_a_text_at_the_end() -> None:
    contents = csv(
        "Klant;Factuurnummer;Vervaldatum;Saldo;Omschrijving\nA;F1;31-10-2026;1,50;Advies; oktober\n"
    )
    assert opens(contents) == [("F1", "A", 150)]


def test_cents_that_moved_the_text_at_the_end() -> None:
    contents = csv(
        'Klant,Factuurnummer,Vervaldatum,Saldo,Omschrijving\nA,F1,31-10-2026,100,50,Advies\nB,F2,31-10-2026,"1,50",x\n'
    )
    assert opens(contents) == [("F2", "B", 150)]


def test_our_own_name_is_no_word_for_suppliers() -> None:
    contents = csv("De Leverancier BV;;;\nNaam;Factuurnummer;Vervaldatum;Saldo\nA;F1;31-10-2026;1,00\n")
    assert opens(contents) == [("F1", "A", 100)]


def test_who_is_headed_contact_owes_where_nobody_else_is_named() -> None:
    contents = csv(
        "Factuurnummer;Contactnaam;Vervaldatum;Status;Nog te betalen\nF1;Jansen BV;31-10-2026;Te laat;1,00\n"
    )
    assert opens(contents) == [("F1", "Jansen BV", 100)]
    assert contents.contacts == ()


def test_a_code_behind_the_name_above() -> None:
    contents = csv(
        f"{GROUPED}Jansen BV (10023);;;\nF1;x;31-10-2026;60,00\nStudio (54);;;\nF2;x;31-10-2026;1,00\n"
    )
    assert owners(contents) == [("10023", "Jansen BV"), ("", "Studio (54)")]


@pytest.mark.parametrize(
    ("header", "share", "left"),
    [
        pytest.param("Betaald %", "0", 10000, id="nothing was paid"),
        pytest.param("Betaald %", "100", 0, id="all of it was paid"),
        pytest.param("% payé", "100,00 %", 0, id="all of it, in French"),
        pytest.param("Paid (%)", "40%", None, id="a part: 40% may be 39.6"),
        pytest.param("Percentage betaald", "50", None, id="half, which is rounded too"),
        pytest.param("Betaald %", "0,4", None, id="a part, as a worksheet has it"),
        pytest.param("Betaald %", "", 10000, id="nothing is said"),
        pytest.param("Openstaand %", "0", 0, id="nothing is open"),
        pytest.param("Openstaand %", "100", 10000, id="all of it is open"),
        pytest.param("Openstaand %", "60", None, id="a part is open"),
        pytest.param("Btw %", "21", 10000, id="another share"),
    ],
)
def test_a_share_is_no_amount(header: str, share: str, left: int | None) -> None:
    contents = csv(f"{HEAD}Bedrag;{header}\nA;F1;01-10-2026;31-10-2026;100,00;{share}\n")
    assert [i.open_cents for i in contents.invoices] == ([] if left is None else [left])
    assert ("item.partly-paid" in codes(contents)) is (left is None)


def test_a_share_beside_what_is_open_says_nothing_and_shares_of_one_are_all_of_it() -> None:
    beside = csv(f"{HEAD}Bedrag;Openstaand;Betaald %\nA;F1;01-10-2026;31-10-2026;100,00;59,60;40\n")
    assert [i.open_cents for i in beside.invoices] == [5960]
    rows = "".join(
        f"A;F{n};01-10-2026;31-10-2026;100,00;{share}\n" for n, share in enumerate(("1", "0,25", "0"))
    )
    assert [i.open_cents for i in csv(f"{HEAD}Bedrag;Betaald %\n{rows}").invoices] == [0, 10000]


def test_xero_in_its_own_words() -> None:
    contents = csv(
        "*ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,Currency,Type,Status\n"
        "Jansen,F1,01/10/2026,31/10/2026,100.00,40.00,60.00,EUR,Sales invoice,Awaiting Payment\n"
        "Jansen,C3,05/10/2026,05/10/2026,20.00,0.00,20.00,EUR,Sales credit note,Awaiting Payment\n"
    )
    assert opens(contents) == [("F1", "Jansen", 6000), ("C3", "Jansen", -2000)]


@pytest.mark.parametrize("header", ["Openstaand (x 1.000)", "Openstaand (in duizenden)", "Saldo (x €1000)"])
def test_amounts_in_thousands_are_not_read(header: str) -> None:
    assert codes(csv(f"{HEAD}{header}\nA;F1;01-10-2026;31-10-2026;6,0\n")) == ["table.thousands"]


@pytest.mark.parametrize(
    ("header", "left"),
    [
        ("Openstaand per 30-11-2026", 6000),
        ("Nog open EUR", 6000),
        ("Bedrag nog open", 6000),
        ("Openst. bedrag", 6000),
        ("Nog te betalen bedrag", 6000),
        ("Te ontvangen EUR", 6000),
        ("Restant", 6000),
        ("Solde ouvert EUR", 6000),
        ("Outstanding incl. VAT", 6000),
        ("Dagen openstaand", 10000),
    ],
)
def test_a_header_that_speaks_of_what_is_open(header: str, left: int) -> None:
    contents = csv(f"Naam;Factuurnummer;Vervaldatum;Bedrag;{header}\nJansen;F1;31-10-2026;100,00;60,00\n")
    assert [i.open_cents for i in contents.invoices] == [left]


def test_of_two_headers_that_speak_of_what_is_open_none_is_believed() -> None:
    contents = csv(
        "Naam;Factuurnummer;Vervaldatum;Bedrag;Openstaand A;Openstaand B\nJansen;F1;31-10-2026;100,00;60,00;40,00\n"
    )
    assert codes(contents) == ["table.amount-is-open"]
