"""The dossier: one look, a fixed number of queries, every figure explained."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.add_note import add_note
from beluur.actions.merge_debtors import merge_debtors, unmerge
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.record_payment import record_payment
from beluur.actions.set_hold import set_hold
from beluur.actions.set_payer_group import set_payer_group
from beluur.domain.ageing import ageing, bucket_number
from beluur.queries.dossier import Moved, dossier
from beluur.queries.duplicates import duplicates
from beluur.queries.timeline import PAGE, timeline
from beluur.store.models import Debtor
from beluur.values.money import Money, total
from beluur.values.problem import Refused
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize(("page", "of_it"), [(PAGE, PAGE), (PAGE + 20, PAGE + 5), (3, 3)])
def test_a_page_is_as_long_as_was_asked(world, page, of_it):
    i = world.debtor()
    for n in range(PAGE + 4):  # and that he was made
        add_note(world.doer, debtor_id=i, text=f"{n}")
    found = timeline(world.id, i, page=page)
    assert len(found.events) == of_it
    assert bool(found.older) == (of_it < PAGE + 5)


def test_the_number_of_queries_does_not_grow(world, count_queries, guard_queries):
    i = world.debtor(phone="020 123 45 00")
    world.contact(i)
    world.invoice(i, "F0")
    with count_queries() as one, guard_queries():
        dossier(world.id, i, NOW)
        timeline(world.id, i)
        duplicates(world.id, i)
    for n in range(1, 50):
        world.invoice(i, f"F{n}", 1000 + n, late=n)
    with count_queries() as fifty, guard_queries():
        found = dossier(world.id, i, NOW)
        timeline(world.id, i)
        duplicates(world.id, i)
    assert len(fifty) == len(one)
    assert len(found.invoices) == 50


def test_every_amount_says_where_it_comes_from(world):
    i = world.debtor()
    world.invoice(i, "F1", 1000_00, open_cents=400_00)
    record_payment(world.doer, debtor_id=i, day=TODAY, cents=150_00, today=TODAY)
    row = dossier(world.id, i, NOW).invoices[0]
    assert [(b.text.code, b.amount.cents) for b in row.because] == [
        ("why.amount", 1000_00),
        ("why.paid_before", -600_00),
        ("why.booked", -150_00),
        ("why.open", 250_00),
    ]
    assert row.because[0].amount + row.because[1].amount + row.because[2].amount == row.open


def test_the_sums_are_of_the_invoices(world):
    i = world.debtor()
    world.invoice(i, "F1", 100_00, late=10)
    world.invoice(i, "F2", 50_00, late=-5)
    world.invoice(i, "C1", 20_00, late=3, kind="credit_note")
    found = dossier(world.id, i, NOW)
    assert (found.open, found.overdue) == (Money(130_00), Money(100_00))
    assert total(line.amount for line in found.open_because) == found.open
    assert [(b.first, b.count, b.cents) for b in found.ageing if b.count] == [
        (None, 1, 50_00),
        (8, 1, 100_00),
    ]
    assert found.bar.open == Money(150_00)


def test_no_more_is_late_than_is_open_in_the_dossier_and_in_the_list(world):
    i = world.debtor()
    world.invoice(i, "F1", 363_00, late=10)
    world.invoice(i, "C1", 121_00, late=10, kind="credit_note")
    found = dossier(world.id, i, NOW)
    assert (found.open, found.overdue) == (Money(242_00), Money(242_00))
    plan_debtors(world.id, [i], NOW)
    assert Debtor.objects.values_list("open_cents", "overdue_cents").get(id=i) == (242_00, 242_00)


@pytest.mark.parametrize(
    ("late", "number"),
    [
        (-1, 0),
        (0, 0),
        (1, 1),
        (7, 1),
        (8, 2),
        (14, 2),
        (15, 3),
        (30, 3),
        (31, 4),
        (60, 4),
        (61, 5),
        (91, 6),
        (180, 6),
        (181, 7),
    ],
)
def test_a_bucket_begins_the_day_after_the_one_before(late, number):
    assert bucket_number(TODAY - timedelta(days=late), TODAY) == number


def test_ageing_adds_up():
    rows = [(TODAY - timedelta(days=n * 13), 100 + n) for n in range(30)] + [(None, 7), (TODAY, -50)]
    assert sum(b.cents for b in ageing(rows, TODAY)) == sum(c for _, c in rows if c > 0)


def test_a_hold_that_ended_is_not_shown(world):
    i = world.debtor()
    set_hold(world.doer, debtor_ids=[i], until=TODAY, reason="x", today=TODAY)
    assert dossier(world.id, i, NOW).hold
    assert not dossier(world.id, i, NOW + timedelta(days=1)).hold


def test_the_timeline_pages_back_to_the_beginning(world):
    i = world.debtor()
    for n in range(7):
        add_note(world.doer, debtor_id=i, text=f"notitie {n}")
    seen, before = [], ""
    while True:
        page = timeline(world.id, i, before=before, page=3)
        seen += [e.note for e in page.events]
        if not (before := page.older):
            break
    assert seen == [f"notitie {n}" for n in range(6, -1, -1)] + [""]


def test_a_merge_moves_all_and_its_undo_moves_it_back(world):
    kept, gone = (
        world.debtor("Bakker", number="1"),
        world.debtor("Bakkerij", number="2", phone="020 123 45 00"),
    )
    world.invoice(kept, "F1")
    world.invoice(gone, "F2")
    world.contact(gone)
    add_note(world.doer, debtor_id=gone, text="bij de ander")
    merge = merge_debtors(world.doer, kept_id=kept, gone_id=gone)
    found = dossier(world.id, kept, NOW)
    assert {i.number for i in found.invoices} == {"F1", "F2"}
    assert found.head.phone
    assert len(found.contacts) == 1
    assert dossier(world.id, gone, NOW) == Moved(kept)
    assert "bij de ander" in [e.note for e in timeline(world.id, kept).events]
    assert Debtor.objects.get(id=gone).search_text == ""
    assert "f2" in Debtor.objects.get(id=kept).search_text
    assert found.merges[0].id == merge

    unmerge(world.doer, merge_id=merge)
    assert [i.number for i in dossier(world.id, kept, NOW).invoices] == ["F1"]
    assert [i.number for i in dossier(world.id, gone, NOW).invoices] == ["F2"]
    assert dossier(world.id, kept, NOW).head.phone == ""
    assert dossier(world.id, gone, NOW).head.number == "2"
    assert dossier(world.id, kept, NOW).merges == ()


def test_a_merge_with_the_same_invoice_number_is_refused(world):
    a, b = world.debtor("A"), world.debtor("B")
    world.invoice(a, "F1")
    world.invoice(b, "F1")
    with pytest.raises(Refused) as no:
        merge_debtors(world.doer, kept_id=a, gone_id=b)
    assert no.value.sentence.code == "by_hand.merge_same_invoice"
    with pytest.raises(Refused):
        merge_debtors(world.doer, kept_id=a, gone_id=a)


def test_who_may_be_the_same_is_suggested_with_the_reason(world):
    i = world.debtor("Bakkerij de Proef B.V.", city="Delft", email="post@example.org")
    same_mail = world.debtor("Iets anders", email="POST@example.org")
    near = world.debtor("Bakkerij de Proeff", city="delft")
    world.debtor("Bakkerij de Proeff", city="Gouda")
    world.debtor("Bakkersvakblad", city="Delft")
    assert [(d.id, d.why.code) for d in duplicates(world.id, i)] == [
        (same_mail, "duplicate.email"),
        (near, "duplicate.name"),
    ]


def test_who_pays_together_is_not_the_same_debtor(world):
    """One desk has one address, and pays for two companies."""
    alfa, beta = (world.debtor(name, email="kas@example.org") for name in ("Alfa Vastgoed", "Beta Bouw"))
    assert [d.id for d in duplicates(world.id, alfa)] == [beta]
    for debtor in (alfa, beta):
        set_payer_group(world.doer, debtor_id=debtor, name="Noord")
    assert duplicates(world.id, alfa) == ()


def test_nothing_of_another_administration_is_seen(world):
    other = make_world("ander")
    i = world.debtor("Zelfde", email="post@example.org")
    other.debtor("Zelfde", email="post@example.org")
    assert duplicates(world.id, i) == ()
    with pytest.raises(Debtor.DoesNotExist):
        dossier(other.id, i, NOW)
    with pytest.raises(Debtor.DoesNotExist):
        timeline(other.id, i)
