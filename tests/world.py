"""A small world to act in: an administration with its owner, and short ways to put something in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from beluur.actions.add_contact import ContactFacts, add_contact
from beluur.actions.add_debtor import add_debtor
from beluur.actions.add_invoice import add_invoice
from beluur.actions.debtor_facts import DebtorFacts
from beluur.actions.invoice_facts import InvoiceFacts
from beluur.actions.once import Doer
from beluur.store.models import Administration, Membership, User

NOW = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)  # a Monday, 09:35 in Amsterdam
TODAY = date(2026, 11, 23)
PASSWORD = "een lange zin als wachtwoord"


@dataclass
class World:
    """One administration (``doer`` acts in it as its owner)."""

    administration: Administration
    user: User
    now: datetime = NOW

    @property
    def id(self) -> int:
        return self.administration.id

    @property
    def slug(self) -> str:
        return self.administration.slug

    @property
    def doer(self) -> Doer:
        return Doer(self.administration.id, self.now, user_id=self.user.id, name=self.user.name)

    def with_key(self, key: str) -> Doer:
        """The same doer, with a form's key."""
        return replace(self.doer, key=key)

    def debtor(self, name: str = "Bakkerij Proefkruimel", **facts: Any) -> int:
        """A debtor; gives his id."""
        return add_debtor(self.doer, facts=DebtorFacts(name=name, **facts))

    def contact(self, debtor_id: int, name: str = "An Voorbeeld", **facts: Any) -> int:
        """A contact; gives his id."""
        return add_contact(self.doer, debtor_id=debtor_id, facts=ContactFacts(name=name, **facts))

    def invoice(
        self, debtor_id: int, number: str, cents: int = 100_00, *, late: int = 10, **facts: Any
    ) -> int:
        """An invoice that is ``late`` days late, known to three days ago; gives its id."""
        as_of = facts.pop("as_of", TODAY - timedelta(days=3))
        due = facts.pop("due", TODAY - timedelta(days=late))
        issued = facts.pop("issued", due and due - timedelta(days=30))
        known = InvoiceFacts(number=number, amount_cents=cents, issued=issued, due=due, **facts)
        return add_invoice(self.doer, debtor_id=debtor_id, facts=known, as_of=as_of)


def make_world(slug: str = "proef", name: str = "Proefbedrijf") -> World:
    """A new administration with an owner called after it."""
    user = User.objects.create_user(email=f"{slug}@example.org", password=PASSWORD, name="Eva Eigenaar")
    administration = Administration.objects.create(
        slug=slug, name=name, iban="NL91ABNA0417164300", created_at=NOW, email=f"{slug}@example.org"
    )
    Membership.objects.create(administration=administration, user=user, role="owner")
    return World(administration, user)
