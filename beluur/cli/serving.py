"""`beluur run`: the database brought up to date, the pages served, the worker beside them."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from beluur import clock
from beluur.cli.alone import one_migrates
from beluur.values.sentence import Sentence, say
from beluur.words import render

RESTART_AFTER = 10  # seconds: what keeps falling must not fill the machine


def migrate() -> None:
    """Creates or updates the tables; does nothing, quickly, when they are as they should be. Waits for another that does so."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with one_migrates(settings.DATA, wait=lambda: _tell(say("cli.migrating"))):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)


def _tell(sentence: Sentence) -> None:
    print(render(sentence), file=sys.stderr, flush=True)


def serve(host: str, port: int) -> int:
    """Serves until it is stopped; 1 when the port is taken."""
    if _taken(host, port):
        _tell(say("cli.port_taken", port=port))
        return 1
    migrate()
    if _taken(host, port):  # by another that was started at the same time
        _tell(say("cli.port_taken", port=port))
        return 1
    from waitress.server import create_server

    from beluur.queries.entry import anyone_yet

    server: Any = create_server(
        _application(), host=host, port=port, threads=8, ident=None, max_request_body_size=2**31, **_proxy()
    )
    worker = _start_worker()
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1") else host  # noqa: S104 - compared, not bound
    print(render(say("cli.running", address=f"http://{shown}:{port}")))
    print(render(say("cli.sign_in" if anyone_yet() else "cli.sign_in_first")))
    print(render(say("cli.stop")), flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        worker.terminate()
    return 0


def make_demo() -> int:
    """The demo administration anew."""
    migrate()
    from beluur.actions.demo import make_demo as make

    print(make(clock.now()).slug)
    return 0


def _application() -> Any:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def _proxy() -> dict[str, Any]:
    """The proxy on this machine, and only that one, may say from which computer a request comes, so that who asks too much is
    slowed down alone; and behind HTTPS that the browser's side is secure."""
    from django.conf import settings

    headers = {"x-forwarded-for"}
    if settings.PUBLIC_URL.startswith("https://"):
        headers.add("x-forwarded-proto")
    return {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": headers}


def _taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def _start_worker() -> subprocess.Popen[bytes]:
    """The worker as a process of its own: what it does never delays a page. It ends when this process does, because the
    pipe to it closes; and it is started again when it falls."""
    held = subprocess.Popen(
        [sys.executable, "-m", "beluur", "worker"],
        stdin=subprocess.PIPE,
        env={**os.environ, "BELUUR_PARENT": "1"},
    )
    threading.Thread(target=_keep, args=(held,), daemon=True).start()
    return held


def _keep(worker: subprocess.Popen[bytes]) -> None:
    if worker.wait() not in (0, -15):
        _tell(say("cli.worker_fell"))
        time.sleep(RESTART_AFTER)
        _start_worker()
