"""Each bank's list of transactions, in each language, to bookings and a statement."""

import csv
import io
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from beluur.importers.bank_text import Told, put_together, take_apart
from beluur.importers.payment_reference import find_reference
from beluur.importers.read import read
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from tests.importers.bank_lists import LISTS, OUR_BE, OURS, THEIR_BE, THEIRS, changed, with_lines

NOV_21, NOV_22, NOV_23 = (date(2026, 11, day) for day in (21, 22, 23))
OGM = "010806817183"
HEADERS = Path(__file__).parents[2] / "../shared/samples/openitems-headers.tsv"


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


def incoming(contents: FileContents) -> TransactionRecord:
    (found,) = (t for t in contents.transactions if t.amount_cents > 0)
    return found


PAYMENT = TransactionRecord(
    booked=NOV_23,
    amount_cents=121_000,
    currency="EUR",
    counterparty="Proefbakker BV",
    counterparty_iban=THEIRS,
    text="Factuur 2026-034",
    account=OURS,
    valued=NOV_22,
)
BELGIAN = PAYMENT._replace(counterparty="PROEFBAKKER BV", counterparty_iban=THEIR_BE, account=OUR_BE)
BNP = BELGIAN._replace(bank_reference="2026-00100")


@pytest.mark.parametrize(
    ("bank", "form", "expected"),
    [
        ("ING", "ing", PAYMENT._replace(code="OV")),
        ("ING before 2020", "ing", PAYMENT._replace(code="OV")),
        ("ING in English", "ing", PAYMENT._replace(code="OV", end_to_end="E-7")),
        (
            "Rabobank",
            "rabobank",
            PAYMENT._replace(
                counterparty_iban="",
                valued=NOV_23,
                text="Betaling van uw factuur nr 2026-00120034 met dank",
                reference="4812345678",
                bank_reference="42",
                end_to_end="E-7",
                code="cb",
            ),
        ),
        (
            "ABN AMRO TAB",
            "abnamro",
            PAYMENT._replace(account="417164300", text="factuur nr 2026-00120034 met dank"),
        ),
        (
            "ABN AMRO XLS in English",
            "abnamro",
            PAYMENT._replace(account="417164300", text="Factuur 2026/034", end_to_end="E-7"),
        ),
        (
            "ABN AMRO XLS in Dutch",
            "abnamro",
            PAYMENT._replace(account="417164300", text="Factuur 2026/034", end_to_end="E-7"),
        ),
        ("KBC in Dutch", "kbc", BELGIAN._replace(reference=OGM)),
        ("KBC in French", "kbc", BELGIAN._replace(reference=OGM)),
        ("KBC in English", "kbc", BELGIAN._replace(reference=OGM)),
        ("Belfius", "belfius", BELGIAN._replace(reference=OGM, text="***010/8068/17183***")),
        ("Belfius in French", "belfius", BELGIAN._replace(text="F2026-345")),
        ("BNP Paribas Fortis", "bnp-paribas-fortis", BNP._replace(text="FACTUUR 2026-034")),
        ("BNP Paribas Fortis in French", "bnp-paribas-fortis", BNP._replace(text="FACTURE 2026-034")),
        (
            "BNP Paribas Fortis before 2018",
            "bnp-paribas-fortis",
            BNP._replace(
                text="FACTURE 2026-034", counterparty="", counterparty_iban="", bank_reference="2026-0100"
            ),
        ),
        ("bunq", "bunq", PAYMENT),
        ("bunq in Dutch", "bunq", PAYMENT._replace(text="RF18 5390 0754 7034", reference="RF18539007547034")),
        ("ING Belgium", "ing-belgium", BELGIAN._replace(text="FACTUUR 2026-034")),
        ("ING Belgium in French", "ing-belgium", BELGIAN._replace(text="Facture; 2026-034")),
        ("Knab", "knab", PAYMENT._replace(bank_reference="C1B2")),
        ("Triodos", "triodos", PAYMENT._replace(valued=None, code="ET")),
        ("ASN Bank", "asn", PAYMENT._replace(code="OVS")),
        ("a bank that is not known", "", PAYMENT._replace(valued=None)),
    ],
    ids=lambda value: value if isinstance(value, str) and value in LISTS else "",
)
def test_a_payment_received(bank: str, form: str, expected: TransactionRecord) -> None:
    contents = read("lijst.csv", LISTS[bank].encode())
    assert contents.format == (f"bank-csv-{form}" if form else "bank-csv")
    assert incoming(contents)._replace(bank_text="", line=None) == expected
    assert contents.accounts == (expected.account,)


