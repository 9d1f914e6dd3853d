"""The front door: the first account, signing in and out, colleagues, call blocks, settings."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from beluur.actions.demo.make import Demo
from beluur.actions.open_call import open_call
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.queries.entry import IN_MENU, LISTED
from beluur.store.models import Administration, CallBlock, Debtor, Membership, User
from beluur.web.pages import house
from beluur.web.sign_in_guard import PER_ADDRESS
from tests.world import NOW, PASSWORD, World, make_world

pytestmark = pytest.mark.django_db
BEGIN = {
    "name": "Proefbedrijf BV",
    "country": "NL",
    "iban": "NL91 ABNA 0417 1643 00",
    "person": "Eva Eigenaar",
    "email": "Eva@Example.org",
    "password": "een lange zin",
}


@pytest.fixture(autouse=True)
def forgotten_failures():
    cache.clear()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client_in(world) -> Client:
    client = Client()
    client.force_login(world.user)
    return client


def at(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def test_the_first_page_offers_the_demo_and_a_beginning(client):
    page = client.get("/").content.decode()
    assert reverse("demo") in page
    assert reverse("begin") in page


def test_the_demo_is_only_offered_where_it_may(client, settings):
    settings.BELUUR_DEMO = False
    assert reverse("demo") not in client.get("/").content.decode()
    assert client.post(reverse("demo")).status_code == 404


def test_in_the_demo_one_is_the_owner_or_the_colleague_who_has_to_ask(client, world, monkeypatch):
    Administration.objects.update(kind="demo")
    other = User.objects.create_user("collega@example.org", None, "Collega Voorbeeld")
    Membership.objects.create(administration=world.administration, user=other, role="caller")
    made = Demo(world.user.id, other.id, world.id, world.slug)
    monkeypatch.setattr(house, "start_demo", lambda now: made)
    client.post(reverse("demo"))
    assert "Verder als beller (demo)" in client.get(at(world, "today")).content.decode()
    client.post(reverse("demo"), {"as": "colleague"})
    assert "Verder als eigenaar (demo)" in client.get(at(world, "today")).content.decode()
    assert client.session["_auth_user_id"] == str(other.id)


def test_nobody_becomes_somebody_of_the_demo_where_it_is_not_offered(client, settings):
    settings.BELUUR_DEMO = False
    assert client.post(reverse("demo"), {"as": "colleague"}).status_code == 404


def test_a_newcomer_begins_and_stands_at_the_files(client):
    response = client.post(reverse("begin"), BEGIN)
    administration = Administration.objects.get()
    assert response.url == reverse("intake", kwargs={"administration": administration.slug})
    assert (administration.slug, administration.iban) == ("proefbedrijf-bv", "NL91ABNA0417164300")
    assert client.get(response.url).status_code == 200
    assert Membership.objects.get().role == "owner"
    assert User.objects.get().email == "eva@example.org"


WRONG = {
    "an IBAN with a wrong check": ({"iban": "NL92ABNA0417164300"}, "iban"),
    "a short password": ({"password": "kort"}, "password"),
    "a password everyone has": ({"password": "1234567890"}, "password"),
    "no name": ({"person": ""}, "person"),
    "no e-mail address": ({"email": "eva"}, "email"),
}


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG)
def test_a_beginning_is_refused_at_its_field_with(client, typed, field):
    response = client.post(reverse("begin"), {**BEGIN, **typed})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not User.objects.exists()
    if field != "password":
        assert f'value="{BEGIN["name"]}"' in response.content.decode()


def test_all_that_is_wrong_with_a_beginning_is_told_at_once(client):
    wrong = {"iban": "NL92ABNA0417164300", "email": "eva", "password": "kort", "person": ""}
    response = client.post(reverse("begin"), {**BEGIN, **wrong})
    assert response.context["form"].errors.keys() == wrong.keys()
    assert not User.objects.exists()


def test_there_is_one_beginning(client, world):
    assert client.get(reverse("begin")).url == reverse("login")
    client.post(reverse("begin"), BEGIN)
    assert Administration.objects.count() == 1


def test_who_signs_in_comes_to_his_administration_and_may_leave(client, world):
    response = client.post(reverse("login"), {"email": "PROEF@example.org ", "password": PASSWORD})
    assert response.url == "/"
    assert client.get("/").url == at(world, "today")
    assert client.get(reverse("logout")).status_code == 405
    client.post(reverse("logout"))
    assert client.get(at(world, "today")).status_code == 302


def test_a_wrong_password_says_no_more_than_that(client, world):
    known = client.post(reverse("login"), {"email": "proef@example.org", "password": "fout"})
    unknown = client.post(reverse("login"), {"email": "niemand@example.org", "password": "fout"})
    sentence = "E-mailadres of wachtwoord klopt niet"
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()


def test_who_guesses_waits_and_the_right_password_too(client, world):
    for _ in range(PER_ADDRESS):
        client.post(reverse("login"), {"email": "proef@example.org", "password": "fout"})
    page = client.post(reverse("login"), {"email": "proef@example.org", "password": PASSWORD})
    assert "Wacht 15 minuten" in page.content.decode()
    cache.clear()
    assert (
        client.post(reverse("login"), {"email": "proef@example.org", "password": PASSWORD}).status_code == 302
    )


def test_the_way_back_is_never_to_another_site(client, world):
    typed = {"email": "proef@example.org", "password": PASSWORD, "next": "https://elders.example/"}
    assert client.post(reverse("login"), typed).url == "/"


def test_several_administrations_are_a_choice(client_in, world):
    other = make_world("tweede", "Tweede BV")
    Membership.objects.create(administration=other.administration, user=world.user)
    page = client_in.get("/").content.decode()
    assert at(world, "today") in page
    assert at(other, "today") in page


AGENCY = {"name": "Proefbureau", "country": "BE", "iban": "", "acts_for": "Klant Een NV"}


def test_an_owner_opens_one_more_administration_once(client_in, world):
    place = at(world, "new-administration")
    assert place in client_in.get(at(world, "today")).content.decode()
    for _twice in range(2):
        answer = client_in.post(place, {**AGENCY, "key": "eens"})
        assert answer.url == reverse("intake", kwargs={"administration": "klant-een-nv"})
    made = Administration.objects.get(slug="klant-een-nv")
    assert (made.kind, made.language, made.time_zone) == ("agency", "nl-BE", "Europe/Brussels")
    assert "Proefbureau · Klant Een NV" in client_in.get(at(world, "today")).content.decode()
    again = client_in.post(place, {**AGENCY, "key": "nogmaals"})
    assert again.context["form"].errors.keys() == {"acts_for"}


def test_who_opened_an_administration_is_its_only_member(client, world):
    boss = User.objects.create_user("baas@example.org", PASSWORD, "Bo Baas")
    Membership.objects.create(administration=world.administration, user=boss, role="owner")
    client.force_login(boss)
    client.post(at(world, "new-administration"), AGENCY)
    made = Administration.objects.get(slug="klant-een-nv")
    assert [m.user for m in Membership.objects.filter(administration=made)] == [boss]


@pytest.mark.parametrize("kind", ["demo", "practice"])
def test_no_administration_comes_from_what_is_invented(client_in, world, kind):
    Administration.objects.update(kind=kind)
    assert client_in.post(at(world, "new-administration"), AGENCY).status_code == 422
    assert Administration.objects.count() == 1


@pytest.mark.parametrize("role", ["lead", "caller"])
def test_only_an_owner_opens_an_administration(client, world, role):
    other = User.objects.create_user("ander@example.org", PASSWORD, "An Ander")
    Membership.objects.create(administration=world.administration, user=other, role=role)
    client.force_login(other)
    assert at(world, "new-administration") not in client.get(at(world, "today")).content.decode()
    assert client.post(at(world, "new-administration"), AGENCY).status_code == 403


def test_who_collects_for_another_is_under_the_law_of_an_agency(client_in, world):
    world.debtor()
    Debtor.objects.update(step_stale=False)
    typed = {"name": "Proefbedrijf", "country": "NL", "language": "nl"}
    for acts_for, kind, stale in (("Klant Een NV", "agency", True), ("", "own", True), ("", "own", False)):
        client_in.post(at(world, "settings"), {**typed, "acts_for": acts_for})
        assert (Administration.objects.get().kind, Debtor.objects.get().step_stale) == (kind, stale)
        Debtor.objects.update(step_stale=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Proefbedrijf, namens Klant Een NV"), ("fr", "Proefbedrijf, au nom de Klant Een NV")],
)
def test_an_agency_says_on_the_telephone_for_whom_it_calls(client_in, world, language, said):
    Administration.objects.update(kind="agency", acts_for="Klant Een NV")
    debtor = world.debtor(phone="020 123 45 01", language=language)
    world.invoice(debtor, "F-1")
    plan_next_steps(world.id, world.now)
    page = client_in.get(at(world, "today"))
    assert said in page.content.decode()
    call = open_call(world.doer, debtor_id=debtor)
    assert said in client_in.get(at(world, "call", call=call.call_id)).content.decode()


def test_the_demo_stays_the_demo_whoever_it_collects_for(client_in, world):
    Administration.objects.update(kind="demo")
    typed = {"name": "Proefbedrijf", "country": "NL", "language": "nl", "acts_for": "Klant Een NV"}
    client_in.post(at(world, "settings"), typed)
    assert Administration.objects.get().kind == "demo"


def test_of_hundreds_of_administrations_a_page_names_some_and_one_finds_the_others(client_in, world):
    made = [
        Administration(
            slug=f"klant-{n}",
            name=f"Klant {n:03d}",
            kind="agency",
            acts_for=f"Crediteur {n:03d}",
            created_at=NOW,
        )
        for n in range(300)
    ]
    Administration.objects.bulk_create(made)
    Membership.objects.bulk_create(Membership(administration=a, user=world.user, role="owner") for a in made)
    page = client_in.get(at(world, "to-do")).content.decode()
    assert page.count("/a/klant-") == IN_MENU
    assert "Alle administraties" in page
    assert client_in.get("/").content.decode().count("/a/klant-") == LISTED
    assert client_in.get(reverse("profile")).content.decode().count("/a/klant-") == LISTED
    for sought in ("klant 299", "Crediteur 299"):
        found = client_in.get("/", {"q": sought}).content.decode()
        assert re.findall(r"/a/klant-(\d+)/", found) == ["299"]
    assert "Geen administratie gevonden" in client_in.get("/", {"q": "zzz"}).content.decode()


def test_a_colleague_comes_changes_role_and_leaves(client_in, world):
    typed = {"person": "Bea Beller", "email": "bea@example.org", "role": "caller", "password": PASSWORD}
    assert client_in.post(at(world, "settings-members"), typed).status_code == 302
    bea = User.objects.get(email="bea@example.org")
    Debtor.objects.filter(id=world.debtor()).update(assigned_to=bea)
    client_in.post(at(world, "settings-member", user=bea.id), {"role": "lead"})
    assert Membership.objects.get(user=bea).role == "lead"
    client_in.post(at(world, "settings-member-remove", user=bea.id))
    assert not Membership.objects.filter(user=bea).exists()
    assert Debtor.objects.get().assigned_to is None


def test_a_new_colleague_cannot_come_without_a_password_and_so_without_a_way_in(client_in, world):
    typed = {"person": "Bea Beller", "email": "bea@example.org", "role": "caller", "password": ""}
    response = client_in.post(at(world, "settings-members"), typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"password"}
    assert not User.objects.filter(email="bea@example.org").exists()


def test_who_came_without_a_password_gets_one_when_he_comes_again(client_in, world):
    User.objects.create_user("bea@example.org", None, "Bea Beller")
    typed = {"person": "Bea Beller", "email": "bea@example.org", "role": "caller", "password": PASSWORD}
    assert client_in.post(at(world, "settings-members"), typed).status_code == 302
    assert User.objects.get(email="bea@example.org").check_password(PASSWORD)


def test_an_account_that_works_elsewhere_keeps_its_password(client_in, world):
    bea = User.objects.create_user("bea@example.org", None, "Bea Beller")
    Membership.objects.create(administration=make_world("ander").administration, user=bea, role="owner")
    typed = {"person": "Bea Beller", "email": "bea@example.org", "role": "caller", "password": PASSWORD}
    assert client_in.post(at(world, "settings-members"), typed).status_code == 302
    assert not User.objects.get(email="bea@example.org").has_usable_password()


def test_there_is_always_an_owner(client_in, world):
    response = client_in.post(at(world, "settings-member", user=world.user.id), {"role": "caller"})
    assert response.status_code == 422
    client_in.post(at(world, "settings-member-remove", user=world.user.id))
    assert Membership.objects.get().role == "owner"


def test_call_blocks_are_typed_as_one_writes_hours(client_in, world):
    typed = {"starts_0_0": "9.30", "ends_0_0": "11u30", "starts_4_0": "1330", "ends_4_0": "15:30"}
    client_in.post(at(world, "settings-blocks"), typed)
    assert [(b.weekday, f"{b.starts:%H:%M}") for b in CallBlock.objects.order_by("weekday")] == [
        (0, "09:30"),
        (4, "13:30"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"starts_0_0": "9:30"},
        {"starts_0_0": "11:30", "ends_0_0": "9:30"},
        {"starts_0_0": "9:30", "ends_0_0": "11:30", "starts_0_1": "11:00", "ends_0_1": "12:00"},
    ],
    ids=["half a block", "a block backwards", "two that overlap"],
)
def test_call_blocks_are_refused_and_kept_as_typed(client_in, world, typed):
    response = client_in.post(at(world, "settings-blocks"), typed)
    assert response.status_code == 422
    assert f'value="{typed["starts_0_0"]}"' in response.content.decode()
    assert 'id="day_0_error"' in response.content.decode()
    assert not CallBlock.objects.exists()


def test_a_caller_sets_his_own_blocks_only(client, world):
    bea = User.objects.create_user("bea@example.org", PASSWORD, "Bea Beller")
    Membership.objects.create(administration=world.administration, user=bea, role="caller")
    client.force_login(bea)
    typed = {"starts_0_0": "9:30", "ends_0_0": "11:30", "user": str(world.user.id)}
    client.post(at(world, "settings-blocks"), typed)
    assert CallBlock.objects.get().user == bea


def test_settings_are_kept_compact_and_refused_at_their_field(client_in, world):
    typed = {"name": "Nieuw BV", "country": "BE", "language": "nl-BE", "iban": "BE68 5390 0754 7034"}
    assert client_in.post(at(world, "settings"), typed).status_code == 302
    kept = Administration.objects.get()
    assert (kept.name, kept.iban, kept.time_zone) == ("Nieuw BV", "BE68539007547034", "Europe/Brussels")
    wrong = client_in.post(at(world, "settings"), {**typed, "vat_number": "BE0123"})
    assert wrong.context["form"].errors.keys() == {"vat_number"}


@pytest.mark.parametrize("name", ["Proefbedrijf", ""])
def test_all_that_is_wrong_with_ones_own_data_is_told_at_once(client_in, world, name):
    wrong = {"iban": "NL92ABNA0417164300", "vat_number": "NL1", "phone": "bel", "email": "eva"}
    form = {"name": name, "country": "NL", "language": "nl"} | wrong
    told = client_in.post(at(world, "settings"), form).context["form"].errors.keys()
    assert told == wrong.keys() | (set() if name else {"name"})


def test_all_that_is_wrong_with_a_new_colleague_is_told_at_once(client_in, world):
    form = {"person": "Kim", "email": "kim", "role": "caller", "password": "kort"}
    told = client_in.post(at(world, "settings-members"), form).context["form"].errors.keys()
    assert told == {"email", "password"}


def test_only_what_differs_from_the_method_is_kept(client_in, world):
    page = client_in.get(at(world, "settings-policy"))
    usual = {name: page.context["form"][name].initial for name in page.context["form"].fields}
    typed = {
        **usual,
        "minimum_cents": "50,00",
        "small_cents": "500,00",
        "large_cents": "2.500,00",
        "call_from_days": "6",
    }
    assert client_in.post(at(world, "settings-policy"), typed).status_code == 302
    assert Administration.objects.get().policy == {"minimum_cents": 5000, "call_from_days": 6}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"goal_days": "veel"}, "Vul een heel getal in van 0 tot en met 3650", id="a word"),
        pytest.param({"goal_days": "-1"}, "Vul een heel getal in van 0 tot en met 3650", id="below nothing"),
        pytest.param({"goal_days": "99999"}, "Vul een heel getal in van 0 tot en met 3650", id="too much"),
        pytest.param(
            {"max_instalments": "61"},
            "Vul een heel getal in van 0 tot en met 60",
            id="more than any plan has",
        ),
        pytest.param(
            {"large_cents": "-5,00"},
            "Vul een bedrag in van nul tot en met €\u00a01.000.000,00",
            id="a negative amount",
        ),
        pytest.param(
            {"large_cents": "9" * 30},
            "Vul een bedrag in van nul tot en met €\u00a01.000.000,00",
            id="thirty digits",
        ),
    ],
)
def test_a_number_of_the_method_that_cannot_be_is_told_at_its_field(client_in, world, typed, told):
    form = client_in.get(at(world, "settings-policy")).context["form"]
    usual = {name: form[name].value() for name in form.fields}
    (field,) = typed
    answer = client_in.post(at(world, "settings-policy"), {**usual, **typed})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [told]})
    assert Administration.objects.get().policy == {}


def test_what_a_second_broken_promise_means_is_chosen(client_in, world):
    form = client_in.get(at(world, "settings-policy")).context["form"]
    usual = {name: form[name].value() for name in form.fields}
    assert usual["second_broken"] == 0
    assert client_in.post(at(world, "settings-policy"), {**usual, "second_broken": "2"}).status_code == 302
    assert Administration.objects.get().policy == {"second_broken": 2}
    refused = client_in.post(at(world, "settings-policy"), {**usual, "second_broken": "3"})
    assert refused.context["form"].errors.keys() == {"second_broken"}
    assert Administration.objects.get().policy == {"second_broken": 2}


def test_ones_own_name_and_password(client_in, world):
    client_in.post(
        reverse("profile"), {"name": "Eva E.", "language": "fr", "password": "een andere lange zin"}
    )
    world.user.refresh_from_db()
    assert (world.user.name, world.user.language) == ("Eva E.", "fr")
    assert world.user.check_password("een andere lange zin")
    assert client_in.get(at(world, "debtors")).status_code == 200


def test_who_lost_his_password_gets_one_on_the_command_line(world, monkeypatch, capsys):
    from io import StringIO

    from beluur.cli.main import main

    monkeypatch.setattr("sys.stdin", StringIO("een heel andere zin\n"))
    assert main(["password", "PROEF@example.org"]) == 0
    world.user.refresh_from_db()
    assert world.user.check_password("een heel andere zin")
    monkeypatch.setattr("sys.stdin", StringIO("kort\n"))
    assert main(["password", "proef@example.org"]) == 1
    assert main(["password", "niemand@example.org"]) == 1
    assert "niemand@example.org" in capsys.readouterr().err
