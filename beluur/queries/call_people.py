"""Who is on the call screen: we, the debtor, his people and the numbers to dial."""

from __future__ import annotations

from beluur.domain.steps import NextStep
from beluur.queries.call_rows import ContactRow, CreditorRow, DebtorRow, Number
from beluur.queries.mail_sign_in import why_signed_out
from beluur.store.models import Administration, Contact, Debtor
from beluur.values.phone import dialled_from, parse_phone
from beluur.values.sentence import say
from beluur.words import render


def who_calls(name: str, acts_for: str, language: str) -> str:
    """The company that calls and, of an agency, for whom, in the language of who is called."""
    return render(say("house.on_behalf", name=name, acts_for=acts_for), language) if acts_for else name


def creditor_row(house: Administration, country: str, language: str) -> CreditorRow:
    """Who calls; ``country``: where our number is to be dialled from."""
    phone = parse_phone(house.phone, house.country) if house.phone else None
    phone = parse_phone(phone.e164, country) if phone else None
    return CreditorRow(
        who_calls(house.name, house.acts_for, language),
        phone.national if phone else house.phone,
        house.language,
        house.time_zone,
        has_terms=house.terms_id is not None,
        can_mail=house.kind == Administration.Kind.PRACTICE
        or bool(house.smtp.get("host") and house.smtp.get("sender") and not why_signed_out(house)),
        has_pages=bool(house.public_address),
    )


def debtor_row(debtor: Debtor, step: NextStep) -> DebtorRow:
    """Who is called, and why."""
    place = " ".join(part for part in (debtor.postcode, debtor.city) if part)
    return DebtorRow(
        debtor.id,
        debtor.name,
        debtor.kind,
        debtor.kind_known,
        debtor.country,
        debtor.language,
        ", ".join(part for part in (debtor.street, place) if part),
        debtor.email,
        debtor.agreements_note,
        debtor.delivery_note,
        debtor.responsible,
        step.step.value,
        step.because,
    )


def contact_rows(administration_id: int, debtor_id: int) -> tuple[ContactRow, ...]:
    """The people and desks there, the one for payments first; one query."""
    rows = Contact.objects.filter(administration_id=administration_id, debtor_id=debtor_id, removed_at=None)
    columns = ("id", "name", "role", "phone", "mobile", "email", "for_payments", "phone_invalid")
    return tuple(
        ContactRow(*row) for row in rows.order_by("-for_payments", "position", "id").values_list(*columns)
    )


def numbers_of(debtor: Debtor, contacts: tuple[ContactRow, ...], home: str) -> tuple[Number, ...]:
    """Each number once, in the order in which to try: direct, mobile, switchboard; those known to be wrong are left out; shown as
    one dials them in ``home``."""
    written: list[tuple[str, str, int | None]] = []
    for c in contacts:
        written += [(n, c.name, c.id) for n in (c.phone if not c.phone_invalid else "", c.mobile) if n]
    wrong = {p.e164 for c in contacts if c.phone_invalid and (p := parse_phone(c.phone, debtor.country))}
    written.append((debtor.phone, "", None))
    found: dict[str, Number] = {}
    for text, whose, contact_id in written:
        phone = parse_phone(text, debtor.country) if text else None
        if phone and phone.e164 not in found and phone.e164 not in wrong:
            found[phone.e164] = Number(
                phone.e164, dialled_from(phone, home), whose, phone.mobile, phone.extension, contact_id
            )
    return tuple(found.values())
