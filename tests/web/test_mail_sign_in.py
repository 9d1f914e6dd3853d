"""To the provider of the mailbox and back: only who left comes back, once, in time, for his own administration."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from beluur.mailroom.providers import PROVIDERS
from beluur.store.models import Administration, Mailbox, MailSignIn, Membership, Message
from beluur.store.sealing import unseal
from tests.actions.calls import hold_call, promise
from tests.imap_server import USER
from tests.rows import make_user
from tests.token_server import CLIENT, SECRET, TENANT, sign_in
from tests.web.mail_rows import make_mail
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db
BACK = reverse("mail-signed-in")
FORM = {
    "username": USER,
    "sender": "a@proef.example",
    "client_id": CLIENT,
    "client_secret": SECRET,
    "tenant": TENANT,
    "do": "save",
}


@pytest.fixture(autouse=True)
def _at_nine(monkeypatch):
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def registered(client, world, tokens, monkeypatch):
    """The registration is saved; nobody signed in yet."""
    monkeypatch.setitem(PROVIDERS, "microsoft", tokens.provider())
    client.post(url(world, "settings-mail") + "?via=microsoft", FORM | {"key": "k1"})
    return tokens


def url(world: World, name: str) -> str:
    return reverse(name, kwargs={"administration": world.slug})


def away(client: Client, world: World) -> dict[str, str]:
    """What goes along to the provider."""
    to = client.get(url(world, "mail-sign-in"))
    assert to.status_code == 302
    return {n: v[0] for n, v in parse_qs(urlsplit(to.url).query).items()}


def back(client: Client, tokens, visit: dict[str, str], **more: str):
    """Back from the provider, with its code."""
    code = parse_qs(urlsplit(tokens.allow(visit)).query)["code"][0]
    return client.get(BACK, {"code": code, "state": visit["state"]} | more, follow=True)


def holds() -> list[int]:
    return list(MailSignIn.objects.filter(holds=True).values_list("administration_id", flat=True))


WRONG_TENANT = {"tenant": "geen tenant", "client_id": "een twee", "client_secret": ""}


def test_all_that_is_wrong_with_the_registration_and_the_sender_is_told_at_once(client, world):
    wrong = WRONG_TENANT | {"username": "", "sender": "ik", "copy_to": "mijzelf", "key": "k1"}
    page = client.post(url(world, "settings-mail") + "?via=microsoft", FORM | wrong)
    told = {"username", "sender", "copy_to", "client_id", "client_secret", "tenant"}
    assert page.context["form"].errors.keys() == told
    assert Administration.objects.get(id=world.id).smtp == {}


def test_there_and_back(client, world, registered):
    visit = away(client, world)
    assert visit["redirect_uri"] == f"http://testserver{BACK}"
    assert visit["login_hint"] == USER
    page = back(client, registered, visit)
    assert "U bent aangemeld bij Microsoft 365" in page.content.decode()
    assert holds() == [world.id]
    assert "mail_sign_in" not in client.session
    assert page.redirect_chain[-1][0] == url(world, "settings-mail"), "the code does not stay in the address"


def test_the_page_to_come_back_at_is_that_of_the_public_address(client, world, registered, settings):
    settings.PUBLIC_URL = "https://beluur.kantoor.example"
    assert away(client, world)["redirect_uri"] == f"https://beluur.kantoor.example{BACK}"
    assert f"https://beluur.kantoor.example{BACK}" in client.get(url(world, "settings-mail")).content.decode()


def test_what_goes_along_holds_no_secret(client, world, registered):
    visit = away(client, world)
    kept = client.session["mail_sign_in"]
    assert SECRET not in str(visit)
    assert kept["verifier"] not in str(visit)


# -- who is not let in --------------------------------------------------------------------------------------------------


def refused(page) -> bool:
    return "is hier niet begonnen" in page.content.decode()


def test_the_same_answer_twice_is_refused_and_the_sign_in_stays(client, world, registered):
    visit = away(client, world)
    code = parse_qs(urlsplit(registered.allow(visit)).query)["code"][0]
    answer = {"code": code, "state": visit["state"]}
    client.get(BACK, answer)
    asked = len(registered.asked)
    assert refused(client.get(BACK, answer, follow=True))
    assert (holds(), len(registered.asked)) == ([world.id], asked)


@pytest.mark.parametrize("change", ["nothing", "a letter", "unsigned", "own key", "empty"])
def test_a_forged_state_is_refused_and_the_honest_one_still_holds(client, world, registered, change):
    visit = away(client, world)
    state = visit["state"]
    plain = state.rpartition("~")[0]
    forged = {
        "nothing": "x",
        "a letter": ("A" if state[0] != "A" else "B") + state[1:],
        "unsigned": plain,
        "own key": Signer(key="mijn sleutel", salt="beluur.mail_sign_in", sep="~").sign(plain),
        "empty": "",
    }[change]
    assert refused(back(client, registered, visit | {"state": forged}))
    assert (holds(), registered.asked) == ([], [])
    assert "U bent aangemeld" in back(client, registered, visit).content.decode()


def test_the_state_of_another_session_is_refused(client, world, registered):
    """Somebody lets another come back with a code of his own: the other's mail would leave through his mailbox."""
    thief = Client()
    thief.force_login(make_user(world.administration))
    stolen = away(thief, world)
    assert refused(back(client, registered, stolen))
    away(client, world)
    assert refused(back(client, registered, stolen)), "also while he has one of his own underway"
    assert (holds(), registered.asked) == ([], [])


