"""Whether the server that received a mail vouches for its sender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.importers.mail import read_mail
from beluur.importers.mail_vouched import UNNAMED, Vouched, vouched
from tests.mail_in import raw_mail

MX = "mx.proef.example"
SENDER = "jan@kruimel.example"


def judged(*headers: str, trusted: str = MX, sender: str = f"Jan <{SENDER}>") -> Vouched:
    """Of a mail with these headers, the topmost first."""
    on_top = "".join(f"Authentication-Results: {header}\r\n" for header in headers).encode()
    record = read_mail("1", on_top + raw_mail("Akkoord", sender=sender)).record
    assert record is not None
    return vouched(record.authentication, trusted, record.sender)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(f"{MX}; dmarc=pass (p=REJECT) header.from=kruimel.example", Vouched.YES, id="dmarc"),
        pytest.param(f"{MX}; dkim=pass header.i=@kruimel.example header.s=s1", Vouched.YES, id="its signature"),
        pytest.param(
            f"{MX} 1;\r\n spf=pass (is (really) allowed)\r\n smtp.mailfrom=jan@kruimel.example",
            Vouched.YES,
            id="its server, over lines and with comments",
        ),
        pytest.param(
            f'{MX}; spf=fail reason="no; dmarc=pass"; dkim=pass header.d=kruimel.example',
            Vouched.YES,
            id="one of two, and what stands between quotes is no check",
        ),
        pytest.param(f"{MX}; dmarc=fail header.from=kruimel.example", Vouched.NO, id="not from there"),
        pytest.param(
            f"{MX}; dkim=pass header.d=kwaad.example; dmarc=fail header.from=kruimel.example",
            Vouched.NO,
            id="from there with good papers of somewhere else",
        ),
        pytest.param(f"{MX}; dkim=pass header.d=kwaad.example", Vouched.UNKNOWN, id="another's signature"),
        pytest.param(f"{MX}; dkim=pass header.d=example", Vouched.UNKNOWN, id="the signature of all"),
        pytest.param(
            f"{MX}; dkim=pass header.d=ruimel.example", Vouched.UNKNOWN, id="a name that ends the same"
        ),
        pytest.param(f"{MX}; dmarc=pass header.from=kwaad.example", Vouched.UNKNOWN, id="another's dmarc"),
        pytest.param(f"{MX}; none", Vouched.UNKNOWN, id="it looked at nothing"),
        pytest.param(f"{MX}; dkim=neutral; spf=softfail", Vouched.UNKNOWN, id="it does not know"),
        pytest.param("mx.kwaad.example; dmarc=pass header.from=kruimel.example", Vouched.UNKNOWN, id="a stranger"),
        pytest.param(";;;", Vouched.UNKNOWN, id="rubbish"),
    ],
)  # fmt: skip
def test_what_the_server_wrote(written, expected):
    assert judged(written) is expected


def test_only_what_stands_on_top_is_the_servers():
    forged = f"{MX}; dmarc=pass header.from=kruimel.example"
    assert judged(f"{MX}; dmarc=fail header.from=kruimel.example", forged) is Vouched.NO
    assert judged("relay.example; none", forged) is Vouched.UNKNOWN


def test_nobody_is_believed_unless_that_was_set():
    right = f"{MX}; dmarc=pass header.from=kruimel.example"
    assert judged(right, trusted="") is Vouched.UNKNOWN
    assert judged(right, trusted=" MX.proef.example ") is Vouched.YES
    assert judged() is Vouched.UNKNOWN


def test_a_server_that_leaves_out_its_name():
    written = (
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example; dmarc=pass header.from=kruimel.example"
    )
    assert judged(written, trusted=UNNAMED) is Vouched.YES
    assert judged(written, trusted=MX) is Vouched.UNKNOWN


def test_of_two_senders_nobody_vouches_for_either():
    right = f"{MX}; dmarc=pass header.from=kruimel.example"
    assert judged(right, sender=f"{SENDER}, piet@kwaad.example") is Vouched.UNKNOWN


@given(st.text(max_size=300))
def test_any_header_gives_an_answer(text):
    line = " ".join(f"{MX}; {text}".split())
    raw = f"Authentication-Results: {line}\r\nFrom: {SENDER}\r\n\r\nx".encode(errors="replace")
    record = read_mail("1", raw).record
    assert record is not None
    assert vouched(record.authentication, MX, SENDER) in set(Vouched)
