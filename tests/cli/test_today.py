"""`beluur today`: files in, whom to call now and why; nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from beluur.values.money import Money
from beluur.words import money_text
from tests.bank_files import FICTIEF, KRUIMEL, NOBODY, SECOND, Pay, mt940
from tests.camt_file import camt, detail, entry, free, parties
from tests.dropped import BOUW, LATER, SCHILDERS, TRANSPORT, e_invoice, open_items, people
from tests.product import beluur

pytestmark = pytest.mark.slow

AT = ("--at", "2026-11-23T09:35")
CALL = "debtor phone amount_cents invoices slot_start because".split()
NOT_CALLED = "debtor amount_cents because".split()
BECAUSE, PROBLEM = ["code", "text"], ["where", "code", "what"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a newcomer; nobody's number stands in it for the schilders."""
    folder = tmp_path_factory.mktemp("files")
    schilders = people().split(b"\n")[:3]
    (folder / "open.csv").write_bytes(open_items(BOUW, TRANSPORT, SCHILDERS, LATER))
    (folder / "klanten.csv").write_bytes(b"\n".join(schilders))
    (folder / "factuur.xml").write_bytes(e_invoice())
    (folder / "tekst.csv").write_bytes(b"zomaar een zin")
    return folder


def today(*arguments: object) -> dict[str, Any]:
    """The JSON, looked through for its shape."""
    done = beluur("today", *arguments, "--json")
    assert done.stderr == ""
    shown: dict[str, Any] = json.loads(done.stdout)
    assert list(shown) == [*"at calls not_called problems explained proposed unexplained".split()]
    for name, keys in (("calls", CALL), ("not_called", NOT_CALLED), ("problems", PROBLEM)):
        assert all(list(item) == keys for item in shown[name])
    assert all(list(b) == BECAUSE for c in (*shown["calls"], *shown["not_called"]) for b in c["because"])
    assert done.returncode == 0
    return shown


def test_the_files_of_a_newcomer_in_any_order(files):
    names = ("open.csv", "klanten.csv", "factuur.xml", "tekst.csv")
    first = today(*(files / name for name in names), *AT)
    assert first["at"] == "2026-11-23T09:35+01:00"
    assert [(c["debtor"], c["phone"], c["amount_cents"]) for c in first["calls"]] == [
        ("Fictief Transport NV", "+3221234502", 150_000),
        ("Denkbeeldig Advies BV", "+31201234504", 60_500),
        ("Voorbeeld Bouw BV", "+31201234501", 1_234_050),
    ]
    assert {c["slot_start"] for c in first["calls"]} == {"2026-11-23T09:30+01:00"}
    assert all(c["because"] for c in first["calls"])
    (schilders,) = first["not_called"]
    assert (schilders["debtor"], schilders["amount_cents"]) == ("Proef Schilders VOF", 48_000)
    assert "nummer" in schilders["because"][0]["text"]
    assert [p["where"] for p in first["problems"]] == ["tekst.csv"]
    again = today(*(files / name for name in reversed(names)), *AT)
    assert again == first


def test_on_a_saturday_the_round_is_that_of_monday(files):
    saturday = today(files / "open.csv", files / "klanten.csv", "--at", "2026-11-28T10:00:00+01:00")
    starts = {c["slot_start"] for c in saturday["calls"]}
    assert min(starts) == "2026-11-30T09:30+01:00"


def test_as_text_each_call_stands_with_its_reason(files):
    said = beluur("today", files / "open.csv", files / "klanten.csv", *AT)
    assert said.returncode == 0
    lines = said.stdout.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    calls = today(files / "open.csv", files / "klanten.csv", *AT)["calls"]
    asked = money_text(Money(sum(c["amount_cents"] for c in calls)), "nl").replace("\N{NO-BREAK SPACE}", " ")
    assert lines[1].endswith(f"te laat; te bellen: {len(calls)}, samen {asked}")
    assert calls
    place = next(n for n, line in enumerate(lines) if "Fictief Transport NV" in line)
    assert "€ 1.500,00" in lines[place]
    assert "€ 1.500,00 te laat, 1 factuur" in lines[place + 1]
    assert any(line.startswith("- Proef Schilders VOF") for line in lines)


def test_nothing_to_read_is_said_and_the_exit_code_tells(files):
    only_bad = beluur("today", files / "tekst.csv", *AT, "--json")
    assert (only_bad.returncode, json.loads(only_bad.stdout)["calls"]) == (1, [])
    for name, code in ((files, "cli.folder"), (files / "weg.csv", "cli.unreadable")):
        done = beluur("today", files / "open.csv", name, "--json")
        assert done.returncode == 1
        assert [p["code"] for p in json.loads(done.stdout)["problems"]] == [code]
    no_moment = beluur("today", files / "open.csv", "--at", "morgen")
    assert (no_moment.returncode, no_moment.stdout) == (2, "")
    assert no_moment.stderr == "“morgen” is geen moment; schrijf het als 2026-11-23T09:35\n"


