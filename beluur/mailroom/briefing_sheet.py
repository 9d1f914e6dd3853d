"""The briefing on paper: all that one takes along to a call, on one A4 (C1-C13). What does not fit stands in the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from beluur.mailroom.clean import one_line
from beluur.mailroom.letter import page_words, paper_word, set_pdf, short_day
from beluur.mailroom.voice import sums
from beluur.values.money import Money
from beluur.values.sentence import Sentence
from beluur.words import money_text, render

Text = str | Sentence

_MOST_NUMBERS, _MOST_CONTACTS, _MOST_QUESTIONS, _MOST_REASONS, _MOST_OPENINGS = 2, 3, 8, 4, 3
_MOST_DOTS = 24
_LEFT = ("goal", "behaviour", "reasons", "promises")
_RIGHT = ("calls", "delivery", "special", "reminders")
_COLUMNS = ("invoice", "what", "issued", "due", "late", "amount", "open")


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of each list a page gets; the first that fits one A4 is used."""

    invoices: int
    items: int
    longest: int
    spoken: int  # reasons and opening lines: cut last, for they are what the page is for
    questions: int
    notes_mm: int
    what: int


_ROOMS = (
    _Room(12, 5, 200, 180, 8, 60, 60),
    _Room(12, 4, 150, 180, 8, 58, 60),
    _Room(8, 3, 110, 180, 7, 56, 22),
    _Room(6, 2, 80, 150, 6, 50, 22),
    _Room(4, 1, 45, 90, 5, 37, 22),
    _Room(2, 1, 24, 55, 3, 26, 22),
)


@dataclass(frozen=True, slots=True)
class SheetInvoice:
    """A line of the briefing's table. ``late`` in calendar days, negative before the due date."""

    number: str
    issued: date | None
    due: date | None
    late: int | None
    amount: Money
    open: Money
    what: str = ""


@dataclass(frozen=True, slots=True)
class SheetContact:
    """A person at the debtor."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class BriefingSheet:
    """All that the caller takes along. Texts are plain or Sentences; ``numbers`` are (number, whose); ``days_late`` of his paid
    invoices, the oldest first, make the small picture; the language is the caller's. What does not fit is cut with a remark,
    so that it stays one page."""

    language: str
    printed_on: date
    creditor: str
    caller: str
    debtor: str
    who: Text = ""
    numbers: tuple[tuple[str, str], ...] = ()
    because: tuple[Text, ...] = ()
    opening: tuple[Text, ...] = ()
    invoices: tuple[SheetInvoice, ...] = ()
    goal: tuple[Text, ...] = ()
    contacts: tuple[SheetContact, ...] = ()
    promises: tuple[Text, ...] = ()
    calls: tuple[Text, ...] = ()
    reminders: tuple[Text, ...] = ()
    behaviour: tuple[Text, ...] = ()
    days_late: tuple[int, ...] = ()
    reasons: tuple[Text, ...] = ()
    delivery: tuple[Text, ...] = ()
    special: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = ()
    address: str = ""


def briefing_pdf(sheet: BriefingSheet) -> bytes:
    """The briefing as PDF: one A4, however much there is to say."""
    made = b""
    for room in _ROOMS:
        made = set_pdf("briefing.typ", _briefing_data(sheet, room), sheet.printed_on)
        if len(PdfReader(BytesIO(made)).pages) == 1:
            break
    return made


def _briefing_data(sheet: BriefingSheet, room: _Room) -> dict[str, Any]:
    language = sheet.language
    rest = len(sheet.invoices) - room.invoices
    printed = paper_word("printed", language, day=sheet.printed_on, caller=one_line(sheet.caller))
    late = max((i.late for i in sheet.invoices if i.late is not None), default=0)
    summary = paper_word("summary", language, invoices=len(sheet.invoices), days=max(late, 0))
    return {
        "title": f"{paper_word('title', language)}: {one_line(sheet.debtor)}",
        "language": language[:2],
        "creditor": one_line(sheet.creditor),
        "footer": one_line(f"{sheet.creditor}. {printed}"),
        "page": page_words(language),
        "debtor": _cut(one_line(sheet.debtor), 48),
        "who": _said(sheet.who, language, 70),
        "address": _cut(one_line(sheet.address), 90),
        "totals": [money_text(amount, language) for amount in sums(i.open for i in sheet.invoices)],
        "late": summary if sheet.invoices else "",
        "numbers": [
            {"number": n, "whose": _cut(one_line(whose), 40)} for n, whose in sheet.numbers[:_MOST_NUMBERS]
        ],
        "contacts": [_contact(contact) for contact in sheet.contacts[:_MOST_CONTACTS]],
        "because": [_said(reason, language, room.spoken) for reason in sheet.because[:_MOST_REASONS]],
        "opening": [_said(line, language, room.spoken) for line in sheet.opening[:_MOST_OPENINGS]],
        "invoices": [_sheet_row(invoice, language, room) for invoice in sheet.invoices[: room.invoices]],
        "more": paper_word("more", language, invoices=rest) if rest > 0 else "",
        "left": _sections(sheet, room, _LEFT),
        "right": _sections(sheet, room, _RIGHT),
        "missing": _texts(sheet.missing, language, room),
        "questions": [
            _said(question, language, 90)
            for question in sheet.questions[: min(room.questions, _MOST_QUESTIONS)]
        ],
        "notes_mm": room.notes_mm,
        "words": _words(language),
    }


def _words(language: str) -> dict[str, Any]:
    names = (
        "title",
        "total",
        "numbers",
        "no_number",
        "why",
        "opening",
        "missing",
        "questions",
        "notes",
        "above_line",
    )
    return {
        **{name: paper_word(name, language) for name in names},
        "columns": [paper_word(f"column_{name}", language) for name in _COLUMNS],
    }


def _sections(sheet: BriefingSheet, room: _Room, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """What there is to say under each name; the picture goes with how he pays."""
    return [
        {
            "title": paper_word(name, sheet.language),
            "items": _texts(items, sheet.language, room),
            "picture": list(sheet.days_late[-_MOST_DOTS:]) if name == "behaviour" else [],
        }
        for name in names
        if (items := getattr(sheet, name))
    ]


def _contact(contact: SheetContact) -> dict[str, str]:
    detail = ", ".join(one_line(part) for part in (contact.role, contact.phone, contact.email) if part)
    return {"name": _cut(one_line(contact.name), 40), "detail": _cut(detail, 80)}


def _sheet_row(invoice: SheetInvoice, language: str, room: _Room) -> list[str]:
    late = str(invoice.late) if invoice.late is not None else ""
    return [
        one_line(invoice.number)[:24],
        _cut(one_line(invoice.what), room.what),
        short_day(invoice.issued, language),
        short_day(invoice.due, language),
        late,
        money_text(invoice.amount, language),
        money_text(invoice.open, language),
    ]


def _texts(items: Iterable[Text], language: str, room: _Room) -> list[str]:
    texts = [_said(item, language, room.longest) for item in items]
    if len(texts) <= room.items:
        return texts
    if room.items == 1:
        return [f"{texts[0]} ({paper_word('more_items', language, items=len(texts) - 1)})"]
    return [*texts[: room.items - 1], paper_word("more_items", language, items=len(texts) - room.items + 1)]


def _said(text: Text, language: str, longest: int) -> str:
    return _cut(one_line(render(text, language) if isinstance(text, Sentence) else text), longest)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
