"""Many who bear one name: how many of them are looked up, and who of them all the same."""

from __future__ import annotations

import pytest

from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.signals import signals
from beluur.store.load.candidates import MOST_BEARERS, Books
from beluur.store.models import DebtorKey
from tests.actions.bank.desk import Desk
from tests.bank_files import NOBODY, TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAME = "J. Verzonnen"
MANY = MOST_BEARERS + 4


def paid(text: str = "", cents: int = 50_00, iban: str = NOBODY) -> Incoming:
    return Incoming(1, cents, "EUR", TUESDAY, "J VERZONNEN", iban, "", text)


@pytest.fixture
def bearers(desk: Desk) -> list[int]:
    """As many as are known, each with an invoice of his own, in the order of their ids."""
    found = [desk.world.debtor(NAME, phone="+31 20 123 45 00") for _ in range(MANY)]
    for n, debtor in enumerate(found):
        desk.world.invoice(debtor, f"2026{n:04}", 100_00 + n)
    return found


def test_the_first_few_are_loaded_and_of_these_eight_with_what_they_owe(
    desk: Desk, bearers: list[int]
) -> None:
    payment, books = paid(), Books(desk.id)
    candidates, signs = books.candidates([payment], [signals(payment)])
    owing = [debtor for debtor in bearers if candidates.by_debtor(debtor)]
    assert sorted(signs[1].namesakes) == bearers[:MOST_BEARERS]
    assert owing == bearers[: books.rules.most_debtors]


def test_the_last_is_one_of_them_where_his_invoice_is_named(desk: Desk, bearers: list[int]) -> None:
    payment, books = paid(f"2026{MANY - 1:04}"), Books(desk.id)
    candidates, signs = books.candidates([payment], [signals(payment)])
    assert bearers[-1] in signs[1].namesakes
    assert candidates.by_debtor(bearers[-1])


def test_the_first_look_asks_for_nobodys_name_where_the_account_says_who_pays(
    desk: Desk, bearers: list[int]
) -> None:
    his = "NL91ABNA0417164300"
    owner = desk.world.debtor("Bakkerij Proefkruimel")
    DebtorKey.objects.create(administration_id=desk.id, debtor_id=owner, kind="iban", value=his)
    desk.world.invoice(owner, "20269001", 50_00)
    by_himself, by_another = (paid("20269001", iban=iban) for iban in (his, NOBODY))
    looks = [Books(desk.id).named([signals(payment)]) for payment in (by_himself, by_another)]
    assert [len(candidates.by_name(NAME)) for candidates in looks] == [0, MOST_BEARERS]


def test_what_one_look_read_is_forgotten_at_the_next(desk: Desk, bearers: list[int]) -> None:
    books, payment = Books(desk.id), paid(iban="NL91ABNA0417164300")
    for known in (False, True):
        books.named([signals(payment)])
        candidates, _ = books.candidates([payment], [signals(payment)])
        assert bool(candidates.by_iban(payment.iban)) is known
        DebtorKey.objects.create(
            administration_id=desk.id, debtor_id=bearers[0], kind=("iban", "payer")[known], value=payment.iban
        )
