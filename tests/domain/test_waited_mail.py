"""Which mail may still leave as it was written, once somebody signed in again."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.domain.waited_mail import AGREED, ASKING, WaitedMail, why_look_first

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
OTHERS = frozenset(("invoice_copy", "reply", "dispute_answer", "delivery_question"))

EVERY = {
    "something happened": ({"happened": True}, ASKING | AGREED | OTHERS),
    "a later mail takes its place": ({"followed": True}, ASKING | AGREED | OTHERS),
    "what it speaks of is over": ({"passed": True}, ASKING | AGREED | OTHERS),
    "he is not to be asked": ({"halted": True}, ASKING),
    "he paid perhaps": ({"perhaps_paid": True}, ASKING),
    "it is of yesterday": ({"written_on": MONDAY}, ASKING),
    "nothing changed": ({}, frozenset[str]()),
}


@pytest.mark.parametrize(("facts", "kinds"), EVERY.values(), ids=EVERY)
def test_a_person_looks_first_when(facts, kinds):
    every = ASKING | AGREED | OTHERS
    mails = [WaitedMail(kind, **{"written_on": TUESDAY} | facts) for kind in sorted(every)]
    assert {m.kind for m in mails if why_look_first(m, TUESDAY)} == kinds
