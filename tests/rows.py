"""Rows to start a test from: an administration, its debtors and invoices. All names are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

MOMENT = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)  # a Monday, 09:35 in Amsterdam
TODAY = date(2026, 11, 23)

_numbers = count(1)


def make_administration(**fields: Any) -> Any:
    """An administration of its own, Dutch unless said otherwise."""
    from beluur.store.models import Administration

    n = next(_numbers)
    defaults = {
        "slug": f"proefbedrijf-{n}",
        "name": f"Proefbedrijf {n}",
        "iban": "NL91ABNA0417164300",
        "email": "administratie@example.org",
        "created_at": MOMENT,
    }
    return Administration.objects.create(**defaults | fields)


def make_user(administration: Any = None, role: str = "owner", **fields: Any) -> Any:
    """Someone who works there; his password is ``een lang wachtwoord``."""
    from beluur.store.models import Membership, User

    n = next(_numbers)
    user = User.objects.create_user(
        fields.pop("email", f"beller{n}@example.org"),
        "een lang wachtwoord",
        fields.pop("name", f"Beller {n}"),
    )
    if administration is not None:
        Membership.objects.create(administration=administration, user=user, role=role)
    return user


def make_debtor(administration: Any, **fields: Any) -> Any:
    """A debtor with a switchboard number that exists for nobody."""
    from beluur.store.models import Debtor

    n = next(_numbers)
    defaults = {"name": f"Debiteur {n}", "phone": "+31 20 123 4567", "created_at": MOMENT}
    return Debtor.objects.create(administration=administration, **defaults | fields)


def make_invoice(debtor: Any, cents: int = 100_00, due: date = date(2026, 11, 16), **fields: Any) -> Any:
    """An invoice of ``cents``, all of it open."""
    from beluur.store.models import Invoice

    defaults = {
        "number": f"2026-{next(_numbers):04d}",
        "issued": date(2026, 10, 17),
        "due": due,
        "amount_cents": cents,
        "stated_open_cents": cents,
        "open_cents": cents,
    }
    return Invoice.objects.create(administration=debtor.administration, debtor=debtor, **defaults | fields)


def make_account(administration: Any, **fields: Any) -> Any:
    """One of our own bank accounts, known to the day before yesterday."""
    from beluur.store.models import BankAccount

    defaults = {"number": "NL91ABNA0417164300", "reaches": date(2026, 11, 21), "created_at": MOMENT}
    return BankAccount.objects.create(administration=administration, **defaults | fields)


def make_payment(account: Any, cents: int = 100_00, **fields: Any) -> Any:
    """A booking on that account that nobody has explained."""
    from beluur.store.models import Payment

    n = next(_numbers)
    defaults = {
        "booked_on": date(2026, 11, 20),
        "amount_cents": cents,
        "left_cents": cents,
        "state": "unexplained",
        "line_key": f"line {n}",
        "counterparty": f"Betaler {n}",
        "at": MOMENT,
    }
    return Payment.objects.create(administration=account.administration, account=account, **defaults | fields)
