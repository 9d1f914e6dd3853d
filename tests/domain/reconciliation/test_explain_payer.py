"""What a payment is for when it names no invoice, when the invoice is closed, and on the days around a state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.reconciliation.books import (
    BOOKED,
    BY_GARAGE,
    BY_KRENT,
    CERTAIN,
    HOLDING_IBAN,
    KRENT_IBAN,
    LIKELY,
    NONE,
    SHARED_IBAN,
    STATE,
    STRANGE_IBAN,
    check,
    row,
)

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
        CERTAIN,
        {6: 77_700},
        "number",
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


@pytest.mark.parametrize(
    ("certainty", "parts", "left", "by", "facts"), [*BY_PAYER, *CLOSED_AND_DAYS, *NO_CUSTOMER]
)
def test_what_a_payment_is_for(certainty, parts, left, by, facts):
    check(certainty, parts, left, by, facts)
