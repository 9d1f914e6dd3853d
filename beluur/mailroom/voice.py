"""How one reader is written to: his language, country, form of address; words, amounts and days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from beluur.mailroom.clean import one_line
from beluur.mailroom.facts import InvoiceLine, RecipientFacts
from beluur.mailroom.texts_file import labels, mail_language, page_words
from beluur.values.money import Money, total
from beluur.values.names import one_full_stop
from beluur.words import date_text, long_date_text, money_text

_MOST_NAMED = 3  # more would not fit in a subject
_TITLES = (
    ("de heer ", "heer "),
    ("dhr. ", "heer "),
    ("mevrouw ", "mevrouw "),
    ("mevr. ", "mevrouw "),
    ("mw. ", "mevrouw "),
)
_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Voice:
    """``language`` is one of nl, nl-BE, fr, en; ``formality`` u or je."""

    language: str
    formality: str

    def word(self, name: str, **gaps: str) -> str:
        """The label ``name`` with its gaps filled."""
        text = labels(self.language, self.formality)[name]
        return _filled(text, gaps)

    def page(self, name: str, **gaps: str) -> str:
        """The same from the words of the reader's own page."""
        text = page_words(self.language, self.formality)[name]
        return _filled(text, gaps)

    def money(self, amount: Money) -> str:
        """``€ 1.234,50``."""
        return money_text(amount, self.language)

    def monies(self, amounts: Iterable[Money]) -> str:
        """The sum per currency, never over currencies: ``€ 100,00 en $ 20,00``."""
        return self.listing([self.money(sum_) for sum_ in sums(amounts)])

    def long_day(self, day: date) -> str:
        """``maandag 23 november 2026``."""
        return long_date_text(day, self.language)

    def short_day(self, day: date) -> str:
        """``23 nov 2026``: for a column."""
        return date_text(day, self.language).split(" ", 1)[1]

    def listing(self, items: Iterable[str]) -> str:
        """``a, b en c``."""
        *first, last = list(items) or [""]
        return f"{', '.join(first)} {self.word('and')} {last}" if first else last

    def invoice_name(self, invoice: InvoiceLine) -> str:
        """``factuur 2026-1`` or ``creditnota C-3``."""
        label = "credit_note" if invoice.open.cents < 0 else "invoice_number"
        return self.word(label, number=invoice.number)

    def invoice_names(self, invoices: Sequence[InvoiceLine]) -> str:
        """``factuur 1``, ``facturen 1, 2 en 3``, or ``12 facturen`` when there are too many for a subject."""
        if len(invoices) > _MOST_NAMED:
            return self.word("invoices_counted", n=str(len(invoices)))
        if len(invoices) > 1:
            return self.word("invoices_named", numbers=self.listing(one_line(i.number) for i in invoices))
        return self.invoice_name(invoices[0]) if invoices else ""

    @property
    def colon(self) -> str:
        """French puts a no-break space before it."""
        return "\u00a0:" if self.language == "fr" else ":"


def _filled(text: str, gaps: Mapping[str, str]) -> str:
    return _GAP.sub(
        lambda gap: one_full_stop(one_line(gaps[gap.group(1)]), text[gap.end() :]),
        text,
    )


def voice_of(recipient: RecipientFacts) -> Voice:
    """The voice to write to ``recipient`` in."""
    return Voice(mail_language(recipient.language), recipient.formality)


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """The sum of each currency, in the order of their codes, EUR first."""
    by_currency: dict[str, list[Money]] = defaultdict(list)
    for amount in amounts:
        by_currency[amount.currency].append(amount)
    order = sorted(by_currency, key=lambda code: (code != "EUR", code))
    return tuple(total(by_currency[code], code) for code in order)


def after_dear(contact: str) -> str:
    """A Dutch title as it stands after *Geachte*: "De heer Bedacht" is greeted as "Geachte heer Bedacht"."""
    for title, greeted in _TITLES:
        if contact.lower().startswith(title):
            return greeted + contact[len(title) :]
    return contact
