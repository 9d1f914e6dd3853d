"""A mail server in a process of its own, so that it lives on when who sends is killed. What it took it writes down first.

python -m tests.mail_taker FILE SEED: prints its port; one Message-ID a line in FILE; ends when its input closes.
"""

from __future__ import annotations

import asyncio
import email
import os
import random
import sys
from pathlib import Path
from typing import Any

LONGEST = 0.03  # seconds between the end of a message and the answer to it: there one is killed, now and then


class Taker:
    """Takes every mail, and lets its sender wait a moment for the answer."""

    def __init__(self, file: Path, seed: str) -> None:
        self.chance = random.Random(seed)
        self.file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Written first, then answered: as a server does that keeps what it took."""
        name = str(email.message_from_bytes(envelope.content)["Message-ID"]).strip("<>")
        os.write(self.file, f"{name}\n".encode())
        await asyncio.sleep(self.chance.uniform(0, LONGEST))
        return "250 OK"


def main(file: str, seed: str) -> None:
    """Serves until the other end of its input is gone."""
    from aiosmtpd.controller import UnthreadedController

    loop = asyncio.new_event_loop()
    controller = UnthreadedController(Taker(Path(file), seed), hostname="127.0.0.1", port=0, loop=loop)
    controller.begin()
    assert controller.server is not None
    sys.stdout.write(f"{controller.server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    loop.run_until_complete(loop.run_in_executor(None, sys.stdin.read))


if __name__ == "__main__":
    main(*sys.argv[1:])
