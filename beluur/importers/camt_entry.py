"""One walk over one CAMT entry: what it and its details say, as text, without deciding anything.

Every field would be one search from the top again; a walk that looks each child up by its name is three times as fast.
Names are compared without their namespace, so that any version and any prefix reads the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from beluur.importers.xml_tree import Element

_AMOUNTS = ("TxAmt", "CntrValAmt", "InstdAmt")
_NAMES = frozenset(("Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr"))
_ACCOUNTS = frozenset(("DbtrAcct", "CdtrAcct"))
_INSIDE_A_PARTY = frozenset(("Pty", "Agt", "FinInstnId"))  # since version 08 a party is one or the other
_PARTY_DEPTH = 3


class Part:
    """What an entry, or one of its details, says. ``leaves`` holds text by the element's own name; of a party, its name and its
    account's number."""

    code = ""
    returned: str | None = None  # the reason, "" when it gives none
    lines: tuple[str, ...] = ()  # unstructured remittance
    references: tuple[str, ...] = ()  # structured ones
    documents: tuple[str, ...] = ()  # what else the structured remittance says: invoice numbers
    amounts: Element | None = None  # only looked into when there are several details

    def __init__(self) -> None:
        self.leaves: dict[str, str] = {}
        self.details: list[Part] = []


_Reader = Callable[["Part", Element, "_Tags"], None]
_Wanted = dict[str, tuple[str, _Reader]]


class _Tags:
    """How the elements are called in one namespace; ``cut`` is where a name begins behind it. With a name stands
    a leaf, which is read as it is, without one the reader of the element."""

    __slots__ = ("cut", "detail", "entry", "references")

    entry: _Wanted
    detail: _Wanted
    references: _Wanted

    def __init__(self, space: str) -> None:
        self.cut = len(space)
        self.entry, self.detail, self.references = (
            {space + name: ("", reader) for name, reader in known.items()}
            | {space + name: (name, _amounts) for name in leaves}
            for known, leaves in ((_ENTRY, _ENTRY_LEAVES), (_DETAIL, _DETAIL_LEAVES), ({}, _REFERENCES))
        )


@lru_cache(maxsize=64)
def _tags_of(tag: str) -> _Tags:
    """Those in the namespace of ``tag``."""
    return _Tags(tag[: tag.rfind("}") + 1])


def walk(entry: Element) -> Part:
    """The entry, with its details."""
    part = Part()
    tags = _tags_of(entry.tag)
    _into(part, entry, tags, tags.entry)
    return part


def amounts_of(detail: Part) -> dict[str, tuple[str, str]]:
    """The amounts of one detail by their element: text and currency. ``Amt`` is its own, the others what stands behind it."""
    found = {}
    if "Amt" in detail.leaves:
        found["Amt"] = (detail.leaves["Amt"], detail.leaves["Ccy"])
    for kind in () if detail.amounts is None else detail.amounts:
        cut = kind.tag.rfind("}") + 1
        if kind.tag[cut:] in _AMOUNTS:
            for amount in kind:
                if amount.tag[cut:] == "Amt":
                    found[kind.tag[cut:]] = ((amount.text or "").strip(), amount.get("Ccy", ""))
    return found


def _into(part: Part, element: Element, tags: _Tags, wanted: _Wanted) -> None:
    """Reads the children that are ``wanted``; most of what stands in an entry is not for us."""
    of, leaves = wanted.get, part.leaves
    for child in element:
        found = of(child.tag)
        if found is not None:
            leaf, reader = found
            if leaf:
                leaves[leaf] = (child.text or "").strip()
            else:
                reader(part, child, tags)


def _inner(element: Element) -> str:
    """The text of the first child: of a choice, whichever was chosen."""
    return (element[0].text or "").strip() if len(element) else ""


def _amount(part: Part, element: Element, _tags: _Tags) -> None:
    part.leaves["Amt"] = (element.text or "").strip()
    part.leaves["Ccy"] = element.get("Ccy", "")


def _status(part: Part, element: Element, _tags: _Tags) -> None:
    part.leaves["Sts"] = (element.text or "").strip() or _inner(element)


def _booked(part: Part, element: Element, _tags: _Tags) -> None:
    part.leaves["BookgDt"] = _inner(element)


