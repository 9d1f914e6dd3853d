"""A real IMAP server (Dovecot) of one test run: its own port, folder and passwords, gone afterwards."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

USER, PASSWORD = "bel@proef.example", "geheim van de mailbox"
DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
_BY_TOKEN = """ xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}"""
_ASKS = """
introspection_mode = get
introspection_url = {asks}
username_attribute = email
active_attribute = active
active_value = true
"""
_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
auth_mechanisms = plain login{by_token}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class ImapServer:
    """At ``host``:``port``; `put` delivers a mail. `stop` and `start` are for a server that is gone for a while."""

    folder: Path
    port: int
    host: str = "127.0.0.1"
    process: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def put(self, raw: bytes) -> None:
        """Delivers ``raw`` as a mail server does: written whole, then moved into the maildir."""
        n = next(self.numbers)
        name = f"{1_764_000_000 + n}.M{n}P{os.getpid()}.test"
        fresh = self.folder / "mail" / "tmp" / name
        fresh.write_bytes(raw)
        fresh.chmod(0o666)
        fresh.rename(self.folder / "mail" / "new" / name)

    def kept(self) -> int:
        """How many mails are in the mailbox, read or not."""
        return sum(len(list((self.folder / "mail" / part).iterdir())) for part in ("new", "cur"))

    def unread(self) -> int:
        """How many of them nobody marked as read."""
        seen = [p for p in (self.folder / "mail" / "cur").iterdir() if "S" in p.name.rpartition(":2,")[2]]
        return self.kept() - len(seen)

    def start(self) -> None:
        """Until it answers."""
        self.process = subprocess.Popen([DOVECOT, "-F", "-c", self.folder / "dovecot.conf"])
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection((self.host, self.port), timeout=5) as line:
                if line.recv(4) == b"* OK":
                    return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text("utf-8", "replace"))

    def stop(self) -> None:
        """Its own process, and with that its children."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None


@contextmanager
def imap_server(asks: str = "") -> Iterator[ImapServer]:
    """With the mailbox `USER`, empty. ``asks`` is the address at which it asks whose an access token is, when it takes these."""
    folder = Path(tempfile.mkdtemp(prefix="beluur-imap-", dir="/tmp"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = os.getuid() == 0
    me = getpass.getuser()
    names = {
        "internal": "dovecot" if root else me,
        "internal_group": "dovecot" if root else _group(),
        "login": "dovenull" if root else me,
        "mail_user": "dovecot" if root else str(os.getuid()),
        "mail_group": "dovecot" if root else str(os.getgid()),
    }
    folder.chmod(0o755)
    for part in ("home", "mail", "mail/new", "mail/cur", "mail/tmp"):
        (folder / part).mkdir()
        (folder / part).chmod(0o777)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    by_token = _BY_TOKEN.format(folder=folder) if asks else ""
    (folder / "oauth2").write_text(_ASKS.format(asks=asks))
    (folder / "dovecot.conf").write_text(_CONFIG.format(folder=folder, port=port, by_token=by_token, **names))
    server = ImapServer(folder, port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name
