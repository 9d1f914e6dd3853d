"""Every address of an administration is closed to who does not belong there, and to what belongs to another."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from beluur.actions.keep_document import keep_document
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.record_payment import record_payment
from beluur.store.models import (
    Absence,
    Approval,
    Call,
    Callback,
    Dispute,
    Event,
    Instalment,
    Intake,
    Letter,
    MailIn,
    Merge,
    Message,
    PaidClaim,
    Promise,
    Receipt,
    Task,
    TermsGiven,
    Ultimatum,
)
from tests.mailroom.test_letter_sheet import sheet
from tests.rows import make_account, make_payment
from tests.world import NOW, PASSWORD, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
INSIDE = "a/<slug:administration>/"
PUBLIC = {
    "home": "who is not signed in sees what there is to choose",
    "begin": "the first account",
    "demo": "lets a visitor into the demo, where it is offered",
    "login": "the door itself",
    "logout": "and out again",
    "profile": "one's own account: to the door for who is not signed in",
    "link-knock": "nothing, and an answer that only this Beluur can give",
    "link": "a debtor's own page: who asks, for who knows the token",
    "link-page": "the same after a tap",
    "link-invoice": "a copy of his invoice, after a tap",
    "link-calendar": "his days, after a tap",
    "calendar-feed": "days and names of one user, for who knows its secret",
    "mail-signed-in": "back from the provider of a mailbox: to the door for who is not signed in",
}


def addresses(*, inside: bool) -> list[URLPattern]:
    """All patterns that stand under an administration, or those that do not."""
    found: list[tuple[str, URLPattern]] = []
    for entry in get_resolver().url_patterns:
        found += _walk(entry, "")
    return [pattern for route, pattern in found if route.startswith(INSIDE) is inside]


def _walk(entry: URLPattern | URLResolver, prefix: str) -> list[tuple[str, URLPattern]]:
    route = prefix + str(entry.pattern)
    if isinstance(entry, URLResolver):
        return [p for child in entry.url_patterns for p in _walk(child, route)]
    return [(route, entry)]


INNER = addresses(inside=True)


@pytest.fixture
def world(data_folder) -> World:
    return make_world("eigen")


@pytest.fixture
def rows(world) -> dict[str, object]:
    """One row of everything that an address can name."""
    here = {"administration_id": world.id}
    debtor = world.debtor("Eigen debiteur", phone="020 123 45 00")
    invoice = world.invoice(debtor, "F1")
    gone = world.debtor("Opgegaan")
    call = Call.objects.create(
        **here, debtor_id=debtor, opened_at=NOW, lease_until=NOW, state="ended", outcome="busy"
    )
    account = make_account(world.administration)
    promise = Promise.objects.create(**here, debtor_id=debtor, made_at=NOW, cents=100)
    return {
        "debtor": debtor,
        "invoice": invoice,
        "contact": world.contact(debtor),
        "payment": record_payment(world.doer, debtor_id=debtor, day=TODAY, cents=100, today=TODAY),
        "booking": make_payment(account).id,
        "account": account.id,
        "document": keep_document(world.doer, name="a.pdf", content=b"%PDF-1.7", debtor_id=debtor),
        "merge": merge_debtors(world.doer, kept_id=debtor, gone_id=gone),
        "call": call.id,
        "dispute": Dispute.objects.create(
            **here, debtor_id=debtor, invoice_id=invoice, cents=10, code="price", made_at=NOW
        ).id,
        "claim": PaidClaim.objects.create(**here, debtor_id=debtor, cents=10, check_on=TODAY, made_at=NOW).id,
        "instalment": Instalment.objects.create(
            **here, promise=promise, number=1, due=TODAY, cents=100, control=TODAY
        ).id,
        "promise": promise.id,
        "approval_id": Approval.objects.create(
            **here, debtor_id=debtor, call=call, plan={"parts": [["2026-11-27", 100]]}, asked_at=NOW
        ).id,
        "callback": Callback.objects.create(**here, debtor_id=debtor, at=NOW, made_at=NOW).id,
        "task": Task.objects.create(
            **here, debtor_id=debtor, kind="delivery", what="bellen", at=NOW, made_at=NOW
        ).id,
        "message": Message.objects.create(
            **here, debtor_id=debtor, kind="statement", subject="x", text="x", send_after=NOW, created_at=NOW,
            message_id="<a@example.org>", facts={"mail_kind": "statement"},
        ).id,
        "reply": MailIn.objects.create(
            **here, debtor_id=debtor, mail_id="r@x.example", because={"code": "reply.unknown"}, at=NOW
        ).id,
        "letter": Letter.objects.create(
            **here, debtor_id=debtor, level=1, sheet=sheet(), made_at=NOW
        ).id,
        "intake": Intake.objects.create(**here, created_at=NOW).id,
        "ultimatum": Ultimatum.objects.create(
            **here, debtor_id=debtor, until=TODAY, check_on=TODAY, cents=10, consequence="notice", made_at=NOW
        ).id,
        "user": world.user.id,
        "terms": TermsGiven.objects.create(
            **here, debtor_id=debtor, on=TODAY, how="quote", at=NOW
        ).id,
        "absence": Absence.objects.create(
            **here, user=world.user, first=TODAY, last=TODAY, deputy=None, made_at=NOW
        ).id,
        "kind": "statement",
        "moment": "who.known",
        "language": "nl",
        "level": 1,
        "seq": 1,
    }  # fmt: skip


def url(pattern: URLPattern, slug: str, rows: dict[str, object]) -> str:
    names = [name for name in pattern.pattern.converters if name != "administration"]
    unknown = [name for name in names if name not in rows]
    assert not unknown, f"say in this test what {unknown} of {pattern.name} is"
    return reverse(pattern.name, kwargs={"administration": slug, **{name: rows[name] for name in names}})


def signed_in(world: World) -> Client:
    client = Client()
    client.force_login(world.user)
    return client


def counts() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (Event, Receipt, Merge, Message, Call, Intake))


def test_there_are_addresses():
    assert len(INNER) > 40


def test_each_address_stands_there_once():
    routes = [str(pattern.pattern) for pattern in addresses(inside=True)]
    assert sorted(routes) == sorted(set(routes))


def test_what_is_open_to_strangers_is_named_here():
    assert {pattern.name for pattern in addresses(inside=False)} == PUBLIC.keys()


def test_who_knows_no_token_learns_nothing(world, rows):
    before, said = counts(), set()
    for pattern in addresses(inside=False):
        if not str(pattern.name).startswith("link"):
            continue
        gaps = {"token": "A" * 32, "passed": "1.1~x", "invoice": rows["invoice"]}
        path = reverse(pattern.name, kwargs={name: gaps[name] for name in pattern.pattern.converters})
        answer = Client().get(path)
        said.add((answer.status_code, answer.content))
    assert [status for status, _ in said] == [404]
    assert counts() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_door(world, rows, method):
    before = counts()
    client = Client()
    for pattern in INNER:
        response = getattr(client, method)(url(pattern, world.slug, rows))
        assert response.status_code in (302, 405), pattern.name
        if response.status_code == 302:
            assert response.url.startswith(reverse("login")), pattern.name
    assert counts() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_administration_does_not_exist_for_you(world, rows, method):
    client, before = signed_in(make_world("ander")), counts()
    for pattern in INNER:
        response = getattr(client, method)(url(pattern, world.slug, rows))
        assert response.status_code in (404, 405), pattern.name
    assert counts() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_row_of_another_administration_does_not_exist_in_yours(world, rows, method):
    other = make_world("ander")
    client, before = signed_in(other), counts()
    for pattern in INNER:
        of_rows = set(pattern.pattern.converters) - {
            "administration",
            "kind",
            "language",
            "level",
            "moment",
            "seq",
        }
        if not of_rows:
            continue
        response = getattr(client, method)(
            url(pattern, other.slug, rows), {"reason": "x", "text": "x", "in": "yes"}
        )
        assert response.status_code in (404, 405), pattern.name
    assert counts() == before


def test_what_you_may_see_answers(world, rows):
    """Each page that answers to a plain look does so without a fault, in the owner's own administration."""
    client = signed_in(world)
    for pattern in INNER:
        response = client.get(url(pattern, world.slug, rows))
        assert response.status_code in (200, 204, 302, 404, 405), pattern.name


