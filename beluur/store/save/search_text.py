"""The search document of a debtor: one text with all by which he may be looked for. The database indexes it by trigram."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from beluur.store.models import Contact, Debtor, DebtorKey, Invoice
from beluur.store.save.many import update_many
from beluur.values.searchable import folded, phone_digits

CHUNK = 2000
INVOICES = 400  # of one debtor, the newest: a document stays small
_KEYS = ("number", "vat", "company", "email")


def save_search_text(administration_id: int, debtor_ids: Iterable[int]) -> None:
    """Writes the documents of these debtors, set-based; those merged into another have none."""
    ids = sorted(set(debtor_ids))
    for start in range(0, len(ids), CHUNK):
        _chunk(administration_id, ids[start : start + CHUNK])


def _chunk(administration_id: int, ids: Sequence[int]) -> None:
    debtors = Debtor.objects.filter(administration_id=administration_id, id__in=ids)
    columns = "id name city country phone email vat_number company_number merged_into_id".split()
    rows = list(debtors.values_list(*columns))
    countries = {row[0]: row[3] for row in rows}
    parts: dict[int, dict[str, None]] = defaultdict(dict)
    for i, name, city, country, phone, email, vat, company, _ in rows:
        _add(parts[i], name, city, phone_digits(phone, country) if phone else "", email, vat, company)
    _add_contacts(administration_id, ids, countries, parts)
    _add_keys(administration_id, ids, parts)
    _add_invoices(administration_id, ids, parts)
    gone = {row[0] for row in rows if row[8] is not None}
    update_many(
        Debtor,
        administration_id,
        ("search_text",),
        (("" if i in gone else folded(" | ".join(parts[i])), i) for i in countries),
    )


def search_document(
    *,
    name: str,
    city: str,
    country: str,
    phone: str,
    numbers: Iterable[str],
    contacts: Iterable[tuple[str, Sequence[str], str]],
    invoices: Iterable[str],
) -> str:
    """The document of one debtor from what is at hand: ``numbers`` are mail address, VAT, company and customer number,
    ``contacts`` are (name, phones, mail)."""
    parts: dict[str, None] = {}
    _add(parts, name, city, phone_digits(phone, country) if phone else "", *numbers)
    for person, phones, email in contacts:
        _add(parts, person, email, *(phone_digits(p, country) for p in phones if p))
    _add(parts, *list(invoices)[-INVOICES:])
    return folded(" | ".join(parts))


def _add(document: dict[str, None], *texts: str) -> None:
    document.update((text, None) for text in texts if text)


def _add_contacts(
    administration_id: int, ids: Sequence[int], countries: dict[int, str], parts: dict[int, dict[str, None]]
) -> None:
    rows = Contact.objects.filter(administration_id=administration_id, debtor_id__in=ids, removed_at=None)
    for i, name, phone, mobile, email in rows.values_list("debtor_id", "name", "phone", "mobile", "email"):
        numbers = (phone_digits(number, countries[i]) for number in (phone, mobile) if number)
        _add(parts[i], name, email, *numbers)


def _add_keys(administration_id: int, ids: Sequence[int], parts: dict[int, dict[str, None]]) -> None:
    rows = DebtorKey.objects.filter(administration_id=administration_id, debtor_id__in=ids, kind__in=_KEYS)
    for i, value in rows.order_by("id").values_list("debtor_id", "value"):
        _add(parts[i], value)


def _add_invoices(administration_id: int, ids: Sequence[int], parts: dict[int, dict[str, None]]) -> None:
    rows = Invoice.objects.filter(administration_id=administration_id, debtor_id__in=ids)
    counts: dict[int, int] = defaultdict(int)
    for i, number in rows.order_by("-id").values_list("debtor_id", "number"):
        counts[i] += 1
        if counts[i] <= INVOICES:
            _add(parts[i], number)
