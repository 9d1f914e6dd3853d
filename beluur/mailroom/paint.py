"""Blocks to HTML and to text. Everything that comes from data is escaped; the text part reads without tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from beluur.mailroom.blocks import Block, Bullets, PageLink, Panel, Paragraph, Quotation, Signature, Table


@cache
def _layout() -> Template:
    loader = PackageLoader("beluur.mailroom", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("mail.html.jinja")


def html_of(blocks: Sequence[Block], *, subject: str, language: str, creditor: str) -> str:
    """The whole HTML document, 600 px wide at most."""
    named = [(type(block).__name__.lower(), block) for block in blocks]
    return _layout().render(blocks=named, subject=subject, language=language, creditor=creditor)


def text_of(blocks: Sequence[Block], language: str = "nl") -> str:
    """The text part: paragraphs with a blank line between them."""
    colon = "\u00a0:" if language == "fr" else ":"
    return "\n\n".join(filter(None, (_text(block, colon) for block in blocks))) + "\n"


def _text(block: Block, colon: str) -> str:
    match block:
        case Paragraph(lines):
            return "\n".join(lines)
        case Quotation(said, lines):
            return "\n".join([said, *(f"> {line}" for line in lines)])
        case Bullets(items, title):
            return _listed(title, items, colon)
        case Table(title=title, as_text=lines, totals=totals):
            ending = [f"{label}{colon} {value}" for label, value in totals]
            return "\n".join([_listed(title, lines, colon), *ending])
        case Panel(title=title, pairs=pairs, large=large, large_label=label):
            amount = [(label, large)] if large else []
            return "\n".join([*_head(title, colon), *_pairs([*amount, *pairs], colon)])
        case PageLink(said, button, url):
            return "\n".join([said, f"{button}{colon} {url}"])
        case Signature(closing, name, lines):
            return "\n".join([closing, "", name, *lines])


def _listed(title: str, items: Sequence[str], colon: str) -> str:
    return "\n".join([*_head(title, colon), *(f"- {item}" for item in items)])


def _head(title: str, colon: str) -> list[str]:
    return [f"{title}{colon}"] if title else []


def _pairs(pairs: Sequence[tuple[str, str]], colon: str) -> list[str]:
    return [f"{label}{colon} {value}" for label, value in pairs]
