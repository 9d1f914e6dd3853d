"""Runs axe-core in a page, past its content security policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@cache
def _source() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")


def violations(page: Any, skip: tuple[str, ...] = ()) -> list[str]:
    """One line per violation: rule, what is wrong, where. Empty when the page is clean."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_source())
    result = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false})",
        _TAGS,
    )
    return [
        f"{found['id']}: {found['help']} at "
        + "; ".join(" ".join(map(str, n["target"])) for n in found["nodes"][:5])
        for found in result["violations"]
        if found["id"] not in skip
    ]
