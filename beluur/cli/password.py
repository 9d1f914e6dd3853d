"""`beluur password`: a new password for who lost his, by who keeps the machine."""

from __future__ import annotations

import getpass
import sys

from beluur.cli.files import complain
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.words import render


def new_password(email: str) -> int:
    """Asks for the password twice on a terminal; a pipe gives it on one line."""
    import django

    django.setup()
    from beluur.actions.change_member import set_password

    try:
        set_password(email=email, password=_asked())
    except Refused as refused:
        complain(refused.sentence, "nl")
        return 1
    print(render(say("cli.password_set", email=email)))
    return 0


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(render(say("cli.password_ask")) + " ")
    if getpass.getpass(render(say("cli.password_again")) + " ") != first:
        raise Refused(say("cli.password_differs"))
    return first