@pytest.mark.parametrize(
    "bank", [bank for bank in LISTS if "2026-11-21" in LISTS[bank] or "21/11" in LISTS[bank]]
)
def test_oldest_first_whatever_the_bank_does(bank: str) -> None:
    contents = read("lijst.csv", LISTS[bank].encode())
    days = [t.booked for t in contents.transactions]
    assert days == sorted(days)
    assert contents.statements[0].kind == "list"


@pytest.mark.parametrize(
    ("bank", "opens", "reaches", "balances", "holder"),
    [
        ("ING", NOV_21, NOV_22, (50_000, 170_000), ""),
        ("ING before 2020", NOV_23, NOV_22, (None, None), ""),
        ("Rabobank", NOV_21, NOV_22, (50_000, 170_000), ""),
        ("ABN AMRO TAB", NOV_21, NOV_22, (50_000, 170_000), ""),
        ("KBC in Dutch", NOV_21, NOV_22, (50_000, 170_000), "PROEF BV"),
        ("Belfius", NOV_21, NOV_22, (None, None), ""),
        ("BNP Paribas Fortis", NOV_23, NOV_22, (None, None), ""),
        ("bunq", NOV_21, NOV_22, (None, None), ""),
        ("ASN Bank", NOV_21, NOV_22, (50_000, 170_000), ""),
    ],
    ids=lambda value: value if isinstance(value, str) and value in LISTS else "",
)
def test_the_statement_of_a_list(
    bank: str, opens: date, reaches: date, balances: tuple[int | None, int | None], holder: str
) -> None:
    (statement,) = read("lijst.csv", LISTS[bank].encode()).statements
    account = incoming(read("lijst.csv", LISTS[bank].encode())).account
    expected = StatementRecord(account, "EUR", "list", opens=opens, reaches=reaches, holder=holder)
    assert statement == expected._replace(opening_cents=balances[0], closing_cents=balances[1])


def test_no_day_after_the_period_that_was_asked_for() -> None:
    content = changed("Belfius", "tot en met;30/11/2026", "tot en met;20/11/2026")
    assert read("x.csv", content).statements[0].reaches == date(2026, 11, 20)


def test_a_search_at_the_bank_leaves_no_day_complete() -> None:
    contents = read(
        "x.csv", changed("Belfius", "Naam tegenpartij bevat;\r\n", "Naam tegenpartij bevat;PROEF\r\n")
    )
    assert codes(contents) == ["bankcsv.filtered"]
    assert contents.statements[0].reaches is None
    assert len(contents.transactions) == 2


def test_an_account_each() -> None:
    content = changed("bunq", f'-10.00","{OURS}', f'-10.00","{THEIRS}')
    contents = read("x.csv", content)
    assert contents.accounts == (THEIRS, OURS)
    assert [(t.account, t.statement) for t in contents.transactions] == [(THEIRS, 0), (OURS, 1)]
    assert [s.account for s in contents.statements] == [THEIRS, OURS]


def test_a_currency_each() -> None:
    contents = read("x.csv", changed("Rabobank", '"EUR"', '"USD"'))
    assert [(s.account, s.currency) for s in contents.statements] == [(OURS, "USD"), (OURS, "EUR")]


def test_what_is_not_final_is_announced_and_what_was_refused_does_not_count() -> None:
    contents = read("x.csv", LISTS["BNP Paribas Fortis"].encode("utf-8-sig"))
    assert [(t.amount_cents, t.pending, t.bank_reference) for t in contents.transactions] == [
        (121_000, False, "2026-00100"),
        (-520, True, ""),
    ]
    (problem,) = contents.problems
    assert (problem.code, problem.line, problem.field) == ("bankcsv.not-executed", 4, "Status")


def test_a_state_that_is_not_known_is_announced() -> None:
    contents = read("x.csv", changed("BNP Paribas Fortis in French", "Accepté", "En cours"))
    assert codes(contents) == ["bankcsv.status"]
    assert contents.transactions[0].pending


def test_what_came_back() -> None:
    content = changed("Rabobank", '"Papier"," ","",""', '"Papier"," ","","AC04"')
    returned = read("x.csv", content).transactions[0]
    assert (returned.reversal, returned.returned) == (True, "AC04")
    assert read("x.csv", changed("ING", '"Overschrijving"', '"Storno"')).transactions[1].reversal
    assert not read("x.csv", changed("ING", "Factuur 2026-034", "storno")).transactions[1].reversal


