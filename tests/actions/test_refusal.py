"""Who says no hears in writing, within minutes, what follows: also when that is a letter and not a call (E2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.domain.steps import Step
from beluur.store.models import Debtor, Message
from beluur.words import long_date_text
from tests.actions.calls import hold_call
from tests.world import TODAY, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_mail_names_the_day_on_which_we_write():
    world = make_world()
    debtor = world.debtor(
        "Marie Fictive", kind="consumer", country="BE", language="nl-BE", phone="02 123 45 00"
    )
    Debtor.objects.filter(id=debtor).update(email="marie@example.org")
    world.invoice(debtor, "F1", 100_00, late=30)
    hold_call(
        world.doer, debtor, CallReport(outcome=Outcome.REACHED, refused=True, discussed="Ik betaal niet")
    )
    row = Debtor.objects.get(id=debtor)
    tomorrow = TODAY + timedelta(days=1)
    assert (row.step, row.step_on) == (Step.REMIND_FIRST, tomorrow)
    assert (
        f"Op {long_date_text(tomorrow, 'nl')} nemen wij weer contact met u op." in Message.objects.get().text
    )
