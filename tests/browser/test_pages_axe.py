"""Every page, at a desk and on a phone in the dark: it answers, is accessible, fits, and its scripts run.

The pages are found in the addresses themselves, so that a new one is looked at as well; what is no page is named below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.urls import URLPattern, reverse

from beluur.actions.ask_approval import ask_approval
from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.once import Doer
from beluur.actions.open_call import open_call
from beluur.actions.save_mail_provider import ProviderForm, save_mail_provider
from beluur.actions.set_absence import set_absence
from beluur.actions.start_practice import start_practice
from beluur.domain.plan import Plan, PlannedPart
from beluur.playbook.practice_texts import Character
from beluur.store.models import (
    BankAccount,
    Call,
    Callback,
    Contact,
    Debtor,
    Dispute,
    Document,
    Intake,
    Invoice,
    Letter,
    MailIn,
    MailSignIn,
    Membership,
    Payment,
    Promise,
    Task,
    Ultimatum,
)
from beluur.store.sealing import seal
from beluur.values.sentence import say
from beluur.web import urls
from beluur.web.pages import (
    accounts,
    agenda,
    approvals,
    debtors,
    expected,
    figures,
    intake,
    outbox,
    payments,
    reminders,
    settings,
    to_do,
    today,
)
from tests.axe import violations
from tests.dropped import BOUW, LATER, TRANSPORT, open_items, people
from tests.morning import FRIDAY, before_the_statement, statement
from tests.rows import MOMENT, TODAY, make_account, make_payment
from tests.statements import OTHER, Came, mt940, stage
from tests.web.mail_rows import make_mail
from tests.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FORM_ONLY = 405
NOTHING_NEW = 204  # to who asks again and again

NO_PAGE = {
    "agenda-file": "a calendar as a file",
    "today-xlsx": "a workbook",
    "debtors-xlsx": "a workbook",
    "search": "looked at below, with something to find",
    "document": "a file as it was received",
    "dossier-timeline": "a part that the dossier fetches",
    "call-live": "a part that the call fetches",
    "call-approval": "a part that the call fetches while a colleague is asked",
    "call-opened": "a part that the call fetches while copies are underway",
    "call-qr": "a picture",
    "call-sheet": "a PDF",
    "letters-print": "a PDF",
    "letter-pdf": "a PDF",
    "letter-frame": "a letter in a frame of its own",
    "notice-frame": "a letter in a frame of its own",
    "call-preview": "a letter in a frame of its own",
    "message-html": "a letter in a frame of its own",
    "message-eml": "a mail as a file",
    "reminder-preview": "a letter in a frame of its own",
    "statement-preview": "a letter in a frame of its own",
    "invoice-copy-preview": "a letter in a frame of its own",
    "settings-text-preview": "a letter in a frame of its own",
    "mail-sign-in": "leads to the provider of the mailbox",
    "settings-script-example": "a part that the page of a line fetches",
    "approvals-count": "a part that the menu fetches",
    "approval-state": "what the page of a request asks",
    "dispute-answer-preview": "a letter in a frame of its own",
    "rung": "looked at in test_broken_to_escalation, before a rung that asks for a yes",
}
EMPTY = (
    today,
    to_do,
    agenda,
    expected,
    figures,
    approvals,
    debtors,
    intake,
    outbox,
    payments,
    reminders,
    settings,
    accounts,
)


@pytest.fixture
def doer(demo: Any, demo_user: Any) -> Doer:
    """The owner of the demo at work."""
    return Doer(demo.id, MOMENT, demo_user.id, demo_user.name)


def an_answer(demo: Any) -> int:
    """An answer by mail that waits for a person."""
    promise = Promise.objects.filter(administration=demo, active=True)[0]
    because = say("reply.proposes").to_json()
    row = {
        "mail_id": "r@x.example",
        "kind": "proposes",
        "sender": "jan@x.example",
        "text": "Liever 4 december.",
    }
    row |= {"because": because, "proposed": [["2026-12-04", 100_00]], "promise": promise, "at": MOMENT}
    return MailIn.objects.create(administration=demo, debtor_id=promise.debtor_id, **row).id


@pytest.fixture
def rows(demo: Any, demo_user: Any, doer: Doer) -> dict[str, Any]:
    """What to put in the gaps of an address: a row of each kind."""
    return {
        "administration": demo.slug,
        "debtor": Debtor.objects.filter(step="call_first").order_by("id")[0].id,
        "contact": Contact.objects.order_by("id")[0].id,
        "invoice": Invoice.objects.filter(open_cents__gt=0).order_by("id")[0].id,
        "payment": Payment.objects.order_by("id")[0].id,
        "booking": booking(demo),
        "dispute": Dispute.objects.filter(state="open")[0].id,
        "promise": Promise.objects.filter(active=True)[0].id,
        "reply": an_answer(demo),
        "letter": Letter.objects.filter(administration=demo, state="ready")[0].id,
        "callback": Callback.objects.filter(state="open")[0].id,
        "call": Call.objects.filter(state="ended", promises__active=True)[0].id,
        "message": mail(demo, "sent"),
        "task": owed(demo, demo_user),
        "approval_id": asked(demo),
        "ultimatum": last_day(demo),
        "document": Document.objects.order_by("id")[0].id,
        "user": Membership.objects.exclude(user=demo_user)[0].user_id,
        "absence": away(demo, demo_user),
        "level": 1,
        "kind": "confirm_promise",
        "language": "nl",
        "moment": "who.known",
    }


def booking(demo: Any) -> int:
    """A payment of the bank that waits, with a proposal; one that nothing was found for, and one on another account."""
    account = BankAccount.objects.get(administration=demo)
    late = make_account(demo, number="NL69INGB0123456789", reaches=None)
    bill = Invoice.objects.filter(administration=demo, open_cents__gt=0, as_of__isnull=False).order_by("id")[
        0
    ]
    part = [bill.id, bill.debtor_id, bill.open_cents]
    because = [say("explain.number", number=bill.number).to_json()]
    choice = {"debtor": bill.debtor_id, "parts": [part], "left_cents": 0, "by": because}
    make_payment(account, 75_00, text="diverse")
    make_payment(late, 12_00, state="not_ours")
    proposal = {"choices": [choice, choice]}
    found = make_payment(
        account,
        bill.open_cents,
        state="proposed",
        proposal=proposal,
        iban="NL20INGB0001234567",
        text=bill.number,
    )
    return int(found.id)


def last_day(demo: Any) -> int:
    """A last day that was said and is to come."""
    debtor = Debtor.objects.filter(administration=demo).order_by("id")[0]
    until = TODAY + timedelta(days=7)
    made = Ultimatum.objects.create(
        administration=demo, debtor=debtor, until=until, cents=100_00, consequence="notice", made_at=MOMENT
    )
    return int(made.id)


def owed(demo: Any, user: Any) -> int:
    """A promise of our own that is late, one for later, and a question about a delivery."""
    debtor = Debtor.objects.order_by("id")[0]
    own = {"administration": demo, "debtor": debtor, "owner": user, "made_at": MOMENT}
    for hours in (-2, 50):
        Task.objects.create(**own, what="de pakbon mailen", at=MOMENT + timedelta(hours=hours))
    asked = {"kind": "delivery", "asked": "Tim Transport", "what": "Is alles droog aangekomen?"}
    return int(Task.objects.create(**own, **asked, at=MOMENT + timedelta(hours=4)).id)


def away(demo: Any, user: Any) -> int:
    """A colleague for whom ``user`` stands in, and one of days to come of his own."""
    colleague = Membership.objects.filter(administration=demo).exclude(user=user)[0].user_id
    doer, days = Doer(demo.id, MOMENT, user.pk, user.name), timedelta(days=4)
    later = TODAY + timedelta(days=14)
    set_absence(doer, user_id=user.pk, first=later, last=later + days, deputy_id=colleague)
    return set_absence(doer, user_id=colleague, first=TODAY, last=TODAY + days, deputy_id=user.pk)


def asked(demo: Any) -> int:
    """A colleague with a debtor on the line asks for three months more than he may grant."""
    colleague = Membership.objects.filter(administration=demo, role="caller")[0].user
    debtor = Debtor.objects.filter(step="call_first").order_by("-id")[0]
    opened = open_call(Doer(demo.id, MOMENT, colleague.id, colleague.name), debtor.id)
    plan = Plan(tuple(PlannedPart(TODAY + timedelta(days=3 + 30 * n), 100_00) for n in range(6)))
    doer = Doer(demo.id, MOMENT, colleague.id, colleague.name)
    return ask_approval(doer, opened.call_id, plan, words="hij betaalt altijd, maar laat")


def mail(demo: Any, state: str) -> int:
    """A mail in that state."""
    world: Any = SimpleNamespace(administration=demo, now=MOMENT)
    return int(make_mail(world, state, debtor_id=Debtor.objects.order_by("id")[0].id).id)


class Look:
    """Looks at pages and notes what is wrong."""

    def __init__(self, page: Any, origin: str) -> None:
        self.page, self.origin, self.wrong = page, origin, list[str]()
        page.emulate_media(reduced_motion="reduce")
        page.on("pageerror", lambda error: self.note(f"script: {error}"))
        page.on("console", lambda said: said.type == "error" and self.note(f"console: {said.text}"))

    def note(self, what: str) -> None:
        """Something is wrong here."""
        self.wrong.append(f"{self.page.url.removeprefix(self.origin)}: {what}")

    def at(self, path: str) -> None:
        """The page at ``path``, unless it only takes a form."""
        answer = self.page.request.get(self.origin + path)
        if answer.status == FORM_ONLY:
            return
        if answer.status != 200:
            self.wrong.append(f"{path}: status {answer.status}")
            return
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
        self.page.goto(self.origin + path)
        self.here("desk")
        self.page.set_viewport_size(PHONE)
        self.page.emulate_media(color_scheme="dark")
        self.here("phone")

    def here(self, where: str) -> None:
        """The page as it stands."""
        for violation in violations(self.page):
            self.note(f"{where}: {violation}")
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.note(f"{where}: scrolls sideways by {wide} px")


@pytest.fixture
def look(page: Any, live_server: Any) -> Iterator[Look]:
    """``look.at(path)``; the test fails at its end with all that was wrong."""
    looking = Look(page, live_server.url)
    yield looking
    assert looking.wrong == []


def paths(patterns: Iterable[URLPattern], rows: dict[str, Any]) -> Iterator[str]:
    """The addresses of the pages, their gaps filled."""
    for pattern in patterns:
        if pattern.name not in NO_PAGE:
            gaps = {name: rows.get(name, 1) for name in pattern.pattern.converters}
            yield reverse(str(pattern.name), kwargs={"administration": rows["administration"], **gaps})


def name_of(module: ModuleType) -> str:
    """The module's own name."""
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("module", [m for m in urls.PAGES if m is not intake], ids=name_of)
def test_the_pages(module, look, rows, sign_in, page, demo_user):
    sign_in(page, demo_user)
    for path in paths(module.urls, rows):
        look.at(path)


