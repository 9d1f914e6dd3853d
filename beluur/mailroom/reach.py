"""Knocks at the public address, to see whether it leads to this Beluur: one short request, no redirects, nothing kept."""

from __future__ import annotations

import http.client
import ssl
from urllib.parse import quote, urlsplit

_SECONDS = 8
PATH = "/k/"


def reach(address: str, nonce: str, header: str, *, authorities: str = "") -> tuple[str | None, str]:
    """(what ``header`` of the answer holds, why there is no answer). None: nothing answered; empty: something else did.

    ``address`` is ``https://name`` or ``https://name:port``; ``authorities`` (PEM) are trusted besides the known ones."""
    parts = urlsplit(address)
    context = ssl.create_default_context(cadata=authorities or None)
    door = http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=_SECONDS, context=context)
    try:
        door.request("GET", f"{PATH}?n={quote(nonce)}", headers={"User-Agent": "Beluur"})
        return door.getresponse().getheader(header, ""), ""
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return None, str(problem)[:200] or type(problem).__name__
    finally:
        door.close()
