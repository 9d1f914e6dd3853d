"""Whether two contacts of one debtor are the same person or desk."""

from __future__ import annotations

from collections.abc import Mapping


def same_person(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """The same mail address; or the same name with no other number; or the same number without another name."""
    if a["email"] and a["email"].lower() == b["email"].lower():
        return True
    if a["name"] and b["name"]:
        same = a["name"].casefold() == b["name"].casefold()
        return same and (not a["phone"] or not b["phone"] or a["phone"] == b["phone"])
    return bool(a["phone"]) and a["phone"] == b["phone"]
