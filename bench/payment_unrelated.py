"""Money that pays no invoice, some of which looks as if it did. Its truth is empty, and all of it is left."""

from __future__ import annotations

from bench.payment_case import INTEREST, Case, Draft
from bench.payment_debtors import Account, stranger
from bench.payment_ibans import make_iban
from bench.payment_invoices import make_kenmerk
from bench.payment_texts import wrong_digit


def tax_refund(case: Case) -> Draft:
    """The tax office, with a reference that is right in form and not ours."""
    draw = case.draw
    payer = draw.choice((_account(1, "BELASTINGDIENST"), _account(2, "FOD FINANCIEN - INNINGSCENTRUM")))
    reference = make_kenmerk(f"{draw.randrange(10**15):015}") if draw.random() < 0.5 else ""
    period = f"{case.day.year} {draw.randint(1, 4)}E KWARTAAL"
    text = draw.choice(
        ("TERUGGAAF OMZETBELASTING {}", "TERUGGAVE BTW {}", "OB {}", "REMBOURSEMENT TVA {}")
    ).format(period)
    return Draft(payer, draw.randint(5_000, 900_000), text=text, reference=reference)


def interest(case: Case) -> Draft:
    """Of our own bank, without a counterparty."""
    text = case.draw.choice(("RENTE", "CREDITRENTE", "INTERESTEN", "INTERETS CREDITEURS"))
    return Draft(Account("", ""), case.draw.randint(1, 9_000), text=f"{text} {case.day:%Y}", code=INTEREST)


def salary_came_back(case: Case) -> Draft:
    """What we paid to somebody whose account is closed."""
    return Draft(
        _account(100 + case.draw.randrange(50_000), stranger(case.draw)),
        case.draw.randint(140_000, 420_000),
        text=f"SALARIS {case.day:%m-%Y}",
        returned=case.draw.choice(("AC04", "AC01", "MS03")),
    )


def own_transfer(case: Case) -> Draft:
    """From one of our accounts to the other."""
    other = case.books.own["BE" if case.debtor.country != "BE" else "NL"]
    text = case.draw.choice(
        ("Eigen overboeking", "OVERBOEKING NAAR CENTRALE REKENING", "aanvulling", "van spaarrekening", "")
    )
    return Draft(other, case.draw.randint(5, 200) * 50_000, text=text)


def supplier_refund(case: Case) -> Draft:
    """A supplier pays back, with a number like ours, and now and then with the amount of an open invoice."""
    draw = case.draw
    cents = case.open_cents if draw.random() < 0.3 else draw.randint(1_000, 200_000)
    number = wrong_digit(case.invoice.number, draw)
    text = draw.choice(
        ("Retour creditnota {}", "terugbetaling {}", "Creditfactuur {}", "CN {}", "remboursement {}")
    )
    return Draft(
        _account(60_000 + draw.randrange(400), f"Leverancier {stranger(draw)}"),
        cents,
        text=text.format(number),
    )


def meant_for_another(case: Case) -> Draft:
    """Somebody took our account for another company's: their number, which may be one of ours."""
    draw = case.draw
    ours = wrong_digit(case.invoice.number, draw)
    number = draw.choice((ours, str(draw.randint(100, 99_999)), f"{case.day.year}{draw.randint(1, 999):03}"))
    cents = case.open_cents if draw.random() < 0.15 else draw.randint(2_000, 150_000)
    return Draft(_account(70_000 + draw.randrange(90_000), stranger(draw)), cents, text=f"factuur {number}")


def insurance(case: Case) -> Draft:
    """A claim is paid out."""
    return Draft(
        _account(3, "Voorbeeld Verzekeringen N.V."),
        case.draw.randint(10_000, 700_000),
        text=f"Uitkering schade {case.draw.randint(10**6, 10**7)} polis {case.draw.randint(10**6, 10**7)}",
    )


def _account(number: int, holder: str) -> Account:
    return Account(make_iban("NL", 6_000_000 + number), holder)
