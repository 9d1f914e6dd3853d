"""A debtor whose clock is not ours stands at our hour that is his golden one."""

from __future__ import annotations

import pytest

from beluur.domain.local_time import local
from beluur.queries.call_screen import call_screen
from beluur.queries.today import today
from tests.actions.calls import opened
from tests.world import NOW, make_world

pytestmark = pytest.mark.django_db
OVERSEAS = {
    "in Curaçao half past nine is our half past two": ("CW", "14:30"),
    "in Lisbon half past nine is our half past ten": ("PT", "10:30"),
    "at home it is now": ("NL", "09:30"),
}


@pytest.mark.parametrize(("country", "begins"), OVERSEAS.values(), ids=OVERSEAS)
def test_his_call_stands_at(country, begins):
    world = make_world()
    debtor = world.debtor(country=country, phone="+31 20 123 45 00")
    world.invoice(debtor, "F1", 500_00)
    [group] = today(world.id, NOW).groups
    assert f"{local(group.slot.start, 'Europe/Amsterdam'):%H:%M}" == begins


def test_the_number_of_a_debtor_abroad_is_shown_as_we_dial_it():
    world = make_world()
    debtor = world.debtor(country="BE", phone="02 123 00 13")
    world.invoice(debtor, "F1", 500_00)
    first = today(world.id, NOW).first
    call = opened(world.doer, debtor)
    assert first
    assert (first.phone, first.tel) == ("+32 2 123 00 13", "+3221230013")
    assert call_screen(world.id, call, NOW).numbers[0].readable == "+32 2 123 00 13"
