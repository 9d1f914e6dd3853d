"""Open-items lists as they come out of bookkeeping packages."""

import io
from datetime import date

import openpyxl
import pytest

from beluur.importers.read import read
from beluur.importers.records import FileContents, InvoiceRecord

HEAD = "Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand\n"


def csv(text: str, encoding: str = "utf-8", **options: object) -> FileContents:
    return read("lijst.csv", text.encode(encoding), **options)  # type: ignore[arg-type]


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


def only(contents: FileContents) -> InvoiceRecord:
    assert len(contents.invoices) == 1, contents.problems
    return contents.invoices[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    head = HEAD.replace(";", separator)
    row = separator.join(["10023", "Café Zoë", "F1", "01-10-2026", "31-10-2026", '"1.234,50"', '"1.234,50"'])
    invoice = only(csv(head + row + "\n", encoding))
    assert (invoice.debtor.name, invoice.debtor.customer_number) == ("Café Zoë", "10023")
    assert (invoice.issued, invoice.due) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (invoice.amount_cents, invoice.open_cents, invoice.currency) == (123450, 123450, "EUR")


def test_titles_above_and_totals_below() -> None:
    contents = csv(
        "Demo BV\nOpenstaande posten per 15-11-2026\n\n"
        + HEAD
        + "1;Jansen;F1;01-10-2026;31-10-2026;100,00;60,00\n1;Jansen;F2;02-10-2026;01-11-2026;50,00;50,00\n"
        + "Totaal Jansen;;;;;150,00;110,00\n;;;;;;\nEindtotaal;;;;;150,00;110,00\n"
    )
    assert [i.number for i in contents.invoices] == ["F1", "F2"]
    assert (contents.as_of, contents.header_line, contents.complete) == (date(2026, 11, 15), 4, True)
    assert contents.problems == ()


def test_a_day_to_come_is_not_the_day_of_the_list() -> None:
    contents = csv(
        "Lijst per 15-11-2026;\n" + HEAD + "1;J;F1;01-10-2026;31-10-2026;1,00;1,00\n", today=date(2026, 11, 1)
    )
    assert contents.as_of is None


@pytest.mark.parametrize(
    ("titles", "day"),
    [
        pytest.param('"Datum: 15-11-2026"', date(2026, 11, 15), id="the day of the list"),
        pytest.param("Dossier: Demo BV;;;Datum: 15/11/2026;;", date(2026, 11, 15), id="at the end of a line"),
        pytest.param("Date: 2026-11-15 09:12", date(2026, 11, 15), id="with its hour"),
        pytest.param("Afdrukdatum:;15-11-2026", date(2026, 11, 15), id="in a cell of its own"),
        pytest.param(
            "Datum: 16-11-2026\nPer 15-11-2026", date(2026, 11, 15), id="to which it is stated goes first"
        ),
        pytest.param("Datum: 01-01-2026 tot 15-11-2026", None, id="a period is no day"),
        pytest.param("Factuurdatum: 15-11-2026", None, id="a day of something else"),
    ],
)
def test_of_which_day_a_list_is(titles: str, day: date | None) -> None:
    assert csv(f"{titles}\n{HEAD}1;J;F1;01-10-2026;31-10-2026;1,00;1,00\n").as_of == day


def test_a_repeated_header_is_no_invoice() -> None:
    row = "1;Jansen;F{};01-10-2026;31-10-2026;100,00;60,00\n"
    contents = csv(HEAD + row.format(1) + HEAD + row.format(2))
    assert len(contents.invoices) == 2
    assert contents.problems == ()


def test_total_energies_is_a_name() -> None:
    contents = csv(HEAD + "1;Total Energies;F1;01-10-2026;31-10-2026;100,00;60,00\n")
    assert only(contents).debtor.name == "Total Energies"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            "10023 - Jansen BV;;;;\nF1;01-10-2026;31-10-2026;100,00;60,00\n"
            "F2;01-10-2026;31-10-2026;10,00;10,00\nTotaal;;;110,00;70,00\n"
            "10024 - Transport De Vries;;;;\nF3;01-10-2026;31-10-2026;5,00;5,00\nTotaal;;;5,00;5,00\n",
            id="name above, total below",
        ),
        pytest.param(
            "10023 Jansen BV;;;110,00;70,00\nF1;01-10-2026;31-10-2026;100,00;60,00\nF2;01-10-2026;31-10-2026;10,00;10,00\n"
            "10024 Transport De Vries;;;5,00;5,00\nF3;01-10-2026;31-10-2026;5,00;5,00\nTotaal;;;115,00;75,00\n",
            id="name above with its sum",
        ),
    ],
)
def test_name_stands_above_its_invoices(rows: str) -> None:
    contents = csv("Boekstuknummer;Factuurdatum;Vervaldatum;Bedrag;Saldo\n" + rows)
    assert [(i.number, i.debtor.customer_number, i.debtor.name) for i in contents.invoices] == [
        ("F1", "10023", "Jansen BV"),
        ("F2", "10023", "Jansen BV"),
        ("F3", "10024", "Transport De Vries"),
    ]
    assert contents.problems == ()


