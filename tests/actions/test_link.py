"""The personal link (J9): made with its mail, seen, answered, taken back; and each answer once, to what was shown (E3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beluur.actions.answer_link import AgreementChanged, LinkAnswer, answer_link
from beluur.actions.change_message import mark_message_sent, withdraw_message
from beluur.actions.change_promise import change_promise, withdraw_promise
from beluur.actions.correct_call import correct_call
from beluur.actions.link_row import LinkGone
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.note_reply import note_reply
from beluur.actions.once import Doer
from beluur.actions.open_link import open_link, open_link_invoice
from beluur.actions.revoke_link import revoke_link
from beluur.actions.send_papers import send_invoice_copy
from beluur.actions.set_stop import set_stop
from beluur.domain.call_report import CallbackSaid, CallReport, ClaimSaid, PromiseSaid
from beluur.domain.case import Outcome, Stop
from beluur.domain.personal_link import Answered, token_hash
from beluur.queries.agreement_now import agreement_now
from beluur.queries.message_file import mail_of
from beluur.queries.personal_link import find_link
from beluur.store.models import (
    Debtor,
    Dispute,
    Event,
    Invoice,
    Message,
    PersonalLink,
    Promise,
    Task,
    WrittenAnswer,
)
from beluur.values.problem import Refused
from tests.actions.calls import FRIDAY, hold_call, later, promise, timeline
from tests.calls_world import business
from tests.personal import ADDRESS, confirmed, token_of, with_address, with_copies
from tests.threads import at_once
from tests.world import NOW, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def debtor_of(link: PersonalLink, **later_by: int) -> Doer:
    """He who opens the link, so much later."""
    return later(Doer(link.administration_id, NOW, name="Marijke Fictief"), **later_by)


def version(link: PersonalLink) -> str:
    """Of the agreement as it stands now."""
    assert link.call_id is not None
    return agreement_now(link.administration_id, link.call_id, "Europe/Amsterdam", "EUR").shown.version


def answer(link: PersonalLink, kind: Answered, words: str = "", **more: object) -> int:
    said = LinkAnswer(kind, **{"version": version(link), "words": words, **more})
    return answer_link(debtor_of(link), link.id, said)


# -- made with its mail ----------------------------------------------------------------------------------------------


def test_a_confirmation_has_a_page_and_keeps_no_token_to_read(world):
    link = confirmed(world)
    token, message = token_of(link), link.message
    assert len(token) >= 32
    assert link.token_hash == token_hash(token)
    assert f"{ADDRESS}/k/persoonlijk/" in message.text
    assert token not in message.text + message.html + str(message.facts) + link.sealed
    assert link.invoices == list(Invoice.objects.filter(number="2026-0398").values_list("id", flat=True))


def test_the_mail_that_leaves_has_the_token_and_then_it_is_forgotten(world):
    link = confirmed(world, state="uncertain")
    token = token_of(link)
    leaving = mail_of(link.message)
    assert f"{ADDRESS}/k/{token}/" in leaving.text
    assert f'href="{ADDRESS}/k/{token}/"' in leaving.html
    mark_message_sent(world.doer, link.message_id)
    link.refresh_from_db()
    assert link.sealed == ""
    assert token not in mail_of(link.message).text
    assert find_link(token, NOW) is not None


def test_without_a_public_address_a_mail_goes_without_a_page(world):
    hold_call(world.doer, business(world), promise(500_00))
    assert Message.objects.get().text.count("/k/") == 0
    assert not PersonalLink.objects.exists()


def test_copies_of_invoices_have_a_page_without_an_agreement(world, data_folder):
    with_address(world)
    debtor = business(world)
    with_copies(world, debtor)
    invoice = Invoice.objects.get(number="2026-0412")
    send_invoice_copy(world.doer, debtor, [invoice.id], to="m@example.org")
    link = PersonalLink.objects.get()
    assert (link.agreement, link.invoices) == ({}, [invoice.id])


REPORTS = {
    "a call-back": CallReport(Outcome.REACHED, callback=CallbackSaid(NOW + timedelta(days=1))),
    "a claim": CallReport(Outcome.REACHED, claim=ClaimSaid(500_00, TODAY)),
    "nothing": CallReport(Outcome.REACHED),
    "a plan": CallReport(
        Outcome.REACHED,
        promise=PromiseSaid(((FRIDAY, 300_00), (FRIDAY + timedelta(days=28), 300_00)), yes=True),
    ),
}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_what_a_call_came_to_can_be_confirmed(world, report):
    link = confirmed(world, report)
    answer(link, Answered.AGREE)
    assert WrittenAnswer.objects.get().version == version(link)


# -- seen -------------------------------------------------------------------------------------------------------------


def test_each_visit_is_told_once(world):
    link = confirmed(world)
    for minutes in (0, 5, 29, 60):
        open_link(debtor_of(link, minutes=minutes), link.id)
    told = [e.at for e in Event.objects.filter(kind="link_opened").order_by("seq")]
    assert told == [NOW, NOW + timedelta(minutes=60)]
    link.refresh_from_db()
    assert (link.opened_at, link.seen_at) == (NOW, NOW + timedelta(minutes=60))
    assert "De pagina bij de bevestiging aan m@example.org is geopend" in timeline(link.debtor_id)


def test_an_invoice_that_he_opens_is_told_and_another_is_not_his(world):
    link = confirmed(world)
    (invoice,) = link.invoices
    for _ in range(2):
        open_link_invoice(debtor_of(link), link.id, invoice)
    assert Event.objects.filter(kind="link_invoice_opened").count() == 1
    link.refresh_from_db()
    assert list(link.opened_invoices) == [str(invoice)]
    other = Invoice.objects.exclude(id=invoice).first()
    with pytest.raises(Invoice.DoesNotExist):
        open_link_invoice(debtor_of(link), link.id, other.id)


# -- answered ---------------------------------------------------------------------------------------------------------


def test_a_yes_is_kept_with_what_was_shown(world):
    link = confirmed(world)
    first, again = answer(link, Answered.AGREE), answer(link, Answered.AGREE)
    assert first == again
    row = WrittenAnswer.objects.get()
    assert (row.kind, row.promise, row.name) == ("agree", Promise.objects.get(), "Marijke Fictief")
    event = Event.objects.get(kind="link_agree")
    assert '"parts":[["2026-11-27",50000]]' in event.payload.replace(" ", "")
    assert event.actor_name == "Marijke Fictief"
    assert not Dispute.objects.exists()


def test_a_no_becomes_a_dispute_of_each_invoice_and_work_for_who_spoke_with_him(world):
    link = confirmed(world, promise(1_000_00))
    answer(link, Answered.DISAGREE, "Ik zei 4 december, en 400 euro.")
    disputes = Dispute.objects.order_by("invoice__number").values_list(
        "invoice__number", "cents", "code", "what"
    )
    assert list(disputes) == [
        ("2026-0398", 640_00, "other", "Ik zei 4 december, en 400 euro."),
        ("2026-0412", 1_240_00, "other", "Ik zei 4 december, en 400 euro."),
    ]
    assert {d.owner_user_id for d in Dispute.objects.all()} == {world.user.id}
    assert all(d.answer_by > TODAY for d in Dispute.objects.all())
    task = Task.objects.get()
    assert (task.owner, task.at) == (world.user, datetime(2026, 11, 24, 11, tzinfo=UTC))
    assert "Ik zei 4 december" in task.what
    told = timeline(link.debtor_id)
    assert "De klant schrijft op zijn pagina dat het niet klopt" in told
    assert "- Betwist € 640,00 van factuur 2026-0398: een andere reden" in told


def test_a_question_is_a_dispute_of_the_invoice_that_it_is_about(world):
    link = confirmed(world, promise(1_000_00))
    invoice = Invoice.objects.get(number="2026-0412").id
    answer(link, Answered.QUESTION, "Waarom twee keer vracht?", invoice_id=invoice)
    assert list(Dispute.objects.values_list("invoice_id", "cents")) == [(invoice, 1_240_00)]
    assert not Task.objects.exists()


def test_what_cannot_be_disputed_any_more_does_not_lie_unread(world):
    link = confirmed(world)
    answer(link, Answered.QUESTION, "Waarom?")
    answer(link, Answered.QUESTION, "En nog iets.")
    assert Dispute.objects.count() == 1
    assert "En nog iets." in Task.objects.get().what


def test_the_wrong_person_closes_the_page(world):
    link = confirmed(world)
    answer(link, Answered.WRONG_PERSON, "Dat is mijn zus")
    assert find_link(token_of(link), NOW) is None
    assert "Dat is mijn zus" in Task.objects.get().what
    with pytest.raises(LinkGone):
        open_link(debtor_of(link), link.id)


REFUSED = [
    pytest.param(Answered.DISAGREE, "  \n", None, "words", id="not right without a word"),
    pytest.param(Answered.QUESTION, "", None, "words", id="a question without a word"),
    pytest.param(Answered.QUESTION, "Hoezo?", 999, "invoice", id="an invoice that is not on the page"),
]


@pytest.mark.parametrize(("kind", "words", "invoice", "field"), REFUSED)
def test_an_answer_is_refused_at_its_field(world, kind, words, invoice, field):
    link = confirmed(world)
    with pytest.raises(Refused) as refused:
        answer(link, kind, words, invoice_id=invoice)
    assert refused.value.field == field
    assert not WrittenAnswer.objects.exists()


# -- after a correction -------------------------------------------------------------------------------------------------


def test_a_yes_to_what_was_corrected_meanwhile_is_not_taken(world):
    link = confirmed(world)
    seen = version(link)
    said = PromiseSaid(((FRIDAY, 400_00),), yes=True)
    change_promise(later(world.doer, minutes=5), Promise.objects.get().id, said, why="verkeerd verstaan")
    assert version(link) != seen
    with pytest.raises(AgreementChanged):
        answer_link(debtor_of(link), link.id, LinkAnswer(Answered.AGREE, seen))
    assert not WrittenAnswer.objects.exists()
    answer(link, Answered.AGREE)
    assert WrittenAnswer.objects.get().promise == Promise.objects.get(active=True)


def test_a_call_that_was_recorded_anew_is_followed(world):
    link = confirmed(world)
    seen = version(link)
    correct_call(later(world.doer, minutes=5), link.call_id, promise(640_00), why="alles")
    now = agreement_now(world.id, link.call_id, "Europe/Amsterdam", "EUR")
    assert now.shown.parts == ((FRIDAY, 640_00),)
    assert now.shown.version != seen


def test_a_later_promise_that_takes_its_place_is_what_stands(world):
    link = confirmed(world)
    again = promise(640_00, FRIDAY + timedelta(days=7), replaces=Promise.objects.get().id)
    hold_call(later(world.doer, days=8), link.debtor_id, again)
    now = agreement_now(world.id, link.call_id, "Europe/Amsterdam", "EUR")
    assert now.shown.parts == ((FRIDAY + timedelta(days=7), 640_00),)


def test_a_promise_that_was_withdrawn_stands_no_more(world):
    link = confirmed(world)
    withdraw_promise(world.doer, Promise.objects.get().id, why="nooit gezegd")
    assert not agreement_now(world.id, link.call_id, "Europe/Amsterdam", "EUR").shown


def test_his_own_dispute_is_no_correction_of_ours(world):
    link = confirmed(world)
    seen = version(link)
    answer(link, Answered.QUESTION, "Waarom?")
    assert version(link) == seen


# -- closed -----------------------------------------------------------------------------------------------------------


def test_links_that_open_nothing(world):
    link = confirmed(world)
    token = token_of(link)
    found = find_link(token, NOW)
    assert found is not None
    assert (found.who, found.creditor) == ("Marijke Fictief", "Proefbedrijf")
    assert find_link(token, link.expires_at) is None
    assert find_link(token, link.expires_at - timedelta(seconds=1)) is not None
    for altered in (token[:-1], token.swapcase(), token + "A", "", "\ud800", token_hash(token)):
        assert find_link(altered, NOW) is None


def test_a_link_that_was_taken_back_stays_so(world):
    link = confirmed(world)
    token = token_of(link)
    for _ in range(2):
        revoke_link(world.doer, link.message_id)
    assert find_link(token, NOW) is None
    assert Event.objects.filter(kind="link_revoked").count() == 1
    with pytest.raises(LinkGone):
        answer(link, Answered.AGREE)


def test_a_mail_that_was_held_back_has_no_page(world):
    link = confirmed(world, state="held")
    withdraw_message(world.doer, link.message_id)
    assert find_link(token_of(link), NOW) is None


def test_of_whom_nothing_is_asked_any_more_has_no_page(world):
    link = confirmed(world)
    set_stop(world.doer, debtor_id=link.debtor_id, stop=Stop.VULNERABLE.value, reason="eerst een mens")
    assert find_link(token_of(link), NOW) is None
    with pytest.raises(LinkGone):
        answer(link, Answered.AGREE)


def test_another_administration_cannot_act_through_it(world):
    link = confirmed(world)
    other = make_world("ander")
    with pytest.raises(PersonalLink.DoesNotExist):
        open_link(Doer(other.id, NOW), link.id)
    with pytest.raises(PersonalLink.DoesNotExist):
        revoke_link(other.doer, link.message_id)
    with pytest.raises(PersonalLink.DoesNotExist):
        answer_link(Doer(other.id, NOW), link.id, LinkAnswer(Answered.AGREE, version(link)))
    with pytest.raises(Promise.DoesNotExist):
        note_reply(other.doer, Promise.objects.get().id)
    assert not WrittenAnswer.objects.exists()


def test_it_goes_along_when_two_debtors_become_one(world):
    link = confirmed(world)
    kept = world.debtor("Voorbeeld Bouw Holding")
    merge_debtors(world.doer, kept_id=kept, gone_id=link.debtor_id)
    answer(link, Answered.AGREE)
    assert WrittenAnswer.objects.get().debtor == Debtor.objects.get(id=kept)


# -- a plain reply ------------------------------------------------------------------------------------------------------


def test_a_reply_that_a_person_read_counts_as_well(world):
    link = confirmed(world)
    one = Promise.objects.get().id
    for _ in range(2):
        note_reply(world.doer, one)
    assert list(WrittenAnswer.objects.values_list("kind", "by", "link")) == [("agree", world.user.id, None)]
    assert "De klant bevestigde per mail of brief" in timeline(link.debtor_id)


# -- at once -------------------------------------------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [Answered.AGREE, Answered.DISAGREE, Answered.QUESTION])
def test_the_same_answer_twice_at_once_is_one_answer(world, kind):
    link = confirmed(world)
    said = LinkAnswer(kind, version(link), "" if kind is Answered.AGREE else "Het was vrijdag niet.")
    job = lambda: answer_link(debtor_of(link), link.id, said)  # noqa: E731
    results = at_once(job, job, job, job)
    assert len(set(results)) == 1
    assert isinstance(results[0], int)
    assert WrittenAnswer.objects.count() == 1
    assert Event.objects.filter(kind=f"link_{kind.value}").count() == 1
    assert Dispute.objects.count() == (0 if kind is Answered.AGREE else 1)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_correction_at_once_leave_no_yes_to_the_wrong_thing(world):
    link = confirmed(world)
    old = Promise.objects.get().id
    seen = version(link)
    said = PromiseSaid(((FRIDAY, 400_00),), yes=True)
    results = at_once(
        lambda: answer_link(debtor_of(link), link.id, LinkAnswer(Answered.AGREE, seen)),
        lambda: change_promise(replace(world.doer), old, said, why="verkeerd verstaan"),
    )
    assert isinstance(results[1], int)
    given = list(WrittenAnswer.objects.values_list("promise_id", flat=True))
    assert given == [old] or (given == [] and isinstance(results[0], AgreementChanged))


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_visits_at_once_are_one(world):
    link = confirmed(world)
    job = lambda: open_link(debtor_of(link), link.id)  # noqa: E731
    assert at_once(job, job, job) == [None, None, None]
    assert Event.objects.filter(kind="link_opened").count() == 1
