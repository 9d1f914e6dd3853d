"""The country of a new debtor and the language he is written to in: as the file says, else as numbers, name and address tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from beluur.actions.intake.staging import Part
from beluur.domain.where import assumed_language, country_from
from beluur.store.models import Administration


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
    """Of the new debtors: how many are written to in each language, and of how many the file did not say it."""
    spoken: Counter[str] = Counter()
    assumed = 0
    for part in parts:
        if part.token < 0:
            country = country_of(part.keys, part.fills, house)
            spoken[language_of(part.record.name, country, part.fills, house)] += 1
            assumed += not part.fills.get("language")
    return {"languages": dict(spoken), "languages_assumed": assumed}