def test_phone_in_the_line_above() -> None:
    contents = csv(
        "Factuur;Datum;Vervaldatum;Saldo\nJansen BV;020 123 45 00;;\nF1;01-10-2026;31-10-2026;60,00\n"
    )
    assert only(contents).debtor.phone == "020 123 45 00"


def test_name_written_once_per_group() -> None:
    contents = csv(
        "Klant;Factuurnummer;Vervaldatum;Saldo\nJansen;F1;31-10-2026;1,00\n;F2;31-10-2026;2,00\n"
        "De Vries;F3;31-10-2026;3,00\n;F4;31-10-2026;4,00\n"
    )
    assert [i.debtor.name for i in contents.invoices] == ["Jansen", "Jansen", "De Vries", "De Vries"]


def test_worksheet_keeps_dates_and_numbers_exact() -> None:
    contents = read(
        "lijst.xlsx",
        xlsx(
            ["Openstaande posten"],
            [],
            ["Naam", "Factuurnummer", "Vervaldatum", "Bedrag", "Saldo", "Omschrijving"],
            ["Jansen", 20260001, date(2026, 10, 31), 1234.5, 0.1 + 0.2, "=1+1"],
            ["Totaal", None, None, 1234.5, 0.3, None],
        ),
    )
    invoice = only(contents)
    assert (invoice.number, invoice.due) == ("20260001", date(2026, 10, 31))
    assert (invoice.amount_cents, invoice.open_cents, invoice.line) == (123450, 30, 4)
    assert contents.format == "open-items-xlsx"


def test_the_sheet_with_the_list_is_taken() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Toelichting", "Deze export is gemaakt door Demo"])
    sheet = book.create_sheet("Posten")
    sheet.append(["Naam", "Factuurnummer", "Vervaldatum", "Saldo"])
    sheet.append(["Jansen", "F1", date(2026, 10, 31), 60])
    out = io.BytesIO()
    book.save(out)
    assert only(read("x.xlsx", out.getvalue())).open_cents == 6000


@pytest.mark.parametrize(
    ("head", "row", "amount", "left"),
    [
        pytest.param("Bedrag;Voldaan", "100,00;40,00", 10000, 6000, id="invoiced less paid"),
        pytest.param("Debet;Credit", "100,00;40,00", 6000, 6000, id="debit less credit"),
        pytest.param("Bedrag", "100,00", 10000, 10000, id="one amount is what is open"),
        pytest.param("Saldo", "60,00", 6000, 6000, id="only the open amount"),
        pytest.param("Bedrag;Soort", "100,00;Creditnota", -10000, -10000, id="a credit note by its type"),
        pytest.param("Bedrag;D/C", "100,00;C", -10000, -10000, id="credit by its side"),
        pytest.param("Bedrag;Saldo", "100,00-;100,00-", -10000, -10000, id="a credit note by its sign"),
    ],
)
def test_amounts(head: str, row: str, amount: int, left: int) -> None:
    invoice = only(csv(f"Naam;Factuurnummer;Vervaldatum;{head}\nJansen;F1;31-10-2026;{row}\n"))
    assert (invoice.amount_cents, invoice.open_cents) == (amount, left)
    assert invoice.kind == ("credit_note" if amount < 0 else "invoice")


def test_one_amount_is_said() -> None:
    assert codes(csv("Naam;Factuurnummer;Vervaldatum;Bedrag\nJansen;F1;31-10-2026;1,00\n")) == [
        "table.amount-is-open"
    ]


