"""Forgets the access to the mailbox at its provider; the registration of the app stays."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.store.models import Administration, Mailbox, MailSignIn


def sign_out_mail(doer: Doer) -> None:
    """Nothing leaves and nothing is read until somebody signs in again."""

    def do() -> dict[str, Any]:
        MailSignIn.objects.filter(administration_id=doer.administration_id).update(
            refresh_token="",
            access_token="",
            access_at=None,
            access_until=None,
            holds=False,
            trouble={},
            signed_in_at=None,
            by=None,
        )
        return {}

    once(doer, "sign_out_mail", do)


def forget_unused_sign_in(administration: Administration) -> None:
    """In the running transaction: what neither sends nor reads any more is not kept."""
    read = Mailbox.objects.filter(administration_id=administration.id, sign_in="xoauth2", secret="")
    if not administration.smtp.get("provider") and not read.exists():
        MailSignIn.objects.filter(administration_id=administration.id).delete()
