"""The debtor confirmed by a plain reply, which a person read (E3): without a link that is the way."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import the_debtor
from beluur.domain.personal_link import Answered, answer_digest
from beluur.store.models import Debtor, Promise, WrittenAnswer
from beluur.store.save import Happening
from beluur.values.sentence import say


def note_reply(doer: Doer, promise_id: int) -> int:
    """Gives the debtor's id; what was confirmed already stays so. Raises Promise.DoesNotExist."""

    def do() -> dict[str, Any]:
        promises = Promise.objects.filter(administration_id=doer.administration_id)
        promise = promises.get(id=promise_id)
        debtor = the_debtor(doer, promise.debtor_id)
        if agree_by_mail(doer, debtor, promise):
            record, said = {"promise": promise_id}, say("event.reply_agreed")
            put_on_record(
                doer, Happening(debtor.id, "reply_agreed", said, facts=record, call_id=promise.call_id)
            )
        return {"debtor": debtor.id}

    return int(once(doer, "note_reply", do)["debtor"])


def agree_by_mail(doer: Doer, debtor: Debtor, promise: Promise, *, name: str = "") -> bool:
    """Keeps that the debtor agreed in a mail, within the running transaction; False when that was his last word already. ``name``
    is who wrote it, as far as is known."""
    given = WrittenAnswer.objects.filter(administration_id=doer.administration_id, promise=promise)
    if given.order_by("-id").values_list("kind", flat=True).first() == Answered.AGREE:
        return False
    WrittenAnswer.objects.create(
        administration_id=doer.administration_id,
        debtor=debtor,
        promise=promise,
        kind=Answered.AGREE.value,
        digest=answer_digest(Answered.AGREE, "", "", None),
        name=name[:160],
        by_id=doer.user_id,
        at=doer.at,
    )
    return True
