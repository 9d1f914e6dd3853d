"""The shared CAMT samples against what their manifest says of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

import pytest

from beluur.importers.read import read
from beluur.importers.records import FileContents
from beluur.values.numbers import compact_reference
from tests.importers.test_shared_samples import MANIFEST, SAMPLES, rows

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not here"),
]

_NO_DAY = "an entry without a booking date is left out: a day is never guessed"
_NOT_ITS_SUM = (
    "three details in CHF do not add up to an entry in SEK: one transaction, and nothing that one detail says"
)
ON_PURPOSE = {  # transactions, credit and debit as they are read, first reference and remittance, and why
    "genkgo-camt__camt052.v2.with-account-name.xml": ((0, 0, 0, "", ""), _NO_DAY),
    "genkgo-camt__camt054.v2.with-account-name.xml": ((0, 0, 0, "", ""), _NO_DAY),
    "genkgo-camt__camt054.v8-with-UETR.xml": ((0, 0, 0, "", ""), _NO_DAY),
    "viafintech-camt_parser__052_valid_example_with_dates.xml": ((0, 0, 0, "", ""), _NO_DAY),
    "sebastienrousseau-camt053__statement_ac04.xml": ((2, 248050, 0, "", ""), _NO_DAY),
    "genkgo-camt__camt054.v4.xml": ((1, 0, 20000000, "", ""), _NOT_ITS_SUM),
}
NO_STATEMENT = ("053_valid_namespace.xml", "general_invalid_namespace.xml")
ADDS_UP = (  # the others are made up, or cut short by who published them
    "genkgo-camt__camt053.v2.multi.statement.xml",
    "newinnovations-camt053__test-camt053.xml",
    "oca-bank-statement-import__test-camt053-no-ntry",
    "oca-bank-statement-import__test-camt053-txdtls",
    "subite-eu-camt-to-coda__2024-03-07.xml",
    "subite-eu-camt-to-coda__2024-04-11.xml",
    "subite-eu-camt-to-coda__BE68793230773034-202412.xml",
)


class Said(NamedTuple):
    """Number of transactions, what came in and went out in cents, the first reference and the first remittance."""

    transactions: int
    credit: int
    debit: int
    reference: str
    remittance: str


def stated(expected: str) -> Said:
    """What the manifest says of one file."""

    def after(pattern: str) -> str:
        match = re.search(pattern, expected)
        return match[1] if match else ""

    def cents(side: str) -> int:
        return int(Decimal(after(rf"{side} sum=([\d.]+)")) * 100)

    entries, details = int(after(r"entries=(\d+)")), int(after(r"txDtls=(\d+)"))
    first = compact_reference(after(r"structured refs=\d+ first=([^;]+)"))
    return Said(
        max(entries, details), cents("credit"), cents("debit"), first, after(r'first remittance="([^"]+)"')
    )


def found(contents: FileContents) -> Said:
    amounts = [row.amount_cents for row in contents.transactions]
    references = [row.reference for row in contents.transactions if row.reference]
    texts = [row.text for row in contents.transactions if row.text]
    return Said(
        len(amounts),
        sum(cents for cents in amounts if cents > 0),
        -sum(cents for cents in amounts if cents < 0),
        next(iter(references), ""),
        next(iter(texts), ""),
    )


def samples(ending: str | tuple[str, ...] = ("",)) -> list[dict[str, str]]:
    return list({row["file"]: row for row in rows("camt") if row["file"].endswith(ending)}.values())


ZIP = ".zip"
SINGLE = [row for row in samples() if not row["file"].endswith(ZIP)]


def opened(row: dict[str, str]) -> FileContents:
    return read(row["file"].rpartition("/")[2], (SAMPLES / row["file"]).read_bytes())


@pytest.mark.parametrize("row", SINGLE, ids=lambda row: row["file"].rpartition("/")[2])
def test_camt(row: dict[str, str]) -> None:
    contents, expected = opened(row), row["expected"]
    if contents.name.endswith(NO_STATEMENT):
        assert [problem.code for problem in contents.problems] == ["camt.no-statement"]
        return
    says = Said(*ON_PURPOSE[contents.name][0]) if contents.name in ON_PURPOSE else stated(expected)
    if contents.name in ON_PURPOSE:
        assert says != stated(expected), "no longer an exception"
    message = re.search(r"camt\.(05\d)", f"{expected} {contents.name}")
    assert message
    assert contents.format == f"camt-{message[1]}"
    assert f"statements={len(contents.statements)} accounts={','.join(contents.accounts)};" in expected
    got = found(contents)
    assert got._replace(remittance=got.remittance if says.remittance else "") == says


def test_a_zip_of_two() -> None:
    (row,) = samples(ZIP)
    contents = opened(row)
    assert found(contents) == Said(6, 2 * 140531, 2 * 134830, "", stated(row["expected"]).remittance)
    assert [row.statement for row in contents.transactions] == [0, 0, 0, 1, 1, 1]
    assert [(row.amount_cents, row.returned) for row in contents.transactions if row.reversal] == [
        (-59405, "AC06")
    ] * 2


@pytest.mark.parametrize("row", samples(ADDS_UP), ids=lambda row: row["file"].rpartition("/")[2])
def test_those_that_are_whole_add_up(row: dict[str, str]) -> None:
    contents = opened(row)
    assert "bank.balance" not in [problem.code for problem in contents.problems]
    assert all(s.opening_cents is not None and s.closing_cents is not None for s in contents.statements)
