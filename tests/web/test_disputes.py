"""A dispute outside a call: who answers it, what would settle it, and both versions when it is put right."""

from __future__ import annotations

import re
from itertools import count

import pytest
from django.urls import reverse

from beluur.actions.add_dispute import add_dispute
from beluur.actions.dispute_row import DisputeFacts
from beluur.domain.call_report import CallReport, DisputeSaid
from beluur.domain.case import Outcome
from beluur.store.models import Dispute, Event, Message
from beluur.values.problem import Refused
from tests.actions.calls import FRIDAY, hold_call, timeline
from tests.rows import make_user
from tests.web.mail_rows import set_server
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
_keys = count(1)


@pytest.fixture
def world(client) -> World:
    made = make_world()
    set_server(made)
    client.force_login(made.user)
    return made


@pytest.fixture
def debtor(world: World) -> int:
    return world.debtor(email="boekhouding@kruimel.example", phone="+31 20 123 45 00")


@pytest.fixture
def invoice(world: World, debtor: int) -> int:
    return world.invoice(debtor, "F1", 500_00)


def post(client, world: World, page: str, address: dict[str, int], /, **fields: str):
    url = reverse(page, kwargs={"administration": world.slug, **address})
    return client.post(url, {"key": f"key-{next(_keys)}", **fields})


def new(client, world: World, debtor: int, which: int, /, **changes: str):
    fields = {"invoice": str(which), "cents": "120", "code": "quality", "answer_by": "2026-11-27"} | changes
    return post(client, world, "dispute-new", {"debtor": debtor}, **fields)


def test_a_dispute_of_the_post_says_what_he_wants_and_who_answers(client, world, debtor, invoice):
    kees = make_user(world.administration, role="caller", name="Kees Magazijn")
    answer = new(
        client, world, debtor, invoice,
        what="drie dozen nat", wants="een creditnota", evidence="foto's in de mail", owner_user=str(kees.id), owner="Iemand",
    )  # fmt: skip
    assert answer.status_code == 302
    dispute = Dispute.objects.get()
    assert (dispute.cents, dispute.wants, dispute.evidence) == (120_00, "een creditnota", "foto's in de mail")
    assert (dispute.owner_user_id, dispute.owner, dispute.answer_by) == (kees.id, "Kees Magazijn", FRIDAY)
    assert timeline(debtor)[-2:] == [
        "Betwist € 120,00 van factuur F1: de levering voldoet niet",
        "- Kees Magazijn antwoordt uiterlijk vr 27 nov 2026",
    ]
    page = client.get(
        reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor})
    ).content.decode()
    assert "een creditnota" in page
    client.force_login(kees)
    todo = client.get(reverse("to-do", kwargs={"administration": world.slug})).content.decode()
    assert "drie dozen nat" in todo


def test_an_empty_amount_is_all_that_is_not_disputed_yet(client, world, debtor, invoice):
    new(client, world, debtor, invoice)
    new(client, world, debtor, invoice, cents="", code="price")
    assert list(Dispute.objects.order_by("id").values_list("cents", flat=True)) == [120_00, 380_00]


REFUSED = {
    "more than is open": ({"cents": "501"}, "cents"),
    "no day to answer by": ({"answer_by": ""}, "answer_by"),
    "a day that has been": ({"answer_by": "2026-11-20"}, "answer_by"),
    "an invoice of somebody else": ({"invoice": "99999"}, "invoice"),
    "a colleague who is none": ({"owner_user": "99999"}, "owner_user"),
}


