"""Which day a reminder asks for: a week or so, and of a Belgian consumer no day within the term of the free first one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from beluur.domain.case import DebtorKind
from beluur.queries.reminder_mail import pay_by
from tests.domain.builders import TODAY, case, invoice, reminder

DUTCH = case(invoice())
FLEMING = case(invoice(), kind=DebtorKind.CONSUMER, country="BE", time_zone="Europe/Brussels")
WEEK_AGO = replace(FLEMING, reminders=(reminder(7),))
POSTED = replace(FLEMING, reminders=(replace(reminder(7), channel="letter"),))
MAIL, POST = False, True
CASES = {
    "a Dutch company by mail: a week": (DUTCH, 1, MAIL, 7),
    "a Belgian company too": (replace(FLEMING, kind=DebtorKind.BUSINESS), 1, MAIL, 7),
    "a Belgian consumer by mail: fourteen days": (FLEMING, 1, MAIL, 14),
    "by post they begin on the third working day": (FLEMING, 1, POST, 16),
    "the second does not ask for it sooner than the first": (WEEK_AGO, 2, MAIL, 7),
    "nor sooner than a first that was posted": (POSTED, 2, MAIL, 9),
    "the last one leaves its own days": (replace(FLEMING, reminders=(reminder(30),)), 100, MAIL, 7),
}


@pytest.mark.parametrize(("debtor", "level", "by_post", "days"), CASES.values(), ids=CASES)
def test_the_day_that_is_asked_for(debtor, level, by_post, days):
    assert pay_by(debtor, level, TODAY, by_post=by_post) == TODAY + timedelta(days=days)
