"""The shared MT940 files against what their manifest says of them. Its sums were made by a simple script."""

import re

import pytest

from beluur.importers.read import read
from beluur.importers.table import decode
from tests.importers.test_shared_samples import MANIFEST, SAMPLES, rows

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not here"),
]

FRAGMENTS = {
    "wolph-mt940__betterplace_currency_in_25.sta": "one field",
    "wolph-mt940__betterplace_missing_crlf_at_end.sta": "one field",
    "wolph-mt940__cmxl_account_balance_credit.sta": "one field",
    "wolph-mt940__cmxl_account_identification_iban.sta": "one field",
    "wolph-mt940__cmxl_account_identification_legacy.sta": "one field",
    "wolph-mt940__cmxl_available_balance.sta": "one field",
    "wolph-mt940__cmxl_statement_details.sta": "a booking without its statement",
    "wolph-mt940__cmxl_statement_number.sta": "one field",
    "wolph-mt940__self-provided_sparkassen.sta": "a booking without its statement, broken over two lines",
}
OTHER_COUNT = {"zilverline-mt940__two_accounts.txt": "it holds four :20:, the manifest counts three"}
OTHER_SUMS = {
    "fruitl00p-php-mt940__Rabo_sample.sta": "points for commas: the manifest's script dropped the cents"
}
MADE_UP = "the bookings or balances were changed to hide whose they are"
SHORTENED = "bookings were taken out"
NOT_ADDING_UP = {
    "dovadi-mt940__abnamro.txt": "the closing balance lacks a digit",
    "dovadi-mt940__ing.txt": SHORTENED,
    "dovadi-mt940__rabobank_sepa.txt": "bookings of other days were put in",
    "dovadi-mt940__triodos.txt": SHORTENED,
    "fruitl00p-php-mt940__Abn_sample2.sta": MADE_UP,
    "fruitl00p-php-mt940__Hsbc_sample.sta": MADE_UP,
    "fruitl00p-php-mt940__Knab_sample.sta": SHORTENED,
    "fruitl00p-php-mt940__Knab_sample3.sta": MADE_UP,
    "fruitl00p-php-mt940__Rabo_sample.sta": "a bank's demonstration, in which nothing adds up",
    "fruitl00p-php-mt940__Rabo_sample3.sta": "bookings of other days were put in",
    "sandermarechal-jejik-mt940__abnamro.txt": "the closing balance lacks a digit",
    "sandermarechal-jejik-mt940__commerzbank.txt": MADE_UP,
    "sandermarechal-jejik-mt940__ing-dos.txt": SHORTENED,
    "sandermarechal-jejik-mt940__knab.txt": SHORTENED,
    "sandermarechal-jejik-mt940__oldenburgischelandesbankmitbindestrich.txt": MADE_UP,
    "sandermarechal-jejik-mt940__sparkasse2.txt": MADE_UP,
    "sandermarechal-jejik-mt940__sparkasse3.txt": MADE_UP,
    "sandermarechal-jejik-mt940__triodos.txt": SHORTENED,
    "wolph-mt940__jejik_ing.sta": SHORTENED,
    "wolph-mt940__mBank_with_newline_in_tnr.sta": SHORTENED,
    "wolph-mt940__self-provided_malformed_details.sta": MADE_UP,
    "wolph-mt940__self-provided_overly_long_details.sta": MADE_UP,
    "wolph-mt940__self-provided_raiffeisen-cmi.sta": SHORTENED,
    "wolph-mt940__self-provided_whitespace.sta": MADE_UP,
    "zilverline-mt940__abn_abn_sepa_incasso_doorlopend.txt": MADE_UP,
    "zilverline-mt940__abn_abn_sepa_overboeking.txt": MADE_UP,
    "zilverline-mt940__abn_abn_sepa_periodieke_overboeking.txt": MADE_UP,
    "zilverline-mt940__abn_abn_structured_sepa_acceptgiro.txt": MADE_UP,
    "zilverline-mt940__abn_abn_structured_sepa_overboeking.txt": MADE_UP,
    "zilverline-mt940__abn_abnamro_structured.txt": MADE_UP,
    "zilverline-mt940__knab_knab_pin.txt": "a debit that the balance counts as a credit",
    "zilverline-mt940__triodos_multiline_bug.txt": SHORTENED,
}
OTHER_REMARKS = {
    "fruitl00p-php-mt940__Knab_sample.sta": {"mt940.page"},  # page 3 of statement 20
    "fruitl00p-php-mt940__Knab_sample3.sta": {"mt940.page"},  # closes with :62M:
    "sandermarechal-jejik-mt940__abnamro.txt": {"mt940.page"},  # :60M: and :62M: in its second statement
    "sandermarechal-jejik-mt940__sparkasse_interim_balance.txt": {"mt940.page"},  # opens with :60M:
    "wolph-mt940__self-provided_raphaelm.sta": {"mt940.page", "mt940.balance"},  # balances without a currency
    "zilverline-mt940__sns_sns.txt": {"bank.gap"},  # from number 20 to number 252
}
GOES_ON_LATER = {  # in ?60, behind the account and the name
    "wolph-mt940__self-provided_malformed_details.sta",
    "wolph-mt940__self-provided_overly_long_details.sta",
}
NO_SUCH_START = {
    "wolph-mt940__jejik_generic.sta": "its :86: is empty",
    "fruitl00p-php-mt940__Knab_sample.sta": "its first booking has no :86:",
    "wolph-mt940__self-provided_raphaelm.sta": "its texts stand in :NS:, a field of one bank",
}