def test_a_day_in_another_order_than_it_was_booked() -> None:
    content = (
        LISTS["ING"].splitlines(keepends=True)[0]
        + ing_line("20261122", "5,00", "120,00")
        + ing_line("20261122", "15,00", "115,00")
        + ing_line("20261121", "10,00", "100,00")
    )
    contents = read("x.csv", content.encode())
    assert codes(contents) == []
    assert (contents.statements[0].opening_cents, contents.statements[0].closing_cents) == (9_000, 12_000)


def test_balances_of_the_day_with_each_booking() -> None:
    lines = [
        f"417164300\tEUR\t202611{day}\t{before}\t{after}\t202611{day}\t{amount}\tx"
        for day, before, after, amount in (
            (21, "100,00", "130,00", "10,00"),
            (21, "100,00", "130,00", "20,00"),
            (22, "130,00", "131,00", "1,00"),
        )
    ]
    contents = read("x.tab", "\r\n".join(lines).encode())
    assert codes(contents) == []
    assert (contents.statements[0].opening_cents, contents.statements[0].closing_cents) == (10_000, 13_100)


def ing_line(day: str, amount: str, balance: str) -> str:
    return f'"{day}";"Proef";"{OURS}";"";"OV";"Bij";"{amount}";"Overschrijving";"x";"{balance}";""\r\n'


def test_a_booking_without_a_pair_in_two_parts_pasted_together() -> None:
    row = LISTS["Rabobank"].splitlines()[2]
    contents = read("x.csv", with_lines("Rabobank", row))
    assert len(contents.transactions) == 2
    assert codes(contents) == ["bankcsv.twice"]


def test_a_number_that_two_bookings_share_names_none() -> None:
    contents = read("x.csv", changed("Rabobank", '0042","', '0041","'))
    assert [t.bank_reference for t in contents.transactions] == ["", ""]


@pytest.mark.parametrize("bank", ["ABN AMRO XLS in English", "KBC in Dutch", "Rabobank", "Belfius"])
def test_the_same_from_a_worksheet(bank: str) -> None:
    separator = "," if "ABN" in bank or bank == "Rabobank" else ";"
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(LISTS[bank], newline=""), delimiter=separator):
        book.active.append([in_worksheet(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    from_sheet, from_text = read("x.xlsx", out.getvalue()), read("x.csv", LISTS[bank].encode())
    assert from_sheet.format == from_text.format
    assert from_sheet.transactions == from_text.transactions
    assert from_sheet.statements == from_text.statements


def in_worksheet(cell: str) -> str | float | int | date:
    if cell.isdigit() and len(cell) == 8:
        return int(cell)
    if "/" in cell and len(cell) == 10:
        day, month, year = map(int, cell.split("/"))
        return date(year, month, day)
    amount = cell.strip().replace(",", ".")
    return float(amount) if amount.lstrip("+-").replace(".", "", 1).isdigit() and "." in amount else cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_encoding(encoding: str) -> None:
    contents = read("x.csv", LISTS["BNP Paribas Fortis in French"].encode(encoding))
    assert incoming(contents).amount_cents == 121_000


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("factuur 12  en 13", Told(text="factuur 12 en 13"), id="no label: all is the payer's"),
        pytest.param(
            f"Naam: Proef BV Omschrijving: Kenmerk: 9 en naam: A IBAN: {THEIRS} Kenmerk: E1 Valutadatum: 22-11-2026",
            Told(
                text="Kenmerk: 9 en naam: A", name="Proef BV", iban=THEIRS, end_to_end="E1", valued="22-11-2026"
            ),
            id="what a payer writes may look like a label",
        ),
        pytest.param(
            f"Naam: Proef BV Omschrijving: mijn IBAN: {THEIRS} ok IBAN: {OURS} Kenmerk: E 1 Datum/Tijd: 1",
            Told(
                text=f"mijn IBAN: {THEIRS} ok", name="Proef BV", iban=OURS, end_to_end="E 1", bank="Datum/Tijd: 1"
            ),
            id="the last labels are the bank's",
        ),
        pytest.param(
            "SEPA Acceptgirobetaling          IBAN: NL20INGB0001234567        BIC: INGBNL2A                    "
            "Naam: Proefdienst               Betalingskenm.: 4812345678901234",
            Told(
                name="Proefdienst", iban=THEIRS, reference="4812345678901234", bank="SEPA Acceptgirobetaling"
            ),
            id="a betalingskenmerk with its label",
        ),
        pytest.param(
            f"/TRTP/SEPA OVERBOEKING/IBAN/{THEIRS}/BIC/INGBNL2A/NAME/Proef BV/REMI/F/1/NAME/2/EREF/NOTPROVIDED",
            Told(text="F/1/NAME/2", name="Proef BV", iban=THEIRS, bank="SEPA OVERBOEKING BIC INGBNL2A"),
            id="codes count once",
        ),
        pytest.param(
            "/TRTP/SEPA INCASSO/NAME/Proef BV/RTRN/MS03/REMI/F 1",
            Told(text="F 1", name="Proef BV", returned="MS03", bank="SEPA INCASSO RTRN MS03"),
            id="why it came back",
        ),
        pytest.param("1 jan t/m 31 jan Valutadatum: 13-02-2026", Told(text="1 jan t/m 31 jan Valutadatum: 13-02-2026"),
                     id="a date alone is no label"),
    ],
)  # fmt: skip
def test_a_text_taken_apart(raw: str, expected: Told) -> None:
    assert take_apart(raw) == expected


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        pytest.param("+++010/8068/17183+++", OGM, id="an OGM between plusses"),
        pytest.param("betaling ***010/8068/17183*** dank", OGM, id="an OGM between asterisks within a text"),
        pytest.param("+++010/8068/17184+++", "", id="an OGM that does not check"),
        pytest.param("010/8068/17183", OGM, id="nothing but an OGM"),
        pytest.param("010806817183", OGM, id="nothing but its digits"),
        pytest.param("klant 010806817183", "", id="twelve digits in a text may be anything"),
        pytest.param("RF18539007547034 dank", "RF18539007547034", id="an RF"),
        pytest.param("RF19539007547034", "", id="an RF that does not check"),
        pytest.param("Betalingskenmerk: 4812345678", "4812345678", id="a betalingskenmerk that is called so"),
        pytest.param("4812345678", "", id="ten digits may be an invoice number"),
        pytest.param("Factuur 2026-034", "", id="an invoice number"),
    ],
)
def test_a_reference_only_when_it_is_certain(text: str, reference: str) -> None:
    assert find_reference(text) == reference


