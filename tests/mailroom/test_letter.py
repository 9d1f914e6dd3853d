from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from beluur.mailroom.briefing_sheet import BriefingSheet, SheetContact, SheetInvoice, briefing_pdf
from beluur.mailroom.letter import statement_pdf
from beluur.values.money import Money
from beluur.values.sentence import say
from tests.mailroom.samples import CREDITOR, FIRST, RECIPIENT, TODAY

LINE = SheetInvoice(
    "2026-0101", date(2026, 10, 12), date(2026, 11, 11), 12, Money(64000), Money(64000), "Ketel"
)
SHEET = BriefingSheet(
    language="nl",
    printed_on=TODAY,
    creditor="Voorbeeld BV",
    caller="Sanne Voorbeeld",
    debtor='Klant & Zonen "#1" $x$ *b* @a',
    numbers=(("+31 20 123 4501", "Els Klant"),),
    because=("12 dagen te laat", say("mail.recipient.missing")),
    opening=("Spreek ik met Els Klant?",),
    invoices=(LINE,),
    contacts=(SheetContact("Els Klant", "boekhouding"),),
    questions=("Is alles ontvangen?",),
)


def pages(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_the_briefing_is_one_page_with_what_the_caller_needs():
    (text,) = pages(briefing_pdf(SHEET))
    for expected in (
        "Klant & Zonen",
        "+31 20 123 4501",
        "2026-0101",
        "640,00",
        "pagina 1 van 1",
        "e-mailadres",
    ):
        assert expected in text


def test_a_customers_text_stays_text():
    (text,) = pages(briefing_pdf(SHEET))
    assert '"#1" $x$ *b* @a' in text


FULL = replace(
    SHEET,
    invoices=(replace(LINE, what="Onderhoud aan alles " * 5),) * 40,
    goal=("x",) * 9,
    promises=("Een toezegging met veel woorden " * 9,) * 9,
    calls=("Een gesprek met veel woorden " * 9,) * 9,
    reminders=("Een herinnering",) * 9,
    behaviour=("Betaalt laat " * 20,) * 9,
    special=("Alleen op vrijdag " * 20,) * 9,
    missing=("Van alles " * 30,) * 9,
    because=("Een reden van belang " * 20,) * 9,
    opening=("Goedemorgen met Sanne " * 20,) * 9,
    contacts=(SheetContact("Naam " * 20, "rol " * 20, "+31 20 123 4501", "x@klant.example"),) * 9,
    questions=("Een vraag " * 30,) * 9,
    days_late=tuple(range(-20, 80, 2)),
    reasons=("Nu geen tijd " * 20,) * 9,
    delivery=("Alles goed ontvangen " * 20,) * 9,
    address="Een straat " * 30,
    debtor="Naam " * 50,
    who="Bedrijf " * 50,
)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_however_much_there_is_it_stays_one_page(language):
    texts = pages(briefing_pdf(replace(FULL, language=language)))
    assert len(texts) == 1


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_an_empty_briefing_still_prints(language):
    bare = BriefingSheet(language, TODAY, "Voorbeeld BV", "Sanne", "Klant")
    (text,) = pages(briefing_pdf(bare))
    assert "[" not in text


def test_the_same_sheet_makes_the_same_bytes():
    assert briefing_pdf(SHEET) == briefing_pdf(SHEET)


def test_only_our_own_fonts_are_used():
    fonts = PdfReader(BytesIO(briefing_pdf(SHEET))).pages[0]["/Resources"]["/Font"]
    assert all("Inter" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_the_statement_runs_over_pages_and_counts_them():
    texts = pages(statement_pdf(CREDITOR, RECIPIENT, (FIRST,) * 60, today=TODAY))
    assert len(texts) > 1
    assert f"pagina 1 van {len(texts)}" in texts[0]
    assert "NL91 ABNA 0417 1643 00" in texts[-1]


@pytest.mark.parametrize("language", ["nl", "nl-BE", "fr", "en"])
def test_the_statement_speaks_the_debtors_language(language):
    (text,) = pages(statement_pdf(CREDITOR, replace(RECIPIENT, language=language), (FIRST,), today=TODAY))
    assert "[" not in text


def test_what_does_not_fit_says_that_it_stands_in_the_dossier():
    (text,) = pages(briefing_pdf(replace(SHEET, calls=tuple(f"Gesprek {n}" for n in range(9)))))
    assert "Gesprek 0" in text
    assert "en nog 5, zie dossier" in text


def test_the_picture_is_drawn_when_enough_is_known_to_see_a_habit():
    few, enough = (
        replace(SHEET, behaviour=("Betaalt laat",), days_late=days) for days in ((3, 4), (3, 4, 5))
    )
    assert "boven de lijn" not in pages(briefing_pdf(few))[0]
    assert "boven de lijn" in pages(briefing_pdf(enough))[0]


def test_each_question_that_matters_stands_on_paper():
    questions = tuple(f"Vraag nummer {n}?" for n in range(8))
    (text,) = pages(briefing_pdf(replace(SHEET, questions=questions)))
    assert all(question in text for question in questions)
