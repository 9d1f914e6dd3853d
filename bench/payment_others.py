"""Somebody else pays: the owner, the group, a bookkeeper, a payment provider, a friend."""

from __future__ import annotations

from bench.payment_case import Case, Draft, pays, pays_all
from bench.payment_debtors import (
    Account,
    Debtor,
    office_account,
    place_of,
    private_account,
    stranger,
)
from bench.payment_ibans import make_iban
from bench.payment_invoices import Invoice
from bench.payment_texts import BARE, EVERYTHING, say, suffix

CLIENTS = 25  # debtors to one bookkeeper
_PROVIDERS = (
    Account(make_iban("NL", 8_000_001), "Stichting Derdengelden Voorbeeldpay"),
    Account(make_iban("NL", 8_000_002), "Stg. Derdengelden Betaalknop"),
    Account(make_iban("BE", 1_800_003), "Proefbetaling Payments NV"),
)


def privately(case: Case) -> Draft | None:
    """The owner pays for his company from his own account, with the number."""
    if case.debtor.kind == "consumer":
        return None
    return pays(case, *case.named(), payer=private_account(case.debtor))


def privately_with_company(case: Case) -> Draft | None:
    """The owner, with the name of the company and the end of the number."""
    if case.debtor.kind == "consumer":
        return None
    return pays(
        case, f"{case.debtor.name} {suffix(case.invoice, case.draw)}", payer=private_account(case.debtor)
    )


def group_for_one(case: Case) -> Draft | None:
    """The desk of the group pays for one member, by number."""
    account = _group_account(case.debtor)
    if account is None:
        return None
    text = case.draw.choice((case.invoice.number, f"{case.invoice.number} {case.debtor.name}"))
    return pays(case, text, payer=account)


def group_for_several(case: Case) -> Draft | None:
    """The desk of the group, one sum for several members; with numbers, names, or neither."""
    account = _group_account(case.debtor)
    members = case.books.groups.get(case.debtor.group, [])
    theirs = [case.invoice, *_open_of(case, [m for m in members if m is not case.debtor])][:5]
    if account is None or len(theirs) < 2:
        return None
    names = ", ".join(sorted({case.books.debtor_of(i).name for i in theirs}))
    text = case.draw.choice(
        (" ".join(i.number for i in theirs), names, say(case.draw, EVERYTHING, case.debtor))
    )
    return pays_all(case, theirs, text, payer=account)


def bookkeeper_for_one(case: Case) -> Draft | None:
    """A bookkeeper pays for a client, whom he names."""
    if case.debtor.kind not in ("business", "sole_trader"):
        return None
    text = case.draw.choice(("{1} {0}", "inz. {0} {1}", "namens {0}, {1}", "{1} / {0}"))
    return pays(case, text.format(case.debtor.name, case.invoice.number), payer=_office(case.debtor))


def bookkeeper_for_several(case: Case) -> Draft | None:
    """A bookkeeper, one sum for several clients."""
    clients = [c for c in _clients(case) if c is not case.debtor]
    theirs = [case.invoice, *_open_of(case, clients)[: case.draw.randint(1, 4)]]
    if len(theirs) < 2:
        return None
    numbers = ", ".join(i.number for i in theirs)
    ends = " + ".join(suffix(i, case.draw) for i in theirs)
    text = case.draw.choice(
        (numbers, numbers, ends, f"div. facturen {case.books.debtor_of(theirs[0]).name} e.a.")
    )
    return pays_all(case, theirs, text, payer=_office(case.debtor))


def provider_for_one(case: Case) -> Draft:
    """A payment button: the provider's name, its own number, and ours."""
    own = f"{case.draw.randint(10**9, 10**11)}"
    form = case.draw.choice(
        ("{own} {number} {name}", "{number} {own}", "{own} 00{own} Factuur {number} {name}")
    )
    text = form.format(own=own, number=case.invoice.number, name=case.debtor.name)
    return pays(case, text, payer=case.draw.choice(_PROVIDERS), end_to_end=own)


def provider_payout(case: Case) -> Draft | None:
    """A day of payment buttons in one sum, less the provider's fee, which nobody owes us."""
    theirs = [case.invoice]
    others = case.books.today[: case.draw.randint(3, 9)]
    theirs += [i for i in others if i is not case.invoice and case.books.open.get(i.number, 0) > 0]
    if len(theirs) < 2:
        return None
    draft = pays_all(case, theirs, f"PAYOUT {case.day:%Y%m%d} {case.draw.randint(10**7, 10**8)}")
    draft.payer, fee = case.draw.choice(_PROVIDERS), 29 * len(theirs)
    draft.cents -= fee if draft.cents > 2 * fee else 0
    return draft


def friend(case: Case) -> Draft:
    """Somebody else's name and account, and hardly a word."""
    text = case.draw.choice(
        (say(case.draw, BARE, case.debtor), case.debtor.name, f"voor {case.debtor.owner}", "")
    )
    return pays(case, text, payer=_somebody(case))


def friend_with_number(case: Case) -> Draft:
    """Somebody else's name and account, with the number."""
    return pays(case, *case.named(), payer=_somebody(case))


def _somebody(case: Case) -> Account:
    return Account(make_iban("NL", 7_000_000 + case.draw.randrange(900_000)), stranger(case.draw))


def _group_account(debtor: Debtor) -> Account | None:
    return debtor.accounts[-1] if debtor.group else None


def _office(debtor: Debtor) -> Account:
    return office_account(place_of(debtor.number) // CLIENTS)


def _clients(case: Case) -> list[Debtor]:
    begin = place_of(case.debtor.number) // CLIENTS * CLIENTS
    return [d for d in case.books.debtors[begin : begin + CLIENTS] if d.kind in ("business", "sole_trader")]


def _open_of(case: Case, debtors: list[Debtor]) -> list[Invoice]:
    """The oldest open invoice of each."""
    found = []
    for debtor in debtors:
        oldest = next((i for i in case.books.of_debtor.get(debtor.number, ()) if i.cents > 0), None)
        if oldest is not None:
            found.append(oldest)
    return found
