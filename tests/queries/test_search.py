"""Search finds by whatever is at hand, within one administration."""

from __future__ import annotations

import pytest

from beluur.actions.plan_next_steps import plan_next_steps
from beluur.queries.debtors import Wanted, all_debtors, debtor_page
from beluur.queries.search import search
from beluur.queries.search_match import dialled_digits
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world() -> World:
    world = make_world()
    i = world.debtor(
        "Café Één B.V.", number="K-10023", phone="020 123 45 00", city="Delft", vat_number="NL123456782B90",
        email="post@cafe.example",
    )  # fmt: skip
    world.contact(i, "Zoë de Proef", mobile="+32 2 123 45 67", email="zoe@cafe.example")
    world.invoice(i, "2026-0118")
    world.invoice(world.debtor("Cafetaria"), "F-2")
    return world


FINDS = {
    "a name without its accents": ("cafe een", None),
    "a customer number": ("10023", "search.number"),
    "an invoice number": ("2026-0118", "search.invoice"),
    "the last digits of an invoice": ("0118", "search.invoice"),
    "a phone as dialled at home": ("0201234500", "search.phone"),
    "a phone with its country": ("+31 20 123 45 00", "search.phone"),
    "a phone with 00 and a trunk zero": ("0031 (0)20-1234500", "search.phone"),
    "the last digits of a phone": ("4500", "search.phone"),
    "the mobile of a contact": ("02 123 45 67", None),
    "a contact": ("Zoe", "search.contact"),
    "an e-mail address": ("zoe@cafe", "search.email"),
    "a city": ("delft", "search.city"),
    "a VAT number": ("NL123456782", "search.vat"),
    "two words anywhere": ("cafe 10023", None),
    "words of which one is short": ("een de", None),
}


@pytest.mark.parametrize(("text", "hint"), FINDS.values(), ids=FINDS)
def test_it_finds_by(world, text, hint, guard_queries):
    with guard_queries():
        hits = search(world.id, text)
    assert [h.name for h in hits] == ["Café Één B.V."]
    if hint:
        assert hits[0].hint.code == hint


def test_under_three_signs_it_looks_at_the_beginning_of_names(world):
    assert {h.name for h in search(world.id, "ca")} == {"Café Één B.V.", "Cafetaria"}
    assert search(world.id, "fe") == ()


@pytest.mark.parametrize(
    "text", ['"', '" OR 1', "'; DROP TABLE", "%%%", "***", "NEAR(a b)", "a" * 500, "( )", "--- ", "   "]
)
def test_what_is_typed_is_only_looked_for(world, text):
    assert search(world.id, text) == ()


def test_the_shortest_phone_is_three_digits():
    assert (dialled_digits("12"), dialled_digits("123"), dialled_digits("12a4")) == ("", "123", "")


def test_nothing_of_another_administration_is_found(world):
    assert search(make_world("ander").id, "cafe") == ()


def test_of_a_word_that_many_have_the_largest_amounts_come_first(world, monkeypatch):
    small, large = world.debtor("Molen Bouw"), world.debtor("Bakker Bouw")
    world.invoice(small, "M1", 100_00)
    world.invoice(large, "B1", 900_00)
    make_world("ander").debtor("Bouw van een ander")
    plan_next_steps(world.id, NOW)
    monkeypatch.setattr("beluur.queries.search.MANY", 1)
    assert [h.id for h in search(world.id, "bouw")] == [large, small]
    assert [h.name for h in search(world.id, "cafe een")] == ["Café Één B.V."]
    for text, hint in FINDS.values():
        assert [h.name for h in search(world.id, text)] == ["Café Één B.V."], (text, hint)


@pytest.mark.parametrize("sort", ["open", "overdue", "late", "name"])
def test_pages_by_key_show_everyone_once(sort):
    world = make_world("lijst")
    for n in range(7):
        world.invoice(world.debtor(f"Proef {n % 3}"), f"F{n}", 100 * (n % 3 + 1), late=n % 2 + 1)
    world.debtor("Zonder")
    seen, after = [], ""
    while True:
        page = debtor_page(world.id, Wanted(sort=sort), after=after, page=2)
        seen += [row.id for row in page.rows]
        if not (after := page.after):
            break
    assert len(seen) == len(set(seen)) == 7
    assert seen == [row.id for row in all_debtors(world.id, Wanted(sort=sort))]


def test_the_list_is_filtered(world):
    assert [r.name for r in debtor_page(world.id, Wanted(text="cafet")).rows] == ["Cafetaria"]
    assert debtor_page(world.id, Wanted(kind="consumer")).rows == ()
    assert debtor_page(world.id, Wanted(minimum_cents=1_000_000)).rows == ()
    assert len(debtor_page(world.id, Wanted(assigned=0)).rows) == 2
    assert debtor_page(world.id, Wanted(assigned=world.user.id)).rows == ()


@pytest.mark.parametrize("after", ["x", "[1]", '["a", "b"]', "{}", "[null, 1]"])
@pytest.mark.parametrize("sort", ["name", "open", "late"])
def test_a_spoiled_page_key_is_the_first_page(world, after, sort):
    assert len(debtor_page(world.id, Wanted(sort=sort), after=after).rows) == 2
