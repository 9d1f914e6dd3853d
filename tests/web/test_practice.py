"""Practice: an invented customer answers on the real call screen, the scorecard comes at the end, and nothing of it is real."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from beluur.playbook.practice_texts import Character
from beluur.queries.practice import practised
from beluur.queries.today import today
from beluur.store.models import Administration, Call, Debtor, Event, Membership, Message, Promise, User
from beluur.web.urls import PAGES
from tests.calls_world import business
from tests.web.call_desk import Caller, part, plain
from tests.world import NOW, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


class Learner(Caller):
    """Somebody who practises; the page stands in his practice administration."""

    def __init__(self, client, own: World, who: Character) -> None:
        self.client, self.world = client, own
        self.answer = self.post("practice-begin", {}, character=who.value)
        self.world = World(Administration.objects.get(kind="practice", membership__user=own.user), own.user)
        self.call = Call.objects.filter(administration=self.world.id, state="open").latest("id").id
        self.debtor = Call.objects.get(id=self.call).debtor_id

    def hear(self, where: str, **fields: str) -> str:
        """Presses a button; gives what the customer says."""
        return other(self.go(where, **fields))

    def finish(self) -> str:
        return plain(self.post("practice-finish", {"call": self.call}).content.decode())


def other(page: str) -> str:
    """What the customer says, as text."""
    found = re.search(r'class="other__line"[^>]*>(.*?)</p>', page, re.DOTALL)
    return plain(found.group(1)) if found else ""


def score(page: str) -> int:
    found = re.search(r"(\d+) van de 100", page)
    assert found, page
    return int(found.group(1))


@pytest.fixture
def world(monkeypatch) -> World:
    monkeypatch.setenv("BELUUR_NOW", NOW.isoformat())
    return make_world()


@pytest.fixture
def learn(client, world, monkeypatch):
    """``learn(character)``: the telephone is picked up; half a minute later."""
    client.force_login(world.user)

    def begin(who: Character) -> Learner:
        learner = Learner(client, world, who)
        monkeypatch.setenv("BELUUR_NOW", (NOW + timedelta(seconds=30)).isoformat())
        return learner

    return begin


def to_when(learner: Learner, received: str = "yes") -> None:
    """He is who we asked for, and was asked whether all arrived, and when he pays."""
    learner.go("outcome:reached")
    learner.go("next")
    learner.go(f"received:{received}")


def close(learner: Learner) -> str:
    """Sums up what he said yes to, and records it; gives the scorecard."""
    learner.go("stage:recap", yes="1")
    learner.go("stage:save")
    return plain(learner.end())


def test_the_page_is_reached_from_the_user_menu_and_shows_six_to_choose_from(client, world):
    client.force_login(world.user)
    home = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    link = reverse("practice", kwargs={"administration": world.slug})
    assert f'href="{link}"' in home
    page = client.get(link).content.decode()
    assert [f'value="{who}"' in page for who in Character] == [True] * 6
    assert 'id="practice"' not in page


@pytest.mark.parametrize("who", Character)
def test_somebody_picks_up_on_the_real_call_screen(learn, who):
    learner = learn(who)
    page = learner.answer.content.decode()
    assert 'id="call-form"' in page
    assert other(page)
    assert learner.world.administration.kind == "practice"


def test_the_right_approach_leads_to_a_promise_and_all_the_points(learn):
    learner = learn(Character.SHORT_OF_CASH)
    to_when(learner)
    learner.go("reason:cash_problem")
    assert "per maand" in learner.hear("stage:negotiate")
    learner.go("split:3", d1="27-11-2026")
    assert learner.hear("propose") in (
        "“Dat kan ik waarmaken. Dank u.”",
        "“Ja, dat red ik. Zet u dat op papier?”",
    )
    assert score(close(learner)) == 100


def test_never_got_it_is_answered_with_the_invoice(learn):
    learner = learn(Character.FORGETFUL)
    to_when(learner)
    learner.go("reason:not_received")
    learner.go("act")
    learner.go("stage:when")
    assert "84" in learner.hear("pick:promise")
    learner.go("propose", d1="27-11-2026")
    assert score(close(learner)) == 100
    assert not Message.objects.exists()


def test_who_evades_is_asked_until_there_is_a_day(learn):
    learner = learn(Character.EVASIVE)
    to_when(learner)
    learner.go("reason:vague_promise")
    assert "november" not in learner.hear("stage:when")
    assert "27 november" in learner.hear("again")
    learner.go("pick:promise")
    learner.go("propose", d1="27-11-2026")
    assert score(close(learner)) == 100


def test_a_complaint_is_noted_before_there_is_talk_of_the_rest(learn):
    learner = learn(Character.ANGRY)
    to_when(learner, "no")
    learner.go("reason:dispute_quality")
    learner.go("act")
    invoice = Debtor.objects.get(id=learner.debtor).invoices.order_by("id")[0].id
    said = learner.hear("pick:promise", di=str(invoice), d_code="quality", d_what="Helft krom", d_owner="Eva")
    assert said
    assert "612,00" in learner.hear("again", d1="", a1="")
    learner.go("propose", a1="612", d1="27-11-2026")
    assert score(close(learner)) == 100


def test_a_stranger_is_asked_only_when_the_right_person_is_there(learn):
    learner = learn(Character.STRANGER)
    assert "Wies Denkbeeldig" in learner.hear("outcome:wrong_person")
    page = plain(learner.end(cb_day="24-11-2026", cb_hour="10:00"))
    assert score(page) == 100


def test_a_stranger_who_hears_of_the_debt_makes_the_score_nothing(learn):
    learner = learn(Character.STRANGER)
    to_when(learner)
    page = learner.finish()
    assert score(page) == 0
    assert "Iemand anders hoorde van de openstaande rekening" in page


def test_who_tells_of_a_death_is_asked_nothing_more(learn):
    learner = learn(Character.BEREAVED)
    learner.go("outcome:reached")
    assert "overleden" in learner.hear("next")
    assert "Dank u" in learner.hear("reason:sick_or_deceased") or "vriendelijk" in other(learner.page())
    page = plain(learner.end())
    assert score(page) == 100
    assert Debtor.objects.get(id=learner.debtor).stop == ""


@pytest.mark.parametrize(
    "presses",
    [
        pytest.param(["received:yes"], id="he is asked when he pays"),
        pytest.param(["stage:negotiate"], id="he is asked what he proposes"),
        pytest.param(["reason:sick_or_deceased", "noreason"], id="the stop is taken back"),
    ],
)
def test_who_goes_on_about_money_after_a_death_scores_nothing(learn, presses):
    learner = learn(Character.BEREAVED)
    for press in ("outcome:reached", "next", *presses):
        learner.go(press)
    page = learner.finish()
    assert score(page) == 0
    assert "ging door over geld" in page


def test_the_wrong_approach_gets_no_agreement_and_says_what_is_better(learn):
    learner = learn(Character.EVASIVE)
    to_when(learner)
    learner.go("pick:promise")
    learner.go("propose", d1="24-11-2026")
    page = learner.finish()
    assert score(page) < 70
    assert "Laat de klant zelf een dag en een bedrag noemen" in page


def test_rows_without_a_day_are_no_offer(learn):
    learner = learn(Character.SHORT_OF_CASH)
    to_when(learner)
    learner.go("stage:negotiate")
    learner.go("split:3")
    assert "per maand" in learner.hear("propose", d1="27-11-2026", d2="", d3="")
    assert learner.draft["_practice"]["talk"]["offer"] == ""


def test_what_was_typed_but_never_said_is_no_agreement(learn):
    learner = learn(Character.SHORT_OF_CASH)
    to_when(learner)
    learner.go("stage:negotiate")
    learner.go("split:3", d1="27-11-2026")
    learner.finish()
    assert Call.objects.get(id=learner.call).review["practice"]["talk"]["agreed"] is False


def test_no_number_is_dialled(learn):
    page = learn(Character.ANGRY).page()
    head = page[page.index('id="call-head"') : page.index('id="call-talk"')]
    assert "020 123 9903" in plain(head)
    assert "tel:" not in head


def test_what_is_pressed_by_htmx_is_heard_too(learn):
    learner = learn(Character.EVASIVE)
    answer = learner.client.post(
        learner.url("call-note", call=learner.call),
        {"key": "k", "go": "outcome:reached"},
        headers={"HX-Request": "true"},
    )
    assert "De klant zegt" in plain(answer.content.decode())
    assert learner.draft["_practice"]["talk"]["met"]


def test_what_is_only_typed_he_does_not_hear(learn):
    learner = learn(Character.EVASIVE)
    before = learner.draft["_practice"]
    learner.client.post(
        learner.url("call-note", call=learner.call), {"note": "moppert"}, headers={"X-Autosave": "1"}
    )
    assert learner.draft["_practice"] == before
    assert learner.draft["note"] == "moppert"


def test_the_talk_cannot_be_typed(learn):
    learner = learn(Character.EVASIVE)
    learner.post("call-note", {"call": learner.call}, _practice="{}")
    assert learner.draft["_practice"]["talk"]["character"] == "evasive"


def test_the_end_records_nothing_but_how_it_went(learn):
    learner = learn(Character.SHORT_OF_CASH)
    to_when(learner)
    learner.go("stage:negotiate")
    learner.go("split:3", d1="27-11-2026")
    close(learner)
    call = Call.objects.get(id=learner.call)
    assert (call.state, call.outcome, call.result, call.draft) == ("left", "", "", {})
    assert list(call.review) == ["practice"]
    assert not Promise.objects.exists()
    assert not Message.objects.exists()
    assert not Event.objects.filter(kind="call_ended").exists()


def test_only_the_dossier_that_is_called_begins_anew_and_earlier_scorecards_stay(learn):
    first = learn(Character.EVASIVE)
    first.finish()
    others = set(Debtor.objects.exclude(id=first.debtor).values_list("id", flat=True))
    second = learn(Character.EVASIVE)
    assert second.debtor != first.debtor
    assert set(Debtor.objects.exclude(id=second.debtor).values_list("id", flat=True)) == others
    assert "van de 100" in plain(first.page())
    second.finish()
    assert len(practised(first.world.user.id)) == 2
    page = plain(second.client.get(second.url("practice")).content.decode())
    assert page.count("van de 100") == 2
    assert Administration.objects.filter(kind="practice").count() == 1


def test_a_call_that_was_not_finished_is_gone_when_one_begins_again(learn):
    first = learn(Character.ANGRY)
    learn(Character.ANGRY)
    assert not Call.objects.filter(id=first.call).exists()
    assert Call.objects.filter(state="open").count() == 1


def test_bel_in_the_practice_administration_is_a_practice_call(learn):
    learner = learn(Character.EVASIVE)
    angry = Debtor.objects.get(name="Bedacht Interieur BV").id
    page = learner.post("call-open", {"debtor": angry})
    assert other(page.content.decode())
    assert Call.objects.get(state="open", debtor__name="Bedacht Interieur BV").draft["_practice"]


def test_nobody_answers_for_a_debtor_that_one_added_himself(learn):
    learner = learn(Character.EVASIVE)
    mine = learner.world.debtor("Eigen klant", phone="020 123 45 01")
    page = learner.post("call-open", {"debtor": mine}).content.decode()
    assert "<h1>Oefenen</h1>" in page
    assert not Call.objects.filter(debtor_id=mine).exists()


def test_practice_counts_nowhere_else(learn, world):
    own = business(world)
    before = today(world.id, NOW)
    learner = learn(Character.SHORT_OF_CASH)
    learner.finish()
    assert today(world.id, NOW) == before
    assert before.first is not None
    assert before.first.id == own
    assert today(learner.world.id, NOW + timedelta(hours=1)).done == 0
    assert not Event.objects.filter(administration=world.id, kind__startswith="call").exists()


def test_it_is_no_administration_of_ones_own(learn, world):
    learner = learn(Character.EVASIVE)
    assert learner.client.get("/").url == reverse("today", kwargs={"administration": world.slug})
    page = learner.page()
    assert reverse("today", kwargs={"administration": learner.world.slug}) in page
    home = learner.client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    assert f"/a/{learner.world.slug}/" not in home


def test_each_has_a_practice_administration_of_his_own(learn, world, client):
    learner = learn(Character.EVASIVE)
    colleague = User.objects.create_user("collega@example.org", None, "Cor Collega")
    Membership.objects.create(administration=world.administration, user=colleague, role="caller")
    client.force_login(colleague)
    other_one = Learner(client, replace(world, user=colleague), Character.EVASIVE)
    assert other_one.world.slug != learner.world.slug
    assert client.get(learner.url("practice")).status_code == 404


def test_every_page_of_it_says_that_one_practises_and_no_page_of_ones_own(learn, world):
    learner = learn(Character.EVASIVE)
    rows = {"debtor": learner.debtor, "call": learner.call}
    seen = 0
    for slug in (learner.world.slug, world.slug):
        for pattern in (p for page in PAGES for p in page.urls):
            needs = set(pattern.pattern.converters)
            if needs - (rows.keys() if slug != world.slug else set()):
                continue
            gaps = {name: rows[name] for name in needs}
            answer = learner.client.get(reverse(pattern.name, kwargs={"administration": slug, **gaps}))
            if answer.status_code != 200 or b"<!doctype html>" not in getattr(answer, "content", b""):
                continue
            if b'id="content"' in answer.content:
                seen += 1
                assert (b'id="practice"' in answer.content) is (slug != world.slug), pattern.name
    assert seen > 20


def test_no_such_character(client, world):
    client.force_login(world.user)
    answer = client.post(reverse("practice-begin", kwargs={"administration": world.slug}), {"character": "x"})
    assert answer.status_code == 404
    assert not Administration.objects.filter(kind="practice").exists()


def test_a_real_call_is_not_finished_as_practice(client, world):
    client.force_login(world.user)
    caller = Caller(client, world, business(world))
    assert "De klant zegt" not in caller.page()
    answer = client.post(caller.url("practice-finish", call=caller.call), {"key": "k"})
    assert answer.status_code == 404
    assert Call.objects.get(id=caller.call).state == "open"


@pytest.mark.parametrize(
    ("language", "says", "sold"),
    [
        pytest.param("en", "The customer says", "Maintenance of scaffolding parts", id="in English"),
        pytest.param("fr", "Le client dit", "Entretien d’éléments d’échafaudage", id="in French"),
    ],
)
def test_one_practises_in_the_language_of_his_screen(learn, world, language, says, sold):
    User.objects.filter(id=world.user.id).update(language=language)
    learner = learn(Character.EVASIVE)
    page = plain(learner.answer.content.decode())
    assert sold in page
    assert part(learner.answer.content.decode(), "call-other").startswith(says)
