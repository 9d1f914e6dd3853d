"""Ends a sign-in at the provider of the mailbox: the code with which somebody came back becomes tokens, which are sealed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from beluur.actions.mail_access import registration_of
from beluur.actions.once import Doer, once
from beluur.domain.mail_sign_in import Declined
from beluur.mailroom.ask_token import token_for_code
from beluur.mailroom.providers import PROVIDERS
from beluur.store.models import Mailbox, MailSignIn
from beluur.store.sealing import seal
from beluur.values.problem import Refused
from beluur.values.sentence import say


@dataclass(frozen=True, slots=True)
class CameBack:
    """``nonce`` names this sign-in; ``client_id`` is the registration for which it was begun, ``back`` where he came back."""

    nonce: str
    client_id: str
    code: str
    verifier: str
    back: str

    def __repr__(self) -> str:
        """Without the code and its verifier."""
        return f"CameBack({self.nonce!r})"


def sign_in_mail(doer: Doer, came: CameBack) -> str:
    """The name of the provider. Refused when it was done before, when the registration is another one by now, and with what the
    provider says. The network is asked with no transaction open."""
    _use_up(doer, came.nonce)
    row = MailSignIn.objects.filter(administration_id=doer.administration_id).first()
    if row is None or row.client_id != came.client_id:
        raise Refused(say("mail.sign_in.changed"))
    provider = PROVIDERS[row.provider]
    read = token_for_code(
        provider, registration_of(row), code=came.code, verifier=came.verifier, back=came.back
    )
    if isinstance(read, Declined):
        raise Refused(say("mail.sign_in.not_done", provider=provider.firm, answer=read.answer))
    if not read.refresh:
        raise Refused(say("mail.sign_in.no_refresh", provider=provider.firm))
    as_read = MailSignIn.objects.filter(
        administration_id=doer.administration_id, id=row.id, client_secret=row.client_secret
    )
    kept = as_read.update(
        refresh_token=seal(read.refresh),
        access_token=seal(read.access),
        access_at=doer.at,
        access_until=doer.at + timedelta(seconds=read.seconds),
        holds=True,
        trouble={},
        signed_in_at=doer.at,
        by_id=doer.user_id,
    )
    if not kept:
        raise Refused(say("mail.sign_in.changed"))
    read_by_it = Mailbox.objects.filter(
        administration_id=doer.administration_id, sign_in="xoauth2", secret=""
    )
    read_by_it.update(next_look_at=doer.at, tries=0, trouble={}, trouble_at=None)
    return provider.name


def _use_up(doer: Doer, nonce: str) -> None:
    """Of two who come back with the same at one moment, one goes on: a code that is shown twice ends what it granted."""
    mine = secrets.token_hex(16)
    first: dict[str, Any] = once(
        replace(doer, key=f"sign-in {nonce}"[:64]), "sign_in_mail", lambda: {"by": mine}
    )
    if first["by"] != mine:
        raise Refused(say("mail.sign_in.not_ours"))
