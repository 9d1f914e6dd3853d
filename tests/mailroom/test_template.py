from __future__ import annotations

import pytest

from beluur.mailroom.blocks import Bullets, Paragraph
from beluur.mailroom.template import INLINE, PIECES, check_template, render_body, render_line, render_subject
from beluur.mailroom.texts_file import LANGUAGES, MailKind, Template, default_template, labels, mail_language
from beluur.words import render

REMINDER = "{invoices_table}\n\n{payment}"


@pytest.mark.parametrize("formality", ["u", "je"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_every_shipped_template_is_right(kind, language, formality):
    assert check_template(default_template(kind, language, formality), kind) == ()


def test_every_language_has_the_same_labels():
    assert len({frozenset(labels(language)) for language in LANGUAGES}) == 1


WRONG = [
    pytest.param("", REMINDER, "mail.template.no_subject", id="an empty subject"),
    pytest.param("a\nb", REMINDER, "mail.template.subject_lines", id="a subject of two lines"),
    pytest.param("{payment}", REMINDER, "mail.template.piece_in_subject", id="a block in the subject"),
    pytest.param("x", " ", "mail.template.no_body", id="an empty text"),
    pytest.param("x", "{debtr}\n" + REMINDER, "mail.template.unknown_like", id="a slip of the pen"),
    pytest.param("x", "{qqq}\n" + REMINDER, "mail.template.unknown", id="an unknown name"),
    pytest.param("x", "{}\n" + REMINDER, "mail.template.unknown", id="an empty name"),
    pytest.param("x", "{debtor\n" + REMINDER, "mail.template.brace", id="a brace that is not closed"),
    pytest.param("x", "Hier: {payment}\n{invoices_table}", "mail.template.alone", id="a block inside a line"),
    pytest.param("x", "{invoices_table}", "mail.template.needed", id="a reminder without payment details"),
]


@pytest.mark.parametrize(("subject", "body", "code"), WRONG)
def test_what_is_wrong_is_said(subject, body, code):
    problems = check_template(Template(subject, body), MailKind.REMINDER_1)
    assert code in [problem.code for problem in problems]
    for language in ("nl", "en", "fr"):
        assert "[" not in render(problems[0], language)


def test_the_meant_name_is_suggested():
    (problem,) = check_template(Template("x", "Dag {debtr}"))
    assert render(problem, "nl") == "De naam debtr is onbekend; bedoelt u debtor?"


LINES = [
    pytest.param("Dag {contact}.", {"contact": "Els"}, "Dag Els.", id="a name is filled in"),
    pytest.param(
        "Een. Op {d} bellen wij. Drie.", {"d": ""}, "Een. Drie.", id="a sentence without value goes"
    ),
    pytest.param("Om {d}? Ja.", {}, "Ja.", id="a question without value goes"),
    pytest.param(
        "Bij {c}. Ja.",
        {"c": "Zon B.V."},
        "Bij Zon B.V. Ja.",
        id="a name that ends with a full stop ends the sentence",
    ),
    pytest.param("{c}...", {"c": "Zon B.V."}, "Zon B.V....", id="three full stops stay three"),
    pytest.param("{a}", {"a": "{b}", "b": "nee"}, "{b}", id="a value is not filled in again"),
    pytest.param("{a}", {"a": "x\r\nBcc: y"}, "x Bcc: y", id="a value stays on its line"),
]


@pytest.mark.parametrize(("text", "values", "expected"), LINES)
def test_a_line_is_filled_in(text, values, expected):
    assert render_line(text, values) == expected


def test_a_subject_without_its_value_leaves_nothing_behind():
    assert render_subject(Template("Herinnering: {invoice_numbers}", ""), {}) == "Herinnering"


def test_paragraphs_lists_and_pieces_keep_their_order():
    body = "Een\r\ntwee\r\n- drie\r\n- vier\r\n{payment}\r\nvijf\r\n\r\n\r\n{x}"
    piece = Paragraph(("stuk",))
    assert render_body(Template("", body), {}, {"payment": (piece,)}) == (
        Paragraph(("Een", "twee")),
        Bullets(("drie", "vier")),
        piece,
        Paragraph(("vijf",)),
    )


def test_a_name_is_either_in_a_line_or_a_piece():
    assert not INLINE & PIECES


@pytest.mark.parametrize(
    ("given", "used"),
    [("nl_BE", "nl-BE"), ("NL-be", "nl-BE"), ("fr-BE", "fr"), ("en-GB", "en"), ("de", "nl"), ("", "nl")],
)
def test_a_language_is_one_that_we_write(given, used):
    assert mail_language(given) == used
