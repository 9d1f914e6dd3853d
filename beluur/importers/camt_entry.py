"""One walk over one CAMT entry: what it and its details say, as text, without deciding anything.

Every field would be one search from the top again; a walk that looks each child up by its name is three times as fast.
Names are compared without their namespace, so that any version and any prefix reads the same.
"""

from __future__ import annotations

from collections.abc import Callable

from beluur.importers.xml_tree import Element

_AMOUNTS = ("TxAmt", "CntrValAmt", "InstdAmt")
_NAMES = frozenset(("Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr"))
_ACCOUNTS = frozenset(("DbtrAcct", "CdtrAcct"))
_INSIDE_A_PARTY = frozenset(("Pty", "Agt", "FinInstnId"))  # since version 08 a party is one or the other
_PARTY_DEPTH = 3


class Part:
    """What an entry, or one of its details, says. ``leaves`` holds text by the element's own name; of a party, its name and its
    account's number."""

    __slots__ = ("amounts", "code", "details", "documents", "leaves", "lines", "references", "returned")

    def __init__(self) -> None:
        self.leaves: dict[str, str] = {}
        self.code = ""
        self.returned: str | None = None  # the reason, "" when it gives none
        self.lines: tuple[str, ...] = ()  # unstructured remittance
        self.references: tuple[str, ...] = ()  # structured ones
        self.documents: tuple[str, ...] = ()  # what else the structured remittance says: invoice numbers
        self.details: list[Part] = []
        self.amounts: Element | None = None  # only looked into when there are several details


_Reader = Callable[[Part, Element, int], None]


def walk(entry: Element) -> Part:
    """The entry, with its details."""
    part = Part()
    _into(part, entry, entry.tag.rfind("}") + 1, _ENTRY)
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


def _into(part: Part, element: Element, cut: int, readers: dict[str, _Reader | None]) -> None:
    """Reads the children that ``readers`` knows: by their reader, and a leaf, which has none, as it is."""
    known = readers.get
    for child in element:
        name = child.tag[cut:]
        reader = known(name, _skip)
        if reader is None:
            part.leaves[name] = (child.text or "").strip()
        else:
            reader(part, child, cut)


def _skip(*_: object) -> None:
    """Most of what stands in an entry is not for us."""


def _inner(element: Element) -> str:
    """The text of the first child: of a choice, whichever was chosen."""
    return (element[0].text or "").strip() if len(element) else ""


def _amount(part: Part, element: Element, _cut: int) -> None:
    part.leaves["Amt"] = (element.text or "").strip()
    part.leaves["Ccy"] = element.get("Ccy", "")


def _status(part: Part, element: Element, _cut: int) -> None:
    part.leaves["Sts"] = (element.text or "").strip() or _inner(element)


def _booked(part: Part, element: Element, _cut: int) -> None:
    part.leaves["BookgDt"] = _inner(element)


def _valued(part: Part, element: Element, _cut: int) -> None:
    part.leaves["ValDt"] = _inner(element)


def _code(part: Part, element: Element, cut: int) -> None:
    for child in element:
        if child.tag[cut:] == "Domn":
            part.code = _domain(child)
            return
        part.code = part.code or _inner(child)


def _domain(element: Element) -> str:
    """``PMNT/RCDT/ESCT``: the domain's own code stands first, then its family with the codes inside."""
    leaves = [leaf for child in element for leaf in (child if len(child) else (child,))]
    return "/".join([(leaf.text or "").strip() for leaf in leaves])


def _details(part: Part, element: Element, cut: int) -> None:
    for child in element:
        if child.tag[cut:] == "TxDtls":
            detail = Part()
            _into(detail, child, cut, _DETAIL)
            part.details.append(detail)


def _refs(part: Part, element: Element, cut: int) -> None:
    _into(part, element, cut, _REFERENCES)


def _amounts(part: Part, element: Element, _cut: int) -> None:
    part.amounts = element


def _parties(part: Part, element: Element, cut: int) -> None:
    for child in element:
        name = child.tag[cut:]
        if name in _NAMES:
            part.leaves[name] = party_name(child, cut)
        elif name in _ACCOUNTS:
            part.leaves[name] = account_number(child, cut)


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


def _remittance(part: Part, element: Element, cut: int) -> None:
    for child in element:
        name = child.tag[cut:]
        if name == "Ustrd":
            part.lines = (*part.lines, child.text or "")
        elif name == "Strd":
            _structured(part, child, cut)


def _structured(part: Part, element: Element, cut: int) -> None:
    for child in element:
        name = child.tag[cut:]
        if name == "CdtrRefInf":
            part.references = (*part.references, *_texts(child, cut, "Ref"))
        elif name == "RfrdDocInf":
            part.documents = (*part.documents, *_texts(child, cut, "Nb"))
        elif name == "AddtlRmtInf":
            part.documents = (*part.documents, " ".join((child.text or "").split()))


def _texts(element: Element, cut: int, name: str) -> list[str]:
    return [(leaf.text or "").strip() for leaf in element if leaf.tag[cut:] == name]


def _returned(part: Part, element: Element, cut: int) -> None:
    part.returned = part.returned or ""
    for child in element:
        name = child.tag[cut:]
        if name == "Rsn":
            part.returned = _inner(child)
        elif name == "AddtlInf":
            part.leaves["RtrInf"] = f"{part.leaves.get('RtrInf', '')} {child.text or ''}"


_ENTRY: dict[str, _Reader | None] = {
    "Amt": _amount,
    "CdtDbtInd": None,
    "RvslInd": None,
    "Sts": _status,
    "BookgDt": _booked,
    "ValDt": _valued,
    "AcctSvcrRef": None,
    "BkTxCd": _code,
    "NtryDtls": _details,
    "AddtlNtryInf": None,
}
_DETAIL: dict[str, _Reader | None] = {
    "Refs": _refs,
    "Amt": _amount,
    "CdtDbtInd": None,
    "AmtDtls": _amounts,
    "BkTxCd": _code,
    "RltdPties": _parties,
    "RmtInf": _remittance,
    "AddtlTxInf": None,
    "RtrInf": _returned,
}
_REFERENCES: dict[str, _Reader | None] = {"EndToEndId": None, "AcctSvcrRef": None}
