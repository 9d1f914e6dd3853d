"""Saves that mail leaves through Microsoft 365 or Gmail, with the user's own registration of the app; its secret is sealed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.save_smtp import check_address, sender_of
from beluur.mailroom.providers import PROVIDERS, is_tenant
from beluur.mailroom.send import SignIn
from beluur.store.models import Administration, MailSignIn
from beluur.store.sealing import seal
from beluur.values.problem import Refused
from beluur.values.sentence import say

_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class ProviderForm:
    """What the user fills in. ``provider`` is a name of `PROVIDERS`, ``username`` the mailbox; ``client_secret`` None keeps the
    one that is there."""

    provider: str
    client_id: str
    client_secret: str | None = None
    tenant: str = ""
    username: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    copy_to: str = ""


def save_mail_provider(doer: Doer, form: ProviderForm) -> bool:
    """Whether somebody is signed in there; what was granted to another registration is forgotten. Refused at the field that is
    not right."""

    def do() -> dict[str, Any]:
        house = Administration.objects.select_for_update().get(id=doer.administration_id)
        house.smtp = smtp_of(form)
        kept = MailSignIn.objects.select_for_update().filter(administration_id=house.id).first()
        row = _registered(form, kept, house)
        house.save(update_fields=["smtp"])
        row.save()
        return {"holds": row.holds}

    return bool(once(doer, "save_mail_provider", do)["holds"])


def smtp_of(form: ProviderForm) -> dict[str, Any]:
    """What is kept with the administration: the server is that of the table. Refused at the field that is not right."""
    if form.provider not in PROVIDERS:
        raise Refused(say("general.required"), "provider")
    mailbox = form.username.strip()
    check_address(mailbox, "username", needed=True)
    sender = sender_of(asdict(form))
    server = PROVIDERS[form.provider].smtp
    return {
        "provider": form.provider,
        "host": server.host,
        "port": server.port,
        "security": server.security,
        "sign_in": SignIn.XOAUTH2,
        "username": mailbox,
        "secret": "",
        **sender,
        "authorities": "",
    }


def _registered(form: ProviderForm, kept: MailSignIn | None, house: Administration) -> MailSignIn:
    client_id, tenant = _checked(form)
    same = kept is not None and (kept.provider, kept.client_id, kept.tenant) == (
        form.provider,
        client_id,
        tenant,
    )
    secret = (form.client_secret or "").strip()
    if not secret and not (same and form.client_secret is None):
        raise Refused(say("general.required"), "client_secret")
    if kept is None or not same:
        made = MailSignIn(administration=house, provider=form.provider, client_id=client_id, tenant=tenant)
        made.id, made.client_secret = kept.id if kept else None, seal(secret)
        return made
    if secret:
        kept.client_secret, kept.holds, kept.trouble = seal(secret), bool(kept.refresh_token), {}
    return kept


def _checked(form: ProviderForm) -> tuple[str, str]:
    client_id = form.client_id.strip()
    if not client_id:
        raise Refused(say("general.required"), "client_id")
    if (
        len(client_id) > _LONGEST_ID
        or not client_id.isascii()
        or not client_id.isprintable()
        or " " in client_id
    ):
        raise Refused(say("mail.sign_in.client_id", provider=PROVIDERS[form.provider].firm), "client_id")
    tenant = form.tenant.strip().lower() if PROVIDERS[form.provider].has_tenant else ""
    if tenant and not is_tenant(tenant):
        raise Refused(say("mail.sign_in.tenant"), "tenant")
    return client_id, tenant
