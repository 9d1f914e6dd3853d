"""What a file is, by its content; the name's ending is not believed."""

from __future__ import annotations

import re

from beluur.importers.archive import Archive

_MT940 = re.compile(
    r"\A(?:\{1:[^\n]*|[^\n]{0,40}\n){0,5}:(?:20|21|25|28C?|60[FM]|61|62[FM]|64|65|86|13D?|34F):"
)
_CODA = re.compile(r"\A0{5}\d{6}.{6,}")
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_HTML = re.compile(rb"\A\s*(?:<!doctype html|<html|<head|<table|<body|<meta)", re.IGNORECASE)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])")


def sniff(content: bytes) -> str:
    """pdf, zip, document (a letter, slides), xlsx, xlsb, ods, xls, html, xml, empty; else text, for the caller to look into."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if content.startswith(b"PK"):
        return _zip_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if _HTML.match(content[:200]):
        return "html"
    return "xml" if _is_xml(content[:400]) else "text"


def _zip_kind(content: bytes) -> str:
    if _ODS in content[:200]:
        return "ods"
    names = Archive(content).names
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return "document"
    return "xlsb" if "xl/workbook.bin" in names else "xlsx" if "xl/workbook.xml" in names else "zip"


def _is_xml(start: bytes) -> bool:
    return bool(_XML.match(start) or (start[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<" in start[2:6]))


def is_mt940(text: str) -> bool:
    """Whether a text is a bank statement in MT940 or MT942."""
    return bool(_MT940.match(_start(text)))


def is_coda(text: str) -> bool:
    """Whether a text is a bank statement in CODA."""
    start = _start(text)
    return bool(_CODA.match(start) and "\n1" in start)


def _start(text: str) -> str:
    return text[:2000].replace("\r\n", "\n").lstrip("\ufeff\n ")
