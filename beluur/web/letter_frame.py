"""A mail's HTML in a frame: same origin, but in a sandbox where nothing runs and nothing is fetched."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from django.http import HttpResponse

from beluur.mailroom.payment import InlineImage

_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


def framed_html(html: str) -> HttpResponse:
    """The answer that an ``<iframe sandbox>`` of ours may show. Mail needs inline style; scripts, links and forms are dead."""
    headers = {
        "Content-Security-Policy": _POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(html, headers=headers)


def data_uris(images: Sequence[InlineImage]) -> dict[str, str]:
    """The pictures of a mail by their ``cid``, so that the HTML needs nothing from elsewhere."""
    return {i.cid: f"data:{i.media_type};base64,{b64encode(i.data).decode()}" for i in images}
