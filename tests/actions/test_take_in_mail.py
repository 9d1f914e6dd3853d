"""Answers from a real mailbox: to their dossier, once; only a plain yes of somebody we know confirms (E3)."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from functools import partial
from hashlib import sha256

import pytest

from beluur.actions.look_in_mailbox import PAUSES, look_in_mailbox
from beluur.actions.save_mailbox import MailboxForm, save_mailbox, try_imap
from beluur.actions.send_next_message import handle_one
from beluur.actions.take_in_mail import take_in_mail
from beluur.store.load import load_case
from beluur.store.models import (
    Administration,
    Contact,
    Debtor,
    Document,
    Event,
    Mailbox,
    MailIn,
    Message,
    WrittenAnswer,
)
from beluur.values.problem import Refused
from tests.actions.calls import FRIDAY, hold_call, promise, timeline, with_mail_server
from tests.imap_server import PASSWORD, USER
from tests.mail_in import dsn, raw_mail
from tests.threads import at_once
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="jan@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    return i


@pytest.fixture
def confirmation(world: World, debtor: int) -> Message:
    with_mail_server(world)
    message = Message.objects.get(id=hold_call(world.doer, debtor, promise()).message_id)
    Message.objects.filter(id=message.id).update(state="sent", sent_at=NOW + timedelta(minutes=1))
    message.refresh_from_db()
    return message


def mailbox(world: World, port: int, **more: object) -> Mailbox:
    form = MailboxForm("127.0.0.1", port, security="none", username=USER, secret=PASSWORD, **more)  # type: ignore[arg-type]
    save_mailbox(world.doer, form)
    return Mailbox.objects.get()


def take(world: World, raw: bytes) -> MailIn | None:
    taken = take_in_mail(world.id, raw, LATER)
    return MailIn.objects.get(id=taken.mail_in_id) if taken.mail_in_id else None


def answer(message: Message, text: str = "Akkoord", **more: str) -> bytes:
    return raw_mail(text, answers=message.message_id, **more)


# -- the mailbox --------------------------------------------------------------------------------------------------------


def test_a_yes_in_the_mailbox_confirms_the_agreement(world, debtor, confirmation, imap):
    imap.put(answer(confirmation))
    mailbox(world, imap.port)
    assert look_in_mailbox(LATER)
    mail = MailIn.objects.get()
    assert (mail.kind, mail.state, mail.debtor_id) == ("agree", "confirmed", debtor)
    assert mail.promise is not None
    assert mail.promise.call_id == confirmation.call_id
    assert timeline(debtor)[-3:] == [
        "Jan Kruimel bevestigde de afspraak per mail",
        "- hij bevestigt: “akkoord”",
        "- afzender niet bevestigd door de mailserver",
    ]
    box = Mailbox.objects.get()
    assert (box.looked_at, box.trouble, box.tries) == (LATER, {}, 0)
    assert (imap.kept(), imap.unread()) == (1, 1), "nothing in the mailbox is changed"


def test_what_was_read_is_not_read_again_and_what_comes_later_is(world, confirmation, imap):
    imap.put(answer(confirmation))
    mailbox(world, imap.port)
    assert look_in_mailbox(LATER)
    assert not look_in_mailbox(LATER + timedelta(minutes=1)), "not its turn"
    assert not look_in_mailbox(LATER + timedelta(minutes=4))
    imap.put(answer(confirmation, "Bel me even", message_id="r2@kruimel.example"))
    assert look_in_mailbox(LATER + timedelta(minutes=8))
    assert list(MailIn.objects.order_by("id").values_list("kind", flat=True)) == ["agree", "other"]


def test_a_mailbox_that_is_gone_for_a_day_is_said_and_nothing_is_lost(world, confirmation, imap):
    mailbox(world, imap.port)
    assert not look_in_mailbox(LATER)
    imap.stop()
    imap.put(answer(confirmation))
    now, pauses = LATER + timedelta(minutes=3), []
    while now < LATER + timedelta(days=1):
        assert not look_in_mailbox(now)
        box = Mailbox.objects.get()
        assert box.trouble["code"] == "mail.failed.connect"
        assert box.looked_at == LATER
        pauses.append(box.next_look_at - now)
        now = box.next_look_at
    assert pauses[: len(PAUSES)] == list(PAUSES)
    assert set(pauses[len(PAUSES) :]) == {PAUSES[-1]}
    imap.start()
    assert look_in_mailbox(now)
    box = Mailbox.objects.get()
    assert (box.trouble, box.tries, box.looked_at) == ({}, 0, now)
    assert MailIn.objects.get().kind == "agree"


def test_a_mail_that_cannot_be_read_holds_up_none_behind_it(world, confirmation, imap):
    imap.put(b"Subject: geen afzender\r\n\r\nx")
    imap.put(answer(confirmation))
    mailbox(world, imap.port)
    assert look_in_mailbox(LATER)
    assert MailIn.objects.count() == 1
    assert Mailbox.objects.get().trouble["code"] == "imap.skipped"


def test_twenty_megabytes_by_imap_are_kept_as_a_file(world, debtor, confirmation, imap):
    raw = raw_mail("Akkoord", answers=confirmation.message_id, attached={"../groot.exe": b"MZ" * 7_500_000})
    assert len(raw) > 20_000_000
    imap.put(raw)
    mailbox(world, imap.port)
    assert look_in_mailbox(LATER)
    kept = Document.objects.get(debtor_id=debtor)
    assert (kept.name, kept.size, kept.media_type) == ("groot.exe", 15_000_000, "application/octet-stream")
    assert MailIn.objects.get().documents == [kept.id]


def test_files_are_kept_as_they_came_and_never_opened(world, debtor, confirmation, monkeypatch):
    bomb = zipped({"../../nul": b"\0" * 20_000_000})
    inner = zipped({"bom.zip": bomb})
    hung = {
        "../../etc/passwd": b"root",
        "bom.zip": bomb,
        "in een map\\..\\x.docx": inner,
        "k\u202efdp.exe": b"MZ",
    }
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_, **__: pytest.fail("it was opened"))
    mail = take(world, raw_mail("Zie de bijlagen", answers=confirmation.message_id, attached=hung))
    assert mail is not None
    kept = {d.id: d for d in Document.objects.filter(debtor_id=debtor)}
    assert [kept[i].sha256 for i in mail.documents] == [
        sha256(content).hexdigest() for content in hung.values()
    ]
    assert {d.media_type for d in kept.values()} == {"application/octet-stream"}
    assert not [d.name for d in kept.values() if "/" in d.name or "\\" in d.name or "\u202e" in d.name]


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_mail_within_a_mail_and_a_strange_character_set_are_no_yes_and_no_harm(world, debtor, confirmation):
    head = (
        f"From: Jan <jan@kruimel.example>\r\nIn-Reply-To: <{confirmation.message_id}>\r\nMessage-ID: <buiten@k.example>\r\n"
        'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\n'
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/plain; charset=x-martian\r\n\r\n"
    ).encode()
    words = b"Nee, d\xe9 dag klopt niet\r\n--b--\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n"
    inside = raw_mail("Akkoord", message_id="binnen@kruimel.example")
    raw = head + words + inside + b"\r\n--a--\r\n"
    mail = take(world, raw)
    assert mail is not None
    assert (mail.state, mail.text) == ("open", "Nee, dé dag klopt niet")
    assert [d.media_type for d in Document.objects.filter(debtor_id=debtor)] == ["application/octet-stream"]


def test_a_wrong_password_is_said(world, imap):
    form = MailboxForm("127.0.0.1", imap.port, security="none", username=USER, secret="fout")
    why = try_imap(world.doer, form)
    assert why is not None
    assert why.code == "mail.failed.login"
    good = MailboxForm("127.0.0.1", imap.port, security="none", username=USER, secret=PASSWORD)
    assert try_imap(world.doer, good) is None
    assert not Mailbox.objects.exists()


def test_a_password_never_goes_over_an_open_line(world):
    why = try_imap(world.doer, MailboxForm("mail.example", security="none", username="a", secret="b"))
    assert why is not None
    assert why.code == "mail.failed.login_unsafe"


def test_the_secret_is_sealed_and_stays_when_it_is_left_empty(world):
    box = mailbox(world, 1)
    assert PASSWORD not in box.secret
    save_mailbox(world.doer, MailboxForm("127.0.0.1", 2, security="none", username=USER))
    again = Mailbox.objects.get()
    assert (again.port, again.secret) == (2, box.secret)
    save_mailbox(world.doer, MailboxForm(""))
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"host": "a/b"}, "host"),
        ({"port": 0}, "port"),
        ({"security": "x"}, "security"),
        ({"sign_in": "none"}, "security"),
        ({"username": " "}, "username"),
        ({"folder": "a\nb"}, "folder"),
        ({"secret": None}, "secret"),
    ],
    ids=str,
)
def test_a_mailbox_that_cannot_be_is_refused_at_its_field(world, more, field):
    known = {"host": "imap.example", "username": USER, "secret": PASSWORD} | more
    with pytest.raises(Refused) as refused:
        save_mailbox(world.doer, MailboxForm(**known))
    assert refused.value.field == field


def test_of_practice_no_mailbox_is_looked_in(world, imap):
    mailbox(world, imap.port)
    Administration.objects.update(kind="practice")
    assert not look_in_mailbox(LATER)
    assert Mailbox.objects.get().looked_at is None


# -- whose it is, and what it says ---------------------------------------------------------------------------------------


def test_the_same_mail_twice_is_one(world, debtor, confirmation):
    assert take(world, answer(confirmation))
    told = timeline(debtor)
    assert take(world, answer(confirmation)) is None
    assert timeline(debtor) == told


def test_by_the_token_in_our_address(world, confirmation):
    token = confirmation.message_id[:16]
    mail = take(world, raw_mail("Akkoord", to=f"bel+{token}@proef.example"))
    assert mail is not None
    assert mail.kind == "agree"


MX = "mx.proef.example"
SIGNED = {"Authentication-Results": f"{MX}; dmarc=pass header.from=kruimel.example"}
FORGED = {"Authentication-Results": f"{MX}; dmarc=fail header.from=kruimel.example"}


@pytest.mark.parametrize(
    ("refers", "headers", "trusted", "state"),
    [
        pytest.param(True, {}, "", "confirmed", id="who refers to our mail has it"),
        pytest.param(True, FORGED, MX, "open", id="unless our server says that it is not his"),
        pytest.param(False, {}, "", "open", id="a subject anybody can guess, and a From anybody can type"),
        pytest.param(False, SIGNED, "", "open", id="vouched for by a server that nobody said to believe"),
        pytest.param(False, SIGNED, "mx.elders.example", "open", id="or by another than ours"),
        pytest.param(False, SIGNED, MX, "confirmed", id="vouched for by ours"),
    ],
)
def test_a_yes_is_no_more_than_what_shows_who_wrote_it(
    world, debtor, confirmation, refers, headers, trusted, state
):
    mailbox(world, 1, vouched_by=trusted)
    answers = confirmation.message_id if refers else ""
    mail = take(
        world, raw_mail("Akkoord", answers=answers, Subject=f"Antw: {confirmation.subject}", **headers)
    )
    assert mail is not None
    assert mail.state == state
    assert WrittenAnswer.objects.filter(kind="agree").exists() == (state == "confirmed")
    told = {"yes": "de mailserver bevestigt dat dit van kruimel.example komt", "": "afzender niet bevestigd door de mailserver",
            "no": "volgens de mailserver komt dit niet van kruimel.example"}  # fmt: skip
    assert f"- {told[mail.vouched]}" in timeline(debtor)


def test_by_subject_and_sender(world, confirmation):
    mail = take(world, raw_mail("Bel me even", Subject=f"Antw: {confirmation.subject}"))
    assert mail is not None
    assert mail.message_id == confirmation.id
    stranger = raw_mail("Akkoord", sender="x@elders.example", Subject=f"Re: {confirmation.subject}")
    assert take(world, stranger) is None


@pytest.mark.parametrize(
    "raw",
    [
        raw_mail("Akkoord"),
        raw_mail("Akkoord", to="bel+0123456789abcdef@proef.example"),
        raw_mail("x", answers="m@x.y"),
    ],
)
def test_what_answers_nothing_of_ours_is_not_kept(world, confirmation, raw):
    assert take(world, raw) is None
    assert not MailIn.objects.exists()


def test_the_copy_to_ourselves_of_a_corrected_mail_is_no_answer(world, confirmation):
    Message.objects.create(
        administration_id=world.id, debtor_id=confirmation.debtor_id, kind="confirmation", subject="x", text="x",
        send_after=NOW, created_at=NOW, message_id="m2@proef.example", replaces=confirmation, state="sent",
    )  # fmt: skip
    copy = answer(confirmation, "Zo staat het nu", sender="a@proef.example", message_id="m2@proef.example")
    assert take(world, copy) is None


def test_a_yes_with_the_token_of_anothers_dossier_confirms_nothing(world, confirmation):
    other = world.debtor("Ander BV", email="piet@ander.example")
    token = confirmation.message_id[:16]
    mail = take(world, raw_mail("Akkoord", sender="piet@ander.example", to=f"bel+{token}@proef.example"))
    assert mail is not None
    assert (mail.kind, mail.state, mail.because["code"]) == ("other", "open", "mail_in.unknown_sender")
    assert mail.debtor_id != other


def test_a_mail_of_another_administration_is_not_answered_here(world, confirmation):
    other = make_world("ander", "Ander")
    assert take(other, answer(confirmation)) is None
    assert take(other, raw_mail("Akkoord", to=f"bel+{confirmation.message_id[:16]}@ander.example")) is None
    assert not MailIn.objects.exists()


def test_a_yes_to_what_was_changed_since_confirms_nothing(world, confirmation):
    Message.objects.create(
        administration_id=world.id, debtor_id=confirmation.debtor_id, kind="confirmation", subject="x", text="x",
        send_after=NOW, created_at=NOW, message_id="m2@proef.example", replaces=confirmation, state="sent",
    )  # fmt: skip
    mail = take(world, answer(confirmation))
    assert mail is not None
    assert (mail.kind, mail.because["code"]) == ("other", "mail_in.nothing_to_confirm")


def test_another_date_is_shown_and_a_person_decides(world, debtor, confirmation):
    mail = take(world, answer(confirmation, "Kan het ook op 4 december?"))
    assert mail is not None
    assert (mail.kind, mail.state, mail.proposed) == ("proposes", "open", [["2026-12-04", None]])
    assert "- hij noemt een andere datum of een ander bedrag" in timeline(debtor)


def test_the_agreed_day_may_be_named(world, confirmation):
    mail = take(world, answer(confirmation, f"Akkoord, € 100 op {FRIDAY.day} november"))
    assert mail is not None
    assert mail.kind == "agree"


def test_a_loop_of_automatic_answers_sends_nothing(world, debtor, confirmation, smtp):
    before = Message.objects.count()
    for n in range(30):
        away = {"Auto-Submitted": "auto-replied", "Subject": "Automatisch antwoord"}
        take(
            world, answer(confirmation, "Akkoord, ik ben met vakantie", message_id=f"a{n}@x.example", **away)
        )
    assert Message.objects.count() == before
    assert set(MailIn.objects.values_list("kind", "state")) == {("automatic", "taken")}
    assert not handle_one(LATER)


# -- bounces --------------------------------------------------------------------------------------------------------------


def test_a_bounce_makes_the_address_bad_and_asks_for_another(world, debtor, confirmation):
    contact = world.contact(debtor, email="jan@kruimel.example")
    assert load_case(world.id, debtor).has_email
    mail = take(world, dsn("jan@kruimel.example", confirmation.message_id))
    assert mail is not None
    assert (mail.kind, mail.state) == ("bounce", "taken")
    confirmation.refresh_from_db()
    assert (confirmation.state, confirmation.problem["code"]) == ("failed", "mail_in.bounced")
    assert Debtor.objects.get(id=debtor).email_bad_at == LATER
    assert Contact.objects.get(id=contact).email_bad_at == LATER
    assert not load_case(world.id, debtor).has_email
    assert timeline(debtor)[-1].startswith("- Vraag een ander e-mailadres")


WHOLE = b"Content-Type: message/rfc822\r\n\r\nContent-Type: text/plain\r\n"


@pytest.mark.parametrize("back", ["the headers of ours", "ours as a whole"])
def test_a_bounce_is_one_event_with_its_reason_and_no_file(world, debtor, confirmation, back):
    raw = dsn("jan@kruimel.example", confirmation.message_id)
    if back == "ours as a whole":
        raw = raw.replace(b"Content-Type: text/rfc822-headers\r\n\r\n", WHOLE)
    before = len(timeline(debtor))
    told = Event.objects.filter(debtor_id=debtor).count()
    mail = take(world, raw)
    assert mail is not None
    assert mail.kind == "bounce"
    assert (mail.documents, Document.objects.count()) == ([], 0)
    assert Event.objects.filter(debtor_id=debtor).count() == told + 1
    assert any("550 no such user" in line for line in timeline(debtor)[before:])


def test_a_full_mailbox_did_not_get_it_but_is_no_bad_address(world, debtor, confirmation):
    take(world, dsn("jan@kruimel.example", confirmation.message_id, "5.2.2"))
    confirmation.refresh_from_db()
    assert confirmation.state == "failed"
    assert Debtor.objects.get(id=debtor).email_bad_at is None


def test_a_bounce_of_an_address_we_did_not_write_to_changes_nothing(world, debtor, confirmation):
    assert take(world, dsn("ander@elders.example", confirmation.message_id)) is None
    confirmation.refresh_from_db()
    assert confirmation.state == "sent"
    assert Debtor.objects.get(id=debtor).email_bad_at is None


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_same_mail_at_the_same_moment_is_one(world, debtor, confirmation):
    raw = answer(confirmation)
    at_once(*[partial(take_in_mail, world.id, raw, LATER)] * 4)
    assert MailIn.objects.count() == 1
