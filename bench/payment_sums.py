"""Another amount than was asked: less, more, in parts, or of everything together."""

from __future__ import annotations

from bench.payment_case import Case, Draft, pays_all, pays_cents
from bench.payment_texts import BARE, CREDIT, DISCOUNT, EVERYTHING, PART, REFUND, say

MANY = 12  # whoever has so many open pays no round sum for all


def minus_discount(case: Case) -> Draft:
    """One or two percent less, whether it was agreed or not."""
    percent = case.draw.choice((1, 2, 2))
    text, reference = case.named()
    if not reference and case.draw.random() < 0.7:
        text = f"{text} {say(case.draw, DISCOUNT, case.debtor).format(percent)}"
    return pays_cents(case, case.open_cents - case.open_cents * percent // 100, text, reference, last=True)


def minus_bank_fee(case: Case) -> Draft | None:
    """A bank on the way kept something."""
    fee = case.draw.choice((500, 750, 900, 1000, 1250, 1500))
    if case.open_cents < 10 * fee:
        return None
    return pays_cents(case, case.open_cents - fee, *case.named(), last=True)


def rounded(case: Case) -> Draft | None:
    """To whole euros, mostly down; what is above is left."""
    over = case.open_cents % 100
    if over == 0 or case.open_cents < 2000:
        return None
    up = case.draw.random() < 0.3
    return pays_cents(case, case.open_cents + (100 - over if up else -over), *case.named(), last=True)


def mistyped_cents(case: Case) -> Draft:
    """A few cents beside it."""
    beside = case.draw.choice((-90, -18, -9, -2, -1, 1, 9, 10))
    return pays_cents(case, case.open_cents + beside, *case.named(), last=True)


def part(case: Case) -> Draft | None:
    """A share of it, or a round sum; the rest comes later."""
    if case.open_cents < 5000:
        return None
    share = case.open_cents * case.draw.choice((25, 33, 50, 50, 60)) // 100
    cents = share if case.draw.random() < 0.4 else max(1000, share // 1000 * 1000)
    text, reference = case.named()
    if not reference and case.draw.random() < 0.7:
        text = f"{say(case.draw, PART, case.debtor)} {text}"
    return pays_cents(case, cents, text, reference)


def part_without_a_number(case: Case) -> Draft | None:
    """A round sum with hardly a word."""
    if case.open_cents < 20_000:
        return None
    cents = max(5000, case.open_cents * case.draw.choice((20, 30, 50)) // 100 // 5000 * 5000)
    return pays_cents(
        case,
        cents,
        case.draw.choice(("", say(case.draw, PART, case.debtor), say(case.draw, BARE, case.debtor))),
    )


def everything(case: Case) -> Draft | None:
    """All that is open in one sum, by no number."""
    others = case.others()
    if not others:
        return None
    text = case.draw.choice(
        ("", say(case.draw, EVERYTHING, case.debtor), say(case.draw, EVERYTHING, case.debtor))
    )
    credit = case.credit()
    draft = pays_all(case, [case.invoice, *others, *([credit] if credit else [])], text)
    return draft if draft.cents > 0 else None


def everything_due(case: Case) -> Draft | None:
    """All that fell due, by no number."""
    due = [i for i in case.others() if i.due <= case.day]
    if not 0 < len(due) < MANY:
        return None
    return pays_all(case, [case.invoice, *due], say(case.draw, EVERYTHING, case.debtor))


def overpaid(case: Case) -> Draft:
    """Too much: a shift of the comma is rare, a digit or a round sum is not."""
    draw, cents = case.draw, case.open_cents
    more = draw.choice((cents // 10, cents // 20, 1000, 2500, 10_000, cents, 200 - cents % 100))
    more = 9 * cents if draw.random() < 0.02 else more
    return pays_cents(case, cents + max(100, more), *case.named(), last=True)


def refund_wanted(case: Case) -> Draft:
    """Too much, and he says so."""
    more = case.draw.choice((1000, 2500, 5000, case.open_cents))
    text = f"{case.invoice.number} {say(case.draw, REFUND, case.debtor)}"
    return pays_cents(case, case.open_cents + more, text, last=True)


def credit_set_off(case: Case) -> Draft | None:
    """The invoice less the credit note; the text names both, one, or neither."""
    credit = case.credit()
    if credit is None:
        return None
    invoices = [case.invoice, *[i for i in case.others() if i.number == credit.corrects], credit]
    draft = pays_all(case, invoices, "")
    if draft.cents <= 0:
        return None
    number, less = case.invoice.number, say(case.draw, CREDIT, case.debtor)
    draft.text = case.draw.choice(
        (f"{number} {less} {credit.number}", f"{number} {less}", number, f"{case.word()} {less}")
    )
    return draft
