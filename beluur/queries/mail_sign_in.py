"""Whether somebody is signed in at the provider of the mailbox, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.mailroom.providers import PROVIDERS, Provider
from beluur.store.models import Administration, MailSignIn
from beluur.store.sealing import unseal
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class SignInRow:
    """The registration without its secret, and the sign-in without its tokens. ``why`` None: it holds, as far as is known."""

    provider: str
    client_id: str
    tenant: str
    why: Sentence | None
    signed_in_at: datetime | None
    by: str

    @property
    def at(self) -> Provider:
        """Where."""
        return PROVIDERS[self.provider]

    @property
    def ended(self) -> bool:
        """Whether it held once."""
        return self.why is not None and self.signed_in_at is not None


def sign_in_row(administration_id: int) -> SignInRow | None:
    """None when no provider is set up."""
    rows = MailSignIn.objects.filter(administration_id=administration_id).select_related("by")
    row = rows.first()
    if row is None:
        return None
    by = row.by.name if row.by else ""
    return SignInRow(row.provider, row.client_id, row.tenant, why_closed(row), row.signed_in_at, by)


def why_closed(row: MailSignIn | None) -> Sentence | None:
    """Why no token can be had; None when one can, as far as is known."""
    if row is None:
        return say("mail.sign_in.nowhere")
    name = PROVIDERS[row.provider].name
    if row.trouble:
        return Sentence.from_json(row.trouble)
    if not row.holds:
        return say("mail.sign_in.missing", provider=name)
    # sealed with another SECRET_KEY: as good as ended
    return None if unseal(row.refresh_token) else say("mail.sign_in.ended", provider=name)


def why_signed_out(house: Administration) -> Sentence | None:
    """Why no mail of ``house`` leaves through its provider; None when it can, or when it has none."""
    if not house.smtp.get("provider"):
        return None
    return why_closed(MailSignIn.objects.filter(administration_id=house.id).first())
