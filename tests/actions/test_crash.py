"""Killed in the middle (kill -9): everything or nothing is saved, and no mail goes out twice or is forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.actions.crash_outbox import KILLS, MAILS
from tests.house.source import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where that is possible: hundreds of commits wait for the disk otherwise."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="beluur-crash-", dir=memory) as made:
        yield Path(made)


def crash(job: str, *arguments: object) -> Any:
    """What the process found that ran in ``job``."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.actions.{job}", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def empty_database(file: Path) -> str:
    """An empty database with all tables, to be copied: ``file``, or the name of one at the server."""
    if connection.vendor == "postgresql":
        connection.close()  # it is not copied while anybody looks at it
        return str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return str(file)


def test_killed_while_saving_there_is_everything_or_nothing(folder):
    if connection.vendor != "sqlite":
        pytest.skip("where it is killed is counted in the statements of SQLite")
    empty_database(folder / "beluur.sqlite3")
    *killed, whole = crash("crash", "save", folder)
    assert len(killed) > 8
    for found in killed:
        assert found["code"] == -9
        nothing = {"call": "open", "rows": [0] * 4, "ended": 0, "receipts": 0, "step": killed[0]["step"]}
        assert {k: found[k] for k in nothing} == nothing, found["statement"]
    assert whole["code"] == 0
    assert (whole["call"], whole["rows"], whole["ended"]) == ("ended", [1, 1, 1, 1], 1)
    assert (whole["receipts"], whole["step"]) == (1, "wait_promise")


@pytest.mark.database
@pytest.mark.parametrize("seed", [7])
def test_four_hundred_mails_and_two_workers_that_are_killed_again_and_again(folder, seed):
    found = crash("crash_outbox", folder, seed, empty_database(folder / "empty"))
    states, taken, told = found["states"], found["taken"], found["told"]
    uncertain = {name for name, state in states.items() if state == "uncertain"}
    sent = {name for name, state in states.items() if state == "sent"}
    lost = f"{len(uncertain)} uncertain, {len(uncertain & taken.keys())} of which the server took"
    sys.stdout.write(f"seed {seed}: {found['kills']} kills, {len(sent)} sent, {lost}\n")
    assert (len(states), found["kills"]) == (MAILS, KILLS)
    assert max(taken.values()) == 1, "a mail went out twice"
    assert sent | uncertain == states.keys(), "a mail was forgotten"
    assert sent <= taken.keys(), "said to be sent, and was not"
    assert uncertain & taken.keys(), "nobody was killed between the mail and its answer: this proves nothing"
    assert len(uncertain) <= KILLS, "more are uncertain than were in somebody's hands"
    assert {tuple(told[name]) for name in uncertain} == {("mail_queued", "mail_uncertain")}
    assert {tuple(told[name]) for name in sent} == {("mail_queued", "mail_sent")}
    assert found["counted"] == dict.fromkeys(sent, 1), "a reminder counts once, when it has left"
    assert found["shown"] == len(uncertain), "each before a person"
    assert found["broken"] == [], "the timelines hold"
    assert {k: found[k] for k in found["later"]} == found["later"], "by itself it is never sent again"
