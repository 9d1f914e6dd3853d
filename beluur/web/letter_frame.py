"""A mail's HTML in a frame: same origin, but in a sandbox where nothing runs and nothing is fetched."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape

from django.http import HttpResponse
from django.template.loader import render_to_string

from beluur.mailroom.payment import InlineImage

_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_NOTES = (
    '<div role="note" style="padding:12px 16px;background:#fbf3dc;color:#1c1b19;'
    'font:14px/20px Inter,system-ui,sans-serif;border-bottom:1px solid #b8860b">{}</div>'
)


def with_notes(html: str, notes: Sequence[str]) -> str:
    """The mail with what must be known of it above it, so that it cannot be taken for a part of the mail."""
    if not notes:
        return html
    lines = "<br>".join(escape(note) for note in notes)
    return re.sub(r"<body[^>]*>", lambda m: m.group(0) + _NOTES.format(lines), html, count=1)


def sheet_html(pages: Sequence[bytes], text: str, language: str, notes: Sequence[str] = ()) -> str:
    """A letter as it is printed, page under page; ``text`` in its ``language`` for who does not see the pictures."""
    shown = [f"data:image/png;base64,{b64encode(page).decode()}" for page in pages]
    return render_to_string(
        "beluur/letter_sheet.html", {"pages": shown, "text": text, "spoken": language, "notes": list(notes)}
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
