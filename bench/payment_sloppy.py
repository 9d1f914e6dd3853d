"""Two in ten: a person sees at once what is meant."""

from __future__ import annotations

from bench.payment_case import Case, Draft, pays, pays_all
from bench.payment_debtors import Account
from bench.payment_texts import (
    AND,
    BARE,
    CUSTOMER,
    MONTHS,
    ORDER,
    UP_TO,
    month_of,
    say,
    spaced,
    suffix,
    tongue,
    unsigned,
    written_reference,
)


def number_with_blanks(case: Case) -> Draft:
    """``2026 0118``."""
    return pays(case, f"{case.word()} {spaced(case.invoice.number, case.draw)}")


def number_with_prefix(case: Case) -> Draft:
    """``FACT2026-0118``, the word stuck to the number."""
    prefix = case.draw.choice(("FACT", "INV", "FNR", "fact.nr.", "nr", "F", "Factuur", "#", "no."))
    return pays(case, f"{prefix}{case.invoice.number}")


def number_without_signs(case: Case) -> Draft | None:
    """Other case, no signs; None when the number has neither."""
    bare = unsigned(case.invoice.number)
    return pays(case, f"{case.word()} {bare}") if bare != case.invoice.number else None


def number_glued(case: Case) -> Draft:
    """A date or a word stuck to its end, as when two lines are put together."""
    number, draw = case.invoice.number, case.draw
    tail = draw.choice(
        (
            f"/{case.invoice.issued:%d.%m.%Y}",
            month_of(case.invoice, case.debtor),
            "-P",
            f"/{case.debtor.number}",
        )
    )
    return pays(case, f"{draw.choice(('NR.', '', case.word() + ' '))}{number}{tail}")


def number_broken(case: Case) -> Draft:
    """A blank in the number, where the bank began a new line of 32 or 35."""
    line = case.draw.choice((32, 35))
    inside = case.draw.randint(1, max(1, len(case.invoice.number) - 1))
    lead = f"{case.debtor.name} {case.word()}"[: line - inside - 1].ljust(line - inside - 1, ".")
    text = f"{lead} {case.invoice.number}"
    return pays(case, f"{text[:line]} {text[line:]}")


def number_among_others(case: Case) -> Draft:
    """Between numbers of his own: a customer number, a date, a year, a file."""
    draw, when = case.draw, case.invoice.issued
    own = f"{draw.randint(10**6, 10**8 - 1)}"
    forms = (
        f"{case.debtor.number}/{own} {case.invoice.number} {when:%d%m%Y}",
        f"{own} {when:%Y-%m-%d} {case.invoice.number} dossier {draw.randint(100, 9999)}",
        f"{when:%Y} {own} / {case.invoice.number} / {draw.randint(1, 53)}",
    )
    return pays(case, draw.choice(forms))


def short_suffix(case: Case) -> Draft:
    """``factuur 118``."""
    return pays(case, f"{case.word()} {suffix(case.invoice, case.draw)}")


def suffix_alone(case: Case) -> Draft:
    """``118``."""
    return pays(case, suffix(case.invoice, case.draw))


def two_numbers(case: Case) -> Draft | None:
    """Two invoices in one sum, both by their numbers."""
    others = case.others()
    if not others:
        return None
    both = [case.invoice, case.draw.choice(others)]
    joint = say(case.draw, AND, case.debtor)
    return pays_all(case, both, f"{case.word()} {both[0].number} {joint} {both[1].number}")


def several_numbers(case: Case) -> Draft | None:
    """Three or more, with commas, as far as there is room."""
    others = case.others()
    if len(others) < 2:
        return None
    all_of_them = [case.invoice, *others[: case.draw.randint(2, 5)]]
    text = case.draw.choice((", ", " ", "; ", "/")).join(i.number for i in all_of_them)
    return pays_all(case, all_of_them, text)


