"""What a provider's answer means, and how long a token is used."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.domain.mail_sign_in import (
    EARLY,
    LASTS,
    SETTLED,
    Declined,
    Granted,
    Why,
    asks_to_sign_in,
    challenge_of,
    has_run_out,
    is_fresh,
    is_worth_renewing,
    read_answer,
    why_none,
)
from beluur.values.sentence import say
from beluur.words import render
from tests.examples import examples
from tests.world import NOW

ANSWERS = {
    "a token with a new refresh": (200, {"access_token": "a", "refresh_token": "r", "expires_in": 9}, Granted("a", "r", 60)),
    "a token alone: the refresh token stays": (200, {"access_token": "a", "expires_in": 3599}, Granted("a", "", 3599)),
    "seconds as a text": (200, {"access_token": "a", "expires_in": "3600"}, Granted("a", "", 3600)),
    "no seconds": (200, {"access_token": "a"}, Granted("a", "", 600)),
    "seconds that are none": (200, {"access_token": "a", "expires_in": [1]}, Granted("a", "", 600)),
    "less than nothing": (200, {"access_token": "a", "expires_in": -5}, Granted("a", "", 60)),
    "for ever": (200, {"access_token": "a", "expires_in": 10**12}, Granted("a", "", 86400)),
    "revoked": (400, {"error": "invalid_grant", "error_description": "Revoked."}, Declined(Why.ENDED, "Revoked.")),
    "something is asked of the user": (400, {"error": "interaction_required"}, Declined(Why.ENDED, "interaction_required")),
    "the secret ran out": (401, {"error": "invalid_client", "error_description": "A7\nTrace"}, Declined(Why.REGISTRATION, "A7")),
    "busy": (503, {"error": "temporarily_unavailable"}, Declined(Why.LATER, "temporarily_unavailable")),
    "busy, with the status of a refusal": (400, {"error": "slow_down"}, Declined(Why.LATER, "slow_down")),
    "too many at once": (429, {"error": "invalid_grant"}, Declined(Why.LATER, "invalid_grant")),
    "a refusal that says nothing": (404, {}, Declined(Why.LATER, "404")),
    "an error that is no text": (400, {"error": {"code": 1}}, Declined(Why.LATER, "400")),
    "a yes without a token": (200, {"token_type": "Bearer"}, Declined(Why.LATER, "?")),
    "a token that would end a line": (200, {"access_token": "a\r\nRCPT TO"}, Declined(Why.LATER, "?")),
    "a token beyond ASCII": (200, {"access_token": "é"}, Declined(Why.LATER, "?")),
    "a refresh token that is none": (200, {"access_token": "a", "refresh_token": 7, "expires_in": 60}, Granted("a", "", 60)),
}  # fmt: skip


@pytest.mark.parametrize(("status", "said", "means"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_read(status, said, means):
    assert read_answer(status, json.dumps(said).encode()) == means


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"null", b"<html>", b"[" * 100_000, b'"error"'], ids=lambda b: repr(b[:9])
)
@pytest.mark.parametrize("status", [200, 302, 400, 500])
def test_what_is_no_answer_may_be_one_later(status, body):
    read = read_answer(status, body)
    assert isinstance(read, Declined)
    assert read.why is Why.LATER


_NAMES = st.sampled_from(["error", "error_description", "access_token", "refresh_token", "expires_in"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda x: st.dictionaries(_NAMES, x)
)
BODIES = st.binary() | _VALUES.map(lambda x: json.dumps(x).encode())


@settings(max_examples=examples(200))
@given(st.integers(100, 599), BODIES)
def test_no_answer_makes_us_stumble(status, body):
    read = read_answer(status, body)
    if isinstance(read, Granted):
        assert read.access.isascii()
        assert read.access.isprintable()
        assert 60 <= read.seconds <= 86400


@pytest.mark.parametrize("why", Why)
def test_why_there_is_none_is_said_and_only_a_person_is_asked_for_what_he_can_mend(why):
    sentence = why_none(Declined(why, "AADSTS1"), "Microsoft 365")
    assert "Microsoft 365" in render(sentence, "nl")
    assert asks_to_sign_in(sentence) is (why is not Why.LATER)


def test_what_is_wrong_at_a_mail_server_asks_for_no_sign_in():
    assert not asks_to_sign_in(say("mail.failed.connect", host="x"))
    assert not asks_to_sign_in(None)


def test_a_token_is_renewed_just_before_it_ends():
    until = NOW + EARLY
    assert is_fresh(until, NOW - timedelta(seconds=1))
    assert not is_fresh(until, NOW)
    assert not is_fresh(None, NOW)


def test_a_refused_token_is_renewed_unless_it_is_new():
    assert not is_worth_renewing(NOW, NOW + SETTLED - timedelta(seconds=1))
    assert is_worth_renewing(NOW, NOW + SETTLED)
    assert is_worth_renewing(None, NOW)


@pytest.mark.parametrize(
    ("after", "late"), [(timedelta(0), False), (LASTS, True), (-timedelta(seconds=1), True)], ids=str
)
def test_who_stays_away_too_long_begins_again(after, late):
    assert has_run_out(NOW, NOW + after) is late


def test_the_challenge_is_that_of_the_standard():
    """RFC 7636, appendix B."""
    assert (
        challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_tokens_do_not_show():
    assert "geheim" not in repr(Granted("geheim", "geheim", 60))