def test_due_from_the_term() -> None:
    contents = csv(
        "Naam;Factuurnummer;Factuurdatum;Betaaltermijn;Saldo\nJansen;F1;01-10-2026;30 dagen;1,00\n"
    )
    assert (only(contents).due, only(contents).term_days) == (date(2026, 10, 31), 30)


def test_what_else_a_list_tells() -> None:
    head = (
        "Naam;Factuurnummer;Vervaldatum;Saldo;Betalingskenmerk;Incasso;Aanmaningen;"
        "Valuta;Land;Taal;BTW-nummer;KvK;IBAN;Telefoon;Contactpersoon"
    )
    row = (
        "Jansen;F1;31-10-2026;1,00;+++010/8068/17183+++;ja;2;"
        "USD;België;Frans;BE 0403.019.261;;BE68 5390 0754 7034;02 123 45 00;Iemand Anders"
    )
    contents = csv(f"{head}\n{row}\n")
    invoice = only(contents)
    assert (invoice.reference, invoice.direct_debit, invoice.reminders) == ("010806817183", True, 2)
    assert (invoice.currency, invoice.debtor.country, invoice.debtor.language) == ("USD", "BE", "fr")
    assert (invoice.debtor.vat_number, invoice.debtor.iban) == ("BE0403019261", "BE68539007547034")
    assert invoice.debtor.phone == "02 123 45 00"
    assert [contact.name for contact in contents.contacts] == ["Iemand Anders"]


def test_the_same_debtor_is_one_record() -> None:
    contents = csv(HEAD + "".join(f"1;Jansen;F{n};01-10-2026;31-10-2026;1,00;1,00\n" for n in range(5)))
    assert len({id(invoice.debtor) for invoice in contents.invoices}) == 1
    assert len(contents.debtors) == 1


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        pytest.param(
            "1;Jansen;F1;01-10-2026;31-02-2026;1,00;1,00", "date.impossible", "Vervaldatum", id="31 February"
        ),
        pytest.param(
            "1;Jansen;F1;01-10-2026;31-10-2026;1.234,5x;1,00",
            "amount.unreadable",
            "Factuurbedrag",
            id="1.234,5x",
        ),
        pytest.param(
            "1;Jansen;F1;ooit;31-10-2026;1,00;1,00", "date.unreadable", "Factuurdatum", id="ooit is no day"
        ),
        pytest.param("1;Jansen;;01-10-2026;31-10-2026;1,00;1,00", "item.no-number", "", id="no number"),
        pytest.param(";;F1;01-10-2026;31-10-2026;1,00;1,00", "item.no-debtor", "", id="no debtor"),
        pytest.param("1;Jansen;F1;01-10-2026;31-10-2026;;", "item.no-amount", "", id="no amount"),
    ],
)
def test_a_bad_line_is_left_out_and_named(row: str, code: str, field: str) -> None:
    good = "9;Goed;F9;01-10-2026;31-10-2026;2,00;2,00\n8;Ook;F8;01-10-2026;31-10-2026;2,00;2,00\n"
    contents = csv(HEAD + good + row + "\n")
    assert [i.number for i in contents.invoices] == ["F9", "F8"]
    (problem,) = contents.problems
    assert (problem.code, problem.line, problem.field, problem.severity) == (code, 4, field, "skipped")
    assert not contents.complete


def test_an_invoice_without_due_date_is_taken_with_a_remark() -> None:
    contents = csv(HEAD + "1;Jansen;F1;01-10-2026;;1,00;1,00\n1;Jansen;F2;01-10-2026;;1,00-;1,00-\n")
    assert len(contents.invoices) == 2
    assert codes(contents) == ["item.no-due"]


def test_one_number_for_two_debtors_is_nobodys() -> None:
    row = "{0};Debiteur {0};F1;01-10-2026;31-10-2026;1,00;1,00\n"
    contents = csv(HEAD + row.format(1) + row.format(2) + "3;Derde;F3;01-10-2026;31-10-2026;1,00;1,00\n")
    assert [i.number for i in contents.invoices] == ["F3"]
    assert codes(contents) == ["item.two-debtors"] * 2