def short_pair(case: Case) -> Draft | None:
    """``118 en 119``."""
    others = case.others()
    if not others:
        return None
    both = sorted((case.invoice, others[0]), key=lambda i: i.serial)
    ends = [suffix(i, case.draw) for i in both]
    whole = case.draw.random() < 0.5
    first = both[0].number if whole else ends[0]
    return pays_all(case, both, f"{case.word()} {first} {say(case.draw, AND, case.debtor)} {ends[1]}")


def number_range(case: Case) -> Draft | None:
    """``2026-0118 t/m 2026-0124``: his own between these two."""
    row = sorted((case.invoice, *case.others()), key=lambda i: (i.issued, i.serial))
    if len(row) < 3:
        return None
    begin = case.draw.randrange(len(row) - 2)
    some = row[begin : begin + case.draw.randint(3, 6)]
    end = some[-1].number if case.draw.random() < 0.6 else suffix(some[-1], case.draw)
    return pays_all(case, some, f"{some[0].number} {say(case.draw, UP_TO, case.debtor)} {end}")


def months_named(case: Case) -> Draft | None:
    """``maart en april``: two that are known by their month."""
    others = [i for i in case.others() if i.issued.month != case.invoice.issued.month]
    if not others:
        return None
    both = sorted((case.invoice, others[0]), key=lambda i: i.issued)
    joint = say(case.draw, AND, case.debtor)
    return pays_all(case, both, f"{month_of(both[0], case.debtor)} {joint} {month_of(both[1], case.debtor)}")


def month_named(case: Case) -> Draft:
    """``factuur maart``, while it is the invoice of March."""
    return pays(case, f"{case.word()} {month_of(case.invoice, case.debtor)}")


def date_instead(case: Case) -> Draft:
    """``uw factuur van 12 maart``."""
    month = MONTHS[case.debtor.language].split()[case.invoice.issued.month - 1]
    of = {"fr": "du", "en": "of", "de": "vom"}.get(case.debtor.language, "van")
    return pays(case, f"{case.word()} {of} {case.invoice.issued.day} {month}")


def order_instead(case: Case) -> Draft | None:
    """His own order number."""
    order = case.invoice.order
    return pays(case, f"{say(case.draw, ORDER, case.debtor)} {order}") if order else None


def customer_instead(case: Case) -> Draft:
    """Only the number that he has with us."""
    return pays(case, f"{say(case.draw, CUSTOMER, case.debtor)} {case.debtor.number}")


def reference_in_text(case: Case) -> Draft | None:
    """The reference typed into the text, with other signs, blanks or none."""
    if not case.invoice.reference:
        return None
    lead = {"nl": ("", "kenmerk ", "betalingskenmerk "), "vl": ("", "OGM ", "mededeling ")}.get(
        tongue(case.debtor), ("", "ref ")
    )
    return pays(case, f"{case.draw.choice(lead)}{written_reference(case.invoice.reference, case.draw)}")


def in_end_to_end(case: Case) -> Draft:
    """The number stands where only banks look."""
    return pays(
        case, case.draw.choice(("", say(case.draw, BARE, case.debtor))), end_to_end=case.invoice.number
    )


def owners_name(case: Case) -> Draft | None:
    """From the account of the company, in the name of the person behind it."""
    if case.debtor.kind not in ("sole_trader", "business"):
        return None
    return pays(
        case, case.named()[0] or case.invoice.number, payer=Account(case.main.iban, case.debtor.owner)
    )


def name_on_the_door(case: Case) -> Draft | None:
    """In another name than the legal one, with a number or with hardly anything."""
    if not case.debtor.trade:
        return None
    text, reference = case.named() if case.draw.random() < 0.7 else (say(case.draw, BARE, case.debtor), "")
    return pays(case, text, reference, payer=Account(case.main.iban, case.debtor.trade))


def second_account(case: Case) -> Draft | None:
    """From the account that we may not know."""
    if len(case.debtor.accounts) < 2 or case.debtor.group:
        return None
    text = case.draw.choice((case.invoice.number, f"{case.word()} {suffix(case.invoice, case.draw)}"))
    return pays(case, text, payer=case.debtor.accounts[1])
