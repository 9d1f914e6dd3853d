"""Builds the icon sprite from lucide-static: ``scripts/icons.py FOLDER`` (the unpacked npm package).

The sprite holds the icons that templates name, and those that stand as a string in the Python of the screens.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "beluur" / "web" / "static" / "vendor"
SPRITE = VENDOR / "lucide" / "icons.svg"


def wanted(known: set[str]) -> list[str]:
    """The names of icons that the screens use, sorted; a word that happens to be an icon's name counts too."""
    templates = [*(ROOT / "beluur" / "web").rglob("*.html")]
    code = [*(ROOT / "beluur" / "web").rglob("*.py"), *(ROOT / "beluur" / "queries").rglob("*.py")]
    text = "\n".join(path.read_text() for path in (*templates, *code))
    return sorted(known & set(re.findall(r"""["']([a-z0-9-]+)["']""", text)))


def symbol(name: str, source: str) -> str:
    """One icon as a symbol of the sprite."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if found is None:
        raise ValueError(f"{name} is not an SVG")
    body = re.sub(r"\s*\n\s*", "", found.group(1))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def main(folder: Path) -> None:
    """Write the sprite and its entry in the manifest."""
    version = json.loads((folder / "package.json").read_text())["version"]
    icons = {path.stem: path for path in (folder / "icons").glob("*.svg")}
    lines = [symbol(name, icons[name].read_text()) for name in wanted(set(icons))]
    head = f"<!-- lucide-static {version}, ISC licence, only the icons that are used -->"
    SPRITE.write_text("\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', head, *lines, "</svg>", ""]))
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    entry = next(e for e in manifest if e["name"] == "lucide-static")
    entry["version"] = version
    entry["files"]["lucide/icons.svg"] = hashlib.sha256(SPRITE.read_bytes()).hexdigest()
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{len(lines)} icons")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
