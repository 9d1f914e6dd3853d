"""A letter on paper, its address behind the window of the envelope: left in the Netherlands, right in Belgium (`window`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from beluur.mailroom.blocks import Block, Bullets, Panel, Paragraph, Signature, Table
from beluur.mailroom.clean import one_line
from beluur.mailroom.compose import ComposedMail
from beluur.mailroom.facts import CreditorFacts
from beluur.mailroom.letter import page_words, paper_word, set_pdf, set_pictures
from beluur.mailroom.parts import signed_as
from beluur.mailroom.window import places, side_in
from beluur.words import long_date_text


def letter_sheet(
    mail: ComposedMail, creditor: CreditorFacts, to: Sequence[str], *, country: str, on: date
) -> dict[str, Any]:
    """What `letters_pdf` sets, as plain data to be kept. ``to`` are the lines of the address; ``country`` is where
    it is posted."""
    under = tuple(
        one_line(line) for line in (*creditor.signature, signed_as(creditor, mail.language))
    )  # the rest is in the head
    pictures = {image.cid: list(image.data) for image in mail.images}
    return {
        "language": mail.language[:2],
        "creditor": one_line(creditor.name),
        "from": [one_line(line) for line in (*creditor.address, creditor.phone, creditor.email) if line],
        "back": ", ".join(one_line(line) for line in (creditor.name, *creditor.address)),
        "footer": " · ".join(one_line(part) for part in (creditor.name, creditor.registration) if part),
        "to": [
            one_line(line.replace("  ", " \u00a0")) for line in to if line.strip()
        ],  # PostNL reads two before a city
        "window": side_in(country),
        "day": long_date_text(on, mail.language),
        "subject": mail.subject,
        "page": page_words(mail.language),
        "blocks": [_data(block, pictures, under) for block in mail.blocks],
    }


def letters_pdf(sheets: Sequence[dict[str, Any]], language: str, day: date) -> bytes:
    """All letters in one PDF, each on pages of its own that are counted by themselves."""
    return set_pdf("letters.typ", _set(sheets, language), day)


def letter_pictures(sheet: dict[str, Any], language: str) -> tuple[bytes, ...]:
    """The pages of one letter as they would be printed, as PNG."""
    return set_pictures("letters.typ", _set([sheet], language))


def sheet_text(sheet: dict[str, Any]) -> str:
    """What stands on the sheet, for who does not see the picture of it."""
    said = [
        "\n".join(sheet["to"]),
        sheet["day"],
        sheet["subject"],
        *(_said(block) for block in sheet["blocks"]),
    ]
    return "\n\n".join(text for text in said if text)


def _set(sheets: Sequence[dict[str, Any]], language: str) -> dict[str, Any]:
    title = paper_word("letters", language)
    return {"title": title, "language": language[:2], "sheets": list(sheets), "places": places()}


def _said(block: dict[str, Any]) -> str:
    match block["kind"]:
        case "bullets":
            lines = [block["title"], *(f"– {item}" for item in block["items"])]
        case "table":
            rows = ["  ".join(part for cell in row for part in cell if part) for row in block["rows"]]
            lines = [block["title"], *rows, *("  ".join(pair) for pair in block["totals"])]
        case "panel":
            lines = [block["title"], block["large"], *("  ".join(pair) for pair in block["pairs"])]
        case "signature":
            lines = [block["closing"], block["name"], *block["lines"]]
        case _:
            lines = block["lines"]
    return "\n".join(line for line in lines if line)


def _data(block: Block, pictures: dict[str, list[int]], under: tuple[str, ...]) -> dict[str, Any]:
    match block:
        case Paragraph(lines):
            return {"kind": "paragraph", "lines": list(lines)}
        case Bullets(items, title):
            return {"kind": "bullets", "title": title, "items": list(items)}
        case Table():
            rows = [[[cell.text, cell.under] for cell in row] for row in block.rows]
            return {
                "kind": "table",
                "title": block.title,
                "columns": list(block.columns),
                "rows": rows,
                "totals": [list(pair) for pair in block.totals],
            }
        case Panel():
            return {
                "kind": "panel",
                "title": block.title,
                "large": block.large,
                "pairs": [list(pair) for pair in block.pairs],
                "picture": pictures.get(block.picture, []),
                "caption": block.caption,
                "alt": block.picture_alt,
            }
        case Signature(closing, name, lines):
            shown = [line for line in lines if line in under]
            return {"kind": "signature", "closing": closing, "name": name, "lines": shown}
        case _:
            return {"kind": "paragraph", "lines": []}
