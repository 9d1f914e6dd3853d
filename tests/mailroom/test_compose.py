from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from beluur.domain.notice import NoticeKind
from beluur.mailroom.compose import (
    compose_confirmation,
    compose_invoice_copy,
    compose_reminder,
    compose_statement,
    compose_tried_to_reach,
)
from beluur.mailroom.compose_answer import compose_delivery_question, compose_dispute_answer, compose_reply
from beluur.mailroom.compose_notice import compose_notice, notice_facts
from beluur.mailroom.compose_promise import compose_ask_confirm, compose_instalment_note
from beluur.mailroom.examples import WRITTEN
from beluur.mailroom.facts import AgreementKind, DisputeLine, OwnPromise, ReplyFacts, Said
from beluur.mailroom.parts import signature_piece
from beluur.mailroom.texts_file import LANGUAGES, MailKind, Template
from beluur.mailroom.voice import Voice
from beluur.values.money import Money
from tests.mailroom.samples import (
    ANSWER,
    CREDITOR,
    FIRST,
    INVOICES,
    RECIPIENT,
    SECOND,
    TODAY,
    agreement,
    reader,
)

PAY_BY = date(2026, 11, 30)
REPLY = ReplyFacts(
    "Dank.\n\nIk kijk het na.", "Els Klant", TODAY, "Antw: Re: Afspraak", "Niet gezien.\n\nEls"
)


def every_mail(language, formality="u", recipient=None):
    to = recipient or reader(language, formality)
    for kind in AgreementKind:
        yield compose_confirmation(CREDITOR, to, agreement(kind))
    for kind in WRITTEN:
        yield compose_reminder(kind, CREDITOR, to, INVOICES, today=TODAY, pay_by=PAY_BY)
    for notice in NoticeKind:
        facts = notice_facts(notice, INVOICES, TODAY, by_post=False)
        yield compose_notice(CREDITOR, to, INVOICES, facts)
    plan = agreement(AgreementKind.PLAN)
    yield compose_ask_confirm(CREDITOR, to, plan)
    yield compose_instalment_note(CREDITOR, to, plan, plan.instalments[0])
    yield compose_tried_to_reach(CREDITOR, to, INVOICES, (TODAY,), person=False, today=TODAY)
    yield compose_statement(CREDITOR, to, INVOICES, today=TODAY)
    yield compose_invoice_copy(CREDITOR, to, INVOICES, today=TODAY)
    yield compose_dispute_answer(CREDITOR, to, ANSWER, today=TODAY)
    yield compose_reply(CREDITOR, to, REPLY, today=TODAY)
    yield compose_delivery_question(
        CREDITOR, to, INVOICES, question="Klopt dat.", answer_by=PAY_BY, today=TODAY
    )


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("formality", ["u", "je"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_whole_in_every_language(language, formality):
    mails = list(every_mail(language, formality))
    assert {mail.kind for mail in mails} == set(MailKind)
    for mail in mails:
        assert mail.language == language
        assert mail.subject
        assert not re.search(r"[{}\[\]|]", mail.subject + mail.text), mail.kind
        assert "!" not in mail.subject + mail.text
        assert CREDITOR.caller in mail.text
        assert f'lang="{language}"' in mail.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_says_what_the_text_says(language):
    for mail in every_mail(language):
        shown = " ".join(lxml_html.fromstring(mail.html).find("body").text_content().split())
        for line in mail.text.splitlines():
            if line.endswith(".") and not line.startswith(("- ", "> ")):
                assert " ".join(line.split()) in shown, mail.kind


def test_a_promise_says_what_when_where_and_asks_for_a_yes():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement())
    text = plain(mail.text)
    assert plain(mail.subject) == "Bevestiging: € 2.140,00 op vr 27 nov 2026"
    assert "- u betaalt € 2.140,00 op vrijdag 27 november 2026" in text
    assert "IBAN: NL91 ABNA 0417 1643 00" in text
    assert "Omschrijving: 2026-0101, 2026-0117" in text
    assert "Eén woord is genoeg: akkoord." in text
    assert "behouden wij uitdrukkelijk voor" in text
    assert "Bijgevoegd: kopie van factuur 2026-0101 en onze algemene voorwaarden." in text
    assert mail.attachments == ("2026-0101.pdf", "voorwaarden.pdf")
    assert [image.media_type for image in mail.images] == ["image/png"]
    assert f"cid:{mail.images[0].cid}" in mail.html


WORDS = [
    pytest.param(
        "nl", "u", "betalingsregeling", "je ", id="in the Netherlands a plan is a betalingsregeling"
    ),
    pytest.param("nl-BE", "u", "afbetalingsplan", "betalingsregeling", id="in Flanders an afbetalingsplan"),
    pytest.param("nl", "je", "je betaalt", "u betaalt", id="je for who is addressed so"),
    pytest.param("fr", "u", "plan de paiement", "akkoord", id="French for who speaks it"),
    pytest.param("en", "u", "payment plan", "akkoord", id="English for who speaks it"),
]


@pytest.mark.parametrize(("language", "formality", "said", "unsaid"), WORDS)
def test_the_debtor_is_written_to_in_his_own_words(language, formality, said, unsaid):
    mail = compose_confirmation(CREDITOR, reader(language, formality), agreement(AgreementKind.PLAN))
    assert said in mail.subject + mail.text
    assert unsaid not in mail.text


@pytest.mark.parametrize(
    ("contact", "greeted"),
    [
        ("De heer Bedacht", "Geachte heer Bedacht,"),
        ("Mevrouw Fabel", "Geachte mevrouw Fabel,"),
        ("dhr. J. Proef", "Geachte heer J. Proef,"),
        ("Mevr. Verzonnen", "Geachte mevrouw Verzonnen,"),
        ("An Voorbeeld", "Geachte An Voorbeeld,"),
    ],
)
def test_a_title_is_greeted_as_one_writes_it(contact, greeted):
    mail = compose_confirmation(
        CREDITOR, replace(RECIPIENT, contact=contact), agreement(AgreementKind.PROMISE)
    )
    assert mail.text.startswith(greeted)


def test_you_have_it_on_is_not_i_pay_on():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(said=Said.RECEIVED_ON))
    assert "staat op vrijdag 27 november 2026 op onze rekening" in mail.text
    assert "Bij ons op de rekening op" in mail.html