def test_a_state_for_another_administration_is_refused(client, world, registered):
    other = make_world("ander")
    Membership.objects.create(administration=other.administration, user=world.user, role="owner")
    visit = away(client, world)
    kept = client.session["mail_sign_in"]
    signer = Signer(salt="beluur.mail_sign_in", sep="~")
    mixed = signer.sign(f"{kept['nonce']}.{other.id}.{int(NOW.timestamp())}")
    assert refused(back(client, registered, visit | {"state": mixed}))
    assert (holds(), registered.asked) == ([], [])


def test_who_begins_for_another_administration_ends_what_he_began(client, world, registered):
    other = make_world("ander")
    Membership.objects.create(administration=other.administration, user=world.user, role="owner")
    client.post(url(other, "settings-mail") + "?via=microsoft", FORM | {"key": "k2"})
    first = away(client, world)
    second = away(client, other)
    assert refused(back(client, registered, first))
    back(client, registered, second)
    assert holds() == [other.id]


def test_who_comes_back_too_late_begins_again(client, world, registered, monkeypatch):
    visit = away(client, world)
    monkeypatch.setenv("BELUUR_NOW", (NOW + timedelta(minutes=15)).isoformat())
    assert refused(back(client, registered, visit))
    assert registered.asked == []


def test_who_signed_out_meanwhile_goes_to_the_door(client, world, registered):
    visit = away(client, world)
    client.logout()
    assert back(client, registered, visit).redirect_chain[0][0] == reverse("login")
    assert holds() == []
    client.force_login(world.user)
    assert refused(back(client, registered, visit))


def test_who_may_no_longer_set_it_does_not_end_it(client, world, registered):
    visit = away(client, world)
    Membership.objects.update(role="caller")
    assert back(client, registered, visit).status_code == 403
    assert (holds(), registered.asked) == ([], [])


@pytest.mark.parametrize("name", ["mail-sign-in", "mail-sign-out"])
def test_a_caller_does_not_sign_in_or_out(client, world, registered, name):
    client.force_login(make_user(world.administration, role="caller"))
    ask = client.get if name == "mail-sign-in" else client.post
    assert ask(url(world, name)).status_code == 403


def test_who_says_no_at_the_provider_is_told_so(client, world, registered):
    visit = away(client, world)
    answer = {"error": "access_denied", "error_description": "<b>Nee</b>\nTrace", "state": visit["state"]}
    page = client.get(BACK, answer, follow=True).content.decode()
    assert "Microsoft heeft u niet aangemeld: &lt;b&gt;Nee&lt;/b&gt;" in page
    assert "Trace" not in page
    assert "mail_sign_in" not in client.session


@pytest.mark.parametrize("how", ["refuse", "client", "garbage", "no_refresh"])
def test_a_provider_that_gives_nothing_is_quoted_and_nothing_is_kept(client, world, registered, how):
    visit = away(client, world)
    registered.answers = [how]
    assert "Microsoft" in back(client, registered, visit).content.decode()
    assert holds() == []


def test_without_a_registration_there_is_nowhere_to_go(client, world):
    page = client.get(url(world, "mail-sign-in"), follow=True)
    assert "Stel eerst Microsoft 365 of Gmail in" in page.content.decode()


# -- the settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("via", ["microsoft", "google", "other", "onzin"])
def test_there_are_three_ways(client, world, via):
    page = client.get(url(world, "settings-mail"), {"via": via}).content.decode()
    assert page.count('aria-current="page"') >= 2
    assert ("id_client_id" in page) is (via in PROVIDERS)
    assert ("id_tenant" in page) is (via == "microsoft")


def test_the_secret_is_sealed_and_never_shown_again(client, world, registered):
    row = MailSignIn.objects.get()
    assert unseal(row.client_secret) == SECRET
    page = client.get(url(world, "settings-mail"))
    assert SECRET not in page.content.decode()
    assert row.client_secret not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_wrong_directory_stands_at_its_field(client, world):
    page = client.post(
        url(world, "settings-mail") + "?via=microsoft", FORM | {"tenant": "elders.example", "key": "k1"}
    )
    assert page.status_code == 422
    assert 'id="id_tenant_error"' in page.content.decode()
    assert not MailSignIn.objects.exists()


