"""Invented debtors: companies, shops, households and councils, some of which look like each other."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from bench.payment_ibans import make_iban

FIRST_NUMBER = 10_000
SLOTS = 5  # accounts kept apart for one debtor: main, second, private, group's, bookkeeper's
MAIN, SECOND, PRIVATE, GROUP, OFFICE = range(SLOTS)

_SURNAMES = (
    "Jansen Janssen Janssens Janse Pieters Peters Peeters Pietersen Smit Smits Smid Bakker Backer Mulder Muller Meijer "
    "Meyer Maas Maes Claes Claas Willems Willemse Zandhof Zandhoff Molenrijk Lindevoort Lindenvoort Veldzicht Sterwijk "
    "Brugmade Kadestra Waterstein Waterstijn Hofland Hoflandt Noordeloos Zuideling Lémaire Lemaire Dubosque Dubosc "
    "Fontenière Rivièrdal Hébrard Clairmont Grüntal Gruental Kühnbach"
).split()
_BEFORE = ("", "", "", "", "de ", "van ", "van der ", "van den ")
_LINES = {
    "nl": "Bakkerij Slagerij Garage Kapsalon Bouwbedrijf Installatiebedrijf Schildersbedrijf Café Drukkerij Loodgieter "
    "Apotheek Bloemenhuis Fietswinkel Adviesbureau Transport Hoveniersbedrijf Tandartspraktijk Hotel",
    "fr": "Boulangerie Boucherie Garage Salon Entreprise Café Imprimerie Plomberie Pharmacie Fleuriste Transports Hôtel",
    "de": "Bäckerei Metzgerei Autohaus Friseur Baufirma Café Druckerei Apotheke Spedition Gärtnerei Hotel",
}
_SIGNS = {
    "nl": (
        "De Molen",
        "Het Anker",
        "De Linde",
        "De Brug",
        "'t Hoekje",
        "De Ster",
        "Zoë",
        "De Zwaan",
        "Centrum",
        "Noord",
    ),
    "fr": (
        "Du Moulin",
        "L'Étoile",
        "Du Pont",
        "Chez Noëlle",
        "Du Centre",
        "La Forêt",
        "Le Chêne",
        "Saint-Aubry",
    ),
    "de": ("Zur Mühle", "Am Markt", "Zur Linde", "Grünwald", "Süd", "Am Brückchen"),
}
_HALVES = (
    "Noord Zuid Oost West Delta Kade Molen Haven Brug Veld Linde Berk Ster Maan Zon Vlaar Zand Duin Klei Rivier Berg "
    "Vonk Kiem Tij Roer Ploeg Spoor Toren Wiel Vlas"
).split()
_TRADES = (
    "Bouw Techniek Transport Advies Horeca Installatie Schilders Groen Zorg Handel Media Metaal Logistiek Events "
    "Vastgoed Consult Systems Projects Services Trading"
).split()
_TOWNS = "Zandkade Molendorp Lindehoven Sterwijk Veldbrugge Duinmade Rivierhout Kleivoorde Berkendam Torenzele".split()
_FORMS = {
    "NL": ("B.V.", "BV", "BV", "V.O.F.", "N.V.", "Holding B.V.", ""),
    "BE": ("BV", "NV", "BVBA", "SRL", "SA", "VZW", "Comm.V", ""),
    "DE": ("GmbH", "GmbH", "UG", "KG"),
    "FR": ("SARL", "SAS", "SA"),
}


class Account(NamedTuple):
    """A bank account and its holder, as that bank writes him."""

    iban: str
    holder: str


class Debtor(NamedTuple):
    """One debtor. ``ibans`` is what the books know of him; ``accounts`` and what follows is the truth behind his payments, which
    no engine may read."""

    number: str
    name: str
    ibans: tuple[str, ...]
    kind: str  # business, sole_trader, consumer, government
    country: str
    language: str
    city: str
    group: str  # the name of his group, or ""
    accounts: tuple[Account, ...]
    owner: str  # the person behind it
    trade: str  # the name on the door, when it is another than the legal one
    direct_debit: bool
    care: int  # 0 careful, 1 careless
    quirk: float  # 0 to 1: which habit of each class is his own


def place_of(number: str) -> int:
    """The place in the list of the debtor with this customer number."""
    return int(number) - FIRST_NUMBER


def make_debtors(draw: Random, count: int) -> list[Debtor]:
    """``count`` debtors, of whom some stand in groups with an account in common."""
    made: list[Debtor] = []
    group, left = "", 0
    for place in range(count):
        kind = draw.choices(
            ("business", "sole_trader", "consumer", "government"), cum_weights=(55, 70, 95, 100)
        )[0]
        if left == 0 and kind == "business" and draw.random() < 0.02:
            group, left = f"{draw.choice(_HALVES)}{draw.choice(_HALVES).lower()} Groep", draw.randint(2, 5)
        belongs = left > 0 and kind == "business"
        made.append(_debtor(draw, place, kind, group if belongs else "", made))
        left -= belongs
    return made


def private_account(debtor: Debtor) -> Account:
    """The owner's own account, which the books do not know."""
    return Account(make_iban(debtor.country, place_of(debtor.number) * SLOTS + PRIVATE), debtor.owner)


