"""The row that a dispute is, whether it was said in a call or came in otherwise (D8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beluur.actions.once import Doer
from beluur.actions.whose import owner_of
from beluur.domain.call_report import DisputeSaid
from beluur.store.models import Dispute


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What the dispute is now. ``cents`` None: all that is open on the invoice. ``wants`` is what would settle it, in words, and
    ``evidence`` what shows it; ``owner_user`` is the colleague who answers, ``owner`` his name or that of an outsider."""

    cents: int | None
    code: str
    answer_by: date | None
    what: str = ""
    owner: str = ""
    wants: str = ""
    evidence: str = ""
    owner_user: int | None = None

    def said(self, invoice_id: int) -> DisputeSaid:
        """The same as it would be said in a call about that invoice."""
        return DisputeSaid(
            ((invoice_id, self.cents),),
            self.code,
            self.what,
            self.owner,
            self.answer_by,
            self.wants,
            self.evidence,
            self.owner_user,
        )


def new_dispute(
    doer: Doer, said: DisputeSaid, *, debtor_id: int, invoice_id: int, cents: int, call_id: int | None
) -> Dispute:
    """The row, not saved. Refused at ``dispute_owner`` when he who answers does not work here."""
    user_id, name = owner_of(doer, said.owner_user, said.owner)
    return Dispute(
        administration_id=doer.administration_id,
        debtor_id=debtor_id,
        invoice_id=invoice_id,
        call_id=call_id,
        cents=cents,
        code=said.code,
        what=said.what,
        wants=said.wants.strip(),
        evidence=said.evidence.strip(),
        owner=name,
        owner_user_id=user_id,
        answer_by=said.answer_by,
        made_at=doer.at,
    )
