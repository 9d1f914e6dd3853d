"""Saves the server that mail leaves through; its password is sealed. Microsoft 365 and Gmail: `save_mail_provider`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.sign_out_mail import forget_unused_sign_in
from beluur.mailroom.mime import AddressProblem, header_address
from beluur.mailroom.send import Security, SignIn, SmtpSettings
from beluur.store.models import Administration
from beluur.store.sealing import seal, unseal
from beluur.values.problem import Refused, check_all
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
    """Refused at each field that is not right; what waits as *not sent* stays so until a person sends it."""

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
    """What the form says, before it is saved: for the test button. Refused at each field that is not right."""
    return smtp_settings(_checked(form, kept))


def _checked(form: SmtpForm, kept: Mapping[str, Any]) -> dict[str, Any]:
    if not form.host.strip():
        return {}
    check_smtp(form, has_secret=bool(kept.get("secret")))
    return {
        "host": form.host.strip(),
        "port": form.port,
        "security": form.security,
        "sign_in": form.sign_in,
        "username": form.username.strip(),
        "secret": kept.get("secret", "") if form.secret is None else seal(form.secret),
        **sender_of(asdict(form)),
        "authorities": form.authorities.strip(),
    }


def check_smtp(form: SmtpForm, *, has_secret: bool) -> None:
    """Refuses at each field that is not right; ``has_secret``: a password is kept."""
    if not form.host.strip():
        return
    has_secret = has_secret if form.secret is None else bool(form.secret)
    signs_in = form.sign_in != SignIn.NONE
    check_all(
        partial(_check_server, form),
        partial(_check_port, form.port),
        partial(_check_security, form),
        *([partial(check_given, form.username, "username")] if signs_in else []),
        *([partial(check_given, "kept" if has_secret else "", "secret")] if signs_in else []),
        partial(check_sender, asdict(form)),
    )


def _check_server(form: SmtpForm) -> None:
    if any(c.isspace() or c in "/:@" for c in form.host.strip()):
        raise Refused(say("outbox.smtp.host", host=form.host.strip()), "host")


def _check_port(port: int) -> None:
    if not 0 < port < 65536:
        raise Refused(say("outbox.smtp.port"), "port")


def _check_security(form: SmtpForm) -> None:
    if form.security not in set(Security) or form.sign_in not in (SignIn.NONE, SignIn.PASSWORD):
        raise Refused(say("general.required"), "security")
    if form.sign_in != SignIn.NONE and form.security == Security.NONE:
        raise Refused(say("mail.failed.login_unsafe"), "security")


def check_sender(said: Mapping[str, Any]) -> None:
    """Refuses at each field of the sender that is not right; ``said`` are the values of a form."""
    check_all(
        partial(check_address, said["sender"], "sender", needed=True),
        partial(check_address, said["reply_to"], "reply_to", needed=False),
        partial(check_address, said["copy_to"], "copy_to", needed=False),
    )


def sender_of(said: Mapping[str, Any]) -> dict[str, str]:
    """In whose name mail leaves, as it is kept; ``said`` are the values of a form that `check_sender` let pass."""
    return {name: said[name].strip() for name in ("sender", "sender_name", "reply_to", "copy_to")}


def check_given(text: str, field: str) -> None:
    """Refuses what was left empty, at its field."""
    if not text.strip():
        raise Refused(say("general.required"), field)


def check_address(address: str, field: str, *, needed: bool) -> None:
    """Refuses what is no e-mail address, at its field."""
    if needed:
        check_given(address, field)
    if not address.strip():
        return
    try:
        header_address(address)
    except AddressProblem as problem:
        raise Refused(say("outbox.bad_address", address=problem.address), field) from problem
