"""Invented exports of any size, the same for the same numbers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

_WORDS = "Noord Zuid Oost West Delta Kade Molen Haven Brug Veld Linde Berk Ster Maan Zon Vlaar".split()
_TRADES = "Bouw Techniek Transport Advies Horeca Installatie Schilders Groen Zorg Handel Media Metaal".split()
_FORMS = "BV BV BV VOF NV BVBA Holding".split()
_JUST_LATE = 500  # one debtor in so many is due for a first reminder, in an administration of any size


def name_of(debtor: int) -> str:
    """An invented company's name, unique by its number."""
    draw = Random(debtor)
    return f"{draw.choice(_WORDS)}{draw.choice(_WORDS).lower()} {draw.choice(_TRADES)} {debtor} {draw.choice(_FORMS)}"


def open_items(invoices: int, debtors: int, today: date) -> bytes:
    """An open-items export as CSV: Dutch, semicolons, decimal commas, day-first dates."""
    draw = Random(invoices)
    lines = ["Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand;Valuta"]
    for n in range(invoices):
        debtor = n % debtors
        due = today - timedelta(days=draw.randrange(-20, 90))
        if debtor % _JUST_LATE == 0:
            due = today - timedelta(days=3)
        issued = due - timedelta(days=30)
        cents = draw.randrange(2_000, 900_000)
        amount = f"{cents // 100},{cents % 100:02d}"
        lines.append(
            f"{10000 + debtor};{name_of(debtor)};F{200000 + n};{issued:%d-%m-%Y};{due:%d-%m-%Y};{amount};{amount};EUR"
        )
    return "\n".join(lines).encode()


def contacts(debtors: int) -> bytes:
    """A debtor list as CSV, with numbers that are reserved for fiction."""
    lines = ["Debiteurnummer;Naam;Contactpersoon;Telefoon;E-mail;Land"]
    lines += [
        f"{10000 + d};{name_of(d)};Contact {d};+31 20 123 {4500 + d % 100};administratie{d}@example.org;NL"
        for d in range(debtors)
    ]
    return "\n".join(lines).encode()