def test_a_plan_shows_each_instalment_the_total_and_the_first_amount_to_pay():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(AgreementKind.PLAN))
    text = plain(mail.text)
    assert text.count("- u betaalt € 1.070,00 op ") == 2
    assert "Samen: € 2.140,00" in text
    assert "Eerste termijn, zondag 1 november 2026: € 1.070,00" in text


def test_a_belgian_reference_is_called_and_written_as_in_belgium():
    invoice = replace(FIRST, reference="010806817183")
    mail = compose_invoice_copy(CREDITOR, reader("nl-BE"), (invoice,), today=TODAY)
    assert "Gestructureerde mededeling: +++010/8068/17183+++" in mail.text


def test_what_is_contested_is_not_asked_for():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(AgreementKind.DISPUTE))
    text = plain(mail.text)
    assert "Twee te weinig geleverd (Factuur 2026-0117): € 300,00" in text
    assert "Over € 1.840,00 is geen vraag gesteld." in text
    assert "Bedrag: € 1.840,00" in text


def test_with_everything_contested_nothing_is_to_be_paid():
    all_of_it = tuple(DisputeLine(i.number, i.open, "Niet geleverd") for i in INVOICES)
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(AgreementKind.DISPUTE, disputes=all_of_it))
    assert "geen vraag gesteld" not in mail.text
    assert "IBAN" not in mail.text
    assert mail.images == ()


def test_who_says_that_he_paid_is_not_asked_to_pay():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(AgreementKind.ALREADY_PAID))
    assert "IBAN" not in mail.text
    assert mail.images == ()


def test_a_call_back_names_its_hour():
    mail = compose_confirmation(
        CREDITOR, RECIPIENT, agreement(AgreementKind.CALLBACK, callback_at=time(16, 0))
    )
    assert mail.subject == "Wij bellen u op dinsdag 24 november 2026 om 16:00"


