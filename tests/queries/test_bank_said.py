"""The morning after: the summary of a statement, and how far the bank is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.intake.undo import undo_intake
from beluur.queries.bank_known import bank_known
from beluur.queries.bank_said import bank_said
from beluur.queries.dossier import dossier
from beluur.queries.today import today
from beluur.store.models import BankAccount, Instalment, Payment
from beluur.values.money import Money
from beluur.words import render
from tests.actions.calls import timeline
from tests.morning import FRIDAY, WORDS, before_the_statement, promise, statement
from tests.statements import OTHER, Came, mt940, take_in
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def world() -> World:
    return make_world()


def plain(sentence) -> str:
    return render(sentence).replace("\xa0", " ")


def test_one_kept_one_broken_one_waits(world, guard_queries):
    morning = before_the_statement(world)
    intake = take_in(world.doer, statement())
    with guard_queries():
        said = bank_said(world.id, intake)
    assert (said.came, said.payments, said.recognised) == (Money(2_487_77), 3, 2)
    assert said.waiting == 1
    assert dict(said.counts) == {"kept": 1, "broken": 1}
    assert [(v.debtor_id, v.verdict) for v in said.verdicts] == [
        (morning.broken, "broken"),
        (morning.kept, "kept"),
    ]
    assert said.verdicts[0].words == WORDS


def test_each_verdict_names_the_bank_lines_it_rests_on(world):
    morning = before_the_statement(world)
    intake = take_in(world.doer, statement())
    broken, kept = bank_said(world.id, intake).verdicts
    assert [plain(s) for s in kept.because] == ["€ 500,00 van Voorbeeld Bouw BV, geboekt op vr 20 nov 2026"]
    assert [plain(s) for s in broken.because] == ["Er kwam niets binnen tot en met vr 20 nov 2026"]
    assert timeline(morning.kept)[-2:] == [
        "Nagekomen: € 500,00, toegezegd op do 19 nov 2026",
        "- € 500,00 van Voorbeeld Bouw BV, geboekt op vr 20 nov 2026",
    ]


def test_a_part_names_what_came_and_that_the_rest_did_not(world):
    before_the_statement(world)
    part = Came(200_00, "Fictief Transport NV", "deel factuur 2026-0111", iban="NL86INGB0002445588")
    said = bank_said(world.id, take_in(world.doer, statement(part)))
    [partly] = [v for v in said.verdicts if v.verdict == "partly"]
    assert [plain(s) for s in partly.because] == [
        "€ 200,00 van Fictief Transport NV, geboekt op vr 20 nov 2026",
        "De rest was er niet tot en met vr 20 nov 2026",
    ]


def test_what_came_in_another_currency_is_told_beside_it(world):
    before_the_statement(world)
    dollars = mt940(Came(85_00), day=FRIDAY, account=OTHER).replace(b"EUR", b"USD")
    said = bank_said(world.id, take_in(world.doer, statement(), dollars))
    assert said.foreign == (Money(85_00, "USD"),)
    assert said.sums == (said.came, *said.foreign)
    assert said.payments == 4


def test_an_intake_that_was_undone_says_nothing_any_more(world):
    before_the_statement(world)
    intake = take_in(world.doer, statement())
    undo_intake(world.doer, intake)
    assert bank_said(world.id, intake) is None


def test_another_administration_hears_nothing(world):
    before_the_statement(world)
    intake = take_in(world.doer, statement())
    assert bank_said(make_world("ander").id, intake) is None


def test_the_number_of_queries_does_not_grow(world, count_queries):
    before_the_statement(world)
    intake = take_in(world.doer, statement())
    with count_queries() as few:
        bank_said(world.id, intake)
    for n in range(20):
        debtor = world.debtor(f"Klant {n}")
        world.invoice(debtor, f"K-{n}", 100_00, late=20)
        promise(world, debtor, 100_00)
    second = take_in(world.doer, mt940(Came(10_00), day=FRIDAY, number=2))
    with count_queries() as many:
        assert bank_said(world.id, second).counts["broken"] == 20
    assert len(many) == len(few) <= 5


# -- how far the bank is known --------------------------------------------------------------------------------------


def test_without_statements_nothing_is_said_of_the_bank(world):
    assert bank_known(world.id) is None
    assert today(world.id, NOW).bank is None


def test_the_bank_is_known_as_far_as_the_account_that_lags(world, guard_queries):
    before_the_statement(world)
    take_in(world.doer, statement(), mt940(day=FRIDAY - timedelta(days=2), account=OTHER))
    with guard_queries():
        known = bank_known(world.id)
    assert known.reach == FRIDAY - timedelta(days=2)
    assert [plain(s) for s in known.sentences] == [
        "Bank bekend tot en met wo 18 nov 2026",
        "Van rekening NL02 ABNA 0123 4567 89 ontbreekt het afschrift vanaf do 19 nov 2026",
    ]
    assert today(world.id, NOW).bank == known


def test_while_no_agreement_waits_no_statement_is_asked_for(world):
    take_in(world.doer, mt940(day=FRIDAY))
    assert [plain(s) for s in bank_known(world.id).sentences] == ["Bank bekend tot en met vr 20 nov 2026"]


def test_an_account_that_is_not_in_use_is_not_waited_for(world):
    before_the_statement(world)
    take_in(world.doer, statement(), mt940(day=FRIDAY - timedelta(days=2), account=OTHER))
    BankAccount.objects.filter(number=OTHER).update(in_use=False)
    assert bank_known(world.id).reach == FRIDAY


def test_the_dossier_says_by_the_promise_which_statement_is_missing(world):
    morning = before_the_statement(world)
    take_in(world.doer, mt940(day=FRIDAY - timedelta(days=2)))
    assert Instalment.objects.get(promise__debtor_id=morning.broken).verdict == "unknown"
    [part] = dossier(world.id, morning.broken, NOW).promises[0].instalments
    assert [plain(s) for s in part.missing] == [
        "Van rekening NL91 ABNA 0417 1643 00 ontbreekt het afschrift vanaf do 19 nov 2026"
    ]


def test_what_the_open_items_hold_already_is_counted_apart(world):
    before_the_statement(world)
    intake = take_in(world.doer, statement())
    Payment.objects.filter(state="explained").update(state="earlier")
    said = bank_said(world.id, intake)
    assert (said.payments, said.recognised, said.earlier) == (3, 0, 2)
