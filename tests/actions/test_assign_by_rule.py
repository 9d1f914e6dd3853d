"""New debtors become a colleague's by the rules of the house, in one statement (A1)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from beluur.actions.add_debtor import add_debtor
from beluur.actions.assign_by_rule import assign_new_of, assign_those_of_nobody, save_assign_rules
from beluur.actions.debtor_facts import DebtorFacts
from beluur.domain.assign_rule import AssignRule, rule_problems
from beluur.queries.assign_rules import WouldGet, assign_rules, would_get
from beluur.store.models import AssignRule as Row
from beluur.store.models import Debtor, Event, Intake, Membership, StagedRow
from beluur.values.problem import Refused
from tests.actions.calls import timeline
from tests.rows import make_user
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def bas(world: World) -> int:
    return int(make_user(world.administration, "caller", name="Bas Beller").id)


def whose(debtor: int) -> int | None:
    return Debtor.objects.values_list("assigned_to_id", flat=True).get(id=debtor)


RULES = [
    pytest.param({"kind": "consumer"}, {"kind": "consumer"}, {"kind": "business"}, id="by kind"),
    pytest.param({"country": "BE"}, {"country": "BE"}, {"country": "NL"}, id="by country"),
    pytest.param({"language": "nl"}, {"language": "nl-BE"}, {"language": "fr"}, id="by language, of each country"),
    pytest.param({"first_letter": "A", "last_letter": "K"}, {"name": "kruimel"}, {"name": "Lof"}, id="A to K"),
    pytest.param({"first_letter": "M"}, {"name": "Zon"}, {"name": "Lof"}, id="from M on"),
    pytest.param({"last_letter": "C"}, {"name": "1e Hulp BV"}, {"name": "Dak"}, id="up to C, figures too"),
    pytest.param({"country": "BE", "kind": "consumer"}, {"country": "BE", "kind": "consumer"}, {"country": "BE"},
                 id="all that it asks"),
]  # fmt: skip


@pytest.mark.parametrize(("asks", "fits", "not_so"), RULES)
def test_who_fits_is_his(asks, fits, not_so, world, bas):
    save_assign_rules(world.doer, (AssignRule(bas, **asks), AssignRule()))
    known = {"name": "Lof", "kind": "business", "country": "NL", "language": "nl"}
    his, nobodys = (
        Debtor.objects.create(administration_id=world.id, created_at=NOW, **known | more).id
        for more in (fits, not_so)
    )
    assert assign_those_of_nobody(world.doer) == 1
    assert (whose(his), whose(nobodys)) == (bas, None)
    assert timeline(his)[-1] == "Toegewezen aan Bas Beller"
    assert not Event.objects.filter(debtor_id=nobodys).exists()


def test_by_what_he_owes_the_first_that_fits_and_who_has_a_caller_keeps_him(world, bas):
    large, small, other, eva = *(world.debtor(f"D{n}") for n in range(3)), world.user.id
    world.invoice(large, "F1", 900_00)
    world.invoice(large, "F2", 200_00)
    world.invoice(small, "F3", 999_99)
    Debtor.objects.filter(id=other).update(assigned_to=eva)
    save_assign_rules(world.doer, (AssignRule(bas, at_least_cents=1000_00), AssignRule(eva)))
    assert would_get(world.id, assign_rules(world.id)) == (
        WouldGet("Bas Beller", 1),
        WouldGet("Eva Eigenaar", 1),
    )
    assert (whose(large), whose(small)) == (None, None)
    assign_those_of_nobody(world.doer)
    assert (whose(large), whose(small), whose(other)) == (bas, eva, eva)


def test_in_turn_everybody_gets_as_many(world, bas):
    for n in range(6):
        world.debtor(f"D{n}")
    save_assign_rules(world.doer, (AssignRule(in_turn=True),))
    assert {w.name: w.debtors for w in would_get(world.id, assign_rules(world.id))} == {
        "Bas Beller": 3,
        "Eva Eigenaar": 3,
    }


def test_who_is_added_by_hand_is_his_at_once_and_without_rules_nobodys(world, bas):
    facts = DebtorFacts(name="Nieuw BV")
    assert whose(add_debtor(world.doer, facts=facts)) is None
    save_assign_rules(world.doer, (AssignRule(bas),))
    assert whose(add_debtor(world.doer, facts=facts)) == bas


def test_an_intake_gives_those_it_made_and_no_others_in_one_statement(world, bas, count_queries):
    made, before = [world.debtor(f"D{n}") for n in range(5)], world.debtor("Eerder")
    intake = Intake.objects.create(administration_id=world.id, state="publishing", created_at=NOW)
    for i in made:
        StagedRow.objects.create(
            administration_id=world.id, intake=intake, kind="debtor", change="new", target_id=i
        )
    save_assign_rules(world.doer, (AssignRule(bas),))
    with count_queries() as counted:
        assign_new_of(world.doer, intake.id)
    assert [whose(i) for i in made] == [bas] * 5
    assert whose(before) is None
    assert len([sql for sql in counted.sql if sql.startswith("UPDATE")]) == 1


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        pytest.param([AssignRule(1), AssignRule(2)], "kind", id="a rule for everybody before another"),
        pytest.param(
            [AssignRule(1, first_letter="É")], "first_letter", id="a letter that SQL does not order"
        ),
        pytest.param([AssignRule(1, first_letter="M", last_letter="A")], "last_letter", id="backwards"),
        pytest.param([AssignRule(1, kind="consumer", at_least_cents=-1)], "at_least", id="below zero"),
    ],
)
def test_what_is_wrong_with_rules(rules, field):
    assert [where for _, where, _ in rule_problems(rules)] == [field]


def test_a_stranger_gets_nobody_and_who_left_neither(world, bas):
    stranger = make_user(make_world("ander").administration)
    with pytest.raises(Refused) as refused:
        save_assign_rules(world.doer, (AssignRule(stranger.id),))
    assert refused.value.field == "user_1"
    save_assign_rules(world.doer, (AssignRule(bas),))
    Membership.objects.filter(user_id=bas).delete()
    world.debtor("D")
    assert assign_those_of_nobody(world.doer) == 0


def test_the_settings_show_save_and_apply(world, bas):
    client, debtor = Client(), world.debtor("Aap BV")
    client.force_login(world.user)
    url = reverse("settings-assign", kwargs={"administration": world.slug})
    page = client.get(url).content.decode()
    assert "niemand in het bijzonder</span>" in page
    row = {"user_1": str(bas), "kind_1": "", "first_letter_1": "a", "last_letter_1": "k", "rest": "nobody"}
    tried = client.post(url, row | {"do": "try", "key": "k1"})
    assert "Dit zouden deze regels nu doen" in tried.content.decode()
    assert not Row.objects.exists()
    assert client.post(url, row | {"last_letter_1": "?", "do": "save", "key": "k2"}).status_code == 422
    third = {"user_1": "", "user_3": str(bas), "first_letter_3": "?"}
    wrong = client.post(url, row | third | {"user_2": "", "do": "save", "key": "k5"}).content.decode()
    assert 'id="id_first_letter_3_error"' in wrong
    assert client.post(url, row | {"do": "save", "key": "k3"}).status_code == 302
    assert assign_rules(world.id)[0] == AssignRule(bas, first_letter="A", last_letter="K")
    client.post(f"{url}/nu", {"key": "k4"})
    assert whose(debtor) == bas
    Membership.objects.filter(user=world.user).update(role="caller")
    assert client.get(url).status_code == 403
