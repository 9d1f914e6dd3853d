"""What goes wrong on the telephone: hostile text, a clock that passes midnight, a customer who pays while one speaks. What two
callers, a session that ended and a form that comes twice do, stands in test_call.py here and in tests/actions."""

from __future__ import annotations

from datetime import datetime

import pytest

from beluur.actions.record_payment import record_payment
from beluur.store.models import Call, Invoice, Message, Promise
from tests.calls_world import business
from tests.web.call_desk import Caller, current, part, plain
from tests.world import TODAY, World, make_world

pytestmark = pytest.mark.django_db
PROMISE = {"a1": "500", "d1": "27-11-2026", "parts": "1", "yes": "1"}


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def caller(client, world) -> Caller:
    """The right person is on the line."""
    made = Caller(client, world, business(world))
    made.go("outcome:reached")
    return made


HOSTILE = {
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "the end of the field": "</textarea><script>alert(1)</script>",
    "a template": "{{ 7|add:7 }} {% now 'Y' %} {amount}",
    "signs that turn the line round": "betaalt \u202e.tehcsreg\u202c morgen\u200b",
    "signs that are no text": "a\x00b\x07c",
    "ten thousand letters": "x" * 10_000,
    "ten thousand lines": "a\n" * 10_000,
    "a formula": '=HYPERLINK("http://example.org";"klik")',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_the_notes_stays_text_and_the_call_is_recorded_with(client, world, caller, text):
    caller.go("pick:promise", **PROMISE, note=text)
    live = caller.live(**PROMISE, note=text)
    page = caller.go("stage:recap", **PROMISE, note=text, spoken_with=text[:200])
    assert current(page) == "Samenvatting"
    ended = caller.end(**PROMISE, note=text, confirm_to="m@example.org", send="1")
    assert Call.objects.get(id=caller.call).state == "ended"
    assert Promise.objects.get().cents == 50_000
    dossier = client.get(caller.url("dossier", debtor=caller.debtor)).content.decode()
    mail = Message.objects.get()
    for shown in (live, page, ended, dossier, mail.html):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "\x00" not in shown


CONTRADICTORY = {
    "a day and another": "vrijdag, nee maandag",
    "an amount and another": "500, nee 600 vrijdag",
    "yes and no": "betaalt morgen, of toch niet",
}


@pytest.mark.parametrize("text", CONTRADICTORY.values(), ids=CONTRADICTORY)
def test_what_contradicts_itself_is_asked_and_fills_in_nothing(caller, text):
    caller.go("pick:promise")
    page = caller.live(note=text)
    assert "said:take" not in part(page, "call-heard")
    caller.go("said:take", note=text)
    assert not caller.draft.get("d1")


WRONG = {
    "more than is open": ({"a1": "2.140,01"}, "meer"),
    "in the past": ({"d1": "22-11-2026"}, "voorbij"),
    "in 2114": ({"d1": "27-11-2114"}, "later"),
    "a negative amount": ({"a1": "-500"}, "bedrag"),
    "nothing at all": ({"a1": "0"}, "bedrag"),
    "instalments of more than is open": (
        {"parts": "2", "a1": "2.000", "a2": "140,01", "d2": "4-12-2026"},
        "meer",
    ),
    "an instalment without an amount": ({"parts": "2", "d2": "4-12-2026", "a2": ""}, "bedrag"),
    "an instalment without a day": ({"parts": "2", "a2": "100", "d2": ""}, "dag"),
}


@pytest.mark.parametrize(("typed", "told"), WRONG.values(), ids=WRONG)
def test_a_promise_that_cannot_be_is_told_and_kept_as_typed_and_not_recorded(caller, typed, told):
    fields = {**PROMISE, **typed, "note": "wat hij zei"}
    caller.go("pick:promise")
    page = caller.go("stage:recap", **fields)
    assert current(page) == "Afspraak"
    assert told in plain(page).lower()
    caller.end(**fields)
    assert not Promise.objects.exists()
    assert Call.objects.get(id=caller.call).state == "open"
    assert (caller.draft["a1"], caller.draft["note"]) == (fields["a1"], "wat hij zei")


def test_who_pays_while_we_speak_is_not_promised_again_and_nothing_typed_is_lost(world, caller):
    fields = {**PROMISE, "a1": "2.140", "note": "betaalt alles vrijdag"}
    caller.go("pick:promise", **fields)
    invoices = list(Invoice.objects.order_by("due").values_list("id", flat=True))
    record_payment(
        world.doer,
        debtor_id=caller.debtor,
        day=TODAY,
        cents=64_000,
        today=TODAY,
        invoice_ids=invoices[:1],
        counted=False,
    )
    page = caller.go("stage:recap", **fields)
    assert current(page) == "Afspraak"
    assert "€ 1.500,00" in plain(page)
    assert "betaalt alles vrijdag" in page
    caller.end(**fields)
    assert not Promise.objects.exists()
    caller.go("stage:recap", **{**fields, "a1": "1.500"})
    caller.end(**{**fields, "a1": "1.500"}, send="")
    assert Promise.objects.get().cents == 150_000


def at(monkeypatch, moment: str) -> None:
    monkeypatch.setenv("BELUUR_NOW", datetime.fromisoformat(moment).isoformat())


def test_midnight_passes_during_the_call_and_today_is_the_day_before(world, caller, monkeypatch):
    caller.go("pick:promise", **{**PROMISE, "d1": "23-11-2026"})
    at(monkeypatch, "2026-11-24T00:01:00+01:00")
    page = caller.go("stage:recap", **{**PROMISE, "d1": "23-11-2026"})
    assert current(page) == "Afspraak"
    assert "voorbij" in plain(page)
    caller.go("stage:recap", **PROMISE)
    caller.end(**PROMISE, send="")
    assert Promise.objects.get().cents == 50_000


def test_a_day_in_words_stays_the_day_that_was_meant_when_midnight_passes(world, caller, monkeypatch):
    caller.go("pick:promise")
    caller.go("said:take", note="morgen 500")
    at(monkeypatch, "2026-11-24T00:01:00+01:00")
    kept = caller.draft
    fields = {"parts": "1", "a1": kept["a1"], "d1": kept["d1"], "yes": "1", "note": kept["note"]}
    caller.go("stage:recap", **fields)
    caller.end(**fields, send="")
    assert Promise.objects.get().instalments.get().due.isoformat() == "2026-11-24"


def test_a_call_goes_on_when_its_slot_and_its_claim_are_over(world, caller, monkeypatch):
    caller.go("pick:promise", **PROMISE)
    at(monkeypatch, "2026-11-23T11:45:00+01:00")
    caller.go("stage:recap", **PROMISE)
    caller.end(**PROMISE, send="")
    assert Call.objects.get(id=caller.call).state == "ended"
    assert Promise.objects.get().cents == 50_000
