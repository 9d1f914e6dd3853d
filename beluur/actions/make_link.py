"""Makes the personal page of a mail (J9), in the transaction in which the mail is put in the outbox."""

from __future__ import annotations

import secrets

from beluur.actions.once import Doer
from beluur.domain.personal_link import expires_at, token_hash
from beluur.domain.shown_agreement import ShownAgreement
from beluur.queries.agreement_now import agreement_now
from beluur.store.models import Debtor, Invoice, Message, PersonalLink
from beluur.store.sealing import seal

TOKEN_BYTES = 24  # 192 bits: nobody guesses one


def make_link(doer: Doer, message: Message) -> PersonalLink:
    """The row, saved. A confirmation's page shows what its call agreed, as it stands now; other mails have no agreement."""
    assert message.debtor_id is not None, "a mail with a page goes to a debtor"
    token = secrets.token_urlsafe(TOKEN_BYTES)
    shown = _agreement(doer, message, message.debtor_id)
    return PersonalLink.objects.create(
        administration_id=doer.administration_id,
        debtor_id=message.debtor_id,
        message=message,
        call_id=message.call_id,
        token_hash=token_hash(token),
        sealed=seal(token),
        invoices=_invoices(doer, message, message.debtor_id),
        agreement=shown.to_json() if shown is not None else {},
        made_at=doer.at,
        expires_at=expires_at(doer.at, shown.last_day if shown is not None else None),
    )


def _agreement(doer: Doer, message: Message, debtor_id: int) -> ShownAgreement | None:
    if message.kind not in ("confirmation", "ask_confirm") or message.call_id is None:
        return None
    debtor = Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id)
    zone, currency = debtor.values_list("time_zone", "currency").get()
    return agreement_now(doer.administration_id, message.call_id, zone, currency).shown


def _invoices(doer: Doer, message: Message, debtor_id: int) -> list[int]:
    """The ids of what the mail is about, the oldest first."""
    numbers = message.facts.get("invoices", [])
    rows = Invoice.objects.filter(
        administration_id=doer.administration_id, debtor_id=debtor_id, number__in=numbers
    )
    return list(rows.order_by("due", "id").values_list("id", flat=True))
