"""What we ship of others is what the manifest says, and the sprite holds the icons that templates ask for, and no more."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "beluur" / "web"
FOLDERS = [WEB / "static" / "vendor", ROOT / "tests" / "vendor"]
FREE = {"OFL-1.1", "0BSD", "ISC", "MIT", "MPL-2.0"}


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "used by tests"])
def test_manifest_matches_files(folder: Path) -> None:
    entries = json.loads((folder / "manifest.json").read_text())
    named = {name: sha for entry in entries for name, sha in entry["files"].items()}
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    there.pop("manifest.json")
    assert set(named) == set(there)
    for name, path in there.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == named[name], name
    assert all(entry["version"] and entry["licence"] in FREE for entry in entries)


def _icons_in_sprite() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (WEB / "static/vendor/lucide/icons.svg").read_text()))


def _icons_in_templates() -> set[str]:
    text = "\n".join(p.read_text() for p in (WEB / "templates").rglob("*.html"))
    return set(re.findall(r'{% icon "([^"]+)"', text)) | set(re.findall(r'icon_name="([^"]+)"', text))


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    assert _icons_in_templates() <= _icons_in_sprite()
