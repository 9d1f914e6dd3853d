"""Mail through a provider at which one signs in: it leaves with a token renewed in time, and what cannot leave is said."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from beluur.actions.add_note import add_note
from beluur.actions.change_message import resend_message
from beluur.actions.look_in_mailbox import PAUSES, look_in_mailbox
from beluur.actions.mail_access import NoAccess, mail_access
from beluur.actions.once import Doer
from beluur.actions.save_mail_provider import ProviderForm, save_mail_provider
from beluur.actions.save_mailbox import MailboxForm, save_mailbox, try_imap
from beluur.actions.save_smtp import SmtpForm, save_smtp
from beluur.actions.send_next_message import handle_one
from beluur.actions.send_reminders import send_reminders
from beluur.actions.send_what_waited import Waited, send_what_waited
from beluur.actions.sign_in_mail import CameBack, sign_in_mail
from beluur.actions.sign_out_mail import sign_out_mail
from beluur.actions.try_smtp import try_smtp
from beluur.domain.mail_sign_in import Declined, Granted, Why
from beluur.mailroom import ask_token
from beluur.mailroom.providers import PROVIDERS
from beluur.mailroom.send import DeliveryState
from beluur.queries.mail_sign_in import sign_in_row
from beluur.queries.waited_mails import count_waited
from beluur.store.models import Administration, Debtor, Hold, Mailbox, MailIn, MailSignIn, Message
from beluur.store.sealing import seal, unseal
from beluur.values.problem import Refused
from beluur.values.sentence import say
from tests.actions.calls import hold_call, later, promise, timeline
from tests.imap_server import USER, imap_server
from tests.mail_in import raw_mail
from tests.threads import at_once
from tests.token_server import CLIENT, LIVES, SECRET, TENANT, sign_in, smtp_by_token
from tests.web.mail_rows import make_mail
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=31)
AFTER_AN_HOUR = NOW + timedelta(seconds=LIVES)
FORM = ProviderForm("microsoft", CLIENT, SECRET, TENANT, username=USER, sender="a@proef.example")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def mail(tokens, tmp_path: Path, monkeypatch):
    """The provider's mail server, and a row of the table that leads to it."""
    with smtp_by_token(tokens, tmp_path) as (mailbox, port):
        monkeypatch.setitem(PROVIDERS, "microsoft", tokens.provider(smtp=port))
        yield mailbox


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="boekhouding@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    return i


def confirmation(world: World, debtor: int) -> Message:
    return Message.objects.get(id=hold_call(world.doer, debtor, promise()).message_id)


def code_of(problem: dict) -> str:
    return str(problem["code"])


# -- leaving ----------------------------------------------------------------------------------------------------------


