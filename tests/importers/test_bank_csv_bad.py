"""Lists of banks with something wrong in them: the line is named and left out, the rest is read, no day counts as complete."""

import itertools
import tomllib
from importlib import resources

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beluur.importers.bank_forms import find_bank, read_by_lines
from beluur.importers.bank_text import put_together, take_apart
from beluur.importers.payment_reference import find_reference
from beluur.importers.read import read
from beluur.importers.table import Table, read_csv
from tests.examples import examples
from tests.importers.bank_lists import LISTS, OURS, THEIRS, changed, with_lines

MARKS_CELL = f'"20261124";"Proef";"{OURS}";"";"OV";"Bij";"1,00";"Overschrijving"'


@pytest.mark.parametrize(
    ("content", "code", "line", "field"),
    [
        pytest.param(
            changed("ING", "1.210,00", "1.234,5x"),
            "amount.unreadable",
            2,
            "Bedrag (EUR)",
            id="an amount with a letter",
        ),
        pytest.param(
            changed("ING", "1.210,00", "12,00 C"),
            "amount.unreadable",
            2,
            "Bedrag (EUR)",
            id="an amount with a C",
        ),
        pytest.param(
            changed("ING", "1.210,00", "=1+1"),
            "amount.unreadable",
            2,
            "Bedrag (EUR)",
            id="a formula for an amount",
        ),
        pytest.param(
            changed("ING", "1.210,00", "1,2105"), "amount.decimals", 2, "Bedrag (EUR)", id="half a cent"
        ),
        pytest.param(changed("ING", "1.210,00", ""), "bankcsv.no-amount", 2, "Bedrag (EUR)", id="no amount"),
        pytest.param(
            changed("ING", "1.210,00", "-1.210,00"), "bankcsv.double-sign", 2, "Af Bij", id="a minus and Bij"
        ),
        pytest.param(
            changed("ING", '"Af";"10,00"', '"Af";"-10,00"'),
            "bankcsv.double-sign",
            3,
            "Af Bij",
            id="a minus and Af",
        ),
        pytest.param(changed("ING", '"Af"', '"Uit"'), "bankcsv.side", 3, "Af Bij", id="neither Af nor Bij"),
        pytest.param(changed("ING", '"Af"', '""'), "bankcsv.side", 3, "Af Bij", id="no side"),
        pytest.param(
            changed("ING", "20261123", "20260231"), "date.impossible", 2, "Datum", id="31 February compact"
        ),
        pytest.param(
            changed("ING", "20261123", "gisteren"), "date.unreadable", 2, "Datum", id="a word for a date"
        ),
        pytest.param(changed("ING", "20261123", ""), "bankcsv.no-date", 2, "Datum", id="no date"),
        pytest.param(changed("ING", OURS, ""), "bankcsv.no-account", 2, "Rekening", id="no account"),
        pytest.param(
            changed("KBC in Dutch", "23/11/2026", "31/02/2026"),
            "date.impossible",
            2,
            "Datum",
            id="31 February",
        ),
        pytest.param(
            changed("KBC in Dutch", "23/11/2026", "11/23/2026"),
            "date.month-first",
            2,
            "Datum",
            id="the month first",
        ),
        pytest.param(
            changed("KBC in Dutch", "EUR;  02", "E;  02"), "bankcsv.currency", 2, "Munt", id="no currency"
        ),
        pytest.param(
            changed("Rabobank", "+1210,00", "+1210,00 USD"),
            "bankcsv.currency",
            3,
            "Munt",
            id="a currency that is another",
        ),
        pytest.param(with_lines("ING", MARKS_CELL), "bankcsv.short", 4, "", id="a file that was cut"),
        pytest.param(
            with_lines("ING", f'{MARKS_CELL};"x";"1,00";"";"1"'), "bankcsv.long", 4, "", id="a cell too many"
        ),
        pytest.param(
            with_lines("BNP Paribas Fortis in French", "2026-00101;24/11/2026"),
            "bankcsv.short",
            3,
            "",
            id="a line cut",
        ),
        pytest.param(
            changed("BNP Paribas Fortis in French", "VIREMENT EN", "VIREMENT; EN"),
            "bankcsv.long",
            2,
            "",
            id="a separator in the middle of a line",
        ),
        pytest.param(
            changed("a bank that is not known", ";1.210,00", ";"),
            "bankcsv.no-amount",
            3,
            "Bedrag",
            id="no amount at another bank",
        ),
    ],
)
def test_a_line_that_is_not_sure_is_left_out(content: bytes, code: str, line: int, field: str) -> None:
    contents = read("lijst.csv", content)
    found = [(p.code, p.severity, p.line, p.field) for p in contents.problems]
    assert (code, "skipped", line, field) in found
    assert line not in [t.line for t in contents.transactions]
    assert all(statement.reaches is None for statement in contents.statements)