def stated(expected: str, field: str) -> str:
    match = re.search(rf"{field}=([^;]*)", expected)
    return match[1].strip() if match else ""


def name_of(row: dict[str, str]) -> str:
    return row["file"].rpartition("/")[2]


def squashed(text: str) -> str:
    """Without what stands between the parts of :86: and between its lines."""
    return re.sub(r"[^0-9a-z]", "", re.sub(r":86:|[?>][0-9][0-9]", "", text.replace("\n", "")).lower())


def balance(text: str) -> tuple[str, int]:
    """The currency and the cents of a balance as the manifest writes it."""
    sign, _, currency, amount = text.split("/")
    cents = round(float(amount.replace(",", ".")) * 100)
    return currency, -cents if sign == "D" else cents


@pytest.mark.parametrize("row", rows("mt940"), ids=name_of)
def test_mt940(row: dict[str, str]) -> None:
    name, expected = name_of(row), row["expected"]
    contents = read(name, (SAMPLES / row["file"]).read_bytes())
    codes = {problem.code for problem in contents.problems}
    if name in FRAGMENTS:
        assert codes == {"mt940.no-statement"}
        return
    assert contents.format == ("mt942" if "mt942" in name else "mt940")
    assert codes - {"file.and-more"} == OTHER_REMARKS.get(name, set()) | (
        {"bank.balance"} if name in NOT_ADDING_UP else set()
    )
    counted = int(stated(expected, r"statements\(:20:\)"))
    assert len(contents.statements) == counted or name in OTHER_COUNT
    amounts = [t.amount_cents for t in contents.transactions]
    assert len(amounts) == int(stated(expected, ":61: lines").split()[0])
    assert sum(t.reversal and t.code != "NRTI" for t in contents.transactions) == int(
        stated(expected, "reversals RC/RD").rstrip(")")
    )
    sums = re.search(r"credit sum=([\d.]+) debit sum=([\d.]+)", expected)
    assert sums
    assert name in OTHER_SUMS or (
        sum(a for a in amounts if a > 0),
        -sum(a for a in amounts if a < 0),
    ) == tuple(round(float(text) * 100) for text in sums.groups())


@pytest.mark.parametrize("row", [row for row in rows("mt940") if name_of(row) not in FRAGMENTS], ids=name_of)
def test_balances_of_mt940(row: dict[str, str]) -> None:
    contents = read(name_of(row), (SAMPLES / row["file"]).read_bytes())
    first, last = contents.statements[0], contents.statements[-1]
    opening, closing = stated(row["expected"], "first :60"), stated(row["expected"], "last :62")
    if opening != "" and "/" in opening:
        assert (first.currency, first.opening_cents) == balance(opening)
    if "/" in closing and name_of(row) not in OTHER_SUMS:
        assert (last.currency, last.closing_cents) == balance(closing)
    account = squashed(stated(row["expected"], "accounts").split(",")[0])
    shown = squashed(first.account)
    assert account.startswith(shown) or shown.startswith(account)


@pytest.mark.parametrize("row", [row for row in rows("mt940") if name_of(row) not in FRAGMENTS], ids=name_of)
def test_texts_of_mt940(row: dict[str, str]) -> None:
    """Every text, name, account and reference stands in the file; the first text is that of the first :86:."""
    name = name_of(row)
    content = (SAMPLES / row["file"]).read_bytes()
    whole = squashed((decode(content) or "").replace("\r", ""))
    contents = read(name, content)
    for transaction in contents.transactions:
        for value in (
            transaction.text,
            transaction.counterparty,
            transaction.counterparty_iban,
            transaction.reference,
        ):
            assert squashed(value) in whole or name in GOES_ON_LATER
    (_, _, start) = row["expected"].partition('first :86:="')
    first = contents.transactions[0]
    said = (first.text, first.reference, first.counterparty, first.counterparty_iban, first.end_to_end)
    assert name in NO_SUCH_START or any(squashed(value)[:5] in squashed(start) for value in said if value)
