"""A number to dial: the ``tel:`` link for a phone, and a square that a mobile reads from the screen."""

from __future__ import annotations

import re

import segno

_E164 = re.compile(r"\+[1-9]\d{6,14}")


def tel_link(e164: str) -> str | None:
    """``+31201234501`` -> ``tel:+31201234501``; None for what is not E.164 (RFC 3966)."""
    return f"tel:{e164}" if _E164.fullmatch(e164) else None


def dial_qr_svg(e164: str, title: str = "") -> str | None:
    """The link as an inline SVG of about 165 px, dark on white in any theme. None for what is not E.164.

    ``title`` is read aloud.
    """
    link = tel_link(e164)
    if link is None:
        return None
    code = segno.make_qr(link, error="m")
    return code.svg_inline(
        scale=5,
        border=4,
        dark="#111111",
        light="#ffffff",
        title=title or None,
        svgclass="dial-qr",
        lineclass=None,
    )
