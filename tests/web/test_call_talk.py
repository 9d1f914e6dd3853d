"""*Gesprek*: reasons with their answers, agreements heard in words, offers judged, the last word, and the two stops."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from beluur.actions.decide_approval import decide_approval
from beluur.actions.keep_document import keep_document
from beluur.actions.once import Doer
from beluur.domain.approval import Answer, Cause
from beluur.store.models import (
    Approval,
    Call,
    CallReason,
    Debtor,
    Event,
    Invoice,
    Membership,
    Message,
    Promise,
    Task,
    Ultimatum,
)
from beluur.web.pages import call
from tests.actions.calls import caller as colleague
from tests.calls_world import business, consumer
from tests.web.call_desk import Caller, current, part, plain, said
from tests.web.mail_rows import set_server
from tests.world import NOW, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client) -> World:
    made = make_world()
    client.force_login(made.user)
    return made


@pytest.fixture
def caller(client, world) -> Caller:
    """The right person of a business is on the line; who calls has the mandate of a caller."""
    Membership.objects.filter(user=world.user).update(role="caller")
    made = Caller(client, world, business(world))
    made.go("outcome:reached")
    return made


def copy_of(world: World, number: str) -> None:
    """Puts a copy with the invoice."""
    invoice = Invoice.objects.get(number=number)
    doer = Doer(world.id, NOW, user_id=world.user.id, name=world.user.name)
    keep_document(doer, content=b"%PDF-1.4 proef", name=f"{number}.pdf", invoice_id=invoice.id)


# -- reasons ----------------------------------------------------------------------------------------------------------


def test_a_reason_is_answered_and_the_next_question_stands_under_it(caller):
    page = caller.go("reason:cash_problem")
    assert said(page) == "Goed dat u dat zegt. Wat is er vandaag wel mogelijk?"
    assert current(page) == "Reden"
    assert "En de rest: wat stelt u zelf voor, en op welke dagen?" in page


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("wacht op geld v klant", "waiting_for_own_payment"),
        ("fact nooit ontvangen", "not_received"),
        ("is al betaald vorige week", "already_paid"),
        ("moet eerst een bestelnummer op", "needs_po_number"),
    ],
)
def test_what_is_typed_is_recognised_as(caller, typed, code):
    assert f'value="reason:{code}"' in caller.live(note=typed)


def test_nothing_is_offered_for_what_is_no_reason(caller):
    assert "reason:" not in part(caller.live(note="ab"), "call-heard")


def test_what_he_gave_before_comes_back_as_such(client, world, caller):
    copy_of(world, "2026-0398")
    caller.go("reason:not_received", note="fact nooit ontv")
    caller.go("pick:nothing")
    caller.end(send="")
    kept = CallReason.objects.get()
    assert (kept.code, kept.heard, kept.offered.split(",")[0]) == (
        "not_received",
        "fact nooit ontv",
        "not_received",
    )
    again = Caller(client, world, caller.debtor, incoming="1")
    again.go("outcome:reached")
    assert "Redenen van eerder" in again.page()
    assert "Factuur niet ontvangen" in part(again.page(), "call-given")
    page = again.go("reason:not_received")
    assert said(page).startswith("Daar hadden we het op maandag 23 november 2026 ook over.")
    assert "voor de 2e keer" in page


def test_never_got_it_the_copy_leaves_while_he_is_on_the_line(world, caller):
    set_server(world)
    copy_of(world, "2026-0398")
    caller.go("reason:not_received")
    page = caller.go("act", m_to="nieuw@example.org")
    mail = Message.objects.get()
    assert (mail.kind, mail.to) == ("invoice_copy", "nieuw@example.org")
    assert said(page).startswith("Het staat nu in uw mailbox, op nieuw@example.org.")
    caller.go("act", m_to="nieuw@example.org")
    assert Message.objects.count() == 1


def test_the_address_that_is_known_stands_where_another_may_be_typed(world, caller):
    copy_of(world, "2026-0398")
    page = caller.go("reason:not_received")
    assert 'name="m_to" value="" autocomplete="off" inputmode="email" placeholder="m@example.org"' in page


def test_of_a_copy_that_cannot_leave_nobody_says_that_he_has_it(world, caller):
    copy_of(world, "2026-0398")
    caller.go("reason:not_received")
    page = caller.go("act", m_to="nieuw@example.org")
    assert not said(page).startswith("Het staat nu in uw mailbox")
    assert "er is nog geen mailserver ingesteld" in plain(page)
    caller.go("act", m_to="nieuw@example.org")
    assert list(Message.objects.values_list("state", flat=True)) == ["not_sent"]
    caller.go("pick:nothing")
    caller.end(send="")
    assert "note.copies" not in Event.objects.get(kind="call_ended").payload


def test_a_second_tab_that_did_not_see_it_mails_nothing_twice(world, caller, monkeypatch):
    set_server(world)
    copy_of(world, "2026-0398")
    caller.go("reason:not_received")
    monkeypatch.setattr(call, "wants_copies", lambda _draft: True)  # as the tab that read the draft before
    for to in ("nieuw@example.org", "nieuw@example.org", "ander@example.org"):
        assert said(caller.go("act", m_to=to)).startswith("Het staat nu in uw mailbox")
    assert list(Message.objects.order_by("id").values_list("to", flat=True)) == [
        "nieuw@example.org",
        "ander@example.org",
    ]


def test_without_a_copy_nothing_is_promised_to_be_mailed(caller):
    assert 'value="act"' not in caller.go("reason:not_received")


def test_without_a_copy_nobody_says_that_he_mails_it_now_and_one_can_be_added(caller):
    page = caller.go("reason:not_received")
    assert said(page) == "Dan zorg ik dat u de factuur vandaag krijgt. Op welk mailadres mag dat?"
    assert "Ziet u de factuur staan" not in plain(page)
    assert 'data-opens="fill-copy"' in page


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("dispute_quality", "dispute"),
        ("already_paid", "paid"),
        ("responsible_absent", "callback"),
        ("will_pass_on", "forward"),
        ("payment_run_date", "promise"),
    ],
)
def test_the_action_of_a_reason_opens_what_is_to_be_noted(caller, code, answer):
    caller.go(f"reason:{code}")
    caller.go("act")
    assert answer in caller.draft["answers"].split(",")


def test_it_was_not_that_after_all(caller):
    caller.go("reason:dispute_quality")
    caller.go("noreason")
    assert (caller.draft["reasons"], caller.draft["reason"]) == ("", "")


def test_to_a_consumer_nothing_is_said_of_money_before_it_is_sure_who_he_is(client, world):
    other = Caller(client, world, consumer(world))
    page = other.go("reason:not_received")
    assert "€" not in said(page)
    assert "factuur" not in said(page)


# -- the two stops ----------------------------------------------------------------------------------------------------


def test_of_a_vulnerable_person_nothing_is_kept_but_that_a_person_looks_first(caller):
    caller.go("reason:sick_or_deceased", note="ligt in het ziekenhuis na een hartaanval")
    caller.end(note="ligt in het ziekenhuis na een hartaanval")
    kept = Call.objects.get(id=caller.call)
    assert (kept.state, kept.result, kept.note, kept.draft) == ("ended", "stopped", "", {})
    assert Debtor.objects.get(id=caller.debtor).stop == "vulnerable"
    assert not CallReason.objects.exists()
    assert not Message.objects.exists()
    assert Task.objects.get().kind == "human_first"
    assert not [e for e in Event.objects.all() if "ziekenhuis" in (e.payload or "")]


def test_an_insolvency_stops_the_demand_and_is_on_record(caller):
    page = caller.go("reason:insolvency", note="failliet sinds maart")
    assert current(page) == "Wij stoppen hier"
    caller.end(note="failliet sinds maart")
    assert Debtor.objects.get(id=caller.debtor).stop == "insolvent"
    assert CallReason.objects.get().code == "insolvency"


def test_a_stop_is_taken_back_before_it_is_saved(caller):
    caller.go("reason:sick_or_deceased")
    caller.go("noreason")
    assert not caller.draft["stop"]


# -- an agreement in words --------------------------------------------------------------------------------------------


def test_words_become_dated_rows_with_one_key(caller):
    heard = part(caller.live(note="vr 500 rest eind vd maand"), "call-heard")
    assert "€ 500,00 op vr 27 nov 2026 en de rest op ma 30 nov 2026" in heard
    caller.go("said:take", note="vr 500 rest eind vd maand")
    draft = caller.draft
    assert (draft["a1"], draft["d1"], draft["a2"], draft["d2"]) == (
        "500,00",
        "vr 27 nov 2026",
        "1.640,00",
        "ma 30 nov 2026",
    )
    assert (draft["proposed_by"], draft["words"]) == ("debtor", "vr 500 rest eind vd maand")
    assert "Neem over" not in caller.page()
    assert "Neem over" in part(caller.live(note="vr 600 rest eind vd maand"), "call-heard")


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        ("zsm", "Op welke dag staat het op onze rekening?"),
        ("volgende vrijdag", "vrijdag 27 november 2026 of vrijdag 4 december 2026"),
    ],
)
def test_what_is_vague_is_answered_with_the_question_to_ask(caller, typed, ask):
    page = caller.live(note=typed)
    assert ask in part(page, "call-heard")
    assert "said:take" not in page


@pytest.mark.parametrize(
    "typed", ["mijn man is vorige week overleden", "vrijdag begraven we mijn man, hij is overleden"]
)
def test_a_death_is_no_day_to_pay_on(caller, typed):
    part_heard = part(caller.live(note=typed), "call-heard")
    assert "Ziekte of overlijden" in part_heard
    assert "rekening" not in part_heard
    assert "Neem over" not in part_heard


MEANT = [
    pytest.param("maandag 500", "2026-11-23", "ma 23 nov 2026", id="the weekday that it is: today"),
    pytest.param("maandag 500", "2026-11-30", "ma 30 nov 2026", id="the weekday that it is: a week later"),
    pytest.param("500 na nieuwjaar", "2027-01-04", "ma 4 jan 2027", id="after a feast"),
    pytest.param("500 met Kerst", "2026-12-28", "ma 28 dec 2026", id="at a feast"),
    pytest.param("500 volgende vrijdag", "2026-12-04", "vr 4 dec 2026", id="next Friday"),
]


@pytest.mark.parametrize(("typed", "day", "row"), MEANT)
def test_the_day_that_he_may_mean_is_taken_with_one_key(caller, typed, day, row):
    assert f'value="said:{day}"' in caller.live(note=typed)
    caller.go(f"said:{day}", note=typed)
    assert (caller.draft["a1"], caller.draft["d1"], caller.draft["words"]) == ("500,00", row, typed)


def test_a_day_that_was_not_offered_is_not_taken(caller):
    caller.go("said:2026-12-09", note="500 volgende vrijdag")
    assert caller.draft.get("d1") in (None, "")


def test_what_is_vague_is_not_taken_over(caller):
    caller.go("said:take", note="zsm")
    assert "a1" not in caller.draft


def test_the_rest_is_of_what_he_was_asked_for_not_of_what_falls_due_later(caller):
    Invoice.objects.filter(number="2026-0431").update(due="2026-12-20")
    caller.go("pick:promise")
    assert caller.draft["a1"] == "1.880,00"
    caller.go("said:take", note="vr 500 rest eind vd maand")
    assert caller.draft["a2"] == "1.380,00"


# -- offers and the mandate -------------------------------------------------------------------------------------------


def offer(caller: Caller, **rows: str) -> str:
    caller.go("stage:negotiate")
    return caller.live(parts="1", yes="1", **rows)


def test_before_an_offer_he_is_asked_for_one(caller):
    assert said(caller.go("stage:negotiate")) == "Wat stelt u zelf voor?"


def test_what_is_too_late_is_answered_with_what_would_do(caller):
    page = offer(caller, a1="2140", d1="31-12-2026")
    assert 'value="counter:1"' in page
    assert "uiterlijk" in part(page, "call-offer")


def test_enter_in_the_row_of_a_proposal_goes_where_its_button_goes(caller):
    caller.go("stage:negotiate")
    page = caller.go("next", parts="1", a1="2140", d1="27-11-2026", yes="1")
    assert current(page) == "Samenvatting"


def test_our_counter_offer_fills_the_rows_and_is_ours(caller):
    caller.go("stage:negotiate")
    caller.go("counter:1", parts="1", a1="2140", d1="31-12-2026")
    assert caller.draft["proposed_by"] == "us"
    assert caller.draft["d1"] != "31-12-2026"


def test_our_counter_offer_asks_for_a_yes_of_its_own_and_is_not_in_his_words(caller):
    caller.go("pick:promise")
    caller.go("said:take", note="zeker, 31 december alles")
    assert caller.draft["words"] == "zeker, 31 december alles"
    caller.go("counter:1", parts="1", a1="2140", d1="31-12-2026", yes="1")
    assert (caller.draft["yes"], caller.draft["words"]) == ("", "")


def test_who_can_have_it_there_on_a_day_has_said_that_we_have_it_then(caller):
    caller.go("pick:promise")
    page = caller.live(parts="1", a1="2140", d1="31-12-2026")
    assert "er op" in part(page, "call-offer")
    caller.go("counter:1", parts="1", a1="2140", d1="31-12-2026", said="pays_on")
    assert caller.draft["said"] == "received_on"


def test_once_our_offer_was_made_it_is_said_and_nothing_less_is_looked_for(caller):
    caller.go("pick:promise")
    caller.go("stage:negotiate", parts="1", a1="2140", d1="31-12-2026")
    page = caller.go("counter:2")
    assert said(page).startswith("Als u op")
    assert "Ons voorstel: wacht op zijn ja" in part(page, "call-offer")
    assert "counter:" not in page


def test_an_offer_after_the_last_word_is_what_is_said(caller):
    caller.go("stage:negotiate")
    caller.go("ultimatum")
    caller.go("stage:negotiate", parts="1", a1="2140", d1="31-12-2026")
    assert said(caller.go("counter:1")).startswith("Dat is voor ons te laat")


def test_who_changes_the_rows_of_our_offer_writes_what_he_says_instead(caller):
    caller.go("pick:promise")
    caller.go("stage:negotiate", parts="1", a1="2140", d1="31-12-2026")
    caller.go("counter:1")
    page = caller.live(parts="1", a1="2140", d1="31-12-2026", proposed_by="us")
    assert 'value="counter:1"' in page


def test_other_words_of_his_ask_for_another_yes(caller):
    caller.go("pick:promise")
    caller.go("said:take", note="vr 500 rest eind vd maand", yes="1")
    assert caller.draft["yes"] == ""


def test_beyond_the_mandate_is_not_recorded(caller):
    caller.go("stage:negotiate")
    rows = {"parts": "1", "a1": "2140", "d1": "31-3-2027", "yes": "1"}
    caller.go("stage:recap", **rows)
    page = caller.end(**rows)
    assert not Promise.objects.exists()
    assert "later dan u zelf mag toestaan" in plain(page)


def test_an_owner_may_go_further_than_a_caller(client, world):
    made = Caller(client, world, business(world))
    made.go("outcome:reached")
    made.go("pick:promise")
    rows = {"parts": "1", "a1": "2140", "d1": "29-1-2027", "yes": "1", "send": ""}
    made.go("stage:recap", **rows)
    made.end(**rows)
    assert Promise.objects.get().cents == 214_000


def test_what_a_colleague_granted_is_agreed_to_and_not_haggled_about(world, caller):
    caller.go("stage:negotiate")
    rows = {"parts": "1", "a1": "2140", "d1": "31-3-2027"}
    caller.go("ask", **rows)
    lead = colleague(world, "Cor Collega")
    Membership.objects.filter(user_id=lead.user_id).update(role="owner")
    decide_approval(lead, Approval.objects.get().id, Answer(Cause.APPROVES, lead.user_id))
    page = caller.go("stage:negotiate", **rows)
    assert said(page).startswith("Daar ga ik mee akkoord")
    assert "Cor Collega gaat akkoord" in part(page, "call-offer")
    assert "Buiten uw mandaat" not in part(page, "call-offer")
    caller.go("stage:recap", **rows, yes="1")
    caller.end(**rows, yes="1", send="")
    assert Promise.objects.get().cents == 214_000


def test_under_reservation_with_a_call_back_it_is_recorded_as_such(caller):
    caller.go("stage:negotiate")
    caller.go("pick:callback")
    rows = {"parts": "1", "a1": "2140", "d1": "31-3-2027", "yes": "1", "reserved": "1", "send": ""}
    hour = {"cb_day": "25-11-2026", "cb_hour": "10:00"}
    caller.go("stage:recap", **rows, **hour)
    caller.end(**rows, **hour)
    assert Promise.objects.get().reserved


def test_the_last_word_is_a_day_and_a_consequence(world, caller):
    caller.go("stage:negotiate")
    page = caller.go("ultimatum")
    assert "refusal" in caller.draft["answers"]
    caller.go("stage:recap", r_words="ik betaal niet")
    caller.end(r_words="ik betaal niet", send="")
    made = Ultimatum.objects.get()
    assert (made.cents, made.consequence, made.state) == (214_000, "notice", "open")
    assert page


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        pytest.param("27-11-2026", "Past bij uw doel: ga akkoord", id="what fits the goal"),
        pytest.param(
            "21-12-2026", "Past bij uw terugvaloptie: vraag eerst meer, ga dan akkoord", id="what is late"
        ),
    ],
)
def test_the_verdict_stands_in_the_bar_that_is_always_in_sight(caller, day, verdict):
    caller.go("pick:promise")
    foot = re.search(r'id="call-foot".*?</div>', caller.live(parts="1", a1="2.140", d1=day), re.DOTALL)
    assert foot
    assert verdict in plain(foot.group())


def test_the_last_word_is_the_line_to_say_and_is_read_back(caller):
    caller.go("stage:negotiate")
    page = caller.go("ultimatum")
    assert "Dan zeg ik u eerlijk hoe het verdergaat. Staat € 2.140,00 er niet" in plain(said(page))
    recap = plain(caller.go("stage:recap", r_words="ik betaal niet"))
    assert "Staat € 2.140,00 er niet op maandag 7 december 2026" in recap
    assert "sturen wij u een formele aanmaning" in recap
    assert "u hoort hoe het verdergaat" not in recap


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("zsm", "is nog geen dag"),
        ("31-02-2026", "is nog geen dag"),
        ("01-01-2114", "later"),
        ("20-11-2026", "voorbij"),
    ],
    ids=["vague", "no day of the calendar", "in 2114", "in the past"],
)
def test_a_last_day_that_cannot_be_stands_at_its_field_and_nothing_is_recorded_without_it(
    caller, typed, told
):
    caller.go("stage:negotiate")
    page = caller.go("ultimatum", ultimatum=typed)
    assert 'id="e-ultimatum"' in page
    assert f'value="{typed}"' in page
    caller.go("stage:recap", r_words="ik betaal niet")
    page = caller.end(r_words="ik betaal niet", send="")
    assert told in plain(page)
    assert Call.objects.get(id=caller.call).state == "open"
    assert not Ultimatum.objects.exists()


# -- what stands beside the line --------------------------------------------------------------------------------------


def test_at_reception_a_businesslike_answer_is_ready_and_money_is_not_for_now(client, world):
    page = plain(Caller(client, world, business(world)).page())
    assert "samenwerking tussen onze bedrijven" in page
    assert "Vraagt men waar het over gaat?" in page


def test_of_a_consumer_others_hear_nothing_about_what_it_is(client, world):
    page = plain(Caller(client, world, consumer(world)).page())
    assert "samenwerking tussen onze bedrijven" not in page


def test_who_hangs_up_is_on_record_with_what_was_said_before(caller):
    page = caller.go("cutoff", note="riep iets en weg")
    assert said(page) == "De verbinding is weg."
    caller.go("stage:recap")
    caller.end(send="")
    event = Event.objects.filter(kind="call_ended").get()
    assert "event.cut_off" in event.payload
    assert Call.objects.get(id=caller.call).note == "riep iets en weg"


def test_who_was_cut_off_is_rung_back_with_the_line_for_it_that_day_only(client, world, caller, monkeypatch):
    again = "De verbinding viel weg. Komt het nu uit?"
    assert again not in said(caller.go("stage:opening"))
    caller.go("cutoff")
    caller.go("stage:recap")
    caller.end(send="")
    back = Caller(client, world, caller.debtor, overrule="viel weg")
    assert "Spreek ik met" in said(back.page()), "whoever answers is asked for first"
    back.go("outcome:reached")
    assert again in said(back.go("stage:opening"))
    monkeypatch.setenv("BELUUR_NOW", (NOW + timedelta(days=1)).isoformat())
    assert again not in said(back.go("stage:opening"))


def test_what_a_colleague_must_answer_is_promised_with_his_name(caller):
    caller.go("ours", o_what="Uitzoeken of er geleverd is", o_day="di 24-11", o_hour="16:00")
    assert said(caller.go("ours:said")).startswith("Ik")
    caller.go("stage:agree")
    caller.go("pick:dispute")
    caller.go("ours")
    page = caller.go("ours:said", d_owner="Els Magazijn")
    assert said(page).startswith("Ik bespreek het met Els Magazijn, en ik bel u op dinsdag 24 november 2026")


@pytest.mark.parametrize("stage", ["opening", "reason", "negotiate", "agree", "when"])
def test_one_may_go_to_any_stage_and_back(caller, stage):
    assert caller.go(f"stage:{stage}")
    assert current(caller.go("stage:opening")) == "Opening"


# -- the goal ---------------------------------------------------------------------------------------------------------


def test_the_goal_is_changed_before_dialling_and_kept_beside_what_was_proposed(caller):
    before = Call.objects.get(id=caller.call).goal
    caller.go("pick:promise", goal_limit="11-12-2026", goal_parts="2")
    assert "11 dec 2026" in plain(caller.page())
    rows = {"parts": "1", "a1": "2140", "d1": "27-11-2026", "yes": "1", "send": ""}
    caller.go("stage:recap", **rows, goal_limit="11-12-2026", goal_parts="2")
    caller.end(**rows, goal_limit="11-12-2026", goal_parts="2")
    kept = Call.objects.get(id=caller.call)
    assert (kept.goal["limit_date"], kept.goal["instalments"]) == ("2026-12-11", 2)
    assert kept.goal["proposed"] == before
    assert kept.reached["grade"] == "reached"


@pytest.mark.parametrize("typed", ["1-1-2020", "ooit"])
def test_a_goal_that_cannot_be_stands_at_its_field_and_changes_nothing(caller, typed):
    page = caller.go("stage:agree", goal_limit=typed)
    assert 'id="e-goal_limit"' in page or 'id="e-goal_limit"' in caller.page()
    assert "proposed" not in Call.objects.get(id=caller.call).goal


# -- the calculator ---------------------------------------------------------------------------------------------------


def test_so_much_a_month_becomes_rows_that_add_up(caller):
    caller.go("pick:promise")
    page = caller.go("sums")
    assert "Bedrag per keer" in page
    caller.go("sums:rows", p_each="500", p_first="27-11-2026", p_rhythm="monthly")
    rows = [(caller.draft[f"a{n}"], caller.draft[f"d{n}"]) for n in range(1, 6)]
    assert rows == [
        ("500,00", "vr 27 nov 2026"),
        ("500,00", "ma 28 dec 2026"),
        ("500,00", "wo 27 jan 2027"),
        ("500,00", "ma 1 mrt 2027"),
        ("140,00", "di 30 mrt 2027"),  # a Saturday, and Easter Monday after it
    ]
    assert not caller.draft["sums"]


def test_ten_a_month_is_told_in_years_and_fills_no_rows(caller):
    caller.go("pick:promise")
    caller.go("sums")
    page = plain(caller.go("sums:rows", p_each="10", p_first="27-11-2026", p_rhythm="monthly"))
    assert "€ 10,00 per maand op € 2.140,00: dat duurt 17 jaar en 10 maanden" in page
    assert caller.draft["parts"] == "1"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"p_each": "100"}, "p_first", id="no first day"),
        pytest.param({"p_each": "100", "p_first": "zsm"}, "p_first", id="a vague first day"),
        pytest.param({"p_each": "100", "p_first": "20-11-2026"}, "p_first", id="a first day that is over"),
        pytest.param({"p_first": "27-11-2026"}, "p_each", id="neither an amount nor a number"),
        pytest.param(
            {"p_each": "100", "p_n": "3", "p_first": "27-11-2026"}, "p_each", id="an amount and a number"
        ),
        pytest.param({"p_each": "veel", "p_first": "27-11-2026"}, "p_each", id="an amount that is none"),
        pytest.param({"p_each": "-5", "p_first": "27-11-2026"}, "p_each", id="a negative amount"),
        pytest.param({"p_n": "0", "p_first": "27-11-2026"}, "p_n", id="no times"),
        pytest.param({"p_n": "61", "p_first": "27-11-2026"}, "p_n", id="more times than anybody waits"),
        pytest.param({"p_n": "paar", "p_first": "27-11-2026"}, "p_n", id="a few times"),
    ],
)
def test_what_cannot_be_worked_out_stands_at_its_field(caller, typed, field):
    caller.go("pick:promise")
    caller.go("sums")
    page = caller.go("sums:rows", **typed)
    assert f'id="e-{field}"' in page
    assert caller.draft["parts"] == "1"


def test_thirty_fridays_that_were_heard_become_thirty_rows(caller):
    heard = part(caller.live(note="elke vrijdag 75"), "call-heard")
    assert "29 keer, samen € 2.140,00" in heard
    assert "€ 75,00 per week op € 2.140,00: dat duurt 29 weken" in heard
    caller.go("said:take", note="elke vrijdag 75")
    assert caller.draft["parts"] == "29"
    assert "€ 0,00 niet gedekt" in plain(caller.page())


def test_so_much_a_month_without_a_day_is_asked_for_it_with_the_sum(caller):
    heard = part(caller.live(note="10 per maand"), "call-heard")
    assert "Op welke dag staat het eerste bedrag op onze rekening?" in heard
    assert "€ 10,00 per maand op € 2.140,00: dat duurt 17 jaar en 10 maanden" in heard
    assert "Neem over" not in heard


# -- what he asks of us -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["opening", "received", "when", "agree", "negotiate"])
def test_what_he_asks_of_us_is_asked_on_until_it_has_an_hour(caller, stage):
    caller.go(f"stage:{stage}")
    assert said(caller.go("ours")).startswith("Dat zoek ik voor u uit.")
    page = caller.go("ours:said", o_what="Een specificatie van de uren", o_day="morgen", o_hour="16:00")
    assert said(page) == "Ik ga het na, en ik bel u op dinsdag 24 november 2026 om 16:00 terug."
    assert "Een specificatie van de uren" in part(page, "ours-noted")
    caller.go("pick:nothing")
    assert not said(caller.page()).startswith("Ik ga het na")
    caller.go("stage:recap")
    caller.end(send="")
    task = Task.objects.get()
    assert (task.kind, task.what) == ("own_promise", "Een specificatie van de uren")
    assert task.at.isoformat() == "2026-11-24T15:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"o_day": "morgen", "o_hour": "16:00"}, "o_what", id="nothing"),
        pytest.param({"o_what": "x", "o_hour": "16:00"}, "o_day", id="no day"),
        pytest.param({"o_what": "x", "o_day": "gauw", "o_hour": "16:00"}, "o_day", id="a vague day"),
        pytest.param(
            {"o_what": "x", "o_day": "20-11-2026", "o_hour": "16:00"}, "o_day", id="a day of before"
        ),
        pytest.param({"o_what": "x", "o_day": "morgen"}, "o_hour", id="no hour"),
        pytest.param({"o_what": "x", "o_day": "morgen", "o_hour": "ooit"}, "o_hour", id="no such hour"),
    ],
)
def test_what_we_promise_is_concrete_or_stands_at_its_field(caller, typed, field):
    caller.go("ours")
    page = caller.go("ours:said", **typed)
    assert f'id="e-{field}"' in page
    assert said(page).startswith("Dat zoek ik voor u uit.")


def test_what_he_asks_can_be_put_away_and_nothing_typed_is_lost(caller):
    caller.go("ours")
    page = caller.go("ours", o_what="Een kopie van het contract")
    assert said(page).startswith("Ik bel u over")
    assert caller.draft["o_what"] == "Een kopie van het contract"
