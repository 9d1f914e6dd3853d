"""Debtors in the rows of a table: from columns, or from a line above their invoices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from beluur.importers import vocabulary
from beluur.importers.cells import Cell, texts
from beluur.importers.code_columns import split_names
from beluur.importers.headers import CONTACT_ROLES, DEBTOR_ROLES
from beluur.importers.layout import Layout
from beluur.importers.records import ContactRecord, DebtorRecord
from beluur.values.numbers import IBAN, VAT, compact_company_number

NOBODY = DebtorRecord(name="")

_LABEL = re.compile(
    r"\A(?:debiteur|klant|relatie|partner|partenaire|client|customer|account|kunde)\b\s*(?:nr|nummer|no)?[.:]*\s*",
    re.IGNORECASE,
)
_CODE_AND_NAME = re.compile(r"(?P<code>[A-Z]{0,3}\d[\dA-Z.]{0,14})\s*(?:[-–:|]\s*|\s+)(?P<name>\S.*)\Z")
_NAME_AND_CODE = re.compile(r"(?P<name>\D\S.*?)\s*\((?P<code>[A-Z]{0,3}\d{3,14})\)\Z")
_CODE = re.compile(r"[A-Z]{0,3}\d[\dA-Z.]{0,14}\Z")
_PHONE = re.compile(r"(?:tel\w*\.?:?\s*)?(\+?[\d(][\d\s()./-]{8,}\d)\Z", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,.]+")
_LONGEST_NAME = 200


def debtor_rows(layout: Layout, rows: Sequence[Sequence[Cell]]) -> list[DebtorRecord]:
    """The debtor in each of ``rows``, from its own columns; one object for rows that say the same."""
    roles = [role for role in DEBTOR_ROLES if role in layout.places]
    if not roles:
        return [NOBODY] * len(rows)
    known: dict[tuple[str, ...], DebtorRecord] = {}
    both = {} if layout.has("customer_number") else split_names(layout.text_column("debtor", rows))
    result = []
    for values in zip(*(layout.text_column(role, rows) for role in roles), strict=True):
        record = known.get(values)
        if record is None:
            cell = dict.fromkeys(DEBTOR_ROLES, "") | dict(zip(roles, values, strict=True))
            if cell["debtor"] in both:
                cell["customer_number"], cell["debtor"] = both[cell["debtor"]]
            record = known[values] = _debtor(cell)
        result.append(record)
    return result


def _debtor(cell: dict[str, str]) -> DebtorRecord:
    name = cell["debtor"][:_LONGEST_NAME]
    number = cell["customer_number"]
    country = vocabulary.country(cell["country"])
    return DebtorRecord(
        name=name or number,
        customer_number=number,
        vat_number=VAT.compact(cell["vat"]),
        company_number=compact_company_number(cell["company_number"], country)
        if cell["company_number"]
        else "",
        iban=IBAN.compact(cell["iban"]),
        email=first_email(cell["email"]),
        phone=cell["phone"],
        street=f"{cell['street']} {cell['house_number']}".strip(),
        postcode=cell["postcode"],
        city=cell["city"],
        country=country,
        language=vocabulary.language(cell["language"]),
        kind=vocabulary.customer_kind(cell["kind"]),
    )


def group_debtor(cells: Iterable[Cell]) -> DebtorRecord:
    """The debtor named in a line of its own: ``10023 - Jansen BV``, or code, name, address and phone in cells.

    >>> group_debtor(["Debiteur: 10023 Jansen BV", "", "020 123 45 00"]).customer_number
    '10023'
    """
    words = [text for text in texts(cells) if text]
    phone = next((m[1] for w in words[1:] if (m := _PHONE.match(w))), "")
    email = next((found for w in words[1:] if (found := first_email(w))), "")
    first = _LABEL.sub("", words[0]) if words else ""
    rest = [w for w in words[1:] if any(map(str.isalpha, w)) and "@" not in w]
    if not first and rest:
        first = rest.pop(0)
    if _CODE.match(first) and rest:
        return DebtorRecord(name=rest[0][:_LONGEST_NAME], customer_number=first, phone=phone, email=email)
    if match := _CODE_AND_NAME.match(first) or _NAME_AND_CODE.match(first):
        return DebtorRecord(
            name=match["name"][:_LONGEST_NAME], customer_number=match["code"], phone=phone, email=email
        )
    return DebtorRecord(name=first[:_LONGEST_NAME], phone=phone, email=email)


def is_labelled(text: str) -> bool:
    """Whether a line says that it names a debtor: ``Debiteur: 10023``.

    >>> is_labelled("Debiteur: 10023 Jansen BV"), is_labelled("Klantenlijst"), is_labelled("Debiteuren")
    (True, False, False)
    """
    match = _LABEL.match(text)
    return bool(match and len(match[0]) < len(text) and any(map(text.__contains__, ":0123456789")))


def first_email(text: str) -> str:
    """The first address in ``text``, "" for none."""
    match = _EMAIL.search(text)
    return match[0] if match else ""


def contact_rows(
    layout: Layout, rows: Sequence[Sequence[Cell]], lines: Sequence[int], debtors: Sequence[DebtorRecord]
) -> list[ContactRecord]:
    """The people named in ``rows``, each once per debtor; a row that only repeats the debtor's own phone yields none."""
    if not any(map(layout.has, CONTACT_ROLES)):
        return []
    found: dict[ContactRecord, ContactRecord] = {}
    columns = (layout.text_column(role, rows) for role in CONTACT_ROLES)
    for line, debtor, *values in zip(lines, debtors, *columns, strict=True):
        cell = dict(zip(CONTACT_ROLES, map(str, values), strict=True))
        contact = ContactRecord(
            debtor=debtor,
            name=cell["contact"] or f"{cell['first_name']} {cell['last_name']}".strip(),
            role=cell["role"],
            phone=cell["contact_phone"],
            mobile=cell["mobile"],
            email=first_email(cell["contact_email"]),
            language=debtor.language,
        )
        if contact.name or contact.phone or contact.mobile or contact.email:
            found.setdefault(contact, replace(contact, line=line))
    return list(found.values())
