"""`beluur backup` and `beluur restore`."""

from __future__ import annotations

from pathlib import Path

from beluur import clock
from beluur.cli.files import complain
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.words import render


def backup(target: Path | None) -> int:
    """One file with the database and the documents."""
    import django

    django.setup()
    from beluur.actions.backup import make_backup

    try:
        made = make_backup(clock.now(), target)
    except Refused as refused:
        complain(refused.sentence, "nl")
        return 1
    print(render(say("cli.backed_up", path=str(made))))
    return 0


def restore(source: Path) -> int:
    """Into an empty data folder only."""
    import django

    django.setup()
    from beluur.actions.backup import restore_backup

    try:
        into = restore_backup(source)
    except Refused as refused:
        complain(refused.sentence, "nl")
        return 1
    print(render(say("cli.restored", path=str(into))))
    return 0