def test_a_file_before_and_after_it_is_taken_over(look, rows, sign_in, page, demo_user, doer):
    sign_in(page, demo_user)
    files = [
        ("open.csv", open_items(BOUW, LATER).replace(b";2026-", b";X-")),
        ("klanten.csv", people()),
        ("leeg.csv", b""),
    ]
    doer = replace(doer, at=MOMENT - timedelta(days=7))
    rows["intake"] = stage_files(doer, files, today=TODAY - timedelta(days=7))
    for path in paths(intake.urls, rows):
        look.at(path)
    publish_intake(doer, rows["intake"])
    publish_all(doer, rows["intake"])
    look.at(reverse("intake-preview", kwargs={k: rows[k] for k in ("administration", "intake")}))
    week_later = open_items(LATER, TRANSPORT).replace(b";2026-", b";X-")
    second = stage_files(replace(doer, at=MOMENT), [("open.csv", week_later)], today=TODAY)
    assert Intake.objects.get(id=second).summary["gone"]
    look.at(reverse("intake-preview", kwargs={"administration": rows["administration"], "intake": second}))


@pytest.mark.usefixtures("data_folder")
def test_a_statement_before_and_after_it_is_taken_over(look, live_server, sign_in, page):
    world = make_world()
    morning = before_the_statement(world)
    sign_in(page, world.user)
    home = f"/a/{world.slug}/"
    look.at(f"{home}afspraken/")
    intake = stage(
        world.doer, statement(), mt940(Came(-12_00), day=FRIDAY - timedelta(days=2), account=OTHER, off=3_50)
    )
    look.at(f"{home}inlezen/{intake}/")
    page.get_by_label("Ik heb het verschil gezien").check()
    page.get_by_role("button", name="Neem over").click()
    page.wait_for_url(look.origin + home)
    for path in ("", f"inlezen/{intake}/", f"debiteuren/{morning.broken}/", f"debiteuren/{morning.paid}/"):
        look.at(home + path)
    page.locator("#bel").get_by_role("button").last.click()
    look.here("he paid this morning")


