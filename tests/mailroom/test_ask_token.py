"""Tokens of a real server over TLS, also one that refuses, hangs or talks nonsense; and the table of providers."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from beluur.domain.mail_sign_in import Declined, Granted, Why, challenge_of
from beluur.mailroom import ask_token
from beluur.mailroom.ask_token import token_again, token_for_code
from beluur.mailroom.providers import PROVIDERS, Registration, in_directory, sign_in_address
from beluur.mailroom.send import Security
from tests.token_server import CLIENT, SECRET, TENANT, TokenServer

OURS = Registration(CLIENT, SECRET, TENANT)
BACK = "https://beluur.example/mail/aangemeld"
VERIFIER = "v" * 50


def code_of(tokens: TokenServer, **more: str) -> str:
    visit = {"redirect_uri": BACK, "code_challenge": challenge_of(VERIFIER), "state": "s", **more}
    return parse_qs(urlsplit(tokens.allow(visit)).query)["code"][0]


def exchange(tokens: TokenServer, code: str, **more: str) -> Granted | Declined:
    return token_for_code(
        tokens.provider(), OURS, **{"code": code, "verifier": VERIFIER, "back": BACK} | more
    )


def test_a_code_becomes_tokens_and_these_become_others(tokens):
    first = exchange(tokens, code_of(tokens))
    assert isinstance(first, Granted)
    again = token_again(tokens.provider(), OURS, first.refresh)
    assert isinstance(again, Granted)
    assert again.access != first.access
    assert (again.refresh, again.seconds) == ("", 3600)
    assert [a["grant_type"] for a in tokens.asked] == ["authorization_code", "refresh_token"]


def test_a_code_is_worth_nothing_without_its_verifier_its_address_or_a_second_time(tokens):
    code = code_of(tokens)
    assert isinstance(exchange(tokens, code_of(tokens), verifier="w" * 50), Declined)
    assert isinstance(exchange(tokens, code_of(tokens), back="https://elders.example/"), Declined)
    assert isinstance(exchange(tokens, code), Granted)
    assert exchange(tokens, code) == Declined(Why.ENDED, "no such grant")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("refuse", Why.ENDED),
        ("client", Why.REGISTRATION),
        ("later", Why.LATER),
        ("garbage", Why.LATER),
        ("html", Why.LATER),
        ("empty", Why.LATER),
        ("huge", Why.LATER),
    ],
)
def test_a_server_that_does_not_give_one(tokens, how, why):
    tokens.answers = [how]
    read = token_again(tokens.provider(), OURS, "r")
    assert isinstance(read, Declined)
    assert read.why is why
    assert "\n" not in read.answer


def test_a_server_that_hangs_is_waited_for_no_longer_than_seconds(tokens, monkeypatch):
    monkeypatch.setattr(ask_token, "_SECONDS", 0.3)
    tokens.answers = ["hang"]
    begun = time.monotonic()
    read = token_again(tokens.provider(), OURS, "r")
    assert isinstance(read, Declined)
    assert read.why is Why.LATER
    assert time.monotonic() - begun < 5


def test_a_server_that_nobody_vouches_for_is_told_nothing(tokens):
    read = token_again(replace(tokens.provider(), authorities=""), OURS, "r")
    assert isinstance(read, Declined)
    assert (read.why, tokens.asked) == (Why.LATER, [])


def test_a_server_without_tls_is_told_nothing(tokens):
    read = token_again(replace(tokens.provider(), token=f"{tokens.plain}/token"), OURS, "r")
    assert isinstance(read, Declined)
    assert (read.why, tokens.asked) == (Why.LATER, [])


def test_a_server_that_is_gone_may_be_back_later():
    gone = replace(PROVIDERS["google"], token="https://127.0.0.1:9/token")
    read = token_again(gone, Registration("a", "b"), "r")
    assert isinstance(read, Declined)
    assert read.why is Why.LATER


# -- the table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_address_of_the_table_is_secured(name):
    row = PROVIDERS[name]
    assert row.sign_in.startswith("https://")
    assert row.token.startswith("https://")
    assert Security.NONE not in (row.smtp.security, row.imap.security)
    assert row.authorities == ""


SCOPES = {
    "microsoft": "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    "google": "https://mail.google.com/",
}


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_page_of_the_provider_is_asked_for_what_sending_and_reading_takes(name):
    row = PROVIDERS[name]
    address = sign_in_address(
        row, Registration("id&x=1", "geheim", TENANT if row.has_tenant else ""), state="s~1", verifier=VERIFIER, back=BACK,
        mailbox="a@proef.example",
    )  # fmt: skip
    asked = {n: v[0] for n, v in parse_qs(urlsplit(address).query).items()}
    assert asked["scope"] == SCOPES[name]
    assert asked["client_id"] == "id&x=1"
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (challenge_of(VERIFIER), "S256")
    assert (asked["state"], asked["redirect_uri"], asked["login_hint"]) == ("s~1", BACK, "a@proef.example")
    assert "geheim" not in address
    assert VERIFIER not in address
    assert (asked.get("access_type") == "offline") is (name == "google")


def test_the_directory_is_that_of_the_firm_or_any():
    at = PROVIDERS["microsoft"].token
    assert in_directory(at, TENANT) == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert in_directory(at, "") == "https://login.microsoftonline.com/organizations/oauth2/v2.0/token"


@pytest.mark.parametrize(
    "tenant", ["..", "common", "x@elders.example/", f"{TENANT}/..", TENANT.upper(), f"{TENANT}\n"]
)
def test_what_is_no_directory_never_gets_into_an_address(tenant):
    with pytest.raises(ValueError):  # noqa: PT011 - what it is called is what was typed
        in_directory(PROVIDERS["microsoft"].token, tenant)


def test_a_registration_does_not_show_its_secret():
    assert SECRET not in repr(OURS)
