"""Saves that mail leaves through Microsoft 365 or Gmail, with the user's own registration of the app; its secret is sealed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.save_smtp import check_address, check_given, check_sender, sender_of
from beluur.mailroom.providers import PROVIDERS, is_tenant
from beluur.mailroom.send import SignIn
from beluur.store.models import Administration, MailSignIn
from beluur.store.sealing import seal
from beluur.values.problem import Refused, check_all
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
    """Whether somebody is signed in there; what was granted to another registration is forgotten. Refused at each field that is
    not right."""

    def do() -> dict[str, Any]:
        house = Administration.objects.select_for_update().get(id=doer.administration_id)
        kept = MailSignIn.objects.select_for_update().filter(administration_id=house.id).first()
        _check_provider(form)
        check_all(partial(_check_mail, form), partial(_check_registration, form, kept))
        house.smtp = smtp_of(form)
        row = _registered(form, kept, house)
        house.save(update_fields=["smtp"])
        row.save()
        return {"holds": row.holds}

    return bool(once(doer, "save_mail_provider", do)["holds"])


def smtp_of(form: ProviderForm) -> dict[str, Any]:
    """What is kept with the administration: the server is that of the table. Refused at each field that is not right."""
    _check_provider(form)
    _check_mail(form)
    server = PROVIDERS[form.provider].smtp
    return {
        "provider": form.provider,
        "host": server.host,
        "port": server.port,
        "security": server.security,
        "sign_in": SignIn.XOAUTH2,
        "username": form.username.strip(),
        "secret": "",
        **sender_of(asdict(form)),
        "authorities": "",
    }


def _check_provider(form: ProviderForm) -> None:
    if form.provider not in PROVIDERS:
        raise Refused(say("general.required"), "provider")


def _check_mail(form: ProviderForm) -> None:
    check_all(
        partial(check_address, form.username, "username", needed=True),
        partial(check_sender, asdict(form)),
    )


def _check_registration(form: ProviderForm, kept: MailSignIn | None) -> None:
    needs_secret = form.client_secret is not None or not _is_same(form, kept)
    check_all(
        partial(_check_client_id, form),
        partial(_check_tenant, form),
        *([partial(check_given, form.client_secret or "", "client_secret")] if needs_secret else []),
    )


def _check_client_id(form: ProviderForm) -> None:
    client_id = form.client_id.strip()
    check_given(client_id, "client_id")
    plain = client_id.isascii() and client_id.isprintable() and " " not in client_id
    if not plain or len(client_id) > _LONGEST_ID:
        raise Refused(say("mail.sign_in.client_id", provider=PROVIDERS[form.provider].firm), "client_id")


def _check_tenant(form: ProviderForm) -> None:
    tenant = _tenant(form)
    if tenant and not is_tenant(tenant):
        raise Refused(say("mail.sign_in.tenant"), "tenant")


def _tenant(form: ProviderForm) -> str:
    return form.tenant.strip().lower() if PROVIDERS[form.provider].has_tenant else ""


def _is_same(form: ProviderForm, kept: MailSignIn | None) -> bool:
    """Whether it is the registration that is there."""
    asked = (form.provider, form.client_id.strip(), _tenant(form))
    return kept is not None and (kept.provider, kept.client_id, kept.tenant) == asked


def _registered(form: ProviderForm, kept: MailSignIn | None, house: Administration) -> MailSignIn:
    secret = (form.client_secret or "").strip()
    if kept is None or not _is_same(form, kept):
        made = MailSignIn(
            administration=house,
            provider=form.provider,
            client_id=form.client_id.strip(),
            tenant=_tenant(form),
        )
        made.id, made.client_secret = kept.id if kept else None, seal(secret)
        return made
    if secret:
        kept.client_secret, kept.holds, kept.trouble = seal(secret), bool(kept.refresh_token), {}
    return kept
