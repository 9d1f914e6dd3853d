"""Customer codes where a header promises a name: in a column of their own beside one of names, or with the name in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from beluur.importers.cells import Cell, squash, text_of
from beluur.importers.headers import known_as

_NAMES = ("naam", "name", "nom")
_CODE = r"[A-Z]{0,4}[-.]?\d[\dA-Z.]{0,14}"
_CODE_ALONE = re.compile(rf"{_CODE}\Z")
_BEFORE = re.compile(rf"(?P<code>{_CODE})\s*[-–:|]\s+(?P<name>\S.*)\Z")
_BEHIND = re.compile(rf"(?P<name>\S.*?)\s*[(\[](?P<code>{_CODE})[)\]]\Z")


def with_codes(
    headers: Sequence[str], roles: Sequence[str], rows: Sequence[Sequence[Cell]], mapping: Mapping[str, str]
) -> list[str]:
    """The roles, and when the column for the debtor holds only codes and one beside it is headed Name: number and debtor. In a
    list of invoices where nobody else is named, who is headed Contact owes. What the user said, in ``mapping``, stays."""
    result = list(roles)
    said = {squash(header) for header in mapping}
    if not {"debtor", "customer_number"} & set(roles) and {"number", "contact"} <= set(roles):
        contact = roles.index("contact")
        result[contact] = "contact" if squash(headers[contact]) in said else "debtor"
    if "debtor" not in roles or "contact" not in roles or "customer_number" in roles:
        return result
    code, name = roles.index("debtor"), roles.index("contact")
    if known_as(headers[name]) not in _NAMES or said & {squash(headers[code]), squash(headers[name])}:
        return result
    pairs = [
        (text_of(row[code]), text_of(row[name]))
        for row in rows
        if max(code, name) < len(row) and row[name] != ""
    ]
    codes = [of for of, named in pairs if of and named]
    if codes and all(map(_CODE_ALONE.match, codes)):
        result[code], result[name] = "customer_number", "debtor"
    return result


def split_names(names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Code and name of each of ``names``, when all are written as the two in one, and no two have the same code; else nothing."""
    distinct = [name for name in dict.fromkeys(names) if name]
    if len(distinct) < 2:
        return {}
    for form in (_BEFORE, _BEHIND):
        found = {name: (m["code"], m["name"]) for name in distinct if (m := form.match(name))}
        if len(found) == len(distinct) == len({code for code, _ in found.values()}):
            return found
    return {}
