"""Mails in each state, and a debtor to mail to: for the tests of the pages around mail."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from itertools import count
from typing import Any

from beluur.mailroom.compose import compose_statement
from beluur.mailroom.facts import CreditorFacts, InvoiceLine, RecipientFacts
from beluur.store.models import Message
from beluur.values.money import Money
from beluur.values.sentence import say
from tests.world import NOW, TODAY, World

SERVER = {
    "host": "localhost",
    "port": 2525,
    "security": "none",
    "sign_in": "none",
    "sender": "bel@example.org",
}
_numbers = count(1)


def set_server(world: World, **changes: Any) -> None:
    """As if the user had filled in a mail server."""
    world.administration.smtp = SERVER | changes
    world.administration.save(update_fields=["smtp"])


def make_mail(world: World, state: str = "sent", debtor_id: int | None = None, **fields: Any) -> Message:
    """A statement of account in ``state``."""
    line = InvoiceLine(
        "2026-1", TODAY - timedelta(days=40), TODAY - timedelta(days=10), Money(12_345), Money(12_345)
    )
    creditor = CreditorFacts("Proefbedrijf", "Eva Eigenaar", iban="NL91ABNA0417164300")
    recipient = RecipientFacts("Bakkerij Proefkruimel", "An Voorbeeld", "an@example.org")
    mail = compose_statement(creditor, recipient, (line,), today=TODAY)
    problem = {
        "failed": say("mail.failed.recipient", address="an@example.org", answer="550 onbekend"),
        "uncertain": say("mail.uncertain", host="localhost"),
        "not_sent": say("outbox.no_server"),
    }.get(state)
    defaults = {
        "kind": "statement",
        "to": "an@example.org",
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "inline": [
            {"cid": i.cid, "media_type": i.media_type, "base64": b64encode(i.data).decode()}
            for i in mail.images
        ],
        "facts": {
            "mail_kind": mail.kind.value,
            "to_name": "An Voorbeeld",
            "invoices": ["2026-1"],
            "names": {},
        },
        "problem": problem.to_json() if problem else {},
        "send_after": world.now + timedelta(seconds=30 if state == "held" else 0),
        "message_id": f"m{next(_numbers)}@example.org",
        "created_at": NOW,
        "sent_at": NOW if state == "sent" else None,
        "tries": 1 if state in ("sent", "failed", "uncertain") else 0,
    }
    return Message.objects.create(
        administration=world.administration, debtor_id=debtor_id, state=state, **defaults | fields
    )