NUMBERS = "mail at factuur pagina betaling gedaan ook user other assigned debtor wie level".split()


@pytest.mark.parametrize("typed", ["²", "-1", "9" * 30], ids=["no digit", "below nothing", "more than fits"])
def test_what_is_no_number_in_an_address_is_no_fault(world, rows, typed):
    client = signed_in(world)
    for pattern in INNER:
        response = client.get(url(pattern, world.slug, rows), dict.fromkeys(NUMBERS, typed))
        assert response.status_code in (200, 204, 302, 404, 405), pattern.name


def test_a_caller_does_not_enter_the_settings(world):
    from beluur.store.models import Membership

    Membership.objects.update(role="caller")
    client = signed_in(world)
    for name in ("settings", "settings-policy", "settings-members"):
        assert client.get(reverse(name, kwargs={"administration": world.slug})).status_code == 403
    assert client.get(reverse("settings-blocks", kwargs={"administration": world.slug})).status_code == 200


def test_every_page_keeps_the_strict_policy(world, rows):
    response = signed_in(world).get(
        reverse("dossier", kwargs={"administration": world.slug, "debtor": rows["debtor"]})
    )
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_a_session_that_ended_leads_back_here(world, rows):
    here = reverse("dossier", kwargs={"administration": world.slug, "debtor": rows["debtor"]})
    client = Client()
    door = client.get(here)
    response = client.post(door.url, {"email": "eigen@example.org", "password": PASSWORD, "next": here})
    assert response.url == here
    fragment = Client().get(here, headers={"HX-Request": "true"})
    assert fragment.status_code == 401
    assert fragment["HX-Redirect"].startswith(reverse("login"))
