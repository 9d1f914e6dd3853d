"""The general terms of the creditor: the PDF that goes along with what is agreed."""

from __future__ import annotations

from typing import Any

from beluur.actions.keep_document import keep_document, safe_name
from beluur.actions.once import Doer, once
from beluur.store.models import Administration
from beluur.values.problem import Refused
from beluur.values.sentence import say


def set_terms(doer: Doer, *, name: str, content: bytes) -> str:
    """Takes this PDF as the general terms from now on; gives the name under which it is sent. Earlier ones stay with the mails
    that they went along with."""
    if not content:
        raise Refused(say("terms.no_file"), "file")
    if not content.startswith(b"%PDF-"):
        raise Refused(say("terms.not_pdf"), "file")
    keep_document(doer, name=name, content=content, kind="terms")
    return safe_name(name)


def remove_terms(doer: Doer) -> None:
    """Mails go without general terms from now on."""

    def do() -> dict[str, Any]:
        Administration.objects.filter(id=doer.administration_id).update(terms=None)
        return {}

    once(doer, "remove_terms", do)
