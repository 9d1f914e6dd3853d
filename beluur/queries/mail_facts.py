"""What a mail to a debtor is about, taken from the rows: who writes, who reads, which invoices, with which papers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from beluur.domain.case import Exemption
from beluur.mailroom.clean import file_name
from beluur.mailroom.compose import ComposedMail
from beluur.mailroom.facts import CreditorFacts, InvoiceLine, RecipientFacts
from beluur.mailroom.page_address import page_address
from beluur.mailroom.template import check_template
from beluur.mailroom.texts_file import MailKind, Template
from beluur.store.models import Administration, Contact, Debtor, Document, Invoice, MailTemplate
from beluur.values.money import Money

_NOT_DUNNED = (Exemption.DIRECT_DEBIT, Exemption.PREPAID, Exemption.FACTORED)
_REGISTERS = {"NL": "KvK", "BE": "KBO/BCE"}
_COLUMNS = "id number issued due amount_cents open_cents currency reference copy_id copy__name exemption exempt_cents".split()


@dataclass(frozen=True, slots=True)
class Papers:
    """Invoice lines, and the document ids of their copies by the file name that the lines carry."""

    lines: tuple[InvoiceLine, ...]
    documents: dict[str, int]
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailing:
    """A composed mail, who reads it, the document ids of its papers by file name, and the invoices it is about."""

    mail: ComposedMail
    recipient: RecipientFacts
    documents: dict[str, int]
    invoice_numbers: tuple[str, ...] = ()


def creditor_facts(administration_id: int, caller: str) -> tuple[CreditorFacts, dict[str, int]]:
    """Who writes, and the general terms as file name -> document id. ``caller`` signs."""
    a = Administration.objects.get(id=administration_id)
    terms = Document.objects.filter(administration_id=administration_id, id=a.terms_id or 0).values_list(
        "name", "id"
    )
    papers = {file_name(name): i for name, i in terms}
    number = f"{_REGISTERS.get(a.country, '')} {a.company_number}".strip() if a.company_number else ""
    return (
        CreditorFacts(
            name=a.name,
            caller=caller or a.name,
            iban=a.iban,
            bic=a.bic,
            address=tuple(line.strip() for line in a.address.splitlines() if line.strip()),
            phone=a.phone,
            email=a.email or str(a.smtp.get("sender", "")),
            registration=" · ".join(part for part in (number, a.vat_number) if part),
            terms=next(iter(papers), ""),
            page=page_address(a.public_address),
            acts_for=a.acts_for,
        ),
        papers,
    )


def recipient_facts(
    administration_id: int, debtor_id: int, *, contact_id: int | None = None, to: str = "", language: str = ""
) -> RecipientFacts:
    """Who reads: that contact, or the one for payments; ``to`` and ``language`` go before what is on file."""
    debtor = Debtor.objects.get(administration_id=administration_id, id=debtor_id)
    return _recipient(
        debtor, _contacts(administration_id, [debtor_id]).get(debtor_id, []), contact_id, to, language
    )


def recipients_of(administration_id: int, debtor_ids: Collection[int]) -> dict[int, RecipientFacts]:
    """The same for many debtors at once; ids of other administrations are absent."""
    contacts = _contacts(administration_id, debtor_ids)
    debtors = Debtor.objects.filter(administration_id=administration_id, id__in=debtor_ids, merged_into=None)
    return {d.id: _recipient(d, contacts.get(d.id, []), None, "", "") for d in debtors}


def _contacts(administration_id: int, debtor_ids: Collection[int]) -> dict[int, list[Contact]]:
    rows = Contact.objects.filter(
        administration_id=administration_id, debtor_id__in=debtor_ids, removed_at=None
    )
    found: dict[int, list[Contact]] = {}
    for row in rows.order_by("-for_payments", "position", "id"):
        if row.email_bad_at:
            row.email = ""  # mail to it came back
        found.setdefault(row.debtor_id, []).append(row)
    return found


def _recipient(
    debtor: Debtor, contacts: list[Contact], contact_id: int | None, to: str, language: str
) -> RecipientFacts:
    own = "" if debtor.email_bad_at else debtor.email
    chosen = next((c for c in contacts if c.id == contact_id), None)
    named = next((c for c in contacts if to and c.email.lower() == to.strip().lower()), None)
    payer = contacts[0] if contacts and contacts[0].for_payments else None
    other = next((c for c in contacts if c.email), None)
    known = (chosen.email if chosen else "") or (payer.email if payer else "") or own
    email = to or known or (other.email if other else "")
    contact = named or chosen or payer or (None if known or to else other)
    spoken = language or (contact.language if contact else "") or debtor.language
    return RecipientFacts(
        debtor=debtor.name,
        contact=contact.name if contact else "",
        email=email.strip(),
        language="nl-BE" if spoken == "nl" and debtor.country == "BE" else spoken,
        formality=debtor.formality,
    )


def papers_of(
    administration_id: int,
    debtor_id: int,
    *,
    invoice_ids: Collection[int] | None = None,
    late_on: date | None = None,
) -> Papers:
    """Lines of the invoices with those ids, in the order of their due date; without ids all that is open, credit notes too.
    ``late_on`` keeps what was due before that day and may be dunned."""
    return papers_of_many(administration_id, [debtor_id], invoice_ids=invoice_ids, late_on=late_on).get(
        debtor_id, Papers((), {})
    )


def papers_of_many(
    administration_id: int,
    debtor_ids: Collection[int],
    *,
    invoice_ids: Collection[int] | None = None,
    late_on: date | None = None,
) -> dict[int, Papers]:
    """The same for many debtors at once; those without such an invoice are absent."""
    rows = Invoice.objects.filter(administration_id=administration_id, debtor_id__in=debtor_ids)
    rows = rows.filter(~Q(open_cents=0)) if invoice_ids is None else rows.filter(id__in=invoice_ids)
    if late_on is not None:
        rows = rows.filter(Q(due__lt=late_on) | Q(open_cents__lt=0))
        rows = rows.exclude(exemption__in=_NOT_DUNNED, exempt_cents=0)
    found: dict[int, tuple[list[InvoiceLine], dict[str, int], list[int]]] = {}
    for row in rows.order_by("due", "id").values("debtor_id", *_COLUMNS):
        lines, documents, ids = found.setdefault(row["debtor_id"], ([], {}, []))
        line = _line(row, documents, dunned=late_on is not None)
        if late_on is not None and not line.open:
            continue
        lines.append(line)
        ids.append(row["id"])
    return {debtor_id: Papers(tuple(a), b, tuple(c)) for debtor_id, (a, b, c) in found.items() if a}


def _line(row: dict[str, Any], documents: dict[str, int], *, dunned: bool) -> InvoiceLine:
    name = ""
    if row["copy_id"]:
        name = _unique(row["copy__name"], row["number"], documents)
        documents[name] = row["copy_id"]
    exempt = row["exempt_cents"] if dunned and row["exemption"] else 0
    return InvoiceLine(
        number=row["number"],
        issued=row["issued"],
        due=row["due"],
        amount=Money(row["amount_cents"], row["currency"]),
        open=Money(row["open_cents"] - exempt, row["currency"]),
        reference=row["reference"],
        copy=name,
    )


def _unique(name: str, number: str, taken: dict[str, int]) -> str:
    """Two suppliers of PDFs both call theirs ``factuur.pdf``: then the number goes before it."""
    clean = file_name(name)
    return clean if clean not in taken else file_name(f"{number} {clean}")


def without_copies(papers: Papers) -> Papers:
    """The same lines with nothing attached."""
    return Papers(tuple(replace(line, copy="") for line in papers.lines), {}, papers.ids)


def template_for(administration_id: int, kind: MailKind, language: str) -> Template | None:
    """The text the user changed for this kind and language; None when the shipped one holds, and when his has a name that is not
    known (any more): nothing leaves with a hole in it."""
    rows = MailTemplate.objects.filter(
        administration_id=administration_id, kind=kind.value, language=language
    )
    row = rows.values_list("subject", "body").first()
    return Template(*row) if row and not check_template(Template(*row), kind) else None
