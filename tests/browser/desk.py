"""What the hand does at the desk: drop files, fill in a form, press keys."""

from __future__ import annotations

import base64
from typing import Any

_DROP = """(files) => {
  const all = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    all.items.add(new File([bytes], name));
  }
  const target = document.querySelector("main");
  for (const type of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: all }));
}"""


def drop(page: Any, **files: bytes) -> None:
    """Drops files on the page, all at once; ``name__ext`` is the file ``name.ext``."""
    named = [[name.replace("__", "."), base64.b64encode(content).decode()] for name, content in files.items()]
    page.evaluate(_DROP, named)


def fill(page: Any, **values: str) -> None:
    """Fills the fields of the form by their names."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("(node) => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def headline(page: Any) -> str:
    """The page's h1."""
    text: str = page.locator("h1").first.inner_text()
    return text


def has_focus(page: Any, selector: str) -> bool:
    """Whether the focus is on what ``selector`` names."""
    return bool(page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector))
