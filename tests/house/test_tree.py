"""Nothing in the tree speaks of one machine, one registry, or of work put off."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.house.source import ROOT

SKIP = {"LICENSE"}
VENDORED = ("vendor",)
FORBIDDEN = {
    # written so that none of the patterns finds itself: this file is looked at like any other
    "a machine's path": re.compile(r"(?<![\w.])/(work|root|Users)/\w|/hom[e]/\w+/"),
    "a registry's address": re.compile(
        r"py[p]i\.org|pytho[n]hosted|registry\.np[m]js|--(extra-)?inde[x]-url|--fin[d]-links"
    ),
    "work put off": re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b"),
}


def files() -> list[Path]:
    """What is kept under version control, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return [
            p
            for folder in ("beluur", "tests", "docs", "scripts")
            for p in (ROOT / folder).rglob("*")
            if p.is_file()
        ]
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def lines() -> list[tuple[str, str]]:
    """Every line of text, with where it stands."""
    found = []
    for path in files():
        if path.name in SKIP or set(VENDORED) & set(path.parts):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [(f"{path.relative_to(ROOT)}:{n}", line) for n, line in enumerate(text.splitlines(), 1)]
    return found


def test_the_tree_speaks_of_the_product_alone():
    found = [
        f"{where} {what}"
        for where, line in lines()
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]
    assert found == []


def test_no_file_is_large():
    large = [p.relative_to(ROOT).as_posix() for p in files() if p.stat().st_size > 2_000_000]
    assert large == []
