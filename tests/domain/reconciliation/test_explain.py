"""What a payment is for, how certain, and by what: one row for each way in which people pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beluur.domain.reconciliation.certainty import CERTAIN_WHEN, is_certain
from beluur.domain.reconciliation.incoming import Certainty, Payer
from beluur.domain.reconciliation.reasons import Fit, Which, Who
from beluur.domain.reconciliation.rules import USUAL
from tests.domain.reconciliation.books import (
    BOOKED,
    GARAGE,
    GARAGE_IBAN,
    GARAGE_OGM,
    HOLDING_IBAN,
    ISSUED,
    ITEMS,
    KRENT,
    KRENT_IBAN,
    KRENT_OGM,
    PAYERS,
    SHARED_IBAN,
    STATE,
    STRANGE_IBAN,
    codes,
    explained,
    item,
    payment,
    taken,
)

BY_KRENT = {"iban": KRENT_IBAN, "name": "BAKKERIJ DE VERZONNEN KRENT"}
BY_GARAGE = {"iban": GARAGE_IBAN, "name": "Garage Fantasie"}


def row(says, certainty, parts, *by, left=0, **facts):
    """One row: its sentence, what is expected, the reasons that must be among those said, and the payment."""
    return pytest.param(certainty, parts, left, by, facts, id=says)


CERTAIN, LIKELY, NONE = "certain", "likely", "none"

BY_REFERENCE = [
    row(
        "the invoice's own reference in its field",
        CERTAIN,
        {1: 50_000},
        "reference",
        "amount",
        reference=KRENT_OGM,
    ),
    row("with its signs", CERTAIN, {1: 50_000}, "reference", reference="+++010/8068/17183+++"),
    row("typed in the text with signs", CERTAIN, {1: 50_000}, text="+++010/8068/17183+++"),
    row("typed with other signs and words", CERTAIN, {1: 50_000}, text="betaling 010/8068/17183 dank u"),
    row("typed without signs, amount right", CERTAIN, {1: 50_000}, text="010806817183"),
    row("typed in groups with blanks", CERTAIN, {1: 50_000}, text="010 8068 17183"),
    row(
        "typed without signs, part, stranger", LIKELY, {1: 20_000}, "part", text="010806817183", cents=20_000
    ),
    row(
        "typed without signs, part, known payer",
        CERTAIN,
        {1: 20_000},
        text="010806817183",
        cents=20_000,
        **BY_KRENT,
    ),
    row("one digit wrong, amount right", CERTAIN, {1: 50_000}, "reference_mended", text="010806817184"),
    row(
        "one digit wrong, amount other",
        LIKELY,
        {1: 20_000},
        "reference_mended",
        text="+++010/8068/17184+++",
        cents=20_000,
    ),
    row(
        "one digit wrong, part, known payer",
        CERTAIN,
        {1: 20_000},
        text="010806817184",
        cents=20_000,
        **BY_KRENT,
    ),
    row("a part by reference in its field", CERTAIN, {1: 20_000}, "part", reference=KRENT_OGM, cents=20_000),
    row(
        "reference in its field, paid by another customer",
        CERTAIN,
        {1: 50_000},
        reference=KRENT_OGM,
        **BY_GARAGE,
    ),
    row(
        "reference, too much, stranger",
        LIKELY,
        {1: 50_000},
        "over",
        reference=KRENT_OGM,
        cents=60_000,
        left=10_000,
    ),
    row(
        "reference, too much, known payer",
        CERTAIN,
        {1: 50_000},
        "over",
        reference=KRENT_OGM,
        cents=60_000,
        left=10_000,
        **BY_KRENT,
    ),
    row("a creditor reference RF", CERTAIN, {20: 55_555}, reference="RF18 5390 0754 7034", cents=55_555),
    row(
        "a creditor reference RF within words",
        CERTAIN,
        {20: 55_555},
        text="betr RF18 5390 0754 7034 dank",
        cents=55_555,
    ),
    row("a reference that nobody has", NONE, {}, reference="+++020/3430/53500+++", left=50_000),
    row(
        "reference and amount of another invoice of his",
        LIKELY,
        {1: 12_345},
        reference=KRENT_OGM,
        cents=12_345,
        **BY_KRENT,
    ),
    row("reference in the end-to-end id", CERTAIN, {6: 77_700}, end_to_end=GARAGE_OGM, cents=77_700),
]

BY_NUMBER = [
    row(
        "number and amount, by a stranger",
        CERTAIN,
        {6: 77_700},
        "number",
        "amount",
        text="factuur 20260122",
        cents=77_700,
    ),
    row("number in two groups", CERTAIN, {6: 77_700}, text="fact.nr. 2026 0122", cents=77_700),
    row("number with letter and dash", CERTAIN, {6: 77_700}, text="F2026-0122", cents=77_700),
    row("number in the reference field", CERTAIN, {6: 77_700}, reference="Factuur 20260122", cents=77_700),
    row("number in the end-to-end id", CERTAIN, {6: 77_700}, end_to_end="20260122", cents=77_700),
    row(
        "number beside a telephone number",
        CERTAIN,
        {6: 77_700},
        text="20260122 tel 020-1234567",
        cents=77_700,
    ),
    row(
        "a part, by a stranger", LIKELY, {6: 30_000}, "number", "part", text="factuur 20260122", cents=30_000
    ),
    row(
        "a part, from his account",
        CERTAIN,
        {6: 30_000},
        "part",
        "account",
        text="factuur 20260122",
        cents=30_000,
        **BY_GARAGE,
    ),
    row(
        "a part, by the name alone",
        CERTAIN,
        {6: 30_000},
        "name_same",
        text="20260122",
        cents=30_000,
        name="GARAGE FANTASIE",
    ),
    row(
        "a part, by a name alike",
        CERTAIN,
        {6: 30_000},
        "name_alike",
        text="20260122",
        cents=30_000,
        name="Garage Fantasi",
    ),
    row(
        "a part, with his customer number",
        CERTAIN,
        {6: 30_000},
        "customer",
        text="20260122 klantnr 10024",
        cents=30_000,
    ),
    row(
        "a part, with another's customer number",
        LIKELY,
        {6: 30_000},
        "other_payer",
        text="20260122 klant 10023",
        cents=30_000,
    ),
    row(
        "a part, from another's account",
        LIKELY,
        {6: 30_000},
        "other_payer",
        text="20260122",
        cents=30_000,
        iban=KRENT_IBAN,
    ),
    row(
        "the amount, from another's account",
        LIKELY,
        {6: 77_700},
        "other_payer",
        text="20260122",
        cents=77_700,
        iban=KRENT_IBAN,
    ),
    row(
        "the amount, by another's name",
        CERTAIN,
        {6: 77_700},
        "namesake",
        text="20260122",
        cents=77_700,
        name="Kortnummer Handel",
    ),
    row(
        "a part, by another's name",
        LIKELY,
        {6: 30_000},
        text="20260122",
        cents=30_000,
        name="Kortnummer Handel",
    ),
    row(
        "too much, from his account",
        CERTAIN,
        {6: 77_700},
        "over",
        text="20260122",
        cents=80_000,
        left=2_300,
        **BY_GARAGE,
    ),
    row("too much, by a stranger", LIKELY, {6: 77_700}, "over", text="20260122", cents=80_000, left=2_300),
    row(
        "too much, and another number unaccounted for",
        LIKELY,
        {6: 77_700},
        "could_be",
        text="20260122 en 20260555",
        cents=90_000,
        left=12_300,
        **BY_GARAGE,
    ),
    row(
        "two numbers that add up",
        CERTAIN,
        {5: 12_345, 6: 77_700},
        "numbers",
        text="20260121, 20260122",
        cents=90_045,
    ),
    row("the second number shortened", CERTAIN, {5: 12_345, 6: 77_700}, text="20260121 en 122", cents=90_045),
    row(
        "two numbers, only one is paid",
        CERTAIN,
        {6: 77_700},
        text="20260121 / 20260122",
        cents=77_700,
        **BY_GARAGE,
    ),
    row("a range of numbers", CERTAIN, {5: 12_345, 6: 77_700}, text="20260121 t/m 122", cents=90_045),
    row(
        "two numbers, not enough for both",
        LIKELY,
        {5: 12_345, 6: 17_655},
        "part",
        text="20260121 en 20260122",
        cents=30_000,
        **BY_GARAGE,
    ),
    row(
        "one number, and another invoice paid with it",
        CERTAIN,
        {1: 50_000, 2: 12_345},
        "completed",
        text="20260118",
        cents=62_345,
        **BY_KRENT,
    ),
    row(
        "less a credit note",
        CERTAIN,
        {1: 50_000, 3: -5_000},
        "credit",
        text="20260118",
        cents=45_000,
        **BY_KRENT,
    ),
    row(
        "less a credit note that is named",
        CERTAIN,
        {1: 50_000, 3: -5_000},
        text="20260118 -/- 20260107",
        cents=45_000,
    ),
    row(
        "numbers of two debtors of one desk",
        CERTAIN,
        {10: 81_234, 11: 64_321},
        text="20260140 20260141",
        cents=145_555,
        iban=HOLDING_IBAN,
    ),
    row(
        "numbers of two debtors, by a stranger",
        LIKELY,
        {6: 77_700, 10: 81_234},
        text="20260122 20260140",
        cents=158_934,
    ),
    row(
        "a desk pays for another of its group",
        CERTAIN,
        {11: 20_000},
        "group",
        text="20260141",
        cents=20_000,
        iban=HOLDING_IBAN,
    ),
    row(
        "same number at two debtors, told by the name",
        CERTAIN,
        {18: 26_262},
        "name_same",
        text="20260145",
        cents=26_262,
        name="Stg Zorg voor Niets",
    ),
    row(
        "same number at two debtors, told by the account",
        CERTAIN,
        {21: 20_000},
        text="20260145",
        cents=20_000,
        iban=HOLDING_IBAN,
    ),
    row(
        "same number at two debtors, told by the amount", CERTAIN, {18: 26_262}, text="20260145", cents=26_262
    ),
    row("same number at two debtors, told by nothing", LIKELY, {21: 10_000}, text="20260145", cents=10_000),
    row(
        "number of one, amount of another invoice of his",
        LIKELY,
        {5: 12_345},
        "could_be",
        text="20260122",
        cents=12_345,
        **BY_GARAGE,
    ),
    row(
        "the creditor's name in the text as the payer's",
        CERTAIN,
        {6: 30_000},
        text="Garage Fantasie 20260122",
        cents=30_000,
    ),
    row(
        "an invoice in another currency",
        NONE,
        {},
        "other_currency",
        text="20260160",
        cents=40_404,
        left=40_404,
    ),
    row(
        "a payment in another currency",
        NONE,
        {},
        "other_currency",
        text="20260122",
        cents=77_700,
        currency="USD",
        left=77_700,
    ),
    row(
        "a payment in the invoice's other currency",
        CERTAIN,
        {19: 40_404},
        text="20260160",
        cents=40_404,
        currency="USD",
    ),
]

SHORT_AND_NEAR = [
    row("three digits, amount right, stranger", LIKELY, {14: 45_678}, "number", text="118", cents=45_678),
    row("three digits, called an invoice", CERTAIN, {14: 45_678}, "number", text="factuur 118", cents=45_678),
    row(
        "three digits, amount right, his name",
        CERTAIN,
        {14: 45_678},
        text="118",
        cents=45_678,
        name="Kortnummer Handel",
    ),
    row(
        "three digits, a part, his name",
        LIKELY,
        {14: 10_000},
        text="118",
        cents=10_000,
        name="Kortnummer Handel",
    ),
    row(
        "three digits, called an invoice, a part, his name",
        CERTAIN,
        {14: 10_000},
        text="fact. 118",
        cents=10_000,
        name="Kortnummer Handel",
    ),
    row("three digits, amount other, stranger", NONE, {}, text="118", cents=30_000, left=30_000),
    row("four digits, amount right, stranger", CERTAIN, {15: 31_313}, text="2475", cents=31_313),
    row("four digits, a part, stranger", LIKELY, {15: 30_000}, text="2475", cents=30_000),
    row(
        "four digits, a part, his name",
        CERTAIN,
        {15: 10_000},
        text="2475",
        cents=10_000,
        name="Kortnummer Handel",
    ),
    row("four digits that are a year", LIKELY, {16: 7_771}, text="contributie 2026", cents=7_771),
    row("letters and two digits", CERTAIN, {17: 18_181}, text="VF-12", cents=18_181, name="Zorg voor niets"),
    row(
        "letters apart from the digits",
        CERTAIN,
        {17: 18_181},
        text="vf 12",
        cents=18_181,
        name="Zorg voor niets",
    ),
    row(
        "one digit wrong, amount right, his account",
        CERTAIN,
        {6: 77_700},
        "number_near",
        text="20260123",
        cents=77_700,
        **BY_GARAGE,
    ),
    row(
        "two digits changed places, his account",
        CERTAIN,
        {6: 77_700},
        "number_near",
        text="20261022",
        cents=77_700,
        **BY_GARAGE,
    ),
    row(
        "one digit missing, his account",
        CERTAIN,
        {6: 77_700},
        "number_near",
        text="2026122",
        cents=77_700,
        **BY_GARAGE,
    ),
    row(
        "only the end of the number, his account",
        CERTAIN,
        {6: 77_700},
        "number_near",
        text="122",
        cents=77_700,
        **BY_GARAGE,
    ),
    row(
        "one digit wrong, name only alike",
        LIKELY,
        {6: 77_700},
        "number_near",
        text="20260123",
        cents=77_700,
        name="Garage Fantasi",
    ),
    row(
        "one digit wrong in the number, amount other",
        LIKELY,
        {6: 30_001},
        "number_near",
        text="20260222",
        cents=30_001,
        **BY_GARAGE,
    ),
    row("one digit wrong, by a stranger", NONE, {}, text="20260123", cents=77_700, left=77_700),
    row(
        "one digit wrong is another debtor's number",
        CERTAIN,
        {2: 12_345},
        "number_near",
        text="20260129",
        cents=12_345,
        **BY_KRENT,
    ),
]

BY_PAYER = [
    row(
        "known account, amount of one invoice",
        CERTAIN,
        {6: 77_700},
        "only_amount",
        "account",
        cents=77_700,
        **BY_GARAGE,
    ),
    row("known account, a cent off", LIKELY, {6: 77_699}, "fee", cents=77_699, **BY_GARAGE),
    row(
        "same name, amount of one invoice",
        CERTAIN,
        {6: 77_700},
        "name_same",
        cents=77_700,
        name="Garage Fantasie",
    ),
    row(
        "name alike, amount of one invoice",
        LIKELY,
        {6: 77_700},
        "name_alike",
        cents=77_700,
        name="Garage Fantasi",
    ),
    row(
        "another number in the text",
        LIKELY,
        {6: 77_700},
        "could_be",
        text="20260199",
        cents=77_700,
        **BY_GARAGE,
    ),
    row(
        "an order number of the payer's own",
        CERTAIN,
        {6: 77_700},
        text="PO 4500012345",
        cents=77_700,
        **BY_GARAGE,
    ),
    row(
        "a reference that nobody has, known account",
        LIKELY,
        {6: 77_700},
        "could_be",
        reference="090933755493",
        cents=77_700,
        **BY_GARAGE,
    ),
    row("a deposit on an order", LIKELY, {6: 77_700}, text="aanbetaling offerte", cents=77_700, **BY_GARAGE),
    row("a name that two debtors have", LIKELY, {12: 9_950}, "shared", cents=9_950, name="J. de Vries"),
    row("an account that two debtors have", LIKELY, {12: 9_950}, "shared", cents=9_950, iban=SHARED_IBAN),
    row(
        "a name that two debtors have, with the number",
        CERTAIN,
        {13: 9_950},
        text="20260151",
        cents=9_950,
        name="J. de Vries",
    ),
    row(
        "all that is open", CERTAIN, {1: 50_000, 2: 12_345, 3: -5_000}, "everything", cents=57_345, **BY_KRENT
    ),
    row(
        "all that is open, name alike",
        LIKELY,
        {1: 50_000, 2: 12_345, 3: -5_000},
        "everything",
        text="alles",
        cents=57_345,
        name="Bakkerij De Verzonen Krent",
    ),
    row("a round part of his account", LIKELY, {1: 30_000}, "oldest", cents=30_000, **BY_KRENT),
    row(
        "a round part larger than the oldest",
        LIKELY,
        {1: 50_000, 2: 10_000},
        "oldest",
        cents=60_000,
        iban=KRENT_IBAN,
    ),
    row("an odd part of his account", NONE, {}, cents=30_001, left=30_001, **BY_KRENT),
    row("a digit mistyped in the amount", LIKELY, {2: 12_345}, "slip", cents=12_945, left=600, **BY_KRENT),
    row(
        "two digits changed places in the amount",
        LIKELY,
        {2: 12_345},
        "slip",
        cents=21_345,
        left=9_000,
        **BY_KRENT,
    ),
    row("less a usual discount, no number", LIKELY, {6: 76_146}, "discount", cents=76_146, **BY_GARAGE),
    row("nothing is known", NONE, {}, text="huur oktober", left=50_000),
    row("no text, a strange account", NONE, {}, iban=STRANGE_IBAN, left=50_000),
    row(
        "a group's account and the amount of another of them",
        LIKELY,
        {11: 64_321},
        "group",
        cents=64_321,
        iban=HOLDING_IBAN,
    ),
]

CLOSED_AND_DAYS = [
    row("an invoice that is closed", LIKELY, {}, "paid_twice", text="20260090", cents=40_000, left=40_000),
    row(
        "closed, and the amount of another of his",
        LIKELY,
        {1: 50_000},
        "could_be",
        text="20260090",
        cents=50_000,
        **BY_KRENT,
    ),
    row(
        "on the day of the state",
        LIKELY,
        {7: 100_000},
        "same_day",
        text="20260130",
        cents=100_000,
        **BY_GARAGE,
    ),
    row(
        "the day after the state",
        CERTAIN,
        {7: 100_000},
        text="20260130",
        cents=100_000,
        booked=BOOKED + timedelta(days=1),
    ),
    row(
        "the day of the state is unknown",
        LIKELY,
        {8: 33_300},
        "day_unknown",
        text="20260131",
        cents=33_300,
        **BY_GARAGE,
    ),
    row(
        "before the state, paid in the past",
        CERTAIN,
        {9: 21_000},
        "history",
        text="20260132",
        cents=21_000,
        booked=STATE - timedelta(days=1),
    ),
    row(
        "before the state, which shows no payment",
        LIKELY,
        {},
        "before_export",
        text="20260122",
        cents=77_700,
        booked=STATE - timedelta(days=1),
        left=77_700,
    ),
    row(
        "after the state, paid in the past",
        LIKELY,
        {},
        "paid_twice",
        text="20260132",
        cents=21_000,
        left=21_000,
    ),
]

NO_CUSTOMER = [
    row(
        "card payments settled",
        NONE,
        {},
        "collective",
        name="Mollie Payments",
        text="settlement 123",
        left=50_000,
    ),
    row(
        "a settlement with the amount of an invoice of his",
        NONE,
        {},
        "collective",
        name="Adyen NV",
        cents=12_345,
        left=12_345,
    ),
    row(
        "card company, invoice and amount named",
        LIKELY,
        {6: 77_700},
        "collective",
        name="Stripe",
        text="20260122",
        cents=77_700,
    ),
    row("pay", NONE, {}, "collective", text="Salaris oktober", left=50_000),
    row("tax given back", NONE, {}, "collective", name="Belastingdienst", text="teruggaaf", left=50_000),
    row(
        "a customer who writes settlement",
        CERTAIN,
        {6: 77_700},
        text="settlement invoice 20260122",
        cents=77_700,
    ),
    row(
        "money that came back",
        NONE,
        {},
        "returned",
        text="20260122",
        cents=77_700,
        returned=True,
        left=77_700,
    ),
    row("nothing came in", NONE, {}, text="20260122", cents=0),
]

ROWS = [*BY_REFERENCE, *BY_NUMBER, *SHORT_AND_NEAR, *BY_PAYER, *CLOSED_AND_DAYS, *NO_CUSTOMER]


@pytest.mark.parametrize(("certainty", "parts", "left", "by", "facts"), ROWS)
def test_what_a_payment_is_for(certainty, parts, left, by, facts):
    found = explained(**facts)
    assert (found.certainty.name.lower(), taken(found), found.left_cents) == (certainty, parts, left), codes(
        found
    )
    assert set(by) <= set(codes(found))


def test_ids_are_sentences_of_their_own():
    assert len({r.id for r in ROWS}) == len(ROWS) >= 80


def discounted(days_after, percent=2, **facts):
    """Invoice 20260122, paid with a discount so many days after its due date."""
    booked = ISSUED + timedelta(days=30 + days_after)
    return explained("20260122", 77_700 - 777 * percent, booked=booked, **BY_GARAGE, **facts)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        pytest.param(discounted(5), "discount", id="two percent on the last day of grace"),
        pytest.param(discounted(6), "fee", id="two percent a day later: a shortage"),
        pytest.param(discounted(5, percent=1), "discount", id="one percent"),
        pytest.param(discounted(5, percent=4), "part", id="four percent is not usual"),
        pytest.param(
            explained("20260122", 76_416, **BY_GARAGE), "discount", id="two percent of the amount without VAT"
        ),
        pytest.param(explained("20260122", 75_200, **BY_GARAGE), "fee", id="the largest bank fee"),
        pytest.param(explained("20260122", 75_199, **BY_GARAGE), "part", id="a cent more is a part payment"),
        pytest.param(
            explained("20260121", 11_111, **BY_GARAGE), "fee", id="a tenth of the amount may be a fee"
        ),
        pytest.param(explained("20260121", 11_110, **BY_GARAGE), "part", id="more than a tenth may not"),
    ],
)
def test_what_is_called_a_discount_or_a_fee(found, code):
    assert code in codes(found)
    assert found.certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("rules", "certainty"),
    [
        pytest.param(replace(USUAL, alike=96), Certainty.CERTAIN, id="just alike enough"),
        pytest.param(replace(USUAL, alike=97), Certainty.LIKELY, id="a hundredth short"),
    ],
)
def test_how_alike_a_name_must_be(rules, certainty):
    assert explained("20260122", 30_000, name="Garage Fantasi", rules=rules).certainty is certainty


def test_a_person_is_only_who_he_is_called():
    persons = tuple(replace_payer(p, exact=True) for p in PAYERS)
    assert explained("20260122", 30_000, name="Garage Fantasi", payers=persons).certainty is Certainty.LIKELY


def replace_payer(payer: Payer, **changed) -> Payer:
    return payer._replace(**changed)


@pytest.mark.parametrize(("cents", "code"), [(30_000, "oldest"), (30_100, None)], ids=["round", "not round"])
def test_only_a_round_part_goes_to_the_oldest(cents, code):
    assert (codes(explained("", cents, **BY_KRENT))[:1] or [None])[0] == code


SEVERAL = tuple(
    item(n, KRENT, f"20260{n:03}", cents) for n, cents in enumerate((12_317, 45_671, 30_013, 88_807), 201)
)


@pytest.mark.parametrize(
    ("amounts", "cents", "certainty"),
    [
        pytest.param(
            (123_171, 456_717, 300_131), 423_302, Certainty.CERTAIN, id="two of three, hardly chance"
        ),
        pytest.param((10_000, 20_000, 40_000), 30_000, Certainty.LIKELY, id="round amounts meet by chance"),
        pytest.param(
            (123_171, 456_717, 123_171, 300_131), 423_302, Certainty.LIKELY, id="two choices add up"
        ),
        pytest.param((123_171, 456_717), 579_888, Certainty.CERTAIN, id="all that is open"),
    ],
)
def test_invoices_that_add_up(amounts, cents, certainty):
    items = [item(n, KRENT, f"20260{n}", amount) for n, amount in enumerate(amounts, 201)]
    found = explained("", cents, items=items, **BY_KRENT)
    assert (found.certainty, sum(taken(found).values())) == (certainty, cents)


@pytest.mark.parametrize(("others", "certainty"), [(2, Certainty.CERTAIN), (3, Certainty.LIKELY)])
def test_an_amount_that_many_invoices_have_tells_little(others, certainty):
    items = [item(1, KRENT, "20260301", 2_499)] + [
        item(n, GARAGE, f"20260{n}", 2_499) for n in range(400, 400 + others)
    ]
    assert explained("", 2_499, items=items, **BY_KRENT).certainty is certainty
    assert explained("20260301", 2_499, items=items, iban=STRANGE_IBAN).certainty is certainty


def test_alternatives_are_the_next_best_and_three_at_most():
    items = [item(n, KRENT, f"2026{n}", 2_500) for n in range(1001, 1009)]
    found = explained("", 2_500, items=items, **BY_KRENT)
    assert found.certainty is Certainty.LIKELY
    assert 1 <= len(found.alternatives) <= 3
    assert all(a.certainty is Certainty.LIKELY and not a.alternatives for a in found.alternatives)


def test_nothing_fuzzy_stands_in_the_table_alone():
    fuzzy_which = {Which.NEAR, Which.SHORT, Which.AMOUNT, Which.ALL, Which.SUBSET, Which.OLDEST}
    exact_who = {Who.ACCOUNT, Who.NAME}
    for (which, fit), who in CERTAIN_WHEN.items():
        if which in fuzzy_which - {Which.SHORT}:
            assert who <= exact_who, (which, fit)
            assert fit is Fit.EXACT
    assert not any(
        which is Which.OLDEST or fit in (Fit.SLIP, Fit.SPREAD, Fit.CLOSED) for which, fit in CERTAIN_WHEN
    )
    assert not any(
        is_certain(w, f, Who.OTHER) for w in Which for f in Fit if (w, f) != (Which.REFERENCE, Fit.EXACT)
    )


def test_two_payments_of_a_chunk_never_take_the_same_euro():
    from beluur.domain.reconciliation.candidates import Candidates
    from beluur.domain.reconciliation.explain import explain

    candidates = Candidates(ITEMS, PAYERS)
    first = explain(payment("20260122", 77_700), candidates)
    candidates.take(first)
    second = explain(payment("20260122", 77_700), candidates)
    assert (first.certainty, codes(second)) == (Certainty.CERTAIN, ["paid_twice"])


def test_a_state_of_yesterday_and_a_state_of_tomorrow():
    day = date(2026, 11, 10)
    items = [item(1, GARAGE, "20260122", 500, as_of=day, past_cents=500)]
    assert [
        (found.certainty.name, [p.lowers for p in found.parts])
        for found in (
            explained("20260122", 500, items=items, booked=day + timedelta(days=d)) for d in (-1, 0, 1)
        )
    ] == [("CERTAIN", [False]), ("LIKELY", [True]), ("CERTAIN", [True])]
