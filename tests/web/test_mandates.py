"""How far each may go alone, set by the owner: empty is what the method advises."""

from __future__ import annotations

from itertools import count

import pytest
from django.urls import reverse

from beluur.actions.change_mandate import change_own_mandate, change_role_mandate
from beluur.domain.mandate import SHIPPED, Role
from beluur.store.load import load_mandate
from beluur.store.models import Administration, Membership
from beluur.values.problem import Refused
from tests.rows import make_user
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
_keys = count(1)


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def bas(world: World):
    return make_user(world.administration, role="caller", name="Bas Beller")


def at(world: World, page: str, **gaps: int) -> str:
    return reverse(page, kwargs={"administration": world.slug, **gaps})


def save(client, url: str, **typed: str):
    return client.post(url, {"key": f"k{next(_keys)}", **typed})


def test_what_the_method_advises_stands_there_as_an_example(client, world):
    html = client.get(at(world, "settings-mandates")).content.decode()
    assert 'placeholder="31"' in html
    assert 'placeholder="10.000,00"' in html
    assert 'placeholder="25"' in html  # per cent at once
    assert 'placeholder="62"' in client.get(at(world, "settings-mandates") + "?rol=lead").content.decode()
    assert client.get(at(world, "settings-mandates") + "?rol=koning").status_code == 404


def test_a_role_gets_another_mandate_and_loses_it_again(client, world, bas):
    url = at(world, "settings-mandates") + "?rol=caller"
    save(
        client, url, instalments="5", largest_cents="2.500", first_basis_points="10", after_broken_plan="yes"
    )
    assert Administration.objects.get().mandates == {
        "caller": {
            "instalments": 5, "largest_cents": 2_500_00, "first_basis_points": 1_000, "after_broken_plan": True,
        }
    }  # fmt: skip
    his = load_mandate(world.id, bas.id)
    assert (his.instalments, his.largest_cents, his.delay_days) == (5, 2_500_00, 31)
    assert 'value="2.500,00"' in client.get(url).content.decode()
    save(client, url)
    assert Administration.objects.get().mandates == {}
    assert load_mandate(world.id, bas.id) == SHIPPED[Role.CALLER]


def test_what_is_as_the_method_has_it_is_no_change(client, world):
    save(client, at(world, "settings-mandates"), instalments="3", delay_days="40")
    assert Administration.objects.get().mandates == {"caller": {"delay_days": 40}}


def test_one_colleague_may_otherwise_than_his_role(client, world, bas):
    change_role_mandate(world.doer, role="caller", bounds={"instalments": 4})
    url = at(world, "settings-member-mandate", user=bas.id)
    assert 'placeholder="4"' in client.get(url).content.decode()
    save(client, url, instalments="6", after_broken_plan="no")
    assert Membership.objects.get(user=bas).mandate == {"instalments": 6, "after_broken_plan": False}
    assert load_mandate(world.id, bas.id).instalments == 6
    other = make_user(world.administration, role="caller")
    assert load_mandate(world.id, other.id).instalments == 4


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"instalments": "61"}, "instalments"),
        ({"months": "121"}, "months"),
        ({"first_basis_points": "101"}, "first_basis_points"),
        ({"largest_cents": "veel"}, "largest_cents"),
        ({"delay_days": "-1"}, "delay_days"),
    ],
)
def test_a_bound_that_no_mandate_has_is_refused_at_its_field(typed, field, client, world):
    answer = save(client, at(world, "settings-mandates"), **typed)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Administration.objects.get().mandates == {}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"instalments": "veel"}, "Vul een heel getal in van 0 tot en met 60", id="a word"),
        pytest.param(
            {"instalments": "2,5"}, "Vul een heel getal in van 0 tot en met 60", id="half an instalment"
        ),
        pytest.param({"months": "-1"}, "Vul een heel getal in van 0 tot en met 120", id="below nothing"),
        pytest.param({"months": "9" * 40}, "Vul een heel getal in van 0 tot en met 120", id="forty digits"),
        pytest.param(
            {"first_basis_points": "101"},
            "Vul een heel getal in van 0 tot en met 100",
            id="more than all of it",
        ),
        pytest.param(
            {"largest_cents": "-5,00"},
            "Vul een bedrag in van nul tot en met €\u00a0100.000.000,00",
            id="an amount below nothing",
        ),
        pytest.param(
            {"largest_cents": "9" * 30},
            "Vul een bedrag in van nul tot en met €\u00a0100.000.000,00",
            id="an amount of thirty digits",
        ),
    ],
)
def test_the_field_says_which_numbers_may_be(typed, told, client, world):
    answer = save(client, at(world, "settings-mandates"), **typed)
    (field,) = typed
    assert answer.context["form"].errors[field] == [told]
    assert Administration.objects.get().mandates == {}


@pytest.mark.parametrize("bounds", [{"kleur": 3}, {"instalments": True}, {"after_broken_plan": 1}])
def test_what_is_no_bound_is_not_kept(bounds, world, bas):
    with pytest.raises(Refused):
        change_own_mandate(world.doer, user_id=bas.id, bounds=bounds)
    assert Membership.objects.get(user=bas).mandate == {}


def test_only_an_owner_sets_it(client, world, bas):
    client.force_login(bas)
    assert client.get(at(world, "settings-mandates")).status_code == 403
    assert client.get(at(world, "settings-member-mandate", user=bas.id)).status_code == 403