def test_our_own_promise_stands_in_the_mail():
    ours = (OwnPromise("Wij sturen de werkbon.", date(2026, 11, 24), time(16, 0)),)
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(ours=ours))
    assert "- Wij sturen de werkbon, op dinsdag 24 november 2026 om 16:00" in mail.text


def test_a_mail_that_nobody_in_particular_signs_names_the_house_once():
    signed = replace(CREDITOR, caller=CREDITOR.name)
    [signature] = signature_piece(signed, Voice("nl", "u"))
    assert (signature.name, signed.name in signature.lines) == (signed.name, False)


def test_a_correction_says_what_it_takes_the_place_of():
    earlier = replace(agreement(), spoken_on=date(2026, 11, 20))
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(corrects=earlier))
    assert "in de plaats van onze bevestiging van vrijdag 20 november 2026." in mail.text
    assert "Dit vervalt:\n- u betaalt" in mail.text


def test_the_reader_who_was_not_on_the_line_is_told_who_was():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(spoken_with="Jan Ander"))
    assert "Op maandag 23 november 2026 sprak Sanne Voorbeeld met Jan Ander over" in mail.text


def test_a_sentence_without_its_day_is_left_out():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement(AgreementKind.NOTHING_AGREED, follow_up=None))
    assert "bellen wij opnieuw" not in mail.text
    assert "noem een bedrag en een dag" in mail.text


def test_currencies_are_never_added_up():
    dollars = replace(SECOND, amount=Money(5000, "USD"), open=Money(5000, "USD"))
    mail = compose_statement(CREDITOR, RECIPIENT, (FIRST, dollars), today=TODAY)
    assert plain(mail.subject).endswith("€ 640,00 en $ 50,00")
    assert mail.images == ()


def test_a_credit_note_lowers_the_total():
    credit = replace(SECOND, number="C-1", amount=Money(-4000), open=Money(-4000))
    mail = compose_statement(CREDITOR, RECIPIENT, (FIRST, credit), today=TODAY)
    assert "creditnota C-1" in mail.text
    assert "Totaal: € 600,00" in plain(mail.text)


PROBLEMS = [
    pytest.param({"iban": ""}, "mail.iban.missing", id="no account number"),
    pytest.param({"iban": "NL91ABNA0417164301"}, "mail.iban.invalid", id="a wrong account number"),
]


@pytest.mark.parametrize(("change", "code"), PROBLEMS)
def test_a_wrong_account_number_never_leaves_the_house(change, code):
    mail = compose_confirmation(replace(CREDITOR, **change), RECIPIENT, agreement())
    assert code in [problem.code for problem in mail.problems]
    assert "IBAN" not in mail.text
    assert mail.images == ()


def test_the_preview_hears_of_a_missing_address_and_a_missing_copy():
    mail = compose_confirmation(CREDITOR, replace(RECIPIENT, email=""), agreement())
    assert [problem.code for problem in mail.problems] == ["mail.recipient.missing", "mail.copy.missing"]


def test_the_users_own_template_takes_the_place_of_ours():
    own = Template(
        "Over {invoice_numbers}", "Dag {contact},\n\n- {debtor}\n- {total}\n\n{payment}\n\n{signature}"
    )
    mail = compose_reminder(
        MailKind.REMINDER_1, CREDITOR, RECIPIENT, INVOICES, today=TODAY, pay_by=PAY_BY, template=own
    )
    assert mail.subject == "Over facturen 2026-0101 en 2026-0117"
    assert mail.text.startswith("Dag Els Klant,\n\n- Klant & Zonen\n- €\u00a02.140,00\n")
    assert mail.images


def test_without_the_payment_piece_there_is_no_loose_picture():
    mail = compose_statement(CREDITOR, RECIPIENT, INVOICES, today=TODAY, template=Template("x", "Dag."))
    assert mail.images == ()


AGENCY = replace(CREDITOR, name="Proefbureau", acts_for="Klant Een NV", signature=())


@pytest.mark.parametrize(
    ("language", "signed"),
    [("nl", "namens Klant Een NV"), ("fr", "au nom de Klant Een NV"), ("en", "on behalf of Klant Een NV")],
)
def test_an_agency_says_for_whom_it_writes(language, signed):
    mail = compose_statement(AGENCY, replace(RECIPIENT, language=language), INVOICES, today=TODAY)
    assert f"Proefbureau, {signed}" in mail.text
    assert "Proefbureau" not in mail.subject
    assert "Klant Een NV" in mail.text.partition("Proefbureau, ")[0], "there it is open"


