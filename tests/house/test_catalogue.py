"""Every sentence that code says stands in the catalogue, in each language, with the same gaps."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from beluur import words
from beluur.words.render import gaps
from tests.house.source import PACKAGE, Module, modules

CODE = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")
SAYERS = {"say", "Sentence"}


def said(module: Module) -> Iterator[tuple[str, int]]:
    """The codes given to ``say`` and ``Sentence`` as literals, with their line."""
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Call)
            and _called(node) in SAYERS
            and (first := _code_argument(node)) is not None
        ):
            yield from ((code, node.lineno) for code in _literals(first))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _code_argument(node: ast.Call) -> ast.expr | None:
    if node.args:
        return node.args[0]
    return next((k.value for k in node.keywords if k.arg == "code"), None)


def _literals(node: ast.expr) -> Iterator[str]:
    """The strings that an expression can be: a literal, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def mentioned() -> tuple[set[str], list[re.Pattern[str]]]:
    """Codes that stand as a string anywhere in the product, and patterns for those put together (``f"gate.{reason}"``)."""
    codes: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                codes.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.-]+" for p in node.values
                ]
                if CODE.match(text := "".join(parts)) or r"\." in text:
                    patterns.append(re.compile("".join(parts)))
    for file in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt"), *PACKAGE.rglob("*.toml")]:
        if "catalogue" not in file.parts:
            codes.update(
                m.group(1)
                for m in re.finditer(r"[\"']([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)[\"']", file.read_text("utf-8"))
            )
    return codes, patterns


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_sentence_has_its_text(language):
    assert [code for code, texts in words.catalogue().items() if not texts.get(language, "").strip()] == []


def test_every_code_has_its_shape():
    assert [code for code in words.catalogue() if not CODE.fullmatch(code)] == []


def test_the_languages_of_a_sentence_have_the_same_gaps():
    uneven = [
        code
        for code, texts in words.catalogue().items()
        if len({frozenset(gaps(texts.get(language, ""))) for language in words.LANGUAGES}) > 1
    ]
    assert uneven == []


def test_nobody_shouts():
    loud = [code for code, texts in words.catalogue().items() if any("!" in text for text in texts.values())]
    assert loud == []


def test_every_sentence_that_is_said_stands_in_the_catalogue():
    missing = [
        f"{m.name}:{line} {code}"
        for m in modules()
        for code, line in said(m)
        if code not in words.catalogue()
    ]
    assert missing == []


def test_every_sentence_in_the_catalogue_is_said():
    codes, patterns = mentioned()
    unused = [c for c in words.catalogue() if c not in codes and not any(p.fullmatch(c) for p in patterns)]
    assert unused == [], "sentences that nobody says"
