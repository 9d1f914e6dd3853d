"""Seven in ten: the right reference or the exact number, the exact amount, the payer's own account."""

from __future__ import annotations

from datetime import timedelta

from bench.payment_case import DEBIT, Case, Draft, pays
from bench.payment_texts import CUSTOMER, month_of, say


def structured(case: Case) -> Draft | None:
    """The reference in the field that is made for it."""
    return pays(case, reference=case.invoice.reference) if case.invoice.reference else None


def structured_and_number(case: Case) -> Draft | None:
    """The reference in its field, and the number beside it."""
    if not case.invoice.reference:
        return None
    return pays(case, f"{case.word()} {case.invoice.number}", case.invoice.reference)


def number_alone(case: Case) -> Draft:
    """Nothing but the number."""
    return pays(case, case.invoice.number)


def number_with_word(case: Case) -> Draft:
    """``Factuur 2026-0118``."""
    return pays(case, f"{case.word()} {case.invoice.number}")


def number_with_date(case: Case) -> Draft:
    """``factuur 2026-0118 d.d. 12-03-2026``."""
    on = {"fr": "du", "en": "dated", "de": "vom"}.get(case.debtor.language, "d.d.")
    form = case.draw.choice(("%d-%m-%Y", "%d/%m/%y", "%d.%m.%Y", "%Y%m%d"))
    return pays(case, f"{case.word()} {case.invoice.number} {on} {case.invoice.issued.strftime(form)}")


def number_with_customer(case: Case) -> Draft:
    """The number and the customer's number, either first."""
    halves = [
        f"{say(case.draw, CUSTOMER, case.debtor)} {case.debtor.number}",
        f"{case.word()} {case.invoice.number}",
    ]
    case.draw.shuffle(halves)
    return pays(case, case.draw.choice((" ", ", ", " / ", " - ")).join(halves))


def number_with_month(case: Case) -> Draft:
    """``2026-0118 maart 2026``."""
    return pays(
        case, f"{case.invoice.number} {month_of(case.invoice, case.debtor)} {case.invoice.issued.year}"
    )


def by_software(case: Case) -> Draft:
    """A bookkeeping program names both sides' numbers."""
    draw, number = case.draw, case.invoice.number
    own = f"INK{case.day.year % 100}-{draw.randint(1, 9999):05}"
    form = draw.choice(
        ("UW REF {} ONZE REF {}", "{} / {}", "YOUR REF: {} OUR REF: {}", "Fact {} bkst {}", "{}; {}")
    )
    return pays(case, form.format(number, own), end_to_end=own)


def with_name(case: Case) -> Draft:
    """The number and his own name."""
    return pays(case, f"{case.invoice.number} {case.debtor.name}")


def by_direct_debit(case: Case) -> Draft | None:
    """We collected it ourselves, under our own number."""
    if not case.debtor.direct_debit or case.day < case.invoice.due - timedelta(days=5):
        return None
    draft = pays(case, f"Incasso {case.invoice.number}", end_to_end=case.invoice.number)
    draft.code = DEBIT
    return draft
