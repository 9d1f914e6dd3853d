"""The product's own code, parsed: what the tests of the house look at."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "beluur"
PURE = ("values", "law", "importers", "playbook", "domain")


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path from the root: ``beluur/domain/case.py``."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The room it stands in; empty for the package itself."""
        parts = self.path.relative_to(PACKAGE).parts
        return parts[0] if len(parts) > 1 else ""


@cache
def modules() -> tuple[Module, ...]:
    """All modules, without the migrations, which are a record of what was done."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text("utf-8")
            found.append(Module(path, text, ast.parse(text, filename=str(path))))
    return tuple(found)


@cache
def rooms() -> tuple[str, ...]:
    """The names of the rooms."""
    return tuple(sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()))


@cache
def contracts() -> configparser.ConfigParser:
    """The import law."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The layers of rooms, highest first."""
    lines = contracts()["importlinter:contract:rooms"]["layers"].split("\n")
    return tuple(tuple(r.strip() for r in line.split("|")) for line in lines if line.strip())


def below(room: str) -> frozenset[str]:
    """All rooms in the layers below that of ``room``."""
    position = next(i for i, layer in enumerate(layers()) if room in layer)
    return frozenset(r for layer in layers()[position + 1 :] for r in layer)


def permitted(room: str) -> frozenset[str]:
    """What the import law lets ``room`` use: the layers below, less what is protected from it or forbidden to it."""
    allowed = set(below(room))
    for section in contracts().values():
        names = {
            k: {line.strip().removeprefix("beluur.") for line in v.split("\n")} for k, v in section.items()
        }
        if section.get("type") == "protected" and room not in names["allowed_importers"]:
            allowed -= names["protected_modules"]
        if section.get("type") == "forbidden" and room in names["source_modules"]:
            allowed -= names["forbidden_modules"]
    return frozenset(allowed)


def imported_rooms(module: Module) -> Iterator[str]:
    """The rooms that a module imports from."""
    for node in ast.walk(module.tree):
        targets = []
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            targets = [f"{node.module}.{alias.name}" for alias in node.names]
        for target in targets:
            parts = target.split(".")
            if parts[0] == "beluur" and len(parts) > 1 and parts[1] in rooms():
                yield parts[1]