def test_the_dossier_in_each_state_of_the_road(look, rows, sign_in, page, demo_user):
    sign_in(page, demo_user)
    steps = Debtor.objects.exclude(step="").order_by("step", "id").values_list("step", "id")
    for debtor in dict(steps).values():
        look.at(reverse("dossier", kwargs={"administration": rows["administration"], "debtor": debtor}))


def test_a_mail_in_each_state(look, rows, sign_in, page, demo, demo_user):
    sign_in(page, demo_user)
    for state in ("held", "queued", "failed", "uncertain", "not_sent"):
        look.at(reverse("message", kwargs={"administration": demo.slug, "message": mail(demo, state)}))
    look.at(reverse("outbox", kwargs={"administration": demo.slug}))


def test_a_call_that_goes_on(look, rows, sign_in, page, demo_user, doer):
    sign_in(page, demo_user)
    opened = open_call(doer, rows["debtor"])
    look.at(reverse("call", kwargs={"administration": rows["administration"], "call": opened.call_id}))


def test_a_practice_call_that_goes_on_and_its_scorecard(look, sign_in, page, demo, demo_user):
    sign_in(page, demo_user)
    for character in Character:
        begun = start_practice(user_id=demo_user.id, now=MOMENT, character=character)
        gaps = {"administration": begun.slug, "call": begun.call_id}
        look.at(reverse("call", kwargs=gaps))
        page.locator("#call-other form button").click()
        page.wait_for_url("**/gesprek/**")
        look.at(reverse("call", kwargs=gaps))
    for where in ("today", "practice", "debtors"):
        look.at(reverse(where, kwargs={"administration": begun.slug}))


