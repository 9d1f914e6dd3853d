"""Run by test_crash in a process of its own: two workers send the outbox to a real mail server, and are killed (-9) now and then.

python -m tests.actions.crash_outbox FOLDER SEED TEMPLATE: prints what became of each mail, as JSON. TEMPLATE is an empty
database, of which a copy is used: its name at the server of BELUUR_DATABASE_URL, or else a file.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.house.source import ROOT

MAILS, WORKERS, KILLS = 400, 2, 30
MOST_BETWEEN = 12  # mails that the server takes between one kill and the next
MOST_AFTER = 0.04  # seconds between a mail that it takes and the kill


def main(folder: str, seed: str, template: str) -> dict[str, Any]:
    """What was found in the end."""
    taken = Path(folder) / "taken"
    taken.touch()
    with database(folder, template), mail_server(taken, seed) as port:
        queue(port)
        run = Run(random.Random(seed), taken)
        run.until_empty()
        first = run.found()
        run.once_more()
        return {**first, "kills": run.kills, "later": run.found()}


@contextmanager
def database(folder: str, template: str) -> Iterator[None]:
    """With its settings in force; a PostgreSQL one is dropped again."""
    url = os.environ.get("BELUUR_DATABASE_URL", "")
    name = f"beluur_crash_{os.getpid()}"
    if url:
        _at_server(url, f'CREATE DATABASE {name} TEMPLATE "{template}"')
        os.environ["BELUUR_DATABASE_URL"] = url.rpartition("/")[0] + "/" + name
    else:
        shutil.copy(template, Path(folder) / "beluur.sqlite3")
    os.environ.update(
        BELUUR_DATA=folder,
        BELUUR_SECRET_KEY="only-for-tests",
        BELUUR_PARENT="1",  # a worker that does not look at the tables first
        DJANGO_SETTINGS_MODULE="beluur.wiring.settings",
    )
    import django
    from django.db import connections

    django.setup()
    yield
    connections.close_all()
    if url:
        _at_server(url, f"DROP DATABASE {name} WITH (FORCE)")


def _at_server(url: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.encode())


@contextmanager
def mail_server(taken: Path, seed: str) -> Iterator[int]:
    """Its port."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.mail_taker", str(taken), seed]
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        assert server.stdin is not None
        server.stdin.close()


def queue(port: int) -> None:
    """Four hundred reminders in the outbox; the nightly jobs have been."""
    from beluur.actions.nightly import JOBS
    from beluur.actions.send_reminders import send_reminders
    from beluur.store.models import Debtor, Invoice, JobRun
    from tests.actions.calls import with_mail_server
    from tests.world import NOW, TODAY, make_world

    days = [NOW.date() + timedelta(days=n) for n in range(3)]
    JobRun.objects.bulk_create(
        JobRun(job=job, day=day, started_at=NOW, ended_at=NOW) for job in JOBS for day in days
    )
    world = make_world()
    with_mail_server(world, port)
    known = {"administration_id": world.id, "created_at": NOW, "step_stale": False}
    debtors = Debtor.objects.bulk_create(
        Debtor(name=f"Klant {n}", email=f"k{n}@kruimel.example", **known) for n in range(MAILS)
    )
    due, owed = TODAY - timedelta(days=5), 100_00
    Invoice.objects.bulk_create(
        Invoice(
            administration_id=world.id, debtor=debtor, number=f"2026-{n}", due=due, issued=due - timedelta(days=30),
            amount_cents=owed, stated_open_cents=owed, open_cents=owed,
        )
        for n, debtor in enumerate(debtors)
    )  # fmt: skip
    made = send_reminders(world.doer, [debtor.id for debtor in debtors], 1)
    assert len(made.message_ids) == MAILS


@dataclass
class Run:
    """Two workers; now and then, shortly after the server took a mail, one of them is killed and another takes its place."""

    chance: random.Random
    taken: Path
    kills: int = 0
    now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    working: list[int] = field(default_factory=list)

    def until_empty(self) -> None:
        """Until nothing waits; what is left in *sending* by the last that fell is found when its time is over."""
        _read_all_code()
        while self.kills < KILLS:
            while len(self.working) < WORKERS:
                self._start()
            self._wait_for(self.chance.randint(1, MOST_BETWEEN))
            time.sleep(self.chance.uniform(0, MOST_AFTER))
            self._kill(self.chance.choice(self.working))
        while len(self.working) < WORKERS:
            self._start()
        self._let_them_finish()
        self.now += timedelta(minutes=11)
        self._start()
        self._let_them_finish()

    def once_more(self) -> None:
        """A day later, by itself: what is uncertain stays so."""
        self.now += timedelta(days=1)
        self._start()
        self._let_them_finish()

    def _wait_for(self, more: int) -> None:
        until = self._count() + more
        late = time.monotonic() + 60
        while self._count() < until:
            assert time.monotonic() < late, "the mails do not go out"
            time.sleep(0.002)

    def _count(self) -> int:
        return self.taken.read_bytes().count(b"\n")

    def _start(self) -> None:
        from django.db import connections

        connections.close_all()
        self.now += timedelta(seconds=1)
        os.environ["BELUUR_NOW"] = self.now.isoformat()
        process = os.fork()
        if process == 0:
            _work()
        self.working.append(process)

    def _kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        self.working.remove(process)
        self.kills += 1
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "it had ended already"

    def _let_them_finish(self) -> None:
        for process in self.working:
            assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
        self.working = []

    def found(self) -> dict[str, Any]:
        """What the server took, and what the books say of each mail: its state, what its timeline tells, whether it counts."""
        from beluur.queries.outbox import outbox
        from beluur.store.models import Administration, Debtor, Event, Message, Reminder
        from tests.store.test_chain import broken_links

        names = dict(Message.objects.values_list("id", "message_id"))
        told: dict[str, list[str]] = {name: [] for name in names.values()}
        for kind, payload in Event.objects.order_by("debtor_id", "seq").values_list("kind", "payload"):
            if kind.startswith("mail_"):
                told[names[json.loads(payload)["facts"]["message"]]].append(kind)
        counted = Counter(Reminder.objects.values_list("message__message_id", flat=True))
        return {
            "taken": Counter(self.taken.read_text().split()),
            "states": dict(Message.objects.values_list("message_id", "state")),
            "told": told,
            "counted": counted,
            "shown": outbox(Administration.objects.get().id, "trouble").counts["trouble"],
            "broken": [d.id for d in Debtor.objects.all() if broken_links(d)],
        }


def _read_all_code() -> None:
    """So that each worker begins at once."""
    from beluur.actions import look_in_mailbox, nightly, plan_next_steps, send_next_message
    from beluur.actions.intake import publish

    assert all((look_in_mailbox, nightly, plan_next_steps, send_next_message, publish))


def _work() -> None:
    """The worker as `beluur worker` runs it, until nothing is left to do; never returns."""
    from beluur.cli.worker import work

    code = 1
    try:
        reading, _ = os.pipe()
        os.dup2(reading, 0)
        code = work(once=True)
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
