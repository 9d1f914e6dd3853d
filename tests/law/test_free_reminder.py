"""How long a Belgian consumer has after the free first reminder (art. XIX.2 WER)."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.law.order import free_reminder_ends

MAIL, POST = False, True
CASES = {
    "by mail it begins the day after": (MAIL, date(2026, 11, 13), date(2026, 11, 27)),
    "by mail a last day on Sunday is Monday": (MAIL, date(2026, 11, 15), date(2026, 11, 30)),
    "by post it begins on the third working day": (POST, date(2026, 11, 5), date(2026, 11, 23)),
    "the eleventh of November is no working day": (POST, date(2026, 11, 9), date(2026, 11, 26)),
    "Christmas is none either": (POST, date(2026, 12, 23), date(2027, 1, 11)),
}


@pytest.mark.parametrize(("by_post", "sent", "last"), CASES.values(), ids=CASES)
def test_the_last_of_the_fourteen_days(by_post, sent, last):
    assert free_reminder_ends(sent, by_post=by_post) == last