def office_account(office: int) -> Account:
    """The account of one of the bookkeepers who pay for their clients."""
    name = (
        f"Administratiekantoor {_HALVES[office % len(_HALVES)]}{_HALVES[office * 7 % len(_HALVES)].lower()}"
    )
    return Account(make_iban("NL", office * SLOTS + OFFICE), name)


def stranger(draw: Random) -> str:
    """The name of somebody who owes nothing."""
    return draw.choice((_person(draw), f"{_company(draw, 'NL', 'nl')} B.V."))


def _debtor(draw: Random, place: int, kind: str, group: str, before: Sequence[Debtor]) -> Debtor:
    country = draw.choices(("NL", "BE", "DE", "FR"), cum_weights=(58, 93, 97, 100))[0]
    language = _language(draw, country)
    owner = _person(draw)
    name, trade = _names(draw, kind, country, language, owner)
    accounts = [Account(make_iban(country, place * SLOTS + MAIN), _holder(draw, kind, name, owner))]
    if kind != "consumer" and draw.random() < 0.12:
        accounts.append(Account(make_iban(country, place * SLOTS + SECOND), accounts[0].holder))
    known = [a.iban for n, a in enumerate(accounts) if draw.random() < (0.8 if n == 0 else 0.5)]
    if group:
        accounts.append(_group_account(place, group, before))
        known += [accounts[-1].iban] if draw.random() < 0.7 else []
    return Debtor(
        number=str(FIRST_NUMBER + place),
        name=name,
        ibans=tuple(known),
        kind=kind,
        country=country,
        language=language,
        city=draw.choice(_TOWNS),
        group=group,
        accounts=tuple(accounts),
        owner=owner,
        trade=trade,
        direct_debit=draw.random() < {"consumer": 0.3, "government": 0.0}.get(kind, 0.08),
        care=int(draw.random() < 0.4),
        quirk=draw.random(),
    )


def _group_account(place: int, group: str, before: Sequence[Debtor]) -> Account:
    """The account that its first member brought in."""
    for other in reversed(before[-12:]):
        if other.group == group:
            return other.accounts[-1]
    return Account(make_iban("NL", place * SLOTS + GROUP), f"{group} Beheer B.V.")


def _language(draw: Random, country: str) -> str:
    if country == "BE":
        return draw.choices(("nl", "fr", "en"), cum_weights=(56, 94, 100))[0]
    own = {"NL": "nl", "DE": "de", "FR": "fr"}[country]
    return own if draw.random() < 0.93 else "en"


def _person(draw: Random) -> str:
    return f"{draw.choice('ABCDEFGHJKLMNPRSTVW')}. {draw.choice(_BEFORE)}{draw.choice(_SURNAMES)}"


def _company(draw: Random, country: str, language: str) -> str:
    """A third is called as its neighbour might be (Bakkerij De Molen); the others are put together."""
    spoken = language if language in _LINES else "nl"
    if draw.random() < 0.33:
        last = draw.choice(_SIGNS[spoken]) if draw.random() < 0.7 else draw.choice(_SURNAMES)
        return f"{draw.choice(_LINES[spoken].split())} {last}"
    return f"{draw.choice(_HALVES)}{draw.choice(_HALVES).lower()} {draw.choice(_TRADES)}"


def _names(draw: Random, kind: str, country: str, language: str, owner: str) -> tuple[str, str]:
    """The name in the books and the one on the door."""
    if kind == "consumer":
        return owner, ""
    if kind == "government":
        word = {"BE": "Gemeente", "DE": "Stadt", "FR": "Ville de"}.get(country, "Gemeente")
        town = f"{draw.choice(_HALVES)}{draw.choice(('dorp', 'kade', 'hoven', 'zele', 'wijk'))}"
        return f"{'Commune de' if (country, language) == ('BE', 'fr') else word} {town}", f"{town} - Facturen"
    company = _company(draw, country, language)
    if kind == "sole_trader":
        return company, owner
    name = f"{company} {draw.choice(_FORMS[country])}".strip()
    return name, _company(draw, country, language) if draw.random() < 0.5 else company.split()[0]


def _holder(draw: Random, kind: str, name: str, owner: str) -> str:
    """A bank drops dots, adds a title, puts the surname first, or names two people."""
    initial, surname = owner.split(" ", 1)
    if kind == "consumer":
        bare = initial.rstrip(".")
        ways = (
            owner,
            f"Hr {bare} {surname}",
            f"Mw {bare} {surname}",
            f"{surname} {bare}",
            f"{owner} e/o {_person(draw)}",
        )
        return draw.choice(ways)
    if kind == "sole_trader":
        return draw.choice((name, name, owner, f"{owner} h/o {name}"))
    return draw.choice((name, name, name.replace(".", ""), f"{name} inzake crediteuren"))
