"""A promise under reservation: it says so wherever it is read, and a colleague decides about it (A2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from beluur.actions.change_promise import change_promise
from beluur.actions.correct_call import correct_call
from beluur.actions.settle_reserved import settle_reserved
from beluur.domain.call_report import CallbackSaid, CallReport, PromiseSaid, UltimatumSaid
from beluur.domain.case import Outcome
from beluur.queries.dossier import Dossier, dossier
from beluur.store.load import load_case
from beluur.store.models import Approval, Callback, Debtor, Event, Message, Promise, Ultimatum
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence
from beluur.words import render
from tests.actions.calls import at, caller, hold_call, later, timeline, with_mail_server
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TOMORROW = TODAY + timedelta(days=1)
FAR = TODAY + timedelta(days=60)
HEARS = at(TOMORROW, 14)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def debtor(world: World) -> int:
    i = world.debtor(phone="+31 20 123 45 00", email="boekhouding@kruimel.example")
    world.invoice(i, "2026-1", 100_00, late=10)
    return i


def reserved() -> CallReport:
    said = PromiseSaid(((FAR, 100_00),), yes=True, reserved=True)
    return CallReport(
        Outcome.REACHED, received="yes", promise=said, callback=CallbackSaid(HEARS, who="Els Klant")
    )


@pytest.fixture
def promised(world: World, debtor: int) -> Promise:
    with_mail_server(world)
    ended = hold_call(caller(world), debtor, reserved())
    Approval.objects.create(
        administration_id=world.id, debtor_id=debtor, call_id=ended.call_id, asked_at=NOW, state="asked"
    )
    return Promise.objects.get()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def reasons(debtor: int) -> list[str]:
    return [plain(render(Sentence.from_json(line))) for line in Debtor.objects.get(id=debtor).step_because]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("nl", "Op dinsdag 24 november 2026 hoort u van ons of zij doorgaat.", id="in Dutch"),
        pytest.param(
            "nl-BE", "Op dinsdag 24 november 2026 hoort u van ons of zij doorgaat.", id="in Flemish"
        ),
        pytest.param("fr", "Le mardi 24 novembre 2026, nous vous dirons s’il est maintenu.", id="in French"),
        pytest.param(
            "en", "On Tuesday 24 November 2026 you will hear from us whether it stands.", id="in English"
        ),
    ],
)
def test_the_confirmation_says_that_it_is_under_reservation_and_when_he_hears(world, debtor, language, said):
    with_mail_server(world)
    hold_call(world.doer, debtor, replace(reserved(), language=language))
    message = Message.objects.get()
    assert message.language == language
    assert said in plain(message.text)
    assert said in plain(message.html)


def test_the_call_back_and_the_dossier_say_so(world, debtor, promised):
    assert Debtor.objects.get(id=debtor).step == "call_back"
    assert (
        "Onder voorbehoud: € 100,00, eerste betaling vr 22 jan 2027; een collega moet het nog goedkeuren"
        in (reasons(debtor))
    )
    assert "- Onder voorbehoud: een collega moet het nog goedkeuren" in timeline(debtor)
    page = dossier(world.id, debtor, NOW)
    assert isinstance(page, Dossier)
    assert page.promises[0].reserved
    assert load_case(world.id, debtor).promises[0].reserved


def test_granted_it_stands_and_he_reads_so(world, debtor, promised):
    Message.objects.update(state="sent")
    settle_reserved(later(world.doer, hours=1), promised.id, granted=True)
    promised.refresh_from_db()
    assert (promised.active, promised.reserved) == (True, False)
    text = plain(Message.objects.latest("id").text)
    assert "Het voorbehoud vervalt: deze afspraak staat." in text
    assert "een collega moet haar goedkeuren" not in text
    assert "komt in de plaats" not in text
    assert Message.objects.latest("id").to == "boekhouding@kruimel.example"
    assert (Approval.objects.get().state, Approval.objects.get().decided_by_id) == ("used", world.user.id)
    assert "Toezegging goedgekeurd: het voorbehoud vervalt" in timeline(debtor)
    assert Debtor.objects.get(id=debtor).step == "call_back"
    assert not any("voorbehoud" in line for line in reasons(debtor))


def test_refused_it_ends_and_he_is_called_as_agreed(world, debtor, promised):
    settle_reserved(later(world.doer, hours=1), promised.id, granted=False, why="Te laat")
    promised.refresh_from_db()
    assert (promised.active, promised.ended_because) == (False, "refused")
    assert (Approval.objects.get().state, Approval.objects.get().why) == ("refused", "Te laat")
    assert Event.objects.latest("seq").kind == "promise_refused"
    row = Debtor.objects.get(id=debtor)
    assert (row.step, row.step_at, row.step_cents) == ("call_back", HEARS, 100_00)


def test_refused_without_a_call_back_he_is_called_as_ever(world, debtor, promised):
    Callback.objects.update(state="done")
    settle_reserved(later(world.doer, hours=1), promised.id, granted=False, why="Te laat")
    assert Debtor.objects.get(id=debtor).step == "call_again"


@pytest.mark.parametrize(
    ("granted", "why", "field"),
    [
        pytest.param(False, "  ", "why", id="a refusal says why"),
        pytest.param(True, "", "", id="who is not allowed to agree himself cannot grant it"),
    ],
)
def test_what_cannot_be_decided(world, debtor, promised, granted, why, field):
    with pytest.raises(Refused) as refusal:
        settle_reserved(caller(world, "Cas Collega"), promised.id, granted=granted, why=why)
    assert refusal.value.field == field
    promised.refresh_from_db()
    assert promised.reserved
    assert Approval.objects.get().state == "asked"


def test_it_is_decided_once(world, debtor, promised):
    settle_reserved(later(world.doer, hours=1), promised.id, granted=True)
    with pytest.raises(Refused):
        settle_reserved(later(world.doer, hours=2), promised.id, granted=False, why="toch niet")


def test_another_administration_decides_nothing(world, debtor, promised):
    with pytest.raises(Promise.DoesNotExist):
        settle_reserved(make_world("ander").doer, promised.id, granted=True)


@pytest.mark.parametrize(
    ("granted", "state"),
    [
        pytest.param(True, "withdrawn", id="a promise that is granted takes the place of an ultimatum"),
        pytest.param(False, "open", id="one that is refused lets the ultimatum stand"),
    ],
)
def test_an_ultimatum_before_it(world, debtor, granted, state):
    said = UltimatumSaid(TODAY + timedelta(days=4), 100_00, "notice")
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, refused=True, ultimatum=said))
    hold_call(later(caller(world), minutes=5), debtor, reserved(), incoming=True)
    assert Ultimatum.objects.get().state == "open"
    settle_reserved(later(world.doer, hours=1), Promise.objects.get().id, granted=granted, why="Besluit")
    assert Ultimatum.objects.get().state == state


# -- the confirmation of a refusal ------------------------------------------------------------------------------------

FOLLOWS = {
    "nl": ("uiterlijk vrijdag 27 november 2026", "dan volgt: een formele aanmaning."),
    "nl-BE": ("uiterlijk vrijdag 27 november 2026", "dan volgt: een formele aanmaning."),
    "fr": ("au plus tard le vendredi 27 novembre 2026", "voici la suite : une mise en demeure."),
    "en": ("by Friday 27 November 2026 at the latest", "this follows: a formal notice."),
}
GIVEN = UltimatumSaid(TODAY + timedelta(days=4), 100_00, "notice", "sturen wij u een formele aanmaning")


@pytest.mark.parametrize("language", FOLLOWS)
@pytest.mark.parametrize("refused", [True, False], ids=["he refuses", "nothing was agreed"])
@pytest.mark.parametrize("given", [GIVEN, None], ids=["with an ultimatum", "without one"])
def test_the_mail_names_the_last_day_and_what_follows(world, debtor, language, refused, given):
    with_mail_server(world)
    report = CallReport(Outcome.REACHED, refused=refused, ultimatum=given, language=language)
    hold_call(world.doer, debtor, report)
    text = plain(Message.objects.get().text).replace("\u202f", " ")
    assert all((words in text) is (given is not None) for words in FOLLOWS[language]), text


def test_beside_a_dispute_it_is_named_too(world, debtor):
    from beluur.domain.call_report import DisputeSaid
    from beluur.store.models import Invoice

    with_mail_server(world)
    dispute = DisputeSaid(((Invoice.objects.get().id, 20_00),), "quality", "krom", answer_by=TOMORROW)
    said = replace(GIVEN, cents=80_00)
    hold_call(world.doer, debtor, CallReport(Outcome.REACHED, dispute=dispute, ultimatum=said))
    assert (
        "€ 80,00 moet uiterlijk vr 27 nov 2026 op onze rekening staan. Anders volgt: een formele aanmaning."
    ) in plain(Message.objects.get().text)


@pytest.mark.parametrize("how", ["the promise is changed", "the call is recorded anew"])
def test_what_is_put_right_stays_under_reservation(world, debtor, promised, how):
    anew = PromiseSaid(((FAR, 90_00),), yes=True)
    if how == "the promise is changed":
        change_promise(world.doer, promised.id, anew, why="Mail")
    else:
        report = CallReport(Outcome.REACHED, received="yes", promise=anew)
        correct_call(world.doer, promised.call_id, report, why="Verkeerd bedrag")
    row = Promise.objects.get(active=True)
    assert (row.cents, row.reserved) == (90_00, True)
