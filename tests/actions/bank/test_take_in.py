"""A statement taken in: only what is new, once, in any format; how far each account is known; what is announced."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest

from beluur.actions.intake.publish import publish_all, publish_intake, publish_slice, publish_waiting
from beluur.store.load import bank_reach
from beluur.store.models import Allocation, BankAccount, BankStatement, Debtor, Intake, Payment, StagedRow
from beluur.values.problem import Refused
from tests.actions.bank.desk import FRIDAY, Desk, one, opens, reach, states, warned
from tests.bank_files import (
    ACCOUNT,
    FICTIEF,
    KRUIMEL,
    NOBODY,
    SECOND,
    TUESDAY,
    Pay,
    camt052,
    camt053,
    coda,
    ing_csv,
    mt940,
    mt942,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
TWICE = (Pay(100_00, "Factuur 2026-1"), Pay(100_00, "Factuur 2026-2"))
THREE = (Pay(100_00, "Factuur 2026-1"), Pay(40_00, "Factuur 2026-2"), Pay(7_00, "koffie", NOBODY, "Anoniem"))


@pytest.fixture
def bakery(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-1", 100_00), ("2026-2", 100_00))
    return desk


def packed(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return made.getvalue()


FORMATS = [
    pytest.param(mt940, id="MT940"),
    pytest.param(camt053, id="CAMT"),
    pytest.param(ing_csv, id="a list"),
    pytest.param(coda, id="CODA"),
]


# -- once -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", FORMATS)
def test_a_statement_is_booked_on_what_it_names(bakery: Desk, written) -> None:
    bakery.take(written(*THREE))
    assert opens() == {"2026-1": 0, "2026-2": 60_00}
    assert sorted(states()) == [(7_00, "unexplained"), (40_00, "explained"), (100_00, "explained")]


@pytest.mark.parametrize("written", FORMATS)
def test_the_same_statement_again_adds_nothing(bakery: Desk, written) -> None:
    bakery.take(written(*THREE))
    again = bakery.take(written(*THREE))
    assert Payment.objects.count() == 3
    assert Intake.objects.get(id=again).summary["lines_new"] == 0


@pytest.mark.parametrize("second", [mt940, camt053, ing_csv])
@pytest.mark.parametrize("first", [mt940, camt053, ing_csv])
def test_the_same_days_in_another_format_add_nothing(bakery: Desk, first, second) -> None:
    bakery.take(first(*THREE))
    bakery.take(second(*THREE))
    assert Payment.objects.count() == 3


@pytest.mark.parametrize("written", [mt940, camt053, ing_csv])
def test_three_formats_in_one_drop_are_one(bakery: Desk, written) -> None:
    bakery.take(mt940(*THREE), camt053(*THREE), ing_csv(*THREE))
    assert Payment.objects.count() == 3


def test_a_zip_with_two_formats_of_the_same_days_is_one(bakery: Desk) -> None:
    bakery.take(packed(a_sta=mt940(*THREE), b_xml=camt053(*THREE)))
    assert Payment.objects.count() == 3


@pytest.mark.parametrize("written", FORMATS)
def test_two_equal_payments_on_a_day_stay_two(bakery: Desk, written) -> None:
    bakery.take(written(*TWICE))
    assert opens() == {"2026-1": 0, "2026-2": 0}


def test_two_overlapping_lists_are_the_whole(bakery: Desk) -> None:
    days = [Pay(10_00 + n, on=TUESDAY + timedelta(days=n)) for n in range(3)]
    bakery.take(ing_csv(*days[:2]))
    bakery.take(ing_csv(*days[1:]))
    assert [cents for cents, _ in states()] == [10_00, 10_01, 10_02]


def test_a_day_that_was_half_is_made_whole(bakery: Desk) -> None:
    bakery.take(ing_csv(TWICE[0]))
    bakery.take(ing_csv(*TWICE))
    assert opens() == {"2026-1": 0, "2026-2": 0}


def test_an_account_known_by_its_old_number_is_the_one_of_the_iban(bakery: Desk) -> None:
    bakery.take(mt940(*THREE, account="0417164300"))
    bakery.take(camt053(*THREE))
    assert (BankAccount.objects.count(), Payment.objects.count()) == (1, 3)


def test_a_second_currency_of_one_number_is_an_account_of_its_own(bakery: Desk) -> None:
    bakery.take(mt940(TWICE[0]))
    bakery.take(mt940(TWICE[0], currency="USD"))
    assert sorted(BankAccount.objects.values_list("currency", flat=True)) == ["EUR", "USD"]
    assert opens() == {"2026-1": 0, "2026-2": 100_00}, "dollars pay no euros"


def test_two_accounts_in_one_drop(bakery: Desk) -> None:
    bakery.take(mt940(TWICE[0]), mt940(TWICE[1], account=SECOND, day=WEDNESDAY))
    assert (reach(ACCOUNT), reach(SECOND)) == (TUESDAY, WEDNESDAY)
    assert bank_reach(bakery.id) == TUESDAY
    assert opens() == {"2026-1": 0, "2026-2": 0}


def test_a_line_of_nothing_does_no_harm(bakery: Desk) -> None:
    bakery.take(mt940(Pay(0, "Informatie"), TWICE[0]))
    assert opens()["2026-1"] == 0


def test_a_statement_without_a_line_moves_what_is_known(bakery: Desk) -> None:
    bakery.take(mt940(TWICE[0]))
    bakery.take(mt940(number=12, opening=100_00, day=THURSDAY, since=TUESDAY))
    assert (reach(), Payment.objects.count()) == (THURSDAY, 1)


def test_before_it_is_taken_over_nothing_is_known(bakery: Desk) -> None:
    bakery.stage(mt940(*THREE))
    assert (BankAccount.objects.count(), BankStatement.objects.count(), Payment.objects.count()) == (0, 0, 0)
    assert opens() == {"2026-1": 100_00, "2026-2": 100_00}


def test_invoices_and_the_statement_that_pays_them_in_one_drop(desk: Desk) -> None:
    export = (
        "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand\n"
        "1;Bakkerij Proefkruimel;2026-1;01-10-2026;31-10-2026;100,00;100,00\n"
    )
    desk.take(mt940(Pay(100_00, "Factuur 2026-1", on=FRIDAY + timedelta(days=1))), export, on=FRIDAY)
    assert opens() == {"2026-1": 0}


# -- how far ----------------------------------------------------------------------------------------------------------


def test_an_older_statement_adds_its_lines_and_moves_nothing_back(bakery: Desk) -> None:
    bakery.take(mt940(TWICE[0], number=12, day=THURSDAY))
    bakery.take(mt940(Pay(5_00, on=TUESDAY - timedelta(days=7)), number=11))
    assert (reach(), Payment.objects.count()) == (THURSDAY, 2)
    assert BankAccount.objects.get().closing_cents == 100_00


@pytest.mark.parametrize(
    ("second", "codes", "known_to"),
    [
        pytest.param({"number": 12, "opening": 100_00}, [], THURSDAY, id="that follows"),
        pytest.param({"number": 13, "opening": 70_00}, ["bank.gap"], TUESDAY, id="with one missing in between"),
        pytest.param(
            {"number": 13, "opening": 100_00}, ["bank.gap"], THURSDAY, id="a number skipped, but to the cent"
        ),
        pytest.param({"number": 12, "opening": 70_00}, ["bank.does_not_follow"], TUESDAY, id="that does not follow"),
        pytest.param({"number": 12, "opening": 100_00, "wrong": 5}, ["bank.balance"], TUESDAY, id="that does not add up"),
    ],
)  # fmt: skip
def test_the_next_statement(bakery: Desk, second: dict[str, int], codes: list[str], known_to: date) -> None:
    bakery.take(mt940(TWICE[0]))
    intake = bakery.take(mt940(Pay(5_00, on=THURSDAY), since=TUESDAY, **second))
    assert warned(intake) == codes
    assert reach() == known_to, "nobody is accused on days that are not known"


def test_a_statement_of_one_day_taken_in_again_misses_nothing(bakery: Desk) -> None:
    """It begins on the day to which all is known, and not with the balance at the end of it."""
    day = camt053(Pay(5_00, on=TUESDAY), opening=100_00, since=TUESDAY)
    assert warned(bakery.take(day)) == []
    assert warned(bakery.take(day)) == []
    assert (reach(), Payment.objects.count()) == (TUESDAY, 1)


def test_the_missing_statement_makes_all_known(bakery: Desk) -> None:
    first, missing, last = (
        mt940(Pay(5_00, on=TUESDAY), number=11),
        mt940(Pay(6_00, on=WEDNESDAY), number=12, opening=5_00),
        mt940(Pay(7_00, on=THURSDAY), number=13, opening=11_00),
    )
    bakery.take(first)
    bakery.take(last)
    assert reach() == TUESDAY
    bakery.take(missing)
    assert (reach(), BankAccount.objects.get().closing_cents) == (THURSDAY, 18_00)


def test_a_gap_within_one_drop_is_said_once(bakery: Desk) -> None:
    first, last = (
        mt940(Pay(5_00, on=TUESDAY), number=11),
        mt940(Pay(7_00, on=THURSDAY), number=13, opening=11_00),
    )
    assert warned(bakery.take(first + last)) == ["bank.gap"]
    assert reach() == TUESDAY


def test_statements_in_any_order_in_one_drop(bakery: Desk) -> None:
    second = mt940(Pay(6_00, on=WEDNESDAY), number=12, opening=5_00)
    intake = bakery.take(second, mt940(Pay(5_00, on=TUESDAY), number=11))
    assert (reach(), warned(intake)) == (WEDNESDAY, [])


# -- announced --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [camt052, mt942, lambda *p: camt053(pending=p, opening=None)])
def test_what_is_only_announced_lowers_nothing_but_may_be_his(bakery: Desk, written) -> None:
    bakery.take(written(TWICE[0]))
    assert states() == [(100_00, "pending")]
    assert opens()["2026-1"] == 100_00
    assert one().perhaps_id == bakery.who["Bakkerij Proefkruimel"]


def test_what_was_announced_and_is_booked_counts_once(bakery: Desk) -> None:
    bakery.take(mt942(TWICE[0]))
    bakery.take(mt940(TWICE[0]))
    assert sorted(states()) == [(100_00, "explained"), (100_00, "undone")]
    assert opens()["2026-1"] == 0


def test_what_was_announced_and_did_not_come_holds_nobody_up(bakery: Desk) -> None:
    bakery.take(mt942(TWICE[0]))
    Debtor.objects.update(step_stale=False)
    bakery.take(mt940(day=WEDNESDAY))
    assert states() == [(100_00, "undone")]
    assert Debtor.objects.get().step_stale, "he may be called again"


def test_the_same_announced_twice_is_one(bakery: Desk) -> None:
    bakery.take(mt942(TWICE[0]))
    bakery.take(mt942(TWICE[0]))
    assert states() == [(100_00, "pending")]


def test_two_announcements_of_a_day_are_two(bakery: Desk) -> None:
    bakery.take(mt942(TWICE[0]))
    bakery.take(mt942(Pay(33_00, "Factuur 2026-2")))
    assert states() == [(100_00, "pending"), (33_00, "pending")]


def test_what_is_booked_already_is_not_announced_any_more(bakery: Desk) -> None:
    bakery.take(camt053(TWICE[0], opening=None))
    bakery.take(camt052(TWICE[0]))
    assert states() == [(100_00, "explained")]


# -- broken off, and at once ------------------------------------------------------------------------------------------


def many(count: int) -> str:
    return mt940(*(Pay(1_00 + n, f"kenmerk {n}", NOBODY, "Anoniem") for n in range(count)), TWICE[0])


def test_what_was_broken_off_goes_on_where_it_was(bakery: Desk, monkeypatch) -> None:
    intake = bakery.stage(many(130))
    publish_intake(bakery.doer(), intake)
    written = 0
    from beluur.actions.bank import publish_lines as road

    write = road.write_lines

    def broken(*args) -> None:
        nonlocal written
        written += 1
        if written == 2:
            raise KeyboardInterrupt
        write(*args)

    monkeypatch.setattr(road, "write_lines", broken)
    with pytest.raises(KeyboardInterrupt):
        publish_slice(bakery.doer(), intake)
    monkeypatch.undo()
    assert 0 < Payment.objects.count() < 131
    assert Intake.objects.get().state == "publishing"
    assert reach() is None, "how far an account is known comes last"
    while publish_waiting(bakery.doer().at):
        pass
    assert (Payment.objects.count(), Intake.objects.get().state) == (131, "published")
    assert opens()["2026-1"] == 0


def test_lines_that_are_raced_for_again_and_again_are_not_lost(bakery: Desk, monkeypatch) -> None:
    from beluur.actions.bank import write_lines as road
    from beluur.actions.bank.book import Raced

    book = road.book_ready

    def racing(doer, ready, heads):
        if ready:
            raise Raced
        return book(doer, ready, heads)

    monkeypatch.setattr(road, "book_ready", racing)
    bakery.take(mt940(*THREE))
    assert Payment.objects.count() == 3
    assert opens() == {"2026-1": 0, "2026-2": 60_00}, "the second look explains them"


def test_a_second_intake_waits_until_the_first_is_published(bakery: Desk) -> None:
    first, second = bakery.stage(mt940(*THREE)), bakery.stage(camt053(*THREE))
    publish_intake(bakery.doer(), first)
    with pytest.raises(Refused) as refused:
        publish_intake(bakery.doer(), second)
    assert refused.value.sentence.code == "intake.another_first"
    assert publish_all(bakery.doer(), first)
    with pytest.raises(Refused) as refused:
        publish_intake(bakery.doer(), second)
    assert refused.value.sentence.code == "intake.compared_again"
    bakery.publish(second)
    assert Payment.objects.count() == 3


def test_what_was_staged_while_another_was_published_is_compared_again(bakery: Desk) -> None:
    first = bakery.stage(mt940(*THREE))
    publish_intake(bakery.doer(), first)
    second = bakery.stage(camt053(*THREE))
    assert publish_all(bakery.doer(), first)
    with pytest.raises(Refused) as refused:
        publish_intake(bakery.doer(), second)
    assert refused.value.sentence.code == "intake.compared_again"
    bakery.publish(second)
    assert Payment.objects.count() == 3


def test_staged_lines_are_gone_with_a_cancelled_intake(bakery: Desk) -> None:
    from beluur.actions.intake.stage_files import cancel_intake

    cancel_intake(bakery.doer(), bakery.stage(mt940(*THREE)))
    assert not StagedRow.objects.exists()


def test_a_payment_that_comes_back_later_in_a_list_of_newest_first(bakery: Desk) -> None:
    """The list has what went back before what came in, and many lines in between."""
    between = [Pay(1_00 + n, f"kenmerk {n}", NOBODY, "Anoniem", on=WEDNESDAY) for n in range(80)]
    came = Pay(100_00, "Factuur 2026-1", end_to_end="E1")
    back = Pay(-100_00, "Storno", on=THURSDAY, end_to_end="E1", returned="MD06")
    bakery.take(camt053(back, *between, came))
    assert opens()["2026-1"] == 100_00
    assert one(amount_cents=-100_00).takes_back_id == one(amount_cents=100_00).id


def test_numbers_of_queries_do_not_grow_with_the_lines(bakery: Desk, count_queries) -> None:
    def staged(count: int) -> int:
        with count_queries() as counted:
            bakery.stage(many(count))
        return len(counted)

    assert abs(staged(50) - staged(5)) <= 2


def test_parts_of_a_booking_are_on_record_once(bakery: Desk) -> None:
    bakery.take(mt940(TWICE[0]))
    bakery.take(camt053(TWICE[0]))
    assert list(Allocation.objects.values_list("cents", "lowers")) == [(100_00, True)]


def test_our_own_accounts_payer_is_learnt(bakery: Desk) -> None:
    bakery.take(mt940(TWICE[0]))
    keys = Debtor.objects.get().keys.filter(kind="payer").values_list("value", flat=True)
    assert list(keys) == [KRUIMEL]
    assert FICTIEF not in keys
