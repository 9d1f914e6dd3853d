"""*Niet toegewezen*: one choice a key, divided by hand, undone; and the settings of our own accounts. Without a script."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from beluur.actions.bank.assign import set_aside
from beluur.store.models import BankAccount, Invoice, Membership, Payment
from tests.bank_world import Morning, make_morning
from tests.rows import make_account
from tests.statement import IBANS, Line, take_in
from tests.world import TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def morning(world) -> Morning:
    return make_morning(world)


def url(world: World, name: str, **rest: Any) -> str:
    return reverse(name, kwargs={"administration": world.slug, **rest})


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def invoice(number: str) -> Invoice:
    return Invoice.objects.get(number=number)


def take(client, morning, payment, **fields):
    to = url(morning.world, "payment-accept", booking=payment.id)
    return client.post(to, {"key": f"k{payment.id}"} | fields, follow=True)


def divide(client, morning, payment, **fields):
    to = url(morning.world, "payment-split", booking=payment.id)
    return client.post(to, {"key": f"k{payment.id}", "do": "assign"} | fields, follow=True)


# -- the list ---------------------------------------------------------------------------------------------------------


def test_without_an_account_it_teaches_how_to_get_a_statement(client, world):
    page = text(client.get(url(world, "payments")))
    for word in ("CAMT.053", "MT940", "CODA", "CSV", url(world, "intake")):
        assert word in page
    assert 'id="nav-payments"' not in page


def test_when_all_is_assigned_it_says_so(client, world):
    make_account(world.administration)
    assert "Geen betaling wacht op u" in text(client.get(url(world, "payments")))


def test_the_menu_counts_what_waits(client, morning):
    page = text(client.get(url(morning.world, "today")))
    assert (
        'Niet toegewezen</span><span class="nav__short">Betalingen</span> <span class="nav__count">5</span>'
        in page
    )


def test_the_first_stands_large_with_its_reasons(client, morning):
    page = text(client.get(url(morning.world, "payments"), {"stand": "proposed"}))
    assert "2 betalingen" not in page
    for word in (
        "5 betalingen wachten",
        "P. Schilders",
        "Naam lijkt voor 92% op Proef Schilders VOF",
        "Wijs toe",
    ):
        assert word in page
    assert page.count("<article") == 2
    assert page.count("<article") - page.count(" hidden>") == 1


def test_the_sum_tells_what_came_in_and_what_went_out_again(client, morning):
    page = strip_tags(text(client.get(url(morning.world, "payments")))).replace("\xa0", " ")
    went = f"{-morning.back.amount_cents // 100},{-morning.back.amount_cents % 100:02}"
    assert f"5 betalingen wachten: € 1.830,00 kwam binnen, € {went} ging weer terug" in page
    set_aside(morning.world.doer, payment_id=morning.back.id)
    page = strip_tags(text(client.get(url(morning.world, "payments")))).replace("\xa0", " ")
    assert "4 betalingen wachten, samen € 1.830,00" in page


def test_the_number_of_queries_does_not_grow_with_the_list(client, morning, count_queries):
    with count_queries() as few:
        client.get(url(morning.world, "payments"))
    take_in(
        morning.world.doer,
        TODAY,
        *(Line(1_00 + n, f"Nog onbekend {n}", "x", IBANS[5]) for n in range(12)),
        number=2,
    )
    with count_queries() as many:
        client.get(url(morning.world, "payments"))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "query", ["pagina=0", "pagina=²", "betaling=x", "betaling=99999999", "stand=zz", "gedaan=1x", "q=%25"]
)
def test_an_address_that_says_nothing_is_answered(client, morning, query):
    assert client.get(f"{url(morning.world, 'payments')}?{query}").status_code == 200


# -- one key ----------------------------------------------------------------------------------------------------------


def test_a_proposal_is_taken_once_and_the_next_one_stands(client, morning):
    onward = f"{url(morning.world, 'payments')}?betaling={morning.unknown.id}"
    for _ in range(2):
        page = text(take(client, morning, morning.two_ways, choice="1", next=onward))
    assert (invoice("2026-0119").open_cents, invoice("2026-0120").open_cents) == (500_00, 0)
    assert "€ 500,00 van Voorbeeld Bouw B.V.: op 2026-0120 van Voorbeeld Bouw BV" in page.replace("\xa0", " ")
    assert f'data-panel="{morning.unknown.id}" aria-current="true"' in page
    assert url(morning.world, "payment-take-back", booking=morning.two_ways.id) in page


def test_what_it_taught_explains_others(client, morning):
    schilders = morning.alike
    take_in(morning.world.doer, TODAY, Line(350_00, "P. Schilders", "rest", schilders.iban), number=2)
    page = text(take(client, morning, schilders))
    assert "Daardoor is nog 1 betaling verklaard" in page
    assert invoice("2026-0123").open_cents == 0


def test_a_choice_that_was_made_meanwhile_is_refused_and_said(client, morning):
    take(client, morning, morning.two_ways)
    page = text(take(client, morning, morning.two_ways, key="another"))
    assert "Er is geen voorstel meer" in page


@pytest.mark.parametrize(
    ("answer", "still"), [("no", 0), ("yes", 500_00)], ids=["not counted yet", "counted"]
)
def test_of_the_day_of_the_export_it_is_asked_whether_it_is_counted(client, morning, answer, still):
    invoices = Invoice.objects.filter(number="2026-0119")
    invoices.update(as_of=morning.two_ways.booked_on, amount_cents=1_000_00)
    asked = take(client, morning, morning.two_ways, choice="0")
    assert asked.status_code == 422
    assert "al in het openstaande bedrag?" in text(asked)
    assert invoice("2026-0119").open_cents == 500_00
    take(client, morning, morning.two_ways, choice="0", counted=answer)
    assert morning.two_ways.state == "explained"
    assert invoice("2026-0119").open_cents == still


def test_htmx_gets_the_question_as_a_page_that_it_shows(client, morning):
    Invoice.objects.filter(number="2026-0119").update(as_of=morning.two_ways.booked_on)
    to = url(morning.world, "payment-accept", booking=morning.two_ways.id)
    asked = client.post(to, {"choice": "0", "key": "k"}, headers={"HX-Request": "true"})
    assert asked.status_code == 200
    assert "al in het openstaande bedrag?" in text(asked)


def test_set_aside_and_taken_back(client, morning):
    to = url(morning.world, "payment-aside", booking=morning.unknown.id)
    page = text(client.post(to, {"key": "k"}, follow=True))
    assert "opzij gelegd, niet van een klant" in page
    assert morning.unknown.state == "not_ours"
    back = url(morning.world, "payment-take-back", booking=morning.unknown.id)
    page = text(client.post(back, {"key": "k2"}, follow=True))
    assert "De betaling wacht weer" in page
    assert f'data-panel="{morning.unknown.id}" aria-current="true"' in page


def test_a_return_is_taken_and_taken_back(client, morning):
    take(client, morning, morning.back)
    assert invoice("2026-0126").open_cents == 605_00
    client.post(url(morning.world, "payment-take-back", booking=morning.back.id), {"key": "k2"})
    assert invoice("2026-0126").open_cents == 0


# -- divided ----------------------------------------------------------------------------------------------------------


def test_it_is_divided_over_several_of_several_debtors(client, morning):
    first, second = invoice("2026-0122"), invoice("2026-0119")
    divide(client, morning, morning.unknown, invoice=[first.id, second.id], **{f"cents_{first.id}": "400"})
    assert (invoice("2026-0122").open_cents, invoice("2026-0119").open_cents) == (80_00, 150_00)
    assert morning.unknown.state == "explained"


def test_a_credit_note_is_used_whole(client, morning):
    credit, bill = invoice("C-0007"), invoice("2026-0119")
    divide(client, morning, morning.over, invoice=[credit.id, bill.id])
    assert (invoice("C-0007").open_cents, invoice("2026-0119").open_cents) == (0, 300_00)


def test_what_is_left_stays_with_whom_is_chosen(client, morning):
    divide(client, morning, morning.unknown, debtor=morning.schilders)
    assert (morning.unknown.state, morning.unknown.debtor_id) == ("explained", morning.schilders)
    page = text(client.get(url(morning.world, "dossier", debtor=morning.schilders)))
    assert "te veel betaald" in page


WRONG = {
    "an amount that is none": ({"cents": "x"}, "is geen bedrag"),
    "more than is open": ({"cents": "481"}, "staat nog"),
    "more than came in": ({"cents": "480", "other": "500"}, "nog € 750,00 te verdelen"),
    "nothing ticked": ({}, "Kies waarvoor"),
}


@pytest.mark.parametrize(("typed", "said"), WRONG.values(), ids=WRONG)
def test_it_is_refused_at_its_place_and_what_was_typed_stays(client, morning, typed, said):
    first, second = invoice("2026-0122"), invoice("2026-0119")
    fields: dict[str, Any] = {"zoek": "schilders"}
    if "cents" in typed:
        fields |= {"invoice": [first.id], f"cents_{first.id}": typed["cents"]}
    if "other" in typed:
        fields |= {"invoice": [first.id, second.id], f"cents_{second.id}": typed["other"]}
    answer = divide(client, morning, morning.unknown, **fields)
    page = text(answer).replace("\xa0", " ")
    assert answer.status_code == 422
    assert said in page
    assert 'value="schilders"' in page
    if "cents" in typed:
        assert f'value="{typed["cents"]}"' in page
    assert morning.unknown.state == "unexplained"


def test_a_search_keeps_the_ticks_and_changes_nothing(client, morning):
    first = invoice("2026-0122")
    to = url(morning.world, "payment-split", booking=morning.unknown.id)
    fields = {"zoek": "bouw", "invoice": [first.id], f"cents_{first.id}": "12,50"}
    page = text(client.post(to, fields, headers={"HX-Request": "true"}))
    assert page.startswith("<div")
    assert 'value="12,50"' in page
    assert page.index("2026-0122") < page.index("2026-0119")
    assert page.count("checked") == 1
    assert morning.unknown.state == "unexplained"


def test_dividing_asks_too_whether_it_is_counted(client, morning):
    first = invoice("2026-0122")
    Invoice.objects.filter(id=first.id).update(as_of=morning.unknown.booked_on)
    asked = divide(client, morning, morning.unknown, invoice=[first.id])
    assert asked.status_code == 422
    assert 'name="counted" value="no"' in text(asked)
    divide(client, morning, morning.unknown, invoice=[first.id], counted="no")
    assert invoice("2026-0122").open_cents == 0


def test_what_was_set_aside_can_be_put_on_an_invoice_all_the_same(client, morning):
    client.post(url(morning.world, "payment-aside", booking=morning.unknown.id), {"key": "k"})
    page = text(client.get(url(morning.world, "payment", payment=morning.unknown.id)))
    assert url(morning.world, "payment-split", booking=morning.unknown.id) in page
    divide(client, morning, morning.unknown, invoice=[invoice("2026-0122").id], key="k2")
    assert invoice("2026-0122").open_cents == 0


# -- one payment ------------------------------------------------------------------------------------------------------


def test_one_payment_tells_all_and_can_be_taken_back(client, morning):
    page = text(client.get(url(morning.world, "payment", payment=morning.certain.id)))
    for word in ("2026-0118", "Factuurnummer 2026-0118", "MT940", "NL91 ABNA 0417 1643 00", "Haal terug"):
        assert word in page
    client.post(url(morning.world, "payment-take-back", booking=morning.certain.id), {"key": "k"})
    assert invoice("2026-0118").open_cents == 12_340_50


def test_the_dossier_leads_to_it_and_reverses_by_hand_only_what_was_entered_by_hand(client, morning):
    page = text(client.get(url(morning.world, "dossier", debtor=morning.bouw)))
    assert url(morning.world, "payment", payment=morning.certain.id) in page
    assert "Naam van de betaler: Voorbeeld Bouw BV" in page
    assert url(morning.world, "payment-reverse", payment=morning.certain.id) not in page


@pytest.mark.parametrize("name", ["payment-accept", "payment-aside", "payment-take-back", "payment-split"])
def test_a_payment_of_another_administration_cannot_be_touched(client, morning, name):
    other = make_morning(make_world("ander", "Ander"))
    before = list(Payment.objects.order_by("id").values_list("id", "state"))
    answer = client.post(url(morning.world, name, booking=other.two_ways.id), {"do": "assign", "key": "k"})
    assert answer.status_code == 404
    assert list(Payment.objects.order_by("id").values_list("id", "state")) == before


# -- our accounts -----------------------------------------------------------------------------------------------------


def test_our_accounts_say_how_far_they_are_known(client, morning):
    page = text(client.get(url(morning.world, "settings-accounts")))
    for word in (
        "NL91 ABNA 0417 1643 00",
        "bekend tot en met zo 22 nov 2026",
        "1 afschrift",
        'aria-checked="true"',
    ):
        assert word in page
    assert "loopt achter" not in page


def test_one_that_lags_is_warned_of_and_can_be_put_out_of_use(client, morning):
    from datetime import date

    old = make_account(morning.world.administration, number="NL69INGB0123456789", reaches=date(2026, 11, 9))
    page = text(client.get(url(morning.world, "settings-accounts")))
    assert "loopt achter" in page
    assert "<b>ma 9 nov 2026</b>" in page
    to = url(morning.world, "settings-account", account=old.id)
    page = text(client.post(to, {"in_use": "no", "key": "k"}, follow=True))
    assert "<b>zo 22 nov 2026</b>" in page
    assert not BankAccount.objects.get(id=old.id).in_use


def test_a_caller_does_not_change_them(client, morning):
    Membership.objects.update(role="caller")
    account = BankAccount.objects.get()
    answer = client.post(url(morning.world, "settings-account", account=account.id), {"in_use": "no"})
    assert answer.status_code == 403
    assert BankAccount.objects.get().in_use
