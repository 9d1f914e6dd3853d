"""`beluur reason`: a ranking for programs, at most three for people."""

from __future__ import annotations

import json

import pytest

from beluur.cli.main import main


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["wacht op geld v klant"], "waiting_for_own_payment"),
        (["wacht op geld v klant", "--lang", "nl"], "waiting_for_own_payment"),
        (["On n'a jamais reçu la facture"], "not_received"),
        ([""], "other"),
    ],
    ids=["a note", "a language given", "a language found out", "nothing"],
)
def test_json_has_codes_and_scores_best_first(arguments, code, capsys):
    assert main(["reason", *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0]["code"] == code
    assert all(list(one) == ["code", "score"] for one in found)
    assert sum(one["score"] for one in found) == pytest.approx(1, abs=0.01)


def test_people_read_at_most_three_in_words(capsys):
    assert main(["reason", "factuur nooit ontvangen"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Factuur niet ontvangen" in lines[0]
    assert len(lines) <= 3


def test_none_of_these_is_an_answer(capsys):
    assert main(["reason", "wil alleen met zijn advocaat praten"]) == 0
    assert capsys.readouterr().out.strip() == "Geen van de bekende redenen"
