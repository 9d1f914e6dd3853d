"""Each line that can be edited in the settings is said somewhere: a line that nobody hears is a promise of the screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from beluur.domain.case import Outcome
from beluur.playbook.moments import MAY_SAY, REASON_LINES
from tests.house.source import ROOT

NOT_REACHED = {
    f"{o.value}.{whom}" for o in Outcome for whom in ("known", "desk", "wait")
}  # conversation._not_reached
ROOMS = ("domain", "playbook/spoken.py", "queries", "web")


def modules() -> Iterator[ast.Module]:
    for room in ROOMS:
        place = ROOT / "beluur" / room
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            if file.name != "script_words.py":
                yield ast.parse(file.read_text("utf-8"))


def test_every_line_of_the_script_is_said():
    whole, begins = set[str](), set[str]()
    for node in (node for module in modules() for node in ast.walk(module)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begins.add(str(node.values[0].value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
    families = tuple(b for b in begins if b.endswith("."))
    asked = MAY_SAY.keys() - REASON_LINES.keys() - NOT_REACHED
    never = {m for m in asked if m not in whole and not m.startswith((*families, "vague."))}
    assert never == set()
