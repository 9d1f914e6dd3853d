"""Lets our own line be said again."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.store.models import PlaybookLine


def reset_playbook_line(doer: Doer, *, language: str, moment: str) -> None:
    """What the administration wrote for this moment in this language is gone."""

    def do() -> dict[str, Any]:
        rows = PlaybookLine.objects.filter(administration_id=doer.administration_id)
        rows.filter(language=language, moment=moment).delete()
        return {}

    once(doer, "reset_playbook_line", do)
