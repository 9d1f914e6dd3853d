"""Who plays in the demo. All names are plainly invented; phone numbers are in ranges that are not given out (a local number
does not begin with 1), addresses end in .example."""

from __future__ import annotations

import random
from dataclasses import dataclass

SEED = 20_261_122
INVENTED = (
    "Voorbeeld Fictief Denkbeeldig Bedacht Verzonnen Zogenaamd Imaginair Proef Schijn Luchtkasteel Fabel Sprookje "
    "Verhaal Droom Maquette Pseudo Hypothese Scenario"
).split()
TRADES = (
    "Bouw|Transport|Schilderwerken|Interieur|Drukkerij|Catering|Techniek|Installatie|Logistiek|Tuinen|Metaal|Software|"
    "Advies|Reclame|Textiel|Groothandel|Verhuur|Schoonmaak|Beveiliging|Meubelen|Dakwerken|Elektro|Horeca|Zuivel"
).split("|")
FRENCH_TRADES = "Bâtiment Transport Imprimerie Traiteur Toiture Menuiserie Jardins Conseil".split()
FRENCH_INVENTED = "Exemple Fictif Imaginaire Inventé Prétendu Hypothèse".split()
CITIES = {
    "NL": ("Utrecht", "Zwolle", "Breda", "Groningen", "Haarlem", "Arnhem", "Tilburg", "Leiden"),
    "BE": ("Gent", "Mechelen", "Hasselt", "Brugge", "Leuven", "Kortrijk"),
    "FR": ("Namur", "Liège", "Charleroi", "Mons"),
}
STREETS = ("Verzonnenstraat", "Bedachtlaan", "Fabelplein", "Droomkade")
SOLD = (
    "Steigerverhuur week {w}|Onderhoudscontract {w}e periode|Levering platen en profielen|Montage op locatie, {w} uur|"
    "Advies en begeleiding|Huur kantoormodule|Drukwerk voorjaarscampagne|Transport {w} ritten|Materiaal volgens pakbon {w}"
).split("|")
ROLES = ("crediteurenadministratie", "eigenaar", "boekhouding", "financieel manager", "officemanager")
FIRST = "Anna Bram Carla Daan Eva Fatima Gijs Hanna Ivo Jasmijn Karim Lotte Mees Noor Omar".split()
FIRST_FRENCH = "Alice Bruno Claire Denis Émile Florence".split()
PEOPLE = "Voorbeeld Fictief Bedacht Verzonnen Proef Schijn Fabel Sprookje Droom Imaginair".split()


@dataclass(frozen=True, slots=True)
class Player:
    """One debtor of the demo."""

    name: str
    kind: str
    country: str
    language: str
    street: str
    city: str
    postcode: str
    phone: str
    email: str
    contact: str
    role: str
    number: str


def players(count: int) -> list[Player]:
    """Always the same ``count`` debtors."""
    chance = random.Random(SEED)  # noqa: S311 - a story, not a secret
    taken: set[str] = set()
    return [_player(n, chance, taken) for n in range(count)]


def _player(n: int, chance: random.Random, taken: set[str]) -> Player:
    place = "FR" if n % 20 == 7 else "BE" if n % 4 == 1 else "NL"
    kind = (
        "business",
        "business",
        "business",
        "sole_trader",
        "business",
        "consumer",
        "business",
        "business",
    )[n % 8]
    kind = "government" if n % 40 == 14 else kind
    name = _name(kind, place, chance, taken)
    slug = "".join(c for c in name.lower() if c.isascii() and c.isalnum())
    country = "BE" if place == "FR" else place
    person = f"{chance.choice(FIRST_FRENCH if place == 'FR' else FIRST)} {chance.choice(PEOPLE)}"
    return Player(
        name=name,
        kind=kind,
        country=country,
        language={"FR": "fr", "BE": "nl-BE", "NL": "nl"}[place],
        street=f"Rue de l'Exemple {n}" if place == "FR" else f"{STREETS[n % len(STREETS)]} {n}",
        city=chance.choice(CITIES[place]),
        postcode={"NL": f"{1100 + n * 7} AA", "BE": str(9000 + n), "FR": str(4000 + n)}[place],
        phone=f"+31 20 12{30000 + n:05d}" if country == "NL" else f"+32 2 12{30000 + n:05d}",
        email=f"administratie@{slug[:40]}.example",
        contact=person,
        role=_role(place, kind, chance),
        number=str(10_000 + n),
    )


def _role(place: str, kind: str, chance: random.Random) -> str:
    if place == "FR":
        return "comptabilité"
    thrown = chance.choice(ROLES)
    return ROLES[0] if kind == "government" else thrown  # nobody owns a municipality


def _name(kind: str, place: str, chance: random.Random, taken: set[str]) -> str:
    while True:
        if kind == "consumer":
            name = f"{chance.choice(('Familie', 'Huishouden'))} {chance.choice(INVENTED)} {chance.randint(2, 99)}"
        elif kind == "government":
            name = f"Gemeente {chance.choice(INVENTED)}dam"
        elif place == "FR":
            name = f"{chance.choice(FRENCH_TRADES)} {chance.choice(FRENCH_INVENTED)} SRL"
        else:
            form = (
                "" if kind == "sole_trader" else (" NV" if place == "BE" and chance.random() < 0.4 else " BV")
            )
            name = f"{chance.choice(INVENTED)} {chance.choice(TRADES)}{form}"
        if name not in taken:
            taken.add(name)
            return name
