"""Lets our own text hold again."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.mailroom.texts_file import MailKind
from beluur.store.models import MailTemplate


def reset_template(doer: Doer, *, kind: MailKind, language: str) -> None:
    """What the user wrote for this kind and language is gone."""

    def do() -> dict[str, Any]:
        rows = MailTemplate.objects.filter(administration_id=doer.administration_id)
        rows.filter(kind=kind.value, language=language).delete()
        return {}

    once(doer, "reset_template", do)
