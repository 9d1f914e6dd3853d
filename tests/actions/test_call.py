"""The call from opening to its end: claimed once, noted without loss, recorded whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beluur.actions.end_call import ReportRefused, end_call
from beluur.actions.leave_call import leave_call
from beluur.actions.note_call import note_call
from beluur.actions.open_call import NotOpened, Opened, open_call
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.record_payment import record_payment
from beluur.actions.set_hold import set_hold
from beluur.actions.set_stop import set_stop
from beluur.domain.call_report import (
    CallbackSaid,
    CallReport,
    ClaimSaid,
    ContactChange,
    DisputeSaid,
    OwnPromise,
    PromiseSaid,
)
from beluur.domain.case import Outcome
from beluur.store.models import (
    Call,
    Callback,
    Contact,
    Cover,
    Debtor,
    Dispute,
    Event,
    Instalment,
    Invoice,
    Message,
    PaidClaim,
    Promise,
    Task,
)
from beluur.values.problem import Refused
from beluur.words import render
from tests.actions.calls import (
    FRIDAY,
    at,
    call_of,
    caller,
    hold_call,
    later,
    opened,
    promise,
    timeline,
    with_mail_server,
)
from tests.rows import make_invoice
from tests.threads import at_once
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="boekhouding@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    world.invoice(i, "2026-2", 200_00, late=8)
    return i


# -- opening ----------------------------------------------------------------------------------------------------------


def test_opening_claims_the_debtor_for_half_an_hour(world, debtor):
    call = Call.objects.get(id=opened(world.doer, debtor))
    assert (call.state, call.lease_until, call.number) == (
        "open",
        NOW + timedelta(minutes=30),
        "+31201234500",
    )
    assert call.slot == "0930"
    assert call.goal["ask_cents"] == 300_00
    assert timeline(debtor)[-1] == "Gesprek geopend"


def test_a_colleague_is_told_who_is_on_the_line_since_when(world, debtor):
    opened(world.doer, debtor)
    refused = open_call(later(caller(world), minutes=5), debtor)
    assert isinstance(refused, NotOpened)
    assert refused.busy
    assert not refused.may_overrule
    assert [render(s) for s in refused.sentences] == [
        "Eva Eigenaar is al met deze klant in gesprek sinds 09:35"
    ]


def test_the_same_caller_resumes_with_what_he_typed(world, debtor):
    call_id = opened(world.doer, debtor)
    note_call(later(world.doer, minutes=2), call_id, {"note": "komt terug"}, 0)
    again = open_call(later(world.doer, minutes=40), debtor)
    assert again == Opened(call_id, 1, {"note": "komt terug"}, resumed=True)
    assert Call.objects.get(id=call_id).lease_until == NOW + timedelta(minutes=70)


def test_an_expired_claim_is_taken_over_with_its_notes(world, debtor):
    first = opened(world.doer, debtor)
    note_call(world.doer, first, {"note": "halverwege"}, 0)
    other = later(caller(world), minutes=31)
    second = open_call(other, debtor)
    assert isinstance(second, Opened)
    assert (second.call_id != first, second.draft) == (True, {"note": "halverwege"})
    assert Call.objects.get(id=first).state == "left"
    with pytest.raises(Refused):
        end_call(later(world.doer, minutes=32), first, CallReport(Outcome.NO_ANSWER))
    assert Call.objects.filter(state="ended").count() == 0


def test_an_expired_claim_that_nobody_took_can_still_be_ended(world, debtor):
    call_id = opened(world.doer, debtor)
    end_call(later(world.doer, minutes=90), call_id, CallReport(Outcome.NO_ANSWER))
    assert Call.objects.get(id=call_id).state == "ended"


def test_a_call_that_was_left_gives_its_notes_to_the_next(world, debtor):
    first = opened(world.doer, debtor)
    note_call(world.doer, first, {"note": "later"}, 0)
    leave_call(world.doer, first)
    second = open_call(caller(world), debtor)
    assert isinstance(second, Opened)
    assert second.draft == {"note": "later"}


def test_a_payment_that_came_in_removes_the_call_and_says_why(world, debtor):
    record_payment(world.doer, debtor_id=debtor, day=TODAY, cents=300_00, today=TODAY)
    refused = open_call(world.doer, debtor)
    assert isinstance(refused, NotOpened)
    assert not Call.objects.exists()
    assert Debtor.objects.get(id=debtor).open_cents == 0


def test_a_soft_block_is_overruled_with_a_reason_that_stays(world, debtor):
    set_hold(world.doer, debtor_ids=[debtor], until=TODAY + timedelta(days=7), reason="vakantie", today=TODAY)
    refused = open_call(world.doer, debtor)
    assert isinstance(refused, NotOpened)
    assert refused.may_overrule
    assert isinstance(open_call(world.doer, debtor, overrule="hij vroeg er zelf om"), Opened)
    assert "- Toch gebeld, omdat: hij vroeg er zelf om" in timeline(debtor)


def test_a_hard_block_is_never_overruled_but_he_may_ring_us(world, debtor):
    set_stop(world.doer, debtor_id=debtor, stop="insolvent", reason="vonnis")
    refused = open_call(world.doer, debtor, overrule="toch")
    assert isinstance(refused, NotOpened)
    assert not refused.may_overrule
    incoming = open_call(world.doer, debtor, incoming=True)
    assert isinstance(incoming, Opened)
    assert incoming.cautions


def test_a_form_that_is_sent_twice_opens_one_call(world, debtor):
    doer = world.with_key("k1")
    assert open_call(doer, debtor) == open_call(doer, debtor)
    assert Call.objects.count() == 1


def test_a_debtor_of_another_administration_does_not_exist(world, debtor):
    other = make_world("ander", "Andere zaak")
    with pytest.raises(Debtor.DoesNotExist):
        open_call(other.doer, debtor)
    call_id = opened(world.doer, debtor)
    with pytest.raises(Call.DoesNotExist):
        end_call(other.doer, call_id, CallReport(Outcome.BUSY))
    with pytest.raises(Refused):
        note_call(other.doer, call_id, {}, 0)


# -- noting -----------------------------------------------------------------------------------------------------------


def test_two_tabs_lose_no_text(world, debtor):
    call_id = opened(world.doer, debtor)
    first = note_call(world.doer, call_id, {"note": "eerste tab", "amount": "100"}, 0)
    second = note_call(world.doer, call_id, {"note": "tweede tab"}, 0)
    assert (first.version, first.others) == (1, {})
    assert (second.version, second.others) == (2, {"note": "eerste tab", "amount": "100"})
    draft = Call.objects.get(id=call_id).draft
    assert draft == {"note": "tweede tab", "amount": "100", "_overwritten": {"note": ["eerste tab"]}}


def test_typing_on_in_one_tab_is_no_conflict(world, debtor):
    call_id = opened(world.doer, debtor)
    one = note_call(world.doer, call_id, {"note": "hij"}, 0)
    two = note_call(later(world.doer, minutes=20), call_id, {"note": "hij zei"}, one.version)
    assert two.others == {}
    call = Call.objects.get(id=call_id)
    assert (call.draft, call.lease_until) == ({"note": "hij zei"}, NOW + timedelta(minutes=50))


# -- ending -----------------------------------------------------------------------------------------------------------


def test_a_promise_is_saved_with_its_confirmation_and_what_happens_next(world, debtor):
    with_mail_server(world)
    world.contact(debtor, "An Voorbeeld", email="an@kruimel.example", for_payments=True)
    ended = hold_call(world.doer, debtor, replace(promise(300_00, words="vrijdag"), note="vriendelijk"))
    row = Promise.objects.get()
    assert (row.cents, row.said, row.way, row.words, row.call_id) == (
        300_00,
        "pays_on",
        "transfer",
        "vrijdag",
        ended.call_id,
    )
    assert [(i.due, i.cents, i.control) for i in row.instalments.all()] == [
        (FRIDAY, 300_00, date(2026, 12, 1))
    ]
    covers = Cover.objects.order_by("id").values_list("invoice__number", "cents", "open_then_cents")
    assert list(covers) == [("2026-1", 100_00, 100_00), ("2026-2", 200_00, 200_00)]
    message = Message.objects.get()
    assert (message.state, message.to, message.send_after) == (
        "held",
        "an@kruimel.example",
        NOW + timedelta(seconds=30),
    )
    assert "300,00" in message.text
    assert ended.message_id == message.id
    call = call_of(ended)
    assert (call.state, call.outcome, call.result, call.received, call.note) == (
        "ended",
        "reached",
        "promise",
        "yes",
        "vriendelijk",
    )
    assert Debtor.objects.get(id=debtor).step == "wait_promise"
    assert timeline(debtor)[-5:] == [
        "- Goed ontvangen, zegt de klant",
        "- Betaalt € 300,00 op vr 27 nov 2026; controle op di 1 dec 2026",
        "- Voor factuur 2026-1, 2026-2",
        "- Terugvaloptie gehaald: € 300,00 van € 300,00, het laatste op vr 27 nov 2026",
        "- Klaargezet: de bevestiging voor an@kruimel.example",
    ]


def test_the_confirmation_of_a_promise_names_the_credit_note_that_makes_it_less(world, debtor):
    with_mail_server(world)
    make_invoice(Debtor.objects.get(id=debtor), -50_00, number="C-7", as_of=TODAY)
    plan_next_steps(world.id, world.now)
    hold_call(world.doer, debtor, promise(250_00))
    text = Message.objects.get().text
    assert "creditnota C-7" in text
    assert "50,00" in text


def test_without_a_mail_server_the_confirmation_says_that_it_was_not_sent(world, debtor):
    hold_call(world.doer, debtor, promise())
    message = Message.objects.get()
    assert (message.state, message.problem["code"]) == ("not_sent", "outbox.no_server")
    assert timeline(debtor)[-1] == "- Nog niet verzonden: de bevestiging"


def test_without_an_address_too(world):
    with_mail_server(world)
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-9")
    hold_call(world.doer, i, promise())
    assert Message.objects.get().problem["code"] == "outbox.no_address"


REFUSED = {
    "a promise without an amount": (PromiseSaid(((FRIDAY, None),), yes=True), "amount:0"),
    "a promise without a date": (PromiseSaid(((None, 100_00),), yes=True), "date:0"),
    "a promise without a yes": (PromiseSaid(((FRIDAY, 100_00),), yes=False), "said_yes"),
    "a promise without a way": (PromiseSaid(((FRIDAY, 100_00),), yes=True, way=""), "way"),
    "a promise of nothing": (PromiseSaid(((FRIDAY, 0),), yes=True), "amount:0"),
    "a promise beyond what is open": (PromiseSaid(((FRIDAY, 300_01),), yes=True), "total"),
    "a promise for yesterday": (PromiseSaid(((TODAY - timedelta(days=1), 100_00),), yes=True), "date:0"),
    "a promise for 2114": (PromiseSaid(((date(2114, 11, 27), 100_00),), yes=True), "date:0"),
    "a promise on an invoice of another": (
        PromiseSaid(((FRIDAY, 100_00),), yes=True, invoice_ids=(9999,)),
        "invoices",
    ),
    "a promise on no invoice": (PromiseSaid(((FRIDAY, 100_00),), yes=True, invoice_ids=()), "invoices"),
}


@pytest.mark.parametrize(("said", "field"), REFUSED.values(), ids=REFUSED)
def test_refused_and_nothing_changed(world, debtor, said, field):
    call_id = opened(world.doer, debtor)
    before = Event.objects.count()
    with pytest.raises(ReportRefused) as refused:
        end_call(world.doer, call_id, CallReport(Outcome.REACHED, promise=said))
    assert refused.value.field == field
    assert not render(refused.value.sentence).startswith("[")
    assert (Promise.objects.count(), Message.objects.count(), Event.objects.count()) == (0, 0, before)
    assert Call.objects.get().state == "open"


OTHERS_REFUSED = {
    "a promise on a voicemail": (replace(promise(), outcome=Outcome.VOICEMAIL), "outcome"),
    "a call-back agreed with a voicemail": (
        CallReport(Outcome.VOICEMAIL, callback=CallbackSaid(at(FRIDAY, 16))),
        "outcome",
    ),
    "a call-back without an hour": (CallReport(Outcome.REACHED, callback=CallbackSaid(None)), "callback_at"),
    "a call-back in the past": (CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(NOW)), "callback_at"),
    "a dispute of nothing": (
        CallReport(Outcome.REACHED, dispute=DisputeSaid((), "price", answer_by=FRIDAY)),
        "dispute_items",
    ),
    "a dispute of another's invoice": (
        CallReport(Outcome.REACHED, dispute=DisputeSaid(((9999, None),), "price", answer_by=FRIDAY)),
        "dispute_amount:0",
    ),
    "a claim without an amount": (CallReport(Outcome.REACHED, claim=ClaimSaid(None)), "claim_amount"),
    "a claim beyond what is open": (CallReport(Outcome.REACHED, claim=ClaimSaid(300_01)), "claim_amount"),
    "a claim for tomorrow": (CallReport(Outcome.REACHED, claim=ClaimSaid(100_00, FRIDAY)), "claim_paid_on"),
    "refused and promised": (replace(promise(), refused=True), "refused"),
    "our own promise without an hour": (
        CallReport(Outcome.REACHED, own=(OwnPromise("nabellen", None),)),
        "own_at:0",
    ),
    "a new number that cannot be dialled": (
        CallReport(Outcome.REACHED, contacts=(ContactChange(name="An", phone="12"),)),
        "contact_phone:0",
    ),
}


@pytest.mark.parametrize(("report", "field"), OTHERS_REFUSED.values(), ids=OTHERS_REFUSED)
def test_other_reports_are_refused_at_their_field(world, debtor, report, field):
    call_id = opened(world.doer, debtor)
    with pytest.raises(Refused) as refused:
        end_call(world.doer, call_id, report)
    assert refused.value.field == field
    assert not render(refused.value.sentence).startswith("[")
    assert Call.objects.get().state == "open"
    assert Contact.objects.count() == 0


def test_instalments_add_up_to_the_cent(world, debtor):
    month = FRIDAY + timedelta(days=28)
    hold_call(world.doer, debtor, promise(100_01, FRIDAY, (month, 199_99), said="received_on"))
    assert list(Instalment.objects.order_by("number").values_list("due", "cents")) == [
        (FRIDAY, 100_01),
        (month, 199_99),
    ]
    assert Promise.objects.get().cents == 300_00
    assert "termijn" in Message.objects.get().text.lower()


def test_a_dispute_and_a_promise_for_the_rest_go_together(world, debtor):
    from beluur.store.models import Invoice

    first, second = Invoice.objects.order_by("due")
    dispute = DisputeSaid(((first.id, 40_00),), "quality", "doos nat", "Magazijn", FRIDAY)
    too_much = replace(promise(300_00), dispute=dispute)
    call_id = opened(world.doer, debtor)
    with pytest.raises(ReportRefused) as refused:
        end_call(world.doer, call_id, too_much)
    assert refused.value.field == "total"
    end_call(world.doer, call_id, replace(promise(260_00), dispute=dispute))
    assert list(Cover.objects.order_by("id").values_list("invoice_id", "cents")) == [
        (first.id, 60_00),
        (second.id, 200_00),
    ]
    row = Dispute.objects.get()
    assert (row.cents, row.code, row.what, row.owner, row.answer_by) == (
        40_00,
        "quality",
        "doos nat",
        "Magazijn",
        FRIDAY,
    )
    assert call_of_only().result == "promise"
    assert "doos nat" in Message.objects.get().text


def call_of_only() -> Call:
    return Call.objects.get(state="ended")


def test_a_callback_is_kept_by_an_incoming_call(world, debtor):
    hold_call(
        world.doer, debtor, CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(at(FRIDAY, 16), "Piet"))
    )
    assert Debtor.objects.get(id=debtor).step == "call_back"
    hold_call(later(world.doer, hours=2), debtor, promise(300_00), incoming=True)
    assert Callback.objects.get().state == "done"
    assert Debtor.objects.get(id=debtor).step == "wait_promise"


def test_a_callback_that_nobody_answers_keeps_its_place(world, debtor):
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, callback=CallbackSaid(at(TODAY, 14))))
    hold_call(replace(world.doer, at=at(TODAY, 14)), debtor, CallReport(Outcome.BUSY))
    rows = list(Callback.objects.order_by("id").values_list("at", "state"))
    assert rows == [(at(TODAY, 14), "done"), (at(TODAY, 14, 20), "open")]
    row = Debtor.objects.get(id=debtor)
    assert (row.step, row.step_at) == ("call_back", at(TODAY, 14, 20))


def test_a_claim_is_checked_on_the_account(world, debtor):
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, claim=ClaimSaid(300_00, TODAY)))
    claim = PaidClaim.objects.get()
    assert (claim.cents, claim.paid_on, claim.check_on) == (300_00, TODAY, TODAY + timedelta(days=1))
    assert Debtor.objects.get(id=debtor).step == "check_payment"


def test_our_own_promise_becomes_a_task_with_its_hour(world, debtor):
    own = (OwnPromise("prijs navragen", at(TODAY, 16)),)
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, own=own))
    task = Task.objects.get()
    assert (task.what, task.at, task.owner_id) == ("prijs navragen", at(TODAY, 16), world.user.id)
    assert "prijs navragen" in Message.objects.get().text


def test_a_wrong_number_is_not_dialled_again(world):
    i = world.debtor()
    world.invoice(i, "2026-3")
    world.contact(i, "An Voorbeeld", phone="020-123 45 01", for_payments=True)
    hold_call(world.doer, i, CallReport(Outcome.NUMBER_INVALID))
    assert Contact.objects.get().phone_invalid
    assert Debtor.objects.get(id=i).step == "fix_contact"
    assert timeline(i)[-1] == "- Nummer 020 123 4501 wordt niet meer gebeld"


def test_what_the_debtor_corrects_about_his_people_is_taken_over(world, debtor):
    old = world.contact(debtor, "An Voorbeeld", phone="020-123 45 01", for_payments=True)
    changes = (
        ContactChange(old, email="an@kruimel.example"),
        ContactChange(name="Piet Proef", mobile="", for_payments=True),
    )
    hold_call(world.doer, debtor, replace(CallReport(Outcome.REACHED), contacts=changes))
    assert list(Contact.objects.order_by("id").values_list("name", "email", "for_payments")) == [
        ("An Voorbeeld", "an@kruimel.example", False),
        ("Piet Proef", "", True),
    ]
    assert Message.objects.get().to == "boekhouding@kruimel.example"


ENDINGS = {
    "passes it on": (CallReport(Outcome.REACHED, passed_on="de directeur"), "passed_on"),
    "refuses": (CallReport(Outcome.REACHED, refused=True), "refused"),
    "nothing agreed": (CallReport(Outcome.REACHED), "nothing"),
}


@pytest.mark.parametrize(("report", "result"), ENDINGS.values(), ids=ENDINGS)
def test_also_without_an_agreement_a_mail_goes_out_and_a_step_is_set(world, debtor, report, result):
    ended = hold_call(world.doer, debtor, report)
    assert call_of(ended).result == result
    assert Message.objects.get().kind == "confirmation"
    row = Debtor.objects.get(id=debtor)
    assert row.step.startswith("call_")
    assert row.step_on > TODAY
    assert render(ended.advice)


def test_what_was_disputed_before_is_not_asked_for_in_the_mail(world, debtor):
    first = Invoice.objects.get(number="2026-1").id
    earlier = DisputeSaid(((first, None),), "quality", "Te laat geleverd", "Eva", FRIDAY)
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, dispute=earlier))
    hold_call(later(world.doer, days=1), debtor, CallReport(Outcome.REACHED, refused=True), incoming=True)
    text = Message.objects.order_by("-id")[0].text
    assert "200,00" in text
    assert "300,00" not in text
    assert "2026-1" not in text


def test_the_words_of_who_refuses_are_quoted(world, debtor):
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, refused=True, discussed="Wij betalen\nniet"))
    assert "Gezegd is: “Wij betalen niet”" in Message.objects.get().text


NOT_SPOKEN = [Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.GATEKEEPER, Outcome.WRONG_PERSON]


@pytest.mark.parametrize("outcome", NOT_SPOKEN)
def test_who_was_not_spoken_gets_no_mail_and_is_tried_again(world, debtor, outcome):
    Debtor.objects.filter(id=debtor).update(email="")
    hold_call(world.doer, debtor, CallReport(outcome))
    assert not Message.objects.exists()
    row = Debtor.objects.get(id=debtor)
    assert row.step == "call_again"
    assert row.step_at > NOW


def test_a_form_that_is_sent_twice_ends_one_call(world, debtor):
    call_id = opened(world.doer, debtor)
    doer = world.with_key("k2")
    assert end_call(doer, call_id, promise()) == end_call(doer, call_id, promise())
    assert (Promise.objects.count(), Message.objects.count()) == (1, 1)
    with pytest.raises(Refused):
        end_call(world.doer, call_id, promise())
    assert Promise.objects.count() == 1


# -- at once ----------------------------------------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_callers_at_once_open_one_call():
    world = make_world()
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1")
    doers = [caller(world, f"Beller{n} Proef") for n in range(4)]
    results = at_once(*(lambda d=d: open_call(d, i) for d in doers))
    assert sorted(type(r).__name__ for r in results) == ["NotOpened"] * 3 + ["Opened"]
    assert Call.objects.filter(state="open").count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_form_that_arrives_twice_at_once_is_recorded_once():
    world = make_world()
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1")
    call_id = opened(world.doer, i)
    doer = world.with_key("k3")
    results = at_once(*(lambda: end_call(doer, call_id, promise()) for _ in range(4)))
    assert len({r.message_id for r in results}) == 1
    assert (Promise.objects.count(), Message.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="call_ended").count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_tabs_note_at_once_and_lose_nothing():
    world = make_world()
    i = world.debtor(phone="+31 20 123 45 00")
    world.invoice(i, "2026-1")
    call_id = opened(world.doer, i)
    at_once(*(lambda n=n: note_call(world.doer, call_id, {f"veld{n}": "x"}, 0) for n in range(6)))
    call = Call.objects.get(id=call_id)
    assert (set(call.draft), call.draft_version) == ({f"veld{n}" for n in range(6)}, 6)
