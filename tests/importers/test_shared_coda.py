"""The shared CODA files against what their manifest says of them. Its sums were made by a simple script."""

import re

import pytest

from beluur.importers.read import read
from tests.importers.test_shared_mt940 import name_of, stated
from tests.importers.test_shared_samples import MANIFEST, SAMPLES, rows

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not here"),
]

REMARKS = {
    "acsone-pycoda__Coda_v2_3_globalisation.txt": {"coda.copy", "coda.other-account"},
    "acsone-pycoda__Coda_v2_3_multi_statements.txt": {"coda.other-account"},
    "oca-l10n-belgium__Ontvangen_CODA.2012-01-11-18.59.15.txt": {"coda.other-account", "bank.balance"},
    "wimverstuyf-php-coda-parser__sample3.cod": {"coda.other-account", "coda.trailer", "bank.balance"},
    "wimverstuyf-php-coda-parser__sample5.cod": {"coda.trailer"},
    "wimverstuyf-php-coda-parser__sample6.cod": {"coda.decimals"},
    "wimverstuyf-php-coda-parser__sample7.cod": {"coda.trailer", "bank.balance"},
    "wimverstuyf-php-coda-parser__sample9.cod": {"coda.trailer", "bank.balance"},
}  # accounts were changed in one place only, and lines were taken out
LEFT_OUT = {"wimverstuyf-php-coda-parser__sample6.cod": 767_82}  # 767.823: a third decimal
DETAILS_ONLY = (  # written as a separate application, 00001
    "wimverstuyf-php-coda-parser__sample5.cod",
    "wimverstuyf-php-coda-parser__sample6.cod",
)
PAYMENTS = {  # where details stand for their total, and a total for what is only a part of it
    "acsone-pycoda__Coda_v2_3_globalisation.txt": 4,
    "acsone-pycoda__Coda_v2_3_multi_statements.txt": 41,
    "oca-l10n-belgium__Coda_iban_v2_3_multi_statements.txt": 2,
    "oca-l10n-belgium__Ontvangen_CODA.2012-01-11-18.59.15.txt": 5,
    "wimverstuyf-php-coda-parser__sample10.cod": 2,
    "wimverstuyf-php-coda-parser__sample3.cod": 1,
    "wimverstuyf-php-coda-parser__sample6.cod": 2,
    "wimverstuyf-php-coda-parser__sample7.cod": 3,
}


def cents(text: str) -> int:
    return round(float(text) * 100)


@pytest.mark.parametrize("row", rows("coda"), ids=name_of)
def test_coda(row: dict[str, str]) -> None:
    name, expected = name_of(row), row["expected"]
    contents = read(name, (SAMPLES / row["file"]).read_bytes())
    assert contents.format == "coda"
    assert {problem.code for problem in contents.problems} == REMARKS.get(name, set())
    assert len(contents.statements) == int(stated(expected, "statements"))
    records = int(stated(expected, "records 21").split()[0])
    assert len(contents.transactions) == PAYMENTS.get(name, records)
    amounts = [t.amount_cents for t in contents.transactions]
    sums = re.search(r"credit sum=([0-9.]+) debit sum=([0-9.]+)", expected)
    assert sums
    assert sum(a for a in amounts if a > 0) == cents(sums[1])
    assert -sum(a for a in amounts if a < 0) == cents(sums[2]) - LEFT_OUT.get(name, 0)
    if name not in DETAILS_ONLY:
        balances = re.search(r"first old balance=([-0-9.]+) last new balance=([-0-9.]+)", expected)
        assert balances
        assert contents.statements[0].opening_cents == cents(balances[1])
        assert contents.statements[-1].closing_cents == cents(balances[2])


@pytest.mark.parametrize("row", rows("coda"), ids=name_of)
def test_texts_of_coda(row: dict[str, str]) -> None:
    """The first reference and the first text are those of the manifest."""
    contents = read(name_of(row), (SAMPLES / row["file"]).read_bytes())
    if first := re.search(r"communications=[0-9]+ first=([0-9]+)", row["expected"]):
        assert next(t.reference for t in contents.transactions if t.reference) == first[1]
    if text := re.search(r'first free communication="([^"]+)"', row["expected"]):
        words = text[1].split()
        found = next((t.text for t in contents.transactions if t.text), "")
        assert found.split()[: len(words) - 1] == words[:-1] or name_of(row) in OTHER_TEXT


OTHER_TEXT = {
    "wimverstuyf-php-coda-parser__sample7.cod": "it is that of the total, which its details replace",
    "acsone-pycoda__Coda_v2_3_multi_statements.txt": "it comes after fourteen card payments with a structured communication",
}
