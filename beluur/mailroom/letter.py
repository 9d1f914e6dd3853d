"""Paper: the briefing on one A4 and the statement of account, as PDF by typst.

Data goes in as JSON, so that a customer's text stays text. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

import typst
from pypdf import PdfReader

from beluur.mailroom.clean import one_line
from beluur.mailroom.epc import grouped_iban, iban_problem
from beluur.mailroom.facts import CreditorFacts, InvoiceLine, RecipientFacts
from beluur.mailroom.payment import common_reference
from beluur.mailroom.voice import sums, voice_of
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import date_text, long_date_text, money_text, render

Text = str | Sentence

_MOST_NUMBERS, _MOST_CONTACTS, _MOST_QUESTIONS, _MOST_REASONS, _MOST_OPENINGS = 2, 3, 5, 4, 3
_COLUMNS = ("invoice", "what", "issued", "due", "late", "amount", "open")


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of each list a page gets; the first that fits one A4 is used."""

    invoices: int
    items: int
    longest: int
    spoken: int  # reasons and opening lines: cut last, for they are what the page is for
    notes_mm: int


_ROOMS = (
    _Room(12, 4, 180, 180, 52),
    _Room(10, 3, 110, 180, 52),
    _Room(8, 2, 80, 180, 52),
    _Room(4, 2, 45, 90, 38),
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
    """All that the caller takes along. Texts are plain or Sentences; ``numbers`` are (number, whose); the language is the
    caller's. Longest lists are cut with a remark, so that it stays one page."""

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
    special: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = ()


def briefing_pdf(sheet: BriefingSheet) -> bytes:
    """The briefing as PDF: one A4, however much there is to say."""
    made = b""
    for room in _ROOMS:
        made = _pdf("briefing.typ", _briefing_data(sheet, room), sheet.printed_on)
        if len(PdfReader(BytesIO(made)).pages) == 1:
            break
    return made


def statement_pdf(
    creditor: CreditorFacts, recipient: RecipientFacts, invoices: tuple[InvoiceLine, ...], *, today: date
) -> bytes:
    """The statement of account as PDF, in the debtor's language."""
    voice = voice_of(recipient)
    columns = ("invoice", "date", "due", "pay_amount", "open")
    title = render(say("letter.statement.title", day=long_date_text(today, voice.language)), voice.language)
    data: dict[str, Any] = {
        "title": title,
        "creditor": one_line(creditor.name),
        "language": voice.language[:2],
        "footer": one_line(f"{creditor.name} {creditor.registration}"),
        "page": _page(voice.language),
        "to": [one_line(line) for line in (recipient.debtor, recipient.contact) if line],
        "from": [one_line(line) for line in (*creditor.address, creditor.phone, creditor.email) if line],
        "words": {"columns": [voice.word(name) for name in columns], "payment": voice.word("payment")},
        "invoices": [_statement_row(invoice, voice.language) for invoice in invoices],
        "totals": [[voice.word("total"), voice.money(amount)] for amount in sums(i.open for i in invoices)],
        "payment": [],
    }
    if invoices and iban_problem(creditor.iban) is None:
        reference = common_reference(invoices)
        name = "reference_structured" if reference.structured else "reference_free"
        pairs = ((voice.word("iban"), grouped_iban(creditor.iban)), (voice.word(name), reference.text))
        data["payment"] = [*pairs, (voice.word("holder"), one_line(creditor.name))]
    return _pdf("statement.typ", data, today)


def _statement_row(invoice: InvoiceLine, language: str) -> list[str]:
    days = (_day(invoice.issued, language), _day(invoice.due, language))
    amounts = (money_text(invoice.amount, language), money_text(invoice.open, language))
    return [one_line(invoice.number), *days, *amounts]


def _briefing_data(sheet: BriefingSheet, room: _Room) -> dict[str, Any]:
    language = sheet.language
    rest = len(sheet.invoices) - room.invoices
    printed = _word("printed", language, day=sheet.printed_on, caller=one_line(sheet.caller))
    late = max((i.late for i in sheet.invoices if i.late is not None), default=0)
    summary = _word("summary", language, invoices=len(sheet.invoices), days=max(late, 0))
    return {
        "title": f"{_word('title', language)}: {one_line(sheet.debtor)}",
        "language": language[:2],
        "creditor": one_line(sheet.creditor),
        "footer": one_line(f"{sheet.creditor}. {printed}"),
        "page": _page(language),
        "debtor": _cut(one_line(sheet.debtor), 48),
        "who": _said(sheet.who, language, 70),
        "totals": [money_text(amount, language) for amount in sums(i.open for i in sheet.invoices)],
        "late": summary if sheet.invoices else "",
        "numbers": [
            {"number": n, "whose": _cut(one_line(whose), 40)} for n, whose in sheet.numbers[:_MOST_NUMBERS]
        ],
        "contacts": [_contact(contact) for contact in sheet.contacts[:_MOST_CONTACTS]],
        "because": [_said(reason, language, room.spoken) for reason in sheet.because[:_MOST_REASONS]],
        "opening": [_said(line, language, room.spoken) for line in sheet.opening[:_MOST_OPENINGS]],
        "invoices": [_sheet_row(invoice, language) for invoice in sheet.invoices[: room.invoices]],
        "more": _word("more", language, invoices=rest) if rest > 0 else "",
        "sections": _sections(sheet, room),
        "missing": _texts(sheet.missing, language, room),
        "questions": [_said(question, language, 90) for question in sheet.questions[:_MOST_QUESTIONS]],
        "notes_mm": room.notes_mm,
        "words": _words(language),
    }


def _words(language: str) -> dict[str, Any]:
    names = ("title", "total", "numbers", "no_number", "why", "opening", "missing", "questions", "notes")
    return {
        **{name: _word(name, language) for name in names},
        "columns": [_word(f"column_{name}", language) for name in _COLUMNS],
    }


def _sections(sheet: BriefingSheet, room: _Room) -> list[dict[str, Any]]:
    named: Mapping[str, tuple[Text, ...]] = {
        "goal": sheet.goal,
        "promises": sheet.promises,
        "reminders": sheet.reminders,
        "calls": sheet.calls,
        "behaviour": sheet.behaviour,
        "special": sheet.special,
    }
    return [
        {"title": _word(name, sheet.language), "items": _texts(items, sheet.language, room)}
        for name, items in named.items()
        if items
    ]


def _contact(contact: SheetContact) -> dict[str, str]:
    detail = ", ".join(one_line(part) for part in (contact.role, contact.phone, contact.email) if part)
    return {"name": _cut(one_line(contact.name), 40), "detail": _cut(detail, 80)}


def _sheet_row(invoice: SheetInvoice, language: str) -> list[str]:
    late = str(invoice.late) if invoice.late is not None else ""
    return [
        one_line(invoice.number)[:24],
        _cut(one_line(invoice.what), 22),
        _day(invoice.issued, language),
        _day(invoice.due, language),
        late,
        money_text(invoice.amount, language),
        money_text(invoice.open, language),
    ]


def _day(day: date | None, language: str) -> str:
    return date_text(day, language).split(" ", 1)[1].replace(" ", "\u00a0") if day else ""


def _texts(items: Iterable[Text], language: str, room: _Room) -> list[str]:
    texts = [_said(item, language, room.longest) for item in items]
    if len(texts) <= room.items:
        return texts
    return [*texts[: room.items - 1], _word("more_items", language, items=len(texts) - room.items + 1)]


def _said(text: Text, language: str, longest: int) -> str:
    return _cut(one_line(render(text, language) if isinstance(text, Sentence) else text), longest)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _word(name: str, language: str, **params: Any) -> str:
    return render(say(f"letter.{name}", **params), language)


def _page(language: str) -> str:
    """``pagina {page} van {pages}``: the numbers are filled in when the page is set."""
    return _word("page", language, page="{page}", pages="{pages}")


@cache
def _fonts() -> typst.Fonts:
    with as_file(files("beluur.mailroom").joinpath("letters", "fonts")) as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _pdf(template: str, data: Mapping[str, Any], day: date) -> bytes:
    moment = datetime.combine(day, time(12), UTC)
    with as_file(files("beluur.mailroom").joinpath("letters")) as folder:
        made = typst.compile(
            str(folder / template),
            root=str(folder),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=int(moment.timestamp()),
        )
    return bytes(made)