def test_the_samples_together(shared):
    samples = sorted((shared / "samples" / "ubl").glob("simplerinvoicing-testset__SI-UBL-2.0*_ok*.xml"))
    shown = today(*samples, *AT)
    named = {c["debtor"] for c in (*shown["calls"], *shown["not_called"])}
    assert named
    assert all(c["amount_cents"] > 0 for c in shown["calls"])


def test_what_stands_where_a_number_should(tmp_path):
    head = "Debiteurnr;Naam;Factuurnummer;Vervaldatum;Openstaand\n"
    names = ("Twee Nummers BV", "Geen Nummer BV", "Alleen Mobiel BV")
    rows = "".join(f"{n};{name};F{n};12-10-2026;{n}00,00\n" for n, name in enumerate(names, start=1))
    (tmp_path / "open.csv").write_text(head + rows)
    (tmp_path / "klanten.csv").write_text(
        "Debiteurnr;Naam;Telefoon;Contactpersoon;Contacttelefoon;Mobiel\n"
        "1;Twee Nummers BV;020 123 45 01 / 06-12345670;;;\n2;Geen Nummer BV;onbekend;;n.v.t.;\n"
        "3;Alleen Mobiel BV;;Iemand;n.v.t.;06 12345679\n"
    )
    shown = today(tmp_path / "open.csv", tmp_path / "klanten.csv", *AT)
    assert [(c["debtor"], c["phone"]) for c in shown["calls"]] == [
        ("Alleen Mobiel BV", "+31612345679"),
        ("Twee Nummers BV", "+31201234501"),
    ]
    assert [(n["debtor"], n["because"][0]["code"]) for n in shown["not_called"]] == [
        ("Geen Nummer BV", "gate.no_phone")
    ]


def test_what_perhaps_takes_a_payment_back_is_proposed_with_its_invoice(tmp_path):
    (tmp_path / "open.csv").write_bytes(open_items(BOUW, TRANSPORT))
    said = detail(parties(Dbtr=("Fictief Transport NV", "")) + free("2026-0119"))
    paid = camt(
        entry("1500.00", "CRDT", said), entry("1500.00", "DBIT", said, before="<RvslInd>true</RvslInd>")
    )
    (tmp_path / "bank.xml").write_text(paid)
    shown = today(tmp_path / "open.csv", tmp_path / "bank.xml", *AT, "--as-of", "2026-10-20")
    assert [(p["invoice"], p["amount_cents"]) for p in shown["explained"]] == [("2026-0119", 150_000)]
    assert [(p["debtor"], p["invoice"], p["amount_cents"]) for p in shown["proposed"]] == [
        ("Fictief Transport NV", "2026-0119", -150_000)
    ]


def test_as_text_what_the_bank_said_stands_under_it_and_what_nobody_knows_last(tmp_path):
    (tmp_path / "open.csv").write_bytes(open_items(BOUW, TRANSPORT))
    bank = mt940(
        Pay(1_500_00, "2026-0119", NOBODY, "Fictief Transport NV"),
        Pay(123_45, "met dank", KRUIMEL, "Anoniem"),
        Pay(-12_50, "kosten pakket", FICTIEF, "Bank"),
    )
    dollars = mt940(Pay(9_000_00, "invoice 2026-0118", KRUIMEL, "Bouw"), account=SECOND, currency="USD")
    (tmp_path / "bank.sta").write_text(bank)
    (tmp_path / "dollars.sta").write_text(dollars)
    files = (tmp_path / "open.csv", tmp_path / "bank.sta", tmp_path / "dollars.sta")
    said = beluur("today", *files, *AT, "--as-of", "2026-10-20")
    lines = [" ".join(line.replace("\N{NO-BREAK SPACE}", " ").split()) for line in said.stdout.splitlines()]
    start = lines.index("= Fictief Transport NV 2026-0119 € 1.500,00")
    assert lines[start:] == [
        "= Fictief Transport NV 2026-0119 € 1.500,00",
        "? Voorbeeld Bouw BV - $ 9.000,00",
        "Niets gevonden voor 1 betaling:",
        "* Anoniem met dank € 123,45",
    ]
    held = next(n for n, line in enumerate(lines) if line.startswith("- Voorbeeld Bouw BV"))
    said = "Er wacht een betaling die van deze klant kan zijn: kijk die na voordat u om € 12.340,50 vraagt"
    assert said in lines[held + 1 :], "who paid in dollars is not called"


def test_a_list_of_which_no_row_could_be_used_is_nothing(tmp_path):
    (tmp_path / "leeg.csv").write_bytes(
        open_items("1001;Voorbeeld Bouw BV;2026-0118;13-10-2026;12-11-2026;onbekend;n.t.b.;1")
    )
    done = beluur("today", tmp_path / "leeg.csv", *AT, "--json")
    assert (done.returncode, json.loads(done.stdout)["calls"]) == (1, [])
    assert json.loads(done.stdout)["problems"]
