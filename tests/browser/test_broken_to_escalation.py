"""Weeks go by: a promise is broken, another one too, nothing comes, and what follows is the lead's to decide (F1, F3, H1, H4).

The clock is moved; each morning the night's work is done and the bank is known to the day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from beluur.actions.assign import assign
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.once import Doer
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.domain.call_report import CallReport
from beluur.domain.case import Outcome
from beluur.store.models import BankAccount, Membership, Reminder, User
from tests.actions.calls import at, caller, hold_call, promise
from tests.browser.desk import fill, headline
from tests.rows import make_account, make_user
from tests.world import TODAY, World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.usefixtures("data_folder"),
]

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def bas(world: World) -> Doer:
    """Who calls."""
    return caller(world)


@pytest.fixture
def debtor(world: World, bas: Doer) -> int:
    """Thirty days late, and Bas's."""
    make_account(world.administration)
    i = world.debtor(phone="020 123 45 00", email="jan@kruimel.example")
    world.invoice(i, "F1", 500_00, late=30)
    assign(world.doer, debtor_ids=[i], user_id=bas.user_id)
    return i


@pytest.fixture
def morning(world: World, bas: Doer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``morning(day)`` goes to half past nine of that day, after the night's work; gives Bas at that moment."""

    def to(day: date) -> Doer:
        now: datetime = at(day, 9, 35)
        monkeypatch.setenv("BELUUR_NOW", now.isoformat())
        BankAccount.objects.update(reaches=day - timedelta(days=1))
        judge_commitments(world.id, now)
        plan_next_steps(world.id, now)
        return Doer(world.id, now, bas.user_id, bas.name)

    return to


def test_two_broken_promises_and_then_the_lead_decides(
    page, live_server, sign_in, axe, troubles, world, bas, debtor, morning
):
    home, days = f"{live_server.url}/a/{world.slug}/", timedelta(days=1)
    bas_user, lies = (
        User.objects.get(id=bas.user_id),
        make_user(world.administration, "lead", name="Lies Leiding"),
    )
    hold_call(morning(TODAY), debtor, promise(500_00, TODAY + 4 * days))

    second = TODAY + 9 * days  # of Friday the control date is Tuesday, and the bank is known to it now
    doer = morning(second)
    sign_in(page, bas_user)
    page.goto(home)
    expect(page.locator(".next")).to_contain_text("Toegezegd op ma 23 nov 2026")
    hold_call(doer, debtor, promise(500_00, second + 2 * days))
    page.goto(home)
    expect(page.locator(".next").filter(has_text="Bakkerij Proefkruimel")).to_have_count(0)

    third = second + 8 * days
    doer = morning(third)
    page.goto(home)
    expect(page.locator(".next")).to_contain_text("Bakkerij Proefkruimel")
    page.goto(f"{home}debiteuren/{debtor}/")
    expect(page.locator(".timeline__what").filter(has_text="Niet nagekomen:")).to_have_count(2)
    hold_call(doer, debtor, CallReport(Outcome.REACHED, received="yes"))

    morning(third + 14 * days)
    page.goto(f"{home}debiteuren/{debtor}/")
    expect(page.locator(".step")).to_contain_text("daarover beslist de leiding")
    expect(page.get_by_role("link", name="Aanmaning verstuurd")).to_have_count(0)
    page.goto(f"{home}debiteuren/{debtor}/herinnering?level=3")
    fill(page, on=str(third + 14 * days), channel="letter")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_contain_text("eerst het akkoord nodig van de leiding")
    assert not Reminder.objects.exists()
    troubles.clear()  # a form that is refused has a status that the browser complains of

    sign_in(page, lies)
    page.goto(home)
    page.get_by_role("link", name="Akkoord").click()
    expect(page.get_by_role("heading", name="Stappen die op uw akkoord wachten")).to_be_visible()
    page.get_by_role("link", name="Bakkerij Proefkruimel").click()
    assert headline(page) == "Bakkerij Proefkruimel"
    for size, scheme in ((DESK, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        axe(page)
        assert (
            page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        )
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="Bekijk de aanmaning").click()
    assert headline(page) == "Aanmaning"
    for size, scheme in ((DESK, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        axe(page)
    page.set_viewport_size(DESK)
    page.go_back()
    fill(page, words="Stuur hem aangetekend.")
    page.get_by_role("button", name="Akkoord").click()
    expect(page.get_by_text("Akkoord gegeven; het staat op de tijdlijn")).to_be_visible()
    expect(page.get_by_text("Niemand wacht op u")).to_be_visible()

    sign_in(page, bas_user)
    page.goto(f"{home}debiteuren/{debtor}/")
    expect(page.locator(".step")).to_contain_text("Stuur hem aangetekend.")
    page.get_by_role("link", name="Aanmaning verstuurd").click()
    fill(page, on=str(third + 14 * days), channel="letter")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Met het akkoord van Lies Leiding")).to_be_visible()
    assert Reminder.objects.get().level == 3
    assert Membership.objects.get(user=bas_user).role == "caller"
