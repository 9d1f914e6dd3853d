"""MT940 and MT942 in miniature, one file for each dialect; the sample files are in test_shared_mt940."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.importers.read import read
from beluur.importers.records import FileContents, TransactionRecord
from tests.examples import examples

IBAN = "NL91ABNA0417164300"
PAYER = "NL20INGB0001234567"


def file(
    *fields: str, account: str = IBAN, before: str = "", opening: str = "C260101EUR1000,00", after: str = ""
) -> str:
    """A statement of ``account`` around ``fields``, with a closing balance of 1,010.00."""
    start = f"{before}:20:X\n:25:{account}\n:28C:0\n:60F:{opening}\n"
    return start + "".join(f"{field}\n" for field in fields) + f":62F:C260131EUR1010,00\n{after}-\n"


def taken(text: str) -> FileContents:
    return read("afschrift.sta", text.encode())


def only(contents: FileContents) -> TransactionRecord:
    assert len(contents.transactions) == 1, contents.problems
    return contents.transactions[0]


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


def ing_lines(text: str) -> str:
    """As ING breaks them: 61 signs on the first line, then 65."""
    return "\n".join([text[:61], *(text[at : at + 65] for at in range(61, len(text), 65))])


def lines_of_65(text: str) -> str:
    return "\n".join(text[at : at + 65] for at in range(0, len(text), 65))


BOOKED = ":61:2601050105C10,00NTRFNONREF"
ING = ":61:2601050105C10,00NTRFEREF//26005000000001\n/TRCD/00100/\n:86:"
RABO = f":61:260105C000000000010,00N541EREF\n{PAYER}\n:86:"
KNAB = ":61:2601050105C10,NTRFNONREF//C6A05XM01D000031\n:86:"

DIALECTS = [
    pytest.param(
        file(ING + ing_lines(
            f"/EREF/E2E-1//CNTP/{PAYER}/INGBNL2A/Klant Een BV/Voorbeeldstad//REMI/USTD//Factuur F1 en factuur F2/")),
        {"counterparty": "Klant Een BV", "counterparty_iban": PAYER, "text": "Factuur F1 en factuur F2", "end_to_end": "E2E-1",
         "bank_reference": "26005000000001", "code": "NTRF"},
        id="ING with a code word over the end of a line",
    ),
    pytest.param(
        file(ING + f"/CNTP/{PAYER}/INGBNL2A/Klant Een BV///R\nEMI/USTD//Factuur F1/"),
        {"counterparty": "Klant Een BV", "text": "Factuur F1"},
        id="ING with a code word over the end of a line that is not full",
    ),
    pytest.param(
        file(ING + f"/EREF/NOTPROVIDED//CNTP/{PAYER}/INGBNL2A/Klant Een BV///REMI/STRD/CUR/0202600000000003/"),
        {"reference": "0202600000000003", "text": "", "end_to_end": ""},
        id="ING with a betalingskenmerk",
    ),
    pytest.param(
        file(ING + f"/CNTP/{PAYER}/INGBNL2A/Klant Een BV///REMI/STRD/ISO/RF18539007547034/"),
        {"reference": "RF18539007547034"},
        id="ING with an RF reference",
    ),
    pytest.param(
        file(":61:2601050105D10,00NRTINONREF//26005000000002\n:86:" + ing_lines(
            f"/RTRN/MD06//EREF/E2E-2//CNTP/{PAYER}/INGBNL2A/Klant Een BV///REMI/USTD//Contributie/")),
        {"amount_cents": -1000, "reversal": True, "returned": "MD06", "text": "Contributie"},
        id="ING with a direct debit that came back",
    ),
    pytest.param(
        file(":61:260105D10,00NOV NONREF\n:86:0111111111 KLANT EEN FACTUUR F1", account="0001234567"),
        {"counterparty_iban": "0111111111", "text": "KLANT EEN FACTUUR F1", "code": "NOV"},
        id="ING from before the IBAN",
    ),
    pytest.param(
        file(BOOKED + "\n:86:" + lines_of_65(
            f"/TRTP/SEPA OVERBOEKING/IBAN/{PAYER}/BIC/INGBNL2A/NAME/KLANT EEN BV/REMI/Factuur F1 van januari/EREF/NOTPROVIDED")),
        {"counterparty": "KLANT EEN BV", "counterparty_iban": PAYER, "text": "Factuur F1 van januari", "end_to_end": "",
         "bank_text": "SEPA OVERBOEKING", "bank_reference": ""},
        id="ABN AMRO in code words",
    ),
    pytest.param(
        file(BOOKED + f"\n:86:/TRTP/ACCEPTGIROBETALING/IBAN/{PAYER}/BIC/INGBNL2A\n"
             "/NAME/KLANT EEN BV/REMI/ISSUER: CUR                  REF: 0202\n600000000003/EREF/NOTPROVIDED"),
        {"reference": "0202600000000003", "text": "", "counterparty": "KLANT EEN BV"},
        id="ABN AMRO with issuer CUR, its number broken over two lines",
    ),
    pytest.param(
        file(BOOKED + f"\n:86:SEPA OVERBOEKING                 IBAN: {PAYER}\n"
             "BIC: INGBNL2A                    NAAM: KLANT EEN BV\n"
             "OMSCHRIJVING: FACTUUR VAN JANUAR I, NUMMER F1\nKENMERK: E2E-3"),
        {"counterparty": "KLANT EEN BV", "counterparty_iban": PAYER, "text": "FACTUUR VAN JANUARI, NUMMER F1",
         "end_to_end": "E2E-3", "bank_text": "SEPA OVERBOEKING"},
        id="ABN AMRO in columns, a word broken over the end of one",
    ),
    pytest.param(
        file(BOOKED + f"\n:86:SEPA ACCEPTGIROBETALING          IBAN: {PAYER}\n"
             "BIC: INGBNL2A                    NAAM: KLANT EEN BV\nBETALINGSKENM.: 0202600000000003 ID DEBITEUR: 777777777"),
        {"reference": "0202600000000003", "counterparty": "KLANT EEN BV"},
        id="ABN AMRO in columns with a betalingskenmerk",
    ),
    pytest.param(
        file(BOOKED + "\n:86:54.49.42.108 KLANT EEN           BETALINGSKENM.  0202600000000003", account="517852257"),
        {"counterparty": "KLANT EEN", "counterparty_iban": "544942108", "reference": "0202600000000003"},
        id="ABN AMRO with an account with points",
    ),
    pytest.param(
        file(BOOKED + "\n:86:GIRO   428428 KLANT TWEE         FACTUUR F2", account="517852257"),
        {"counterparty": "KLANT TWEE", "counterparty_iban": "428428", "text": "FACTUUR F2"},
        id="ABN AMRO with a giro account",
    ),
    pytest.param(
        file(RABO + lines_of_65(
            "/EREF/E2E-4/ORDP//NAME/Klant Een en/of Klant Twee BV/REMI/Factuur F1/2026 van januari/ISDT/2026-01-05"),
             account=f"{IBAN} EUR", before=":940:\n"),
        {"counterparty": "Klant Een en/of Klant Twee BV", "counterparty_iban": PAYER, "text": "Factuur F1/2026 van januari",
         "end_to_end": "E2E-4", "account": IBAN},
        id="Rabobank with the account under the booking",
    ),
    pytest.param(
        file(RABO + "/ORDP//NAME/Klant Een BV/REMI//CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/0202600000000003/ISDT/2026-01-05"),
        {"reference": "0202600000000003", "text": "", "counterparty": "Klant Een BV"},
        id="Rabobank with a betalingskenmerk",
    ),
    pytest.param(
        file(RABO + "/ORDP//NAME/Klant Een BV/REMI/Contract 12\n- tweede termijn\n-"),
        {"text": "Contract 12 - tweede termijn -"},
        id="Rabobank with a dash at the start of a line",
    ),
    pytest.param(
        file(":61:260105C000000000010.00N0620266050522      Klant Een BV\n:86:BETALINGSKENM.  0202600000000003\n:86:FACTUUR F1",
             account="1567.50.961EUR"),
        {"counterparty": "Klant Een BV", "counterparty_iban": "0266050522", "reference": "0202600000000003",
         "text": "BETALINGSKENM. 0202600000000003 FACTUUR F1", "account": "1567.50.961", "amount_cents": 1000},
        id="Rabobank from before the IBAN",
    ),
    pytest.param(
        file(f":61:2601050105C10,00NOVB{PAYER}\nklant een bv\n:86:{PAYER} klant een bv\n{'':65}\n"
             f"{'Factuur F1':32}{'van januari':33}\n{'':65}"),
        {"counterparty": "klant een bv", "counterparty_iban": PAYER, "text": "Factuur F1 van januari"},
        id="SNS in padded lines",
    ),
    pytest.param(
        file(f":61:2601050105D10,00NINC{PAYER}\nleverancier bv\n:86:{PAYER} leverancier bv\n\n/TRTP/Zakelijke Europese Incasso"
             f"/CSID/NL00ZZZ000000000000/NAME/LEVERANCIER BV\n/REMI/Nota 5/IBAN/{PAYER}/EREF/E2E-5"),
        {"counterparty": "LEVERANCIER BV", "text": "Nota 5", "end_to_end": "E2E-5"},
        id="ASN with a direct debit in code words",
    ),
    pytest.param(
        file(":61:260105C10,00NET NONREF\n:86:000>100000000000\n>20INGBNL2A\n>21" + PAYER +
             "\n>22KLANT EEN BV DORPSSTRAAT 1 >231000AA VOORBEELDSTAD FACTUU>24R F1 >310454545454",
             account="TRIODOSBANK/0454545454"),
        {"counterparty_iban": PAYER, "text": "KLANT EEN BV DORPSSTRAAT 1 1000AA VOORBEELDSTAD FACTUUR F1",
         "account": "TRIODOSBANK/0454545454"},
        id="Triodos with an IBAN",
    ),
    pytest.param(
        file(":61:260105C10,00NET NONREF\n:86:000>100987654321\n>20 HUUR>21 KANTOOR - FEB 2026"),
        {"counterparty_iban": "0987654321", "text": "HUUR KANTOOR - FEB 2026"},
        id="Triodos with an account of its own",
    ),
    pytest.param(
        file(KNAB + f"FACTUUR F1\nEN FACTUUR F2\nREK: {PAYER}/NAAM: KLANT EEN BV"),
        {"counterparty": "KLANT EEN BV", "counterparty_iban": PAYER, "text": "FACTUUR F1 EN FACTUUR F2",
         "bank_reference": "C6A05XM01D000031"},
        id="Knab with REK and NAAM",
    ),
    pytest.param(
        file(KNAB + f"REK: {PAYER}/NAAM: KLANT EEN BV"),
        {"counterparty": "KLANT EEN BV", "text": ""},
        id="Knab without a text",
    ),
    pytest.param(
        file(KNAB + f"/TRTP/OVERBOEKING/IBAN/{PAYER}/BIC/INGBNL2AXX\nX/NAME/KLANT EEN BV/EREF/E2E-6/REMI/FACTUUR F1"),
        {"counterparty": "KLANT EEN BV", "end_to_end": "E2E-6", "text": "FACTUUR F1", "counterparty_iban": PAYER},
        id="Knab in code words",
    ),
    pytest.param(
        file(":61:2601050105C10,NTRFNONREF\n:86:/IBAN/NL49BUNQ2034357582/NAME/Klant Een/REMI/een lange omschrijving die de bank "
             "op een enkele regel laat staan\nFactuur F1", account=f"{IBAN} EUR"),
        {"counterparty": "Klant Een", "text": "een lange omschrijving die de bank op een enkele regel laat staan Factuur F1"},
        id="bunq, which does not break its lines",
    ),
    pytest.param(
        file(":61:260105C10,00NXXXNONREF\n:86:0111111110 KLANT EEN declaratie 2026", account="0878787878",
             after=":86:D000001C000000\n"),
        {"counterparty_iban": "0111111110", "text": "KLANT EEN declaratie 2026"},
        id="Van Lanschot, with its totals after the balance",
    ),
    pytest.param(
        file(":61:2601050105CR10,00N051NONREF\n:86:166?00GUTSCHRIFT?100004770?20EREF+E2E-7?21SVWZ+Rechnung 2026-1 und Re"
             "?22chnung 2026-2\n?30INGDDEFFXXX?31DE89370400440532013000?32Kunde Eins Gesellschaft mit?33 Haftung"),
        {"counterparty": "Kunde Eins Gesellschaft mit Haftung", "counterparty_iban": "DE89370400440532013000",
         "text": "Rechnung 2026-1 und Rechnung 2026-2", "end_to_end": "E2E-7", "bank_text": "GUTSCHRIFT"},
        id="German in numbered parts",
    ),
    pytest.param(
        file(":61:2601050105CR10,00N051NONREF\n:86:" + ing_lines(
            "166?00GUTSCHRIFT?100004770?20SVWZ+Rechnung 2026-1 und Re?21chnung 5?31DE89370400440532013000?32Kunde")),
        {"text": "Rechnung 2026-1 und Rechnung 5", "counterparty": "Kunde"},
        id="German with the sign of a part at the end of a line",
    ),
    pytest.param(
        file(":61:2601050105CR10,00N051NONREF\n:86:051~00UZNANIE~20Faktura 5~32Klient~38PL61109010140000071219812874"),
        {"text": "Faktura 5", "counterparty": "Klient", "counterparty_iban": "PL61109010140000071219812874"},
        id="in numbered parts with another sign",
    ),
    pytest.param(
        file(BOOKED + "\n:86:Betaling factuur F1\nmet dank"),
        {"text": "Betaling factuur F1 met dank", "counterparty": "", "reference": ""},
        id="free text",
    ),
    pytest.param(
        file(BOOKED + "\n:86:SEPA overboeking factuur F1"), {"text": "SEPA overboeking factuur F1"}, id="free text about SEPA",
    ),
    pytest.param(file(BOOKED), {"text": "", "amount_cents": 1000}, id="a booking without :86:"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIALECTS)
def test_dialects(text: str, expected: dict[str, object]) -> None:
    contents = taken(text)
    record = only(contents)
    assert contents.format == "mt940"
    assert {name: getattr(record, name) for name in expected} == expected
    assert record.booked == date(2026, 1, 5)
    assert set(codes(contents)) <= {"bank.balance"}


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("+++010/8068/17183+++", "010806817183"),
        ("factuur 5 ***010/8068/17183*** dank u", "010806817183"),
        ("+++010/8068/17184+++", ""),
        ("mededeling 010/8068/17183", "010806817183"),
        ("010806817183", "010806817183"),
        ("0202600000000003", "0202600000000003"),
        ("0202 6000 0000 0003", "0202600000000003"),
        ("Factuur RF18 5390 0754 7034 VOOR MEI", "RF18539007547034"),
        ("RF18539007547034", "RF18539007547034"),
        ("Betalingskenmerk: 0202 6000 0000 0003 factuur 12", "0202600000000003"),
        ("4812345678", ""),
        ("1234567", ""),
        ("werf12 en RFID", ""),
        ("BETALINGSKENM. 231732INCASSO", ""),
    ],
)
def test_a_reference_in_free_text(text: str, reference: str) -> None:
    assert only(taken(file(f"{BOOKED}\n:86:{text}"))).reference == reference


@pytest.mark.parametrize(
    ("booking", "booked", "valued", "cents", "reversal"),
    [
        pytest.param("2601050106C1,5NTRFNONREF", "2026-01-06", "2026-01-05", 150, False, id="money in"),
        pytest.param("2601050106D1,NTRFNONREF", "2026-01-06", "2026-01-05", -100, False, id="money out"),
        pytest.param("2601050106RC1,00NTRFNONREF", "2026-01-06", "2026-01-05", -100, True, id="a credit taken back"),
        pytest.param("2601050106RDR1,00NTRFNONREF", "2026-01-06", "2026-01-05", 100, True, id="a debit taken back"),
        pytest.param("260105D1,00NTRFNONREF", "2026-01-05", "2026-01-05", -100, False, id="without an entry date"),
        pytest.param("260105    CR1,00NTRFNONREF", "2026-01-05", "2026-01-05", 100, False, id="blanks for an entry date"),
        pytest.param("2601011231C1,00NTRFNONREF", "2025-12-31", "2026-01-01", 100, False, id="booked in the year before"),
        pytest.param("2512310101C1,00NTRFNONREF", "2026-01-01", "2025-12-31", 100, False, id="booked in the year after"),
        pytest.param("2402290301C1,00NTRFNONREF", "2024-03-01", "2024-02-29", 100, False, id="of a leap day"),
        pytest.param("990105C000000001,00NTRF", "1999-01-05", "1999-01-05", 100, False, id="of the century before"),
        pytest.param("260105C500NTRF29-07-2014 10:05//B4", "2026-01-05", "2026-01-05", 50000, False, id="without a comma"),
    ],
)  # fmt: skip
def test_bookings(booking: str, booked: str, valued: str, cents: int, reversal: bool) -> None:
    record = only(taken(file(f":61:{booking}")))
    assert (str(record.booked), str(record.valued)) == (booked, valued)
    assert (record.amount_cents, record.reversal) == (cents, reversal)


def test_a_statement() -> None:
    contents = taken(
        f":20:P260131000000001\n:25:{IBAN}EUR\n:28C:31/1\n:60F:C260130EUR1000,00\n{BOOKED}\n:62F:C260131EUR1010,00\n-\n"
    )
    (statement,) = contents.statements
    assert not contents.problems
    assert contents.accounts == (IBAN,)
    assert statement == (
        IBAN, "EUR", "statement", "P260131000000001", 31, 2026, date(2026, 1, 30), date(2026, 1, 31), 100000, 101000, "", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "count", "expected"),
    [
        pytest.param(
            "P260131000000001", "00000", ("P260131000000001", None), id="a name of its own, no count"
        ),
        pytest.param("0000000000", "253/1", ("2026/253", 253), id="a count only"),
        pytest.param("STARTUMS", "0", ("", None), id="neither"),
        pytest.param("ABN AMRO BANK NV", "03101/1", ("", None), id="the day for a count"),
        pytest.param("KONTISTEXPORT", "2026/02", ("", None), id="year and month for a count"),
        pytest.param("STARTUMS", "1", ("", 1), id="a first statement, which every export may be"),
    ],
)
def test_the_name_of_a_statement(name: str, count: str, expected: tuple[str, int | None]) -> None:
    text = file(BOOKED).replace(":20:X", f":20:{name}").replace(":28C:0", f":28C:{count}")
    (statement,) = taken(text).statements
    assert (statement.number, statement.sequence) == expected


def test_pages_are_one_statement() -> None:
    first = f":20:A\n:25:{IBAN}\n:28C:7/1\n:60F:C260101EUR1000,00\n{BOOKED}\n:62M:C260105EUR1010,00\n-\n"
    second = f":20:A\n:25:{IBAN}\n:28C:7/2\n:60M:C260105EUR1010,00\n{BOOKED}\n:62F:C260105EUR1020,00\n-\n"
    contents = taken(first + second)
    (statement,) = contents.statements
    assert not contents.problems
    assert (statement.opening_cents, statement.closing_cents, statement.reaches) == (
        100000,
        102000,
        date(2026, 1, 5),
    )
    assert [t.statement for t in contents.transactions] == [0, 0]
    alone = taken(first)
    assert codes(alone) == ["mt940.page"]
    assert alone.statements[0].reaches is None
    assert codes(taken(second)) == ["mt940.page"]


def test_a_part_of_a_day() -> None:
    contents = taken(
        f":20:ST260105\n:25:{IBAN}\n:28C:1/1\n:34F:EUR0,\n:13D:2601051815+0100\n{BOOKED}\n:61:260105EC5,00NTRFNONREF\n:90C:1EUR10,00\n-\n"
    )
    (statement,) = contents.statements
    assert (contents.format, statement.kind, statement.reaches, statement.currency) == (
        "mt942",
        "interim",
        None,
        "EUR",
    )
    assert [(t.amount_cents, t.pending) for t in contents.transactions] == [(1000, False), (500, True)]
    assert not contents.problems


def test_envelopes_and_ends() -> None:
    inside = file(f"{BOOKED}\n:86:Factuur F1").removesuffix("-\n")
    envelope = "{1:F01INGBNL2ABXXX0000000000}{2:I940INGBNL2AXXXN}{4:"
    other = inside.replace(IBAN, PAYER)
    closed = "-" + 3 * "X"
    for text in (
        f"{envelope}\n{inside}-}}{{5:}}\n{envelope}\n{other}-}}{{5:}}\n",
        f"{envelope}{inside}-}}\n{envelope}{other}-}}\n",
        f"ABNANL2A\n940\nABNANL2A\n{inside}-\nABNANL2A\n940\nABNANL2A\n{other}-\n",
        f"0000 01INGBNL2AXXXX00001\n940 00\n{inside}{closed}\n{other}{closed}\n",
        f":940:\n{inside}{other}",
        f"{inside}-\n{other}".replace("\n", "\r\n"),
    ):
        contents = taken(text)
        assert [(t.text, t.account, t.statement) for t in contents.transactions] == [
            ("Factuur F1", IBAN, 0),
            ("Factuur F1", PAYER, 1),
        ]
        assert not contents.problems


def test_a_bank_reference_is_of_one_booking() -> None:
    bookings = [f":61:260105C1,00NTRFNONREF//{bank}" for bank in ("A1", "A2", "A2", "NONREF")]
    assert [t.bank_reference for t in taken(file(*bookings)).transactions] == ["A1", "", "", ""]


BAD = [
    pytest.param(file(BOOKED).partition(":62F:")[0], ["mt940.cut"], 1, id="cut before the closing balance"),
    pytest.param(file(BOOKED) * 2, ["mt940.twice"], 1, id="the same statement twice"),
    pytest.param(file(BOOKED) + file(BOOKED).replace(":20:X", ":20:Y"), ["mt940.twice"], 1, id="twice under another name"),
    pytest.param(file(BOOKED, ":61:NIETS"), ["mt940.booking"], 1, id="a booking that cannot be read"),
    pytest.param(file(BOOKED, ":61:2602300230C1,00NTRF"), ["mt940.booking"], 1, id="a day that does not exist"),
    pytest.param(file(BOOKED, ":61:2601050230C1,00NTRF"), ["mt940.booking"], 1, id="an entry day that does not exist"),
    pytest.param(file(BOOKED, ":61:260105C1,005NTRF"), ["mt940.booking"], 1, id="a third decimal"),
    pytest.param(file(BOOKED, ":61:260105C1.000,00NTRF"), ["mt940.booking"], 1, id="an amount with points"),
    pytest.param(file(BOOKED, ":61:260105C0,00NTRF"), ["mt940.zero"], 1, id="an amount of zero"),
    pytest.param(file(BOOKED).replace("1010,00", "1011,00"), ["bank.balance"], 1, id="balances that do not add up"),
    pytest.param(file(BOOKED, opening="C260101USD1000,00"), ["mt940.currency"], 1, id="two currencies"),
    pytest.param(file(BOOKED, account=f"{IBAN}USD"), ["mt940.account-currency"], 1, id="another currency at the account"),
    pytest.param(file(BOOKED, ":61:2601050105C10"), ["mt940.booking"], 1, id="a booking cut in its amount"),
    pytest.param(file(BOOKED, opening="C2601011000,00"), ["mt940.balance"], 1, id="a balance without a currency"),
    pytest.param(file(BOOKED).replace(f":25:{IBAN}\n", ""), ["mt940.no-statement"], 0, id="without an account"),
    pytest.param(f":20:X\n:25:{IBAN}\n{BOOKED}\n", ["mt940.no-statement"], 0, id="without a currency"),
    pytest.param(f":25:{IBAN}EUR\n", ["mt940.no-statement"], 0, id="an account only"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "count"), BAD)
def test_bad_files(text: str, expected: list[str], count: int) -> None:
    contents = taken(text)
    assert codes(contents) == expected
    assert len(contents.transactions) == count
    assert contents.refused == (count == 0)
    assert all(t.amount_cents == 1000 for t in contents.transactions)


def test_a_statement_without_an_account_leaves_the_others() -> None:
    contents = taken(file(BOOKED).replace(f":25:{IBAN}\n", "") + file(BOOKED))
    assert codes(contents) == ["mt940.no-account"]
    assert len(contents.transactions) == 1


def test_a_problem_says_its_line() -> None:
    (problem,) = taken(file(BOOKED, ":61:NIETS")).problems
    assert (problem.line, problem.field, problem.severity) == (6, ":61:", "skipped")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_encodings(encoding: str) -> None:
    contents = read("x.sta", file(f"{BOOKED}\n:86:Café F1").encode(encoding))
    assert only(contents).amount_cents == 1000
    assert only(contents).text in ("Café F1", "Caf\u201a F1")  # nothing says that a file is in code page 850


@given(st.lists(st.integers(1, 10**12), max_size=5))
def test_every_amount_is_read_to_the_cent(amounts: list[int]) -> None:
    bookings = (f":61:260105C{cents // 100},{cents % 100:02}NTRFNONREF" for cents in amounts)
    assert [t.amount_cents for t in taken(file(*bookings)).transactions] == amounts


def test_statements_out_of_order_and_one_that_is_missing() -> None:
    def numbered(number: int) -> str:
        return file(BOOKED).replace(":28C:0", f":28C:{number}/1").replace(":20:X", ":20:STARTUMS")

    assert codes(taken(numbered(13) + numbered(12))) == []
    assert codes(taken(numbered(14) + numbered(12))) == ["bank.gap"]


def test_a_line_of_blanks_takes_no_time() -> None:
    start = time.process_time()
    assert only(taken(file(f"{BOOKED}\n:86:SEPA X{' ' * 200_000}x\nNAAM: Y"))).counterparty == "Y"
    assert time.process_time() - start < 2


PIECES = st.sampled_from(
    [":20:X", ":25:" + IBAN, ":25:", ":28C:1/1", ":60F:C260101EUR1,", ":60M:C260101EUR1,", ":62F:C260131EUR1,", ":62M:X",
     ":61:260105C1,00NTRFNONREF//1", ":61:260105RD1,00", ":61:", ":86:/REMI/x", ":86:166?20a?31b", ":86:000>10", ":86:SEPA X",
     "-", "-}", "{1:}{4:", ":940:", ":34F:EUR0,", "/EREF/", "\r", "REK: x/NAAM: y", "54.49.42.108", "?2", ">21" + IBAN, ""]
)  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(PIECES | st.text("0123456789:/?>+CDRFN.,- EUR\u00e9\u0663", max_size=40), max_size=25).map(
        "\n".join
    )
)
def test_no_text_makes_it_raise(text: str) -> None:
    contents = taken(":20:X\n" + text)
    assert "file.reader-failed" not in codes(contents)
    assert all(0 <= t.statement < len(contents.statements) for t in contents.transactions)


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, len(file(BOOKED, f"{BOOKED}\n:86:Factuur F1"))))
def test_cut_anywhere_never_raises_and_never_adds_money(place: int) -> None:
    contents = taken(file(BOOKED, f"{BOOKED}\n:86:Factuur F1")[:place])
    assert "file.reader-failed" not in codes(contents)
    assert sum(t.amount_cents for t in contents.transactions) <= 2000


def yardstick() -> float:
    """What ten million additions cost here and now: half a second where nothing else runs."""
    start = time.process_time()
    total = 0
    for n in range(10_000_000):
        total += n
    return time.process_time() - start


@pytest.mark.slow
def test_a_hundred_thousand_bookings() -> None:
    bookings = (
        f":61:2601{n % 28 + 1:02}0102C{n % 900 + 1},{n % 100:02}NTRFEREF//{n:014}\n/TRCD/00100/\n:86:"
        + ing_lines(
            f"/EREF/E{n:09}//CNTP/{PAYER}/INGBNL2A/Klant {n % 5000} BV///REMI/USTD//Factuur F{n:06} en nog een/"
        )
        for n in range(100_000)
    )
    content = file(*bookings).encode()
    slowness = max(1.0, yardstick() / 0.8)
    start = time.process_time()
    contents = read("groot.sta", content)
    assert len(contents.transactions) == 100_000
    assert time.process_time() - start < 4 * slowness
