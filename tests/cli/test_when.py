"""`beluur when`: a promise in words, as a program reads it and as a person does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from beluur.cli.main import main

ON = ("--on", "2026-11-25")


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The JSON of `beluur when ARGUMENTS`."""
    assert main(["when", *arguments, *ON, "--json"]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_the_json_has_its_shape(capsys):
    result = shown(capsys, "ik stort zaterdag om 16u 500 en de rest eind van de maand")
    keys = "parts vague ask words hour way said notes understood"
    assert list(result) == keys.split()
    assert all(list(p) == "amount_cents date said whole vague".split() for p in result["parts"])


def test_amounts_and_days(capsys):
    result = shown(capsys, "ik stort zaterdag om 16u 500 en de rest op 4 december")
    parts = [(p["amount_cents"], p["date"], p["said"]) for p in result["parts"]]
    assert parts == [(50_000, "2026-11-30", "2026-11-28"), (None, "2026-12-04", "2026-12-04")]
    assert (result["vague"], result["ask"]) == (None, None)
    assert (result["hour"], result["way"]) == ("16:00", "transfer")
    assert [n["code"] for n in result["notes"]] == ["commitment.weekend"]


def test_what_is_vague_comes_with_its_question(capsys):
    result = shown(capsys, "dès que possible", "--lang", "fr")
    assert (result["parts"], result["vague"]) == ([], "asap")
    assert result["ask"] == "Quel jour l’aurons-nous sur notre compte\u00a0?"
    assert (result["words"], result["understood"]) == ("dès que possible", None)


def test_more_than_is_open_is_refused_with_a_sentence(capsys):
    result = shown(capsys, "vrijdag 2500", "--open", "2140,00")
    assert (result["parts"], result["vague"]) == ([], "above_open")
    assert "2.140,00" in result["ask"]
    assert [n["code"] for n in result["notes"]] == ["said.above_open"]


def test_as_text(capsys):
    assert main(["when", "vr 500 rest eind vd maand", *ON]) == 0
    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert told == "€ 500,00 op vr 27 nov 2026 en de rest op ma 30 nov 2026\n"
    assert main(["when", "zsm", *ON]) == 0
    assert capsys.readouterr().out == "“zsm”: Op welke dag staat het op onze rekening?\n"


BAD = {
    "no day": (("--on", "morgen"), "“morgen” is geen dag"),
    "a day in no century of ours": (("--on", "9999-12-31"), "“9999-12-31” is geen dag"),
    "no amount": ((*ON, "--open", "veel"), "“veel” is geen bedrag"),
}


@pytest.mark.parametrize(("options", "why"), BAD.values(), ids=BAD)
def test_a_bad_option_is_said(capsys, options, why):
    assert main(["when", "vrijdag", *options]) == 2
    assert why in capsys.readouterr().err


def test_without_a_day_it_is_today(capsys, monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", "2026-11-26T23:30:00+01:00")
    assert main(["when", "morgen", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["parts"][0]["date"] == "2026-11-27"


def test_ten_thousand_characters_are_not_read(capsys):
    assert shown(capsys, "vrijdag 500 " * 900)["vague"] == "too_long"


def test_bytes_that_are_no_text_are_no_error(capsys):
    assert shown(capsys, "de helft \udcff van \udcff de rest vrijdag")["vague"] == "share_of_what"


def test_what_steers_a_terminal_is_not_printed_again(capsys):
    assert main(["when", "dinsdag 3 \x1bdecember", *ON]) == 0
    told = capsys.readouterr().out
    assert "december" in told
    assert "\x1b" not in told
    assert main(["when", "begin\x1b\x07 van volgende week", *ON]) == 0
    assert "\x07" not in capsys.readouterr().out
