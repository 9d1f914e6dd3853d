"""CODA in miniature; the sample files are in test_shared_coda."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.importers.read import read
from beluur.importers.records import FileContents, TransactionRecord
from tests.examples import examples

IBAN = "BE68539007547034"
PAYER = "BE71096123456769"
OGM = "010806817183"


def record(*columns: tuple[int, str]) -> str:
    """A line of 128 columns with each text at its column, 1-based."""
    line = [" "] * 128
    for at, text in columns:
        line[at - 1 : at - 1 + len(text)] = text
    return "".join(line)[:128]


def amount(cents: int) -> str:
    return f"{abs(cents):014}0"


def head(flag: str = " ", apart: str = "00000") -> str:
    return record(
        (1, "0000005012672505"), (17, flag), (35, "VOORBEELD BV"), (61, "GKCCBEBB"), (84, apart), (128, "2")
    )


def opening(
    cents: int = 100000, day: str = "040126", account: str = f"2{'':3}{IBAN}", count: str = "003"
) -> str:
    sign = "1" if cents < 0 else "0"
    return record(
        (1, "1"),
        (2, account),
        (40, "EUR"),
        (43, sign + amount(cents) + day),
        (65, "VOORBEELD BV"),
        (126, count),
    )


def closing(cents: int, account: str = IBAN, day: str = "050126") -> str:
    return record(
        (1, "8"), (5, account), (39, "EUR"), (42, ("1" if cents < 0 else "0") + amount(cents) + day)
    )


def trailer(records: int, cents: list[int]) -> str:
    debit, credit = -sum(c for c in cents if c < 0), sum(c for c in cents if c > 0)
    return record((1, "9"), (17, f"{records:06}{amount(debit)}{amount(credit)}"), (128, "2"))


def moved(
    cents: int,
    text: str = "",
    *,
    seq: int = 1,
    detail: int = 0,
    code: str = "00150000",
    structured: bool = False,
    level: str = "0",
    bank: str = "",
    day: str = "050126",
    raw: str = "",
) -> str:
    """Record 21."""
    sign = "1" if cents < 0 else "0"
    return record(
        (1, f"21{seq:04}{detail:04}"), (11, bank or f"REF{seq:04}{detail:04}"), (32, sign + (raw or amount(cents)) + day),
        (54, code + ("1" if structured else "0")), (63, text[:53]), (116, day), (125, level),
    )  # fmt: skip


def more(
    seq: int = 1, detail: int = 0, text: str = "", reference: str = "", name: str = "", account: str = ""
) -> list[str]:
    """Records 22 and 23; the text goes on where 21 left it."""
    return [
        record((1, f"22{seq:04}{detail:04}"), (11, text[:53]), (64, reference), (99, "GKCCBEBB")),
        record((1, f"23{seq:04}{detail:04}"), (11, account), (48, name), (83, text[53:96])),
    ]


def group(*lines: str, first: str = "", last: str = "", flag: str = " ", start: int = 100000) -> str:
    """A group of records 0 to 9 around ``lines``, with balances and sums that fit them."""
    cents = [
        int(line[32:46]) * (-1 if line[31] == "1" else 1)
        for line in lines
        if line.startswith("21") and line[6:10] == "0000" and line[32:47].isdigit()
    ]
    inside = [first or opening(start), *lines, last or closing(start + sum(cents))]
    counted = sum(line[0] != "4" for line in inside)
    return "".join(f"{line}\n" for line in [head(flag), *inside, trailer(counted, cents)])


def taken(text: str) -> FileContents:
    return read("afschrift.cod", text.encode("cp1252"))


def only(contents: FileContents) -> TransactionRecord:
    assert len(contents.transactions) == 1, contents.problems
    return contents.transactions[0]


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


def direct_debit(unpaid: str = "0", kind: str = " ", reason: str = "    ") -> str:
    return (
        f"12705012611{unpaid}{'BE00ZZZ0000000000':35}{'MANDAAT-7':35}{'Contributie januari':62}{kind}{reason}"
    )


SDD = direct_debit()

PAYMENTS = [
    pytest.param(
        [moved(1000, "Factuur F1 met een lange tekst die niet in het eerste veld past"),
         *more(text="veld past en verder gaat in het tweede", reference="E2E-1", name="KLANT EEN BV", account=PAYER)],
        {"counterparty": "KLANT EEN BV", "counterparty_iban": PAYER, "end_to_end": "E2E-1", "amount_cents": 1000,
         "text": "Factuur F1 met een lange tekst die niet in het eersteveld past en verder gaat in het tweede",
         "code": "00150000", "bank_reference": "REF00010000", "valued": date(2026, 1, 5), "reversal": False},
        id="a transfer, its text over two records",
    ),
    pytest.param(
        [moved(1000, f"101{OGM}", structured=True)], {"reference": OGM, "text": ""}, id="a structured communication",
    ),
    pytest.param([moved(1000, f"102{OGM}", structured=True)], {"reference": OGM}, id="a reconstituted one"),
    pytest.param(
        [moved(1000, "100RF18539007547034", structured=True)], {"reference": "RF18539007547034"}, id="an RF reference",
    ),
    pytest.param(
        [moved(1000, f"Betaling +++{OGM[:3]}/{OGM[3:7]}/{OGM[7:]}+++")], {"reference": OGM}, id="one within free text",
    ),
    pytest.param(
        [moved(1000, f"105{1000:015}{1000:015}{100000000:012}EUR{OGM[:5]}", structured=True), *more(text=OGM[5:])],
        {"reference": OGM},
        id="one beside the original amount",
    ),
    pytest.param(
        [moved(1000, "103000000012345", structured=True)], {"text": "000000012345", "reference": ""}, id="a number of a cheque",
    ),
    pytest.param(
        [moved(-1000, SDD[:53], structured=True, code="00501000"), *more(text=SDD[53:], name="LEVERANCIER NV")],
        {"text": "Contributie januari", "bank_text": "BE00ZZZ0000000000 MANDAAT-7", "reversal": False, "returned": "",
         "counterparty": "LEVERANCIER NV", "amount_cents": -1000},
        id="a direct debit",
    ),
    pytest.param(
        [moved(-1000, direct_debit("4", "2", "AM04")[:53], structured=True, code="00503000"),
         *more(text=direct_debit("4", "2", "AM04")[53:])],
        {"reversal": True, "returned": "AM04", "text": "Contributie januari"},
        id="a direct debit that came back",
    ),
    pytest.param([moved(-1000, code="00503000")], {"reversal": True, "returned": ""}, id="unpaid, by its code only"),
    pytest.param([moved(1000, code="00154000")], {"reversal": True}, id="a transfer that could not be carried out"),
    pytest.param([moved(1000, code="80387000")], {"reversal": False}, id="costs that are paid back take no booking back"),
    pytest.param(
        [moved(1000), record((1, "3100010001"), (40, "1"), (41, "001KLANT EEN BV")),
         record((1, "3200010001"), (11, "DORPSSTRAAT 1")),
         record((1, "3100010002"), (40, "0"), (41, "UITVOERING VAN UW OPDRACHT"))],
        {"counterparty": "KLANT EEN BV", "bank_text": "UITVOERING VAN UW OPDRACHT"},
        id="a name in an information record",
    ),
    pytest.param(
        [moved(1000), *more(account="539007547034", reference="NOTPROVIDED")],
        {"counterparty_iban": IBAN, "end_to_end": ""},
        id="an account of before the IBAN",
    ),
    pytest.param(
        [moved(1000), *more(account="539007547035")], {"counterparty_iban": "539007547035"}, id="one that does not check",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), PAYMENTS)
def test_payments(lines: list[str], expected: dict[str, object]) -> None:
    contents = taken(group(*lines))
    payment = only(contents)
    assert not contents.problems
    assert {name: getattr(payment, name) for name in expected} == expected
    assert (payment.booked, payment.account, payment.currency, payment.batch) == (
        date(2026, 1, 5),
        IBAN,
        "EUR",
        "",
    )


def test_a_statement() -> None:
    contents = taken(group(moved(1000)))
    assert contents.format == "coda"
    assert contents.accounts == (IBAN,)
    assert contents.statements == (
        (IBAN, "EUR", "statement", "2026/003", 3, 2026, date(2026, 1, 4), date(2026, 1, 5), 100000, 101000, "VOORBEELD BV", ""),
    )  # fmt: skip


def test_several_statements() -> None:
    second = group(
        moved(-500),
        first=opening(101000, "050126", count="004"),
        last=closing(100500, day="060126"),
        start=101000,
    )
    contents = taken(group(moved(1000)) + second)
    assert not contents.problems
    assert [(t.amount_cents, t.statement) for t in contents.transactions] == [(1000, 0), (-500, 1)]
    assert [s.sequence for s in contents.statements] == [3, 4]


def test_an_overdrawn_account_and_one_of_before_the_iban() -> None:
    old = opening(-5000, account="0003539007547034 EUR0BE")
    old = old[:39] + "   " + old[42:]
    last = record((1, "8003539007547034 EUR0BE"), (42, "1" + amount(-4000) + "050126"))
    contents = taken(group(moved(1000), first=old, last=last))
    (statement,) = contents.statements
    assert not contents.problems
    assert (statement.account, statement.opening_cents, statement.closing_cents) == (IBAN, -5000, -4000)


TOTAL = {"code": "10105000", "level": "1"}
BATCHES = [
    pytest.param(
        [moved(-300, **TOTAL), moved(-100, detail=1, code="50105000"), moved(-200, detail=2, code="50105000", level="1")],
        [(-100, "0001", -300), (-200, "0001", -300)],
        id="a total of the customer with its details",
    ),
    pytest.param(
        [moved(-300, **TOTAL), moved(-100, detail=1, code="00105000", level="1"),
         moved(-200, detail=2, code="00105000", level="1")],
        [(-100, "0001", -300), (-200, "0001", -300)],
        id="details that keep the code of a single payment and all close the level",
    ),
    pytest.param([moved(-300, **TOTAL)], [(-300, "", 0)], id="a total without details"),
    pytest.param(
        [moved(-300, **TOTAL), moved(-300, detail=1, code="50105000", level="1")], [(-300, "", 0)], id="a total of one payment",
    ),
    pytest.param(
        [moved(99500, code="30150000", level="1"), moved(100000, detail=1, code="80150100"),
         moved(-500, detail=2, code="80137000", level="1")],
        [(99500, "", 0)],
        id="one payment with its charges",
    ),
    pytest.param(
        [moved(700, code="20550000", level="1"), moved(300, detail=1, code="70550000", level="2"),
         moved(310, detail=2, code="90550000"),
         moved(-10, detail=3, code="90537000", level="2"), moved(400, detail=4, code="60550000", level="1")],
        [(300, "0001", 700), (400, "0001", 700)],
        id="a total of the bank, one of its details with charges",
    ),
    pytest.param(
        [moved(700, code="20150000", level="1"), moved(300, detail=1, code="60150000", level="2"),
         moved(100, detail=2, code="60150000"),
         moved(200, detail=3, code="60150000", level="2"), moved(400, detail=4, code="60150000", level="1")],
        [(100, "0001", 700), (200, "0001", 700), (400, "0001", 700)],
        id="a total within a total",
    ),
    pytest.param(
        [moved(-300, **TOTAL), moved(-100, detail=1, code="50105000", level="1"), moved(50, seq=2)],
        [(-300, "", 0), (50, "", 0)],
        id="details that do not add up",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), BATCHES)
def test_totals_and_details(lines: list[str], expected: list[tuple[int, str, int]]) -> None:
    """What is booked is counted once, whatever stands below it."""
    contents = taken(group(*lines))
    assert [(t.amount_cents, t.batch, t.batch_cents) for t in contents.transactions] == expected
    assert codes(contents) == (["coda.details"] if len(expected) == 2 and not expected[0][1] else [])


def test_details_in_a_file_apart() -> None:
    lines = [head(apart="00001"), opening(0), moved(100, detail=1, code="60150000"), moved(200, detail=2, code="60150000"),
             closing(0), trailer(4, [])]  # fmt: skip
    contents = taken("\n".join(lines))
    (statement,) = contents.statements
    assert not contents.problems
    assert (statement.kind, statement.reaches, statement.closing_cents) == ("notice", None, None)
    assert [(t.amount_cents, t.batch) for t in contents.transactions] == [(100, ""), (200, "")]


def test_blanks_that_a_program_cut_off() -> None:
    whole = group(moved(1000, "Factuur F1"), *more(name="KLANT EEN BV"))
    stripped = "\r\n".join(line.rstrip() for line in whole.split("\n"))
    assert taken(stripped) == taken(whole)


def test_a_bank_reference_is_of_one_booking() -> None:
    lines = [moved(100, seq=1, bank="A"), moved(100, seq=2, bank="B"), moved(100, seq=3, bank="B")]
    assert [t.bank_reference for t in taken(group(*lines)).transactions] == ["A", "", ""]


def changed(text: str, line: int, at: int, new: str) -> str:
    """The text with ``new`` at the 1-based line and column."""
    lines = text.split("\n")
    lines[line - 1] = lines[line - 1][: at - 1] + new + lines[line - 1][at - 1 + len(new) :]
    return "\n".join(lines)


ONE = group(moved(1000))


def without_closing() -> str:
    return "".join(line for line in ONE.splitlines(keepends=True) if line[0] != "8")


BAD = [
    pytest.param(changed(ONE, 1, 17, "D"), ["coda.copy"], 1, id="a copy"),
    pytest.param(ONE + ONE, ["coda.twice"], 1, id="the same statement twice"),
    pytest.param(changed(ONE, 3, 33, "000000000010005"), ["coda.decimals", "bank.balance"], 0, id="a third decimal"),
    pytest.param(changed(ONE, 3, 33, "0000000000100X0"), ["coda.booking", "bank.balance"], 0, id="an amount with a letter"),
    pytest.param(changed(ONE, 3, 32, "2"), ["coda.booking", "bank.balance"], 0, id="an unknown sign"),
    pytest.param(changed(ONE, 3, 116, "310226"), ["coda.booking", "bank.balance"], 0, id="a day that does not exist"),
    pytest.param(group(moved(0)), ["coda.zero"], 0, id="an amount of zero"),
    pytest.param(changed(ONE, 4, 43, "000000001011000"), ["bank.balance"], 1, id="balances that do not add up"),
    pytest.param(changed(ONE, 4, 43, "00000000101X000"), ["coda.balance"], 1, id="a balance that cannot be read"),
    pytest.param(changed(ONE, 4, 39, "USD"), ["coda.other-account"], 1, id="another currency at the end"),
    pytest.param(changed(ONE, 4, 5, "BE62510007547061"), ["coda.other-account"], 1, id="another account at the end"),
    pytest.param(changed(ONE, 5, 38, "000000000009990"), ["coda.trailer"], 1, id="other sums in the trailer"),
    pytest.param(changed(ONE, 5, 17, "000009"), ["coda.trailer"], 1, id="another number of lines in the trailer"),
    pytest.param(changed(ONE, 3, 1, "29"), ["coda.line", "coda.trailer", "bank.balance"], 0, id="an unknown record"),
    pytest.param(ONE.replace("\n8", " te lang\n8"), ["coda.line", "coda.trailer", "bank.balance"], 0, id="a line too long"),
    pytest.param(changed(ONE, 2, 6, " " * 34), ["coda.no-statement"], 0, id="without an account"),
    pytest.param("\n".join(ONE.split("\n")[:4]), ["coda.cut"], 0, id="cut before its last line"),
    pytest.param("\n".join(ONE.split("\n")[:4]) + "\n" + ONE, ["coda.cut"], 0, id="the first of two cut"),
    pytest.param(without_closing(), ["coda.trailer", "coda.no-closing"], 1, id="no closing"),
    pytest.param(group(moved(1000), *more(seq=2)), ["coda.order", "coda.order"], 1, id="parts of another movement"),
    pytest.param(group(moved(1000, seq=1), moved(9, seq=2, detail=1)), ["coda.order"], 1, id="a detail without its total"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "count"), BAD)
def test_bad_files(text: str, expected: list[str], count: int) -> None:
    contents = taken(text)
    assert codes(contents) == expected
    assert [t.amount_cents for t in contents.transactions] == [1000] * count


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_encodings(encoding: str) -> None:
    text = group(moved(1000, "Café F1"), *more(name="KLANT"))
    payment = only(read("x.cod", text.encode(encoding)))
    assert (payment.amount_cents, payment.counterparty) == (1000, "KLANT")


@given(st.lists(st.integers(-(10**12), 10**12).filter(bool), max_size=5))
def test_every_amount_is_read_to_the_cent(amounts: list[int]) -> None:
    contents = taken(group(*(moved(cents, seq=n) for n, cents in enumerate(amounts, start=1))))
    assert [t.amount_cents for t in contents.transactions] == amounts
    assert not contents.problems


def test_lines_out_of_order() -> None:
    lines = group(moved(1000, seq=1), moved(500, seq=2)).split("\n")
    lines[3], lines[4] = lines[4], lines[3]
    contents = taken("\n".join(lines))
    assert codes(contents) == ["coda.order", "coda.trailer", "bank.balance"]
    assert contents.problems[0].line == 5


def test_a_missing_statement() -> None:
    later = group(moved(1000), first=opening(101000, count="005"), last=closing(102000), start=101000)
    assert codes(taken(ONE + later)) == ["bank.gap"]


LINES = st.sampled_from(
    [head(), opening(), moved(100), moved(-5, detail=1, code="50105000", level="1"), moved(7, "127", structured=True),
     moved(7, raw="x" * 15), *more(text="a"), record((1, "3100010001"), (40, "1"), (41, "001X")), record((1, "3300010001")),
     closing(100), trailer(3, [100]), "4 0001", ""]
)  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(LINES | st.text("0123456789 ABé\u0663\x1a", max_size=140), max_size=20).map("\n".join))
def test_no_text_makes_it_raise(text: str) -> None:
    contents = read("afschrift.cod", f"{head()}\n{opening()}\n{text}\n{trailer(1, [])}".encode())
    assert "file.reader-failed" not in codes(contents)
    assert all(0 <= t.statement < len(contents.statements) for t in contents.transactions)


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, len(ONE)))
def test_cut_anywhere_adds_no_money(place: int) -> None:
    contents = taken(ONE[:place])
    assert "file.reader-failed" not in codes(contents)
    whole = len(ONE) - len(trailer(1, [])) - 1
    assert contents.transactions == () or place > whole
