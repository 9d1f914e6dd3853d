"""What was recorded wrongly is recorded anew: the history keeps both, and the debtor reads what holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from beluur.actions.answer_dispute import answer_dispute
from beluur.actions.change_promise import change_promise, withdraw_promise
from beluur.actions.correct_call import correct_call
from beluur.actions.correct_callback import correct_callback
from beluur.actions.correct_dispute import correct_dispute
from beluur.actions.dispute_row import DisputeFacts
from beluur.actions.send_next_message import handle_one
from beluur.domain.call_report import CallbackSaid, CallReport, ClaimSaid, DisputeSaid, PromiseSaid
from beluur.domain.case import Outcome
from beluur.domain.dispute_answer import Answer, How
from beluur.store.models import (
    Call,
    Callback,
    Contact,
    Debtor,
    Dispute,
    Event,
    Invoice,
    Message,
    PaidClaim,
    Promise,
)
from beluur.values.problem import Refused
from tests.actions.calls import FRIDAY, at, caller, hold_call, later, promise, timeline, with_mail_server
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(seconds=31)
NEXT_FRIDAY = FRIDAY + timedelta(days=7)


@pytest.fixture
def world() -> World:
    world = make_world()
    with_mail_server(world)
    return world


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="boekhouding@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    world.invoice(i, "2026-2", 200_00, late=8)
    return i


@pytest.fixture
def sent(world: World, debtor: int, smtp) -> Message:
    """A promise of 100 for Friday, of which the confirmation has left."""
    with_mail_server(world, smtp.port)
    ended = hold_call(world.doer, debtor, promise(100_00))
    assert handle_one(SOON)
    return Message.objects.get(id=ended.message_id)


def said(cents: int = 100_00, on=NEXT_FRIDAY, **more) -> PromiseSaid:
    return PromiseSaid(((on, cents),), **{"yes": True, **more})


def test_a_promise_changed_by_mail_gets_a_mail_that_says_what_it_replaces(world, debtor, sent, smtp):
    old = Promise.objects.get()
    new_id = change_promise(
        later(world.doer, days=1), old.id, said(), why="mailde dat het een week later wordt"
    )
    old.refresh_from_db()
    assert (old.active, old.ended_because, old.replaced_by_id) == (False, "changed", new_id)
    assert [(i.due, i.cents) for i in Promise.objects.get(id=new_id).instalments.all()] == [
        (NEXT_FRIDAY, 100_00)
    ]
    message = Message.objects.get(replaces=sent)
    assert (message.state, message.to) == ("held", sent.to)
    assert "27 november 2026" in message.text
    assert "4 december 2026" in message.text
    assert handle_one(SOON + timedelta(days=1))
    assert smtp.messages[1]["In-Reply-To"] == f"<{sent.message_id}>"
    assert timeline(debtor)[-7:-1] == [
        "Toezegging gewijzigd",
        "- Gecorrigeerd: mailde dat het een week later wordt",
        "- Was: € 100,00 op vr 27 nov 2026",
        "- Betaalt € 100,00 op vr 4 dec 2026; controle op di 8 dec 2026",
        "- Voor factuur 2026-1",
        "- Klaargezet: de bevestiging voor boekhouding@kruimel.example",
    ]


def test_a_mail_that_had_not_left_is_taken_back(world, debtor):
    ended = hold_call(world.doer, debtor, promise(100_00))
    change_promise(world.doer, Promise.objects.get().id, said(300_00), why="verkeerd bedrag")
    first, second = Message.objects.order_by("id")
    assert (first.id, first.state) == (ended.message_id, "withdrawn")
    assert (second.state, second.replaces_id) == ("held", None)
    assert Debtor.objects.get(id=debtor).step == "wait_promise"


def test_a_change_is_checked_like_a_promise(world, debtor, sent):
    old = Promise.objects.get()
    for change, field in ((said(300_01), "total"), (said(yes=False), "said_yes"), (said(on=None), "date:0")):
        with pytest.raises(Refused) as refused:
            change_promise(world.doer, old.id, change, why="x")
        assert refused.value.field == field
    with pytest.raises(Refused) as refused:
        change_promise(world.doer, old.id, said(), why=" ")
    assert refused.value.field == "why"
    assert list(Promise.objects.values_list("active", flat=True)) == [True]


def test_what_was_replaced_is_not_changed_again(world, debtor, sent):
    old = Promise.objects.get()
    doer = world.with_key("k")
    assert change_promise(doer, old.id, said(), why="x") == change_promise(doer, old.id, said(), why="x")
    with pytest.raises(Refused) as refused:
        withdraw_promise(world.doer, old.id, why="x")
    assert refused.value.sentence.code == "call.promise_gone"


def test_a_promise_that_is_withdrawn_is_asked_for_again(world, debtor, sent):
    withdraw_promise(world.doer, Promise.objects.get().id, why="andere klant")
    assert (Promise.objects.get().active, Promise.objects.get().ended_because) == (False, "withdrawn")
    assert Debtor.objects.get(id=debtor).step_cents == 300_00
    assert timeline(debtor)[-1].startswith("- De bevestiging van toen was al verzonden")


def test_a_promise_in_a_call_can_take_the_place_of_an_earlier_one(world, debtor, sent):
    old = Promise.objects.get()
    report = CallReport(Outcome.REACHED, promise=said(300_00, replaces=old.id))
    hold_call(later(world.doer, days=1), debtor, report, incoming=True)
    old.refresh_from_db()
    new = Promise.objects.get(active=True)
    assert (old.replaced_by_id, old.ended_because, new.cents) == (new.id, "replaced", 300_00)


def test_a_wrong_outcome_is_recorded_anew(world, debtor):
    ended = hold_call(world.doer, debtor, promise(100_00))
    voicemail = CallReport(Outcome.VOICEMAIL)
    again = correct_call(later(world.doer, minutes=5), ended.call_id, voicemail, why="verkeerde knop")
    old, new = Call.objects.get(id=ended.call_id), Call.objects.get(id=again.call_id)
    assert (old.corrected_by_id, old.outcome) == (new.id, "reached")
    assert (new.outcome, new.state, new.opened_at, new.ended_at) == (
        "voicemail",
        "ended",
        old.opened_at,
        old.ended_at,
    )
    assert (Promise.objects.get().active, Promise.objects.get().ended_because) == (False, "corrected")
    assert Message.objects.get().state == "withdrawn"
    assert Debtor.objects.get(id=debtor).step_cents == 300_00
    lines = timeline(debtor)
    assert lines[-3:] == [
        "Gesprek van ma 23 nov 2026 gecorrigeerd: juiste persoon gesproken wordt voicemail",
        "- Gecorrigeerd: verkeerde knop",
        "- Gebeld: voicemail",
    ]
    assert "Gebeld: juiste persoon gesproken" in lines
    with pytest.raises(Refused):
        correct_call(world.doer, ended.call_id, voicemail, why="nog eens")


def test_a_correction_after_the_mail_left_is_mailed_too(world, debtor, sent):
    again = correct_call(world.doer, sent.call_id, promise(300_00, NEXT_FRIDAY), why="verkeerde dag")
    message = Message.objects.get(id=again.message_id)
    assert message.replaces_id == sent.id
    assert "27 november 2026" in message.text
    assert Promise.objects.get(active=True).cents == 300_00


def test_a_correction_that_is_refused_changes_nothing(world, debtor, sent):
    before = (Event.objects.count(), Message.objects.count(), Call.objects.count())
    with pytest.raises(Refused):
        correct_call(world.doer, sent.call_id, promise(900_00), why="x")
    assert (Event.objects.count(), Message.objects.count(), Call.objects.count()) == before
    assert Promise.objects.get().active


def test_what_a_wrong_call_did_to_others_is_put_back(world, debtor):
    world.contact(debtor, "An Voorbeeld", phone="020-123 45 01", for_payments=True)
    hold_call(world.doer, debtor, CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(at(FRIDAY, 16))))
    wrong = hold_call(later(world.doer, hours=1), debtor, CallReport(Outcome.REACHED), incoming=True)
    assert Callback.objects.get().state == "done"
    number = correct_call(
        later(world.doer, hours=2), wrong.call_id, CallReport(Outcome.NUMBER_INVALID), why="x"
    )
    assert Callback.objects.get().state == "open"
    assert Contact.objects.get().phone_invalid
    correct_call(later(world.doer, hours=3), number.call_id, CallReport(Outcome.BUSY), why="x")
    assert not Contact.objects.get().phone_invalid


def test_a_dispute_and_a_claim_of_a_wrong_call_end(world, debtor):
    invoice = Invoice.objects.order_by("due")[0]
    dispute = DisputeSaid(((invoice.id, None),), "price", answer_by=FRIDAY)
    report = CallReport(Outcome.REACHED, dispute=dispute, claim=ClaimSaid(200_00))
    ended = hold_call(world.doer, debtor, report)
    correct_call(world.doer, ended.call_id, CallReport(Outcome.REACHED), why="x")
    assert (Dispute.objects.get().state, PaidClaim.objects.get().state) == ("corrected", "corrected")


def test_a_callback_is_moved_or_off_and_the_old_one_stays(world, debtor):
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, callback=CallbackSaid(at(FRIDAY, 16), "Piet")))
    old = Callback.objects.get()
    new_id = correct_callback(world.doer, old.id, at=at(FRIDAY, 10), why="belde af")
    assert Debtor.objects.get(id=debtor).step_at == at(FRIDAY, 10)
    assert timeline(debtor)[-5:] == [
        "Terugbelafspraak gewijzigd",
        "- Gecorrigeerd: belde af",
        "- Was: vr 27 nov 2026, 16:00",
        "- Terugbellen op vr 27 nov 2026, 10:00, vragen naar Piet",
        "- Klaargezet: de bevestiging voor boekhouding@kruimel.example",
    ]
    with pytest.raises(Refused):
        correct_callback(world.doer, old.id, at=at(FRIDAY, 11), why="x")
    with pytest.raises(Refused) as refused:
        correct_callback(world.doer, new_id, at=NOW, why="x")
    assert refused.value.field == "callback_at"
    assert correct_callback(world.doer, new_id, at=None, why="komt niet meer") == 0
    assert Debtor.objects.get(id=debtor).step != "call_back"


def test_a_dispute_is_corrected_then_answered(world, debtor):
    invoice = Invoice.objects.order_by("due")[0]
    report = CallReport(
        Outcome.REACHED, dispute=DisputeSaid(((invoice.id, None),), "price", answer_by=FRIDAY)
    )
    hold_call(world.doer, debtor, report)
    old = Dispute.objects.get()
    with pytest.raises(Refused) as refused:
        correct_dispute(world.doer, old.id, DisputeFacts(100_01, "price", FRIDAY), why="x")
    assert refused.value.field == "dispute_amount:0"
    new_id = correct_dispute(
        world.doer, old.id, DisputeFacts(40_00, "quality", FRIDAY, "doos nat"), why="maar een deel"
    )
    assert list(Dispute.objects.order_by("id").values_list("cents", "state")) == [
        (100_00, "corrected"),
        (40_00, "open"),
    ]
    assert "- Was: € 100,00, de prijs klopt niet" in timeline(debtor)
    assert "doos nat" in Message.objects.order_by("-id")[0].text
    answer_dispute(
        world.doer, new_id, Answer(How.REJECTED, "De foto's laten een droge doos zien"), send=False
    )
    assert timeline(debtor)[-1] == "Betwisting van factuur 2026-1 afgewezen: het bedrag wordt weer gevraagd"
    assert Debtor.objects.get(id=debtor).step_cents == 300_00
    with pytest.raises(Refused):
        answer_dispute(world.doer, new_id, Answer(How.EXPLAINED, "x"))


FAR = TODAY + timedelta(days=40)  # later than a caller may grant, sooner than an owner may


def _correct(doer, on):
    call = Call.objects.get(corrected_by=None)
    return correct_call(doer, call.id, promise(100_00, on), why="verkeerde dag")


def _change(doer, on):
    return change_promise(doer, Promise.objects.get(active=True).id, said(on=on), why="mailde later")


@pytest.mark.parametrize("again", [_correct, _change], ids=["a call corrected", "a promise changed"])
def test_what_was_put_right_is_within_the_mandate_of_who_does_it(again, world, debtor):
    bas = caller(world)
    hold_call(bas, debtor, promise(100_00))
    with pytest.raises(Refused) as refused:
        again(bas, FAR)
    assert (refused.value.field, refused.value.sentence.code) == ("mandate", "mandate.delay")
    assert list(Promise.objects.values_list("active", flat=True)) == [True]
    again(world.doer, FAR)
    again(bas, FAR)  # it is agreed already: only how it was noted changes
    assert [i.due for i in Promise.objects.get(active=True).instalments.all()] == [FAR]


def test_who_corrects_a_call_weeks_later_may_what_he_might_on_that_day(world, debtor):
    bas = caller(world)
    hold_call(bas, debtor, promise(100_00))
    with pytest.raises(Refused) as refused:
        _correct(later(bas, days=21), FAR)
    assert refused.value.field == "mandate"


def test_others_cannot_correct_it(world, debtor, sent):
    other = make_world("ander").doer
    with pytest.raises(Promise.DoesNotExist):
        change_promise(other, Promise.objects.get().id, said(), why="x")
    with pytest.raises(Call.DoesNotExist):
        correct_call(other, sent.call_id, CallReport(Outcome.BUSY), why="x")


def test_what_was_said_besides_stands_in_the_mail_too(world, debtor):
    report = replace(
        promise(100_00),
        callback=CallbackSaid(at(NEXT_FRIDAY, 10)),
        claim=ClaimSaid(50_00, TODAY),
        passed_on="de directeur",
        discussed="Levering was goed.",
    )
    hold_call(world.doer, debtor, report)
    text = Message.objects.get().text
    for piece in ("Levering was goed.", "€\xa050,00 al betaald", "de directeur", "4 december 2026 om 10:00"):
        assert piece in text