@pytest.mark.parametrize(
    ("content", "amounts"),
    [
        pytest.param(
            with_lines("ING", '"Totaal";"";"";"";"";"";"1.200,00";"";"";"";""'),
            [-1000, 121_000],
            id="a total at the end",
        ),
        pytest.param(
            with_lines("ING", "", ";;;;;;;;;;", "   ;;"), [-1000, 121_000], id="blank lines at the end"
        ),
        pytest.param(
            with_lines("ING", LISTS["ING"].splitlines()[0]), [-1000, 121_000], id="the headers again"
        ),
        pytest.param(
            changed("ING", "Factuur 2026-034", "=HYPERLINK(1)\r\n+Factuur"),
            [-1000, 121_000],
            id="a formula on two lines",
        ),
        pytest.param(
            changed("ING", "Factuur 2026-034", 'zei ""ja""; en'),
            [-1000, 121_000],
            id="quotes and a separator in a text",
        ),
        pytest.param(
            changed("ING Belgium", "FACTUUR", '"FACTUUR'),
            [121_000],
            id="a mark that stays open at a bank that writes none",
        ),
        pytest.param(
            changed("KBC in Dutch", "Factuur", 'a "b" c'), [-1000, 121_000], id="marks within a text"
        ),
        pytest.param(
            changed("BNP Paribas Fortis in French", ";VIREMENT EN", ';"VIREMENT; EN').replace(
                b"22/11/2026;Acc", b'22/11/2026";Acc'
            ),
            [121_000],
            id="marks around a separator",
        ),
        pytest.param(changed("ING", "1.210,00", "0,00"), [-1000], id="a booking of nothing"),
    ],
)
def test_what_does_no_harm(content: bytes, amounts: list[int]) -> None:
    contents = read("lijst.csv", content)
    assert [t.amount_cents for t in contents.transactions] == amounts
    assert [p.code for p in contents.problems if p.severity == "skipped"] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(LISTS["ING"].splitlines()[0].encode(), "bankcsv.no-rows", id="headers and nothing else"),
        pytest.param(
            LISTS["Belfius"].rpartition("Mededelingen")[0].encode() + b"Mededelingen\r\n",
            "bankcsv.no-rows",
            id="no bookings in the period",
        ),
        pytest.param(
            changed("ING", "1.210,00", "1.210")
            .replace(b"10,00", b"1.000")
            .replace(b"490,00", b"")
            .replace(b"1.700,00", b""),
            "table.unclear-decimals",
            id="thousands or cents",
        ),
        pytest.param(
            changed("a bank that is not known", ";-10,00", ";10,00"),
            "bankcsv.sign-unclear",
            id="in or out at another bank",
        ),
        pytest.param(
            changed("a bank that is not known", ";Rekening;", ";Wie;"),
            "bankcsv.unknown",
            id="no account at another bank",
        ),
        pytest.param(
            changed("a bank that is not known", ";Bedrag;", ";Som;"),
            "bankcsv.unknown",
            id="no amount at another bank",
        ),
    ],
)
def test_a_list_that_is_refused(content: bytes, code: str) -> None:
    contents = read("lijst.csv", content)
    assert [(p.code, p.severity) for p in contents.problems] == [(code, "refused")]
    assert contents.format.startswith("bank-csv")
    assert contents.transactions == contents.statements == ()


def test_the_columns_that_were_found_are_named() -> None:
    (problem,) = read("x.csv", changed("a bank that is not known", ";Bedrag;", ";Som;")).problems
    assert problem.sentence.params["columns"] == (
        "Datum",
        "Rekening",
        "Tegenrekening",
        "Naam tegenpartij",
        "Som",
        "Mededelingen",
    )


@pytest.mark.parametrize(
    ("old", "new", "amount"),
    [
        pytest.param("Bedrag", "Debet;Credit", None, id="both columns empty"),
        pytest.param(";-10,00", ";10,00;", -1000, id="debit without a sign"),
    ],
)
def test_a_debit_and_a_credit_column(old: str, new: str, amount: int | None) -> None:
    text = (
        LISTS["a bank that is not known"].replace("Bedrag", "Debet;Credit").replace("1.210,00", ";1.210,00")
    )
    text = text.replace(";-10,00", ";;" if amount is None else ";10,00;")
    assert old in LISTS["a bank that is not known"]
    assert new
    contents = read("x.csv", text.encode())
    assert [t.amount_cents for t in contents.transactions] == ([amount] if amount else []) + [121_000]


def test_both_sides_at_once() -> None:
    text = (
        LISTS["a bank that is not known"].replace("Bedrag", "Debet;Credit").replace("1.210,00", ";1.210,00")
    )
    contents = read("x.csv", text.replace(";-10,00", ";10,00;5,00").encode())
    assert "bankcsv.both-sides" in [p.code for p in contents.problems]


def test_bookings_that_are_missing() -> None:
    contents = read("x.csv", changed("ING", "1.700,00", "1.750,00"))
    found = [(p.code, p.line, p.sentence.params["difference"].cents) for p in contents.problems]
    assert found == [("bankcsv.balance-jump", 2, 5_000), ("bank.balance", None, 5_000)]
    assert contents.statements[0].reaches is None
    assert [t.amount_cents for t in contents.transactions] == [-1000, 121_000]