def test_pieces_of_a_number_are_one_number() -> None:
    assert put_together(["x" * 30 + " 2026", "0012", ""]) == "x" * 30 + " 20260012"
    assert put_together(["factuur", "12"]) == "factuur 12"


def exports() -> list[tuple[str, list[str]]]:
    if not HEADERS.exists():
        return []
    with HEADERS.open(encoding="utf-8") as lines:
        rows = [(row["package_export"], row["columns"]) for row in csv.DictReader(lines, delimiter="\t")]
    return [
        (name, columns.split(" | ") if " | " in columns else columns.replace(";", ",").split(","))
        for name, columns in rows
    ]


@pytest.mark.shared
@pytest.mark.skipif(not HEADERS.exists(), reason="the shared samples are not here")
@pytest.mark.parametrize(("name", "headers"), exports(), ids=[name for name, _ in exports()])
@pytest.mark.parametrize("separator", ["\t", ";"])
def test_no_list_of_open_items_is_taken_for_a_bank(name: str, headers: list[str], separator: str) -> None:
    text = separator.join(headers) + "\n" + separator.join("1" for _ in headers) + "\n"
    assert not read(name, text.encode()).format.startswith("bank")


@pytest.mark.parametrize("bank", LISTS)
def test_no_list_of_a_bank_is_taken_for_open_items(bank: str) -> None:
    contents = read("x.csv", LISTS[bank].encode())
    assert contents.format.startswith("bank-csv")
    assert contents.invoices == contents.debtors == contents.contacts == ()


@pytest.mark.slow
def test_a_hundred_thousand_bookings() -> None:
    head = LISTS["ING"].splitlines(keepends=True)[0]
    text = f"Naam: Klant {{n}} Omschrijving: Factuur 2026-{{n:06}} IBAN: {THEIRS} Kenmerk: E{{n}} Valutadatum: 22-11-2026"
    rows = (
        f'"2026{n // 9000 + 1:02}{n // 330 % 27 + 1:02}";"Klant {n % 20000}";"{OURS}";"{THEIRS}";"OV";"Bij";"{n % 900 + 1},00";'
        f'"Overschrijving";"{text.format(n=n)}";"{sum_to(n)},00";""\r\n'
        for n in range(100_000)
    )
    content = (head + "".join(rows)).encode()
    start = time.process_time()
    contents = read("groot.csv", content)
    taken = time.process_time() - start
    assert len(contents.transactions) == 100_000
    assert codes(contents) == []
    assert taken < 8  # under 3 on a machine of one's own; the limit is for a busy one


def sum_to(n: int) -> int:
    """The balance after row ``n`` when row k brings k % 900 + 1."""
    whole, rest = divmod(n + 1, 900)
    return whole * 900 * 901 // 2 + rest * (rest + 1) // 2
