"""Column headers to roles, and the fingerprint by which the shape of a file is known again."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from beluur.importers.cells import squash

_ADDITION = re.compile(
    r"(?:incl(?:usief)?btw|ttc|incltax|inclvat)?(?:in|en)?(?:euro?|usd|gbp|chf|sek|nok|dkk|pln|czk|cad|aud|jpy)?s?\Z"
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")

_SAYS_OPEN = re.compile(
    r"openst|nogopen|openpost|nogtebet|restant|teontvangen|tevorderen|outstanding|unpaid|amountdue|resteapayer|soldeouvert|montantouvert"
)
_SAYS_ELSE = re.compile(r"dagen|days|jours|sinds|since|depuis|datum|nummer|aantal")

_TABLE: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    resources.files(__package__).joinpath("headers.toml").read_text("utf-8")
)

ROLES: tuple[str, ...] = tuple(_TABLE)
AMOUNT_ROLES = ("amount", "open", "paid", "debit", "credit")
DATE_ROLES = ("due", "issued")
DEBTOR_ROLES = (
    "debtor", "customer_number", "vat", "company_number", "iban", "email", "phone", "street", "house_number", "postcode", "city",
    "country", "language", "kind",
)  # fmt: skip
CONTACT_ROLES = ("contact", "first_name", "last_name", "role", "mobile", "contact_phone", "contact_email")


def _aliases(strength: str) -> dict[str, list[str]]:
    return {role: [squash(alias) for alias in table.get(strength, ())] for role, table in _TABLE.items()}


_ALIASES = (_aliases("strong"), _aliases("weak"))
_KNOWN = {alias for strength in _ALIASES for aliases in strength.values() for alias in aliases}


@lru_cache(maxsize=4096)
def known_as(header: str) -> str:
    """The squashed name under which ``header`` stands in the table, "" when it does not."""
    if "%" in header:
        return ""  # a share is neither an amount nor a day
    code = header.partition(" ")[0]
    for text in (header, _BRACKETS.sub("", header), code if code.count(".") > 1 else ""):
        name = squash(text)
        for candidate in (name, _ADDITION.sub("", name) if name != "crediteur" else ""):
            if candidate in _KNOWN:
                return candidate
    return ""


def role_of(name: str) -> str:
    """The role of a name of `known_as`, "" for none."""
    return next((role for table in _ALIASES for role, aliases in table.items() if name in aliases), "")


def recognised(cell: object) -> bool:
    """Whether ``cell`` is a text that heads a column in some export."""
    return isinstance(cell, str) and 0 < len(cell) < 60 and bool(known_as(cell))


def assign(headers: Sequence[str], mapping: Mapping[str, str] | None = None) -> list[str]:
    """The role of each header, "" for none; each role once. ``mapping`` (header to role, "" to ignore) goes before all else."""
    chosen = {squash(header): role for header, role in (mapping or {}).items()}
    roles: list[str | None] = [_chosen(chosen, header) for header in headers]
    names = [known_as(header) for header in headers]
    taken = {role for role in roles if role}
    for strength in _ALIASES:
        for role, aliases in strength.items():
            free = (
                [a for a in aliases if a in names and roles[names.index(a)] is None]
                if role not in taken
                else []
            )
            if free:
                roles[names.index(free[0])] = role
                taken.add(role)
    if "number" in taken and "open" not in taken:
        told = [n for n, role in enumerate(roles) if role is None and _says_open(headers[n])]
        if len(told) == 1:
            roles[told[0]] = "open"
    return [role or "" for role in roles]


def _says_open(header: str) -> bool:
    name = squash(header)
    return bool(_SAYS_OPEN.search(name)) and not _SAYS_ELSE.search(name) and "%" not in header


def _chosen(chosen: Mapping[str, str], header: str) -> str | None:
    role = chosen.get(squash(header))
    return role if role == "" or role in ROLES else None


def unique(headers: Sequence[str]) -> tuple[str, ...]:
    """The headers as shown: what stands twice gets a number, so that each can be pointed at."""
    seen: dict[str, int] = {}
    result = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        result.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(result)


def shape(headers: Sequence[str]) -> str:
    """A fingerprint of the header row: the same for two exports of one kind."""
    return hashlib.sha256("|".join(map(squash, headers)).encode()).hexdigest()[:16]
