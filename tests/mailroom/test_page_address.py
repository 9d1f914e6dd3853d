"""The way to the debtor's own page in a mail, and the payment page that an administration has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as lxml_html

from beluur.mailroom.compose import compose_confirmation, compose_invoice_copy, compose_statement
from beluur.mailroom.facts import AgreementKind
from beluur.mailroom.page_address import page_address, with_token
from beluur.mailroom.payment_link import payment_link, payment_link_problem
from beluur.mailroom.texts_file import LANGUAGES, Template, page_words
from beluur.values.money import Money
from tests.mailroom.samples import CREDITOR, INVOICES, TODAY, agreement, reader

PAGE = page_address("https://klant.voorbeeld.example")
WITH_PAGE = replace(CREDITOR, page=PAGE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", AgreementKind)
def test_a_confirmation_leads_to_the_page(kind, language):
    mail = compose_confirmation(WITH_PAGE, reader(language), agreement(kind))
    assert mail.page == PAGE
    assert mail.text.count(PAGE) == 1
    assert [a.get("href") for a in lxml_html.fromstring(mail.html).iter("a")] == [PAGE]


def test_without_an_address_nothing_is_said_of_a_page():
    mail = compose_confirmation(CREDITOR, reader("nl"), agreement(AgreementKind.PROMISE))
    assert (mail.page, "/k/" in mail.text, "<a " in mail.html) == ("", False, False)


def test_a_text_of_the_users_own_leads_to_the_page_before_the_signature():
    own = Template("x", "Dag.\n\n{agreement}\n\n{payment}\n\n{signature}")
    mail = compose_confirmation(WITH_PAGE, reader("nl"), agreement(AgreementKind.PROMISE), own)
    assert 0 < mail.text.index("IBAN") < mail.text.index(PAGE) < mail.text.index(CREDITOR.caller)


def test_copies_lead_to_the_page_and_a_statement_does_not():
    assert PAGE in compose_invoice_copy(WITH_PAGE, reader("nl"), INVOICES, today=TODAY).text
    statement = compose_statement(WITH_PAGE, reader("nl"), INVOICES, today=TODAY)
    assert (statement.page, PAGE in statement.text) == ("", False)


def test_the_token_takes_its_place():
    assert with_token(f"Zie {PAGE}.", "abc") == "Zie https://klant.voorbeeld.example/k/abc/."


def test_every_language_has_the_same_words_for_a_page():
    forms = [page_words(language, form) for language in LANGUAGES for form in ("u", "je")]
    assert len({frozenset(words) for words in forms}) == 1
    assert not [text for words in forms for text in words.values() if set("[]|!") & set(text)]


LINKS = [
    pytest.param("", "", id="none"),
    pytest.param("https://betaal.example/", "https://betaal.example/", id="the same for everyone"),
    pytest.param(
        "https://betaal.example/?b={amount}&k={reference}",
        "https://betaal.example/?b=1500.05&k=F%201%20%26%202",
        id="with the amount and the reference",
    ),
    pytest.param("http://betaal.example/", "", id="not encrypted"),
    pytest.param("https://{reference}.example/", "", id="the reference chooses the server"),
    pytest.param("https://a@betaal.example/", "", id="a name before the server"),
    pytest.param("javascript:alert(1)", "", id="a script"),
    pytest.param("https://betaal.example/{bedrag}", "", id="an unknown name"),
    pytest.param("https://betaal.example/ {amount}", "", id="a space"),
]


@pytest.mark.parametrize(("template", "address"), LINKS)
def test_a_payment_link_is_filled_in(template, address):
    assert payment_link(template, Money(150005), "F 1 & 2", "NL91ABNA0417164300") == address
    assert (payment_link_problem(template) is None) == bool(address)
