"""XML from outside to a tree: no document type, no entities, no network, no depths; names without their namespaces.

A dropped file is not trusted: whatever declares a document type is refused before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from beluur.importers.limits import MAX_XML_DEPTH
from beluur.values.sentence import Sentence, say

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Element = etree._Element


def parse_xml(content: bytes) -> Element | Sentence:
    """The root element, or why the file is not read."""
    if declares_doctype(content):
        return say("xml.doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return why_broken(error)
    except (ValueError, LookupError):
        return say("xml.broken", line=1)
    if getattr(root.getroottree().docinfo, "doctype", ""):
        return say("xml.doctype")
    return say("xml.too-deep", limit=MAX_XML_DEPTH) if _too_deep(root) else root


def declares_doctype(content: bytes) -> bool:
    """Whether the bytes declare a document type or an entity, in an encoding that keeps ASCII recognisable."""
    plain = content.replace(b"\0", b"") if b"\0" in content else content
    return b"!" in plain and b"<!" in plain and _DOCTYPE.search(plain) is not None


def why_broken(error: etree.XMLSyntaxError) -> Sentence:
    """What the parser stumbled over, as a refusal."""
    text = str(error)
    if "xcessive depth" in text:
        return say("xml.too-deep", limit=MAX_XML_DEPTH)
    if "huge" in text.lower() or "too long" in text:
        return say("xml.too-large")
    return say("xml.broken", line=(error.position[0] if error.position else 0) or 1)


def _too_deep(root: Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_XML_DEPTH:
            return True
    return False


def local(element: Element) -> str:
    """The element's name without its namespace; "" for what is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: Element) -> int | None:
    """The 1-based line on which the element begins; None when it does not know."""
    line: int | None = getattr(element, "sourceline", None)
    return line


def namespace(element: Element) -> str:
    """The element's namespace, "" for none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def each(element: Element | None, path: str) -> Iterator[Element]:
    """The descendants along ``path``: local names with slashes, alternatives with bars (``Party/PartyName|Person``)."""
    if element is None:
        return
    step, _, rest = path.partition("/")
    names = step.split("|")
    for child in element:
        if local(child) in names:
            if rest:
                yield from each(child, rest)
            else:
                yield child


def first(element: Element | None, path: str) -> Element | None:
    """The first of `each`, None for none."""
    return next(each(element, path), None)


def text(element: Element | None, path: str = "") -> str:
    """The text of the first element along ``path`` that has any, blanks joined; "" for none."""
    found = each(element, path) if path else iter(() if element is None else (element,))
    return next((said for node in found if (said := " ".join((node.text or "").split()))), "")
