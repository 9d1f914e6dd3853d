from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from beluur.mailroom.compose import compose_confirmation
from beluur.mailroom.mime import AddressProblem, Attachment, Envelope, header_address, message_bytes
from tests.mailroom.samples import CREDITOR, RECIPIENT, agreement

ENVELOPE = Envelope(
    sender="debiteuren@voorbeeld.example",
    sender_name="Voorbeeld, BV",
    to="els@klant.example",
    to_name="Els Klant",
    reply_to="sanne@voorbeeld.example",
    copies=("kopie@voorbeeld.example",),
    message_id="abc@voorbeeld.example",
    date=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
)
PDF = Attachment("2026-0101.pdf", b"%PDF-1.7 \r\n.\r\nEOF")
MAIL = compose_confirmation(CREDITOR, RECIPIENT, agreement())


def parsed(raw):
    return message_from_bytes(raw, policy=policy.default)


def test_the_message_has_text_html_picture_and_papers():
    message = parsed(message_bytes(MAIL, ENVELOPE, (PDF,)))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == MAIL.text
    assert message.get_body(("html",)).get_content().replace("\r\n", "\n").strip() == MAIL.html.strip()
    (paper,) = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == (PDF.name, PDF.data)


def test_the_headers_say_who_to_whom_and_when():
    message = parsed(
        message_bytes(
            MAIL, replace(ENVELOPE, thread=("eerst@voorbeeld.example", "<eerder@voorbeeld.example>"))
        )
    )
    assert message["From"] == '"Voorbeeld, BV" <debiteuren@voorbeeld.example>'
    assert message["To"] == "Els Klant <els@klant.example>"
    assert message["Reply-To"].addresses[0].addr_spec == "sanne@voorbeeld.example"
    assert message["Subject"] == MAIL.subject
    assert message["Date"] == "Mon, 23 Nov 2026 09:30:00 +0000"
    assert message["Message-ID"] == "<abc@voorbeeld.example>"
    assert message["In-Reply-To"] == "<eerder@voorbeeld.example>"
    assert message["References"] == "<eerst@voorbeeld.example> <eerder@voorbeeld.example>"
    assert message["Auto-Submitted"] is None
    assert message["List-Unsubscribe"] is None, "it is no newsletter"
    assert message["Content-Language"] == "nl"
    assert "kopie@" not in str(message)


def test_the_same_mail_makes_the_same_bytes():
    assert message_bytes(MAIL, ENVELOPE, (PDF,)) == message_bytes(MAIL, ENVELOPE, (PDF,))


def test_every_line_ends_in_crlf():
    raw = message_bytes(MAIL, ENVELOPE, (PDF,))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_no_header_can_be_smuggled_in():
    bad = "x\r\nBcc: dief@voorbeeld.example"
    mail = replace(MAIL, subject=bad)
    envelope = replace(ENVELOPE, sender_name=bad, to_name=bad, message_id=f"<a>{bad}", thread=(bad,))
    message = parsed(message_bytes(mail, envelope, (Attachment(bad, b"x", bad),)))
    assert "Bcc" not in message
    assert message["Subject"] == "x Bcc: dief@voorbeeld.example"


def test_a_web_page_never_goes_along_as_one():
    message = parsed(message_bytes(MAIL, ENVELOPE, (Attachment("x.html", b"<script>", "text/html"),)))
    assert [a.get_content_type() for a in message.iter_attachments()] == ["application/octet-stream"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "els",
        "@klant.example",
        "els@",
        "a b@klant.example",
        "a@b@c.example",
        "a@klant.example\r\nBcc: x@y.example",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(AddressProblem):
        header_address(address)


def test_a_domain_with_an_umlaut_is_written_for_the_wire():
    assert header_address("els@bücher.example").addr_spec == "els@xn--bcher-kva.example"


def test_a_long_name_of_a_mail_stays_a_name():
    """Outlook's are; folded as text they would be encoded, and the conversation would break in two."""
    theirs = f"{'AM0PR0402MB3456' * 5}@AM0PR0402MB3456.eurprd04.prod.outlook.example"
    raw = message_bytes(MAIL, replace(ENVELOPE, thread=("eerst@voorbeeld.example", theirs)))
    assert f"\r\nIn-Reply-To: <{theirs}>\r\n".encode() in raw
    assert f"References: <eerst@voorbeeld.example>\r\n <{theirs}>\r\n".encode() in raw


@pytest.mark.parametrize(
    "theirs", ["geen naam", "a b@c", "a@b>\r\nBcc: x@y.example", "é@x.example", "", "@", "x" * 600 + "@y"]
)
def test_what_is_no_name_of_a_mail_is_left_out(theirs):
    message = parsed(message_bytes(MAIL, replace(ENVELOPE, thread=("eerst@voorbeeld.example", theirs))))
    assert message["References"] == "<eerst@voorbeeld.example>"
    assert message["Bcc"] is None


def test_what_nobody_pressed_a_button_for_says_so():
    assert (
        parsed(message_bytes(MAIL, replace(ENVELOPE, automatic=True)))["Auto-Submitted"] == "auto-generated"
    )
