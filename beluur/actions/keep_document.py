"""Keeps a file with a dossier: an invoice copy, the general terms, a letter."""

from __future__ import annotations

import re
from typing import Any

from beluur.actions.keep_bytes import keep_bytes
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import the_debtor, the_invoice
from beluur.store.models import Administration, Document
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

LARGEST = 15 * 1024 * 1024
KINDS = ("invoice_copy", "terms", "other")
_STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def keep_document(
    doer: Doer,
    *,
    name: str,
    content: bytes,
    kind: str = "other",
    debtor_id: int | None = None,
    invoice_id: int | None = None,
) -> int:
    """Gives the document's id. The bytes are on disk before a row names them. PDF, PNG and JPEG by what is in the file, not by
    its name. With ``invoice_id`` it becomes that invoice's copy; ``terms`` become those of the administration."""
    media_type = _media_type(content)

    def do() -> dict[str, Any]:
        if kind not in KINDS:
            raise Refused(say("by_hand.choose"), "kind")
        debtor = the_debtor(doer, debtor_id) if debtor_id is not None else None
        invoice = the_invoice(doer, invoice_id) if invoice_id is not None else None
        document = Document.objects.create(
            administration_id=doer.administration_id,
            debtor_id=invoice.debtor_id if invoice else debtor_id,
            kind="invoice_copy" if invoice else kind,
            name=safe_name(name),
            sha256=keep_bytes(content),
            size=len(content),
            media_type=media_type,
            created_at=doer.at,
        )
        if invoice:
            invoice.copy = document
            invoice.save(update_fields=["copy"])
        elif kind == "terms" and debtor is None:
            Administration.objects.filter(id=doer.administration_id).update(terms=document)
        if document.debtor_id is not None:
            record = {"document": document.id, "sha256": document.sha256}
            said = say("event.document", name=document.name)
            put_on_record(doer, Happening(document.debtor_id, "document", said, facts=record))
        return {"document": document.id}

    return int(once(doer, "keep_document", do)["document"])


def safe_name(name: str) -> str:
    """The last part of a path, without signs that mean something to a file system or a mail header."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\"<>:|?*]", "", last).strip(" .")[-120:] or "document.pdf"


def _media_type(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refused(say("by_hand.file_too_large", megabytes=LARGEST // 1024 // 1024), "file")
    found = next((media for start, media in _STARTS.items() if content.startswith(start)), None)
    if found is None:
        raise Refused(say("by_hand.file_unknown"), "file")
    return found
