"""The JSON that programs rely on, and the sentences behind every code."""

import json
import re
import tomllib
from importlib import resources

import pytest

from beluur.importers.read import read
from beluur.importers.shape import as_json

CODES = sorted(
    {
        code
        for source in resources.files("beluur.importers").iterdir()
        if source.name.endswith(".py")
        for code in re.findall(
            r'"((?:file|zip|workbook|table|amount|date|item|debtor|xml|ubl|pdf)\.[a-z-]+)"',
            source.read_text("utf-8"),
        )
    }
)
CATALOGUE = tomllib.loads(
    resources.files("beluur.words").joinpath("catalogue/importers.toml").read_text("utf-8")
)


def test_the_shape() -> None:
    head = "Klant;Factuurnummer;Vervaldatum;Saldo;Contactpersoon\n"
    contents = read(
        "x.csv", (head + "Jansen;F1;31-10-2026;1,00-;Iemand\nJansen;F2;31-02-2026;1,00;\n").encode()
    )
    shaped = as_json(contents, lambda sentence: f"said: {sentence.code}")
    assert json.loads(json.dumps(shaped)) == {
        "format": "open-items-csv",
        "accounts": [],
        "invoices": [
            {
                "number": "F1", "issued": None, "due": "2026-10-31", "currency": "EUR", "amount_cents": -100, "open_cents": -100,
                "debtor": "Jansen", "reference": "", "has_pdf": False, "kind": "credit_note",
            },
        ],
        "contacts": [
            {"debtor": "Jansen", "name": "Iemand", "role": "", "phone": "", "mobile": "", "email": "", "language": ""},
        ],
        "transactions": [],
        "problems": [{"where": "x.csv:3:Vervaldatum", "code": "date.impossible", "what": "said: date.impossible"}],
    }  # fmt: skip


def test_a_number_of_the_debtor_is_shown_with_his_contact_or_without_a_name() -> None:
    rows = "Jansen;020 123 45 01;info@jansen.example;Iemand\nPieters;020 123 45 02;;\nKlaassen;;;\n"
    contents = read("x.csv", f"Klant;Telefoon;E-mail;Contactpersoon\n{rows}".encode())
    shown = as_json(contents, lambda sentence: sentence.code)["contacts"]
    assert [(c["debtor"], c["name"], c["phone"], c["email"]) for c in shown] == [
        ("Jansen", "Iemand", "020 123 45 01", "info@jansen.example"),
        ("Pieters", "", "020 123 45 02", ""),
    ]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence_in_each_language(code: str) -> None:
    table = CATALOGUE[code]
    gaps = {language: set(re.findall(r"\{(\w+)", text)) for language, text in table.items()}
    assert set(table) == {"nl", "en", "fr"}
    assert gaps["nl"] == gaps["en"] == gaps["fr"]


def test_no_sentence_without_its_code() -> None:
    assert set(CATALOGUE) - set(CODES) <= {"ubl.reminder", "ubl.statement"}
