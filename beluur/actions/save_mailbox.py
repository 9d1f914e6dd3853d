"""Saves in which mailbox answers arrive; its password or token is sealed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from beluur.actions.mail_access import NoAccess, mail_access
from beluur.actions.once import Doer, once
from beluur.actions.sign_out_mail import forget_unused_sign_in
from beluur.domain.local_time import local_day
from beluur.mailroom.imap import ImapSettings, trouble_of, try_mailbox
from beluur.mailroom.providers import PROVIDERS, Server
from beluur.mailroom.send import Security, SignIn
from beluur.store.models import Administration, Mailbox, MailSignIn
from beluur.store.sealing import seal, unseal
from beluur.values.problem import Refused, refuse_all
from beluur.values.sentence import Sentence, say

_LABEL = r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?"
_A_SERVER = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True)
class MailboxForm:
    """What the user fills in. ``security``: tls, starttls or none; ``sign_in``: password, or xoauth2 for the server of the
    provider at which he signed in (`MailSignIn`); ``secret`` None keeps the one that is there. An empty ``host`` means: do not
    look."""

    host: str
    port: int = 993
    security: str = "tls"
    sign_in: str = "password"
    username: str = ""
    secret: str | None = None
    folder: str = "INBOX"
    plus: bool = False
    vouched_by: str = ""
    authorities: str = ""


def save_mailbox(doer: Doer, form: MailboxForm) -> None:
    """Refused at each field that is not right. Mail from before today is not looked at; another mailbox is read anew."""

    def do() -> dict[str, Any]:
        house = Administration.objects.select_for_update().get(id=doer.administration_id)
        kept = Mailbox.objects.filter(administration_id=house.id).first()
        if not form.host.strip() and form.sign_in != SignIn.XOAUTH2:
            Mailbox.objects.filter(administration_id=house.id).delete()
            forget_unused_sign_in(house)
            return {}
        box = _filled(form, kept, house)
        same = kept and (kept.host, kept.username, kept.folder) == (box.host, box.username, box.folder)
        box.id = kept.id if kept else None
        box.since = kept.since if kept else local_day(doer.at, house.time_zone)
        if kept and same:
            box.uid_validity, box.last_uid, box.looked_at = kept.uid_validity, kept.last_uid, kept.looked_at
        box.next_look_at = doer.at
        box.save()
        forget_unused_sign_in(house)
        return {}

    once(doer, "save_mailbox", do)


def try_imap(doer: Doer, form: MailboxForm) -> Sentence | None:
    """Why the mailbox of the form cannot be looked in; None when it can. Nothing is saved."""
    house = Administration.objects.get(id=doer.administration_id)
    kept = Mailbox.objects.filter(administration_id=house.id).first()
    box = _filled(form, kept, house)
    if not reads_by_sign_in(box):
        return try_mailbox(imap_settings(box))
    try:
        return _try_with_access(box, doer.at)
    except NoAccess as none:
        return none.sentence


def _try_with_access(box: Mailbox, now: datetime) -> Sentence | None:
    access = mail_access(box.administration_id, now)
    trouble = trouble_of(access.imap(imap_settings(box)))
    if trouble is not None and trouble.token_refused:
        access = mail_access(box.administration_id, now, refused=access.token)
        trouble = trouble_of(access.imap(imap_settings(box)))
    return trouble.sentence if trouble else None


def reads_by_sign_in(box: Mailbox) -> bool:
    """Whether it is the mailbox of the provider at which somebody signed in."""
    return box.sign_in == SignIn.XOAUTH2 and not box.secret


def imap_settings(box: Mailbox) -> ImapSettings:
    """The settings that the mailroom takes, with the secret opened."""
    return ImapSettings(
        host=box.host,
        port=box.port,
        security=Security(box.security),
        sign_in=SignIn(box.sign_in),
        username=box.username,
        secret=unseal(box.secret),
        folder=box.folder,
        authorities=box.authorities,
    )


def _filled(form: MailboxForm, kept: Mailbox | None, house: Administration) -> Mailbox:
    if form.sign_in == SignIn.XOAUTH2:
        server = _of_provider(house)
        form = replace(form, host=server.host, port=server.port, security=server.security, authorities="")
    check_mailbox(form, has_secret=bool(kept and kept.secret))
    return Mailbox(
        administration=house,
        host=form.host.strip(),
        port=form.port,
        security=form.security,
        sign_in=form.sign_in,
        username=form.username.strip(),
        secret="" if form.sign_in == SignIn.XOAUTH2 else _secret(form, kept),
        folder=form.folder.strip(),
        plus=form.plus,
        vouched_by=form.vouched_by.strip().lower(),
        authorities=form.authorities.strip(),
    )


def check_mailbox(form: MailboxForm, *, has_secret: bool) -> None:
    """Refuses at each field that is not right; ``has_secret``: a password is kept."""
    has_secret = has_secret if form.secret is None else bool(form.secret)
    needs_secret = form.sign_in != SignIn.XOAUTH2 and not has_secret
    refuse_all(
        Refused(sentence, field)
        for field, wrong, sentence in (
            ("host", not _is_host(form.host.strip()), say("outbox.smtp.host", host=form.host.strip())),
            ("port", not 0 < form.port < 65536, say("outbox.smtp.port")),
            ("security", not _is_known(form), say("general.required")),
            ("username", not _is_line(form.username), say("general.required")),
            ("secret", needs_secret, say("general.required")),
            ("folder", not _is_line(form.folder), say("general.required")),
            ("vouched_by", not _vouches(form), say("imap.vouched_by", server=form.vouched_by.strip())),
        )
        if wrong
    )


def _is_host(host: str) -> bool:
    return bool(host) and not any(c.isspace() or c in "/@" for c in host)


def _is_known(form: MailboxForm) -> bool:
    return form.security in set(Security) and form.sign_in in (SignIn.PASSWORD, SignIn.XOAUTH2)


def _is_line(text: str) -> bool:
    return bool(text.strip()) and all(ord(c) >= 32 for c in text)


def _vouches(form: MailboxForm) -> bool:
    vouched_by = form.vouched_by.strip().lower()
    return not vouched_by or bool(_A_SERVER.fullmatch(vouched_by))


def _of_provider(house: Administration) -> Server:
    row = MailSignIn.objects.filter(administration_id=house.id).first()
    if row is None:
        raise Refused(say("mail.sign_in.nowhere"))
    return PROVIDERS[row.provider].imap


def _secret(form: MailboxForm, kept: Mailbox | None) -> str:
    return seal(form.secret) if form.secret else kept.secret if kept else ""
