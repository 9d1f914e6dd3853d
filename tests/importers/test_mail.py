"""A mail that came in: what he wrote himself, what it answers, what it is."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.importers.mail import MAX_MAIL, read_mail
from beluur.importers.mail_quotation import own_words
from tests.mail_in import dsn, raw_mail

OURS = "Goedemorgen,\n\nU betaalt € 500,00 op vrijdag 27 november.\n\nBo Beller"
QUOTED = "\n".join(f"> {line}" for line in OURS.split("\n"))

HEADS = {
    "gmail in dutch": "Op ma 23 nov 2026 om 10:12 schreef Proef BV <bel@proef.example>:",
    "gmail in dutch over two lines": "Op ma 23 nov 2026 om 10:12 schreef Proef BV <\nbel@proef.example>:",
    "apple mail in dutch": "Op 23 nov. 2026, om 10:12 heeft Proef BV <bel@proef.example> het volgende geschreven:",
    "thunderbird in dutch": "Op 23-11-2026 om 10:12 schreef Proef BV:",
    "gmail in french": "Le lun. 23 nov. 2026 à 10:12, Proef BV <bel@proef.example> a écrit :",
    "apple mail in french": "Le 23 nov. 2026 à 10:12, Proef BV <bel@proef.example> a écrit :",
    "thunderbird in french": "Le 23/11/2026 à 10:12, Proef BV a écrit :",
    "gmail in english": "On Mon, Nov 23, 2026 at 10:12 AM Proef BV <bel@proef.example> wrote:",
    "apple mail in english": "On 23 Nov 2026, at 10:12, Proef BV <bel@proef.example> wrote:",
    "thunderbird in english": "On 23/11/2026 10:12, Proef BV wrote:",
    "yahoo, name first": "Proef BV <bel@proef.example> schreef op ma 23 nov:",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_quotation_below_an_answer_is_cut(head):
    assert own_words(f"Akkoord.\n\nJan\n\n{head}\n\n{QUOTED}") == "Akkoord.\n\nJan"
    assert own_words(f"Akkoord.\n\nJan\n\n{head}\n\n{OURS}") == "Akkoord.\n\nJan"


OUTLOOK = {
    "dutch": "Van: Proef BV <bel@proef.example>\nVerzonden: maandag 23 november 2026 10:12\nAan: Jan\nOnderwerp: Afspraak",
    "french": "De : Proef BV <bel@proef.example>\nEnvoyé : lundi 23 novembre 2026 10:12\nÀ : Jan\nObjet : Accord",
    "english": "From: Proef BV <bel@proef.example>\nSent: Monday, November 23, 2026 10:12 AM\nTo: Jan\nSubject: Agreement",
    "with a rule": "________________________________\nFrom: Proef BV\nSent: Monday",
    "in bold, as text": "*Van:* Proef BV\n*Verzonden:* maandag\n*Aan:* Jan",
    "original message": "-----Oorspronkelijk bericht-----\nVan: Proef BV",
    "message d'origine": "-----Message d'origine-----\nDe : Proef BV",
}


@pytest.mark.parametrize("head", OUTLOOK.values(), ids=OUTLOOK)
def test_what_outlook_puts_below_is_cut(head):
    assert own_words(f"D'accord\n\n{head}\n\n{OURS}") == "D'accord"


SIGNATURES = {
    "the usual two dashes": "-- \nJan Voorbeeld\nT 020 123 45 67",
    "a telephone in dutch": "Verstuurd vanaf mijn iPhone",
    "a telephone in french": "Envoyé de mon iPhone",
    "a telephone in english": "Sent from my Galaxy",
    "a program": "Outlook voor Android downloaden",
}


@pytest.mark.parametrize("below", SIGNATURES.values(), ids=SIGNATURES)
def test_what_a_program_adds_is_cut(below):
    assert own_words(f"Prima zo.\n\n{below}") == "Prima zo."


def test_answers_between_the_quoted_lines_are_kept():
    text = f"{HEADS['gmail in dutch']}\n\n> U betaalt op vrijdag.\n\nDat klopt niet.\n\n> Bo Beller\n"
    assert own_words(text) == "Dat klopt niet."


@pytest.mark.parametrize(
    "text",
    [
        "Op vrijdag 27 november betalen wij.",
        "Le 27 novembre nous payons.",
        "On Friday we pay.",
        "Van de vijf facturen is er één betaald.",
        "De : nous payons vendredi",
        "Op 27 november betalen wij, dat schreef ik al.",
    ],
)
def test_what_only_looks_like_the_head_of_a_quotation_stays(text):
    assert own_words(text) == text


# -- the whole mail -------------------------------------------------------------------------------------------------------------


def test_who_what_and_what_it_answers():
    read = read_mail(
        "1", raw_mail("Akkoord\n\n" + HEADS["gmail in dutch"] + "\n" + QUOTED, answers="m1@proef.example")
    )
    record = read.record
    assert record is not None
    assert (record.sender, record.sender_name) == ("jan@kruimel.example", "Jan Kruimel")
    assert record.answers == ("m1@proef.example",)
    assert (record.text, record.automatic, record.bounce) == ("Akkoord", False, None)
    assert record.sent is not None
    assert record.sent.isoformat() == "2026-11-23T11:00:00+01:00"
    assert read.problems == ()


def test_the_token_is_what_stands_after_the_plus():
    record = read_mail("1", raw_mail("ja", to="bel+0123456789abcdef@proef.example")).record
    assert record is not None
    assert record.token == "0123456789abcdef"
    other = read_mail("1", raw_mail("ja", to="bel+incasso@proef.example")).record
    assert other is not None
    assert other.token == ""


def test_html_only_is_read_as_text_and_nothing_in_it_runs():
    html = (
        "<html><head><style>p{color:red}</style><script>alert(1)</script></head><body><p>Akkoord,&nbsp;prima.</p>"
        '<img src="https://spy.example/x.gif"><div id="divRplyFwdMsg"><b>Van:</b> Proef BV</div><p>U betaalt 500</p></body>'
    )
    record = read_mail("1", raw_mail(html, kind="html")).record
    assert record is not None
    assert record.text == "Akkoord, prima."


def test_a_quoted_block_in_html_is_cut():
    html = (
        '<div>D\'accord</div><blockquote type="cite"><div>Vous payez</div><div>500 euros</div></blockquote>'
    )
    record = read_mail("1", raw_mail(html, kind="html")).record
    assert record is not None
    assert record.text == "D'accord"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated; x"},
        {"Precedence": "bulk"},
        {"X-Autoreply": "yes"},
        {"Return-Path": "<>"},
        {"List-Id": "<nieuws.example>"},
        {"Subject": "Automatisch antwoord: Afspraak"},
        {"Subject": "Out of Office Re: x"},
        {"Subject": "Réponse automatique : Accord"},
        {"Subject": "Afwezig: Re: afspraak"},
    ],
    ids=str,
)
def test_what_a_machine_wrote_is_automatic(headers):
    record = read_mail("1", raw_mail("Ik ben er niet", **headers)).record
    assert record is not None
    assert record.automatic


@pytest.mark.parametrize(
    "headers", [{"Auto-Submitted": "no"}, {"Subject": "Re: Afwezigheid van levering"}], ids=str
)
def test_what_a_person_wrote_is_not(headers):
    record = read_mail("1", raw_mail("Ik ben er", **headers)).record
    assert record is not None
    assert not record.automatic


def test_a_bounce_names_the_address_and_our_mail():
    record = read_mail("1", dsn("jan@kruimel.example", "m1@proef.example", "5.1.1")).record
    assert record is not None
    assert record.bounce is not None
    bounce = record.bounce
    assert (bounce.address, bounce.message_id, bounce.status) == (
        "jan@kruimel.example",
        "m1@proef.example",
        "5.1.1",
    )
    assert bounce.bad_address
    assert record.automatic


@pytest.mark.parametrize(
    ("status", "bad"),
    [("5.1.1", True), ("5.0.0", True), ("", True), ("5.2.2", False), ("5.7.1", False), ("4.4.7", False)],
)
def test_a_full_mailbox_is_no_bad_address(status, bad):
    record = read_mail("1", dsn("jan@kruimel.example", "m1@proef.example", status)).record
    assert record is not None
    assert record.bounce is not None
    assert record.bounce.bad_address is bad


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_what_may_still_arrive_is_no_bounce(action):
    record = read_mail("1", dsn("jan@kruimel.example", "m1@proef.example", "4.4.1", action=action)).record
    assert record is not None
    assert record.bounce is None


def test_a_notice_of_an_older_server_is_known_too():
    raw = raw_mail(
        "550 5.1.1 user unknown\n\nMessage-ID: <m1@proef.example>",
        **{"X-Failed-Recipients": "Jan@Kruimel.example"},
    )
    record = read_mail("1", raw).record
    assert record is not None
    assert record.bounce is not None
    assert (record.bounce.address, record.bounce.message_id) == ("jan@kruimel.example", "m1@proef.example")


# -- bad input -------------------------------------------------------------------------------------------------------------------


def test_an_attachment_is_kept_as_bytes_whatever_it_calls_itself():
    raw = raw_mail("Zie bijlage", attached={"../../factuur.pdf.exe": b"MZ\x90\x00", "b.html": b"<script>"})
    record = read_mail("1", raw).record
    assert record is not None
    assert [(a.name, a.size) for a in record.attachments] == [("../../factuur.pdf.exe", 4), ("b.html", 8)]
    assert record.text == "Zie bijlage"


@pytest.mark.slow
def test_twenty_megabytes_are_read_in_seconds():
    raw = raw_mail("Akkoord", attached={"groot.bin": b"x" * 15_000_000})
    assert len(raw) > 20_000_000
    began = time.perf_counter()
    record = read_mail("1", raw).record
    assert record is not None
    assert (record.text, record.attachments[0].size) == ("Akkoord", 15_000_000)
    assert time.perf_counter() - began < 10


def test_what_is_too_large_is_refused():
    read = read_mail("1", b"x" * (MAX_MAIL + 1))
    assert read.record is None
    assert read.problems[0].code == "mailin.too-large"


def test_a_mail_without_a_sender_is_refused():
    read = read_mail("1", b"Subject: x\r\n\r\nhoi")
    assert (read.record, read.problems[0].code) == (None, "mailin.no-sender")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        b"From: a@b.example\r\nContent-Type: text/plain; charset=geen-bestaande\r\n\r\n\xff\xfe",
        b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: =?utf-8?b?////?= <a@b.example>\r\nSubject: =?x?q?=FF?=\r\nDate: morgen\r\n\r\n",
        b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n",
        b"From: a@b.example\r\n" + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 200,
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<![foo<!--<p " + b"<div>" * 5000,
        b"From: " + b"a@b.example, " * 5000 + b"\r\n\r\nx",
    ],
)
def test_damaged_mail_gives_an_answer(raw):
    read = read_mail("1", raw)
    assert read.record is not None or read.problems


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        pytest.param("utf-8", b"<!--" * 250_000, id="comments without an end"),
        pytest.param("utf-8", b"<b><p>" * 150_000, id="nothing is closed"),
        pytest.param("utf-8", b"&#" * 450_000, id="half characters"),
        pytest.param("punycode", b"-" + b"9a" * 450_000, id="a character set of domain names"),
    ],
)
def test_a_mail_made_to_keep_us_busy_takes_seconds_at_most(charset, body):
    head = f"From: a@b.example\r\nContent-Type: text/html; charset={charset}\r\n\r\n".encode()
    began = time.process_time()
    assert read_mail("1", head + body).record is not None
    assert time.process_time() - began < 8, "it took minutes when this was written"


@given(st.binary(max_size=3000))
def test_any_bytes_give_an_answer(raw):
    assert read_mail("1", raw)
    assert read_mail("1", b"From: a@b.example\r\nSubject: x\r\n" + raw)


_KINDS = (
    "text/plain",
    "text/html",
    "multipart/report; boundary=b",
    "message/rfc822",
    "message/delivery-status",
    "x",
)


@given(
    st.sampled_from(_KINDS),
    st.sampled_from(("base64", "quoted-printable", "8bit", "x")),
    st.binary(max_size=500),
)
def test_any_body_of_any_kind_gives_an_answer(kind, encoding, body):
    head = (
        f"From: a@b.example\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    )
    assert read_mail("1", head + body)
    assert read_mail("1", head + b"--b\r\n" + head + b64encode(body) + b"\r\n--b--")


@given(st.text(max_size=400))
def test_nothing_is_added_to_what_he_wrote(text):
    kept = own_words(text)
    assert all(line.strip() in text for line in kept.split("\n"))
