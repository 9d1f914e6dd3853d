"""Saves the server that mail leaves through; its password is sealed. Microsoft 365 and Gmail: `save_mail_provider`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.sign_out_mail import forget_unused_sign_in
from beluur.mailroom.mime import AddressProblem, header_address
from beluur.mailroom.send import Security, SignIn, SmtpSettings
from beluur.store.models import Administration
from beluur.store.sealing import seal, unseal
from beluur.values.problem import Refused
from beluur.values.sentence import say

TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class SmtpForm:
    """What the user fills in. ``security``: tls, starttls or none; ``sign_in``: none or password; ``secret`` None keeps the one
    that is there. An empty ``host`` means: no mail server."""

    host: str
    port: int = 587
    security: str = "starttls"
    sign_in: str = "password"
    username: str = ""
    secret: str | None = None
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    copy_to: str = ""
    authorities: str = ""


def save_smtp(doer: Doer, form: SmtpForm) -> None:
    """Refused at the field that is not right; what waits as *not sent* stays so until a person sends it."""

    def do() -> dict[str, Any]:
        administration = Administration.objects.select_for_update().get(id=doer.administration_id)
        administration.smtp = _checked(form, administration.smtp)
        administration.save(update_fields=["smtp"])
        forget_unused_sign_in(administration)
        return {}

    once(doer, "save_smtp", do)


def smtp_settings(smtp: Mapping[str, Any]) -> SmtpSettings | None:
    """The settings that the mailroom takes, with the secret opened; None when there is no server."""
    if not smtp.get("host") or not smtp.get("sender"):
        return None
    return SmtpSettings(
        host=smtp["host"],
        port=int(smtp.get("port", 587)),
        security=Security(smtp.get("security", "starttls")),
        sign_in=SignIn(smtp.get("sign_in", "none")),
        username=smtp.get("username", ""),
        secret=unseal(smtp.get("secret", "")),
        timeout_seconds=TIMEOUT_SECONDS,
        authorities=smtp.get("authorities", ""),
    )


def settings_of(form: SmtpForm, kept: Mapping[str, Any]) -> SmtpSettings | None:
    """What the form says, before it is saved: for the test button. Refused at the field that is not right."""
    return smtp_settings(_checked(form, kept))


def _checked(form: SmtpForm, kept: Mapping[str, Any]) -> dict[str, Any]:
    if not form.host.strip():
        return {}
    if any(c.isspace() or c in "/:@" for c in form.host.strip()):
        raise Refused(say("outbox.smtp.host", host=form.host.strip()), "host")
    if not 0 < form.port < 65536:
        raise Refused(say("outbox.smtp.port"), "port")
    if form.security not in set(Security) or form.sign_in not in (SignIn.NONE, SignIn.PASSWORD):
        raise Refused(say("general.required"), "security")
    sender = sender_of(asdict(form))
    if form.sign_in != SignIn.NONE:
        _check_sign_in(form, kept)
    return {
        "host": form.host.strip(),
        "port": form.port,
        "security": form.security,
        "sign_in": form.sign_in,
        "username": form.username.strip(),
        "secret": kept.get("secret", "") if form.secret is None else seal(form.secret),
        **sender,
        "authorities": form.authorities.strip(),
    }


def _check_sign_in(form: SmtpForm, kept: Mapping[str, Any]) -> None:
    if form.security == Security.NONE:
        raise Refused(say("mail.failed.login_unsafe"), "security")
    if not form.username.strip():
        raise Refused(say("general.required"), "username")
    if not (kept.get("secret") if form.secret is None else form.secret):
        raise Refused(say("general.required"), "secret")


def sender_of(said: Mapping[str, Any]) -> dict[str, str]:
    """In whose name mail leaves, as it is kept; ``said`` are the values of a form. Refused at the field that is not right."""
    for field, needed in (("sender", True), ("reply_to", False), ("copy_to", False)):
        check_address(said[field], field, needed=needed)
    return {name: said[name].strip() for name in ("sender", "sender_name", "reply_to", "copy_to")}


def check_address(address: str, field: str, *, needed: bool) -> None:
    """Refuses what is no e-mail address, at its field."""
    if not address.strip():
        if needed:
            raise Refused(say("general.required"), field)
        return
    try:
        header_address(address)
    except AddressProblem as problem:
        raise Refused(say("outbox.bad_address", address=problem.address), field) from problem
