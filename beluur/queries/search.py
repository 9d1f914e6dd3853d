"""Search from anywhere: name, customer number, invoice, phone in any notation, last digits, e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from beluur.queries.search_match import MANY, by_beginning, dialled_digits, found_often, matching
from beluur.store.models import Contact, Debtor, DebtorKey, Invoice
from beluur.values.money import Money
from beluur.values.searchable import folded, phone_digits
from beluur.values.sentence import Sentence, say

MOST = 9


@dataclass(frozen=True, slots=True)
class Hit:
    """A debtor who was found; ``hint`` says by what, None when by his name."""

    id: int
    name: str
    city: str
    open: Money
    hint: Sentence | None


def search(administration_id: int, text: str) -> tuple[Hit, ...]:
    """The best nine: whose name begins with it first, then the largest open amount. Of a word that thousands have only the
    amount counts: to order them all would take longer than to type on. Five queries at most."""
    if not text.strip():
        return ()
    columns = ("id", "name", "city", "open_cents", "currency", "country", "phone", "email")
    rows = list(_ordered(administration_id, text).values_list(*columns)[:MOST])
    word = folded(text.strip())
    unclear = [row for row in rows if word not in folded(row[1])]
    hints = _hints(administration_id, unclear, text.strip()) if unclear else {}
    return tuple(
        Hit(i, name, city, Money(cents, cur), hints.get(i)) for i, name, city, cents, cur, *_ in rows
    )


def _ordered(administration_id: int, text: str) -> QuerySet[Debtor]:
    here = Debtor.objects.filter(administration_id=administration_id, merged_into=None)
    if found_often(
        text, MANY
    ):  # along the amounts, and looked up among the found: a sum is no key to look by
        return here.annotate(row=F("id") + 0).filter(matching(text, by="row")).order_by("-open_cents", "id")
    found = matching(text, house=administration_id)
    if by_beginning(text):
        return here.filter(found).order_by("-open_cents", "id")
    begins = Case(
        When(name__istartswith=text.strip(), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return here.filter(found).order_by(begins, "-open_cents", "id")


def _hints(administration_id: int, rows: Sequence[tuple[Any, ...]], text: str) -> dict[int, Sentence]:
    """By which of his numbers or people he was found; the most telling is looked for last and wins."""
    word, digits = folded(text), dialled_digits(text)
    found: dict[int, Sentence] = {}
    for i, _, city, _, _, country, phone, email in rows:
        if word in folded(city):
            found[i] = say("search.city", city=city)
        _reached(found, i, word, digits, country, phone, email)
    countries = {row[0]: row[5] for row in rows}
    here = Q(administration_id=administration_id, debtor_id__in=list(countries))
    contacts = Contact.objects.filter(here, removed_at=None)
    for i, name, phone, mobile, email in contacts.values_list(
        "debtor_id", "name", "phone", "mobile", "email"
    ):
        for number in (phone, mobile):
            _reached(found, i, word, digits, countries[i], number, email)
        if word in folded(name):
            found[i] = say("search.contact", name=name)
    keys = DebtorKey.objects.filter(here, kind__in=("number", "vat", "company"), value__icontains=text)
    for i, kind, value in keys.values_list("debtor_id", "kind", "value"):
        found[i] = say(f"search.{kind}", value=value)
    for i, number in Invoice.objects.filter(here, number__icontains=text).values_list("debtor_id", "number"):
        found[i] = say("search.invoice", number=number)
    return found


def _reached(
    found: dict[int, Sentence], i: int, word: str, digits: str, country: str, phone: str, email: str
) -> None:
    if phone and digits and digits in phone_digits(phone, country):
        found[i] = say("search.phone", phone=phone)
    elif email and word in email.lower():
        found[i] = say("search.email", email=email)
