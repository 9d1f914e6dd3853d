"""What he wrote himself: without the mail that he answers, and without what his mail program or telephone adds below."""

from __future__ import annotations

import re

_MONTHS = r"jan|feb|f[ée]v|maart|mrt|mar|apr|avr|mei|mai|may|jun|juin|jul|juil|aug|ao[uû]t|sep|okt|oct|nov|dec|d[ée]c"
_DAY = rf"(\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{1,2}}\.?\s+({_MONTHS})|({_MONTHS})[a-zéû]*\.?\s+\d{{1,2}}|\d{{1,2}}:\d\d)"
_HEADS = (
    rf"Op\b.{{0,60}}{_DAY}.{{0,250}}\b(schreef|geschreven)\b.{{0,200}}:",
    rf"Am\b.{{0,60}}{_DAY}.{{0,250}}\bschrieb\b.{{0,200}}:",
    rf"Le\b.{{0,60}}{_DAY}.{{0,250}}\ba écrit\b.{{0,20}}:",
    rf"On\b.{{0,60}}{_DAY}.{{0,250}}\bwrote\b.{{0,20}}:",
)
_HEAD = re.compile(rf"^\s*({'|'.join(_HEADS)})\s*$", re.IGNORECASE)
_NAME_FIRST = re.compile(
    r"^.{1,200}<[^<>\s]+@[^<>\s]+>\s*(schreef|a écrit|wrote)\b.{0,100}:\s*$", re.IGNORECASE
)
_LINE = re.compile(
    r"^\s*(-{2,}\s*(original message|oorspronkelijk bericht|originele bericht|message d.origine|doorgestuurd bericht|"
    r"forwarded message|message transféré|begin doorgestuurd bericht).*|_{20,}|"
    r"(begin doorgestuurd bericht|begin forwarded message|début du message réexpédié)\s*:?)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^[\s*>]*(van|from|de|von)\s*\*?\s*:\s*\*?\s*\S.*$", re.IGNORECASE)
_OTHER = re.compile(
    r"^[\s*>]*(verzonden|verstuurd|datum|aan|onderwerp|sent|date|to|subject|cc|envoyé|à|objet|gesendet|an|betreff)\s*\*?\s*:",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"^\s*(--\s*|(verzonden|verstuurd) (vanaf|vanuit|met|via)\b.*|sent (from|with|via)\b.*|envoyé (de|depuis|à partir|avec)\b.*|"
    r"(outlook voor|outlook for|outlook pour|get outlook for|download outlook|ontvang outlook|obtenir outlook)\b.*)$",
    re.IGNORECASE,
)
_WRAPPED = 3  # lines over which a program may break the head of its quotation


def own_words(text: str) -> str:
    """``text`` up to the mail that it answers and without quoted lines; answers between the quoted lines are kept."""
    lines = text.split("\n")
    kept: list[str] = []
    for n, line in enumerate(lines):
        if _LINE.match(line) or _SIGN.match(line) or _is_outlook_head(lines, n):
            break
        if (length := _head_length(lines, n)) is not None:
            rest = lines[n + length :]
            kept += _between(rest)
            break
        if not line.lstrip().startswith((">", "|")):
            kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(one.rstrip() for one in kept)).strip()


def _head_length(lines: list[str], n: int) -> int | None:
    """Over how many lines the head of a quotation that begins here goes; None when none begins."""
    if not lines[n].strip() or len(lines[n]) > 500:
        return None
    if _NAME_FIRST.match(lines[n]):
        return 1
    for length in range(1, _WRAPPED + 1):
        joined = " ".join(one.strip() for one in lines[n : n + length])
        if len(joined) <= 500 and _HEAD.match(joined):
            return length
    return None


def _between(rest: list[str]) -> list[str]:
    """What he wrote between the lines that he quotes; nothing when the quotation is not marked line by line."""
    marked = [i for i, line in enumerate(rest) if line.lstrip().startswith(">")]
    first = next((i for i, line in enumerate(rest) if line.strip()), None)
    if not marked or first not in marked:
        return []
    kept = []
    for line in rest:
        if _SIGN.match(line) or _LINE.match(line):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return kept


def _is_outlook_head(lines: list[str], n: int) -> bool:
    """A block of *Van:*, *Verzonden:*, *Aan:*: the head of the mail that Outlook puts below."""
    if not _FROM.match(lines[n]):
        return False
    following = [line for line in lines[n + 1 : n + 8] if line.strip()][:4]
    return sum(1 for line in following if _OTHER.match(line)) >= 2