NASTY = '<img src=x onerror="alert(1)">{{7*7}}{total}\r\nBcc: x@y.example\u202e'


def test_nothing_from_data_becomes_html_or_a_line():
    creditor = replace(CREDITOR, name=NASTY, caller=NASTY, signature=(NASTY,))
    recipient = replace(RECIPIENT, debtor=NASTY, contact=NASTY)
    facts = agreement(
        AgreementKind.DISPUTE,
        spoken_with=NASTY,
        discussed=NASTY,
        passed_to=NASTY,
        disputes=(DisputeLine(NASTY, Money(100), NASTY, NASTY, TODAY),),
        ours=(OwnPromise(NASTY),),
        invoices=(replace(FIRST, number=NASTY, copy=NASTY),),
    )
    mail = compose_confirmation(creditor, recipient, facts)
    assert "<img src=x" not in mail.html
    assert "{{7*7}}" in mail.html
    assert "\r" not in mail.subject + mail.text
    assert "\n" not in mail.subject
    assert not any(line.startswith("Bcc:") for line in mail.text.splitlines() if "x@y" not in facts.discussed)
    assert "\u202e" not in mail.html + mail.text + mail.subject


@given(st.text(max_size=60))
def test_any_name_at_all_makes_a_mail(name):
    mail = compose_confirmation(
        replace(CREDITOR, name=name), replace(RECIPIENT, contact=name, debtor=name), agreement()
    )
    assert lxml_html.fromstring(mail.html).find("body") is not None
    assert "\n" not in mail.subject


def test_the_same_facts_make_the_same_mail():
    assert compose_confirmation(CREDITOR, RECIPIENT, agreement()) == compose_confirmation(
        CREDITOR, RECIPIENT, agreement()
    )


def test_text_has_enough_contrast_on_its_ground():
    mail = compose_confirmation(CREDITOR, RECIPIENT, agreement())
    grounds, inks = ("#ffffff", "#faf9f6"), set(re.findall(r"[;\"]color:(#[0-9a-f]{6})", mail.html))
    assert inks == {"#1c1b19", "#625d54"}
    assert all(contrast(ink, ground) >= 4.5 for ink in inks for ground in grounds)
    assert all(contrast(ink, "#1f2123") >= 4.5 for ink in ("#ecebe7", "#b3afa6"))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


# -- we tried to reach you ----------------------------------------------------------------------------------------------

TRIED = (date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 20))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_we_could_not_reach_him_tells_nothing_of_money(language):
    mail = compose_tried_to_reach(CREDITOR, reader(language), INVOICES, TRIED, person=False, today=TODAY)
    assert INVOICES[0].number in mail.text
    assert CREDITOR.phone in mail.text
    assert not re.search(r"€|\d,\d\d|IBAN|NL91", mail.text + mail.subject)
    assert (mail.attachments, mail.images) == ((), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_is_not_told_what_it_is_about(language):
    mail = compose_tried_to_reach(CREDITOR, reader(language), INVOICES, TRIED, person=True, today=TODAY)
    assert not any(invoice.number in mail.text for invoice in INVOICES)
    assert CREDITOR.phone in mail.text


def test_not_even_in_a_text_of_the_users_own():
    own = Template(
        "Over {total}", "{greeting}\n\nU moet {total} op {iban} zetten.\n\n{invoices_table}\n\n{payment}"
    )
    mail = compose_tried_to_reach(
        CREDITOR, RECIPIENT, INVOICES, TRIED, person=True, today=TODAY, template=own
    )
    assert not re.search(r"€|NL91|2026-0", mail.text + mail.subject)


def test_the_last_days_are_named():
    mail = compose_tried_to_reach(CREDITOR, RECIPIENT, INVOICES, TRIED, person=False, today=TODAY)
    assert "17 nov 2026, 19 nov 2026 en 20 nov 2026" in mail.text
    assert "16 nov" not in mail.text
