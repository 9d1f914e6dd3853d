"""Each room has its sign, and the sign tells the truth."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.source import below, imported_rooms, modules, permitted, rooms

LABELS = ("", "In: ", "Out: ", "May use: ")


def sign(room: str) -> list[str]:
    """The four lines of a room's docstring."""
    module = next(m for m in modules() if m.name == f"beluur/{room}/__init__.py")
    return [line.strip() for line in (ast.get_docstring(module.tree) or "").splitlines() if line.strip()]


def may_use(room: str) -> frozenset[str]:
    """The rooms that the last line of its sign names; ``X and all below`` is X and every layer under X."""
    text = sign(room)[-1].removeprefix("May use: ")
    text = re.sub(r"\w+ through [^,;]*", "", text)  # through a room means: not directly
    if text == "every room":
        return permitted(room)
    named = {name for name in re.findall(r"[a-z]+", text) if name in rooms()}
    if "and all below" in text:
        before = re.findall(r"[a-z]+", text.split(" and all below")[0])
        last = next(name for name in reversed(before) if name in rooms())
        hidden = {"store", "clock"} - permitted(room)
        named |= below(last) - hidden
        named.discard("clock") if "the clock" not in text else named.add("clock")
    return frozenset(named)


@pytest.mark.parametrize("room", rooms())
def test_a_room_has_a_sign_of_four_lines(room):
    lines = sign(room)
    assert len(lines) == len(LABELS)
    assert all(line.startswith(label) for line, label in zip(lines, LABELS, strict=True))


@pytest.mark.parametrize("room", rooms())
def test_a_sign_promises_no_more_than_the_import_law_allows(room):
    assert may_use(room) <= permitted(room)


@pytest.mark.parametrize("room", rooms())
def test_a_room_uses_only_what_its_sign_says(room):
    used = {other for m in modules() if m.room == room for other in imported_rooms(m)} - {room}
    assert used <= may_use(room), f"put {sorted(used - may_use(room))} on the sign, or do without"
