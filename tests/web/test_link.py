"""The debtor's own page: it tells nothing before a tap, nothing to who guesses, and takes answers in his language (J9)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from beluur.actions.change_promise import change_promise, withdraw_promise
from beluur.actions.revoke_link import revoke_link
from beluur.domain.call_report import PromiseSaid
from beluur.store.models import (
    Administration,
    Dispute,
    Event,
    Invoice,
    PersonalLink,
    Promise,
    WrittenAnswer,
)
from beluur.web import link_guard, sign_in_guard
from tests.actions.calls import FRIDAY, promise
from tests.personal import PDF, confirmed, token_of, with_copies
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_counted_yet() -> None:
    caches["pages"].clear()


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


def cover(link: PersonalLink) -> str:
    return f"/k/{token_of(link)}/"


def opened(client: Client, link: PersonalLink) -> str:
    """The address of the page, after a tap on the cover."""
    answer = client.post(cover(link))
    assert answer.status_code == 302
    return str(answer.url)


def text(response: Any) -> str:
    """What it says, without tags, on one line."""
    plain = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(plain.replace("\xa0", " ").replace("\u202f", " ").split())


def say(client: Client, path: str, kind: str, words: str = "", **more: Any) -> Any:
    """The form on the page at ``path``, filled in and sent."""
    version = re.search(r'name="version" value="(\w*)"', client.get(path).content.decode())
    assert version
    return client.post(path, {"do": kind, "version": version.group(1), "words": words, **more})


# -- before a tap, and who guesses -------------------------------------------------------------------------------------


def test_a_look_shows_who_asks_and_nothing_else(client, world):
    link = confirmed(world)
    before = Event.objects.count()
    for _ in range(3):
        page = client.get(cover(link))
    said = text(page)
    assert page.status_code == 200
    assert "Proefbedrijf vraagt u iets te bekijken" in said
    for secret in ("500", "640", "2026-0398", "Marijke", "Voorbeeld Bouw", "NL91", "27 nov", "Eva"):
        assert secret not in page.content.decode(), secret
    assert Event.objects.count() == before
    link.refresh_from_db()
    assert link.opened_at is None


def test_nobody_keeps_indexes_or_passes_on_the_address(client, world):
    link = confirmed(world)
    path = opened(client, link)
    for page in (
        client.get(cover(link)),
        client.get(path),
        client.get("/k/bestaat-niet/"),
        client.get("/k/"),
    ):
        assert "noindex" in page["X-Robots-Tag"]
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "no-store"
        assert "unsafe" not in page["Content-Security-Policy"]
        assert not page.cookies


def wrong_ones(world: World) -> dict[str, str]:
    """Addresses that open nothing, each for another reason."""
    links = [confirmed(world)]
    token = token_of(links[0])
    past = token_of(confirmed(world))
    PersonalLink.objects.filter(token_hash=PersonalLink.objects.latest("id").token_hash).update(
        expires_at=NOW
    )
    revoked = confirmed(world)
    back = token_of(revoked)
    revoke_link(world.doer, revoked.message_id)
    return {
        "guessed": "A" * len(token),
        "altered": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "cut off": token[:20],
        "expired": past,
        "revoked": back,
        "not a token": "%00..%2e%2e",
    }


def test_every_wrong_link_gets_the_same_answer_for_the_same_work(client, world, count_queries):
    answers, work = set(), set()
    for token in wrong_ones(world).values():
        for method in (client.get, client.post):
            with count_queries() as counted:
                page = method(f"/k/{token}/")
            answers.add((page.status_code, page.content))
            work.add(len(counted))
    assert len(answers) == 1
    assert {status for status, _ in answers} == {404}
    assert work == {1}


def test_a_stranger_reads_it_in_the_language_of_his_browser(client):
    page = client.get("/k/bestaat-niet/", headers={"Accept-Language": "fr-BE,fr;q=0.9"})
    assert '<html lang="fr"' in page.content.decode()
    assert "Cette page ne peut pas être ouverte" in text(page)


def test_what_is_behind_a_wrong_link_is_not_there_either(client, world):
    link = confirmed(world)
    rest = opened(client, link).split("/")[3]
    (invoice,) = link.invoices
    for token in ("A" * 32, token_of(link)[:-1]):
        for path in (
            f"/k/{token}/{rest}/",
            f"/k/{token}/{rest}/factuur/{invoice}",
            f"/k/{token}/{rest}/agenda.ics",
        ):
            assert client.get(path).status_code == 404


PASSES = {
    "none": "x",
    "of another link": "other",
    "altered": "altered",
    "two hours old": "old",
}


@pytest.mark.parametrize("which", PASSES.values(), ids=PASSES)
def test_without_a_pass_it_is_the_cover_again(client, world, monkeypatch, which):
    link, other = confirmed(world), confirmed(world)
    (invoice,) = link.invoices
    given = opened(client, link).split("/")[3]
    passed = {"x": "x", "other": opened(client, other).split("/")[3], "altered": given[:-1], "old": given}[
        which
    ]
    if which == "old":
        monkeypatch.setenv("BELUUR_NOW", (NOW + timedelta(hours=2)).isoformat())
    for rest in ("", f"factuur/{invoice}", "agenda.ics"):
        answer = client.get(f"{cover(link)}{passed}/{rest}")
        assert (answer.status_code, answer.url) == (302, cover(link))
    answer = client.post(f"{cover(link)}{passed}/", {"do": "agree", "version": "x"})
    assert (answer.status_code, WrittenAnswer.objects.count()) == (302, 0)


def test_who_asks_too_often_is_told_to_wait_whatever_he_asks(client, world, monkeypatch):
    monkeypatch.setattr(link_guard, "PER_COMPUTER", 3)
    link = confirmed(world)
    said = [client.get(f"/k/{token}/") for token in ("a", "b", token_of(link), token_of(link), "c")]
    assert [page.status_code for page in said] == [404, 404, 200, 429, 429]
    assert said[3].content == said[4].content
    assert "Probeer het over 10 minuten opnieuw" in text(said[3])
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(cover(link)).status_code == 200


def test_a_flood_of_guesses_leaves_those_who_guess_passwords_counted(client, world, monkeypatch):
    monkeypatch.setattr(link_guard, "PER_COMPUTER", 5)
    for _ in range(sign_in_guard.PER_ADDRESS):
        sign_in_guard.note_failure("eva@example.org", "192.0.2.7")
    for n in range(400):
        client.get(f"/k/{n:032}/")
    assert sign_in_guard.minutes_to_wait("eva@example.org", "192.0.2.7")


def test_one_link_is_not_asked_for_without_end(client, world, monkeypatch):
    monkeypatch.setattr(link_guard, "PER_LINK", 2)
    link, other = confirmed(world), confirmed(world)
    assert [client.get(cover(link)).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(cover(other)).status_code == 200


# -- the page ----------------------------------------------------------------------------------------------------------


def test_after_a_tap_all_is_there(client, world):
    link = confirmed(world)
    with_copies(world, link.debtor_id)
    path = opened(client, link)
    said = text(client.get(path))
    for piece in (
        "U sprak op maandag 23 november 2026 met Eva Eigenaar",
        "vrijdag 27 november 2026",
        "€ 500,00",
        "Factuur 2026-0398",
        "€ 640,00",
        "NL91 ABNA 0417 1643 00",
        "Klopt niet, want",
        "Ik heb een vraag of klacht",
        "Ik ben niet de juiste persoon",
        "Is dit echt?",
    ):
        assert piece in said, piece
    assert Event.objects.filter(kind="link_opened").count() == 1
    page = client.get(path).content.decode()
    for copied in ("NL91ABNA0417164300", "2026-0398", "500,00"):
        assert f'data-copy="{copied}"' in page
    assert "data:image/png;base64," in page


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        pytest.param("nl", "NL", "Omschrijving", id="Dutch"),
        pytest.param("nl", "BE", "Mededeling", id="the Dutch of Belgium"),
        pytest.param("fr", "BE", "Votre accord avec Proefbedrijf", id="French"),
        pytest.param("en", "NL", "Your agreement with Proefbedrijf", id="English"),
    ],
)
def test_it_speaks_the_debtors_language_not_the_users(client, world, language, country, words):
    link = confirmed(world, language=language, country=country)
    page = client.get(opened(client, link), headers={"Accept-Language": "de"})
    assert words in text(page)
    assert page["Content-Language"].startswith(language)


def test_the_copy_is_downloaded_and_told(client, world):
    link = confirmed(world)
    with_copies(world, link.debtor_id)
    (invoice,) = link.invoices
    path = opened(client, link)
    answer = client.get(f"{path}factuur/{invoice}")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(kind="link_invoice_opened").count() == 1
    other = Invoice.objects.exclude(id=invoice)[0].id
    assert client.get(f"{path}factuur/{other}").status_code == 404
    assert client.head(f"{path}factuur/{invoice}").status_code == 405


def test_the_days_go_into_his_calendar(client, world):
    plan = promise(300_00, FRIDAY, (FRIDAY + timedelta(days=28), 300_00))
    link = confirmed(world, plan)
    answer = client.get(f"{opened(client, link)}agenda.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    file = answer.content.decode().replace("\r\n ", "")
    assert file.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261127" in file
    assert "SUMMARY:Betalen aan Proefbedrijf: €\u00a0300\\,00" in file


def test_the_payment_page_of_the_administration_is_filled_in(client, world):
    link = confirmed(world)
    template = "https://betaal.example/?b={amount}&k={reference}"
    Administration.objects.filter(id=world.id).update(payment_link=template)
    page = client.get(opened(client, link)).content.decode()
    assert 'href="https://betaal.example/?b=500.00&amp;k=2026-0398"' in page


def test_when_nothing_is_open_nothing_is_asked(client, world):
    link = confirmed(world)
    Invoice.objects.filter(id__in=link.invoices).update(open_cents=0)
    said = text(client.get(opened(client, link)))
    assert "Van deze facturen staat niets meer open" in said
    assert "NL91" not in said


def test_without_a_right_account_none_is_shown(client, world):
    link = confirmed(world)
    Administration.objects.filter(id=world.id).update(iban="NL00FOUT0000000000")
    page = client.get(opened(client, link))
    assert "Vraag ons naar welke rekening u kunt betalen" in text(page)
    assert "FOUT" not in page.content.decode()


def test_what_a_name_holds_stays_text(client, world):
    link = confirmed(world)
    Administration.objects.filter(id=world.id).update(name="<script>alert(1)</script> & Co")
    for page in (client.get(cover(link)), client.get(opened(client, link))):
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


# -- answers -----------------------------------------------------------------------------------------------------------


def test_a_yes_and_the_same_yes_again(client, world):
    link = confirmed(world)
    path = opened(client, link)
    for _ in range(2):
        answer = say(client, path, "agree")
        assert (answer.status_code, answer.url) == (302, path)
    assert "U bevestigde dit op ma 23 nov 2026, 09:35" in text(client.get(path))
    assert WrittenAnswer.objects.count() == 1


def test_not_right_without_a_word_keeps_what_was_typed_and_says_what_to_do(client, world):
    link = confirmed(world)
    path = opened(client, link)
    answer = say(client, path, "disagree", "   ")
    assert answer.status_code == 422
    assert "Schrijf in een paar woorden" in text(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert re.search(r'id="w-disagree"[^>]* autofocus', answer.content.decode()), (
        "on a phone it is below the fold"
    )
    assert say(client, path, "disagree", "Ik zei 4 december").status_code == 302
    assert Dispute.objects.get().what == "Ik zei 4 december"
    assert "U schreef op ma 23 nov 2026, 09:35 dat dit niet klopt" in text(client.get(path))


def test_what_he_asked_leads_to_where_it_says_that_it_arrived(client, world):
    link = confirmed(world)
    path = opened(client, link)
    answer = say(client, path, "question", "Welke levering is dit?")
    assert answer.url == f"{path}#asked"
    assert 'id="asked"' in client.get(path).content.decode()


def test_a_yes_to_an_agreement_that_was_corrected_shows_the_change_first(client, world):
    link = confirmed(world)
    path = opened(client, link)
    before = client.get(path).content.decode()
    version = re.search(r'name="version" value="(\w+)"', before).group(1)
    said = PromiseSaid(((FRIDAY + timedelta(days=3), 450_00),), yes=True)
    change_promise(world.doer, Promise.objects.get().id, said, why="verkeerd verstaan")
    answer = client.post(path, {"do": "agree", "version": version})
    assert answer.status_code == 409
    shown = text(answer)
    assert "De afspraak is intussen verbeterd" in shown
    was, now = shown.index("Zo is het nu"), shown.index("€ 450,00")
    assert shown.index("u betaalt € 500,00 op vrijdag 27 november 2026") < was < now
    assert not WrittenAnswer.objects.exists()
    assert say(client, path, "agree").status_code == 302
    assert WrittenAnswer.objects.get().promise == Promise.objects.get(active=True)


def test_an_agreement_that_was_withdrawn_asks_for_no_yes(client, world):
    link = confirmed(world)
    withdraw_promise(world.doer, Promise.objects.get().id, why="nooit gezegd")
    page = client.get(opened(client, link))
    assert "Deze afspraak geldt niet meer" in text(page)
    assert 'value="agree"' not in page.content.decode()


def test_the_wrong_person_is_thanked_and_sees_no_more(client, world):
    link = confirmed(world)
    path = opened(client, link)
    answer = say(client, path, "wrong_person", "Vraag mijn broer")
    assert answer.status_code == 200
    assert "De pagina is gesloten" in text(answer)
    assert client.get(path).status_code == 404
    assert client.post(path, {"do": "agree"}).status_code == 404


ODD = [
    pytest.param({"do": "pay"}, 200, id="an answer that does not exist"),
    pytest.param({}, 200, id="no answer"),
    pytest.param({"do": "agree"}, 409, id="no version"),
    pytest.param({"do": "agree", "version": "f" * 400}, 409, id="a version that was never shown"),
    pytest.param(
        {"do": "question", "words": "Hoezo?", "about": "999999"}, 422, id="an invoice of someone else"
    ),
    pytest.param({"do": "question", "words": "x" * 9000, "about": "-1"}, 302, id="more than fits"),
]


@pytest.mark.parametrize(("form", "status"), ODD)
def test_odd_forms_do_no_harm(client, world, form, status):
    link = confirmed(world)
    answer = client.post(opened(client, link), form)
    assert answer.status_code == status
    assert all(len(row.words) <= 2000 for row in WrittenAnswer.objects.all())


# -- a colleague -------------------------------------------------------------------------------------------------------


def test_a_colleague_who_looks_leaves_no_evidence(client, world):
    link = confirmed(world)
    client.force_login(world.user)
    path = opened(client, link)
    page = client.get(path)
    assert "U bekijkt deze pagina als medewerker" in text(page)
    assert say(client, path, "agree").status_code == 403
    assert not WrittenAnswer.objects.exists()
    assert not Event.objects.filter(kind__startswith="link_").exists()


def test_who_works_elsewhere_is_a_visitor_like_any_other(client, world):
    link = confirmed(world)
    client.force_login(make_world("ander").user)
    opened(client, link)
    assert Event.objects.filter(kind="link_opened").count() == 1