def test_a_mail_leaves_with_the_token_and_the_next_too(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    assert handle_one(SOON)
    message.refresh_from_db()
    assert message.state == "sent"
    other = world.debtor("Ander", email="ander@kruimel.example")
    world.invoice(other, "2026-2", late=5)
    send_reminders(later(world.doer, minutes=5), [other], 1)
    assert handle_one(NOW + timedelta(minutes=6))
    assert len(mail.messages) == 2
    assert [a["grant_type"] for a in tokens.asked] == ["authorization_code"], "no other token is asked for"


def test_just_before_it_ends_another_is_asked_for(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    first = unseal(MailSignIn.objects.get().access_token)
    confirmation(world, debtor)
    tokens.valid.discard(first)
    assert handle_one(AFTER_AN_HOUR - timedelta(minutes=1))
    assert (len(mail.messages), mail.tries) == (1, 1), "the old one is not even shown"
    assert [a["grant_type"] for a in tokens.asked] == ["authorization_code", "refresh_token"]
    assert MailSignIn.objects.get().access_until > AFTER_AN_HOUR


def test_a_refresh_token_that_is_replaced_is_kept(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    before = unseal(MailSignIn.objects.get().refresh_token)
    tokens.answers = ["rotate"]
    confirmation(world, debtor)
    assert handle_one(AFTER_AN_HOUR)
    after = unseal(MailSignIn.objects.get().refresh_token)
    assert after != before
    assert tokens.refreshing == {after}


def test_a_token_that_the_mail_server_refuses_is_renewed_once(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    tokens.valid.clear()
    assert handle_one(NOW + timedelta(minutes=10))
    message.refresh_from_db()
    assert (message.state, mail.tries, len(mail.messages)) == ("sent", 2, 1)


def test_a_mailbox_that_refuses_each_token_is_asked_twice_and_no_more(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    mail.closed = True
    assert handle_one(NOW + timedelta(minutes=10))
    message.refresh_from_db()
    assert (message.state, code_of(message.problem), mail.tries) == ("failed", "mail.failed.login", 2)
    resend_message(later(world.doer, minutes=10, seconds=30), message.id)
    assert handle_one(NOW + timedelta(minutes=10, seconds=30))
    assert mail.tries == 3, "the token is new: another would not help"
    assert MailSignIn.objects.get().holds


# -- not leaving ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "code"), [("refuse", "mail.sign_in.ended"), ("client", "mail.sign_in.registration")]
)
def test_when_no_token_can_be_had_a_mail_is_not_sent_and_waits_for_a_person(
    world, debtor, mail, tokens, how, code
):
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    tokens.answers = [how]
    assert handle_one(AFTER_AN_HOUR)
    message.refresh_from_db()
    assert (message.state, code_of(message.problem)) == ("not_sent", code)
    assert timeline(debtor)[-2] == "Nog niet verzonden: de bevestiging"
    assert "Microsoft 365" in timeline(debtor)[-1]
    assert not handle_one(AFTER_AN_HOUR + timedelta(days=1)), "it does not leave by itself"
    assert (mail.tries, len(tokens.asked)) == (0, 2)


def test_what_is_written_meanwhile_is_not_sent_and_the_provider_is_left_alone(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    confirmation(world, debtor)
    tokens.revoke()
    assert handle_one(AFTER_AN_HOUR)
    asked = len(tokens.asked)
    other = world.debtor("Ander", email="ander@kruimel.example")
    world.invoice(other, "2026-2", late=5)
    send_reminders(later(world.doer, hours=1), [other], 1)
    assert [code_of(p) for p in Message.objects.values_list("problem", flat=True)] == [
        "mail.sign_in.ended"
    ] * 2
    with pytest.raises(Refused) as refused:
        resend_message(later(world.doer, hours=1), Message.objects.first().id)
    assert refused.value.sentence.code == "mail.sign_in.ended"
    assert len(tokens.asked) == asked


def test_after_signing_in_again_each_mail_leaves_once_and_under_its_own_name(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    name = message.message_id
    tokens.revoke()
    assert handle_one(AFTER_AN_HOUR)
    again = AFTER_AN_HOUR + timedelta(hours=1)
    sign_in(world, tokens, again)
    assert not handle_one(again), "a person says so: it may be too late by now"
    resend_message(replace(world.doer, at=again), message.id)
    assert handle_one(again)
    assert not handle_one(again)
    message.refresh_from_db()
    assert (message.state, message.message_id, len(mail.messages)) == ("sent", name, 1)


# -- what waited ------------------------------------------------------------------------------------------------------

BACK_AT = NOW + timedelta(hours=2)


def signed_out(tokens, world: World) -> None:
    sign_in(world, tokens, NOW)
    MailSignIn.objects.update(holds=False, trouble=say("mail.sign_in.missing", provider="X").to_json())


def states() -> dict[str, str]:
    return dict(Message.objects.order_by("id").values_list("kind", "state"))


def whys() -> list[str]:
    return [code_of(p) for p in Message.objects.order_by("id").values_list("problem", flat=True) if p]


@pytest.fixture
def waited(world, debtor, mail, tokens) -> Doer:
    """A confirmation and, of another, a reminder waited only for a sign-in; who signed in again this morning."""
    signed_out(tokens, world)
    confirmation(world, debtor)
    other = world.debtor("Ander", email="ander@kruimel.example")
    world.invoice(other, "2026-2", late=5)
    send_reminders(later(world.doer, minutes=1), [other], 1)
    assert states() == {"confirmation": "not_sent", "reminder_1": "not_sent"}
    return replace(world.doer, at=BACK_AT)


def test_what_waited_only_for_a_sign_in_leaves_at_once_and_each_mail_once(world, waited, mail, tokens):
    make_mail(world, "not_sent", Debtor.objects.first().id)  # for want of a server
    sign_in(world, tokens, BACK_AT)
    assert send_what_waited(replace(waited, key="k1")) == Waited(leave=2, look_first=0)
    assert send_what_waited(replace(waited, key="k1")) == Waited(leave=2, look_first=0), "the same form"
    assert send_what_waited(replace(waited, key="k2")) == Waited(leave=0, look_first=0), "the button again"
    while handle_one(BACK_AT):
        pass
    assert states() == {"confirmation": "sent", "reminder_1": "sent", "statement": "not_sent"}
    assert len(mail.messages) == 2
    assert count_waited(world.id) == 0


def test_as_long_as_nobody_is_signed_in_nothing_leaves(world, waited):
    with pytest.raises(Refused) as refused:
        send_what_waited(waited)
    assert refused.value.sentence.code == "mail.sign_in.missing"
    assert set(states().values()) == {"not_sent"}


def a_note(world: World, debtor: int) -> None:
    add_note(later(world.doer, minutes=5), debtor_id=debtor, text="Zegt dat hij gisteren betaalde")


def a_hold(world: World, debtor: int) -> None:
    Hold.objects.create(administration_id=world.id, debtor_id=debtor, reason="Rouw", at=NOW)


SINCE = {
    "something in the dossier": (a_note, "outbox.waited.happened"),
    "a hold without a word": (a_hold, "outbox.waited.halted"),
}


@pytest.mark.parametrize(("since", "why"), SINCE.values(), ids=SINCE)
def test_a_reminder_is_asked_again_after(world, waited, mail, tokens, since, why):
    reminder = Message.objects.get(kind="reminder_1")
    since(world, reminder.debtor_id)
    sign_in(world, tokens, BACK_AT)
    assert send_what_waited(waited) == Waited(leave=1, look_first=1)
    while handle_one(BACK_AT):
        pass
    assert states() == {"confirmation": "sent", "reminder_1": "not_sent"}
    assert whys() == [why]
    assert count_waited(world.id) == 0, "it no longer waits for the sign-in"
    resend_message(waited, reminder.id)
    assert handle_one(BACK_AT)
    assert states()["reminder_1"] == "sent"


def test_of_an_earlier_day_what_asks_for_money_is_asked_again_and_an_agreement_leaves(world, waited, tokens):
    sign_in(world, tokens, BACK_AT)
    assert send_what_waited(later(waited, days=1)) == Waited(leave=1, look_first=1)
    assert (states()["confirmation"], whys()) == ("queued", ["outbox.waited.earlier_day"])


def test_an_agreement_whose_day_is_over_is_asked_again(world, waited, tokens):
    sign_in(world, tokens, BACK_AT)
    assert send_what_waited(later(waited, days=5)) == Waited(leave=0, look_first=2)
    assert whys() == ["outbox.waited.passed", "outbox.waited.earlier_day"]


def test_two_who_press_at_once_send_nothing_twice(world, waited, mail, tokens):
    sign_in(world, tokens, BACK_AT)
    first, second = (send_what_waited(replace(waited, key=key)) for key in ("a", "b"))
    assert (first.leave, second.leave) == (2, 0)
    assert Message.objects.filter(state="queued").count() == 2


@pytest.mark.parametrize("how", ["later", "garbage", "html", "hang"])
def test_a_provider_that_is_away_is_tried_again_and_nobody_is_asked_to_sign_in(
    world, debtor, mail, tokens, how, monkeypatch
):
    monkeypatch.setattr(ask_token, "_SECONDS", 0.3)
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    tokens.answers = [how]
    assert handle_one(AFTER_AN_HOUR)
    message.refresh_from_db()
    assert (message.state, code_of(message.problem)) == ("queued", "mail.sign_in.later")
    assert MailSignIn.objects.get().holds
    tokens.released.set()
    assert handle_one(message.send_after)
    message.refresh_from_db()
    assert (message.state, len(mail.messages)) == ("sent", 1)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_who_find_it_ended_lose_nothing_and_send_nothing_twice(tokens, tmp_path, monkeypatch):
    world = make_world()
    with smtp_by_token(tokens, tmp_path) as (mailbox, port):
        monkeypatch.setitem(PROVIDERS, "microsoft", tokens.provider(smtp=port))
        sign_in(world, tokens, NOW)
        ids = [world.debtor(f"Klant {n}", email=f"k{n}@kruimel.example") for n in range(4)]
        for i in ids:
            world.invoice(i, f"2026-{i}", late=5)
        send_reminders(world.doer, ids, 1)
        tokens.valid.clear()

        def work() -> None:
            while handle_one(AFTER_AN_HOUR):
                pass

        at_once(work, work)
        assert len(mailbox.messages) == 4
        assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_token_that_was_given_goes_before_a_refusal_at_the_same_moment(world, mail, tokens, monkeypatch):
    sign_in(world, tokens, NOW)

    def given_while_another_is_refused(*_: object) -> Granted:
        MailSignIn.objects.update(
            holds=False, trouble={"code": "mail.sign_in.ended", "params": {"provider": "x"}}
        )
        return Granted("a", "r", 3600)

    monkeypatch.setattr("beluur.actions.mail_access.token_again", given_while_another_is_refused)
    assert mail_access(world.id, AFTER_AN_HOUR).token == "a"
    assert sign_in_row(world.id).why is None


@pytest.mark.parametrize(
    "meanwhile", [{"refresh_token": ""}, {"refresh_token": "nieuw"}], ids=["out", "in again"]
)
def test_what_a_person_did_meanwhile_stands(world, mail, tokens, monkeypatch, meanwhile):
    sign_in(world, tokens, NOW)
    for read in (Granted("a", "r", 3600), Declined(Why.ENDED, "x")):
        MailSignIn.objects.update(refresh_token=seal("r"), holds=True)

        def asked(*_: object, read: object = read) -> object:
            MailSignIn.objects.update(holds=False, **meanwhile)
            return read

        monkeypatch.setattr("beluur.actions.mail_access.token_again", asked)
        with suppress(NoAccess):
            mail_access(world.id, AFTER_AN_HOUR)
        row = MailSignIn.objects.get()
        assert (row.refresh_token, row.holds, row.trouble) == (meanwhile["refresh_token"], False, {})


def test_a_key_of_another_house_asks_to_sign_in_again(world, debtor, mail, tokens, settings):
    sign_in(world, tokens, NOW)
    settings.SECRET_KEY = "een andere"
    assert code_of(confirmation(world, debtor).problem) == "mail.sign_in.ended"


def test_the_token_of_one_administration_serves_no_other(world, mail, tokens):
    sign_in(world, tokens, NOW)
    other = make_world("ander")
    save_mail_provider(other.doer, FORM)
    i = other.debtor("Ander", email="ander@kruimel.example")
    other.invoice(i, "2026-2", late=5)
    send_reminders(other.doer, [i], 1)
    message = Message.objects.get()
    assert (message.state, code_of(message.problem)) == ("not_sent", "mail.sign_in.missing")
    assert try_smtp(other.doer, FORM).state is DeliveryState.SIGNED_OUT
    assert mail.tries == 0


def test_a_token_is_shown_to_no_server_but_that_of_the_table(world, debtor, mail, tokens, smtp):
    sign_in(world, tokens, NOW)
    kept = Administration.objects.get(id=world.id).smtp
    Administration.objects.update(smtp=kept | {"host": smtp.host, "port": smtp.port, "security": "none"})
    confirmation(world, debtor)
    assert handle_one(SOON)
    assert (len(mail.messages), smtp.messages) == (1, [])


# -- signing in and out -------------------------------------------------------------------------------------------------


def test_nothing_that_is_secret_stands_open_in_the_row(world, mail, tokens):
    sign_in(world, tokens, NOW)
    row = MailSignIn.objects.values().get()
    open_ones = {SECRET, *tokens.refreshing, *tokens.valid}
    assert not [secret for secret in open_ones for value in row.values() if secret in str(value)]
    assert (row["by_id"], row["signed_in_at"]) == (world.user.id, NOW)


def test_a_code_is_used_once_also_when_two_come_back_with_it_at_once(world, mail, tokens):
    sign_in(world, tokens, NOW)
    came = CameBack("n1", CLIENT, "c", "v" * 50, "https://beluur.example/")
    with pytest.raises(Refused) as first:
        sign_in_mail(world.doer, came)
    assert first.value.sentence.code == "mail.sign_in.not_done"
    asked = len(tokens.asked)
    with pytest.raises(Refused) as second:
        sign_in_mail(world.doer, came)
    assert second.value.sentence.code == "mail.sign_in.not_ours"
    assert len(tokens.asked) == asked
    assert MailSignIn.objects.get().holds, "the sign-in that holds stays"


def test_access_for_an_hour_only_is_no_sign_in(world, mail, tokens):
    tokens.answers = ["no_refresh"]
    with pytest.raises(Refused) as refused:
        sign_in(world, tokens, NOW)
    assert refused.value.sentence.code == "mail.sign_in.no_refresh"
    assert not MailSignIn.objects.get().holds


def test_a_registration_that_changed_meanwhile_is_not_signed_in_for(world, mail, tokens):
    save_mail_provider(world.doer, FORM)
    came = CameBack("n1", "client-2", "c", "v" * 50, "https://beluur.example/")
    with pytest.raises(Refused) as refused:
        sign_in_mail(world.doer, came)
    assert (refused.value.sentence.code, tokens.asked) == ("mail.sign_in.changed", [])


def test_signing_out_forgets_the_access_and_keeps_the_registration(world, mail, tokens):
    sign_in(world, tokens, NOW)
    sign_out_mail(world.doer)
    row = MailSignIn.objects.get()
    assert (row.refresh_token, row.access_token, row.holds, row.client_id) == ("", "", False, CLIENT)
    assert try_smtp(world.doer, FORM).sentence.code == "mail.sign_in.missing"


KEPT = {
    "nothing": ({}, True),
    "the sender": ({"sender": "b@proef.example"}, True),
    "a new secret of the same registration": ({"client_secret": "nieuw geheim"}, True),
    "another client": ({"client_id": "client-2", "client_secret": "x"}, False),
    "another directory": ({"tenant": TENANT.replace("1", "2"), "client_secret": "x"}, False),
    "another provider": ({"provider": "google", "client_secret": "x"}, False),
}


@pytest.mark.parametrize(("change", "stays"), KEPT.values(), ids=KEPT)
def test_what_was_granted_stays_with_its_registration(world, mail, tokens, change, stays):
    sign_in(world, tokens, NOW)
    assert save_mail_provider(world.doer, replace(FORM, **{"client_secret": None} | change)) is stays
    assert bool(MailSignIn.objects.get().refresh_token) is stays


def test_a_new_secret_ends_the_trouble_with_the_old_one(world, debtor, mail, tokens):
    sign_in(world, tokens, NOW)
    message = confirmation(world, debtor)
    tokens.answers = ["client"]
    assert handle_one(AFTER_AN_HOUR)
    assert sign_in_row(world.id).why is not None
    assert save_mail_provider(world.doer, FORM)
    resend_message(replace(world.doer, at=AFTER_AN_HOUR), message.id)
    assert handle_one(AFTER_AN_HOUR)
    assert len(mail.messages) == 1


WRONG = {
    "no client id": ({"client_id": ""}, "client_id"),
    "a client id with a line break": ({"client_id": "a\nb"}, "client_id"),
    "no secret at first": ({"client_secret": None}, "client_secret"),
    "a directory that is an address": ({"tenant": "elders.example/x"}, "tenant"),
    "a directory that leads up": ({"tenant": "../../x"}, "tenant"),
    "a mailbox that is no address": ({"username": "ik"}, "username"),
    "a mailbox that ends its line": ({"username": "a@b.nl\x01auth=Bearer x"}, "username"),
    "no sender": ({"sender": ""}, "sender"),
    "a provider that is not in the table": ({"provider": "https://elders.example"}, "provider"),
}


@pytest.mark.parametrize(("change", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_at_its_field(world, change, field):
    with pytest.raises(Refused) as refused:
        save_mail_provider(world.doer, replace(FORM, **change))
    assert refused.value.field == field
    assert not MailSignIn.objects.exists()
    assert Administration.objects.get(id=world.id).smtp == {}


def test_another_server_leaves_no_access_behind_that_nothing_uses(world, mail, tokens):
    sign_in(world, tokens, NOW)
    save_smtp(world.doer, SmtpForm("smtp.proef.example", username="a", secret="g", sender="a@proef.example"))
    assert not MailSignIn.objects.exists()
    assert "provider" not in Administration.objects.get(id=world.id).smtp


# -- reading ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def inbox(world, debtor, tokens, tmp_path, monkeypatch, data_folder):
    """A real mailbox that takes the provider's tokens (Dovecot asks whose they are), with an answer to a mail that left."""
    with smtp_by_token(tokens, tmp_path) as (_, port), imap_server(f"{tokens.plain}/whose?token=") as imap:
        monkeypatch.setitem(PROVIDERS, "microsoft", tokens.provider(smtp=port, imap=imap.port))
        sign_in(world, tokens, NOW)
        message = confirmation(world, debtor)
        assert handle_one(SOON)
        save_mailbox(world.doer, MailboxForm("", sign_in="xoauth2", username=USER))
        Mailbox.objects.update(since=NOW.date())
        raw = raw_mail("Akkoord", sender="Jan <boekhouding@kruimel.example>", answers=message.message_id)
        yield SimpleNamespace(imap=imap, raw=raw)


def test_answers_are_read_with_the_same_sign_in(world, inbox):
    inbox.imap.put(inbox.raw)
    assert look_in_mailbox(NOW + timedelta(minutes=5))
    assert MailIn.objects.get().kind == "agree"
    box = Mailbox.objects.get()
    assert (box.trouble, box.secret, box.host) == ({}, "", "127.0.0.1")


def test_the_mailbox_asks_once_for_another_token(world, inbox, tokens):
    inbox.imap.put(inbox.raw)
    tokens.valid.clear()
    assert look_in_mailbox(NOW + timedelta(minutes=10))
    assert [a["grant_type"] for a in tokens.asked] == ["authorization_code", "refresh_token"]


def test_reading_pauses_with_the_same_sentence_and_goes_on_after_signing_in(world, inbox, tokens):
    inbox.imap.put(inbox.raw)
    tokens.revoke()
    assert not look_in_mailbox(AFTER_AN_HOUR)
    asked, box = len(tokens.asked), Mailbox.objects.get()
    assert (box.trouble["code"], box.next_look_at) == ("mail.sign_in.ended", AFTER_AN_HOUR + PAUSES[0])
    assert not look_in_mailbox(box.next_look_at)
    assert len(tokens.asked) == asked, "the provider is not asked again"
    again = AFTER_AN_HOUR + timedelta(hours=5)
    sign_in(world, tokens, again)
    assert Mailbox.objects.get().trouble == {}
    assert look_in_mailbox(again)
    assert MailIn.objects.get().kind == "agree"


def test_the_button_says_whether_the_mailbox_can_be_read(world, inbox, tokens):
    form = MailboxForm("", sign_in="xoauth2", username=USER)
    assert try_imap(world.doer, form) is None
    wrong = try_imap(later(world.doer, minutes=10), replace(form, username="iemand@anders.example"))
    assert wrong is not None
    assert wrong.code == "mail.failed.login"
    sign_out_mail(world.doer)
    signed_out = try_imap(world.doer, form)
    assert signed_out is not None
    assert signed_out.code == "mail.sign_in.missing"


def test_a_mailbox_of_a_provider_that_is_not_set_up_is_refused(world):
    with pytest.raises(Refused) as refused:
        save_mailbox(world.doer, MailboxForm("", sign_in="xoauth2", username=USER))
    assert refused.value.sentence.code == "mail.sign_in.nowhere"


def test_the_access_stays_as_long_as_it_reads(world, inbox):
    save_smtp(world.doer, SmtpForm("smtp.proef.example", username="a", secret="g", sender="a@proef.example"))
    assert MailSignIn.objects.exists()
    save_mailbox(world.doer, MailboxForm(""))
    assert not MailSignIn.objects.exists()