def test_a_repeated_line_counts_once() -> None:
    row = "1;Jansen;F1;01-10-2026;31-10-2026;1,00;1,00\n"
    contents = csv(HEAD + row + row)
    assert len(contents.invoices) == 1
    assert codes(contents) == ["item.repeated"]


def test_a_payment_on_the_invoice_lowers_it() -> None:
    head = "Naam;Factuurnummer;Vervaldatum;Bedrag;Soort\n"
    contents = csv(head + "Jansen;F1;31-10-2026;100,00;Factuur\nJansen;F1;31-10-2026;40,00;Betaling\n")
    assert (only(contents).amount_cents, only(contents).open_cents) == (10000, 6000)
    assert "item.netted" in codes(contents)


def test_a_payment_alone_is_left_out() -> None:
    head = "Naam;Factuurnummer;Vervaldatum;Bedrag;Soort\n"
    contents = csv(head + "Jansen;B1;31-10-2026;40,00;Betaling\nJansen;F2;31-10-2026;40,00;Factuur\n")
    assert [i.number for i in contents.invoices] == ["F2"]
    assert "item.payment-alone" in codes(contents)


def test_many_alike_are_counted() -> None:
    contents = csv(HEAD + "".join(f"1;J;F{n};01-10-2026;31-02-2026;1,00;1,00\n" for n in range(70)))
    assert codes(contents) == ["date.impossible"] * 50 + ["file.and-more"]
    assert contents.problems[-1].sentence.params["n"] == 20


def test_month_first_is_said() -> None:
    contents = csv(HEAD + "1;J;F1;10/13/2026;11/12/2026;1,00;1,00\n")
    assert only(contents).due == date(2026, 11, 12)
    assert codes(contents) == ["table.month-first"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("Naam;Factuurnummer;Saldo\nJansen;F1;1,00\n", "table.no-due", id="no due date"),
        pytest.param(
            "Naam;Factuurnummer;Vervaldatum\nJansen;F1;31-10-2026\n", "table.no-amount", id="no amount"
        ),
        pytest.param("Naam;Vervaldatum;Saldo\nJansen;31-10-2026;1,00\n", "table.no-number", id="no number"),
        pytest.param(
            "Partner;Resterend;Huidig;Vv. ≤ 30 d.;Vv. ≤ 60 d.;Ouder\nJansen;1,00;;;;\n",
            "table.aged-only",
            id="an ageing list",
        ),
        pytest.param(
            "Référence(Ref);Nom(name);Report;Débit(debN);Crédit(credN);Solde(balanceN)\n1;Dupont;;1,00;;1,00\n",
            "table.balances-only",
            id="balances",
        ),
        pytest.param(HEAD, "table.no-rows", id="nothing below the header"),
        pytest.param("A;B;C\nx;y;z\n", "table.no-number", id="headers nobody knows"),
        pytest.param(
            HEAD + "1;J;F1;01-10-2026;31-10-2026;1.234;1.234\n",
            "table.unclear-decimals",
            id="thousands or cents",
        ),
    ],
)
def test_refused_as_a_whole(text: str, code: str) -> None:
    contents = csv(text)
    assert contents.refused
    assert codes(contents) == [code]
    assert contents.invoices == ()
    assert contents.columns
    assert contents.shape


def test_the_user_says_what_the_columns_mean() -> None:
    text = "A;B;C;D\nJansen;F1;31-10-2026;1,00\n"
    contents = csv(text, mapping={"A": "debtor", "B": "number", "C": "due", "D": "open"})
    assert only(contents).open_cents == 100
    assert contents.shape == csv(text).shape


def test_preview_shows_samples() -> None:
    contents = csv(HEAD + "1;Jansen;F1;01-10-2026;31-10-2026;1,00;1,00\n")
    column = contents.columns[4]
    assert (column.header, column.role, column.samples) == ("Vervaldatum", "due", ("31-10-2026",))


def test_a_line_break_in_quotes_keeps_line_numbers() -> None:
    contents = csv(
        HEAD
        + '1;"Jansen\nBV";F1;01-10-2026;31-10-2026;1,00;1,00\n2;De Vries;F2;01-10-2026;31-10-2026;1,00;1,00\n'
    )
    assert [(i.debtor.name, i.line) for i in contents.invoices] == [("Jansen BV", 2), ("De Vries", 4)]
