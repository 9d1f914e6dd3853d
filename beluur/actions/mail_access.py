"""Gives what the mail servers of a provider take: its access token, renewed just before it ends, or once when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from beluur.domain.mail_sign_in import Declined, Why, is_fresh, is_worth_renewing, why_none
from beluur.mailroom.ask_token import token_again
from beluur.mailroom.imap import ImapSettings
from beluur.mailroom.providers import PROVIDERS, Provider, Registration, Server
from beluur.mailroom.send import Delivery, DeliveryState, SmtpSettings
from beluur.queries.mail_sign_in import why_closed
from beluur.store.models import MailSignIn
from beluur.store.sealing import seal, unseal
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class Access:
    """A token, and the servers that it is shown to: those of its provider, whatever else is set."""

    provider: Provider
    token: str

    def __repr__(self) -> str:
        """Without the token."""
        return f"Access({self.provider.name!r})"

    def smtp(self, settings: SmtpSettings) -> SmtpSettings:
        """``settings`` with it."""
        return replace(settings, **self._shown_to(self.provider.smtp))

    def imap(self, settings: ImapSettings) -> ImapSettings:
        """``settings`` with it."""
        return replace(settings, **self._shown_to(self.provider.imap))

    def _shown_to(self, server: Server) -> dict[str, Any]:
        place = {"host": server.host, "port": server.port, "security": server.security}
        return {**place, "secret": self.token, "authorities": self.provider.authorities}


class NoAccess(Exception):  # noqa: N818 - an answer of the provider, not an error of ours
    """No token can be had; ``sentence`` says why. ``later``: trying again may work, and nobody has to sign in."""

    def __init__(self, sentence: Sentence, *, later: bool) -> None:
        super().__init__(sentence.code)
        self.sentence, self.later = sentence, later

    @property
    def delivery(self) -> Delivery:
        """What became of a mail that was to leave."""
        state = DeliveryState.FAILED if self.later else DeliveryState.SIGNED_OUT
        return Delivery(state, self.sentence, temporary=self.later)


def mail_access(administration_id: int, now: datetime, *, refused: str = "") -> Access:
    """A token that can be used now. ``refused`` is one that a mail server would not take: another, or the same one when it is so
    young that another would not help. No transaction is open meanwhile. NoAccess."""
    row = MailSignIn.objects.filter(administration_id=administration_id).first()
    why = why_closed(row)
    if row is None or why:
        raise NoAccess(why or say("mail.sign_in.nowhere"), later=False)
    provider, kept = PROVIDERS[row.provider], unseal(row.access_token)
    usable = bool(kept) and is_fresh(row.access_until, now)
    if usable and (kept != refused or not is_worth_renewing(row.access_at, now)):
        return Access(provider, kept)
    return Access(provider, _renewed(row, now))


def send_with_access(
    administration_id: int, smtp: SmtpSettings, now: datetime, hand_over: Callable[[SmtpSettings], Delivery]
) -> Delivery:
    """Hands over with a token; when the server takes it no more, once again with another: nothing was offered yet."""
    try:
        access = mail_access(administration_id, now)
        delivery = hand_over(access.smtp(smtp))
        if not delivery.token_refused:
            return delivery
        another = mail_access(administration_id, now, refused=access.token)
    except NoAccess as none:
        return none.delivery
    return delivery if another.token == access.token else hand_over(another.smtp(smtp))


def registration_of(row: MailSignIn) -> Registration:
    """The registration, with its secret opened."""
    return Registration(row.client_id, unseal(row.client_secret), row.tenant)


def _renewed(row: MailSignIn, now: datetime) -> str:
    """What another worker, or a person who signed in, did meanwhile stands: a row is written only as it was read."""
    provider = PROVIDERS[row.provider]
    read = token_again(provider, registration_of(row), unseal(row.refresh_token))
    as_read = MailSignIn.objects.filter(
        administration_id=row.administration_id,
        id=row.id,
        client_secret=row.client_secret,
        refresh_token=row.refresh_token,
    )
    if isinstance(read, Declined):
        sentence = why_none(read, provider.name)
        if read.why is Why.LATER:
            raise NoAccess(sentence, later=True)
        ended = as_read.update(holds=False, trouble=sentence.to_json(), access_token="")
        raise NoAccess(sentence, later=not ended)
    as_read.update(
        access_token=seal(read.access),
        access_at=now,
        access_until=now + timedelta(seconds=read.seconds),
        refresh_token=seal(read.refresh) if read.refresh else row.refresh_token,
        holds=True,  # whatever another worker was told with the refresh token that this one replaced
        trouble={},
    )
    return read.access
