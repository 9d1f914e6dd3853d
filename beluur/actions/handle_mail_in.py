"""A person decides what an answer is: it confirms the agreement, or he has seen to it (E3)."""

from __future__ import annotations

from typing import Any

from beluur.actions.note_reply import agree_by_mail
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor
from beluur.store.models import Debtor, MailIn
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

CONFIRMED, NOTED = "confirmed", "noted"


def handle_mail_in(doer: Doer, mail_in_id: int, how: str) -> int:
    """``how`` is CONFIRMED or NOTED. Gives the debtor's id; what was handled stays so. Refused when there is no agreement to
    confirm. Raises MailIn.DoesNotExist."""

    def do() -> dict[str, Any]:
        mail, debtor = locked_mail(doer, mail_in_id)
        if mail.state != "open":
            return {"debtor": debtor.id}
        if how not in (CONFIRMED, NOTED):
            raise Refused(say("by_hand.choose"))
        if how == CONFIRMED and (mail.promise is None or not mail.promise.active):
            raise Refused(say("mail_in.nothing_to_confirm"))
        mail.state, mail.handled_by_id, mail.handled_at = how, doer.user_id, doer.at
        mail.save(update_fields=["state", "handled_by", "handled_at"])
        who = mail.sender_name or mail.sender
        if how == CONFIRMED and mail.promise is not None:
            agree_by_mail(doer, debtor, mail.promise, name=who)
        confirmed, seen = say("event.reply_confirmed", who=who), say("event.reply_seen", who=who)
        evidence = {"mail_in": mail.id, "mail_id": mail.mail_id, "promise": mail.promise_id}
        said = confirmed if how == CONFIRMED else seen
        put_on_record(doer, Happening(debtor.id, "mail_in_seen", said, facts=evidence))
        facts_changed(doer, [debtor.id])
        return {"debtor": debtor.id}

    return int(once(doer, "handle_mail_in", do)["debtor"])


def locked_mail(doer: Doer, mail_in_id: int) -> tuple[MailIn, Debtor]:
    """The mail and its debtor, locked; the debtor first, as everywhere. Raises MailIn.DoesNotExist."""
    rows = MailIn.objects.filter(administration_id=doer.administration_id)
    debtor = the_debtor(doer, rows.values_list("debtor_id", flat=True).get(id=mail_in_id))
    return rows.select_for_update(of=("self",)).get(id=mail_in_id), debtor


def answered_by_change(doer: Doer, mail_in_id: int, promise_id: int) -> None:
    """His proposal was taken over in the promise that it is about: it waits no longer. In the running transaction."""
    rows = MailIn.objects.filter(
        administration_id=doer.administration_id, promise_id=promise_id, state="open"
    )
    rows.filter(id=mail_in_id).update(state=NOTED, handled_by_id=doer.user_id, handled_at=doer.at)
