"""One in ten: hardly a word, or the wrong one. Some of these nobody can know, and a machine should say so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bench.payment_case import DEBIT_BACK, PAID_OUT, Case, Draft, Made, pays
from bench.payment_debtors import private_account
from bench.payment_texts import BARE, LONG, say, swapped, unsigned, written_reference, wrong_digit

DAYS_BACK = 56  # within which a consumer may have a direct debit returned (SEPA: eight weeks)


def no_text(case: Case) -> Draft:
    """Nothing at all."""
    return pays(case)


def bare_word(case: Case) -> Draft:
    """``factuur``."""
    return pays(case, say(case.draw, BARE, case.debtor))


def no_text_from_elsewhere(case: Case) -> Draft:
    """Hardly a word, from a private account that the books do not know."""
    text = case.draw.choice(("", say(case.draw, BARE, case.debtor), case.debtor.name))
    return pays(case, text, payer=private_account(case.debtor))


def digit_wrong(case: Case) -> Draft:
    """One digit of the number is another, which may be somebody else's invoice."""
    return pays(case, f"{case.word()} {wrong_digit(case.invoice.number, case.draw)}")


def digits_swapped(case: Case) -> Draft | None:
    """Two digits of the number have changed places."""
    number = swapped(case.invoice.number, case.draw)
    return pays(case, f"{case.word()} {number}") if number else None


def reference_wrong(case: Case) -> Draft | None:
    """A slip in the reference: its field refuses that, so that it stands in the text."""
    reference = case.invoice.reference
    if not reference:
        return None
    slip = case.draw.choice((wrong_digit, swapped))(reference, case.draw, 9)
    return pays(case, written_reference(slip or wrong_digit(reference, case.draw), case.draw))


def last_months_number(case: Case) -> Draft | None:
    """This month's invoice with the number of an earlier one, as a standing order does."""
    earlier = case.books.latest.get(case.debtor.number)
    if earlier is None:
        return None
    old = earlier.draft.parts[0][0]
    if old.reference and case.draw.random() < 0.5:
        draft = pays(case, reference=old.reference)
    else:
        draft = pays(case, f"{case.word()} {old.number}")
    return replace(draft, twin=earlier.place)


def own_entry_number(case: Case) -> Draft:
    """The number that his own books gave it, which looks like ours."""
    likeness = wrong_digit(wrong_digit(case.invoice.number, case.draw), case.draw)
    return pays(case, case.draw.choice((likeness, f"INK {likeness}", f"bkst {unsigned(likeness)}")))


def cut_by_the_bank(case: Case) -> Draft | None:
    """After 32 signs, in the middle of the number or before it."""
    lead = say(case.draw, LONG, case.debtor).format(
        {"fr": "facture", "en": "invoice", "de": "Rechnung"}.get(case.debtor.language, "factuur")
    )
    text = f"{lead} {case.invoice.number}"[:32].rstrip()
    return None if case.invoice.number in text else pays(case, text)


def paid_twice(case: Case) -> Draft | None:
    """Exactly the same once more: nothing is left to pay on it, all of it is left over."""
    at = _recent(case, case.books.whole, 40)
    if at < 0:
        return None
    made = case.books.whole[at]
    return replace(made.draft, parts=(), twin=made.place)


def debit_returned(case: Case) -> Draft | None:
    """A direct debit comes back, and its invoice is open again."""
    at = _recent(case, case.books.collected, DAYS_BACK)
    if at < 0:
        return None
    made = case.books.collected.pop(at)
    invoice, cents = made.draft.parts[0]
    reason = case.draw.choice(("AM04", "AM04", "MD06", "MD06", "AC04", "MS03", "MD01"))
    return replace(made.draft, cents=-cents, parts=((invoice, -cents),), code=DEBIT_BACK, returned=reason)


def refunded(case: Case) -> Draft | None:
    """We pay back what came twice: it lowers nothing and opens nothing."""
    at = _recent(case, case.books.doubled, 60)
    if at < 0:
        return None
    draft = case.books.doubled.pop(at).draft
    text = f"Terugbetaling {draft.text}".strip()
    return replace(draft, cents=-draft.cents, text=text, reference="", end_to_end="", code=PAID_OUT, twin=-1)


def _recent(case: Case, rows: Sequence[Made], days: int) -> int:
    """The place of one that was booked before today, at most ``days`` ago; -1 when there is none."""
    begin = bisect_left(rows, case.day - timedelta(days=days), key=_day)
    end = bisect_left(rows, case.day, key=_day)
    return case.draw.randrange(begin, end) if begin < end else -1


def _day(made: Made) -> date:
    return made.day
