"""What the server believes of a proxy before it: only of the one on this machine, and no more than it needs."""

from __future__ import annotations

import pytest

from beluur.cli.serving import _proxy


@pytest.mark.parametrize(
    ("public", "believed"),
    [
        pytest.param("", {"x-forwarded-for"}, id="only debtors come from outside"),
        pytest.param("http://beluur.local", {"x-forwarded-for"}, id="without HTTPS"),
        pytest.param("https://beluur.local", {"x-forwarded-for", "x-forwarded-proto"}, id="behind HTTPS"),
    ],
)
def test_the_proxy_on_this_machine_says_who_asks(settings, public, believed):
    settings.PUBLIC_URL = public
    assert _proxy() == {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": believed}


def test_who_asks_is_told_apart_behind_the_proxy_and_cannot_pretend():
    """As waitress does it: of several addresses the last one, which the proxy added, counts; from elsewhere none does."""
    from waitress.proxy_headers import proxy_headers_middleware

    seen = []

    def app(environ, start_response):
        seen.append(environ["REMOTE_ADDR"])
        start_response("200 OK", [])
        return [b""]

    door = proxy_headers_middleware(app, trusted_proxy_count=1, **_proxy())
    for comes_from in ("127.0.0.1", "192.0.2.9"):
        environ = {
            "REMOTE_ADDR": comes_from,
            "HTTP_X_FORWARDED_FOR": "10.0.0.1, 198.51.100.7",
            "REMOTE_HOST": "",
        }
        list(door(environ, lambda status, headers, exc=None: None))
    assert seen == ["198.51.100.7", "192.0.2.9"]
