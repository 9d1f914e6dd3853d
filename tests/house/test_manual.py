"""The manual documents the shape of the JSON that programs rely on: neither may drift."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from beluur.importers.records import (
    ContactRecord,
    DebtorRecord,
    FileContents,
    InvoiceRecord,
    TransactionRecord,
)
from beluur.importers.shape import as_json
from beluur.values.problem import Problem
from beluur.values.sentence import say

ROOT = Path(__file__).resolve().parents[2]
SIGNING_IN = ("docs/nl/mail-aanmelden.md", "docs/en/mail-sign-in.md")
MANUALS = ("docs/nl/handleiding.md", "docs/en/manual.md")


def shape() -> dict[str, tuple[str, ...]]:
    """List -> the keys of its items, as the code writes them."""
    debtor = DebtorRecord(name="Bakkerij Proefkruimel")
    contents = FileContents(
        name="proef.csv",
        format="open-items-csv",
        invoices=(InvoiceRecord("1", debtor, None, None, "EUR", 1, 1),),
        contacts=(ContactRecord(debtor),),
        transactions=(TransactionRecord(booked=date(2026, 11, 23), amount_cents=1, currency="EUR"),),
        problems=(Problem(say("date.impossible")),),
    )
    written = as_json(contents, lambda sentence: sentence.code)
    return {name: tuple(items[0]) for name, items in written.items() if items and isinstance(items[0], dict)}


@pytest.mark.parametrize("manual", MANUALS)
def test_each_key_of_a_file_stands_in_the_manual(manual):
    lines = (ROOT / manual).read_text("utf-8").splitlines()
    for name, keys in shape().items():
        row = next(line for line in lines if line.startswith(f"| `{name}` |") and f"`{keys[0]}`" in line)
        assert [key for key in keys if f"`{key}`" not in row] == [], name


@pytest.mark.parametrize("manual", [*MANUALS, "README.md", "docs/telefoon.md", "docs/phone.md", *SIGNING_IN])
def test_each_link_to_a_page_of_ours_leads_somewhere(manual):
    folder = (ROOT / manual).parent
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / manual).read_text("utf-8"))
    missing = [link for link in links if not (folder / link).exists() and not link.endswith(".png")]
    assert missing == []
