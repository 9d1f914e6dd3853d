"""Records that a debtor was given the general terms, when, how and which text (I1), and takes that back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from beluur.actions.keep_document import keep_document
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import the_debtor
from beluur.store.models import Document, TermsGiven
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

HOWS = ("quote", "order", "contract", "mail", "hand", "other")


def record_terms(
    doer: Doer,
    *,
    debtor_id: int,
    on: date,
    how: str,
    today: date,
    document_id: int | None = None,
    name: str = "",
    content: bytes = b"",
) -> int:
    """Gives the id. The text is ``document_id``, one of ours or of this debtor, or a file that is kept with him; refused without
    one, and for a day to come."""

    def do() -> dict[str, Any]:
        debtor = the_debtor(doer, debtor_id)
        if how not in HOWS:
            raise Refused(say("by_hand.choose"), "how")
        if on > today:
            raise Refused(say("by_hand.day_to_come", today=today), "on")
        document = _document(doer, debtor_id, document_id, name, content)
        row = TermsGiven.objects.create(
            administration_id=doer.administration_id,
            debtor=debtor,
            on=on,
            how=how,
            document=document,
            by_id=doer.user_id,
            at=doer.at,
        )
        said = say("event.terms_given", day=on, how=say(f"terms_how.{how}"), name=document.name)
        record = {"terms": row.id, "document": document.id, "sha256": document.sha256}
        put_on_record(doer, Happening(debtor.id, "terms_given", said, facts=record))
        return {"terms": row.id}

    return int(once(doer, "record_terms", do)["terms"])


def withdraw_terms(doer: Doer, *, terms_id: int) -> int:
    """It was not so; gives the debtor's id. Raises TermsGiven.DoesNotExist."""

    def do() -> dict[str, Any]:
        rows = TermsGiven.objects.select_for_update().filter(administration_id=doer.administration_id)
        row = rows.get(id=terms_id)
        if row.withdrawn_at is None:
            row.withdrawn_at = doer.at
            row.save(update_fields=["withdrawn_at"])
            said = say("event.terms_withdrawn", day=row.on)
            put_on_record(doer, Happening(row.debtor_id, "terms_withdrawn", said, facts={"terms": row.id}))
        return {"debtor": row.debtor_id}

    return int(once(doer, "withdraw_terms", do)["debtor"])


def _document(doer: Doer, debtor_id: int, document_id: int | None, name: str, content: bytes) -> Document:
    if content:  # part of this form, which has its receipt already
        document_id = keep_document(replace(doer, key=""), name=name, content=content, debtor_id=debtor_id)
    rows = Document.objects.filter(administration_id=doer.administration_id)
    found = rows.filter(id=document_id).first() if document_id is not None else None
    if found is None or found.debtor_id not in (None, debtor_id):
        raise Refused(say("terms_given.no_document"), "file")
    return found
