"""Paper: the statement of account as PDF by typst, and what every paper shares. The briefing is `briefing_sheet`.

Data goes in as JSON, so that a customer's text stays text. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import typst

from beluur.mailroom.clean import one_line
from beluur.mailroom.epc import grouped_iban, iban_problem
from beluur.mailroom.facts import CreditorFacts, InvoiceLine, RecipientFacts
from beluur.mailroom.payment import common_reference
from beluur.mailroom.voice import sums, voice_of
from beluur.values.sentence import say
from beluur.words import date_text, long_date_text, money_text, render

SCREEN_PPI = 144.0  # sharp on a screen with two points a pixel, in the width of half a page


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
        "page": page_words(voice.language),
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
    return set_pdf("statement.typ", data, today)


def _statement_row(invoice: InvoiceLine, language: str) -> list[str]:
    days = (short_day(invoice.issued, language), short_day(invoice.due, language))
    amounts = (money_text(invoice.amount, language), money_text(invoice.open, language))
    return [one_line(invoice.number), *days, *amounts]


def short_day(day: date | None, language: str) -> str:
    """``23 nov 2026``, in a column that keeps together; empty without a day."""
    return date_text(day, language).split(" ", 1)[1].replace(" ", "\u00a0") if day else ""


def paper_word(name: str, language: str, **params: Any) -> str:
    """The word ``name`` of the papers."""
    return render(say(f"letter.{name}", **params), language)


def page_words(language: str) -> str:
    """``pagina {page} van {pages}``: the numbers are filled in when the page is set."""
    return paper_word("page", language, page="{page}", pages="{pages}")


@cache
def _fonts() -> typst.Fonts:
    with as_file(files("beluur.mailroom").joinpath("letters", "fonts")) as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def set_pdf(template: str, data: Mapping[str, Any], day: date) -> bytes:
    """``data`` set by ``template``, as PDF; ``day`` is when it was made."""
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


def set_pictures(template: str, data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """The same pages as `set_pdf` makes, each as a PNG for a screen, where a PDF in a frame is not shown on every device."""
    with as_file(files("beluur.mailroom").joinpath("letters")) as folder:
        made = typst.compile(
            str(folder / template),
            root=str(folder),
            font_paths=_fonts(),
            format="png",
            ppi=SCREEN_PPI,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    return (made,) if isinstance(made, bytes) else tuple(made)
