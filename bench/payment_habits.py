"""Every habit and its weight within its class. A habit that does not fit the case gives None, and another is drawn."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from itertools import accumulate

from bench import payment_awful as awful
from bench import payment_good as good
from bench import payment_others as others
from bench import payment_sloppy as sloppy
from bench import payment_sums as sums
from bench import payment_unrelated as unrelated
from bench.payment_case import Case, Draft

Habit = Callable[[Case], Draft | None]
CLASSES = ("good", "sloppy", "awful")
# By 6 careful and 4 careless debtors in ten this makes 70, 20 and 10 in a hundred.
SHARES = ((80, 14, 6), (55, 29, 16))
FAITHFUL = 0.6  # how often a debtor keeps to the habit that is his own

GOOD: dict[Habit, int] = {
    good.structured: 80,
    good.structured_and_number: 8,
    good.number_alone: 16,
    good.number_with_word: 20,
    good.number_with_date: 5,
    good.number_with_customer: 7,
    good.number_with_month: 2,
    good.by_software: 8,
    good.with_name: 4,
    good.by_direct_debit: 60,
}
SLOPPY: dict[Habit, int] = {
    sloppy.number_with_blanks: 8,
    sloppy.number_with_prefix: 6,
    sloppy.number_without_signs: 8,
    sloppy.number_glued: 4,
    sloppy.number_broken: 4,
    sloppy.number_among_others: 5,
    sloppy.short_suffix: 6,
    sloppy.suffix_alone: 3,
    sloppy.two_numbers: 8,
    sloppy.several_numbers: 9,
    sloppy.short_pair: 5,
    sloppy.number_range: 9,
    sloppy.months_named: 1,
    sloppy.month_named: 2,
    sloppy.date_instead: 1,
    sloppy.order_instead: 9,
    sloppy.customer_instead: 3,
    sloppy.reference_in_text: 16,
    sloppy.in_end_to_end: 2,
    sloppy.owners_name: 3,
    sloppy.name_on_the_door: 4,
    sloppy.second_account: 20,
    sums.minus_discount: 4,
    sums.minus_bank_fee: 1,
    sums.rounded: 3,
    sums.mistyped_cents: 1,
    sums.part: 6,
    others.privately: 4,
    others.privately_with_company: 2,
    others.group_for_one: 60,
    others.bookkeeper_for_one: 3,
    others.provider_for_one: 4,
    others.friend_with_number: 1,
}
AWFUL: dict[Habit, int] = {
    awful.no_text: 14,
    awful.bare_word: 14,
    awful.no_text_from_elsewhere: 5,
    awful.digit_wrong: 7,
    awful.digits_swapped: 6,
    awful.reference_wrong: 9,
    awful.last_months_number: 5,
    awful.own_entry_number: 3,
    awful.cut_by_the_bank: 5,
    awful.paid_twice: 8,
    awful.debit_returned: 4,
    awful.refunded: 1,
    sums.part_without_a_number: 3,
    sums.everything: 7,
    sums.everything_due: 10,
    sums.overpaid: 3,
    sums.refund_wanted: 1,
    sums.credit_set_off: 60,
    others.group_for_several: 100,
    others.bookkeeper_for_several: 4,
    others.provider_payout: 3,
    others.friend: 4,
    unrelated.tax_refund: 2,
    unrelated.interest: 1,
    unrelated.salary_came_back: 1,
    unrelated.own_transfer: 2,
    unrelated.supplier_refund: 2,
    unrelated.meant_for_another: 2,
    unrelated.insurance: 1,
}
TABLES = {"good": GOOD, "sloppy": SLOPPY, "awful": AWFUL}
_DRAWN = {name: (tuple(table), tuple(accumulate(table.values()))) for name, table in TABLES.items()}
_SHARES = tuple(tuple(accumulate(shares)) for shares in SHARES)


def choose(case: Case) -> tuple[str, str, Draft]:
    """The class, the name of the habit, and what he pays; the amount is never 0."""
    draw = case.draw
    grade = draw.choices(CLASSES, cum_weights=_SHARES[case.debtor.care])[0]
    habits, weights = _DRAWN[grade]
    at = case.debtor.quirk if draw.random() < FAITHFUL else draw.random()
    while True:
        habit = habits[bisect(weights, at * weights[-1])]
        draft = habit(case)
        if draft is not None and draft.cents:
            return grade, habit.__name__, draft
        at = draw.random()
