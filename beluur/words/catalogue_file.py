"""Reads the sentences from `catalogue/*.toml`: a table per code, with a text per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en", "fr")


class CatalogueError(ValueError):
    """Two files give the same code."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every sentence: code -> language -> text with gaps."""
    found: dict[str, Mapping[str, str]] = {}
    for entry in sorted(files("beluur.words").joinpath("catalogue").iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        for code, texts in tomllib.loads(entry.read_text("utf-8")).items():
            if code in found:
                raise CatalogueError(f"{code} stands in two files; one of them is {entry.name}")
            found[code] = texts
    return found
