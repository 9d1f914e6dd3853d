"""Knocking at the public address: we are there, something else is, or nothing is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from beluur.mailroom.reach import reach
from tests.mailroom.certificates import make_certificate

HEADER = "X-Proef"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@contextmanager
def listening(context: Any, status: int, headers: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """An HTTPS server on a free port, and the paths that it was asked for."""
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_we_are_known_by_what_only_we_can_answer(certificate):
    context, pem = certificate
    with listening(context, 404, {HEADER: "wij"}) as (address, asked):
        assert reach(address, "a b", HEADER, authorities=pem) == ("wij", "")
    assert asked == ["/k/?n=a%20b"]


def test_something_else_answers_and_is_not_followed(certificate):
    context, pem = certificate
    with listening(context, 302, {"Location": "https://127.0.0.1:1/"}) as (address, asked):
        assert reach(address, "n", HEADER, authorities=pem) == ("", "")
    assert len(asked) == 1


def test_a_certificate_that_nobody_vouches_for_is_no_answer(certificate):
    context, _ = certificate
    with listening(context, 404, {HEADER: "wij"}) as (address, asked):
        answer, why = reach(address, "n", HEADER)
    assert (answer, bool(why), asked) == (None, True, [])


def test_nobody_is_there():
    answer, why = reach("https://127.0.0.1:1", "n", HEADER)
    assert answer is None
    assert why
