"""Letters on paper: behind the window, counted by themselves, and customers' text stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from beluur.mailroom.examples import compose_example, example_invoices, example_recipient
from beluur.mailroom.letter_sheet import letter_sheet, letters_pdf
from beluur.mailroom.texts_file import LANGUAGES, MailKind
from tests.mailroom.samples import CREDITOR

DAY = date(2026, 11, 27)
KINDS = (MailKind.LETTER_1, MailKind.LETTER_2, MailKind.LETTER_LAST)


def sheet(
    kind=MailKind.LETTER_1, language="nl", country="NL", to=("Klant", "Straat 1", "1234 AB  DORP"), times=1
):
    invoices = tuple(replace(line, copy="") for line in example_invoices(DAY)) * times
    mail = compose_example(kind, CREDITOR, example_recipient(language), invoices, today=DAY, template=None)
    return letter_sheet(mail, CREDITOR, to, country=country, on=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_asked_to_answer_a_mail_that_he_did_not_get(kind, language):
    said = str(sheet(kind, language)["blocks"])
    for word in ("mail te", "deze mail", "dit bericht", "this mail", "cet e-mail", "ce mail", "Bijgevoegd"):
        assert word not in said


@pytest.mark.parametrize(("country", "window"), [("NL", "left"), ("BE", "right"), ("DE", "left")])
def test_the_window_is_where_it_is_in_that_country(country, window):
    assert sheet(country=country)["window"] == window


def test_all_letters_are_one_pdf_and_the_same_each_time():
    sheets = [sheet(kind, language) for kind in KINDS for language in LANGUAGES]
    made = letters_pdf(sheets, "nl", DAY)
    assert made.startswith(b"%PDF-")
    assert made == letters_pdf(sheets, "nl", DAY)
    assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n") in (0, len(sheets))


def test_what_a_customer_is_called_stays_text():
    odd = sheet(to=("#panic() $x$ *vet* @klant <script>", "Straat \\ 1", "`1234`  DORP"))
    assert letters_pdf([odd], "nl", DAY).startswith(b"%PDF-")


def test_many_invoices_go_over_to_a_second_page():
    assert len(letters_pdf([sheet(times=20)], "nl", DAY)) > len(letters_pdf([sheet()], "nl", DAY))
