"""*Never got it*: the copies leave while he is on the line (D7; moments of the call)."""

from __future__ import annotations

from beluur.actions.once import Doer
from beluur.actions.send_papers import send_invoice_copy
from beluur.domain.reason_actions import CONSEQUENCES, Action
from beluur.queries.call_screen import CallScreen
from beluur.queries.mail_facts import recipient_facts
from beluur.queries.outbox import mail_leaves
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_reasons import reason_of
from beluur.web.pages.practice_talk import practising

Sent = tuple[dict[str, str], Sentence | None]


def wants_copies(draft: Draft) -> bool:
    """Whether the action of the reason that is being answered is to mail the copies, and they did not leave yet."""
    code = None if draft.text("mailed") else reason_of(draft)
    return code is not None and CONSEQUENCES[code].action is Action.MAIL_COPY


def mail_copies(doer: Doer, screen: CallScreen, draft: Draft) -> Sent:
    """The copies of what is asked for, to the address that he spells (or the known one). Gives what the draft keeps of it, or the
    sentence that says why nothing left."""
    asked = [i.id for i in screen.invoices if i.asked.cents > 0 and i.copy_id]
    contact = screen.contact.id if screen.contact else None
    known = recipient_facts(doer.administration_id, screen.debtor.id, contact_id=contact)
    to = draft.text("m_to") or known.email
    if not to:
        return {}, say("outbox.no_address")
    if practising(draft):
        return _has_it(to, draft), None  # in the story he has it now; of a practice call nothing leaves
    call_id = screen.call.id if screen.call else None
    try:
        message = send_invoice_copy(doer, screen.debtor.id, asked, to=to, contact_id=contact, call_id=call_id)
    except Refused as refused:
        return {}, refused.sentence
    if not mail_leaves(doer.administration_id, message):
        return {}, say("outbox.no_server")  # it lies ready to be sent by hand: nobody may say that he has it
    return _has_it(to, draft), None


def _has_it(to: str, draft: Draft) -> dict[str, str]:
    return {"mailed": to, "stage": "reason", "confirm_to": draft.text("confirm_to") or to}