@pytest.mark.parametrize(("typed", "field"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_at_its_field_for(client, world, debtor, invoice, typed, field):
    answer = new(client, world, debtor, invoice, **typed)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Dispute.objects.exists()


def test_who_works_elsewhere_cannot_be_its_owner(world, debtor, invoice):
    stranger = make_user(make_world("ander").administration)
    facts = DisputeFacts(100, "price", FRIDAY, owner_user=stranger.id)
    with pytest.raises(Refused) as refused:
        add_dispute(world.doer, debtor_id=debtor, invoice_id=invoice, facts=facts)
    assert refused.value.field == "dispute_owner"
    assert not Dispute.objects.exists()


def test_it_is_handed_to_another_and_both_versions_stay(client, world, debtor, invoice):
    new(client, world, debtor, invoice, owner_user=str(world.user.id), wants="korting")
    old = Dispute.objects.get()
    page = reverse("dispute-change", kwargs={"administration": world.slug, "dispute": old.id})
    html = client.get(page).content.decode()
    assert 'value="120,00"' in html
    assert f'<option value="{world.user.id}" selected' in html
    fields = {
        "cents": "100",
        "code": "price",
        "owner": "Magazijn",
        "answer_by": "2026-11-30",
        "why": "mailde",
    }
    answer = post(client, world, "dispute-change", {"dispute": old.id}, **fields)
    assert answer.status_code == 302
    assert list(Dispute.objects.order_by("id").values_list("cents", "state", "owner", "owner_user")) == [
        (120_00, "corrected", "Eva Eigenaar", world.user.id),
        (100_00, "open", "Magazijn", None),
    ]
    assert Event.objects.filter(kind="dispute_corrected").count() == 1


def test_a_call_leaves_them_too(world, debtor, invoice):

    said = DisputeSaid(
        ((invoice, None),),
        "quality",
        "nat",
        "",
        FRIDAY,
        wants="nalevering",
        evidence="foto",
        owner_user=world.user.id,
    )
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, received="yes", dispute=said))
    dispute = Dispute.objects.get()
    assert (dispute.wants, dispute.evidence, dispute.owner_user_id) == ("nalevering", "foto", world.user.id)
    assert dispute.owner == "Eva Eigenaar"


def contested(world: World, debtor: int, invoice: int) -> int:
    facts = DisputeFacts(200_00, "quality", FRIDAY, "doos nat", wants="een creditnota")
    return add_dispute(world.doer, debtor_id=debtor, invoice_id=invoice, facts=facts)


def test_the_answer_is_shown_before_it_leaves_and_leads_back_to_the_list(client, world, debtor, invoice):
    dispute = contested(world, debtor, invoice)
    back = reverse("to-do", kwargs={"administration": world.slug}) + "?wie=allen&at=0"
    todo = client.get(back).content.decode()
    link = re.search(r'href="([^"]*betwistingen[^"]*)"', todo).group(1).replace("&amp;", "&")
    html = client.get(link).content.decode()
    assert "een creditnota" in html
    assert 'value="boekhouding@kruimel.example"' in html
    fields = {"how": "credit", "number": "C-12", "credit": "150", "words": "Klopt.", "send": "on"}
    fields["to"] = "boekhouding@kruimel.example"
    shown = post(client, world, "dispute-answer-preview", {"dispute": dispute}, **fields)
    assert "creditnota C-12" in shown.content.decode()
    assert not Message.objects.exists()
    answer = client.post(link, {"key": "k", **fields}, follow=True)
    assert answer.redirect_chain[-1][0] == back
    assert "vertrekt over een halve minuut" in answer.content.decode()
    assert (Dispute.objects.get().state, Message.objects.get().state) == ("solved", "held")


WRONG = {
    "a rejection without a reason": ({"how": "rejected", "words": ""}, "words"),
    "a credit note without a number": ({"how": "credit", "credit": "10"}, "number"),
    "a credit note of more than the invoice": ({"how": "credit", "number": "C1", "credit": "501"}, "credit"),
    "a correction upwards": ({"how": "corrected", "corrected": "501"}, "corrected"),
    "an address that is none": ({"to": "jan bij kruimel"}, "to"),
}


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG)
def test_an_answer_is_refused_at_its_field_for(client, world, debtor, invoice, typed, field):
    dispute = contested(world, debtor, invoice)
    fields = {"how": "rejected", "words": "De bon is getekend", "send": "on"} | typed
    answer = post(client, world, "dispute-answer", {"dispute": dispute}, **fields)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    shown = post(client, world, "dispute-answer-preview", {"dispute": dispute}, **fields)
    assert shown.status_code == 200
    assert Dispute.objects.get().state == "open"


def test_a_mail_that_cannot_leave_is_said(client, world, debtor, invoice):
    set_server(world, host="")
    dispute = contested(world, debtor, invoice)
    url = reverse("dispute-answer", kwargs={"administration": world.slug, "dispute": dispute})
    fields = {"key": "k", "how": "rejected", "words": "De bon is getekend", "send": "on"}
    page = client.post(url, fields, follow=True).content.decode()
    assert "de mail kon niet weg" in page
    assert Dispute.objects.get().state == "rejected"