def test_figures_on_many_calls(look, sign_in, page):
    world = make_world()
    debtor = world.debtor()
    for n in range(60):
        columns = {"opened_at": MOMENT - timedelta(days=n % 20), "lease_until": MOMENT, "state": "ended"}
        columns |= {"outcome": "reached" if n % 3 else "busy", "result": "nothing" if n % 3 else ""}
        slot = "0930" if n % 2 else ""
        Call.objects.create(
            administration_id=world.id, debtor_id=debtor, caller=world.user, slot=slot, **columns
        )
    sign_in(page, world.user)
    look.at(reverse("figures", kwargs={"administration": world.slug}))
    look.at(reverse("figures-calls", kwargs={"administration": world.slug}))


def test_search_finds_and_says_when_it_does_not(look, rows, sign_in, page, demo_user):
    sign_in(page, demo_user)
    search = reverse("search", kwargs={"administration": rows["administration"]})
    for query in ("?q=voor", "?q=bestaatniet", ""):
        look.at(search + query)


def test_the_front_door_of_a_house_without_people(look, live_server, db):
    for name in ("home", "begin", "login"):
        look.at(reverse(name))


def test_the_front_door_of_a_house_with_people(look, demo_user, sign_in, page):
    for name in ("home", "begin", "login"):
        look.at(reverse(name))
    sign_in(page, demo_user)
    for name in ("home", "profile"):
        look.at(reverse(name))


def test_an_empty_house_teaches_the_next_step(look, administration, caller, sign_in, page):
    sign_in(page, caller)
    here = {"administration": administration.slug}
    for module in EMPTY:
        for pattern in module.urls:
            if pattern.name not in NO_PAGE and not pattern.pattern.converters:
                look.at(reverse(str(pattern.name), kwargs=here))


def test_what_is_no_page_is_there_all_the_same(demo, rows, page, sign_in, demo_user, live_server, doer):
    sign_in(page, demo_user)
    wrong = []
    for module in urls.PAGES:
        for pattern in module.urls:
            if pattern.name in NO_PAGE:
                gaps = {name: rows[name] for name in pattern.pattern.converters}
                path = reverse(str(pattern.name), kwargs={"administration": demo.slug, **gaps})
                answer = page.request.get(live_server.url + path)
                if answer.status not in (200, NOTHING_NEW, FORM_ONLY):
                    wrong.append(f"{path}: {answer.status}")
    assert wrong == []


def test_the_ways_by_which_mail_leaves_and_answers_come(look, sign_in, page, demo, demo_user):
    sign_in(page, demo_user)
    mail, replies = (
        reverse(name, kwargs={"administration": demo.slug}) for name in ("settings-mail", "settings-replies")
    )
    for path in (
        f"{mail}?via=microsoft",
        f"{mail}?via=google",
        f"{mail}?via=other",
        f"{replies}?via=sign-in",
    ):
        look.at(path)
    doer = Doer(demo.id, MOMENT, demo_user.id, demo_user.name)
    own = {"username": "a@proef.example", "sender": "a@proef.example"}
    save_mail_provider(doer, ProviderForm("google", "client-1", "geheim", **own))
    ended = say("mail.sign_in.ended", provider="Gmail").to_json()
    for state in ({"holds": False}, {"holds": False, "trouble": ended}, {"holds": True, "trouble": {}}):
        kept = {"refresh_token": seal("r"), "signed_in_at": MOMENT, "by": demo_user}
        MailSignIn.objects.filter(administration=demo).update(**kept, **state)
        for path in (mail, f"{replies}?via=sign-in", reverse("outbox", kwargs={"administration": demo.slug})):
            look.at(path)


def test_a_payment_in_each_state(look, rows, sign_in, page, demo, demo_user):
    sign_in(page, demo_user)
    account = Payment.objects.get(id=rows["booking"]).account
    for state in ("explained", "rest", "unexplained", "not_ours", "earlier", "pending"):
        made = make_payment(account, state=state)
        look.at(reverse("payment", kwargs={"administration": demo.slug, "payment": made.id}))
    for query in ("?stand=all", "?stand=back", "?q=bestaatniet", f"?gedaan={made.id}"):
        look.at(reverse("payments", kwargs={"administration": demo.slug}) + query)
    look.at(reverse("payment", kwargs={"administration": demo.slug, "payment": rows["booking"]}))