def test_a_balance_that_is_none() -> None:
    contents = read("x.csv", changed("ING", "1.700,00", "n.v.t."))
    assert [(p.code, p.line) for p in contents.problems] == [("bankcsv.balance-unreadable", 2)]
    assert contents.statements[0].closing_cents is None
    assert len(contents.transactions) == 2


def test_every_form_knows_itself_and_no_other() -> None:
    table = tomllib.loads(resources.files("beluur.importers").joinpath("bank_forms.toml").read_text("utf-8"))
    for key, form in table.items():
        if key in ("other", "above", "words"):
            continue
        for language in range(3):
            headers = [names[min(language, len(names) - 1)] for names in form["columns"].values()]
            found = find_bank(Table([headers], [1], "csv"))
            assert found is not None
            assert found.form.key == key


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_one_mark_less_and_it_is_not_that_bank(data: st.DataObject) -> None:
    bank = data.draw(
        st.sampled_from([b for b in LISTS if b.startswith(("Rabobank", "KBC", "Belfius", "Knab"))])
    )
    table = read_by_lines(LISTS[bank]) or read_csv(LISTS[bank])
    assert isinstance(table, Table)
    bank_list = find_bank(table)
    assert bank_list is not None
    mark = data.draw(st.sampled_from(bank_list.form.marks))
    headers = [h for i, h in enumerate(bank_list.headers) if i != bank_list.places[mark]]
    left = find_bank(Table([headers], [1], "csv"))
    assert left is None or left.form.key != bank_list.form.key


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A bank's list with lines out of order, cells replaced, and bytes cut."""
    bank = draw(st.sampled_from(sorted(LISTS)))
    text = LISTS[bank]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        new = draw(
            st.sampled_from(
                [
                    '"',
                    ";",
                    ",",
                    "\t",
                    "\r\n",
                    "-",
                    "+",
                    "\0",
                    "=",
                    "31-02-2026",
                    "1.234,5x",
                    "É",
                    "C",
                    "IBAN:",
                    "/TRTP/",
                ]
            )
            | st.text(max_size=4)
        )
        text = text[:at] + new + text[at + draw(st.integers(0, 6)) :]
    cut = draw(st.integers(0, 60))
    return text.encode("utf-8", "replace")[: -cut or None]


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_whatever_is_broken_is_answered(content: bytes) -> None:
    contents = read("lijst.csv", content)
    assert "file.reader-failed" not in [problem.code for problem in contents.problems]
    for transaction in contents.transactions:
        assert isinstance(transaction.amount_cents, int)
        assert contents.statements[transaction.statement].account == transaction.account
    for place, statement in enumerate(contents.statements):
        days = [t.booked for t in contents.transactions if t.statement == place and not t.pending]
        assert statement.reaches is None or all(statement.reaches < day for day in [max(days)])


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["Naam:", " IBAN: ", THEIRS, " Omschrijving: ", "a ", ":"]), max_size=12).map(
        "".join
    )
)
def test_any_text_can_be_taken_apart(raw: str) -> None:
    told = take_apart(raw)
    assert all(isinstance(part, str) for part in told)
    assert isinstance(find_reference(told.text), str)


@given(st.text(alphabet="0123456789", min_size=36, max_size=105))
def test_a_number_cut_in_pieces_of_full_length_is_whole_again(number: str) -> None:
    pieces = [number[at : at + 35] for at in range(0, len(number), 35)]
    assert put_together(pieces) == number


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.integers(-100_000, 100_000).filter(bool), min_size=1, max_size=12),
    st.integers(-50_000, 50_000),
    st.booleans(),
)
def test_what_the_balances_say_is_what_the_bookings_say(
    amounts: list[int], opening: int, turned: bool
) -> None:
    balances = list(itertools.accumulate(amounts, initial=opening))
    rows = [
        f'"{OURS}","EUR","R","{n + 1}","2026-11-{10 + n // 2}","2026-11-10","{cents(a)}","{cents(balances[n + 1])}",'
        + ",".join(['""'] * 18)
        for n, a in enumerate(amounts)
    ]
    head = LISTS["Rabobank"].splitlines()[0]
    contents = read("x.csv", "\r\n".join([head, *(reversed(rows) if turned else rows)]).encode())
    (statement,) = contents.statements
    assert [t.amount_cents for t in contents.transactions] == amounts
    assert (statement.opening_cents, statement.closing_cents) == (opening, balances[-1])
    assert contents.problems == ()


def cents(amount: int) -> str:
    return f"{'-' if amount < 0 else '+'}{abs(amount) // 100},{abs(amount) % 100:02}"


def test_a_side_column_that_a_bank_does_not_have_is_not_overlooked() -> None:
    lines = LISTS["bunq in Dutch"].splitlines()
    text = f'{lines[0]};"Af/Bij"\r\n{lines[1]};"Af"\r\n'
    contents = read("x.csv", text.encode())
    assert contents.format == "bank-csv"
    assert [t.amount_cents for t in contents.transactions] == [-121_000]


def test_a_booking_of_nothing_is_said() -> None:
    contents = read("ing.csv", changed("ING", "1.210,00", "0,00"))
    assert [(p.code, p.line, p.severity) for p in contents.problems] == [("bankcsv.zero", 2, "warning")]
