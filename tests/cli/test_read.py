"""`beluur read`: what an importer makes of a file, in the shape that is documented; bad files in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from beluur.cli.main import main
from tests.camt_file import camt, detail, entry, parties, structured
from tests.dropped import BOUW, LATER, e_invoice, open_items, people
from tests.product import beluur

SHAPE = {
    "format": None,
    "accounts": None,
    "invoices": "number issued due currency amount_cents open_cents debtor reference has_pdf kind",
    "contacts": "debtor name role phone mobile email language",
    "transactions": "booked amount_cents currency counterparty counterparty_iban reference text reversal",
    "problems": "where code what",
}
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Invoice>&a;</Invoice>'


def in_shape(read: dict[str, Any]) -> bool:
    """Whether it has the documented keys, in their order, and nothing else."""
    assert list(read) == list(SHAPE)
    for name, keys in SHAPE.items():
        for item in read[name] if keys else ():
            assert list(item) == (keys or "").split()
    return True


@pytest.fixture
def read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """``read(name, content)`` gives the exit code and the JSON; content None: there is no such file."""

    def reading(name: str, content: bytes | None) -> tuple[int, dict[str, Any]]:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        code = main(["read", str(tmp_path / name), "--json"])
        shown = json.loads(capsys.readouterr().out)
        assert in_shape(shown)
        return code, shown

    return reading


def test_open_items(read):
    code, shown = read("open.csv", open_items(BOUW, LATER))
    assert (code, shown["format"], shown["problems"]) == (0, "open-items-csv", [])
    assert shown["invoices"][0] == {
        "number": "2026-0118",
        "issued": "2026-10-13",
        "due": "2026-11-12",
        "currency": "EUR",
        "amount_cents": 1_234_050,
        "open_cents": 1_234_050,
        "debtor": "Voorbeeld Bouw BV",
        "reference": "",
        "has_pdf": False,
        "kind": "invoice",
    }


def test_an_e_invoice_with_its_contact(read):
    code, shown = read("factuur.xml", e_invoice())
    assert (code, shown["format"]) == (0, "ubl-invoice")
    assert (shown["invoices"][0]["amount_cents"], shown["invoices"][0]["open_cents"]) == (60_500, None)
    assert shown["contacts"][0] | {"language": ""} == {
        "debtor": "Denkbeeldig Advies BV",
        "name": "Dirk Denkbeeld",
        "role": "",
        "phone": "020 123 45 04",
        "mobile": "",
        "email": "dirk@advies.example",
        "language": "",
    }


def test_a_debtor_list(read):
    code, shown = read("klanten.csv", people())
    assert (code, shown["format"], len(shown["contacts"])) == (0, "debtors-csv", 3)
    assert shown["contacts"][1]["phone"] == "02 123 45 02"


PAID = camt(
    entry(
        "121.00", "CRDT", detail(parties(Dbtr=("Klant BV", "BE68539007547034")) + structured("010806817183"))
    ),
    entry("60.00", status="<Sts>PDNG</Sts>"),
)


def test_a_bank_statement(read):
    code, shown = read("bank.xml", PAID.encode())
    assert (code, shown["format"], shown["accounts"]) == (0, "camt-053", ["NL91ABNA0417164300"])
    assert shown["transactions"] == [
        {
            "booked": "2026-11-02",
            "amount_cents": 12_100,
            "currency": "EUR",
            "counterparty": "Klant BV",
            "counterparty_iban": "BE68539007547034",
            "reference": "010806817183",
            "text": "",
            "reversal": False,
        }
    ]
    assert [problem["code"] for problem in shown["problems"]] == ["camt.pending"]


def test_a_bank_statement_as_text(tmp_path, capsys):
    (tmp_path / "bank.xml").write_text(PAID)
    assert main(["read", str(tmp_path / "bank.xml")]) == 0
    first, paid, announced, said = capsys.readouterr().out.splitlines()
    assert first == "bank.xml: camt-053"
    assert paid.split() == ["ma", "2", "nov", "2026", "Klant", "BV", "010806817183", "€", "121,00"]
    assert announced.split() == ["*ma", "2", "nov", "2026", "€", "60,00"]
    assert "60,00" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.csv", b""),
        ("tekst.csv", b"zomaar een zin"),
        ("plaatje.csv", b"\x89PNG\r\n\x1a\n" * 200),
        ("zonder-bedrag.csv", b"Klant;Factuurnummer;Vervaldatum\nProef;1;01-10-2026\n"),
        ("halverwege.xml", e_invoice()[:400]),
        ("entiteit.xml", ENTITY),
        ("diep.xml", b"<a>" * 10_000),
        ("geen.xlsx", b"PK\x03\x04 geen werkboek"),
        ("er-niet.csv", None),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(read, name, content):
    code, shown = read(name, content)
    assert code == 1
    assert shown["invoices"] == []
    (problem, *_) = shown["problems"]
    assert problem["where"].startswith(name)
    assert len(problem["what"]) > 15
    assert problem["what"] != problem["code"]


def test_a_folder_is_refused_in_a_sentence(read, tmp_path):
    (tmp_path / "map").mkdir()
    code, shown = read("map", None)
    assert (code, shown["problems"][0]["code"]) == (1, "cli.folder")


def test_a_bad_line_is_named_and_the_others_are_read(read):
    code, shown = read("open.csv", open_items(BOUW, LATER.replace("16-12-2026", "31-02-2026")))
    assert code == 0
    assert [i["number"] for i in shown["invoices"]] == ["2026-0118"]
    assert shown["problems"][0]["where"] == "open.csv:3:Vervaldatum"


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_sentences_in_each_language(tmp_path, capsys, language):
    assert main(["read", str(tmp_path / "er-niet.csv"), "--lang", language]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "er-niet.csv" in said.err


def test_as_a_process_of_its_own_it_leaves_nothing_behind(tmp_path):
    (tmp_path / "open.csv").write_bytes(open_items(BOUW))
    before = set(tmp_path.iterdir())
    done = beluur("read", tmp_path / "open.csv", "--json", data=tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert in_shape(json.loads(done.stdout))
    assert set(tmp_path.iterdir()) == before


def test_every_sample_is_read_or_refused_in_a_sentence(shared, capsys):
    samples = sorted((shared / "samples" / "ubl").glob("*.xml"))
    assert samples
    for sample in samples:
        code = main(["read", str(sample), "--json"])
        shown = json.loads(capsys.readouterr().out)
        assert in_shape(shown)
        assert (code == 0) == bool(shown["invoices"]), sample.name
        assert code == 0 or shown["problems"], sample.name


def test_what_steers_a_terminal_is_shown_as_a_sign(tmp_path, capsys):
    bouw = BOUW.replace("Voorbeeld Bouw BV", "Bouw\x1b[31m\u202eBV")
    (tmp_path / "open.csv").write_bytes(open_items(LATER) + f"\r\n{bouw}".encode())
    assert main(["read", str(tmp_path / "open.csv")]) == 0
    said = capsys.readouterr().out
    assert "Bouw\ufffd[31m\ufffdBV" in said
    assert not {"\x1b", "\u202e"} & set(said)


def test_a_list_of_which_every_row_is_left_out_is_as_a_file_that_is_refused(read):
    code, shown = read(
        "open.csv", open_items("1001;Voorbeeld Bouw BV;2026-0118;13-10-2026;12-11-2026;1;n.t.b.;1")
    )
    assert (code, shown["invoices"], [p["code"] for p in shown["problems"]]) == (1, [], ["amount.unreadable"])
    code, shown = read(
        "deels.csv", open_items(BOUW, "1;Voorbeeld Bouw BV;2026-0119;13-10-2026;12-11-2026;1;n.t.b.;1")
    )
    assert (code, len(shown["invoices"]), len(shown["problems"])) == (0, 1, 1)