def _valued(part: Part, element: Element, _tags: _Tags) -> None:
    part.leaves["ValDt"] = _inner(element)


def _code(part: Part, element: Element, tags: _Tags) -> None:
    for child in element:
        if child.tag[tags.cut :] == "Domn":
            part.code = _domain(child)
            return
        part.code = part.code or _inner(child)


def _domain(element: Element) -> str:
    """``PMNT/RCDT/ESCT``: the domain's own code stands first, then its family with the codes inside."""
    leaves = [leaf for child in element for leaf in (child if len(child) else (child,))]
    return "/".join([(leaf.text or "").strip() for leaf in leaves])


def _details(part: Part, element: Element, tags: _Tags) -> None:
    for child in element:
        if child.tag[tags.cut :] == "TxDtls":
            detail = Part()
            _into(detail, child, tags, tags.detail)
            part.details.append(detail)


def _refs(part: Part, element: Element, tags: _Tags) -> None:
    _into(part, element, tags, tags.references)


def _amounts(part: Part, element: Element, _tags: _Tags) -> None:
    part.amounts = element


def _parties(part: Part, element: Element, tags: _Tags) -> None:
    for child in element:
        name = child.tag[tags.cut :]
        if name in _NAMES:
            part.leaves[name] = party_name(child, tags.cut)
        elif name in _ACCOUNTS:
            part.leaves[name] = account_number(child, tags.cut)


def party_name(element: Element, cut: int, depth: int = _PARTY_DEPTH) -> str:
    """The name of a party, also when it stands one level deeper, as since version 08."""
    for child in element:
        name = child.tag[cut:]
        if name == "Nm":
            return " ".join((child.text or "").split())
        if depth and name in _INSIDE_A_PARTY and (found := party_name(child, cut, depth - 1)):
            return found
    return ""


def account_number(element: Element, cut: int) -> str:
    """The number of an account without blanks: its IBAN, otherwise as the bank has it."""
    for child in element:
        if child.tag[cut:] == "Id" and len(child):
            number = child[0]
            written = _inner(number) or number.text or ""
            return written if written.isalnum() and written.isupper() else "".join(written.split()).upper()
    return ""


def _remittance(part: Part, element: Element, tags: _Tags) -> None:
    for child in element:
        name = child.tag[tags.cut :]
        if name == "Ustrd":
            part.lines = (*part.lines, child.text or "")
        elif name == "Strd":
            _structured(part, child, tags)


def _structured(part: Part, element: Element, tags: _Tags) -> None:
    for child in element:
        name = child.tag[tags.cut :]
        if name == "CdtrRefInf":
            part.references = (*part.references, *_texts(child, tags.cut, "Ref"))
        elif name == "RfrdDocInf":
            part.documents = (*part.documents, *_texts(child, tags.cut, "Nb"))
        elif name == "AddtlRmtInf":
            part.documents = (*part.documents, " ".join((child.text or "").split()))


def _texts(element: Element, cut: int, name: str) -> list[str]:
    return [(leaf.text or "").strip() for leaf in element if leaf.tag[cut:] == name]


def _returned(part: Part, element: Element, tags: _Tags) -> None:
    part.returned = part.returned or ""
    for child in element:
        name = child.tag[tags.cut :]
        if name == "Rsn":
            part.returned = _inner(child)
        elif name == "AddtlInf":
            part.leaves["RtrInf"] = f"{part.leaves.get('RtrInf', '')} {child.text or ''}"


_ENTRY: dict[str, _Reader] = {
    "Amt": _amount,
    "Sts": _status,
    "BookgDt": _booked,
    "ValDt": _valued,
    "BkTxCd": _code,
    "NtryDtls": _details,
}
_DETAIL: dict[str, _Reader] = {
    "Refs": _refs,
    "Amt": _amount,
    "AmtDtls": _amounts,
    "BkTxCd": _code,
    "RltdPties": _parties,
    "RmtInf": _remittance,
    "RtrInf": _returned,
}
_ENTRY_LEAVES = ("CdtDbtInd", "RvslInd", "AcctSvcrRef", "AddtlNtryInf")
_DETAIL_LEAVES = ("CdtDbtInd", "AddtlTxInf")
_REFERENCES = ("EndToEndId", "AcctSvcrRef")
