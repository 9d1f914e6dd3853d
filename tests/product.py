"""The product as a process of its own: one command run to its end, or the server on a free port until it is killed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.rows import MOMENT

PASSWORD = "een lange zin als wachtwoord"
STARTS_WITHIN = 40.0  # seconds, on a machine that does other things as well
HIDDEN = re.compile(r'name="(key|csrfmiddlewaretoken)" value="([^"]+)"')


def environment(data: Path | None, **more: str) -> dict[str, str]:
    """The environment of a product whose data stand in ``data``, on a Monday in November, 09:35 in Amsterdam."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("BELUUR_", "DJANGO_", "PYTEST_"))}
    own = {} if data is None else {"BELUUR_DATA": str(data)}
    return {**kept, **own, "BELUUR_NOW": MOMENT.isoformat(), "PYTHONIOENCODING": "utf-8", **more}


def beluur(*arguments: object, data: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """`beluur ARGUMENTS`, to its end; its exit code is for the caller to judge."""
    command = [sys.executable, "-m", "beluur", *map(str, arguments)]
    return subprocess.run(
        command, env=environment(data, **more), capture_output=True, text=True, check=False, encoding="utf-8"
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """`beluur run`, and a visitor with a browser's memory for cookies."""

    data: Path
    port: int = field(default_factory=free_port)
    said: str = ""

    def __post_init__(self) -> None:
        self.jar = CookieJar()
        self.visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def start(self) -> None:
        """Starts, and waits until it says that it is ready."""
        log = self.data.parent / f"server-{self.port}.log"
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "beluur", "run", "--port", str(self.port)],
                env=environment(self.data),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + STARTS_WITHIN
        while "Ctrl-C" not in (said := log.read_text("utf-8")):
            assert self.process.poll() is None, f"it did not start: {said}"
            assert time.monotonic() < until, f"it starts too slowly: {said}"
            time.sleep(0.05)
        self.said = said

    def worker(self) -> int:
        """The process of the worker beside it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        (child,) = map(int, children)
        return child

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def get(self, path: str) -> str:
        """A page, after redirects."""
        with self.visitor.open(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def fill_in(self, path: str, **fields: str) -> str:
        """The form at ``path``, filled in and sent; the page after redirects."""
        return self.send(path, {**self.hidden(path), **fields})

    def hidden(self, path: str) -> dict[str, str]:
        """What the form at ``path`` carries unseen: its key and its token."""
        return dict(HIDDEN.findall(self.get(path)))

    def send(self, path: str, fields: dict[str, str]) -> str:
        """``fields`` as they are, by POST."""
        address = f"http://127.0.0.1:{self.port}{path}"
        with self.visitor.open(address, urlencode(fields).encode(), timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def begin(self) -> str:
        """The first account; gives the address of its administration."""
        self.fill_in(
            "/begin",
            name="Ons Bedrijf BV",
            country="NL",
            iban="NL91ABNA0417164300",
            person="Bo Beller",
            email="bo@example.org",
            password=PASSWORD,
        )
        return "/a/ons-bedrijf-bv/"

    def sign_in(self) -> None:
        """As the one who began."""
        self.fill_in("/aanmelden", email="bo@example.org", password=PASSWORD)


@contextlib.contextmanager
def running(data: Path) -> Iterator[Server]:
    """A server on a free port; killed at the end, whatever happens."""
    server = Server(data)
    try:
        server.start()
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()
