"""The round that who signs in at the provider of a mailbox makes: what goes along, and whether who comes back is who left.

The state that goes along is signed, of one session, one user and one administration, holds for minutes, and is used once. Its
verifier stays in the session: without it the code that comes back is worth nothing (RFC 7636)."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from beluur.domain.mail_sign_in import has_run_out
from beluur.web.access import Entry

_KEPT = "mail_sign_in"


@dataclass(frozen=True, slots=True)
class Begun:
    """What the session keeps of who is at the provider's; ``back`` is where he is to come back."""

    nonce: str
    administration_id: int
    slug: str
    user_id: int
    client_id: str
    verifier: str
    back: str

    def __repr__(self) -> str:
        """Without the verifier."""
        return f"Begun({self.slug!r})"


def back_address(request: HttpRequest) -> str:
    """The one address at which the whole house comes back; it stands in the registration of the app."""
    public = str(settings.PUBLIC_URL).rstrip("/")
    where = reverse("mail-signed-in")
    return f"{public}{where}" if public else request.build_absolute_uri(where)


def leave(request: HttpRequest, entry: Entry, client_id: str) -> tuple[Begun, str]:
    """What is kept, and the state that goes along. Who begins again ends what he began before."""
    here = entry.administration
    begun = Begun(
        nonce=secrets.token_urlsafe(16),
        administration_id=here.id,
        slug=here.slug,
        user_id=entry.user.pk,
        client_id=client_id,
        verifier=secrets.token_urlsafe(48),
        back=back_address(request),
    )
    request.session[_KEPT] = asdict(begun)
    return begun, _signer().sign(f"{begun.nonce}.{here.id}.{int(entry.now.timestamp())}")


def come_back(request: HttpRequest, now: datetime) -> Begun | None:
    """What was kept of who comes back with this state, and is kept no more; None for any other."""
    try:
        nonce, administration_id, began = _signer().unsign(request.GET.get("state", "")).split(".")
    except (BadSignature, ValueError):
        return None
    kept = request.session.get(_KEPT)
    if not kept or not secrets.compare_digest(nonce, kept["nonce"]):
        return None
    del request.session[_KEPT]
    begun = Begun(**kept)
    if (administration_id, begun.user_id) != (str(begun.administration_id), request.user.pk):
        return None
    return None if has_run_out(datetime.fromtimestamp(int(began), UTC), now) else begun


def _signer() -> Signer:
    return Signer(salt="beluur.mail_sign_in", sep="~")