def test_no_host_of_the_form_is_believed(client, world, registered):
    client.post(
        url(world, "settings-mail") + "?via=microsoft",
        FORM | {"key": "k2", "host": "elders.example", "port": "25", "token": "https://elders.example/"},
    )
    assert Administration.objects.get(id=world.id).smtp["host"] == "127.0.0.1"


def test_another_server_is_begun_anew(client, world, registered):
    page = client.get(url(world, "settings-mail"), {"via": "other"}).content.decode()
    assert 'value="127.0.0.1"' not in page


def test_signed_out_stands_above_each_page_that_mails_with_the_way_to_sign_in(client, world, registered):
    sign_in(world, registered, NOW)
    debtor = world.debtor(phone="+31 20 123 45 00", email="an@example.org")
    world.invoice(debtor, "2026-1", 100_00, late=10)
    said = "er is niet (meer) aangemeld bij uw mailprovider"
    assert said not in client.get(url(world, "outbox")).content.decode()
    MailSignIn.objects.update(
        holds=False, trouble={"code": "mail.sign_in.ended", "params": {"provider": "Microsoft 365"}}
    )
    hold_call(world.doer, debtor, promise())
    message = Message.objects.get()
    one = reverse("message", kwargs={"administration": world.slug, "message": message.id})
    for page in (url(world, "outbox"), one, url(world, "reminders")):
        text = client.get(page).content.decode()
        assert said in text
        assert f'href="{url(world, "settings-mail")}"' in text
    assert "De aanmelding bij Microsoft 365 geldt niet meer" in client.get(one).content.decode()
    settings_page = client.get(url(world, "settings-mail")).content.decode()
    assert "De aanmelding bij Microsoft 365 geldt niet meer" in settings_page
    assert f'href="{url(world, "mail-sign-in")}"' in settings_page


def test_what_waited_is_named_after_signing_in(client, world, registered):
    make_mail(world, "not_sent")
    page = back(client, registered, away(client, world))
    assert "wacht nog op u in Postvak uit" in page.content.decode()


def test_what_waited_only_for_the_sign_in_leaves_with_one_button(client, world, registered):
    debtor = world.debtor(phone="+31 20 123 45 00", email="an@example.org")
    world.invoice(debtor, "2026-1", 100_00, late=10)
    hold_call(world.doer, debtor, promise())
    button = f'action="{url(world, "outbox-waited")}"'
    assert button not in client.get(url(world, "outbox")).content.decode(), "nobody is signed in yet"
    assert button in back(client, registered, away(client, world)).content.decode()
    assert "1 mail wachtte alleen op het aanmelden" in client.get(url(world, "outbox")).content.decode()
    page = client.post(url(world, "outbox-waited"), {"key": "k3"}, follow=True).content.decode()
    assert "1 mail vertrekt nu" in page
    assert button not in page
    assert Message.objects.get().state == "queued"


def test_signing_out_is_said(client, world, registered):
    sign_in(world, registered, NOW)
    page = client.post(url(world, "mail-sign-out"), {"key": "k9"}, follow=True)
    assert "Afgemeld bij Microsoft 365" in page.content.decode()
    assert holds() == []


def test_the_mailbox_of_answers_takes_the_same_sign_in(client, world, registered):
    sign_in(world, registered, NOW)
    page = client.get(url(world, "settings-replies"), {"via": "sign-in"}).content.decode()
    assert f'value="{USER}"' in page
    assert 'value="microsoft365"' in page
    form = {"username": USER, "folder": "INBOX", "plus": "on", "vouched_by": "microsoft365", "do": "save"}
    client.post(f"{url(world, 'settings-replies')}?via=sign-in", form | {"key": "k5"})
    box = Mailbox.objects.get()
    assert (box.sign_in, box.secret, box.plus, box.vouched_by) == ("xoauth2", "", True, "microsoft365")
    Mailbox.objects.update(trouble={"code": "mail.sign_in.ended", "params": {"provider": "Microsoft 365"}})
    for name in ("settings-replies", "replies"):
        text = client.get(url(world, name)).content.decode()
        assert "De aanmelding bij Microsoft 365 geldt niet meer" in text
        assert f'href="{url(world, "settings-mail")}"' in text
    client.post(f"{url(world, 'settings-replies')}?via=sign-in", form | {"key": "k6", "do": "off"})
    assert not Mailbox.objects.exists()


def test_before_a_provider_is_set_up_the_mailbox_of_answers_says_where(client, world):
    page = client.get(url(world, "settings-replies"), {"via": "sign-in"}).content.decode()
    assert "Stel eerst bij E-mail" in page
    assert urlencode({"via": "microsoft"}) in page
