"""Invented parties for the tests of the mailroom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beluur.mailroom.facts import (
    AgreementFacts,
    AgreementKind,
    AnswerFacts,
    CreditorFacts,
    DisputeLine,
    InstalmentLine,
    InvoiceLine,
    RecipientFacts,
)
from beluur.values.money import Money

TODAY = date(2026, 11, 23)
CREDITOR = CreditorFacts(
    name="Voorbeeld BV",
    caller="Sanne Voorbeeld",
    iban="NL91ABNA0417164300",
    address=("Kadeweg 1", "1234 AB Voorbeelddam"),
    phone="+31 20 123 4501",
    email="debiteuren@voorbeeld.example",
    terms="voorwaarden.pdf",
)
RECIPIENT = RecipientFacts("Klant & Zonen", "Els Klant", "els@klant.example")
FIRST = InvoiceLine(
    "2026-0101", date(2026, 10, 12), date(2026, 11, 11), Money(64000), Money(64000), copy="2026-0101.pdf"
)
SECOND = InvoiceLine("2026-0117", date(2026, 10, 15), date(2026, 11, 14), Money(200000), Money(150000))
INVOICES = (FIRST, SECOND)
CREDIT = InvoiceLine("C-7", TODAY, None, Money(-64_00), Money(-64_00))
ANSWER = AnswerFacts(
    "2026-0101",
    (FIRST, CREDIT),
    "Twee dozen waren nat.",
    CREDIT,
    left=Money(576_00),
    pay_by=date(2026, 11, 30),
)

_EXTRA = {
    AgreementKind.PROMISE: {"instalments": (InstalmentLine(date(2026, 11, 27), Money(214000)),)},
    AgreementKind.PLAN: {
        "instalments": tuple(InstalmentLine(date(2026, month, 1), Money(107000)) for month in (11, 12))
    },
    AgreementKind.CALLBACK: {"callback_on": date(2026, 11, 24)},
    AgreementKind.DISPUTE: {"disputes": (DisputeLine("2026-0117", Money(30000), "Twee te weinig geleverd"),)},
    AgreementKind.ALREADY_PAID: {"paid": Money(214000), "paid_on": date(2026, 11, 20)},
    AgreementKind.PASSES_ON: {"passed_to": "de boekhouding"},
    AgreementKind.REFUSED: {"deadline": date(2026, 11, 30), "consequence": "een ingebrekestelling"},
}


def agreement(kind: AgreementKind = AgreementKind.PROMISE, **changes: object) -> AgreementFacts:
    """An agreement of ``kind`` as a call might end in it."""
    plain = AgreementFacts(kind, TODAY, INVOICES, "Els Klant", follow_up=date(2026, 12, 1))
    return replace(plain, **{**_EXTRA.get(kind, {}), **changes})


def reader(language: str = "nl", formality: str = "u", **changes: object) -> RecipientFacts:
    """The recipient, in that language."""
    return replace(RECIPIENT, language=language, formality=formality, **changes)
