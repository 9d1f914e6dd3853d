"""CAMT statements, built small; the sample files are in test_shared_statements."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from beluur.importers.read import read
from beluur.importers.records import FileContents, StatementRecord, TransactionRecord
from beluur.importers.shape import as_json
from tests.camt_file import (
    ACCOUNT,
    PAYER,
    balance,
    camt,
    code,
    detail,
    document,
    entry,
    free,
    parties,
    statement,
    structured,
)

DAY = date(2026, 11, 2)
OGM = "010806817183"
RETURN = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
THEM = ("Klant BV", PAYER)
US = ("Wij BV", ACCOUNT)


def opened(text: str) -> FileContents:
    return read("afschrift.xml", text.encode())


def rows(text: str) -> tuple[TransactionRecord, ...]:
    return opened(text).transactions


def only(text: str) -> TransactionRecord:
    contents = opened(text)
    assert len(contents.transactions) == 1, contents.problems
    return contents.transactions[0]


def codes(text: str) -> list[str]:
    return [problem.code for problem in opened(text).problems]


def stated(head: str, *entries: str, message: str = "053") -> StatementRecord:
    (record,) = opened(camt(*entries, head=head, message=message)).statements
    return record


def told(inside: str, **kwargs: Any) -> TransactionRecord:
    return only(camt(entry("121.00", "CRDT", detail(inside), **kwargs)))


def test_an_entry() -> None:
    inside = (
        "<Refs><EndToEndId>E1</EndToEndId></Refs>"
        + parties(Dbtr=THEM, Cdtr=US)
        + free("Factuur F1", "met dank")
        + "<AddtlTxInf>SEPA</AddtlTxInf>"
    )
    before = "<ValDt><Dt>2026-11-01</Dt></ValDt><AcctSvcrRef>B1</AcctSvcrRef>" + code("PMNT/RCDT/ESCT")
    contents = opened(camt(entry("121.00", "CRDT", detail(inside), before=before)))
    assert (contents.format, contents.accounts, contents.problems) == ("camt-053", (ACCOUNT,), ())
    assert contents.transactions == (
        TransactionRecord(
            booked=DAY,
            amount_cents=12100,
            currency="EUR",
            counterparty="Klant BV",
            counterparty_iban=PAYER,
            text="Factuur F1 met dank",
            account=ACCOUNT,
            bank_reference="B1",
            end_to_end="E1",
            valued=date(2026, 11, 1),
            code="PMNT/RCDT/ESCT",
            bank_text="SEPA",
        ),
    )


def test_version_08_says_the_same_one_level_deeper() -> None:
    old = entry("1.00", "CRDT", detail(parties(Dbtr=THEM)))
    new = old.replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>")
    new = new.replace("<Nm>Klant BV</Nm>", "<Pty><Nm>Klant BV</Nm></Pty>")
    assert new.count("Pty>") == 2
    assert rows(camt(new, version="08")) == rows(camt(old))


def wrapped(text: str, before: str, after: str) -> str:
    return text.replace("<Document", f"{before}<Document").replace("</Document>", f"</Document>{after}")


def prefixed(text: str) -> str:
    text = text.replace("<", "<b:").replace("<b:/", "</b:")
    return text.replace('xmlns="', 'xmlns:b="')


LONG_HEAD = f"<Envelope><Body><!--{'x' * 9000}-->"


@pytest.mark.parametrize(
    "rewritten",
    [
        pytest.param(lambda text: text.replace(' xmlns="', ' xmlns:x="'), id="no namespace"),
        pytest.param(prefixed, id="a prefix"),
        pytest.param(lambda text: text.replace("><", ">\n   <"), id="indented"),
        pytest.param(lambda text: wrapped(text, "<message><AppHdr/>", "</message>"), id="in an envelope"),
        pytest.param(
            lambda text: wrapped(text, LONG_HEAD, "</Body></Envelope>"), id="in one with a long head"
        ),
        pytest.param(
            lambda text: text.replace("camt.053.001.02", "camt.053.001.14"), id="the newest version"
        ),
        pytest.param(lambda text: f"\n {text}", id="blanks in front"),
    ],
)
def test_one_meaning_however_it_is_written(rewritten: Any) -> None:
    text = camt(
        entry("121.00", "CRDT", detail(parties(Dbtr=THEM) + free("F1")), before=code("PMNT/RCDT/ESCT"))
    )
    text = text.partition("\n")[2]
    other = rewritten(text)
    assert other != text
    assert rows(other) == rows(text)
    assert opened(other).format == "camt-053"


@pytest.mark.parametrize(
    ("side", "inside", "name", "iban"),
    [
        pytest.param("CRDT", parties(Dbtr=THEM, Cdtr=US), *THEM, id="money in: the payer"),
        pytest.param("DBIT", parties(Dbtr=US, Cdtr=THEM), *THEM, id="money out: the payee"),
        pytest.param("CRDT", parties(Cdtr=THEM), "", "", id="money in without a payer: nobody"),
        pytest.param("CRDT", parties(Dbtr=US, Cdtr=THEM), *THEM, id="roles turned round: not ourselves"),
        pytest.param(
            "CRDT", parties(UltmtDbtr=("Dochter BV", "")), "Dochter BV", "", id="only an ultimate payer"
        ),
        pytest.param(
            "CRDT",
            "<RltdPties><DbtrAcct><Id><Othr><Id>12 34-x</Id></Othr></Id></DbtrAcct></RltdPties>",
            "",
            "1234-X",
            id="an account without an IBAN",
        ),
        pytest.param("DBIT", parties(Dbtr=THEM, Cdtr=US) + RETURN, *THEM, id="returned, roles kept"),
        pytest.param("DBIT", parties(Dbtr=US, Cdtr=THEM) + RETURN, *THEM, id="returned, roles turned"),
        pytest.param(
            "DBIT",
            parties(Dbtr=("Klant BV", ""), Cdtr=("Wij BV", "")) + RETURN,
            "Klant BV",
            "",
            id="returned, names only: roles kept",
        ),
        pytest.param("DBIT", parties(Cdtr=THEM) + RETURN, *THEM, id="returned, one party"),
    ],
)
def test_the_other_party(side: str, inside: str, name: str, iban: str) -> None:
    row = only(camt(entry("1.00", side, detail(inside))))
    assert (row.counterparty, row.counterparty_iban) == (name, iban)


def test_a_group_that_pays_for_its_subsidiary() -> None:
    row = told(parties(Dbtr=("Holding BV", PAYER), UltmtDbtr=("Dochter BV", "")) + free("F1"))
    assert (row.counterparty, row.text) == ("Holding BV", "F1 Dochter BV")


@pytest.mark.parametrize(
    ("inside", "reference", "text"),
    [
        pytest.param(structured("+++010/8068/17183+++"), OGM, "", id="Belgian"),
        pytest.param(structured("RF18 5390 0754 7034"), "RF18539007547034", "", id="ISO"),
        pytest.param(
            structured("000000000000000000000000003"),
            "000000000000000000000000003",
            "",
            id="another country's own",
        ),
        pytest.param(structured("Klant 12", OGM, "13"), OGM, "Klant 12 13", id="the valid one first"),
        pytest.param(structured("eerste", "tweede"), "eerste", "tweede", id="none valid"),
        pytest.param(structured("NOTPROVIDED"), "", "", id="none given"),
        pytest.param(structured(OGM, documents=("F1", "F2")), OGM, "F1 F2", id="with invoice numbers"),
        pytest.param(free("F1 +++010/8068/17183+++"), OGM, "F1 +++010/8068/17183+++", id="only in free text"),
        pytest.param(free("***010806817183***"), OGM, "***010806817183***", id="between asterisks"),
        pytest.param(free("010/8068/17183 dank"), OGM, "010/8068/17183 dank", id="only with its slashes"),
        pytest.param(free("+++010/8068/17184+++"), "", "+++010/8068/17184+++", id="a wrong check"),
        pytest.param(free("010806817183"), OGM, "010806817183", id="nothing but twelve digits"),
        pytest.param(
            free("dank u", "010806817183"),
            OGM,
            "dank u 010806817183",
            id="twelve digits on a line of their own",
        ),
        pytest.param(free("klant 010806817183"), "", "klant 010806817183", id="twelve digits among words"),
        pytest.param(
            free("RF18 5390 0754 7034 F1"),
            "RF18539007547034",
            "RF18 5390 0754 7034 F1",
            id="ISO in fours, and more",
        ),
        pytest.param(
            free("5000056789012345"),
            "5000056789012345",
            "5000056789012345",
            id="nothing but a betalingskenmerk",
        ),
        pytest.param(free("1234567890123456"), "", "1234567890123456", id="sixteen digits that are none"),
        pytest.param(
            free("betalingskenmerk 5000 0567 8901 2345"),
            "5000056789012345",
            "betalingskenmerk 5000 0567 8901 2345",
            id="named",
        ),
        pytest.param(free("2026118"), "", "2026118", id="an invoice number is no reference"),
    ],
)
def test_references(inside: str, reference: str, text: str) -> None:
    row = told(inside)
    assert (row.reference, row.text) == (reference, text)


LONG = "Facturen " + ",".join(f"F{n}" for n in range(2026100, 2026120))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(("Factuur", "12"), "Factuur 12", id="a blank between lines"),
        pytest.param(
            (LONG[:140], "114"), LONG[:140] + "114", id="a full line was cut in the middle of a number"
        ),
        pytest.param((LONG[:139], "4"), LONG[:139] + " 4", id="a line that is not full was not"),
        pytest.param(("  Factuur\n   12 ",), "Factuur 12", id="blanks joined"),
    ],
)
def test_lines_put_together(lines: tuple[str, ...], text: str) -> None:
    assert len(LONG) >= 140
    assert told(free(*lines)).text == text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            f"/TRTP/SEPA OVERBOEKING/IBAN/{PAYER}/BIC/BANKBEBB/NAME/Klant BV /REMI/Factuur 2026/118 /EREF/E1",
            ("Klant BV", PAYER, "Factuur 2026/118"),
            id="codes",
        ),
        pytest.param(
            f"SEPA Overboeking   IBAN: {PAYER}   BIC: BANKBEBB   Naam: Klant BV   Omschrijving: Factuur 118   Kenmerk: E1",
            ("Klant BV", PAYER, "Factuur 118"),
            id="labels",
        ),
        pytest.param(
            f"/CNTP/{PAYER}/BANKBEBB/Klant BV/Plaats/REMI/USTD//F118/",
            ("Klant BV", PAYER, "F118"),
            id="one code for the other party",
        ),
        pytest.param("BEA Betaalpas winkel", ("", "", ""), id="neither"),
    ],
)
def test_a_line_of_the_bank_when_there_is_no_other(line: str, expected: tuple[str, str, str]) -> None:
    row = only(camt(entry(rest=f"<AddtlNtryInf>{line}</AddtlNtryInf>")))
    assert (row.counterparty, row.counterparty_iban, row.text) == expected
    assert row.bank_text == " ".join(line.split())


def test_the_payers_own_words_come_before_the_banks() -> None:
    row = told(parties(Dbtr=THEM) + free("F1"), rest="<AddtlNtryInf>/NAME/Ander/REMI/F2</AddtlNtryInf>")
    assert (row.counterparty, row.text) == ("Klant BV", "F1")


def amounts(**kinds: str) -> str:
    inside = "".join(f'<{kind}><Amt Ccy="EUR">{text}</Amt></{kind}>' for kind, text in kinds.items())
    return f"<AmtDtls>{inside}</AmtDtls>"


@pytest.mark.parametrize(
    ("amount", "side", "details", "cents", "said"),
    [
        pytest.param(
            "30", "CRDT", [detail(amount="10"), detail(amount="20")], [1000, 2000], [], id="its parts"
        ),
        pytest.param(
            "30",
            "DBIT",
            [detail(amount="10"), detail(amount="20")],
            [-1000, -2000],
            [],
            id="its parts, money out",
        ),
        pytest.param(
            "30",
            "CRDT",
            [detail(amounts(TxAmt="10")), detail(amounts(TxAmt="20"))],
            [1000, 2000],
            [],
            id="the amount of the transaction",
        ),
        pytest.param(
            "29.5",
            "CRDT",
            [detail(amounts(InstdAmt="10", TxAmt="9.75")), detail(amounts(InstdAmt="20", TxAmt="19.75"))],
            [975, 1975],
            [],
            id="charges taken off",
        ),
        pytest.param(
            "30",
            "CRDT",
            [detail(amounts(InstdAmt="10", TxAmt="9.75")), detail(amounts(InstdAmt="20", TxAmt="19.75"))],
            [1000, 2000],
            [],
            id="charges booked apart",
        ),
        pytest.param(
            "30",
            "CRDT",
            [detail(amount="10"), detail(amounts(TxAmt="20"))],
            [1000, 2000],
            [],
            id="each in its own place",
        ),
        pytest.param(
            "10",
            "CRDT",
            [detail(amount="30", side="CRDT"), detail(amount="20", side="DBIT")],
            [3000, -2000],
            [],
            id="one goes the other way",
        ),
        pytest.param(
            "30",
            "DBIT",
            [detail(amount="10", side="CRDT"), detail(amount="20", side="CRDT")],
            [-1000, -2000],
            [],
            id="all contradict their entry",
        ),
        pytest.param(
            "30",
            "CRDT",
            [detail(amount="10", side="CRDT"), detail(amount="20", side="DBIT")],
            [3000],
            ["camt.batch"],
            id="one contradicts its entry",
        ),
        pytest.param(
            "31",
            "CRDT",
            [detail(amount="10"), detail(amount="20")],
            [3100],
            ["camt.batch"],
            id="not adding up",
        ),
        pytest.param("30", "CRDT", [detail(), detail(amount="20")], [3000], [], id="one without an amount"),
        pytest.param(
            "30",
            "CRDT",
            [detail(amount="10", currency="USD"), detail(amount="20", currency="USD")],
            [3000],
            [],
            id="in another currency",
        ),
        pytest.param("30", "CRDT", [], [3000], [], id="no details"),
        pytest.param("30", "CRDT", [detail(amount="20")], [3000], [], id="one detail: the entry's amount"),
        pytest.param(
            "30",
            "CRDT",
            [detail(amount="30"), detail(amount="0")],
            [3000],
            ["camt.zero"],
            id="a part of nothing",
        ),
    ],
)
def test_batches(amount: str, side: str, details: list[str], cents: list[int], said: list[str]) -> None:
    text = camt(entry(amount, side, *details))
    assert [row.amount_cents for row in rows(text)] == cents
    assert codes(text) == said


def test_the_payments_of_a_batch_know_each_other() -> None:
    two = [detail(free("F1"), amount="10"), detail(free("F2"), amount="20")]
    before = "<AcctSvcrRef>B1</AcctSvcrRef>"
    found = rows(camt(entry("30", "CRDT", *two, before=before), entry("30", "CRDT", *two)))
    assert [(row.batch, row.batch_cents, row.bank_reference, row.text) for row in found] == [
        ("B1", 3000, "B1/1", "F1"),
        ("B1", 3000, "B1/2", "F2"),
        ("#2", 3000, "", "F1"),
        ("#2", 3000, "", "F2"),
    ]


def test_details_have_references_of_their_own() -> None:
    own = [detail(f"<Refs><AcctSvcrRef>D{n}</AcctSvcrRef></Refs>", amount="10") for n in (1, 2)]
    same = [detail("<Refs><AcctSvcrRef>D1</AcctSvcrRef></Refs>", amount="10") for _ in (1, 2)]
    before = "<AcctSvcrRef>B{}</AcctSvcrRef>"
    text = camt(
        entry("20", "CRDT", *own, before=before.format(1)),
        entry("20", "CRDT", *same, before=before.format(2)),
    )
    assert [row.bank_reference for row in rows(text)] == ["D1", "D2", "B2/1", "B2/2"]


def test_what_the_details_of_an_undivided_entry_have_in_common() -> None:
    one = [detail(parties(Dbtr=THEM) + free(invoice)) for invoice in ("F1", "F2")]
    row = only(camt(entry("30", "CRDT", *one)))
    assert (row.counterparty, row.counterparty_iban, row.text, row.batch) == (*THEM, "F1 F2", "")
    two = [detail(parties(Dbtr=(name, "")) + free("F1")) for name in ("Klant BV", "Ander BV")]
    row = only(camt(entry("30", "CRDT", *two)))
    assert (row.counterparty, row.text) == ("", "")


@pytest.mark.parametrize(
    ("side", "before", "inside", "cents", "reversal", "returned"),
    [
        pytest.param("CRDT", "", "", 100, False, "", id="money in"),
        pytest.param("DBIT", "", "", -100, False, "", id="money out"),
        pytest.param("DBIT", "<RvslInd>true</RvslInd>", "", -100, True, "", id="what came in goes out again"),
        pytest.param("CRDT", "<RvslInd>1</RvslInd>", "", 100, True, "", id="what went out comes in again"),
        pytest.param("DBIT", "<RvslInd>false</RvslInd>", "", -100, False, "", id="no reversal"),
        pytest.param("DBIT", "", RETURN, -100, True, "AC04", id="returned, with its reason"),
        pytest.param("DBIT", "", "<RtrInf/>", -100, True, "", id="returned, without"),
        pytest.param(
            "DBIT",
            code("PMNT/IDDT/UPDD"),
            "",
            -100,
            True,
            "",
            id="by the bank's code of an unpaid direct debit",
        ),
        pytest.param(
            "CRDT", code("PMNT/ICDT/RRTN"), "", 100, True, "", id="by the bank's code of a returned payment"
        ),
        pytest.param("CRDT", "", code("PMNT/ICDT/RPCR"), 100, True, "", id="by the code of the detail"),
        pytest.param(
            "CRDT", code("PMNT/RCDT/RIMB"), "", 100, False, "", id="a reimbursement of costs is none"
        ),
    ],
)
def test_signs_and_reversals(
    side: str, before: str, inside: str, cents: int, reversal: bool, returned: str
) -> None:
    row = only(camt(entry("1.00", side, *([detail(inside)] if inside else ()), before=before)))
    assert (row.amount_cents, row.reversal, row.returned) == (cents, reversal, returned)


@pytest.mark.parametrize(
    ("status", "pending", "said"),
    [
        pytest.param("<Sts>BOOK</Sts>", [False], [], id="booked"),
        pytest.param("<Sts><Cd>BOOK</Cd></Sts>", [False], [], id="booked, as of version 08"),
        pytest.param("", [False], [], id="no status"),
        pytest.param("<Sts>PDNG</Sts>", [True], ["camt.pending"], id="announced"),
        pytest.param("<Sts><Cd>FUTR</Cd></Sts>", [True], ["camt.pending"], id="in the future"),
        pytest.param("<Sts>INFO</Sts>", [], ["camt.information"], id="for information"),
        pytest.param("<Sts><Prtry>X</Prtry></Sts>", [], ["camt.status"], id="unknown"),
    ],
)
@pytest.mark.parametrize("message", ["052", "053", "054"])
def test_statuses(message: str, status: str, pending: list[bool], said: list[str]) -> None:
    text = camt(entry(status=status), message=message)
    assert [row.pending for row in rows(text)] == pending
    assert codes(text) == said


def test_what_is_announced_is_expected_on_its_value_date_and_is_no_transaction_yet() -> None:
    pending = entry(status="<Sts>PDNG</Sts>", booked="", before="<ValDt><Dt>2026-11-05</Dt></ValDt>")
    contents = opened(
        camt(
            pending,
            entry("2.00"),
            head=balance("OPBD", "0", "2026-11-02") + balance("CLBD", "2", "2026-11-02"),
        )
    )
    assert [(row.booked.day, row.pending) for row in contents.transactions] == [(5, True), (2, False)]
    shown = as_json(contents, lambda sentence: f"{sentence.params.get('n')} {sentence.params.get('amount')}")
    assert [row["amount_cents"] for row in shown["transactions"]] == [200]
    assert [p["what"] for p in shown["problems"]] == ["1 Money(cents=12100, currency='EUR')"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("NOTPROVIDED", ""), ("notprovided", ""), (" E1 ", "E1")],
)
def test_the_payers_own_reference(written: str, expected: str) -> None:
    assert told(f"<Refs><EndToEndId>{written}</EndToEndId></Refs>").end_to_end == expected


def test_a_reference_that_the_bank_gives_twice_is_none() -> None:
    before = "<AcctSvcrRef>{}</AcctSvcrRef>"
    entries = [entry(before=before.format(given)) for given in ("B1", "B2", "B1", "NONREF")]
    assert [row.bank_reference for row in rows(camt(*entries))] == ["", "B2", "", ""]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(code("PMNT/RCDT/ESCT"), "PMNT/RCDT/ESCT", id="the world's"),
        pytest.param("<BkTxCd><Prtry><Cd>N658</Cd></Prtry></BkTxCd>", "N658", id="the bank's own"),
        pytest.param("<BkTxCd/>", "", id="none"),
    ],
)
def test_codes(words: str, expected: str) -> None:
    assert only(camt(entry(before=words))).code == expected


SEQUENCE = "<ElctrncSeqNb>31</ElctrncSeqNb>"
PERIOD = "<FrToDt><FrDtTm>2026-11-02T00:00:00</FrDtTm><ToDtTm>2026-11-04T{}</ToDtTm></FrToDt>"


def test_a_statement() -> None:
    head = (
        "<ElctrncSeqNb>31</ElctrncSeqNb><LglSeqNb>7</LglSeqNb>"
        + balance("OPBD", "100", "2026-11-02")
        + balance("CLAV", "9", "2026-11-02")
        + balance("CLBD", "21", "2026-11-03", "DBIT")
    )
    assert stated(head, entry("121.00", "DBIT")) == StatementRecord(
        account=ACCOUNT,
        currency="EUR",
        number="A1",
        sequence=7,
        year=2026,
        opens=date(2026, 11, 2),
        reaches=date(2026, 11, 3),
        opening_cents=10000,
        closing_cents=-2100,
    )


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        pytest.param(
            balance("PRCD", "5", "2026-11-01"), "opening_cents", 500, id="it opens as it closed before"
        ),
        pytest.param(
            balance("OPBD", "5", "2026-11-01") + balance("OPBD", "6", "2026-11-02"),
            "opening_cents",
            500,
            id="the first opening",
        ),
        pytest.param(
            balance("CLBD", "5", "2026-11-01") + balance("CLBD", "6", "2026-11-02"),
            "closing_cents",
            600,
            id="the last closing",
        ),
        pytest.param(
            balance("CLBD", "5", "2026-11-01", currency="USD"),
            "closing_cents",
            None,
            id="a balance in another currency",
        ),
        pytest.param(SEQUENCE, "sequence", 31, id="an electronic number"),
        pytest.param("<ElctrncSeqNb>x</ElctrncSeqNb>", "sequence", None, id="no number"),
        pytest.param(PERIOD.format("23:59:59"), "reaches", date(2026, 11, 4), id="up to the end of a day"),
        pytest.param(PERIOD.format("12:00:00"), "reaches", date(2026, 11, 3), id="up to the middle of a day"),
        pytest.param("", "reaches", None, id="no end stated"),
    ],
)
def test_heads(head: str, field: str, value: Any) -> None:
    assert getattr(stated(head, entry()), field) == value


@pytest.mark.parametrize(
    ("opening", "closing", "expected", "said"),
    [
        pytest.param("100", "221", (10000, 22100), [], id="adding up"),
        pytest.param("100", "222", (None, None), [], id="not adding up"),
    ],
)
def test_balances_without_a_side(opening: str, closing: str, expected: Any, said: list[str]) -> None:
    head = balance("OPBD", opening, "2026-11-02", side="") + balance("CLBD", closing, "2026-11-02", side="")
    record = stated(head, entry())
    assert (record.opening_cents, record.closing_cents) == expected
    assert codes(camt(entry(), head=head)) == said


def test_a_statement_that_does_not_add_up_and_one_that_is_missing() -> None:
    head = (
        "<LglSeqNb>{}</LglSeqNb>" + balance("OPBD", "0", "2026-11-02") + balance("CLBD", "{}", "2026-11-02")
    )
    text = document(statement(entry(), head=head.format(1, 121)), statement(head=head.format(3, 5)))
    assert codes(text) == ["bank.balance", "bank.gap"]


@pytest.mark.parametrize(
    ("head", "reaches"),
    [
        pytest.param("", date(2026, 11, 3), id="the day before its last booking"),
        pytest.param(balance("CLBD", "5", "2026-11-04"), date(2026, 11, 4), id="unless it closes"),
    ],
)
def test_part_of_a_day(head: str, reaches: date) -> None:
    later = [entry(booked="2026-11-04"), entry(), entry(booked="2026-11-09", status="<Sts>PDNG</Sts>")]
    contents = opened(camt(*later, head=head, message="052"))
    assert contents.format == "camt-052"
    assert [(record.kind, record.reaches) for record in contents.statements] == [("interim", reaches)]


def test_a_notice_covers_nothing() -> None:
    contents = opened(camt(entry(), message="054"))
    assert contents.format == "camt-054"
    assert [(record.kind, record.reaches) for record in contents.statements] == [("notice", None)]


def test_the_only_day_of_a_statement_is_the_day_of_its_bookings() -> None:
    head = balance("OPBD", "0", "2026-11-02") + balance("CLBD", "121", "2026-11-02")
    assert only(camt(entry(booked=""), head=head)).booked == DAY


def test_statements_of_two_accounts_keep_their_own() -> None:
    two = document(
        statement(entry("1")), statement(number="A2", account=PAYER), statement(entry("2"), account=PAYER)
    )
    contents = opened(two)
    assert contents.accounts == (ACCOUNT, PAYER)
    assert [(row.account, row.statement) for row in contents.transactions] == [(ACCOUNT, 0), (PAYER, 2)]


def zipped(*files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for place, text in enumerate(files):
            archive.writestr(f"{place}.xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        pytest.param([(1, 3), (2,)], [], id="what is missing in one file stands in another"),
        pytest.param([(1,), (3,)], ["bank.gap"], id="what is missing between two files"),
    ],
)
def test_gaps_in_a_zip(numbers: list[tuple[int, ...]], said: list[str]) -> None:
    head = "<LglSeqNb>{}</LglSeqNb>" + balance("CLBD", "0", "2026-11-02")
    files = [document(*(statement(head=head.format(n)) for n in file)) for file in numbers]
    assert [problem.code for problem in read("bank.zip", zipped(*files)).problems] == said


def test_a_zip_keeps_its_statements_apart() -> None:
    two = document(statement(entry("1")), statement(entry("2")))
    contents = read("bank.zip", zipped(two, camt(entry("3"), account=PAYER)))
    assert (contents.format, len(contents.statements)) == ("camt-053", 3)
    assert contents.accounts == (ACCOUNT, PAYER)
    assert [
        (row.amount_cents, contents.statements[row.statement].account) for row in contents.transactions
    ] == [(100, ACCOUNT), (200, ACCOUNT), (300, PAYER)]
