"""A mail of ours came back: it did not arrive, so it confirmed nothing; a wrong address is asked for (C13)."""

from __future__ import annotations

from beluur.actions.once import Doer, put_on_record
from beluur.actions.touched import facts_changed
from beluur.domain.message_state import Cause, MessageState, states_before
from beluur.importers.mail_bounce import Bounce
from beluur.store.models import Contact, Debtor, Message
from beluur.store.save import Happening
from beluur.values.sentence import say


def mail_bounced(doer: Doer, debtor: Debtor, message: Message, bounce: Bounce) -> None:
    """In the running transaction, with the debtor locked."""
    here = {"administration_id": doer.administration_id}
    why = say("mail_in.bounced", address=bounce.address, answer=bounce.answer or "–")
    before = states_before(Cause.BOUNCED)
    Message.objects.filter(**here, id=message.id, state__in=before).update(
        state=MessageState.FAILED, problem=why.to_json()
    )
    lines = [why]
    if bounce.bad_address:
        Contact.objects.filter(**here, debtor=debtor, email__iexact=bounce.address).update(
            email_bad_at=doer.at
        )
        Debtor.objects.filter(**here, id=debtor.id, email__iexact=bounce.address).update(email_bad_at=doer.at)
        lines.append(say("mail_in.ask_address", address=bounce.address))
    said = say("event.mail_bounced", kind=say(f"outbox.kind.{message.kind}"), to=bounce.address)
    facts = {"message": message.id, "status": bounce.status}
    put_on_record(
        doer, Happening(debtor.id, "mail_failed", said, tuple(lines), facts=facts, call_id=message.call_id)
    )
    facts_changed(doer, [debtor.id])
