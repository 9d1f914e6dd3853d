"""What we want kept is tested on the code itself."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, PURE, Module, modules

MODULE_LINES = 300
FUNCTION_LINES = 40
VAGUE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "services",
    "base",
    "common",
    "misc",
}

EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text("utf-8"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Each function's name and its lines, without its docstring."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function | ast.ClassDef):
                name = f"{prefix}{child.name}"
                if isinstance(child, Function):
                    yield name, lines_of(child)
                yield from walk(child, f"{name}.")
            else:
                yield from walk(child, prefix)

    yield from walk(module.tree, f"{module.name}:")


def lines_of(function: Function) -> int:
    """Lines from ``def`` to the end, less the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def too_large(sizes: dict[str, int], limit: int, excepted: dict[str, int]) -> list[str]:
    """What is wrong with the sizes, or with the list of exceptions."""
    wrong = [f"{n}: {s} lines, over {limit}" for n, s in sizes.items() if s > excepted.get(n, limit)]
    for name, allowed in excepted.items():
        size = sizes.get(name, 0)
        if size <= limit:
            wrong.append(f"{name}: no longer an exception, take it off the list")
        elif size < allowed:
            wrong.append(f"{name}: has shrunk to {size}, lower it on the list")
    return wrong


def test_no_module_outgrows_300_lines():
    sizes = {m.name: len(m.text.splitlines()) for m in modules()}
    assert too_large(sizes, MODULE_LINES, EXCEPTIONS["modules"]) == []


def test_no_function_outgrows_40_lines():
    sizes = dict(size for m in modules() for size in functions(m))
    assert too_large(sizes, FUNCTION_LINES, EXCEPTIONS["functions"]) == []


def test_names_of_modules_say_what_is_in_them():
    vague = [p for p in PACKAGE.rglob("*") if p.stem in VAGUE_NAMES and (p.is_dir() or p.suffix == ".py")]
    assert vague == []


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_opens_no_file(room):
    assert [f for m in modules() if m.room == room for f in openings(m)] == []


def openings(module: Module) -> Iterator[str]:
    """Where a module opens a file by its path; importlib.resources' files(...) are part of the package."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            yield f"{module.name}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Path":
            yield f"{module.name}:{node.lineno}"


def test_no_row_is_stamped_by_the_clock_behind_our_back():
    stamped = [
        f"{m.name}:{node.value.lineno}"
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")
    ]
    assert stamped == []


def test_cents_are_never_floats():
    assert [f for m in modules() for f in float_cents(m)] == []


def float_cents(module: Module) -> Iterator[str]:
    """Where something called ``..._cents`` is annotated as a fraction, or divided into one."""
    for node in ast.walk(module.tree):
        name, annotation = "", None
        if isinstance(node, ast.AnnAssign):
            name, annotation = _name(node.target), node.annotation
        elif isinstance(node, ast.arg):
            name, annotation = node.arg, node.annotation
        elif isinstance(node, Function):
            name, annotation = node.name, node.returns
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _has_cents(node):
            yield f"{module.name}:{node.lineno} divides cents with /"
        if _is_cents(name) and annotation is not None and "float" in _words(annotation):
            yield f"{module.name}:{getattr(node, 'lineno', 0)} {name}"


def _is_cents(name: str) -> bool:
    return name == "cents" or name.endswith("_cents")


def _has_cents(division: ast.BinOp) -> bool:
    return _is_cents(_name(division.left)) or _is_cents(_name(division.right))


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _words(annotation: ast.AST) -> set[str]:
    return {_name(node) for node in ast.walk(annotation)} | {
        str(node.value) for node in ast.walk(annotation) if isinstance(node, ast.Constant)
    }


def test_a_template_says_nothing_inline():
    """The content security policy allows no inline script, style or handler."""
    found = []
    for template in PACKAGE.rglob("*.html"):
        if "mailroom" in template.parts or template.name.startswith("letter_"):
            continue  # a letter is a document of its own, in a frame with its own policy
        text = template.read_text("utf-8").lower()
        found += [
            f"{template.relative_to(PACKAGE)}: {mark}"
            for mark in (
                "<script>",
                " style=",
                "<style",
                " onclick=",
                " onchange=",
                " onsubmit=",
                "javascript:",
            )
            if mark in text
        ]
    assert found == []


def test_a_page_asks_or_does_and_touches_no_table():
    found = [
        f"{m.name}:{node.lineno}"
        for m in modules()
        if m.room in ("web", "api")
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db")
    ]
    assert found == []


def test_a_query_never_writes():
    writing = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "save", "delete"}
    found = [
        f"{m.name}:{node.lineno} {node.func.attr}"
        for m in modules()
        if m.room == "queries"
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
    ]
    assert found == []
