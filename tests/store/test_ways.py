"""On which numbers a debtor may be reached: read for who does not answer, in the order in which to try."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.leave_call import leave_call
from beluur.actions.once import Doer
from beluur.actions.open_call import open_call
from beluur.actions.plan_next_steps import plan_debtors
from beluur.domain.case import Way
from beluur.queries.today import today
from beluur.store.load import load_case
from beluur.store.load.ways import Person, ways
from beluur.store.models import Call, Contact, Debtor
from tests.rows import MOMENT, make_administration, make_debtor, make_invoice, make_user


def person(i: int, phone: str = "", mobile: str = "", **over: object) -> Person:
    facts = {
        "email": "",
        "phone_invalid": False,
        "for_payments": False,
        "name": f"Persoon {i}",
        "position": i,
    }
    return Person(phone=phone, mobile=mobile, id=i, **{**facts, **over})


@pytest.mark.parametrize(
    ("switchboard", "people", "numbers"),
    [
        pytest.param("020 123 45 00", [], ["+31201234500"], id="the switchboard alone"),
        pytest.param("", [], [], id="no number at all"),
        pytest.param("geen", [], [], id="what is no number is none"),
        pytest.param(
            "020 123 45 00",
            [person(1, "020 123 45 01", "06 12345678")],
            ["+31201234501", "+31612345678", "+31201234500"],
            id="direct, mobile, switchboard",
        ),
        pytest.param(
            "",
            [person(1, "020 123 45 01"), person(2, "020 123 45 02", for_payments=True)],
            ["+31201234502", "+31201234501"],
            id="who is for payments goes first",
        ),
        pytest.param(
            "+31 20 123 45 01", [person(1, "020 123 45 01")], ["+31201234501"], id="one number is one way"
        ),
        pytest.param(
            "020 123 45 01",
            [person(1, "020 123 45 01", "06 12345678", phone_invalid=True)],
            ["+31612345678"],
            id="a wrong number is not dialled, at the switchboard neither",
        ),
    ],
)
def test_the_order(switchboard, people, numbers):
    assert [way.number for way in ways(switchboard, people, "NL")] == numbers


@pytest.fixture
def debtor() -> Debtor:
    house = make_administration()
    found = make_debtor(house, phone="020 123 45 00")
    make_invoice(found, due="2026-10-12")
    Contact.objects.create(administration=house, debtor=found, name="Ali Bedacht", mobile="06 12345678")
    return found


def missed(debtor: Debtor, times: int, number: str, first) -> None:
    user = make_user(debtor.administration)
    for n in range(times):
        at = first + timedelta(days=2 * n, hours=5 * (n % 2))
        Call.objects.create(
            administration=debtor.administration, debtor=debtor, caller=user, state="ended", opened_at=at,
            ended_at=at, lease_until=at, outcome="no_answer", number=number,
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.database
def test_who_was_missed_often_is_called_on_another_number_before_we_write(debtor):
    here = debtor.administration_id
    assert load_case(here, debtor.id).ways == ()
    missed(debtor, 5, "+31612345678", MOMENT - timedelta(days=20))
    case = load_case(here, debtor.id)
    assert case.ways == (
        Way("+31612345678", Contact.objects.get().id, "Ali Bedacht"),
        Way("+31201234500"),
    )
    plan_debtors(here, [debtor.id], MOMENT)
    debtor.refresh_from_db()
    assert debtor.step == "call_again"
    missed(debtor, 2, "+31201234500", MOMENT - timedelta(days=8))
    plan_debtors(here, [debtor.id], MOMENT)
    debtor.refresh_from_db()
    assert debtor.step == "other_channel"


@pytest.mark.django_db
@pytest.mark.database
def test_the_call_and_the_list_dial_the_other_number_and_who_rings_us_is_who_he_was(debtor):
    here = debtor.administration_id
    Contact.objects.filter(debtor=debtor).update(for_payments=True)
    other = Contact.objects.create(
        administration=debtor.administration, debtor=debtor, name="Bea Bedacht", phone="020 123 45 99"
    )
    missed(debtor, 5, "+31612345678", MOMENT - timedelta(days=20))
    plan_debtors(here, [debtor.id], MOMENT)
    first = today(here, MOMENT).first
    assert first is not None
    assert (first.contact, first.tel) == ("Bea Bedacht", "+31201234599")
    doer = Doer(here, MOMENT, make_user(debtor.administration).id, "Bo")
    row = Call.objects.get(id=open_call(doer, debtor.id).call_id)
    assert (row.contact_id, row.number) == (other.id, "+31201234599")
    leave_call(doer, row.id)
    rang = Call.objects.get(id=open_call(doer, debtor.id, incoming=True).call_id)
    assert rang.number == "+31612345678"
