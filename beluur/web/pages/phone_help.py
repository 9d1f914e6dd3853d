"""*Bellen met uw telefoon*: how a phone in the office reaches Beluur, with the names of this very machine."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beluur.mailroom.own_addresses import own_addresses
from beluur.web.access import Entry, entered
from beluur.web.frame import show


@require_GET
@entered
def phone_help(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The recipe, and the square to open Beluur with once it is done."""
    public = str(settings.PUBLIC_URL).rstrip("/")
    own = own_addresses()
    name = urlsplit(public).hostname or f"{own.name.lower()}.local"
    return show(
        request,
        entry,
        "beluur/phone_help.html",
        section="settings",
        here="phone-help",
        public=public,
        secure=public.startswith("https://"),
        square=_square(public) if public else "",
        own=own,
        name=name,
        port=request.get_port() if not public else "8000",
    )


def _square(url: str) -> SafeString:
    """The address as a square to point a camera at."""
    svg = segno.make_qr(url, error="m").svg_inline(
        scale=5,
        border=4,
        dark="#111111",
        light="#ffffff",
        title=_("QR-code van %s") % url,
        svgclass="qr",
        lineclass=None,
    )
    return mark_safe(svg)  # noqa: S308 - made here, from a setting of the server; segno escapes the title


urls = [path("instellingen/telefoon", phone_help, name="phone-help")]
