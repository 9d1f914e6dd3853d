"""The report that is written for the caller: whole sentences, and nothing of what he typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.call_effect import effect
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
from beluur.domain.written_note import note_text, written_note
from beluur.values.sentence import say
from beluur.words import LANGUAGES
from tests.domain.builders import NOW, POLICY, TODAY, at, callback, case, days, invoice

FRIDAY, MONDAY = TODAY + days(4), TODAY + days(7)
REACHED = {"outcome": Outcome.REACHED, "spoken_with": "An Voorbeeld"}


def promise(*parts, **said):
    return PromiseSaid(parts, yes=True, **said)


def told(report, *invoices, language="nl", incoming=False, typed="", why=(), copies=False, **facts):
    known = case(*(invoices or (invoice(1, euros=500),)), **facts)
    result = effect(report, known, POLICY, NOW, opened_at=NOW, incoming=incoming, number="+31201234501")
    account = written_note(
        report, known, result, incoming=incoming, number="+31201234501", why=why, copies=copies
    )
    return note_text(account, language, typed=typed).replace("\xa0", " ")


NOTES = {
    "a promise of all": (
        CallReport(**REACHED, received="yes", promise=promise((FRIDAY, 500_00))),
        "Gesproken met An Voorbeeld. Alles is goed ontvangen. Betaalt € 500,00 op vr 27 nov 2026.",
    ),
    "a part and the rest": (
        CallReport(**REACHED, promise=promise((FRIDAY, 100_00), (MONDAY, 400_00))),
        "Gesproken met An Voorbeeld. Betaalt € 100,00 op vr 27 nov 2026 en de rest, € 400,00, op ma 30 nov 2026.",
    ),
    "two parts that leave something open": (
        CallReport(**REACHED, promise=promise((FRIDAY, 100_00), (MONDAY, 100_00), said="received_on")),
        "Gesproken met An Voorbeeld. Bij ons op de rekening: € 100,00 op vr 27 nov 2026 en € 100,00 op ma 30 nov 2026.",
    ),
    "a plan of four is told by its ends": (
        CallReport(**REACHED, promise=promise(*((FRIDAY + days(7 * n), 125_00) for n in range(4)))),
        (
            "Gesproken met An Voorbeeld. Betaalt € 500,00 in 4 termijnen, de eerste op vr 27 nov 2026 "
            "en de laatste op vr 18 dec 2026."
        ),
    ),
    "his own words": (
        CallReport(**REACHED, promise=promise((FRIDAY, 500_00), words="Vrijdag\nstaat het erop.")),
        "Gesproken met An Voorbeeld. Betaalt € 500,00 op vr 27 nov 2026. Letterlijk: “Vrijdag staat het erop.”",
    ),
    "a dispute with its owner": (
        CallReport(**REACHED, dispute=DisputeSaid(((1, 200_00),), "quality", "", "Bas Beller", FRIDAY)),
        (
            "Gesproken met An Voorbeeld. Betwist € 200,00 van factuur 2026-001: de levering voldoet niet. "
            "Bas Beller antwoordt uiterlijk vr 27 nov 2026."
        ),
    ),
    "he says he paid": (
        CallReport(**REACHED, claim=ClaimSaid(500_00, TODAY - days(3))),
        "Gesproken met An Voorbeeld. Zegt € 500,00 te hebben betaald op vr 20 nov 2026; wij kijken het na op di 24 nov 2026.",
    ),
    "a call-back": (
        CallReport(**REACHED, callback=CallbackSaid(at(10, 30, FRIDAY), "Els Klant")),
        "Gesproken met An Voorbeeld. Wij bellen terug op vr 27 nov 2026, 10:30 en vragen naar Els Klant.",
    ),
    "a refusal, and what we do": (
        CallReport(**REACHED, refused=True, own=(OwnPromise("het contract sturen.", at(17)),)),
        "Gesproken met An Voorbeeld. Wil niet betalen. Wij doen: het contract sturen, uiterlijk ma 23 nov 2026, 17:00.",
    ),
    "nothing agreed": (
        CallReport(Outcome.REACHED, discussed="Hij denkt na."),
        "De juiste persoon gesproken. Geen afspraak gemaakt. Besproken: Hij denkt na.",
    ),
    "no answer says on which number": (CallReport(Outcome.NO_ANSWER), "Geen gehoor op 020 123 4501."),
    "a reception with a name and a new contact": (
        CallReport(
            Outcome.GATEKEEPER,
            spoken_with="de balie",
            contacts=(ContactChange(None, name="Els Klant", role="boekhouding", phone="020 123 4502"),),
        ),
        "De receptie gesproken: de balie. Nieuw contact: Els Klant, boekhouding, 020 123 4502.",
    ),
}


@pytest.mark.parametrize(("report", "text"), NOTES.values(), ids=NOTES)
def test_the_report_reads(report, text):
    assert told(report) == text


def test_who_rings_us_is_named_first():
    report = CallReport(**REACHED, promise=promise((FRIDAY, 500_00)))
    assert told(report, incoming=True).startswith("An Voorbeeld belde ons. Betaalt")


def test_reasons_and_copies_stand_before_what_he_pays():
    report = CallReport(**REACHED, received="no", promise=promise((FRIDAY, 500_00)))
    text = told(report, why=(say("reason.busy_now"),), copies=True)
    assert text.startswith(
        "Gesproken met An Voorbeeld. Reden: Nu geen tijd. Zegt het niet, of niet goed, te hebben ontvangen. Kopie gemaild"
    )


def test_a_promise_for_one_of_two_invoices_names_it():
    report = CallReport(**REACHED, promise=promise((FRIDAY, 500_00), invoice_ids=(2,)))
    assert "Dat is voor factuur 2026-002." in told(report, invoice(1), invoice(2))


def test_a_call_back_that_was_missed_moves_in_the_report():
    report = CallReport(Outcome.NO_ANSWER)
    text = told(report, callbacks=(callback(NOW - timedelta(minutes=5)),))
    assert "De terugbelafspraak schuift op naar" in text


def test_what_was_typed_stands_under_it():
    text = told(CallReport(Outcome.VOICEMAIL, note="Belt maandag."), typed="Belt maandag.\n- hond blaft ")
    assert text.endswith("\n\nBelt maandag.\n- hond blaft")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [report for report, _ in NOTES.values()], ids=NOTES)
def test_in_each_language_no_gap_stays_open(report, language):
    text = told(report, language=language)
    assert "[" not in text
    assert text[0].isupper()


@given(st.text(max_size=300), st.sampled_from(sorted(Outcome)), st.text(max_size=40))
def test_whatever_is_typed_is_kept(typed, outcome, who):
    assert told(CallReport(outcome, spoken_with=who), typed=typed).endswith(
        typed.strip().replace("\xa0", " ")
    )
