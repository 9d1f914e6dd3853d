"""The country of a new debtor and the language he is written to in: as the file says, else as numbers, name and address tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from beluur.actions.intake.staging import Part
from beluur.domain.where import assumed_language, country_from
from beluur.store.models import Administration
from beluur.values.names import has_legal_form

NAMES = 3  # that stand for all whose kind is unclear


def country_of(keys: Iterable[tuple[str, str]], fills: Mapping[str, str], house: Administration) -> str:
    """ISO alpha-2; that of the house when nothing tells it."""
    iban = next((value for kind, value in keys if kind == "iban"), "")
    return fills.get("country") or country_from(
        fills.get("vat_number", ""), iban, fills.get("phone", ""), house.country
    )


def language_of(name: str, country: str, fills: Mapping[str, str], house: Administration) -> str:
    """nl, nl-BE, fr or en, or another that the file says."""
    told = fills.get("language")
    return told or assumed_language(country, fills.get("postcode", ""), name, house.language)


def count_languages(parts: Iterable[Part], house: Administration) -> dict[str, Any]:
    """Of the new debtors: how many are written to in each language, and of how many the file did not say it; and who may be a
    person though the file does not say so."""
    spoken: Counter[str] = Counter()
    assumed = 0
    unclear = []
    for part in parts:
        if part.token < 0:
            if not part.fills.get("kind") and _perhaps_a_person(part):
                unclear.append(part.record.name)
            country = country_of(part.keys, part.fills, house)
            spoken[language_of(part.record.name, country, part.fills, house)] += 1
            assumed += not part.fills.get("language")
    kinds = {"kinds_unclear": len(unclear), "kinds_unclear_names": unclear[:NAMES]}
    return {"languages": dict(spoken), "languages_assumed": assumed, **kinds}


def _perhaps_a_person(part: Part) -> bool:
    """Neither a legal form nor a company's number: he is taken for a business, and may be a consumer."""
    return not has_legal_form(part.record.name) and not any(
        kind in ("vat", "company") for kind, _ in part.keys
    )
