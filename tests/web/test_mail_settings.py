"""*Instellingen*: the mail server, the texts, the general terms, and the phone in the office."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from beluur.actions.send_next_message import handle_one
from beluur.mailroom.template import INLINE, PIECES
from beluur.mailroom.texts_file import LANGUAGES, MailKind, default_template
from beluur.queries.mail_facts import template_for
from beluur.store.models import Administration, Document, Event, MailTemplate, Message, Reminder
from beluur.web import text_names
from tests.actions.calls import hold_call, promise, with_mail_server
from tests.rows import make_user
from tests.web.mail_rows import make_mail
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db

FORM = {
    "host": "smtp.example.org",
    "port": "587",
    "security": "starttls",
    "sign_in": "password",
    "username": "bel@example.org",
    "secret": "zeer geheim",
    "sender": "bel@example.org",
    "sender_name": "Proefbedrijf",
    "reply_to": "",
    "copy_to": "",
    "authorities": "",
    "do": "save",
}


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


def url(world: World, name: str, **rest) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def kept(world: World) -> dict:
    return Administration.objects.get(id=world.id).smtp


# -- the server -------------------------------------------------------------------------------------------------------


def test_the_password_is_sealed_and_never_shown_again(client, world):
    client.post(url(world, "settings-mail"), FORM | {"key": "k1"})
    assert kept(world)["host"] == "smtp.example.org"
    assert "zeer geheim" not in str(kept(world))
    page = client.get(url(world, "settings-mail"))
    assert "zeer geheim" not in page.content.decode()
    assert kept(world)["secret"] not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_an_empty_password_keeps_the_one_that_is_there(client, world):
    client.post(url(world, "settings-mail"), FORM | {"key": "k1"})
    sealed = kept(world)["secret"]
    client.post(url(world, "settings-mail"), FORM | {"key": "k2", "secret": "", "host": "mail.example.org"})
    assert (kept(world)["host"], kept(world)["secret"]) == ("mail.example.org", sealed)


WRONG = {
    "a server with a path": ({"host": "https://smtp.example.org/"}, "host"),
    "no sender": ({"sender": ""}, "sender"),
    "a copy to no address": ({"copy_to": "mijzelf"}, "copy_to"),
    "a port of letters": ({"port": "smtp"}, "port"),
    "no password at first": ({"secret": ""}, "secret"),
    "a password over an open line": ({"security": "none"}, "security"),
}


@pytest.mark.parametrize(("change", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_stands_at_its_field(client, world, change, field):
    page = client.post(url(world, "settings-mail"), FORM | {"key": "k1"} | change)
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()
    assert kept(world) == {}


ALL_WRONG = {
    "what can be read": ({}, "host security username secret sender copy_to"),
    "what cannot be read too": ({"port": "smtp"}, "port host security username secret sender copy_to"),
}


@pytest.mark.parametrize("do", ["save", "connect"])
@pytest.mark.parametrize(("more", "fields"), ALL_WRONG.values(), ids=ALL_WRONG)
def test_all_that_is_wrong_with_the_server_is_told_at_once(client, world, more, fields, do):
    wrong = {"host": "smtp.example.org/", "security": "none", "username": "", "secret": "", "sender": ""}
    asked = FORM | wrong | {"copy_to": "mijzelf", "key": "k1", "do": do} | more
    page = client.post(url(world, "settings-mail"), asked)
    assert page.context["form"].errors.keys() == set(fields.split())
    assert all(len(said) == 1 for said in page.context["form"].errors.values())


def test_without_a_server_only_what_cannot_be_read_is_wrong(client, world):
    page = client.post(
        url(world, "settings-mail"), FORM | {"host": "", "sender": "", "port": "x", "key": "k1"}
    )
    assert page.context["form"].errors.keys() == {"port"}


def test_a_mail_to_oneself_arrives_and_nothing_is_saved(client, world, smtp):
    here = {"host": smtp.host, "port": str(smtp.port), "security": "none", "sign_in": "none", "do": "self"}
    page = client.post(url(world, "settings-mail"), FORM | here | {"key": "k1"})
    assert "Verzonden naar bel@example.org" in page.content.decode()
    assert [m["To"] for m in smtp.messages] == ["bel@example.org"]
    assert kept(world) == {}


def test_a_server_that_is_not_there_is_told_in_a_sentence(client, world):
    here = {"host": "127.0.0.1", "port": "9", "security": "none", "sign_in": "none", "do": "connect"}
    page = client.post(url(world, "settings-mail"), FORM | here | {"key": "k1"})
    assert "niet te bereiken" in page.content.decode()


def test_what_waited_is_named_when_a_server_comes(client, world):
    make_mail(world, "not_sent")
    page = client.post(url(world, "settings-mail"), FORM | {"key": "k1"}, follow=True)
    assert "wacht nog op u" in page.content.decode()


def test_what_mails_lack_is_named(client, world):
    assert "uw adres" in client.get(url(world, "settings-mail")).content.decode()


@pytest.mark.parametrize("name", ["settings-mail", "settings-texts", "settings-terms"])
def test_a_caller_does_not_set_it(client, world, name):
    client.force_login(make_user(world.administration, role="caller"))
    assert client.get(url(world, name)).status_code == 403


# -- the texts --------------------------------------------------------------------------------------------------------

TEXT = {"kind": "reminder_1", "language": "nl"}


def test_each_name_in_a_text_is_explained():
    assert set(text_names.INLINE) == INLINE
    assert set(text_names.PIECES) == PIECES
    assert set(text_names.KINDS) == {kind.value for kind in MailKind}
    assert set(text_names.LANGUAGES) == set(LANGUAGES)


def ours(**changes: str) -> dict[str, str]:
    template = default_template(MailKind.REMINDER_1, "nl")
    return {"subject": template.subject, "body": template.body} | changes


def test_a_text_is_changed_and_ours_again(client, world):
    changed = ours(subject="Denkt u aan {invoice_numbers}?", key="k1")
    client.post(url(world, "settings-text", **TEXT), changed)
    assert MailTemplate.objects.get().subject == "Denkt u aan {invoice_numbers}?"
    assert "aangepast" in client.get(url(world, "settings-texts")).content.decode()
    client.post(url(world, "settings-text-reset", **TEXT), {"key": "k2"})
    assert not MailTemplate.objects.exists()


def test_our_own_text_saved_unchanged_stays_ours(client, world):
    client.post(url(world, "settings-text", **TEXT), ours(key="k1"))
    assert not MailTemplate.objects.exists()


def test_an_unknown_name_is_refused_at_its_field_with_what_was_meant(client, world):
    page = client.post(url(world, "settings-text", **TEXT), ours(subject="Over {invoice_number}", key="k1"))
    assert page.status_code == 422
    text = page.content.decode()
    assert 'id="id_subject_error"' in text
    assert "bedoelt u invoice_numbers?" in text
    assert not MailTemplate.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [k.value for k in MailKind])
def test_each_text_can_be_shown(client, world, kind, language):
    answer = client.get(url(world, "settings-text-preview", kind=kind, language=language))
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert "Klant" in answer.content.decode()
    assert "cid:" not in answer.content.decode()


def test_it_is_shown_with_a_customer_of_ones_own(client, world):
    debtor = world.debtor(email="an@example.org")
    world.invoice(debtor, "2026-77", 99_00)
    body = ours(subject="Proef", debtor=str(debtor))
    text = client.post(url(world, "settings-text-preview", **TEXT), body).content.decode()
    assert "2026-77" in text
    assert not MailTemplate.objects.exists()


def shown(client, world, debtor, **text) -> str:
    default = default_template(MailKind(text["kind"]), text["language"])
    body = {"subject": default.subject, "body": default.body, "debtor": str(debtor)}
    html = client.post(url(world, "settings-text-preview", **text), body).content.decode()
    return html.replace("\xa0", " ")


def test_what_of_the_example_is_invented_is_said_above_the_mail(client, world):
    debtor = world.debtor(email="an@example.org")
    text = shown(client, world, debtor, kind="confirm_promise", language="fr")
    assert "verzonnen" in text
    assert "Nederlands" in text, "he gets his mail in his own language"


def test_a_confirmation_is_shown_with_what_this_dossier_promised(client, world):
    debtor = world.debtor(phone="+31 20 123 45 00", email="an@example.org")
    world.invoice(debtor, "2026-78", 100_00, late=10)
    hold_call(world.doer, debtor, promise())
    text = shown(client, world, debtor, kind="confirm_promise", language="nl")
    assert "27 november 2026" in text
    assert "verzonnen" not in text


@pytest.mark.parametrize("kind", ["letter_1", "letter_2", "letter_last"])
def test_a_letter_is_shown_as_the_sheet_that_is_printed(client, world, kind):
    debtor = world.debtor("Bakkerij Proef", street="Dorpsstraat 12", postcode="1234 AB", city="Proefdorp")
    world.invoice(debtor, "2026-79", 100_00, late=10)
    text = shown(client, world, debtor, kind=kind, language="nl")
    assert "data:image/png;base64," in text
    assert "Dorpsstraat 12" in text
    assert "PROEFDORP" in text
    assert "2026-79" in text
    assert "verzonnen" not in text
    assert "postadres" not in text


def test_that_a_letter_has_no_address_is_said(client, world):
    debtor = world.debtor("Bakkerij Proef", street="")
    world.invoice(debtor, "2026-80", 100_00, late=10)
    assert "geen postadres bekend" in shown(client, world, debtor, kind="letter_1", language="nl")


def test_the_dossier_of_another_administration_is_not_shown(client, world):
    stranger = make_world("ander").debtor("Vreemd")
    answer = client.post(url(world, "settings-text-preview", **TEXT), ours(debtor=str(stranger)))
    assert answer.status_code == 404
    page = client.post(
        url(world, "settings-text", **TEXT), ours(debtor=str(stranger), do="find", find="Vreemd")
    )
    assert "Niemand gevonden" in page.content.decode()


def test_a_dossier_is_looked_for_and_what_is_typed_stays(client, world):
    world.debtor("Slagerij Proefham")
    page = client.post(url(world, "settings-text", **TEXT), ours(subject="Eigen", do="find", find="proefham"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Slagerij Proefham" in text
    assert 'value="Eigen"' in text
    assert not MailTemplate.objects.exists()
    found = client.get(
        url(world, "settings-text-dossiers"), {"find": "proefham"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Slagerij Proefham" in found


def test_a_test_goes_to_oneself_marked_as_one_and_once(client, world, smtp, data_folder):
    with_mail_server(world, smtp.port, copy_to="archief@example.org")
    debtor = world.debtor(email="an@example.org")
    world.invoice(debtor, "2026-79", 100_00, late=10)
    body = ours(subject="Eigen {total}", debtor=str(debtor), do="try", key="k1")
    page = client.post(url(world, "settings-text", **TEXT), body)
    assert "De proef gaat naar" in page.content.decode()
    client.post(url(world, "settings-text", **TEXT), body)
    assert not MailTemplate.objects.exists()
    assert handle_one(datetime.now(UTC) + timedelta(minutes=1))
    assert not handle_one(datetime.now(UTC) + timedelta(minutes=1))
    (mail,) = smtp.messages
    assert mail["To"].endswith(f"<{world.user.email}>")
    assert str(mail["Subject"]).startswith("[Proef] Eigen")
    assert "De klant krijgt deze mail niet" in mail.get_body(("plain",)).get_content()
    assert not Event.objects.filter(debtor_id=debtor).filter(kind__startswith="mail").exists()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"body": "{zomaar} {payment}"}, "onbekend", id="a text that cannot be filled in"),
        pytest.param({}, "stel eerst uw mailserver in", id="no server"),
    ],
)
def test_a_test_that_cannot_leave_says_why(client, world, change, says):
    page = client.post(url(world, "settings-text", **TEXT), ours(do="try", key="k1", **change))
    assert says in page.content.decode()
    assert not Message.objects.exists()


def test_a_text_of_before_with_a_name_that_is_no_more_is_not_sent(client, world):
    MailTemplate.objects.create(
        administration_id=world.id,
        kind="reminder_1",
        language="nl",
        subject="Over {factuur}",
        body="{invoices_table}\n\n{payment}",
        at=NOW,
    )
    assert template_for(world.id, MailKind.REMINDER_1, "nl") is None
    assert "kan niet meer worden ingevuld" in client.get(url(world, "settings-text", **TEXT)).content.decode()
    assert "kan zo niet" in client.get(url(world, "settings-texts")).content.decode()


def test_a_text_that_cannot_be_filled_in_says_so_in_the_frame(client, world):
    text = client.post(url(world, "settings-text-preview", **TEXT), ours(body="{zomaar}")).content.decode()
    assert "zomaar" in text
    assert "onbekend" in text


@pytest.mark.parametrize(("kind", "language"), [("geheim", "nl"), ("reminder_1", "de")])
def test_there_is_no_such_text(client, world, kind, language):
    assert client.get(url(world, "settings-text", kind=kind, language=language)).status_code == 404


# -- the general terms ------------------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "voorwaarden.pdf"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


@pytest.mark.usefixtures("data_folder")
def test_the_terms_are_kept_and_taken_off(client, world):
    client.post(url(world, "settings-terms"), {"file": upload(b"%PDF-1.7 proef"), "key": "k1"})
    assert Administration.objects.get(id=world.id).terms.name == "voorwaarden.pdf"
    assert "voorwaarden.pdf" in client.get(url(world, "settings-terms")).content.decode()
    client.post(url(world, "settings-terms-remove"), {"key": "k2"})
    assert Administration.objects.get(id=world.id).terms is None
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"), [(b"gewoon tekst", "Kies een PDF"), (b"", "Kies eerst een bestand")]
)
def test_what_is_no_pdf_is_refused_at_the_field(client, world, content, says):
    page = client.post(url(world, "settings-terms"), {"file": upload(content), "key": "k1"})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not Document.objects.exists()


# -- the phone --------------------------------------------------------------------------------------------------------


def test_the_recipe_names_this_machine(client, world):
    assert ".local" in client.get(url(world, "phone-help")).content.decode()


def test_once_it_has_a_name_there_is_a_square_to_open_it(client, world, settings):
    settings.PUBLIC_URL = "https://kantoor.local"
    text = client.get(url(world, "phone-help")).content.decode()
    assert "<svg" in text
    assert "https://kantoor.local" in text
