"""A column that says which share of each invoice was paid, or is open: "Betaald %". A share is rounded, so that only none and all
of it say what is open; of any other nobody knows it to the cent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beluur.importers.cells import Cell, text_of
from beluur.importers.headers import known_as, role_of
from beluur.importers.layout import Layout

PAID, PARTLY = "paid", "partly paid"  # as `vocabulary.standing` knows them
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?\Z")
_WORDS = re.compile(r"%|\b(?:percentage|pourcentage|percent|procent|pct)\b", re.IGNORECASE)


def standing_by_share(layout: Layout, rows: Sequence[Sequence[Cell]]) -> list[str]:
    """By row PAID, PARTLY, or "" when nothing was paid or nothing is said; empty when no column says it."""
    for place, column in enumerate(layout.columns):
        if column.role or not (role := _shared(column.header)):
            continue
        if said := _standings(layout.at(place, rows), of_paid=role == "paid"):
            return said
    return []


def _shared(header: str) -> str:
    bare = _WORDS.sub(" ", header)
    role = role_of(known_as(bare)) if bare != header else ""
    return role if role in ("paid", "open") else ""


def _standings(cells: Sequence[Cell], *, of_paid: bool) -> list[str]:
    texts = [text_of(cell).strip() for cell in cells]
    matches = [_SHARE.match(text) for text in texts]
    if not any(texts) or any(text and not match for text, match in zip(texts, matches, strict=True)):
        return []
    shares = [float(match[1].replace(",", ".")) if match else None for match in matches]
    known = [share for share in shares if share is not None]
    whole = 1.0 if any(0 < share < 1 for share in known) and max(known) <= 1 else 100.0
    nothing, everything = ("", PAID) if of_paid else (PAID, "")
    return [
        "" if share is None else nothing if share == 0 else everything if share >= whole else PARTLY
        for share in shares
    ]
