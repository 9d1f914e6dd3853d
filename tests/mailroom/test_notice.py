"""What a formal notice says, by the law of the country and the kind of customer (H1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from beluur.domain.notice import NoticeKind
from beluur.mailroom.compose_notice import NOTICES, compose_notice, notice_facts
from beluur.mailroom.template import check_template
from beluur.mailroom.texts_file import LANGUAGES, MailKind, Template, default_template
from beluur.values.money import Money
from beluur.words import render
from tests.mailroom.samples import CREDITOR, INVOICES, reader

K = NoticeKind
THURSDAY = date(2026, 11, 5)


def said(
    kind: NoticeKind, language: str = "nl", *, by_post: bool = True, cents: int = 0, template=None
) -> str:
    lines = (replace(INVOICES[0], amount=Money(cents), open=Money(cents)),) if cents else INVOICES
    facts = notice_facts(kind, lines, THURSDAY, by_post=by_post)
    assert facts is not None
    text = compose_notice(CREDITOR, reader(language), lines, facts, template).text
    return re.sub(r"\s+", " ", text.replace("\u202f", " "))


DUTCH = [
    pytest.param("U bent daarmee in verzuim", id="that he is in default"),
    pytest.param("2026-0101", id="which invoice"),
    pytest.param("2026-0117", id="all invoices in one letter"),
    pytest.param("€ 2.140,00", id="the principal"),
    pytest.param("€ 321,00 aan incassokosten", id="the exact costs over the principals together"),
    pytest.param("er komt geen btw bij", id="whether VAT is added"),
    pytest.param("binnen veertien dagen vanaf de dag nadat deze aanmaning bij u is bezorgd", id="the term as judges want it"),
    pytest.param("zaterdag 7 november 2026; de laatste dag is dan maandag 23 november 2026", id="the last day, by post"),
    pytest.param("Is zij later bij u bezorgd, dan schuift die dag evenveel op", id="and that a later delivery moves it on"),
    pytest.param("de kosten over de rest gerekend", id="what a part payment does"),
    pytest.param("wettelijke rente verschuldigd (artikel 6:119 BW)", id="that interest follows"),
    pytest.param("alle andere rechten behouden wij uitdrukkelijk voor", id="that the right to performance is reserved"),
]  # fmt: skip


@pytest.mark.parametrize("words", DUTCH)
def test_the_letter_of_fourteen_days_says(words):
    assert words in said(K.NL_CONSUMER)


@pytest.mark.parametrize(
    ("kind", "by_post", "words"),
    [
        pytest.param(K.NL_CONSUMER, False, "donderdag 19 november 2026", id="NL consumer, by mail: fourteen days"),
        pytest.param(K.NL_BUSINESS, True, "uiterlijk op maandag 16 november 2026", id="NL business, by post"),
        pytest.param(K.NL_BUSINESS, False, "stellen wij u met deze aanmaning in gebreke", id="NL business: notice of default"),
        pytest.param(K.NL_BUSINESS, False, "€ 321,00 aan incassokosten", id="NL business: the scale as measure"),
        pytest.param(K.NL_BUSINESS, False, "wettelijke handelsrente", id="NL business: commercial interest"),
        pytest.param(K.NL_BUSINESS, False, "en anders dertig dagen na ontvangst", id="NL business: no day was agreed"),
        pytest.param(K.BE_CONSUMER, True, "geteld vanaf de derde werkdag na de verzending", id="BE consumer, by post"),
        pytest.param(K.BE_CONSUMER, True, "de laatste dag maandag 23 november 2026", id="BE consumer, by post: the last day"),
        pytest.param(K.BE_CONSUMER, False, "geteld vanaf de dag na de verzending", id="BE consumer, by mail"),
        pytest.param(K.BE_CONSUMER, False, "Deze aanmaning is kosteloos", id="BE consumer: it costs nothing"),
        pytest.param(K.BE_BUSINESS, False, "€ 40,00 voor invorderingskosten", id="BE business: the fixed amount"),
        pytest.param(K.BE_BUSINESS, False, "en anders dertig dagen na ontvangst", id="BE business: no day was agreed"),
        pytest.param(K.BE_BUSINESS, False, "wet van 2 augustus 2002", id="BE business: by which law"),
    ],
)  # fmt: skip
def test_the_others_say(kind, by_post, words):
    assert words in said(kind, "nl-BE" if kind.value.startswith("notice_be") else "nl", by_post=by_post)


@pytest.mark.parametrize(
    ("cents", "costs"),
    [
        pytest.param(100_00, "€ 40,00", id="a hundred euro: the least"),
        pytest.param(300_00, "€ 45,00", id="three hundred: fifteen in the hundred"),
        pytest.param(3750_00, "€ 500,00", id="over two slices"),
        pytest.param(1_000_000_00, "€ 6.775,00", id="a million: the most"),
    ],
)
def test_the_costs_are_those_of_the_scale(cents, costs):
    assert f"ook {costs} aan incassokosten" in said(K.NL_CONSUMER, cents=cents)


def test_a_belgian_consumer_is_asked_no_damages_that_no_clause_gives():
    assert "€" in said(K.BE_CONSUMER, "nl-BE")
    for language in ("nl-BE", "fr", "en"):
        amounts = set(
            re.findall(r"\d[\d.,\s]*,\d\d|\d[\d,]*\.\d\d", said(K.BE_CONSUMER, language, cents=640_00))
        )
        assert {re.sub(r"\D", "", a) for a in amounts} == {"64000"}


def test_who_has_a_clause_may_name_what_the_law_allows():
    ours = default_template(MailKind.NOTICE_BE_CONSUMER, "nl-BE")
    own = replace(
        ours, body=ours.body.replace("{payment}", "Onze voorwaarden geven recht op {costs}.\n\n{payment}")
    )
    assert "Onze voorwaarden geven recht op € 72,00." in said(
        K.BE_CONSUMER, "nl-BE", cents=640_00, template=own
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(K))
@pytest.mark.parametrize("by_post", [True, False])
def test_every_gap_is_filled_in_every_language(kind, language, by_post):
    assert not re.search(r"[{}\[\]|]", said(kind, language, by_post=by_post))


@pytest.mark.parametrize("name", ["invoices_table", "notice_term", "notice_costs", "payment", "signature"])
@pytest.mark.parametrize("kind", NOTICES)
def test_what_the_law_wants_cannot_be_edited_away(kind, name):
    ours = default_template(kind)
    (problem,) = check_template(Template(ours.subject, ours.body.replace(f"{{{name}}}", "")), kind)
    by_law = problem.code == "mail.template.by_law"
    assert by_law is name.startswith("notice_")
    assert name in render(problem, "nl")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((replace(INVOICES[0], open=Money(1_00, "USD")),), id="dollars: the scale is in euro"),
        pytest.param((*INVOICES, replace(INVOICES[0], open=Money(1_00, "USD"))), id="two currencies"),
        pytest.param((), id="nothing"),
    ],
)
def test_no_costs_are_named_that_cannot_be_reckoned(lines):
    assert notice_facts(K.NL_CONSUMER, lines, THURSDAY, by_post=True) is None
