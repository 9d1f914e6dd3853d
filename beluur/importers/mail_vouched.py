"""Whether the server that received a mail vouches for its sender (*Authentication-Results*, RFC 8601).

The From of a mail is what its writer typed. Only the server that took it in knows whether the domain named there signed it or
sent it; what it found it writes on top. A line of any other server, or further down, may come from the writer himself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from beluur.importers.mail_text import header_text

UNNAMED = "microsoft365"  # Exchange Online leaves its own name out
_COMMENT = re.compile(r"\([^()]*\)")
_ITEM = re.compile(r'(?:[^;"]|"[^"]*")+')
_METHOD = re.compile(r"^\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r'([a-z]+\.[a-z0-9.-]+)\s*=\s*"?([^\s;"]+)', re.IGNORECASE)
_SIGNS = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


class Vouched(StrEnum):
    """What the server says of the sender."""

    YES = "yes"
    NO = "no"  # it says that the mail does not come from there
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one server wrote: its name (lower case), and (method, result, properties) of each check."""

    server: str
    checks: tuple[tuple[str, str, dict[str, str]], ...] = ()


def found_on_top(message: Message) -> Found | None:
    """What stands in the topmost of these headers; None without one."""
    written = header_text(message, "Authentication-Results")[:4000]
    for _ in range(5):  # comments within comments
        written = _COMMENT.sub(" ", written)
    items = _ITEM.findall(written)
    if not items:
        return None
    named = "=" not in items[0]
    server = items[0].split()[0].lower() if named and items[0].split() else UNNAMED
    return Found(server, tuple(check for item in items[named:] for check in _check(item)))


def vouched(found: Found | None, trusted: str, sender: str) -> Vouched:
    """Of the address ``sender``, by the server with the name ``trusted``; with "" none is believed."""
    _, _, domain = sender.lower().rpartition("@")
    if found is None or not domain or not trusted.strip() or found.server != trusted.strip().lower():
        return Vouched.UNKNOWN
    if any(method == "dmarc" and result == "fail" for method, result, _ in found.checks):
        return Vouched.NO
    return Vouched.YES if any(_vouches(*check, domain) for check in found.checks) else Vouched.UNKNOWN


def _check(item: str) -> list[tuple[str, str, dict[str, str]]]:
    method = _METHOD.match(item)
    if method is None:
        return []
    properties = {name.lower(): value.lower() for name, value in _PROPERTY.findall(item)}
    return [(method[1].lower(), method[2].lower(), properties)]


def _vouches(method: str, result: str, properties: dict[str, str], domain: str) -> bool:
    """A pass counts for the domain that passed, and for those below it."""
    if result != "pass":
        return False
    if method == "dmarc":
        return properties.get("header.from", "").rpartition("@")[2] == domain
    named = next((properties[name] for name in _SIGNS.get(method, ()) if name in properties), "")
    signer = named.rpartition("@")[2]
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
